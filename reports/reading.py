"""The part of the store that reads reports, many at a time: most of what one costs is asking for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from reports.database import Connection
from reports.report import Report, Section, SectionKind
from reports.rows import COLUMNS, report_of

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Stamped:
    """A report and the sequence number of its last change."""

    report: Report
    seq: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a report: since when its site no longer has it, how often it changed after publication."""

    withdrawn: datetime | None = None
    versions: int = 0


class Reading:
    """Reads whole reports."""

    _db: Connection

    def get(self, report_id: str) -> Report | None:
        """The report of that id."""
        return next(self.get_many([report_id]), None)

    def get_many(self, ids: Iterable[str]) -> Iterator[Report]:
        """The reports of these ids, in that order; absent ones are left out. Read a hundred at a time."""
        rest = iter(ids)
        while batch := list(islice(rest, _BATCH)):
            rows = self._db.execute(f"SELECT {', '.join(COLUMNS)}, seq FROM report WHERE id IN {_places(batch)}", batch)
            found = {stamped.report.id: stamped.report for stamped in self._stamped(rows.fetchall())}
            yield from (found[each] for each in batch if each in found)

    def copies(self, report_id: str) -> tuple[Report, ...]:
        """The further copies of a work, by id."""
        where = "WHERE copy_of = ? ORDER BY id"
        rows = self._db.execute(f"SELECT {', '.join(COLUMNS)}, seq FROM report {where}", (report_id,))
        return tuple(each.report for each in self._stamped(rows.fetchall()))

    def changed_since(self, seq: int) -> Iterator[Stamped]:
        """Reports added or changed after `seq`, in the order of change; 0 gives all."""
        rows = self._db.execute(f"SELECT {', '.join(COLUMNS)}, seq FROM report WHERE seq > ? ORDER BY seq", (seq,))
        while batch := list(islice(rows, _BATCH)):
            yield from self._stamped(batch)

    def fates(self, ids: Sequence[str]) -> Mapping[str, Fate]:
        """What became of these reports, at most some hundred; those of which nothing is known are left out."""
        gone = self._db.execute(
            f"SELECT report_id, since FROM withdrawal WHERE lifted IS NULL AND report_id IN {_places(ids)}", ids
        )
        since = {report_id: datetime.fromisoformat(at) for report_id, at in gone}
        changed = self._db.execute(
            f"SELECT report_id, count(*) FROM version WHERE report_id IN {_places(ids)} GROUP BY 1", ids
        )
        versions = dict(changed.fetchall())
        return {each: Fate(since.get(each), versions.get(each, 0)) for each in {*since, *versions}}

    def _stamped(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[Stamped]:
        ids = [row[0] for row in rows]
        sections = defaultdict(list)
        for report_id, heading, kind, start, stop in self._db.execute(
            f"SELECT report_id, heading, kind, start, stop FROM section WHERE report_id IN {_places(ids)}"
            " ORDER BY report_id, position",
            ids,
        ):
            sections[report_id].append(Section(heading, SectionKind(kind), start, stop))
        for row in rows:
            yield Stamped(report_of(row, tuple(sections[row[0]])), row[-1])


def _places(values: Sequence[str]) -> str:
    return f"({', '.join('?' * len(values))})"
