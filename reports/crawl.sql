CREATE TABLE host (
    name TEXT PRIMARY KEY,
    ip TEXT NOT NULL DEFAULT '',
    next_at REAL NOT NULL DEFAULT 0,
    delay_s REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    paused_until REAL NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '',
    robots TEXT,
    robots_said TEXT NOT NULL DEFAULT '',
    robots_at REAL NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX host_ip ON host (ip) WHERE ip <> '';

CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    asked TEXT NOT NULL,
    host TEXT NOT NULL,
    source TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    depth INTEGER NOT NULL DEFAULT 0,
    hops INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    published TEXT,
    due_at REAL NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT,
    digest TEXT,
    report_id TEXT,
    fetched_at REAL,
    gone_at REAL
) STRICT;

CREATE INDEX entry_queue ON entry (host, position) WHERE state = 'queued';
CREATE INDEX entry_flight ON entry (url) WHERE state = 'in flight';
CREATE INDEX entry_report ON entry (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX entry_source ON entry (source, role);

CREATE TABLE decision (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;

CREATE INDEX decision_source ON decision (source, at);
CREATE INDEX decision_why ON decision (why, at);

CREATE TABLE source (
    name TEXT PRIMARY KEY,
    looked_at REAL NOT NULL DEFAULT 0,
    answered_at REAL NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started_at REAL NOT NULL,
    ended_at REAL,
    counts TEXT NOT NULL DEFAULT '{}',
    notes TEXT NOT NULL DEFAULT '[]'
) STRICT;
