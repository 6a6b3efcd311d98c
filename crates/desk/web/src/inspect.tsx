/** What is known of what is pointed at in a text, and why. */
import type { Link, Record_, RecordEvent, Sentence, Telling } from "./types";
import { elsewhere, useRoute } from "./route";
import { KindBadge, StatusMark, Words, reportAt } from "./common";
import { count, days } from "./words";
import type { Item } from "./text";

interface Props {
  record: Record_;
  item: Item | null;
  links?: Record<string, Link>;
  sentences: Sentence[] | null;
  /** Asks for the reasons, which are read anew. */
  onWhy?: () => void;
  onMention?: (event: RecordEvent, mention: number) => void;
}

const LOOKS: Record<string, string> = { subj: "subject", obj: "object", iobj: "indirect object", poss: "possessor", adj: "adjective", lv: "subject of a support verb" };

function Why({ telling }: { telling: Telling }) {
  const slot = (name: string, s: Telling["actors"]) => (
    <>
      <dt>{name}</dt>
      <dd>
        {s.looked.length ? s.looked.map(([where, words], k) => (
          <span key={k} class={`slot ${words.length ? "found" : ""}`}>{LOOKS[where] ?? where}: <Words>{words.join(", ") || "–"}</Words></span>
        )) : <span class="faint">no slot</span>}
        {" "}⇒ <Words>{s.taken.join(", ") || "nobody"}</Words>
      </dd>
    </>
  );
  return (
    <dl class="facts why">
      <dt>Frame</dt><dd><code>{telling.frame}</code> <span class="faint">as in</span> <i>{telling.example}</i></dd>
      {slot("Actor", telling.actors)}
      {slot("Recipient", telling.recipients)}
      <dt>Status</dt><dd>{telling.status} <span class="faint">from {telling.cues.join(", ")}</span></dd>
    </dl>
  );
}

function EventFacts({ event, mention, record, links, sentences, onWhy, onMention }: Props & { event: RecordEvent; mention: number }) {
  const { query } = useRoute();
  const names = (ids: string[]) => ids.map((id) => record.entities.find((e) => e.id === id)).filter((e) => !!e);
  const place = record.places.find((p) => p.id === event.place);
  const link = links?.[event.id];
  const told = event.mentions[mention] ?? event.mentions[0];
  const why = sentences?.flatMap((s) => s.tellings).find((t) => t.trigger[0] === told?.trigger[0] && t.type === event.type);
  return (
    <>
      <p class="line"><KindBadge type={event.type} mode={event.mode} quad={event.quad} /> <StatusMark status={event.status} />
        {link?.disputed && <span class="tag warn">disputed</span>}{event.background && <span class="tag">background</span>}</p>
      <dl class="facts">
        {([["Who", event.actors], ["To whom", event.recipients]] as const).map(([name, ids]) => ids.length > 0 && (
          <div class="pair" key={name}><dt>{name}</dt><dd>{names(ids).map((e) => <span class="party" key={e.id}><Words>{e.name}</Words> <span class="code">{e.code}</span></span>)}</dd></div>
        ))}
        {event.about && <div class="pair"><dt>About</dt><dd>{event.about.type} {event.about.mode}</dd></div>}
        <div class="pair"><dt>When</dt><dd>{event.when ? <>{days(event.when.start, event.when.end, event.when.precision)} <span class="faint">“<Words>{event.when.text}</Words>”</span></> : <span class="faint">not told</span>}</dd></div>
        <div class="pair"><dt>Where</dt><dd>{place ? <><Words>{place.name}</Words> <span class="code">{place.country}</span> <span class="faint">{place.precision}</span></> : <span class="faint">not told</span>}</dd></div>
        <div class="pair"><dt>On the word of</dt><dd>{event.sources.length ? event.sources.map((s, k) => <span class="voice" key={k}><Words>{s.name ?? "reportedly"}</Words> <span class="faint">{s.stance}, {s.kind.replace("_", " ")}</span></span>) : <span class="faint">the reporter</span>}</dd></div>
        {(["killed", "injured", "arrested", "size"] as const).map((k) => event.magnitude[k] !== null && <div class="pair" key={k}><dt>{k}</dt><dd>{event.magnitude[k]}</dd></div>)}
        <div class="pair"><dt>Coded</dt><dd>PLOVER {event.plover ?? "–"}, CAMEO {event.cameo ?? "–"}, score {event.score}, confidence {event.confidence.toFixed(2)}</dd></div>
      </dl>
      <h3>Why</h3>
      {why ? <Why telling={why} /> : <p><code>{told?.rule}</code> {onWhy && !sentences && <button type="button" class="link" onClick={onWhy}>slots and cues</button>}</p>}
      {event.mentions.length > 1 && (
        <>
          <h3>{count(event.mentions.length, "mention")}</h3>
          <ol class="mentions">{event.mentions.map((m, k) => (
            <li key={k}><button type="button" class="link" onClick={() => onMention?.(event, k)}><Words>{[...record.text].slice(...m.clause).join("").slice(0, 140)}</Words></button></li>
          ))}</ol>
        </>
      )}
      {link && (
        <>
          <h3>{link.others.length ? count(link.others.length, "other telling") : "No other report tells it"}</h3>
          <ul class="others">{link.others.map((o) => (
            <li key={o.doc + o.telling}><a href={reportAt(query, o.doc, o.telling)}><Words>{o.title || o.doc}</Words></a> <span class="faint">{[o.publisher, o.published].filter(Boolean).join(", ")}</span></li>
          ))}</ul>
          <p><a href={`${location.pathname}?${withEvent(query, link.event)}`}>The event as all reports tell it</a> <span class="faint">{count(link.independent, "independent source")}</span></p>
        </>
      )}
    </>
  );
}

