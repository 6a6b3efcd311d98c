/** The panel of an event: all that reports tell of it. */
import { useEffect, useRef } from "preact/hooks";
import type { EventDetail } from "./types";
import { useGet } from "./api";
import { address, change, elsewhere, useRoute } from "./route";
import { At, Failure, KindBadge, Numbers, Parties, Sources, StatusMark, Words, reportAt } from "./common";
import { count, days, said } from "./words";

const WHAT: Record<string, string> = { killed: "dead", injured: "wounded", arrested: "detained", size: "taking part", place: "place", day: "day", actor: "actor" };

export function EventPanel() {
  const { view, query } = useRoute();
  const id = query.get("event");
  const { data, error } = useGet<EventDetail>(id ? `/api/events/${encodeURIComponent(id)}` : null);
  const panel = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (!id) return;
    before.current = document.activeElement;
    panel.current?.focus();
    const onKey = (e: KeyboardEvent) => e.key === "Escape" && change({ event: null });
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
      (before.current as HTMLElement | null)?.focus?.();
    };
  }, [id]);
  if (!id) return null;
  const e = data?.event.id === id ? data.event : null;
  return (
    <aside class="panel" ref={panel} tabIndex={-1} aria-label={e ? said(e) : "Event"}>
      <header>
        <h2>Event</h2>
        <button type="button" class="close" onClick={() => change({ event: null })} aria-label="Close event">×</button>
      </header>
      <Failure error={error} />
      {e && data && (
        <>
          <p class="line"><KindBadge type={e.type} mode={e.mode} quad={e.quad} /> <StatusMark status={e.status} />
            {e.disputed && <span class="tag warn">disputed</span>}{e.background && <span class="tag">background</span>}</p>
          <blockquote><Words>{e.text}</Words></blockquote>
          <dl class="facts">
            <dt>Who</dt><dd><Parties list={e.actors} /></dd>
            {e.recipients.length > 0 && <><dt>To whom</dt><dd><Parties list={e.recipients} /></dd></>}
            {e.about && <><dt>About</dt><dd>{e.about}</dd></>}
            <dt>When</dt><dd>{days(e.start, e.end, e.precision)} {e.precision && e.precision !== "day" && <span class="faint">({e.precision})</span>}</dd>
            <dt>Where</dt><dd><At place={e.place} /></dd>
            <dt>On the word of</dt><dd><Sources list={e.sources} /></dd>
            {(e.killed ?? e.injured ?? e.arrested ?? e.size) !== null && <><dt>Numbers</dt><dd><Numbers row={e} /></dd></>}
            <dt>Score</dt><dd>{e.score} <span class="faint">confidence {e.confidence.toFixed(2)}</span></dd>
            {e.contexts.length > 0 && <><dt>Context</dt><dd>{e.contexts.map((c) => c.replaceAll("_", " ")).join(", ")}</dd></>}
            <dt>Told by</dt><dd>{count(e.reports, "report")}, {count(e.independent, "independent source")}; first {data.cluster.first_reported ?? "?"}</dd>
          </dl>
          {data.cluster.details.length > 0 && (
            <section>
              <h3>What reports tell differently</h3>
              <table class="plain">
                <thead><tr><th scope="col">What</th><th scope="col">Value</th><th scope="col">On whose word</th><th scope="col">Reports</th></tr></thead>
                <tbody>
                  {data.cluster.details.map((d, k) => (
                    <tr key={k}><td>{WHAT[d.what] ?? d.what}</td><td><Words>{d.value}</Words></td><td><Words>{d.voices.join(", ") || "the reporter"}</Words></td>
                      <td>{d.doc_ids.map((doc) => <a key={doc} href={reportAt(query, doc)} title={doc}>{d.doc_ids.indexOf(doc) + 1}</a>)}</td></tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          {data.cluster.claims.length > 0 && (
            <section>
              <h3>Claims</h3>
              <ul class="claims">
                {data.cluster.claims.map((c, k) => (
                  <li key={k}><Words>{c.who ?? "reportedly"}</Words> <b>{c.stance}</b> <span class="faint">{c.first ?? ""}, {count(c.doc_ids.length, "report")}</span></li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h3>{count(data.tellings.length, "telling")}</h3>
            <ol class="tellings">
              {data.tellings.map((t) => (
                <li key={t.doc + t.id}>
                  <a href={reportAt(query, t.doc, t.id)}><Words>{t.title || t.doc}</Words></a>
                  <span class="faint"> {[t.publisher, t.published].filter(Boolean).join(", ")}</span>
                  <p><Words>{t.text}</Words></p>
                </li>
              ))}
            </ol>
          </section>
          <p class="line">
            {e.place && <a href={elsewhere("map", query, { place: e.place.key })}>On the map</a>}
            {e.start && <a href={elsewhere("timeline", query, { since: e.start, until: e.end })}>Its days</a>}
            <a href={address(view, query, { story: e.story, event: null })}>Its story</a>
          </p>
        </>
      )}
    </aside>
  );
}
