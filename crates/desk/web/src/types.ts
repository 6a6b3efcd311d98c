/** What the API sends; `GET /api` describes it. */

export interface Actor { name: string; code: string; country: string | null; sector: string; kind: string }
export interface Place { key: string; name: string; country: string | null; lat: number | null; lon: number | null; precision: string }
export interface Voice { name: string | null; kind: string | null; stance: string }

export interface Row {
  id: string; event: string; doc: string; title: string; publisher: string | null; published: string | null;
  type: string; mode: string | null; status: string; disputed: boolean; quad: number; score: number; confidence: number;
  background: boolean; start: string | null; end: string | null; precision: string | null;
  actors: Actor[]; recipients: Actor[]; place: Place | null; sources: Voice[];
  killed: number | null; injured: number | null; arrested: number | null; size: number | null;
  about: string | null; contexts: string[]; text: string; story: string; reports: number; independent: number; docs: string[];
}

export interface Page<T> { total: number; page: number; size: number; rows: T[] }
export interface Facet { value: string; label: string | null; count: number }
export interface Facets {
  total: number; type: Facet[]; status: Facet[]; quad: Facet[]; party_country: Facet[]; party: Facet[]; country: Facet[];
  story: Facet[]; publisher: Facet[]; context: Facet[];
}

export interface Kind { name: string; quad: number; score: number; modes: string[] }
export interface About {
  version: string; name: string; reports: number; events: number; tellings: number; statements: number; stories: number;
  plans: number; first: string | null; last: string | null; check: boolean; max_bytes: number;
  types: Kind[]; statuses: string[]; sectors: string[]; contexts: string[]; countries: Record<string, string>;
}

export interface Claim { first: string | null; who: string | null; stance: string; doc_ids: string[] }
export interface Detail { what: string; value: string; voices: string[]; doc_ids: string[] }
export interface EventDetail {
  event: Row; cluster: { claims: Claim[]; details: Detail[]; members: { doc_id: string; event_id: string }[]; first_reported: string | null; last_reported: string | null };
  tellings: Row[];
}

export interface Bin { start: string; end: string; counts: number[]; reported: number }
export interface Lane { story: string; title: string; events: number; bins: [string, number][] }
export interface Timeline {
  step: "day" | "week" | "month"; keys: string[]; range: [string, string] | null; bins: Bin[]; lanes: Lane[]; more_lanes: number;
  total: number; before: number; after: number; undated: number;
}

export interface Spot extends Place { events: number; sources: number; quads: number[]; score: number }
export interface MapData { total: number; unplaced: number; places: Spot[]; left_out: number }

export interface Node { id: string; label: string; country: string | null; events: number; score: number }
export interface Edge { a: string; b: string; events: number; forth: number; back: number; mutual: number; score: number; quads: number[] }
export interface Network { total: number; between: number; nodes: Node[]; edges: Edge[]; left_out: number }

export interface Statement {
  id: string; doc: string; title: string; publisher: string | null; published: string | null; speaker: Actor | null; quoted: boolean;
  text: string; cue: string | null; addressee: string | null; topics: string[]; story: string; start: number; end: number;
}
export interface Statements extends Page<Statement> { speakers: Facet[]; topics: Facet[] }

export interface Plan {
  id: string; state: string; origin: string; event: string; story: string; type: string; mode: string | null;
  actors: Actor[]; recipients: Actor[]; place: Place | null; due: string | null; due_end: string | null; due_precision: string | null;
  announced: string | null; text: string; doc: string; reports: number; independent: number; fulfilled_by: string | null;
  changes: string[]; outcome: { text: string; doc: string; day: string | null } | null;
}
export interface Plans extends Page<Plan> { states: Facet[]; origins: Facet[] }

export interface ReportRow {
  id: string; title: string; publisher: string | null; published: string | null; url: string | null; story: string;
  events: number; statements: number; words: number; copy: boolean; withdrawn: boolean; superseded_by: string | null;
}

export type Span = [number, number];
export interface Entity { id: string; name: string; kind: string; title: string | null; country: string | null; sector: string; code: string; mentions: Span[] }
export interface RecordPlace { id: string; name: string; country: string | null; admin1: string | null; admin2: string | null; lat: number | null; lon: number | null; precision: string; mentions: Span[] }
export interface When { start: string; end: string; precision: string; text: string }
export interface RecordEvent {
  id: string; type: string; mode: string | null; contexts: string[]; status: string; actors: string[]; recipients: string[];
  place: string | null; when: When | null;
  sources: { entity: string | null; name: string | null; kind: string; stance: string; cue: Span | null }[];
  magnitude: { killed: number | null; injured: number | null; arrested: number | null; size: number | null };
  about: { type: string; mode: string | null } | null; background: boolean; plover: string | null; cameo: string | null;
  quad: number; score: number; confidence: number; mentions: { sentence: number; clause: Span; trigger: Span; rule: string }[];
}
export interface RecordStatement {
  id: string; speaker: string | null; name: string | null; quoted: boolean; span: Span; cue: Span | null; addressee: string | null;
  place: string | null; when: When | null; topics: string[];
}
export interface Record_ {
  id: string; url: string | null; publisher: string | null; title: string | null; published: string | null; text: string;
  sentences: Span[]; entities: Entity[]; places: RecordPlace[]; events: RecordEvent[]; statements: RecordStatement[];
  removed: { span: Span; reason: string }[]; warnings: string[];
}
export interface Other { doc: string; telling: string | null; title: string; publisher: string | null; published: string | null }
export interface Link { event: string; reports: number; independent: number; disputed: boolean; others: Other[] }
export interface Report {
  record: Record_; document: { story: string; superseded_by: string | null; withdrawn: boolean; copy: boolean };
  story_title: string; before: string | null; after: string | null; copies: Other[]; links: Record<string, Link>;
}

export interface Token { form: string; lemma: string; upos: string; xpos: string; deprel: string; head: number | null }
export interface Slot { looked: [string, string[]][]; taken: string[] }
export interface Telling {
  trigger: Span; type: string; mode: string | null; status: string; frame: string; example: string; actors: Slot; recipients: Slot;
  cues: string[]; event: string | null; fate: string;
}
export interface Sentence { span: Span; tokens: Token[]; tellings: Telling[]; unfit: [string, string[]][]; unknown: string[] }

export interface Side { name: string; country: string | null; sector: string }
export interface Values {
  type: string; mode: string | null; status: string; actors: Side[]; recipients: Side[]; start: string | null; end: string | null;
  place: { name: string; country: string | null } | null;
}
export interface Correction {
  revision: number; at: string; doc: string; event: string; verdict: string; values: Values | null;
  mention: { clause: Span; trigger: Span } | null; note: string | null; reviewer: string | null;
}
