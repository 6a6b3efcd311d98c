/** A report with what was read of it marked in layers. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Record_, RecordEvent, Span } from "./types";
import { quadColor } from "./words";

export const LAYERS = ["events", "statements", "people", "places", "times", "sentences"] as const;
export type Layer = (typeof LAYERS)[number];

/** What is pointed at. */
export type Item =
  | { kind: "event"; id: string; mention: number }
  | { kind: "entity" | "place" | "statement"; id: string }
  | { kind: "time"; id: string }
  | { kind: "sentence"; id: string };

export const same = (a: Item | null, b: Item | null): boolean => !!a && !!b && a.kind === b.kind && a.id === b.id;

interface Mark { start: number; end: number; layer: Layer; item: Item; part?: "clause" | "trigger" }

/** Texts count characters as people see them (code points), JavaScript in halves of some: the index of every code point. */
export function points(text: string): (point: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => point;
  const at: number[] = [];
  let index = 0;
  for (const c of text) {
    at.push(index);
    index += c.length;
  }
  at.push(index);
  return (point) => at[Math.min(point, at.length - 1)];
}

/** The code point at an index. */
export function pointAt(text: string, index: number): number {
  return [...text.slice(0, index)].length;
}

function marksOf(record: Record_): Mark[] {
  const at = points(record.text);
  const marks: Mark[] = [];
  const add = (span: Span, layer: Layer, item: Item, part?: "clause" | "trigger") => {
    const [start, end] = [at(span[0]), at(span[1])];
    if (end > start) marks.push({ start, end, layer, item, part });
  };
  for (const event of record.events) {
    event.mentions.forEach((m, mention) => {
      add(m.clause, "events", { kind: "event", id: event.id, mention }, "clause");
      add(m.trigger, "events", { kind: "event", id: event.id, mention }, "trigger");
    });
  }
  for (const s of record.statements) add(s.span, "statements", { kind: "statement", id: s.id });
  for (const e of record.entities) for (const span of e.mentions) add(span, "people", { kind: "entity", id: e.id });
  for (const p of record.places) for (const span of p.mentions) add(span, "places", { kind: "place", id: p.id });
  // The record tells the words of a time; they stand in the sentence of its event, or near it.
  for (const event of record.events) {
    const words = event.when?.text;
    const sentence = record.sentences[event.mentions[0]?.sentence ?? -1];
    if (!words || !sentence) continue;
    const from = at(sentence[0]);
    const inside = record.text.indexOf(words, from);
    const start = inside >= 0 && inside < at(sentence[1]) ? inside : record.text.indexOf(words);
    const id = `${event.when!.start}/${event.when!.end}`;
    if (start >= 0 && !marks.some((m) => m.layer === "times" && m.start === start)) {
      marks.push({ start, end: start + words.length, layer: "times", item: { kind: "time", id } });
    }
  }
  return marks;
}

const LAYER_OF: Record<Item["kind"], Layer> = {
  event: "events", entity: "people", place: "places", statement: "statements", time: "times", sentence: "sentences",
};

/** The mark that pointing at a piece means: the shortest, triggers before all. */
function top(marks: Mark[]): Mark | undefined {
  return [...marks].sort((a, b) => Number(b.part === "trigger") - Number(a.part === "trigger") || a.end - a.start - (b.end - b.start))[0];
}

export interface TextProps {
  record: Record_;
  hidden: Set<Layer>;
  /** What is held, and what is pointed at. */
  held: Item | null;
  onPoint: (item: Item | null) => void;
  onHold: (item: Item) => void;
  /** What stands behind a sentence. */
  behind?: (sentence: number) => ComponentChildren;
}

const label = (event: RecordEvent) => `${event.type}${event.mode ? ` ${event.mode}` : ""}, ${event.status}`;

