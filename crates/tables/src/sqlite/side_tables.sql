-- Lists of the record, a row a member, in the order of `number`.
CREATE TABLE datelines (doc_id TEXT NOT NULL, place_id TEXT, date TEXT);
CREATE TABLE sentences (
    sentence_key INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE removed (
    doc_id TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE warnings (doc_id TEXT NOT NULL, warning TEXT NOT NULL);
-- `role` is actor, recipient, about_actor or about_recipient.
CREATE TABLE event_parties (
    doc_id TEXT NOT NULL, event_id TEXT NOT NULL, role TEXT NOT NULL, number INTEGER NOT NULL,
    entity_id TEXT NOT NULL, name TEXT, kind TEXT, title TEXT, country TEXT, sector TEXT, code TEXT
);
CREATE TABLE event_sources (
    doc_id TEXT NOT NULL, event_id TEXT NOT NULL, number INTEGER NOT NULL, entity_id TEXT, name TEXT,
    kind TEXT NOT NULL, stance TEXT NOT NULL, cue_start INTEGER, cue_end INTEGER
);
CREATE TABLE event_contexts (doc_id TEXT NOT NULL, event_id TEXT NOT NULL, context TEXT NOT NULL);
CREATE TABLE event_mentions (
    doc_id TEXT NOT NULL, event_id TEXT NOT NULL, number INTEGER NOT NULL, sentence INTEGER NOT NULL,
    clause_start INTEGER NOT NULL, clause_end INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL, rule TEXT NOT NULL
);
