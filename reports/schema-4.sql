-- What a build and a comparison ask of every report, answered without reading the texts between.

CREATE INDEX report_known ON report (id, copy_of, seq, year, covers);

DROP INDEX report_copy;
CREATE INDEX report_copy ON report (copy_of, seq, id) WHERE copy_of IS NOT NULL;
