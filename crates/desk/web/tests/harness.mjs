/** A desk for tests: the program itself, a browser, and what both say. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
export const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, "target/release/dateline");
export const SHOTS = process.env.DATELINE_SHOTS ?? join(ROOT, "target/desk");
mkdirSync(SHOTS, { recursive: true });

export const scratch = () => mkdtempSync(join(tmpdir(), "dateline-desk-test-"));

/** What the command prints. */
export function dateline(...args) {
  const ran = spawnSync(PROGRAM, args, { encoding: "utf8", maxBuffer: 1 << 28, cwd: ROOT });
  if (ran.status !== 0) throw new Error(`dateline ${args.join(" ")}: ${ran.status}\n${ran.stderr}`);
  return ran.stdout;
}

/** Opens a desk; `stop` ends it, `kill` ends it at once. */
export function open(...args) {
  const child = spawn(PROGRAM, ["serve", ...args, "--listen", "127.0.0.1:0"], { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
  // Whatever ends the test ends the desk, too.
  process.once("exit", () => child.kill("SIGKILL"));
  let told = "";
  const ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal, told })));
  return new Promise((ready, fail) => {
    const timer = setTimeout(() => fail(new Error(`the desk does not open: ${told}`)), 600_000);
    child.stderr.setEncoding("utf8").on("data", (text) => {
      told += text;
      const address = told.match(/open at (http:\S+)/)?.[1];
      if (!address) return;
      clearTimeout(timer);
      const url = new URL(address);
      const end = (signal) => (child.kill(signal), ended);
      ready({ address, origin: url.origin, child, stop: () => end("SIGTERM"), kill: () => end("SIGKILL"), told: () => told });
    });
    ended.then(({ code }) => (clearTimeout(timer), fail(new Error(`the desk ended with ${code}: ${told}`))));
  });
}

export const api = async (desk, path, init) => {
  const response = await fetch(desk.origin + path, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
};

export function chromium() {
  const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => path && existsSync(path));
  if (!found) throw new Error("no chromium: install Debian's, or name one with CHROMIUM");
  return found;
}

/** The files of a ZIP archive. */
export function unzip(bytes) {
  const view = Buffer.from(bytes);
  const files = {};
  const end = view.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = view.readUInt32LE(end + 16);
  for (let n = view.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size] = [view.readUInt16LE(at + 10), view.readUInt32LE(at + 20)];
    const [name, extra, comment] = [view.readUInt16LE(at + 28), view.readUInt16LE(at + 30), view.readUInt16LE(at + 32)];
    const local = view.readUInt32LE(at + 42);
    const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
    const body = view.subarray(start, start + size);
    files[view.subarray(at + 46, at + 46 + name).toString()] = (method === 8 ? inflateRawSync(body) : body).toString();
    at += 46 + name + extra + comment;
  }
  return files;
}

/** The rows of a CSV text. */
export function csv(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const c = text[k];
    if (quoted && c === '"' && text[k + 1] === '"') (cell += c), k++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") rows.at(-1).push(cell), (cell = "");
    else if (!quoted && c === "\n") rows.at(-1).push(cell), (cell = ""), rows.push([]);
    else cell += c;
  }
  rows.pop();
  const [head, ...body] = rows;
  return body.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]])));
}
