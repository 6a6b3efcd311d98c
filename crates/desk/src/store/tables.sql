-- Bodies are what is sent; what views filter by stands in columns in memory.
CREATE TABLE events (key INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL, cluster TEXT NOT NULL);
CREATE UNIQUE INDEX events_id ON events (id);
CREATE TABLE tellings (key INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE statements (key INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE reports (key INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE VIRTUAL TABLE events_fts USING fts5 (words, content = '', tokenize = 'porter unicode61', detail = full);
CREATE VIRTUAL TABLE tellings_fts USING fts5 (words, content = '', tokenize = 'porter unicode61', detail = full);
CREATE VIRTUAL TABLE statements_fts USING fts5 (words, content = '', tokenize = 'porter unicode61', detail = full);
CREATE VIRTUAL TABLE reports_fts USING fts5 (title, words, content = '', tokenize = 'porter unicode61', detail = full);
