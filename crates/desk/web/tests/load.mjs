/** Two hundred readers over a hundred thousand events, and ten who correct while the desk is killed. */
import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { once } from "node:events";
import { api, dateline, open, scratch } from "./harness.mjs";

const REPORTS = Number(process.env.DESK_REPORTS ?? 12_500);
const READERS = 200;
const SECONDS = Number(process.env.DESK_SECONDS ?? 20);
const P99 = 200;

/** Numbers that look random and are always the same. */
function random(seed) {
  let state = seed >>> 0;
  return () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32);
}

/** Many reports made of the example's: their records with other names, days and places. */
async function archive(folder) {
  const records = dateline("read", "examples/crisis", "examples/strait", "--format", "jsonl").trim().split("\n").map((l) => JSON.parse(l)).filter((r) => r.events.length > 3);
  const next = random(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const countries = ["PER", "ECU", "BRA", "CHL", "COL", "BOL", "ARG", "USA", "FRA", "DEU", "KEN", "TZA", "IND", "PAK", "JPN", "KOR", "TUR", "GRC", "EGY", "SDN"];
  const names = Array.from({ length: 900 }, (_, k) => `${pick(["Ana", "Luis", "Mary", "Omar", "Ivan", "Lena", "Paul", "Nora"])} ${pick(["Ruiz", "Vega", "Okoro", "Brandt", "Haddad", "Sato", "Novak", "Silva"])}-${k}`);
  const path = join(folder, "archive.jsonl");
  const out = createWriteStream(path);
  let events = 0;
  for (let n = 0; events < 100_000 || n < REPORTS; n++) {
    const record = structuredClone(records[n % records.length]);
    record.id = `r${String(n).padStart(6, "0")}`;
    const shift = Math.floor(next() * 2000) * 86_400_000;
    const day = (d) => d && new Date(Date.parse(d) - shift).toISOString().slice(0, 10);
    record.published = day(record.published);
    record.publisher = `Paper ${n % 37}`;
    record.url = null;
    record.title = `${pick(names)} and ${pick(names)}: report ${n}`;
    // Other words, so that no report is a copy of another; every word as long as before, so that spans stay true.
    const turned = new Map();
    record.text = record.text.replace(/[A-Za-z]{4,}/g, (w) => {
      if (!turned.has(w)) turned.set(w, next() < 0.55 ? [...w].map((c) => String.fromCharCode(c.charCodeAt(0) - (c.charCodeAt(0) % 32) + 1 + Math.floor(next() * 26))).join("") : w);
      return turned.get(w);
    });
    for (const e of record.entities) {
      e.country = pick(countries);
      e.code = `${e.country}${e.sector}`;
      if (e.kind === "person") e.name = pick(names);
      else e.name = `${e.name} ${Math.floor(next() * 60)}`;
    }
    for (const p of record.places) {
      p.geonames = Math.floor(next() * 4000) + 1;
      p.name = `Place ${p.geonames}`;
      p.country = countries[p.geonames % countries.length];
      [p.lat, p.lon] = [((p.geonames * 37) % 1200) / 10 - 60, ((p.geonames * 91) % 3600) / 10 - 180];
    }
    record.events.forEach((e, k) => {
      e.id = (n * 64 + k).toString(16).padStart(12, "0");
      if (e.when) [e.when.start, e.when.end] = [day(e.when.start), day(e.when.end)];
      if (e.about?.when) [e.about.when.start, e.about.when.end] = [day(e.about.when.start), day(e.about.when.end)];
    });
    for (const s of record.statements) if (s.when) [s.when.start, s.when.end] = [day(s.when.start), day(s.when.end)];
    events += record.events.length;
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  return { path, events };
}

const quantile = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** Readers who each ask for filtered pages, with a pause of about a second to look at one. */
async function readers(desk, facets) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: READERS });
  const next = random(11);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const words = ["ceasefire", "border", "troops", "minister", '"border post"', "talk*", "killed", "protest"];
  const asked = () => {
    const parts = [];
    if (next() < 0.45) parts.push(`type=${pick(facets.type).value}`);
    if (next() < 0.3) parts.push(`status=${pick(facets.status).value}`);
    if (next() < 0.35) parts.push(`party=${encodeURIComponent(pick(facets.party_country).value)}`);
    if (next() < 0.2) parts.push(`country=${pick(facets.country).value}`);
    if (next() < 0.2) parts.push(`q=${encodeURIComponent(pick(words))}`);
    if (next() < 0.3) parts.push(`since=20${25 + Math.floor(next() * 6)}-0${1 + Math.floor(next() * 9)}-01`);
    if (next() < 0.3) parts.push("each=telling");
    const path = pick(["/api/events", "/api/events", "/api/events", "/api/events", "/api/facets", "/api/timeline", "/api/map", "/api/network", "/api/statements"]);
    if (path === "/api/events") parts.push(`page=${1 + Math.floor(next() * 8)}`, `sort=${pick(["day", "-day", "-sources", "confidence", "actor"])}`);
    return `${path}?${parts.join("&")}`;
  };
  const times = {};
  const one = (path) => new Promise((done, fail) => {
    const start = performance.now();
    http.get(desk.origin + path, { agent }, (response) => {
      let bytes = 0;
      response.on("data", (d) => (bytes += d.length)).on("end", () => {
        if (response.statusCode !== 200) return fail(new Error(`${path}: ${response.statusCode}`));
        (times[path.split("?")[0]] ??= []).push(performance.now() - start);
        done(bytes);
      });
    }).on("error", fail);
  });
  const until = performance.now() + SECONDS * 1000;
  const reader = async () => {
    await new Promise((d) => setTimeout(d, next() * 1000));
    while (performance.now() < until) {
      await one(asked());
      await new Promise((d) => setTimeout(d, 500 + next() * 1000));
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  agent.destroy();
  return times;
}

/** Ten clients correct at once; the desk is killed; whatever was answered must be there. */
async function corrections(folder) {
  const file = join(folder, "corrections.sqlite");
  const args = ["examples/crisis", "--check", "--corrections", file];
  let desk = await open(...args);
  const { rows } = await api(desk, "/api/events?each=telling&size=500");
  const answered = [];
  let refused = 0;
  const client = async (name) => {
    for (let k = 0; ; k++) {
      const row = rows[(k * 7 + name) % rows.length];
      const body = JSON.stringify({ doc: row.doc, event: row.id, verdict: ["accepted", "rejected"][k % 2], reviewer: `client ${name}`, note: `${name}.${k}` });
      try {
        const response = await fetch(`${desk.origin}/api/corrections`, { method: "POST", headers: { "content-type": "application/json" }, body });
        if (response.ok) answered.push(await response.json());
        else refused++;
      } catch {
        return;
      }
    }
  };
  const clients = Promise.all(Array.from({ length: 10 }, (_, n) => client(n)));
  await new Promise((d) => setTimeout(d, 4000));
  await desk.kill();
  await clients;
  assert.equal(refused, 0);
  assert.ok(answered.length > 20, `${answered.length} corrections`);
  assert.equal(new Set(answered.map((a) => a.revision)).size, answered.length, "every correction has a number of its own");
  desk = await open(...args);
  const kept = new Map((await api(desk, "/api/corrections")).map((c) => [`${c.doc} ${c.event}`, c]));
  const last = new Map();
  for (const a of answered.toSorted((x, y) => x.revision - y.revision)) last.set(`${a.doc} ${a.event}`, a);
  for (const [key, a] of last) {
    const c = kept.get(key);
    // One that the client never heard of may have come after.
    assert.ok(c && c.revision >= a.revision, `${key} is lost`);
    if (c.revision === a.revision) assert.deepEqual({ note: c.note, verdict: c.verdict }, { note: a.note, verdict: a.verdict });
  }
  await desk.stop();
  console.log(`corrections: ${answered.length} answered by ten clients before the kill, none lost`);
}

const folder = scratch();
await corrections(folder);
const made = performance.now();
const { path, events } = await archive(folder);
console.log(`archive: ${events} tellings (${Math.round((performance.now() - made) / 1000)} s)`);
const opened = performance.now();
const desk = await open(path);
const about = await api(desk, "/api/about");
console.log(`open: ${about.events} events of ${about.reports} reports after ${Math.round((performance.now() - opened) / 1000)} s`);
assert.ok(about.tellings >= 100_000);
const facets = await api(desk, "/api/facets");
await readers(desk, facets).then((times) => {
  const all = Object.values(times).flat();
  for (const [name, list] of Object.entries({ ...times, all })) {
    console.log(`${name.padEnd(18)} ${String(list.length).padStart(6)} requests  p50 ${quantile(list, 0.5).toFixed(1)} ms  p99 ${quantile(list, 0.99).toFixed(1)} ms  max ${Math.max(...list).toFixed(1)} ms`);
  }
  const p99 = quantile(times["/api/events"], 0.99);
  assert.ok(p99 < P99, `p99 of filtered pages is ${p99.toFixed(0)} ms`);
});
await desk.stop();
