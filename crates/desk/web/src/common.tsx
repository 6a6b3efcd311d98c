/** Small parts that views share. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Actor, Place, Row, Voice } from "./types";
import { FILTERS, address, change, elsewhere, useRoute } from "./route";
import { asked } from "./api";
import { STATUS_MARKS, count, days, kindOf, quadColor } from "./words";

/** Words of others: kept apart, so that marks of the direction of writing stay within them. */
export const Words = ({ children, class: name }: { children: ComponentChildren; class?: string }) => <bdi class={name}>{children}</bdi>;

export function Parties({ list, none = "not told" }: { list: Actor[]; none?: string }) {
  if (!list.length) return <span class="faint">{none}</span>;
  return (
    <span>
      {list.map((a, k) => (
        <span class="party" key={k}>
          <Words>{a.name}</Words> <span class="code">{a.code}</span>
        </span>
      ))}
    </span>
  );
}

export const To = () => <span class="arrow"><span aria-hidden="true">→</span><span class="hidden"> to </span></span>;

export function KindBadge({ type, mode, quad }: { type: string; mode: string | null; quad: number }) {
  return (
    <span class="kind" style={{ "--of": quadColor(quad) }}>
      {kindOf(type, mode)}
    </span>
  );
}

export function StatusMark({ status }: { status: string }) {
  return (
    <span class={`status ${status}`}>
      <span aria-hidden="true">{STATUS_MARKS[status]}</span> {status}
    </span>
  );
}

export function At({ place }: { place: Place | null }) {
  if (!place) return <span class="faint">place not told</span>;
  return (
    <span>
      <Words>{place.name}</Words> {place.country && <span class="code">{place.country}</span>}
      {place.precision === "country" && <span class="faint"> (somewhere in it)</span>}
    </span>
  );
}

export function Sources({ list }: { list: Voice[] }) {
  if (!list.length) return <span class="faint">the reporter</span>;
  return (
    <>
      {list.map((v, k) => (
        <span key={k} class="voice">
          <Words>{v.name ?? "reportedly"}</Words> <span class="faint">{v.stance}</span>
        </span>
      ))}
    </>
  );
}

export function Numbers({ row }: { row: Pick<Row, "killed" | "injured" | "arrested" | "size"> }) {
  const told = (["killed", "injured", "arrested", "size"] as const).filter((k) => row[k] !== null);
  if (!told.length) return null;
  const label = { killed: "dead", injured: "wounded", arrested: "detained", size: "took part" };
  return <span class="numbers">{told.map((k) => <span key={k}><b>{row[k]!.toLocaleString("en")}</b> {label[k]}</span>)}</span>;
}

/** An event as a card in lists. */
export function EventCard({ row, onOpen, current }: { row: Row; onOpen: () => void; current?: boolean }) {
  return (
    <article class={`card event ${current ? "current" : ""}`} style={{ "--of": quadColor(row.quad) }}>
      <header>
        <KindBadge type={row.type} mode={row.mode} quad={row.quad} />
        <StatusMark status={row.status} />
        {row.disputed && <span class="tag warn">disputed</span>}
        {row.background && <span class="tag">background</span>}
        <span class="when">{days(row.start, row.end, row.precision)}</span>
      </header>
      <button type="button" class="open" onClick={onOpen}>
        <Parties list={row.actors} none="somebody" />
        {row.recipients.length > 0 && <To />}
        {row.recipients.length > 0 && <Parties list={row.recipients} />}
      </button>
      <p class="told"><Words>{row.text}</Words></p>
      <footer>
        {row.place && <At place={row.place} />}
        <Numbers row={row} />
        <span class="faint">{count(row.independent, "independent source")}, {count(row.reports, "report")}</span>
      </footer>
    </article>
  );
}

/** Downloads of what is seen. */
export function Downloads({ path, query, keys = FILTERS, more = {} }: {
  path: string; query: URLSearchParams; keys?: readonly string[]; more?: Record<string, string>;
}) {
  return (
    <span class="downloads">
      <span class="faint">Download</span>
      {["csv", "json", "parquet"].map((form) => (
        <a key={form} href={asked(path, query, keys, { ...more, download: form })} download>{form === "parquet" ? "Parquet" : form.toUpperCase()}</a>
      ))}
    </span>
  );
}

export function Pager({ total, page, size }: { total: number; page: number; size: number }) {
  const { view, query } = useRoute();
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages < 2) return null;
  const to = (n: number) => address(view, query, { page: n > 1 ? n : null });
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? <a href={to(page - 1)} rel="prev">← Earlier page</a> : <span class="faint">← Earlier page</span>}
      <span>Page {page.toLocaleString("en")} of {pages.toLocaleString("en")}</span>
      {page < pages ? <a href={to(page + 1)} rel="next">Next page →</a> : <span class="faint">Next page →</span>}
    </nav>
  );
}

export function Failure({ error }: { error: string | null }) {
  return error ? <p class="failure" role="alert">{error}</p> : null;
}

export function Busy({ busy }: { busy: boolean }) {
  return <div class={`busy ${busy ? "on" : ""}`} role="status" aria-live="polite">{busy ? <span class="hidden">Loading</span> : null}</div>;
}

/** The width of an element, as long as it is shown. */
export function useWidth<T extends HTMLElement>(): [{ current: T | null }, number] {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

export function Legend() {
  return (
    <ul class="legend" aria-label="Colours">
      {["1", "2", "3", "4"].map((q) => (
        <li key={q}><span class="swatch" style={{ background: quadColor(q) }} />{["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"][+q - 1]}</li>
      ))}
    </ul>
  );
}

/** Opens the panel of an event. */
export const openEvent = (id: string) => change({ event: id });

/** The address of a report, at one of its tellings. */
export const reportAt = (query: URLSearchParams, doc: string, at?: string | null) => elsewhere("reader", query, { report: doc, at: at ?? null });
