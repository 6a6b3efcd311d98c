/** Walks every view with real clicks, and holds what it shows to the API and to what the command writes. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium as playwright } from "playwright-core";
import { ROOT, SHOTS, api, chromium, csv, dateline, open, scratch, unzip } from "./harness.mjs";

const AXE = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const DATA = "examples/crisis";
let desk, browser, context, page, folder;
const faults = [];

before(async () => {
  folder = scratch();
  desk = await open(DATA, "--check", "--corrections", join(folder, "corrections.sqlite"));
  browser = await playwright.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", acceptDownloads: true });
  page = await context.newPage();
  listen(page);
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

/** Notes whatever should not be: messages of errors, failures, requests to elsewhere. */
function listen(page) {
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && faults.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`${page.url()}: ${e}`));
  page.on("request", (r) => !r.url().startsWith(desk.origin) && !/^(blob|data):/.test(r.url()) && faults.push(`asks ${r.url()}`));
}

const goto = async (path) => {
  await page.goto(desk.origin + path);
  await page.waitForLoadState("networkidle");
};
const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)[0]);
const shown = async (selector = "output.total") => number(await page.locator(selector).first().innerText());
const until = async (what, wanted) => {
  for (let k = 0; ; k++) {
    const is = await what().catch((e) => e.message);
    if (is === wanted) return;
    if (k > 60) assert.equal(is, wanted);
    await page.waitForTimeout(50);
  }
};

test("what is open has the numbers of what the command writes", async () => {
  const about = await api(desk, "/api/about");
  const records = dateline("read", DATA, "--format", "jsonl").trim().split("\n").map((l) => JSON.parse(l));
  assert.equal(about.reports, records.length);
  assert.equal(about.tellings, records.reduce((n, r) => n + r.events.length, 0));
  assert.equal(about.statements, records.reduce((n, r) => n + r.statements.length, 0));
  const linked = join(folder, "linked");
  dateline("link", DATA, "--output", linked);
  const lines = (name) => readFileSync(join(linked, `${name}.jsonl`), "utf8").trim().split("\n").length;
  assert.equal(about.events, lines("event_clusters"));
  assert.equal(about.plans, lines("plans"));
  assert.equal(about.stories, lines("stories"));
  await goto("/");
  assert.match(await page.locator("footer.bottom").innerText(), new RegExp(`${about.reports} reports, ${about.events} events in ${about.tellings} tellings`));
});

test("reader: layers, reasons, other reports, trees", async () => {
  const reports = await api(desk, "/api/reports?size=100");
  const rich = reports.rows.toSorted((a, b) => b.events - a.events)[0];
  const report = await api(desk, `/api/reports/${rich.id}`);
  await goto("/reader");
  assert.equal(await page.locator(".reports li").count(), Math.min(60, reports.total));
  await page.locator(".reports li a", { hasText: rich.title.slice(0, 30) }).first().click();
  await until(() => page.locator(".report h2").innerText(), report.record.title.trim());
  const text = await page.locator(".text").innerText();
  assert.ok(text.replace(/\s+/g, "").includes(report.record.text.split("\n").at(-1).replace(/\s+/g, "").slice(0, 60)));
  // One trigger a mention, as long as no two stand on one word.
  const triggers = new Set(report.record.events.flatMap((e) => e.mentions.map((m) => m.trigger.join())));
  assert.equal(await page.locator(".mark.trigger[role=button]").count(), triggers.size);
  await page.locator(".layers label.events input").uncheck();
  await until(() => page.locator(".mark.trigger").count(), 0);
  await page.locator(".layers label.events input").check();
  // Pointing shows the record, a click holds it and brings the reasons.
  const event = report.record.events.find((e) => report.links[e.id]?.others.length > 0) ?? report.record.events[0];
  const trigger = page.locator(`.mark.trigger[data-item="event:${event.id}"]`).first();
  await trigger.hover();
  assert.match(await page.locator(".inspect").innerText(), new RegExp(event.type));
  await trigger.click();
  await page.locator(".inspect .why code").first().waitFor();
  assert.match(await page.locator(".inspect .why").first().innerText(), /Frame[\s\S]*Actor[\s\S]*Status/);
  const others = report.links[event.id].others;
  assert.equal(await page.locator(".inspect .others li").count(), others.length);
  if (others.length) {
    await page.locator(".inspect .others a").first().click();
    await until(async () => new URL(page.url()).searchParams.get("report"), others[0].doc);
    await page.locator(`.mark.held[data-item="event:${others[0].telling}"]`).first().waitFor();
  }
  await page.locator(".layers label.sentences input").check();
  await page.locator("button.number").first().click();
  await page.locator("figure.tree svg").waitFor();
  const sentences = await api(desk, `/api/reports/${new URL(page.url()).searchParams.get("report")}/trees`);
  assert.equal(await page.locator("figure.tree text.form").count(), sentences[0].tokens.length);
});

