/** Events to accept, reject or correct, one after the other, with the keyboard alone. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { About, Correction, Page, Report, Row, Side, Span, Values } from "../types";
import { asked, post, useGet } from "../api";
import { FILTERS, change, useRoute } from "../route";
import { Failure, Words, reportAt } from "../common";
import { Filters } from "../filters";
import { MarkedText, pointAt, type Layer } from "../text";
import { count } from "../words";

const KEYS = "a accept · r reject · c correct · u take back · j / k or ↓ / ↑ next, before · m mark an overlooked event (select its clause first) · ? keys";

const valuesOf = (row: Row): Values => ({
  type: row.type, mode: row.mode, status: row.status,
  actors: row.actors.map(side), recipients: row.recipients.map(side),
  start: row.start, end: row.end, place: row.place ? { name: row.place.name, country: row.place.country } : null,
});
const side = (a: { name: string; country: string | null; sector: string }): Side => ({ name: a.name, country: a.country, sector: a.sector });

const VERDICT: Record<string, string> = { open: "not checked", accepted: "✓ accepted", rejected: "✗ rejected", corrected: "✎ corrected", added: "+ added" };

function Sides({ title, list, about, onChange }: { title: string; list: Side[]; about: About; onChange: (list: Side[]) => void }) {
  const set = (k: number, part: Partial<Side>) => onChange(list.map((s, n) => (n === k ? { ...s, ...part } : s)));
  return (
    <fieldset class="sides">
      <legend>{title}</legend>
      {list.map((s, k) => (
        <div class="line" key={k}>
          <input aria-label={`${title} ${k + 1}: name`} value={s.name} list="known" onInput={(e) => set(k, { name: e.currentTarget.value })} required maxLength={300} />
          <input aria-label={`${title} ${k + 1}: country`} class="short" value={s.country ?? ""} maxLength={3} pattern="[A-Z]{3}" placeholder="–"
            onInput={(e) => set(k, { country: e.currentTarget.value.toUpperCase() || null })} />
          <select aria-label={`${title} ${k + 1}: sector`} value={s.sector} onChange={(e) => set(k, { sector: e.currentTarget.value })}>{about.sectors.map((x) => <option key={x}>{x}</option>)}</select>
          <button type="button" aria-label={`Take ${s.name || title} off`} onClick={() => onChange(list.filter((_, n) => n !== k))}>×</button>
        </div>
      ))}
      <button type="button" class="link" onClick={() => onChange([...list, { name: "", country: null, sector: "GOV" }])}>add {title.toLowerCase()}</button>
    </fieldset>
  );
}

function Form({ about, values, names, note, title, onSave, onCancel }: {
  about: About; values: Values; names: string[]; note: string; title: string; onSave: (values: Values, note: string) => void; onCancel: () => void;
}) {
  const [v, setV] = useState(values);
  const [words, setWords] = useState(note);
  const first = useRef<HTMLSelectElement>(null);
  // Before the next key, which belongs to the form.
  useLayoutEffect(() => first.current?.focus(), []);
  const kind = about.types.find((t) => t.name === v.type);
  const put = (part: Partial<Values>) => setV({ ...v, ...part });
  const form = useRef<HTMLFormElement>(null);
  return (
    <form ref={form} class="correct" onSubmit={(e) => (e.preventDefault(), onSave({ ...v, end: v.start ? (v.end ?? v.start) : null }, words))}
      onKeyDown={(e) => {
        if (e.key === "Escape") onCancel();
        if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) form.current?.requestSubmit();
        e.stopPropagation();
      }}>
      <h3>{title}</h3>
      <datalist id="known">{names.map((n) => <option key={n} value={n} />)}</datalist>
      <div class="line">
        <label>Type <select ref={first} value={v.type} onChange={(e) => put({ type: e.currentTarget.value, mode: null })}>{about.types.map((t) => <option key={t.name}>{t.name}</option>)}</select></label>
        <label>Mode <select value={v.mode ?? ""} onChange={(e) => put({ mode: e.currentTarget.value || null })}><option value="">–</option>{kind?.modes.map((m) => <option key={m}>{m}</option>)}</select></label>
        <label>Status <select value={v.status} onChange={(e) => put({ status: e.currentTarget.value })}>{about.statuses.map((s) => <option key={s}>{s}</option>)}</select></label>
      </div>
      <Sides title="Actor" list={v.actors} about={about} onChange={(actors) => put({ actors })} />
      <Sides title="Recipient" list={v.recipients} about={about} onChange={(recipients) => put({ recipients })} />
      <div class="line">
        <label>First day <input type="date" value={v.start ?? ""} onChange={(e) => put({ start: e.currentTarget.value || null, end: v.end && v.end >= e.currentTarget.value ? v.end : e.currentTarget.value || null })} /></label>
        <label>Last day <input type="date" value={v.end ?? ""} min={v.start ?? undefined} onChange={(e) => put({ end: e.currentTarget.value || null })} /></label>
      </div>
      <div class="line">
        <label>Place <input value={v.place?.name ?? ""} maxLength={300} onInput={(e) => put({ place: e.currentTarget.value ? { name: e.currentTarget.value, country: v.place?.country ?? null } : null })} /></label>
        <label>Country <input class="short" maxLength={3} pattern="[A-Z]{3}" value={v.place?.country ?? ""} disabled={!v.place} onInput={(e) => v.place && put({ place: { ...v.place, country: e.currentTarget.value.toUpperCase() || null } })} /></label>
      </div>
      <label class="block">Remark <input value={words} maxLength={4000} onInput={(e) => setWords(e.currentTarget.value)} /></label>
      <div class="line"><button type="submit" class="main">Save <kbd>Ctrl+Enter</kbd></button><button type="button" onClick={onCancel}>Leave <kbd>Esc</kbd></button></div>
    </form>
  );
}

/** The clause that is selected in the text, and the word or two in it that are to be the trigger. */
function selected(root: HTMLElement | null, text: string): Span | null {
  const selection = getSelection();
  if (!root || !selection || selection.isCollapsed || !selection.anchorNode || !root.contains(selection.anchorNode)) return null;
  const words = selection.toString().trim();
  if (!words) return null;
  // Where a paragraph break was selected the text has another one: look for the words as they are there.
  const start = text.indexOf(words);
  if (start < 0) return null;
  return [pointAt(text, start), pointAt(text, start + words.length)];
}

