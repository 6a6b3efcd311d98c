-- Made once all rows are in.
CREATE INDEX documents_id ON documents (doc_id);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX sentences_document ON sentences (doc_id, sentence);
CREATE INDEX entities_id ON entities (doc_id, entity_id);
CREATE INDEX entities_name ON entities (name);
CREATE INDEX entities_country ON entities (country, sector);
CREATE INDEX places_id ON places (doc_id, place_id);
CREATE INDEX places_country ON places (country, name);
CREATE INDEX events_id ON events (event_id);
CREATE INDEX events_document ON events (doc_id);
CREATE INDEX events_day ON events (when_start, when_end);
CREATE INDEX events_type ON events (type, mode, status);
CREATE INDEX events_country ON events (place_country, place);
CREATE INDEX event_parties_event ON event_parties (event_id, role);
CREATE INDEX event_parties_country ON event_parties (country, sector, role);
CREATE INDEX event_parties_name ON event_parties (name);
CREATE INDEX event_sources_event ON event_sources (event_id);
CREATE INDEX event_sources_name ON event_sources (name);
CREATE INDEX event_contexts_context ON event_contexts (context, event_id);
CREATE INDEX event_mentions_event ON event_mentions (event_id);
CREATE INDEX mentions_of ON mentions (doc_id, "of", id);
CREATE INDEX statements_document ON statements (doc_id);
CREATE INDEX statements_speaker ON statements (speaker);

-- Words to sentences:
-- SELECT s.* FROM sentences_fts f JOIN sentences s ON s.sentence_key = f.rowid WHERE sentences_fts MATCH 'ceasefire' ORDER BY rank;
CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text, content = 'sentences', content_rowid = 'sentence_key', tokenize = 'porter unicode61'
);
INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild');

-- What this report's news says was done or is being done.
CREATE VIEW news AS
SELECT * FROM events WHERE status IN ('happened', 'ongoing') AND NOT background;

-- What was said to be coming.
CREATE VIEW plans AS
SELECT event_id, doc_id, published, when_start, when_end, actors, type, mode, recipients, place, sources, text
FROM events WHERE status = 'planned' ORDER BY when_start;

-- One row an actor and a recipient; acts that all parties do to each other stand with every pair, both ways.
CREATE VIEW dyads AS
SELECT e.event_id, e.doc_id, coalesce(e.when_start, e.published) AS day, e.type, e.mode, e.status, e.plover, e.cameo,
    e.quad, e.score, a.name AS actor, a.country AS actor_country, a.sector AS actor_sector, a.code AS actor_code,
    r.name AS recipient, r.country AS recipient_country, r.sector AS recipient_sector, r.code AS recipient_code
FROM events e
JOIN event_parties a ON a.event_id = e.event_id AND a.doc_id = e.doc_id AND a.role = 'actor'
JOIN event_parties r ON r.event_id = e.event_id AND r.doc_id = e.doc_id AND (
    r.role = 'recipient'
    OR r.role = 'actor' AND r.number <> a.number AND e.recipients = ''
);

-- How two countries deal with each other.
CREATE VIEW country_pairs AS
SELECT actor_country, recipient_country, count(*) AS events, round(avg(score), 2) AS mean_score,
    sum(quad IN (1, 2)) AS cooperation, sum(quad IN (3, 4)) AS conflict, min(day) AS first_day, max(day) AS last_day
FROM dyads
WHERE status IN ('happened', 'ongoing') AND actor_country <> recipient_country
GROUP BY actor_country, recipient_country ORDER BY events DESC;

-- How much of what happened on a day.
CREATE VIEW events_by_day AS
SELECT coalesce(when_start, published) AS day, type, count(*) AS events, sum(killed) AS killed, sum(injured) AS injured
FROM news GROUP BY 1, 2 ORDER BY 1, 2;

-- Who is reported to have said that it was so, and who denied it.
CREATE VIEW claims AS
SELECT s.name AS source, s.kind AS source_kind, s.stance, e.event_id, e.doc_id, e.published, e.actors, e.type, e.mode,
    e.status, e.recipients, e.place, e.when_start, e.text
FROM event_sources s JOIN events e ON e.event_id = s.event_id AND e.doc_id = s.doc_id;
