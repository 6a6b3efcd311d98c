/** One report, with what was read of it. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { About, Page, Report, ReportRow, Sentence } from "../types";
import { asked, useGet } from "../api";
import { change, elsewhere, useRoute } from "../route";
import { Busy, Downloads, Failure, Words, reportAt } from "../common";
import { Search } from "../filters";
import { Inspect } from "../inspect";
import { type Item, type Layer, LAYERS, LayerToggles, MarkedText, same } from "../text";
import { Tree } from "../tree";
import { count } from "../words";

function List({ current }: { current: string | null }) {
  const { query } = useRoute();
  const [page, setPage] = useState(1);
  const words = query.get("rq") ?? "";
  const story = query.get("story") ?? "";
  useEffect(() => setPage(1), [words, story]);
  const more: Record<string, string> = { size: "60", page: String(page) };
  if (words) more.q = words;
  const { data, error } = useGet<Page<ReportRow>>(asked("/api/reports", query, ["story", "publisher"], more));
  const pages = data ? Math.ceil(data.total / data.size) : 1;
  return (
    <nav class="reports" aria-label="Reports">
      <Search of="rq" label="Search in reports" />
      <p class="faint line">{data && count(data.total, "report")} {story && <button type="button" class="link" onClick={() => change({ story: null })}>of one story ×</button>}</p>
      <Failure error={error} />
      <ul>
        {data?.rows.map((r) => (
          <li key={r.id}>
            <a href={reportAt(query, r.id) + (words ? `&rq=${encodeURIComponent(words)}` : "")} aria-current={r.id === current ? "true" : undefined}>
              <Words class="title">{r.title || r.id}</Words>
              <span class="faint">{[r.published, r.publisher].filter(Boolean).join(" · ")} · {count(r.events, "event")}{r.copy && " · copy"}{r.withdrawn && " · withdrawn"}</span>
            </a>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <p class="line">
          <button type="button" disabled={page <= 1} onClick={() => setPage(page - 1)}>←</button> {page} of {pages}
          <button type="button" disabled={page >= pages} onClick={() => setPage(page + 1)}>→</button>
        </p>
      )}
    </nav>
  );
}

export function Reader({ about }: { about: About | null }) {
  const { query } = useRoute();
  const first = useGet<Page<ReportRow>>(query.get("report") ? null : "/api/reports?size=1");
  const id = query.get("report") ?? first.data?.rows[0]?.id ?? null;
  const at = query.get("at");
  const { data: report, error, busy } = useGet<Report>(id ? `/api/reports/${encodeURIComponent(id)}` : null);
  const [pointed, setPointed] = useState<Item | null>(null);
  const [held, setHeld] = useState<Item | null>(null);
  const [why, setWhy] = useState(false);
  const { data: sentences } = useGet<Sentence[]>(why && id ? `/api/reports/${encodeURIComponent(id)}/trees` : null);
  const article = useRef<HTMLElement>(null);
  const hidden = new Set((query.get("hide") ?? "sentences").split(",").filter((l): l is Layer => LAYERS.includes(l as Layer)));

  useEffect(() => {
    setPointed(null);
    setHeld(at ? { kind: "event", id: at, mention: 0 } : null);
    setWhy(false);
  }, [id, at]);
  useEffect(() => {
    const to = at && article.current?.querySelector(`[data-item="event:${CSS.escape(at)}"]`);
    if (to) to.scrollIntoView({ block: "center" });
    else scrollTo({ top: 0 });
  }, [report?.record.id, at]);

  const hold = (item: Item) => {
    setHeld((before) => (same(before, item) ? null : item));
    if (item.kind === "event" || item.kind === "sentence") setWhy(true);
  };
  const record = report?.record;
  const tree = held?.kind === "sentence" ? Number(held.id) : -1;
  // What is pointed at changes often, the text does not.
  const text = useMemo(() => record && (
    <MarkedText record={record} hidden={hidden} held={held} onPoint={setPointed} onHold={hold}
      behind={(n) => n === tree && (sentences?.[n] ? <Tree sentence={sentences[n]} /> : <span class="faint">The tree is read…</span>)} />
  ), [record, query.get("hide"), held, sentences]);
  if (about && about.reports === 0) return <p>There is no report here. <a href="/try">Try it</a> with a text of your own.</p>;
  return (
    <div class="columns">
      <List current={id} />
      <article ref={article} class="report">
        <Busy busy={busy} />
        <Failure error={error} />
        {report && record && (
          <>
            <header>
              <h2><Words>{record.title || record.id}</Words></h2>
              <p class="faint line">
                {[record.publisher, record.published].filter(Boolean).map((t) => <Words key={t}>{t}</Words>)}
                {record.url && /^https?:/.test(record.url) && <a href={record.url} target="_blank" rel="noreferrer noopener">source</a>}
                <span>{count(record.events.length, "event")}</span>
              </p>
              <p class="line">
                {report.before && <a href={reportAt(query, report.before)}>← earlier report</a>}
                {report.after && <a href={reportAt(query, report.after)}>later report →</a>}
                {report.story_title && <a href={elsewhere("reader", query, { story: report.document.story, report: record.id })}>story: <Words>{report.story_title}</Words></a>}
                <a href={elsewhere("table", new URLSearchParams(), { doc: record.id, each: "telling" })}>its events in the table</a>
                {about?.check && <a href={elsewhere("check", new URLSearchParams(), { doc: record.id })}>check it</a>}
              </p>
              {report.document.withdrawn && <p class="notice">This report was withdrawn, or withdraws another: its events are left out of all other views.</p>}
              {report.document.superseded_by && <p class="notice">A later version: <a href={reportAt(query, report.document.superseded_by)}>{report.document.superseded_by}</a></p>}
              {report.copies.length > 0 && <p class="notice">Copies: {report.copies.map((c) => <a key={c.doc} href={reportAt(query, c.doc)}><Words>{c.publisher ?? c.doc}</Words></a>)}</p>}
              {record.warnings.length > 0 && <details class="notice"><summary>{count(record.warnings.length, "warning")}</summary><ul>{record.warnings.map((w) => <li key={w}><Words>{w}</Words></li>)}</ul></details>}
              <LayerToggles record={record} hidden={hidden} onChange={(next) => change({ hide: [...next].join(",") || "none" }, true)} />
            </header>
            {text}
            <Downloads path={`/api/reports/${encodeURIComponent(record.id)}`} query={query} keys={[]} />
          </>
        )}
      </article>
      <aside class={`inspect ${held ? "held" : ""}`} aria-label="What was read" aria-live="polite" tabIndex={0}>
        {held && <button type="button" class="close" aria-label="Let go" onClick={() => setHeld(null)}>×</button>}
        {record && (
          <Inspect record={record} item={pointed ?? held} links={report?.links} sentences={sentences} onWhy={() => setWhy(true)}
            onMention={(event, mention) => {
              setHeld({ kind: "event", id: event.id, mention });
              const spans = article.current?.querySelectorAll(`.trigger[data-item="event:${event.id}"]`);
              const to = spans?.[mention] as HTMLElement | undefined;
              to?.scrollIntoView({ block: "center", behavior: "smooth" });
              to?.focus({ preventScroll: true });
            }} />
        )}
      </aside>
    </div>
  );
}
