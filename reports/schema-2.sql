-- No references to `report`: a report that changes is deleted and written anew, and what is known of its past stays.

CREATE TABLE arrival (
    report_id TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX arrival_at ON arrival (at);

CREATE TABLE version (
    report_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kept_until TEXT NOT NULL,
    report BLOB NOT NULL,
    successor BLOB NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT;

CREATE INDEX version_until ON version (kept_until);

CREATE TABLE withdrawal (
    report_id TEXT NOT NULL,
    since TEXT NOT NULL,
    noted TEXT NOT NULL,
    lifted TEXT
) STRICT;

CREATE INDEX withdrawal_report ON withdrawal (report_id);
CREATE UNIQUE INDEX withdrawal_standing ON withdrawal (report_id) WHERE lifted IS NULL;

-- All that 发布监测 asks of a report, so that it is answered without reading the texts between.
CREATE INDEX report_annual ON report (
    kind, year, region_code, body, place, issuer, published, copy_of, url, id
)
