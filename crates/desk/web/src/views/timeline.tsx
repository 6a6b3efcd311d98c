/** Events by day, stories as lanes, plans on their dates. */
import { useMemo } from "preact/hooks";
import type { Page, Plans, Row, Timeline as Data } from "../types";
import { asked, useGet } from "../api";
import { FILTERS, change, elsewhere, useRoute } from "../route";
import { Busy, Downloads, EventCard, Failure, Legend, Pager, Words, openEvent, useWidth } from "../common";
import { Bars, MARGIN, day, keyColor, xScale } from "../chart";
import { QUADS, STATE_MARKS, count } from "../words";

const KEYS = [...FILTERS, "by", "step", "range"];

export function Timeline() {
  const { query } = useRoute();
  const { data, error, busy } = useGet<Data>(asked("/api/timeline", query, KEYS));
  const range = data?.range;
  const due: Record<string, string> = { size: "300" };
  if (range) Object.assign(due, { since: range[0], until: range[1] });
  const plans = useGet<Plans>(range ? asked("/api/plans", query, ["q", "type", "party", "story"], due) : null);
  const list = useGet<Page<Row>>(asked("/api/events", query, [...FILTERS, "page"], { size: "20", sort: "day" }));
  const [box, width] = useWidth<HTMLDivElement>();
  const dated = useMemo(() => (plans.data?.rows ?? []).filter((p) => p.due), [plans.data]);
  const x = data?.range && width > 60 ? xScale(data, width) : null;
  const most = Math.max(1, ...(data?.lanes.flatMap((l) => l.bins.map((b) => b[1])) ?? []));
  const narrowed = query.get("since") || query.get("until");
  return (
    <section>
      <div class="line spread">
        <div class="tabs" role="group" aria-label="Stacked by">
          {["quad", "type"].map((by) => (
            <button type="button" key={by} aria-pressed={(query.get("by") ?? "quad") === by} onClick={() => change({ by: by === "quad" ? null : by })}>by {by === "quad" ? "class" : "type"}</button>
          ))}
          {["day", "week", "month"].map((step) => (
            <button type="button" key={step} aria-pressed={data?.step === step} onClick={() => change({ step })}>{step}s</button>
          ))}
          {narrowed && <button type="button" onClick={() => change({ since: null, until: null })}>all days</button>}
        </div>
        <Downloads path="/api/timeline" query={query} keys={KEYS} />
      </div>
      <Failure error={error} />
      <div ref={box} class="chart">
        <Busy busy={busy} />
        {data && width > 60 && (
          <Bars data={data} width={width} height={dated.length ? 290 : 250} plans={dated} onBar={(since, until) => change({ since, until })} onPlan={(p) => openEvent(p.event)} />
        )}
        {data && x && data.lanes.length > 0 && (
          <div class="lanes" role="group" aria-label="Stories">
            {data.lanes.map((lane) => (
              <a key={lane.story} class="lane" href={elsewhere("timeline", query, { story: query.get("story") === lane.story ? null : lane.story })}
                aria-label={`Story ${lane.title}: ${count(lane.events, "event")}`} aria-current={query.get("story") === lane.story ? "true" : undefined}>
                <svg width={width} height={20} aria-hidden="true">
                  <line x1={MARGIN.left} x2={width - MARGIN.right} y1={10} y2={10} class="rail" />
                  {lane.bins.map(([start, n]) => <circle key={start} cx={x(day(start)) + 5} cy={10} r={2 + 6 * Math.sqrt(n / most)}><title>{`${start}: ${count(n, "event")}`}</title></circle>)}
                </svg>
                <span class="name"><Words>{lane.title || lane.story}</Words> <span class="count">{lane.events}</span></span>
              </a>
            ))}
            {data.more_lanes > 0 && <p class="faint">and {count(data.more_lanes, "other story", "other stories")}</p>}
          </div>
        )}
      </div>
      <div class="line spread">
        {(query.get("by") ?? "quad") === "quad" ? <Legend /> : <ul class="legend">{data?.keys.map((k) => <li key={k}><span class="swatch" style={{ background: keyColor(k, data.keys) }} />{k}</li>)}</ul>}
        {dated.length > 0 && <ul class="legend" aria-label="Plans">{Object.entries(STATE_MARKS).map(([s, m]) => <li key={s}><span class={`state ${s}`} aria-hidden="true">{m}</span> plan {s}</li>)}</ul>}
      </div>
      {data && (
        <p class="faint">
          {data.before + data.after > 0 && <>{count(data.before, "event")} before and {count(data.after, "event")} after these days are not drawn. <button type="button" class="link" onClick={() => change({ range: "all" })}>Draw all days</button> </>}
          {query.get("range") === "all" && <button type="button" class="link" onClick={() => change({ range: null })}>Draw the time of the reports </button>}
          {data.undated > 0 && <>{count(data.undated, "event")} without any day. </>}
          Drag over the bars to keep some days; a click keeps one.
        </p>
      )}
      <details class="numbers-table">
        <summary>The numbers</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Numbers">
          <table class="plain">
            <thead><tr><th scope="col">From</th>{data?.keys.map((k) => <th scope="col" key={k}>{QUADS[k] ?? k}</th>)}</tr></thead>
            <tbody>{data?.bins.map((b) => <tr key={b.start}><th scope="row">{b.start}</th>{b.counts.map((n, k) => <td class="number" key={k}>{n || ""}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </details>
      <h2>Events</h2>
      <div class="list">
        {list.data?.rows.map((r) => <EventCard key={r.doc + r.id} row={r} current={query.get("event") === r.event} onOpen={() => openEvent(r.event)} />)}
      </div>
      {list.data && <Pager total={list.data.total} page={list.data.page} size={list.data.size} />}
    </section>
  );
}