test("what is not read can be folded out", async () => {
  const about = await api(desk, "/api/reports?size=100");
  for (const row of about.rows) {
    const { record } = await api(desk, `/api/reports/${row.id}`);
    if (!record.removed.length) continue;
    await goto(`/reader?report=${row.id}`);
    assert.equal(await page.locator("details.removed").count(), record.removed.length);
    await page.locator("details.removed summary").first().click();
    assert.ok(await page.locator("details.removed span").first().isVisible());
    return;
  }
});

test("table: sort, facets, search, panel, download", async () => {
  await goto("/table");
  const all = await api(desk, "/api/events?size=500&sort=day");
  assert.equal(await shown(), all.total);
  assert.equal(await page.locator("tbody tr").count(), Math.min(50, all.total));
  await page.getByRole("button", { name: "Sources" }).click();
  const sorted = await api(desk, "/api/events?sort=-sources");
  await until(() => page.locator("tbody tr").first().getAttribute("data-id"), sorted.rows[0].id);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const facets = await api(desk, "/api/facets");
  const [first] = facets.type;
  const label = page.locator(".facet label", { hasText: first.value }).first();
  assert.equal(number(await label.locator(".count").innerText()), first.count);
  await label.click();
  await until(() => shown(), first.count);
  assert.equal(new URL(page.url()).searchParams.get("type"), first.value);
  await page.getByRole("button", { name: "Take off all" }).click();
  await page.getByRole("searchbox", { name: "Search in events" }).fill("border");
  const found = await api(desk, "/api/events?q=border");
  await until(() => shown(), found.total);
  assert.ok(found.total > 0 && found.total < all.total);
  await page.locator("tbody tr .words").first().click();
  await page.locator("aside.panel blockquote").waitFor();
  const detail = await api(desk, `/api/events/${new URL(page.url()).searchParams.get("event")}`);
  assert.equal(await page.locator("aside.panel .tellings > li").count(), detail.tellings.length);
  await page.keyboard.press("Escape");
  await until(() => page.locator("aside.panel").count(), 0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  const rows = csv(readFileSync(await download.path(), "utf8"));
  assert.equal(rows.length, found.total);
  assert.deepEqual(new Set(rows.map((r) => r.event_id)), new Set((await api(desk, "/api/events?q=border&size=500")).rows.map((r) => r.id)));
  const json = await (await fetch(`${desk.origin}/api/events?q=border&download=json`)).json();
  assert.equal(json.length, found.total);
  const parquet = Buffer.from(await (await fetch(`${desk.origin}/api/events?download=parquet`)).arrayBuffer());
  assert.equal(parquet.subarray(0, 4).toString(), "PAR1");
});

test("timeline: bars, brush, plans, lanes", async () => {
  await goto("/timeline");
  const data = await api(desk, "/api/timeline");
  const drawn = data.bins.reduce((n, b) => n + b.counts.reduce((a, c) => a + c, 0), 0);
  assert.equal(drawn + data.before + data.after + data.undated, data.total);
  assert.equal(await page.locator("g.bar").count(), data.bins.length);
  assert.equal(await page.locator("a.lane").count(), data.lanes.length);
  const plans = await api(desk, `/api/plans?size=300&since=${data.range[0]}&until=${data.range[1]}`);
  const dated = plans.rows.filter((p) => p.due);
  assert.equal(await page.locator("g.plans > g").count(), dated.length);
  assert.equal(await page.locator("g.plans > g.kept").count(), dated.filter((p) => p.state === "kept").length);
  const busiest = data.bins.toSorted((a, b) => b.counts.reduce((x, y) => x + y) - a.counts.reduce((x, y) => x + y))[0];
  await page.locator("g.bar").nth(data.bins.indexOf(busiest)).locator("rect").first().click();
  await until(async () => new URL(page.url()).searchParams.get("since"), busiest.start);
  await until(() => shown(), busiest.counts.reduce((x, y) => x + y));
  await page.getByRole("button", { name: "all days" }).click();
  await until(() => page.locator("g.bar").count(), data.bins.length);
  const box = await page.locator("svg.bars").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 8 });
  await page.mouse.up();
  await until(async () => new URL(page.url()).searchParams.has("since"), true);
  const { searchParams } = new URL(page.url());
  const part = await api(desk, `/api/events?since=${searchParams.get("since")}&until=${searchParams.get("until")}`);
  await until(() => shown(), part.total);
  assert.ok(part.total < data.total);
});

