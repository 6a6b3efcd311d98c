/** A text of one's own, read at once. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { About, Record_, Sentence } from "../types";
import { Problem, send } from "../api";
import { Failure, Words } from "../common";
import { Inspect } from "../inspect";
import { type Item, type Layer, LayerToggles, MarkedText, same } from "../text";
import { Tree } from "../tree";
import { count } from "../words";

interface Read { name: string; record: Record_; sentences: Sentence[]; body: Blob | string; query: string }
interface Failed { name: string; error: string }

const EXAMPLE = `LIMA, March 4 - Peru's foreign minister will travel to Quito on Thursday for talks with President Ana Ruiz, a spokesman said.

Ecuadorean troops shelled a border post near Tumbes on Tuesday, killing three soldiers, according to the Peruvian army. Ecuador denied the attack.

"We demand that Ecuador withdraw its forces at once," Prime Minister Carlos Vega told reporters in Lima.`;

function save(bytes: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Result({ read }: { read: Read }) {
  const [pointed, setPointed] = useState<Item | null>(null);
  const [held, setHeld] = useState<Item | null>(null);
  const [hidden, setHidden] = useState<Set<Layer>>(new Set());
  const [error, setError] = useState<string | null>(null);
  useEffect(() => setHeld(null), [read]);
  const { record, sentences } = read;
  const tree = held?.kind === "sentence" ? Number(held.id) : -1;
  const download = (form: string, table: string) =>
    send(`/api/read?${read.query}&download=${form}&table=${table}`, read.body).then((r) => r.blob()).then((b) => save(b, `${record.id}${table === "statements" ? "-statements" : ""}.${form}`)).catch((e: Error) => setError(e.message));
  return (
    <div class="columns two result">
      <article class="report">
        <h2><Words>{record.title || read.name}</Words></h2>
        <p class="faint line"><span>{record.published ? `published ${record.published}` : "no day of publication known"}</span><span>{count(record.events.length, "event")}</span><span>{count(record.statements.length, "statement")}</span></p>
        {record.warnings.length > 0 && <ul class="notice">{record.warnings.map((w) => <li key={w}><Words>{w}</Words></li>)}</ul>}
        <LayerToggles record={record} hidden={hidden} onChange={setHidden} />
        <MarkedText record={record} hidden={hidden} held={held} onPoint={setPointed} onHold={(item) => setHeld(same(held, item) ? null : item)}
          behind={(n) => n === tree && <Tree sentence={sentences[n]} />} />
        <p class="downloads"><span class="faint">Download</span>
          {["csv", "json", "parquet"].map((form) => <button type="button" class="link" key={form} onClick={() => download(form, "events")}>{form === "json" ? "record (JSON)" : `events (${form === "csv" ? "CSV" : "Parquet"})`}</button>)}
          <button type="button" class="link" onClick={() => download("csv", "statements")}>statements (CSV)</button></p>
        <Failure error={error} />
        <details><summary>The record as JSON</summary><pre tabIndex={0}>{JSON.stringify({ ...record, text: undefined }, null, 1)}</pre></details>
      </article>
      <aside class={`inspect ${held ? "held" : ""}`} aria-label="What was read" aria-live="polite" tabIndex={0}>
        {held && <button type="button" class="close" aria-label="Let go" onClick={() => setHeld(null)}>×</button>}
        <Inspect record={record} item={pointed ?? held ?? (record.events[0] ? { kind: "event", id: record.events[0].id, mention: 0 } : null)} sentences={sentences} />
      </aside>
    </div>
  );
}

export function TryIt({ about }: { about: About | null }) {
  const [text, setText] = useState("");
  const [date, setDate] = useState("");
  const [title, setTitle] = useState("");
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [reads, setReads] = useState<Read[]>([]);
  const [failed, setFailed] = useState<Failed[]>([]);
  const [chosen, setChosen] = useState(0);
  const files = useRef<HTMLInputElement>(null);

  async function read(list: { name: string; body: Blob | string; title?: string }[]): Promise<void> {
    setBusy(true);
    const done: Read[] = [];
    const bad: Failed[] = [];
    for (const { name, body, title } of list) {
      const query = new URLSearchParams({ name, ...(date && { date }), ...(title && { title }) }).toString();
      try {
        const size = typeof body === "string" ? new Blob([body]).size : body.size;
        if (about && size > about.max_bytes) throw new Problem(413, `is longer than ${about.max_bytes.toLocaleString("en")} bytes`);
        const answer = await (await send(`/api/read?${query}`, body)).json();
        done.push({ name, body, query, ...answer });
      } catch (e) {
        bad.push({ name, error: (e as Error).message });
      }
    }
    setReads(done);
    setFailed(bad);
    setChosen(0);
    setBusy(false);
  }
  const take = (list: FileList | null | undefined) => list?.length && read([...list].map((f) => ({ name: f.name, body: f })));
  return (
    <section class={`try ${over ? "over" : ""}`} onDragOver={(e) => (e.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)}
      onDrop={(e) => (e.preventDefault(), setOver(false), take(e.dataTransfer?.files))}>
      <form onSubmit={(e) => (e.preventDefault(), text.trim() && read([{ name: "text.txt", body: text, title }]))}>
        <label class="block"><span>Text of a report, or files dropped here (text, Markdown, web pages)</span>
          <textarea rows={reads.length ? 5 : 12} value={text} onInput={(e) => setText(e.currentTarget.value)} placeholder="Paste a report" dir="auto"
            onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && e.currentTarget.form?.requestSubmit()} /></label>
        <div class="bar">
          <label class="day"><span>Published</span><input type="date" value={date} onChange={(e) => setDate(e.currentTarget.value)} /></label>
          <label class="search"><span class="hidden">Headline</span><input type="text" placeholder="Headline (optional)" value={title} onInput={(e) => setTitle(e.currentTarget.value)} /></label>
          <button type="submit" class="main" disabled={busy || !text.trim()}>{busy ? "Reading…" : "Read"}</button>
          <button type="button" onClick={() => files.current?.click()}>Files…</button>
          <input ref={files} type="file" multiple class="hidden" aria-label="Files" tabIndex={-1} onChange={(e) => take(e.currentTarget.files)} />
          <button type="button" class="link" onClick={() => (setText(EXAMPLE), setDate("2031-03-04"))}>an invented example</button>
          <span class="faint">Nothing is stored, nothing leaves this machine.</span>
        </div>
      </form>
      {failed.map((f) => <Failure key={f.name} error={`${f.name}: ${f.error}`} />)}
      {reads.length > 1 && <div class="tabs" role="group" aria-label="Files">{reads.map((r, k) => <button type="button" key={k} aria-pressed={k === chosen} onClick={() => setChosen(k)}><Words>{r.name}</Words> <span class="count">{r.record.events.length}</span></button>)}</div>}
      {reads[chosen] && <Result read={reads[chosen]} />}
    </section>
  );
}