export function MarkedText({ record, hidden, held, onPoint, onHold, behind }: TextProps) {
  const marks = useMemo(() => marksOf(record), [record]);
  const events = useMemo(() => new Map(record.events.map((e) => [e.id, e])), [record]);
  const at = useMemo(() => points(record.text), [record]);
  const shown = marks.filter((m) => !hidden.has(m.layer));
  const removed = record.removed.map((r) => ({ start: at(r.span[0]), end: at(r.span[1]), reason: r.reason }));
  const ends = new Map(record.sentences.map((s, n) => [at(s[1]), n]));
  const starts = new Map(record.sentences.map((s, n) => [at(s[0]), n]));
  const cuts = new Set<number>([0, record.text.length]);
  for (const m of shown) cuts.add(m.start).add(m.end);
  for (const r of removed) cuts.add(r.start).add(r.end);
  for (const end of ends.keys()) cuts.add(end);
  for (const start of starts.keys()) cuts.add(start);
  const sorted = [...cuts].sort((a, b) => a - b);
  // Marks by where they begin, so that each piece looks only at those that are open.
  const byStart = [...shown].sort((a, b) => a.start - b.start);
  let next = 0;
  let open: Mark[] = [];
  const paragraphs: ComponentChildren[][] = [[]];
  const put = (node: ComponentChildren) => paragraphs[paragraphs.length - 1].push(node);
  let skip = 0;
  for (let k = 0; k + 1 < sorted.length; k++) {
    const [start, end] = [sorted[k], sorted[k + 1]];
    open = open.filter((m) => m.end > start);
    while (next < byStart.length && byStart[next].start <= start) open.push(byStart[next++]);
    const sentence = starts.get(start);
    if (sentence !== undefined && !hidden.has("sentences") && behind) {
      put(
        <button key={`s${sentence}`} type="button" class="number" aria-label={`Tree of sentence ${sentence + 1}`} title="Tree of this sentence"
          onClick={() => onHold({ kind: "sentence", id: String(sentence) })}>{sentence + 1}</button>,
      );
    }
    const gone = removed.find((r) => r.start <= start && end <= r.end);
    if (gone) {
      if (start < skip) continue;
      skip = gone.end;
      put(
        <details key={`r${start}`} class="removed">
          <summary>not read: {gone.reason}</summary>
          <span>{record.text.slice(gone.start, gone.end)}</span>
        </details>,
      );
      continue;
    }
    const here = open.filter((m) => m.start <= start && end <= m.end);
    record.text.slice(start, end).split("\n").forEach((words, line) => {
      if (line > 0 && paragraphs[paragraphs.length - 1].length) paragraphs.push([]);
      if (!words) return;
      if (!here.length) {
        put(words);
        return;
      }
      const main = top(here)!;
      const classes = new Set(here.map((m) => (m.part === "trigger" ? "trigger" : m.layer)));
      const isHeld = here.some((m) => same(m.item, held));
      const event = here.find((m) => m.part === "trigger") ?? here.find((m) => m.layer === "events");
      const quad = event ? events.get(event.item.id)?.quad : undefined;
      const trigger = main.part === "trigger" ? events.get(main.item.id) : undefined;
      const reachable = main.start === start && (!!trigger || main.layer !== "events");
      put(
        <span key={`${start}.${line}`} class={`mark ${[...classes].join(" ")} ${isHeld ? "held" : ""} ${trigger?.status ?? ""}`}
          style={quad ? { "--of": quadColor(quad) } : undefined} data-item={`${main.item.kind}:${main.item.id}`}
          {...(reachable && { tabIndex: 0, role: "button", "aria-label": trigger ? `${words}: ${label(trigger)}` : `${words}: ${LAYER_OF[main.item.kind]}` })}
          onMouseEnter={() => onPoint(main.item)} onMouseLeave={() => onPoint(null)} onFocus={() => onPoint(main.item)} onBlur={() => onPoint(null)}
          onClick={() => onHold(main.item)}
          onKeyDown={(e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), onHold(main.item))}>{words}</span>,
      );
    });
    const ending = ends.get(end);
    if (ending !== undefined && behind) {
      const node = behind(ending);
      if (node) put(<span key={`b${ending}`} class="behind">{node}</span>);
    }
  }
  return (
    <div class="text" dir="auto">
      {paragraphs.filter((p) => p.length).map((p, k) => <div class="paragraph" key={k}>{p}</div>)}
    </div>
  );
}

export function LayerToggles({ record, hidden, onChange }: { record: Record_; hidden: Set<Layer>; onChange: (hidden: Set<Layer>) => void }) {
  const counts: Record<Layer, number> = {
    events: record.events.length, statements: record.statements.length, people: record.entities.length, places: record.places.length,
    times: new Set(record.events.filter((e) => e.when).map((e) => `${e.when!.start}/${e.when!.end}/${e.when!.text}`)).size, sentences: record.sentences.length,
  };
  return (
    <fieldset class="layers">
      <legend class="hidden">Layers</legend>
      {LAYERS.map((layer) => (
        <label key={layer} class={layer}>
          <input type="checkbox" checked={!hidden.has(layer)}
            onChange={() => {
              const next = new Set(hidden);
              if (!next.delete(layer)) next.add(layer);
              onChange(next);
            }} />
          <span>{layer}</span> <span class="count">{counts[layer]}</span>
        </label>
      ))}
    </fieldset>
  );
}
