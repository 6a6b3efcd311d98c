/** Reports that mean harm: everything in them is shown as text. */
import assert from "node:assert/strict";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium as playwright } from "playwright-core";
import { SHOTS, api, chromium, open, scratch } from "./harness.mjs";

const SCRIPT = `<script>window.harmed=1</script><img src=x onerror="window.harmed=2"><svg onload="window.harmed=3"></svg>`;
const TURNED = "\u202Egnihtemos\u2066\u2067";
const STORY = `Ecuador's army shelled a border post near Tumbes on Monday, the Peruvian government said. "We demand an apology," Foreign Minister ${SCRIPT} Ana Ruiz told reporters. President ${TURNED} Vega will meet Ruiz in Lima on Friday.`;
let desk, browser, page;
const faults = [];

before(async () => {
  const folder = join(scratch(), "reports");
  mkdirSync(folder);
  const row = (id, title, text, more = {}) => JSON.stringify({ id, title, text, date: "2031-06-02", publisher: `${SCRIPT}`, url: "javascript:window.harmed=4", ...more });
  writeFileSync(join(folder, "wire.jsonl"), [
    row(`a"><script>window.harmed=5</script>`, `=cmd|' /C calc'!A0 ${SCRIPT}`, STORY),
    row("turned", `${TURNED}${TURNED} Ecuador shells post`, `${TURNED}${STORY}`),
    row("../../etc/passwd", "W".repeat(1 << 20), `${STORY} ${"word ".repeat(200)}`),
    row("astral", "🂡 𝔈cuador", `🂡🂡 ${STORY} 🂡`),
  ].join("\n"));
  desk = await open(folder);
  browser = await playwright.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1300, height: 850 } });
  page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
  page.on("pageerror", (e) => faults.push(String(e)));
  page.on("dialog", (d) => (faults.push(`dialog ${d.message()}`), d.dismiss()));
  page.on("request", (r) => !r.url().startsWith(desk.origin) && faults.push(`asks ${r.url()}`));
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

test("no view lets a report act", async () => {
  const { rows } = await api(desk, "/api/reports");
  assert.equal(rows.length, 4);
  const paths = ["/table", "/table?each=telling", "/timeline", "/map", "/network?by=party", "/statements", "/plans", "/check", ...rows.map((r) => `/reader?report=${encodeURIComponent(r.id)}`)];
  for (const path of paths) {
    await page.goto(desk.origin + path);
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate(() => window.harmed), undefined, path);
    assert.equal(await page.locator("main script, main img, main svg[onload]").count(), 0, path);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0, path);
    // A report cannot turn what stands around it.
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), "ltr");
  }
  await page.screenshot({ path: join(SHOTS, "hostile.png") });
  assert.deepEqual(faults, []);
});

test("spans stay true beside characters beyond the basic plane", async () => {
  const { record } = await api(desk, "/api/reports/astral");
  const trigger = record.events[0].mentions[0].trigger;
  const word = [...record.text].slice(...trigger).join("");
  await page.goto(`${desk.origin}/reader?report=astral`);
  await page.locator(".mark.trigger").first().waitFor();
  assert.equal(await page.locator(`.mark.trigger[data-item="event:${record.events[0].id}"]`).first().innerText(), word);
});

test("a long title is cut in lists, and stays whole in the record", async () => {
  const list = await api(desk, "/api/reports");
  assert.ok(list.rows.every((r) => [...r.title].length <= 241));
  const { record } = await api(desk, `/api/reports/${encodeURIComponent("../../etc/passwd")}`);
  assert.equal(record.title.length, 1 << 20);
  assert.ok((await (await fetch(`${desk.origin}/api/events?size=500`)).text()).length < 400_000);
});

test("formulas of others do not reach a spreadsheet", async () => {
  const text = await (await fetch(`${desk.origin}/api/events?each=telling&download=csv`)).text();
  assert.ok(!/(^|,)"?[=+@]/m.test(text));
  assert.ok(text.includes("'=cmd"));
});