function Added({ about, report, clause, onSave, onCancel }: {
  about: About; report: Report; clause: Span; onSave: (values: Values, note: string, trigger: Span) => void; onCancel: () => void;
}) {
  const words = [...report.record.text].slice(...clause).join("");
  const parts = useMemo(() => [...words.matchAll(/\S+/g)].map((m) => ({ word: m[0].replace(/^\W+|\W+$/gu, "") || m[0], at: m.index + m[0].indexOf(m[0].replace(/^\W+|\W+$/gu, "") || m[0]) })), [words]);
  const [trigger, setTrigger] = useState(0);
  const chosen = parts[trigger];
  return (
    <>
      <blockquote><Words>{words}</Words></blockquote>
      <label class="block">The word that tells it
        <select value={trigger} onChange={(e) => setTrigger(Number(e.currentTarget.value))}>{parts.map((p, k) => <option key={k} value={k}>{p.word}</option>)}</select></label>
      <Form about={about} title="An overlooked event" note="" names={report.record.entities.map((e) => e.name)}
        values={{ type: "CONSULT", mode: null, status: "happened", actors: [], recipients: [], start: null, end: null, place: null }}
        onSave={(v, note) => onSave(v, note, [clause[0] + pointAt(words, chosen.at), clause[0] + pointAt(words, chosen.at + chosen.word.length)])} onCancel={onCancel} />
    </>
  );
}

const HIDDEN = new Set<Layer>(["statements", "people", "places", "times", "sentences"]);