test("map: places, precision, events of a place", async () => {
  await goto("/map");
  const data = await api(desk, "/api/map");
  assert.equal(data.places.reduce((n, p) => n + p.events, 0) + data.unplaced, data.total);
  await page.locator("path.country.told").first().waitFor();
  const countries = data.places.filter((p) => p.precision === "country");
  assert.ok(await page.locator("path.country.told").count() >= Math.min(1, countries.length));
  const points = data.places.filter((p) => p.precision !== "country" && p.lat !== null);
  const counted = await page.locator("g.dot").evaluateAll((dots) => dots.length);
  assert.ok(counted > 0 && counted <= points.length);
  for (let k = 0; k < 6; k++) await page.getByRole("button", { name: "Closer" }).click();
  await page.getByRole("button", { name: "The world" }).click();
  const first = data.places[0];
  await page.locator("table.places tbody button").first().click();
  const there = await api(desk, `/api/events?place=${encodeURIComponent(first.key)}`);
  assert.equal(there.total, first.events);
  await until(() => shown(), first.events);
  await page.locator(".list .card.event").first().waitFor();
});

test("network: nodes, edges, their events, drag", async () => {
  await goto("/network");
  const data = await api(desk, "/api/network");
  await page.locator("svg.graph g.node").first().waitFor();
  assert.equal(await page.locator("svg.graph g.node").count(), data.nodes.length);
  assert.equal(await page.locator("svg.graph g.edge").count(), data.edges.length);
  const node = page.locator("svg.graph g.node").first();
  const from = await node.boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 130, from.y + 90, { steps: 10 });
  await page.mouse.up();
  const to = await node.boundingBox();
  assert.ok(Math.hypot(to.x - from.x, to.y - from.y) > 30, "the node was dragged");
  const edge = data.edges[0];
  // Edges cross, so that this one is chosen with the keyboard.
  await page.locator("svg.graph g.edge").first().focus();
  await page.keyboard.press("Enter");
  await until(async () => new URL(page.url()).searchParams.get("pair"), `${edge.a}|${edge.b}`);
  const between = await api(desk, `/api/events?pair=${encodeURIComponent(`${edge.a}|${edge.b}`)}`);
  assert.equal(between.total, edge.events);
  await until(() => shown(), edge.events);
  assert.match(await page.locator("#between").innerText(), new RegExp(`${edge.events} event`));
  await page.getByRole("button", { name: "parties" }).click();
  const parties = await api(desk, "/api/network?by=party");
  await until(() => page.locator("svg.graph g.node").count(), parties.nodes.length);
});

test("statements: search, speaker, topic", async () => {
  await goto("/statements");
  const all = await api(desk, "/api/statements");
  assert.equal(await shown(), all.total);
  const [speaker] = all.speakers;
  await page.locator(".side label", { hasText: speaker.label }).first().click();
  await until(() => shown(), speaker.count);
  await page.getByRole("button", { name: "Take off speaker" }).click();
  await page.getByRole("searchbox").fill("ceasefire");
  const found = await api(desk, "/api/statements?q=ceasefire");
  await until(() => shown(), found.total);
  assert.ok(found.total > 0);
});

test("plans: states are those of the command", async () => {
  await goto("/plans");
  const listed = JSON.parse(dateline("plans", DATA, "--format", "json"));
  for (const state of ["kept", "changed", "cancelled", "overdue", "open"]) {
    const wanted = listed.filter((p) => p.state === state).length;
    const tab = page.locator(`.tabs button.state.${state}`);
    assert.equal(number(await tab.locator(".count").innerText()), wanted, state);
    if (!wanted) continue;
    await tab.click();
    await until(() => page.locator(`article.plan[data-state=${state}]`).count(), Math.min(50, wanted));
    await tab.click();
  }
});

