/** Every event as a row. */
import type { About, Page, Row } from "../types";
import { asked, useGet } from "../api";
import { FILTERS, change, useRoute } from "../route";
import { At, Busy, Downloads, Failure, KindBadge, Numbers, Pager, Parties, StatusMark, Words, openEvent, reportAt } from "../common";
import { days } from "../words";

const COLUMNS: [string, string | null][] = [
  ["Day", "day"], ["Type", "type"], ["Status", "status"], ["Who", "actor"], ["To whom", "recipient"], ["Where", "place"], ["Told", null],
  ["Numbers", "killed"], ["Sources", "sources"], ["Score", "score"], ["Sure", "confidence"],
];

export function Table(_: { about: About | null }) {
  const { query } = useRoute();
  const { data, error, busy } = useGet<Page<Row>>(asked("/api/events", query, [...FILTERS, "sort", "page", "size"]));
  const sort = query.get("sort") ?? "day";
  const tellings = query.get("each") === "telling";
  const open = (row: Row) => (row.event ? openEvent(row.event) : undefined);
  return (
    <section>
      <div class="line spread">
        <span />
        <Downloads path="/api/events" query={query} keys={[...FILTERS, "sort"]} />
      </div>
      <Failure error={error} />
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of events">
        <Busy busy={busy} />
        <table class="events">
          <thead>
            <tr>
              {COLUMNS.map(([name, key]) => {
                const is = key && sort.replace("-", "") === key;
                const down = sort.startsWith("-");
                return (
                  <th key={name} scope="col" aria-sort={is ? (down ? "descending" : "ascending") : undefined}>
                    {key ? <button type="button" class="link" onClick={() => change({ sort: is && !down ? `-${key}` : is ? key : ["sources", "confidence", "killed"].includes(key) ? `-${key}` : key })}>
                      {name}{is && <span aria-hidden="true">{down ? " ↓" : " ↑"}</span>}
                    </button> : name}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {data?.rows.map((r) => (
              <tr key={r.doc + r.id} class={query.get("event") === r.event ? "current" : ""} data-id={r.id}>
                <td class="date">{r.start ? days(r.start, r.end, r.precision) : <span class="faint" title="day of the report">≤ {r.published ?? "?"}</span>}</td>
                <td><KindBadge type={r.type} mode={r.mode} quad={r.quad} /></td>
                <td><StatusMark status={r.status} />{r.disputed && <span class="tag warn">disputed</span>}</td>
                <td><Parties list={r.actors} /></td>
                <td>{r.recipients.length ? <Parties list={r.recipients} /> : <span class="faint">–</span>}</td>
                <td>{r.place ? <At place={r.place} /> : <span class="faint">–</span>}</td>
                <td class="wide">
                  <button type="button" class="link words" onClick={() => open(r)} disabled={!r.event}><Words>{r.text}</Words></button>
                  {tellings && <a class="faint" href={reportAt(query, r.doc, r.id)}><Words>{r.title || r.doc}</Words></a>}
                </td>
                <td><Numbers row={r} /></td>
                <td class="number">{r.independent}</td>
                <td class="number">{r.score}</td>
                <td class="number">{r.confidence.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {data?.total === 0 && <p class="empty">No event is like that. Take part of the filter off.</p>}
      </div>
      {data && <Pager total={data.total} page={data.page} size={data.size} />}
    </section>
  );
}