export function Check({ about }: { about: About | null }) {
  const { query } = useRoute();
  const tellings = new URLSearchParams(query);
  tellings.set("each", "telling");
  const number = Number(query.get("page") ?? 1);
  const SIZE = 50;
  const list = useGet<Page<Row>>(about ? asked("/api/events", tellings, FILTERS, { size: String(SIZE), page: String(number), sort: query.get("doc") ? "day" : "published" }) : null);
  const [at, show] = useState(0);
  // Keys come faster than pages are drawn: what is meant is where the last one led.
  const now = useRef(0);
  const setAt = (n: number) => {
    now.current = n;
    show(n);
    setMode("look");
  };
  const rows = list.data?.rows ?? [];
  const row = rows[Math.min(at, rows.length - 1)] as Row | undefined;
  const doc = row?.doc ?? query.get("doc");
  const report = useGet<Report>(doc ? `/api/reports/${encodeURIComponent(doc)}` : null);
  const stored = useGet<Correction[]>(about ? "/api/corrections" : null);
  const [mode, setMode] = useState<"look" | "correct" | { clause: Span }>("look");
  const [error, setError] = useState<string | null>(null);
  const [keys, setKeys] = useState(false);
  const [reviewer, setReviewer] = useState(() => localStorage.getItem("reviewer") ?? "");
  const text = useRef<HTMLDivElement>(null);
  const corrections = useMemo(() => new Map((stored.data ?? []).map((c) => [`${c.doc} ${c.event}`, c])), [stored.data]);
  const of = (r: Row | undefined) => (r ? corrections.get(`${r.doc} ${r.id}`) : undefined);
  const said = (r: Row | undefined) => of(r)?.verdict ?? "open";
  const write = !!about?.check;

  useLayoutEffect(() => setAt(0), [list.data?.page, query.toString()]);
  useEffect(() => {
    // Only the report moves, not the page around it.
    const [box, held] = [text.current, text.current?.querySelector(".held")];
    if (box && held) box.scrollTop += held.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }, [row?.id, report.data?.record.id]);

  const move = (by: number) => {
    const next = now.current + by;
    if (next >= 0 && next < rows.length) return setAt(next);
    const pages = Math.ceil((list.data?.total ?? 0) / SIZE);
    if (by > 0 && number < pages) change({ page: number + 1 });
    if (by < 0 && number > 1) change({ page: number - 1 });
  };

  async function judge(verdict: string, more: Partial<{ values: Values; note: string; mention: { clause: Span; trigger: Span }; event: string }> = {}) {
    const row = rows[Math.min(now.current, rows.length - 1)] as Row | undefined;
    if (!write || !(row || more.mention)) return;
    setError(null);
    const target = more.mention ? "" : row!.id;
    const after = more.mention ? null : (of(row)?.revision ?? 0);
    setMode("look");
    // On at once: whoever types fast means the next one.
    if (verdict !== "open" && !more.mention) move(1);
    try {
      await post("/api/corrections", {
        doc, event: target, verdict, reviewer: reviewer || null, after, ...more,
      });
      stored.again();
    } catch (e) {
      setError(`${row ? `${row.type} (${row.text.slice(0, 60)}…): ` : ""}${(e as Error).message}`);
      stored.again();
    }
  }

  // With the drawing, not after it: the next key may come before the browser has painted.
  useLayoutEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const target = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      const act: Record<string, () => void> = {
        a: () => judge("accepted"), r: () => judge("rejected"), u: () => judge("open"), c: () => write && setMode("correct"),
        j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), "?": () => setKeys(!keys),
        m: () => {
          const clause = report.data && selected(text.current, report.data.record.text);
          if (clause && write) setMode({ clause });
          else setError("Select the clause that tells the event in the text, then press m.");
        },
      };
      if (mode !== "look" && e.key !== "Escape") return;
      if (e.key === "Escape") setMode("look");
      else if (act[e.key]) {
        e.preventDefault();
        act[e.key]();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });

  const judged = (stored.data ?? []).filter((c) => c.verdict !== "open");
  const by = (v: string) => judged.filter((c) => c.verdict === v).length;
  const correction = of(row);
  return (
    <section>
      <Filters about={about} review />
      {about && !write && <p class="notice">This desk only reads. Start it with <code>--check</code> to accept, reject and correct events; they are kept in a file beside the data.</p>}
      <div class="line spread">
        <p class="line progress" role="status">
          <span>{count(judged.length, "event")} checked of {about?.tellings.toLocaleString("en")}</span>
          {["accepted", "rejected", "corrected", "added"].map((v) => <span key={v} class={`verdict ${v}`}>{VERDICT[v]} {by(v)}</span>)}
        </p>
        <span class="downloads"><span class="faint">Download</span>
          <a href="/api/corrections/annotations.zip" download>annotations (ZIP)</a><a href="/api/corrections?download=csv" download>CSV</a><a href="/api/corrections?download=json" download>JSON</a><a href="/api/corrections?download=parquet" download>Parquet</a></span>
      </div>
      <Failure error={error ?? list.error} />
      {keys && <p class="notice">{KEYS}</p>}
      <div class="columns check">
        <ol class="queue" aria-label="Events to check" start={(number - 1) * SIZE + 1}>
          {rows.map((r, k) => (
            <li key={r.doc + r.id}>
              <button type="button" aria-current={k === at ? "true" : undefined} onClick={() => setAt(k)} class={`verdict ${said(r)}`}>
                <span aria-hidden="true">{VERDICT[said(r)].slice(0, 1).replace("n", "·")}</span>
                <span><b>{r.type}</b> {r.status !== "happened" && r.status} <Words>{r.actors.map((a) => a.name).join(", ") || "–"}</Words>{r.recipients.length > 0 && <> → <Words>{r.recipients.map((a) => a.name).join(", ")}</Words></>}</span>
                <span class="hidden">{VERDICT[said(r)]}</span>
              </button>
            </li>
          ))}
          {list.data?.total === 0 && <li class="empty">Nothing to check under this filter.</li>}
        </ol>
        <div ref={text} class="report small" role="region" aria-label="Report" tabIndex={0}>
          {report.data && (
            <>
              <h2><Words>{report.data.record.title || report.data.record.id}</Words></h2>
              <p class="faint line">{report.data.record.published} <a href={reportAt(query, report.data.record.id, row?.id)}>in the reader</a></p>
              <MarkedText record={report.data.record} hidden={HIDDEN} held={row ? { kind: "event", id: row.id, mention: 0 } : null} onPoint={() => undefined}
                onHold={(item) => {
                  const to = rows.findIndex((r) => r.doc === doc && r.id === item.id);
                  if (to >= 0) setAt(to);
                }} />
            </>
          )}
        </div>
        <div class="judge" aria-live="polite">
          {row && mode === "look" && (
            <>
              <p class="line"><span class={`verdict ${said(row)}`}>{VERDICT[said(row)]}</span>{correction?.reviewer && <span class="faint">by <Words>{correction.reviewer}</Words></span>}</p>
              <Facts values={correction?.values ?? valuesOf(row)} read={correction?.values ? valuesOf(row) : null} />
              {correction?.note && <p class="notice"><Words>{correction.note}</Words></p>}
              <p class="told"><Words>{row.text}</Words></p>
              {write && (
                <div class="line verdicts">
                  <button type="button" onClick={() => judge("accepted")}>Accept <kbd>a</kbd></button>
                  <button type="button" onClick={() => judge("rejected")}>Reject <kbd>r</kbd></button>
                  <button type="button" onClick={() => setMode("correct")}>Correct <kbd>c</kbd></button>
                  {said(row) !== "open" && <button type="button" onClick={() => judge("open")}>Take back <kbd>u</kbd></button>}
                </div>
              )}
              <p class="line"><button type="button" onClick={() => move(-1)}>Before <kbd>k</kbd></button><button type="button" onClick={() => move(1)}>Next <kbd>j</kbd></button><button type="button" class="link" onClick={() => setKeys(!keys)}>keys <kbd>?</kbd></button></p>
              {write && <label class="block">Your name, kept with what you say <input value={reviewer} maxLength={120} onInput={(e) => (setReviewer(e.currentTarget.value), localStorage.setItem("reviewer", e.currentTarget.value))} /></label>}
              {judged.some((c) => c.verdict === "added" && c.doc === doc) && (
                <section><h3>Overlooked, added here</h3><ul>{judged.filter((c) => c.verdict === "added" && c.doc === doc).map((c) => (
                  <li key={c.event}>{c.values?.type} {c.values?.status} <Words>{c.values?.actors.map((a) => a.name).join(", ")}</Words>{" "}
                    <button type="button" class="link" onClick={() => post("/api/corrections", { doc: c.doc, event: c.event, verdict: "open", reviewer: reviewer || null, after: c.revision }).then(stored.again, (e: Error) => setError(e.message))}>take back</button></li>
                ))}</ul></section>
              )}
            </>
          )}
          {row && about && mode === "correct" && (
            <Form key={row.id} about={about} title="What is right" values={correction?.values ?? valuesOf(row)} note={correction?.note ?? ""} names={report.data?.record.entities.map((e) => e.name) ?? []}
              onSave={(values, note) => judge("corrected", { values, note: note || undefined })} onCancel={() => setMode("look")} />
          )}
          {about && report.data && typeof mode === "object" && (
            <Added about={about} report={report.data} clause={mode.clause} onCancel={() => setMode("look")}
              onSave={(values, note, trigger) => judge("added", { values, note: note || undefined, mention: { clause: mode.clause, trigger } })} />
          )}
        </div>
      </div>
    </section>
  );
}

function Facts({ values, read }: { values: Values; read: Values | null }) {
  const sides = (list: Side[]) => list.map((s) => `${s.name} [${s.country ?? ""}${s.sector}]`).join(", ") || "–";
  const rows = (v: Values): [string, string][] => [
    ["Type", v.type + (v.mode ? ` · ${v.mode}` : "")], ["Status", v.status], ["Who", sides(v.actors)], ["To whom", sides(v.recipients)],
    ["When", v.start ? (v.start === v.end ? v.start : `${v.start} – ${v.end}`) : "–"], ["Where", v.place ? `${v.place.name} ${v.place.country ?? ""}` : "–"],
  ];
  const before = read && rows(read);
  return (
    <dl class="facts">
      {rows(values).map(([name, text], k) => (
        <div class="pair" key={name}><dt>{name}</dt><dd><Words>{text}</Words>{before && before[k][1] !== text && <> <s class="faint"><Words>{before[k][1]}</Words></s></>}</dd></div>
      ))}
    </dl>
  );
}
