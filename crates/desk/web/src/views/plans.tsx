/** What was planned, promised, demanded, threatened or refused, and what became of it. */
import type { Plan, Plans as Data } from "../types";
import { asked, useGet } from "../api";
import { change, useRoute } from "../route";
import { At, Busy, Downloads, Failure, Pager, Parties, To, Words, openEvent, reportAt } from "../common";
import { Day, Search } from "../filters";
import { STATE_MARKS, count, days, kindOf } from "../words";

const KEYS = ["q", "state", "origin", "type", "party", "story", "since", "until"];

function Card({ plan }: { plan: Plan }) {
  const { query } = useRoute();
  return (
    <article class={`card plan ${plan.state}`} data-state={plan.state}>
      <header>
        <span class={`state ${plan.state}`}><span aria-hidden="true">{STATE_MARKS[plan.state]}</span> {plan.state}</span>
        <span class="kind plain">{kindOf(plan.type, plan.mode)}</span>
        <span class="tag">{plan.origin}</span>
        <span class="when">{plan.due ? <>due {days(plan.due, plan.due_end, plan.due_precision)}</> : <span class="faint">no day told</span>}</span>
      </header>
      <p class="line"><Parties list={plan.actors} none="somebody" />{plan.recipients.length > 0 && <><To /><Parties list={plan.recipients} /></>}</p>
      <p class="told"><Words>{plan.text}</Words></p>
      {plan.outcome && <p class="outcome"><b>{plan.changes.length ? `other ${plan.changes.join(" and ")}` : "then"}</b> <span class="faint">{plan.outcome.day}</span> <Words>{plan.outcome.text}</Words> <a href={reportAt(query, plan.outcome.doc)}>report</a></p>}
      <footer>
        {plan.place && <At place={plan.place} />}
        <span class="faint">announced {plan.announced ?? "?"}, {count(plan.independent, "independent source")}</span>
        <button type="button" class="link" onClick={() => openEvent(plan.event)}>announcement</button>
        {plan.fulfilled_by && <button type="button" class="link" onClick={() => openEvent(plan.fulfilled_by!)}>what happened</button>}
        <a href={reportAt(query, plan.doc)}>report</a>
      </footer>
    </article>
  );
}

export function Plans() {
  const { query } = useRoute();
  const { data, error, busy } = useGet<Data>(asked("/api/plans", query, [...KEYS, "page", "size"]));
  const state = query.get("state") ?? "";
  const all = data?.states.reduce((n, s) => n + s.count, 0) ?? 0;
  const set = ["type", "party", "story"].filter((k) => query.get(k));
  return (
    <>
      <section class="filters" aria-label="Filter">
        <div class="bar">
          <Search label="Search in plans" />
          <Day of="since" label="Due from" />
          <Day of="until" label="Until" />
          <label><span class="hidden">Origin</span>
            <select value={query.get("origin") ?? ""} onChange={(e) => change({ origin: e.currentTarget.value })}>
              <option value="">planned, promised, demanded, …</option>
              {data?.origins.map((o) => <option key={o.value} value={o.value}>{o.value} ({o.count})</option>)}
            </select>
          </label>
          <output class="total">{data ? count(data.total, "plan") : " "}</output>
        </div>
        {set.length > 0 && <div class="chips">{set.map((k) => <button type="button" key={k} class="chip" onClick={() => change({ [k]: null })} aria-label={`Take off ${k}`}><span class="faint">{k}</span> <Words>{query.get(k)}</Words> <span aria-hidden="true">×</span></button>)}</div>}
      </section>
      <div class="line spread">
        <div class="tabs" role="group" aria-label="State">
          <button type="button" aria-pressed={!state} onClick={() => change({ state: null })}>all <span class="count">{all}</span></button>
          {data?.states.map((s) => (
            <button type="button" key={s.value} class={`state ${s.value}`} aria-pressed={state === s.value} onClick={() => change({ state: state === s.value ? null : s.value })}>
              <span aria-hidden="true">{STATE_MARKS[s.value]}</span> {s.value} <span class="count">{s.count}</span>
            </button>
          ))}
        </div>
        <Downloads path="/api/plans" query={query} keys={KEYS} />
      </div>
      <Failure error={error} />
      <section class="list grid" aria-label="Plans">
        <Busy busy={busy} />
        {data?.rows.map((p) => <Card key={p.id} plan={p} />)}
      </section>
      {data?.total === 0 && <p class="empty">No plan is like that.</p>}
      {data && <Pager total={data.total} page={data.page} size={data.size} />}
    </>
  );
}