test("check: accept, reject, correct and add with the keyboard alone; export; eval", async () => {
  const doc = (await api(desk, "/api/reports?size=100")).rows.toSorted((a, b) => b.events - a.events)[0].id;
  await goto(`/check?doc=${doc}`);
  const rows = (await api(desk, `/api/events?each=telling&doc=${doc}&sort=day&size=50`)).rows;
  await page.locator(".queue button[aria-current=true]").waitFor();
  const last = async () => (await api(desk, "/api/corrections")).length;
  await page.keyboard.press("a");
  await until(last, 1);
  await page.keyboard.press("r");
  await until(last, 2);
  await until(() => page.locator(".queue button").nth(2).getAttribute("aria-current"), "true");
  await page.keyboard.press("c");
  await page.locator("form.correct").waitFor();
  await page.keyboard.type("AID");
  await page.keyboard.press("Control+Enter");
  await until(last, 3);
  let stored = await api(desk, "/api/corrections");
  const of = (id) => stored.find((c) => c.event === id);
  assert.equal(of(rows[0].id).verdict, "accepted");
  assert.equal(of(rows[1].id).verdict, "rejected");
  assert.equal(of(rows[2].id).verdict, "corrected");
  assert.equal(of(rows[2].id).values.type, "AID");
  // One that was overlooked: its clause is selected in the text.
  await page.locator(".report.small .paragraph").last().evaluate((p) => {
    const range = document.createRange();
    const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const node = walk.nextNode();
    range.setStart(node, 0);
    range.setEnd(node, node.data.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  await page.keyboard.press("m");
  await page.locator("form.correct").waitFor();
  await page.keyboard.press("Control+Enter");
  await until(last, 4);
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await page.keyboard.press("u");
  await until(async () => (await api(desk, "/api/corrections")).filter((c) => c.verdict === "open").length, 1);
  await page.reload();
  await page.locator(".progress").waitFor();
  await until(() => shown(".progress"), 3);
  // What is exported is what `dateline eval` scores.
  const files = unzip(await (await fetch(`${desk.origin}/api/corrections/annotations.zip`)).arrayBuffer());
  assert.deepEqual(Object.keys(files).sort(), [`gold/${doc}.json`, "texts.jsonl"]);
  const gold = JSON.parse(files[`gold/${doc}.json`]);
  stored = await api(desk, "/api/corrections");
  const text = JSON.parse(files["texts.jsonl"]).text;
  for (const event of gold.events) {
    for (const { quote, trigger } of event.mentions) {
      assert.equal(text.split(quote).length, 2, quote);
      assert.ok(quote.includes(trigger));
    }
  }
  assert.ok(gold.events.some((e) => e.type === "AID" && e.sure));
  mkdirSync(join(folder, "gold"));
  writeFileSync(join(folder, "gold", `${doc}.json`), files[`gold/${doc}.json`]);
  writeFileSync(join(folder, "texts.jsonl"), files["texts.jsonl"]);
  const score = JSON.parse(dateline("eval", join(folder, "gold"), join(folder, "texts.jsonl"), "--format", "json"));
  assert.ok(score.find((l) => l.name === "trigger").n >= 1);
});

test("try it: a text, a file, what is refused", async () => {
  await goto("/try");
  await page.getByRole("button", { name: "an invented example" }).click();
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.locator(".result .text").waitFor();
  assert.ok(await page.locator(".mark.trigger").count() >= 4);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "record (JSON)" }).click()]);
  const record = JSON.parse(readFileSync(await download.path(), "utf8"));
  assert.ok(record.events.some((e) => e.type === "ASSAULT"));
  // A file gives the record that the command gives.
  await page.locator("input[type=date]").fill("");
  await page.locator("input[type=file]").setInputFiles(join(ROOT, "examples/strait/3-shots.html"));
  await until(() => page.locator(".result h2").count(), 1);
  const told = JSON.parse(dateline("read", "examples/strait/3-shots.html", "--format", "json"));
  await until(async () => number((await page.locator(".result .line span").nth(1).innerText())), told.events.length);
});

const VIEWS = ["reader", "timeline", "map", "network", "statements", "plans", "table", "check", "try"];

test("every view: both themes, phone width, no serious issue for those who do not see or point", async () => {
  const issues = [];
  for (const [scheme, width] of [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]]) {
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: scheme, deviceScaleFactor: width < 500 ? 2 : 1, hasTouch: width < 500 });
    const at = await context.newPage();
    listen(at);
    for (const view of VIEWS) {
      await at.goto(`${desk.origin}/${view}`);
      await at.waitForLoadState("networkidle");
      if (view === "table" && width > 500) await at.getByRole("button", { name: "Filter", exact: true }).click();
      if (view === "try") {
        await at.getByRole("button", { name: "an invented example" }).click();
        await at.getByRole("button", { name: "Read", exact: true }).click();
        await at.locator(".result .text").waitFor();
      }
      if (view === "reader") {
        await at.locator(".mark.trigger").first().click();
        await at.locator(".inspect .why code").first().waitFor();
      }
      await at.waitForTimeout(250);
      const wide = await at.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) issues.push(`${view} at ${width}: wider than the page by ${wide}`);
      await at.screenshot({ path: join(SHOTS, `${view}-${scheme}-${width}.png`) });
      // As a devtools script, which the page's policy does not bind.
      await at.evaluate(AXE);
      const { violations } = await at.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const v of violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
        issues.push(`${view} ${scheme} ${width}: ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.replace(/\s+/g, " ").slice(0, 200)}`);
      }
    }
    await context.close();
  }
  assert.deepEqual(issues, []);
});

test("the first paint comes within a second", async () => {
  const context = await browser.newContext();
  const at = await context.newPage();
  const times = [];
  for (let k = 0; k < 3; k++) {
    await at.goto(`${desk.origin}/table`);
    await at.waitForLoadState("networkidle");
    times.push(await at.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  }
  await context.close();
  console.log(`first paint: ${times.map((t) => Math.round(t)).join(", ")} ms`);
  assert.ok(Math.min(...times) < 1000, `${times}`);
});

test("nothing went wrong on the way", () => assert.deepEqual(faults, []));
