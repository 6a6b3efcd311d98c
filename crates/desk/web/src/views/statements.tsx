/** Who said what. */
import type { About, Facet, Statements as Data } from "../types";
import { asked, useGet } from "../api";
import { change, useRoute } from "../route";
import { Busy, Downloads, Failure, Pager, Words, reportAt } from "../common";
import { Day, Search } from "../filters";
import { count } from "../words";

const KEYS = ["q", "speaker", "topic", "quoted", "story", "doc", "since", "until"];

function Choice({ title, of, facets }: { title: string; of: string; facets: Facet[] }) {
  const { query } = useRoute();
  const most = Math.max(1, ...facets.map((f) => f.count));
  return (
    <fieldset class="facet bars">
      <legend>{title}</legend>
      {facets.slice(0, 25).map((f) => {
        const on = query.get(of) === f.value;
        return (
          <label key={f.value} class={on ? "on" : ""} style={{ "--share": `${(f.count / most) * 100}%` }}>
            <input type="checkbox" checked={on} onChange={() => change({ [of]: on ? null : f.value })} />
            <span class="value"><Words>{f.label ?? f.value}</Words></span> <span class="count">{f.count.toLocaleString("en")}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

export function Statements({ about }: { about: About | null }) {
  const { query } = useRoute();
  const { data, error, busy } = useGet<Data>(asked("/api/statements", query, [...KEYS, "page", "size"]));
  const set = KEYS.filter((k) => query.get(k) && !["q", "since", "until", "quoted"].includes(k));
  return (
    <>
      <section class="filters" aria-label="Filter">
        <div class="bar">
          <Search label="Search in statements" placeholder="Words, “a phrase”, begin*" />
          <Day of="since" label="From" />
          <Day of="until" label="Until" />
          <label><span class="hidden">Quoted or reported</span>
            <select value={query.get("quoted") ?? ""} onChange={(e) => change({ quoted: e.currentTarget.value })}>
              <option value="">quoted and reported</option><option value="yes">quoted</option><option value="no">reported</option>
            </select>
          </label>
          <output class="total">{data ? count(data.total, "statement") : " "}</output>
        </div>
        {set.length > 0 && <div class="chips">{set.map((k) => (
          <button type="button" key={k} class="chip" onClick={() => change({ [k]: null })} aria-label={`Take off ${k}`}><span class="faint">{k}</span> <Words>{query.get(k)}</Words> <span aria-hidden="true">×</span></button>
        ))}</div>}
      </section>
      <div class="line spread"><span /><Downloads path="/api/statements" query={query} keys={KEYS} /></div>
      <Failure error={error} />
      <div class="columns two">
        <aside class="side" aria-label="Speakers and topics">
          {data && <Choice title="Speaker" of="speaker" facets={data.speakers} />}
          {data && <Choice title="About" of="topic" facets={data.topics.map((f) => ({ ...f, label: f.label ?? about?.countries[f.value] ?? f.value }))} />}
        </aside>
        <section class="list" aria-label="Statements">
          <Busy busy={busy} />
          {data?.rows.map((s) => (
            <article class="card statement" key={s.doc + s.id}>
              <header>
                {s.speaker ? <button type="button" class="link" onClick={() => change({ speaker: s.speaker!.name })}><b><Words>{s.speaker.name}</Words></b></button> : <b>somebody</b>}
                {s.speaker && <span class="code">{s.speaker.code}</span>}
                {s.addressee && <span class="faint">to <Words>{s.addressee}</Words></span>}
                <span class="tag">{s.quoted ? "quoted" : "reported"}</span>
                <span class="when">{s.published}</span>
              </header>
              <blockquote class={s.quoted ? "quoted" : ""}><Words>{s.text}</Words></blockquote>
              <footer>
                {s.cue && <span class="faint">“<Words>{s.cue}</Words>”</span>}
                {s.topics.map((t) => <button type="button" key={t} class="link code" onClick={() => change({ topic: t })}>{t}</button>)}
                <a href={reportAt(query, s.doc)}><Words>{s.title || s.doc}</Words></a> <span class="faint"><Words>{s.publisher ?? ""}</Words></span>
              </footer>
            </article>
          ))}
          {data?.total === 0 && <p class="empty">Nobody said such a thing. Take part of the filter off.</p>}
          {data && <Pager total={data.total} page={data.page} size={data.size} />}
        </section>
      </div>
    </>
  );
}
