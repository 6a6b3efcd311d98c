/** The filter: words, days, and what else the events of all views can be narrowed by. */
import { useEffect, useState } from "preact/hooks";
import type { About, Facet, Facets } from "./types";
import { asked, useGet } from "./api";
import { FILTERS, change, useRoute } from "./route";
import { QUADS, STATUS_MARKS, count, quadColor } from "./words";

/** Properties whose values are lists. */
const LISTS = ["type", "status", "quad", "country", "context", "mode"] as const;

const NAMES: Record<string, string> = {
  each: "counted", q: "words", type: "type", mode: "mode", status: "status", quad: "class", actor: "actor", recipient: "recipient",
  party: "party", pair: "between", country: "country of place", place: "place", source: "on the word of", story: "story", doc: "report",
  publisher: "publisher", context: "context", since: "from", until: "until", min_confidence: "confidence at least",
  background: "background", review: "checked",
};

function toggled(query: URLSearchParams, key: string, value: string): string {
  const list = (query.get(key) ?? "").split(",").filter(Boolean);
  return (list.includes(value) ? list.filter((v) => v !== value) : [...list, value]).join(",");
}

function Group({ title, of, facets, render }: { title: string; of: string; facets: Facet[]; render?: (f: Facet) => preact.ComponentChildren }) {
  const { query } = useRoute();
  const [more, setMore] = useState(false);
  const many = (LISTS as readonly string[]).includes(of);
  const chosen = many ? (query.get(of) ?? "").split(",").filter(Boolean) : [query.get(of) ?? ""];
  if (!facets.length) return null;
  const shown = facets.filter((f, k) => more || k < 8 || chosen.includes(f.value));
  return (
    <fieldset class="facet">
      <legend>{title}</legend>
      {shown.map((f) => (
        <label key={f.value} class={chosen.includes(f.value) ? "on" : ""}>
          <input type="checkbox" checked={chosen.includes(f.value)}
            onChange={() => change({ [of]: many ? toggled(query, of, f.value) : chosen.includes(f.value) ? null : f.value })} />
          <span class="value"><bdi>{render ? render(f) : (f.label ?? f.value)}</bdi></span>
          <span class="count">{f.count.toLocaleString("en")}</span>
        </label>
      ))}
      {facets.length > 8 && <button type="button" class="link" onClick={() => setMore(!more)}>{more ? "fewer" : `all ${facets.length}`}</button>}
    </fieldset>
  );
}

/** A field that changes the address a moment after typing. */
export function Search({ of = "q", label, placeholder }: { of?: string; label: string; placeholder?: string }) {
  const { query } = useRoute();
  const value = query.get(of) ?? "";
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => change({ [of]: typed.trim() }, true), 350);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label class="search">
      <span class="hidden">{label}</span>
      <input type="search" placeholder={placeholder ?? label} value={typed} onInput={(e) => setTyped(e.currentTarget.value)} />
    </label>
  );
}

export function Day({ of, label }: { of: string; label: string }) {
  const { query } = useRoute();
  return (
    <label class="day">
      <span>{label}</span>
      <input type="date" value={query.get(of) ?? ""} onChange={(e) => change({ [of]: e.currentTarget.value })} />
    </label>
  );
}

/** What is set, each with a way to take it off. */
function Chips({ stories }: { stories: Facet[] }) {
  const { query } = useRoute();
  const set = FILTERS.filter((key) => query.get(key) && key !== "q" && !(key === "each"));
  if (!set.length) return null;
  const label = (key: string, value: string) => {
    if (key === "quad") return value.split(",").map((q) => QUADS[q] ?? q).join(", ");
    if (key === "story") return stories.find((s) => s.value === value)?.label ?? value;
    if (key === "pair") return value.replace("|", " ↔ ");
    return value.replaceAll(",", ", ");
  };
  return (
    <div class="chips">
      {set.map((key) => (
        <button type="button" key={key} class="chip" onClick={() => change({ [key]: null })} aria-label={`Take off ${NAMES[key]} ${query.get(key)}`}>
          <span class="faint">{NAMES[key]}</span> <bdi>{label(key, query.get(key)!)}</bdi> <span aria-hidden="true">×</span>
        </button>
      ))}
      <button type="button" class="link" onClick={() => change(Object.fromEntries(FILTERS.map((k) => [k, null])))}>Take off all</button>
    </div>
  );
}

export function Filters({ about, review }: { about: About | null; review?: boolean }) {
  const { query } = useRoute();
  const [opened, setOpened] = useState(false);
  // What is checked are tellings.
  const counted = new URLSearchParams(query);
  if (review) counted.set("each", "telling");
  const { data } = useGet<Facets>(asked("/api/facets", counted));
  const country = (f: Facet) => f.label ?? about?.countries[f.value] ?? f.value;
  return (
    <section class="filters" aria-label="Filter">
      <div class="bar">
        <Search label="Search in events" placeholder="Words, “a phrase”, begin*" />
        <Day of="since" label="From" />
        <Day of="until" label="Until" />
        {!review && <label class="each">
          <span class="hidden">Count</span>
          <select value={query.get("each") ?? "event"} onChange={(e) => change({ each: e.currentTarget.value === "event" ? null : "telling" })}>
            <option value="event">each event once</option>
            <option value="telling">every telling</option>
          </select>
        </label>}
        <button type="button" aria-expanded={opened} aria-controls="facets" onClick={() => setOpened(!opened)}>
          {opened ? "Close filter" : "Filter"}
        </button>
        <output class="total">{data ? count(data.total, counted.get("each") === "telling" ? "telling" : "event") : " "}</output>
      </div>
      <Chips stories={data?.story ?? []} />
      {opened && data && (
        <div class="facets" id="facets">
          <Group title="Type" of="type" facets={data.type} />
          <Group title="Class" of="quad" facets={data.quad} render={(f) => <><span class="swatch" style={{ background: quadColor(f.value) }} />{QUADS[f.value]}</>} />
          <Group title="Status" of="status" facets={data.status} render={(f) => `${STATUS_MARKS[f.value]} ${f.value}`} />
          <Group title="Country of a party" of="party" facets={data.party_country} render={country} />
          <Group title="Party" of="party" facets={data.party} />
          <Group title="Country of the place" of="country" facets={data.country} render={country} />
          <Group title="Story" of="story" facets={data.story} />
          <Group title="Context" of="context" facets={data.context} render={(f) => f.value.replaceAll("_", " ")} />
          <Group title="Publisher" of="publisher" facets={data.publisher} />
          <fieldset class="facet">
            <legend>How sure</legend>
            <label class="range">
              <span>Confidence at least {query.get("min_confidence") ?? "0"}</span>
              <input type="range" min="0" max="0.95" step="0.05" value={query.get("min_confidence") ?? "0"}
                onChange={(e) => change({ min_confidence: e.currentTarget.value === "0" ? null : e.currentTarget.value })} />
            </label>
            <label>
              <input type="checkbox" checked={query.get("background") === "no"} onChange={(e) => change({ background: e.currentTarget.checked ? "no" : null })} />
              <span class="value">without history and setting</span>
            </label>
          </fieldset>
          {review && (
            <fieldset class="facet">
              <legend>Checked</legend>
              {["open", "accepted", "rejected", "corrected"].map((v) => {
                const on = (query.get("review") ?? "").split(",").includes(v);
                return (
                  <label key={v} class={on ? "on" : ""}>
                    <input type="checkbox" checked={on} onChange={() => change({ review: toggled(query, "review", v) })} />
                    <span class="value">{v}</span>
                  </label>
                );
              })}
            </fieldset>
          )}
        </div>
      )}
    </section>
  );
}