function withEvent(query: URLSearchParams, event: string): string {
  const next = new URLSearchParams(query);
  next.set("event", event);
  return next.toString();
}

export function Inspect(props: Props) {
  const { record, item } = props;
  const { query } = useRoute();
  if (!item) return <p class="faint">Point at a mark, or reach it with Tab, to see what was read and why. Enter or a click holds it.</p>;
  if (item.kind === "event") {
    const event = record.events.find((e) => e.id === item.id);
    return event ? <EventFacts {...props} event={event} mention={item.mention} /> : null;
  }
  if (item.kind === "entity") {
    const e = record.entities.find((e) => e.id === item.id);
    if (!e) return null;
    const acts = record.events.filter((x) => x.actors.includes(e.id) || x.recipients.includes(e.id)).length;
    const said = record.statements.filter((s) => s.speaker === e.id).length;
    return (
      <>
        <p class="line"><b><Words>{e.name}</Words></b> <span class="code">{e.code}</span></p>
        <dl class="facts">
          <div class="pair"><dt>Kind</dt><dd>{e.kind}{e.title && <>, <Words>{e.title}</Words></>}</dd></div>
          <div class="pair"><dt>Country</dt><dd>{e.country ?? "–"}</dd></div>
          <div class="pair"><dt>Here</dt><dd>{count(e.mentions.length, "mention")}, {count(acts, "event")}, {count(said, "statement")}</dd></div>
        </dl>
        <p class="line"><a href={elsewhere("table", new URLSearchParams(), { party: e.name })}>All its events</a> <a href={elsewhere("statements", query, { speaker: e.name })}>All it said</a></p>
      </>
    );
  }
  if (item.kind === "place") {
    const p = record.places.find((p) => p.id === item.id);
    if (!p) return null;
    return (
      <>
        <p class="line"><b><Words>{p.name}</Words></b> <span class="code">{p.country}</span></p>
        <dl class="facts">
          <div class="pair"><dt>What</dt><dd>{p.precision}{p.admin1 && <> in <Words>{[p.admin2, p.admin1].filter(Boolean).join(", ")}</Words></>}</dd></div>
          <div class="pair"><dt>Where</dt><dd>{p.lat === null ? "–" : `${p.lat.toFixed(2)}, ${p.lon?.toFixed(2)}`}</dd></div>
        </dl>
        <p><a href={elsewhere("map", new URLSearchParams(), { place: p.name })}>Its events on the map</a></p>
      </>
    );
  }
  if (item.kind === "statement") {
    const s = record.statements.find((s) => s.id === item.id);
    if (!s) return null;
    return (
      <>
        <p class="line"><b><Words>{s.name ?? "somebody"}</Words></b> <span class="tag">{s.quoted ? "quoted" : "reported"}</span></p>
        <dl class="facts">
          {s.cue && <div class="pair"><dt>Cue</dt><dd><Words>{[...record.text].slice(...s.cue).join("")}</Words></dd></div>}
          {s.addressee && <div class="pair"><dt>To</dt><dd><Words>{s.addressee}</Words></dd></div>}
          {s.topics.length > 0 && <div class="pair"><dt>About</dt><dd>{s.topics.join(", ")}</dd></div>}
        </dl>
        {s.name && <p><a href={elsewhere("statements", query, { speaker: s.name })}>All by this speaker</a></p>}
      </>
    );
  }
  if (item.kind === "time") {
    const [start, end] = item.id.split("/");
    const events = record.events.filter((e) => e.when?.start === start && e.when?.end === end);
    return (
      <>
        <p class="line"><b>{start === end ? start : `${start} – ${end}`}</b> <span class="faint">{events[0]?.when?.precision}</span></p>
        <p>“<Words>{events[0]?.when?.text ?? ""}</Words>”: the time of {count(events.length, "event")}</p>
        <p><a href={elsewhere("timeline", new URLSearchParams(), { since: start, until: end })}>All events of that time</a></p>
      </>
    );
  }
  const sentence = props.sentences?.[Number(item.id)];
  return (
    <>
      <p class="line"><b>Sentence {Number(item.id) + 1}</b></p>
      {!sentence && <p class="faint">The tree is read…</p>}
      {sentence && (
        <>
          {sentence.tellings.map((t, k) => <section key={k}><p class="line"><b>{t.type} {t.mode}</b> <span class="tag">{t.fate === "event" ? "in the record" : t.fate}</span></p><Why telling={t} /></section>)}
          {sentence.unfit.length > 0 && <p><span class="faint">No frame fits:</span> {sentence.unfit.map(([w, f]) => `${w} (${f.join(" ")})`).join(", ")}</p>}
          {sentence.unknown.length > 0 && <p><span class="faint">Verbs without a frame:</span> {sentence.unknown.join(", ")}</p>}
        </>
      )}
    </>
  );
}
