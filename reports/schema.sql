CREATE TABLE report (
    id TEXT PRIMARY KEY,
    url TEXT,
    origin TEXT NOT NULL,
    title TEXT NOT NULL,
    title_inferred INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    region_code TEXT,
    place TEXT,
    issuer TEXT,
    body TEXT NOT NULL,
    year INTEGER,
    year_from TEXT,
    covers INTEGER,
    published TEXT,
    doc_no TEXT,
    topics TEXT NOT NULL,
    script TEXT NOT NULL,
    copy_of TEXT,
    quality TEXT NOT NULL,
    read_by TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    work_key TEXT NOT NULL,
    gate_of TEXT,
    seq INTEGER NOT NULL UNIQUE
) STRICT;

CREATE INDEX report_work ON report (work_key);
CREATE INDEX report_gate ON report (gate_of) WHERE gate_of IS NOT NULL;
CREATE INDEX report_copy ON report (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE section (
    report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE archived (
    sha256 TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
