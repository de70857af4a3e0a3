"""What happened to reports: when each came, what it said before, when its site no longer had it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from reports.database import Connection, transaction
from reports.details import Issued, kept_issuers, kept_reviews
from reports.report import Report, Section, SectionKind
from reports.rows import COLUMNS, report_of, row_of

_VERSION = "SELECT report_id, number, kept_until, report, successor FROM version WHERE report_id = ?"


@dataclass(frozen=True, slots=True)
class Version:
    """What a report was until a change was noticed, and what it was then. `number` counts from 1, oldest first."""

    report_id: str
    number: int
    kept_until: datetime
    report: Report
    successor: Report


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report whose site no longer had it: missed since `since`, marked at `noted`, there again at `lifted`."""

    report_id: str
    since: datetime
    noted: datetime
    lifted: datetime | None


class What(StrEnum):
    """What can happen to a report after it was first kept."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Happening:
    """A change, a withdrawal or a return, when the crawler noticed it; `number` is the version a change left."""

    report_id: str
    what: What
    at: datetime
    number: int | None = None


class Chronicle:
    """The part of the store that remembers. Every time given must know its zone; kept and given back in UTC."""

    _db: Connection

    def last_seq(self) -> int:
        """The sequence number of the latest change, 0 for an empty corpus."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM report").fetchone()[0])

    def issued(self) -> Iterator[Issued]:
        """Who issued every work, in no order."""
        return kept_issuers(self._db)

    def reviewed(self) -> Iterator[tuple[str, int]]:
        """The year every work reviews, by id, where it is known; in no order."""
        return kept_reviews(self._db)

    def arrived(self, report_id: str) -> datetime | None:
        """When the report was first kept; None if that was before such times were noted."""
        row = self._db.execute("SELECT at FROM arrival WHERE report_id = ?", (report_id,)).fetchone()
        return _time(row[0]) if row else None

    def arrivals(self, count: int) -> tuple[tuple[str, datetime], ...]:
        """The latest ids with the times they were first kept, newest first; copies are among them."""
        rows = self._db.execute("SELECT report_id, at FROM arrival ORDER BY at DESC, rowid DESC LIMIT ?", (count,))
        return tuple((report_id, _time(at)) for report_id, at in rows)

    def versions(self, report_id: str) -> tuple[Version, ...]:
        """What the report was before, newest first; empty if it never changed."""
        rows = self._db.execute(f"{_VERSION} ORDER BY number DESC", (report_id,))
        return tuple(_version(*row) for row in rows)

    def version(self, report_id: str, number: int) -> Version | None:
        """One of them."""
        row = self._db.execute(f"{_VERSION} AND number = ?", (report_id, number)).fetchone()
        return _version(*row) if row else None

    def version_count(self, report_id: str) -> int:
        """How often what was published has changed."""
        return int(self._db.execute("SELECT count(*) FROM version WHERE report_id = ?", (report_id,)).fetchone()[0])

    def withdraw(self, report_id: str, since: datetime, *, noted: datetime | None = None) -> bool:
        """Mark a report as gone from its site; it stays held and can be found.

        `since`: when it was first missed; `noted`: when that became certain, now if not said. False, and nothing
        done, if it is marked already or not held.
        """
        at = noted or datetime.now(UTC)
        with transaction(self._db):
            held = self._db.execute("SELECT 1 FROM report WHERE id = ?", (report_id,)).fetchone()
            if not held or self.withdrawn(report_id):
                return False
            self._db.execute("INSERT INTO withdrawal VALUES (?, ?, ?, NULL)", (report_id, _utc(since), _utc(at)))
            self._touch(report_id)
        return True

    def withdrawn(self, report_id: str) -> datetime | None:
        """Since when the report is gone from its site; None if it is there."""
        found = "SELECT since FROM withdrawal WHERE report_id = ? AND lifted IS NULL"
        row = self._db.execute(found, (report_id,)).fetchone()
        return _time(row[0]) if row else None

    def withdrawals(self, report_id: str | None = None) -> tuple[Withdrawal, ...]:
        """All withdrawals, of one report or of any, lifted ones too, oldest first."""
        rows = self._db.execute(
            "SELECT report_id, since, noted, lifted FROM withdrawal WHERE ?1 IS NULL OR report_id = ?1 ORDER BY rowid",
            (report_id,),
        )
        return tuple(
            Withdrawal(each, _time(since), _time(noted), _time(lifted) if lifted else None)
            for each, since, noted, lifted in rows
        )

    def happenings(self, count: int, report_id: str | None = None) -> tuple[Happening, ...]:
        """The latest of what happened, to one report or to any, newest first."""
        rows = self._db.execute(
            "SELECT report_id, 'changed', kept_until AS at, number FROM version WHERE ?1 IS NULL OR report_id = ?1"
            " UNION ALL SELECT report_id, 'withdrawn', noted, NULL FROM withdrawal WHERE ?1 IS NULL OR report_id = ?1"
            " UNION ALL SELECT report_id, 'restored', lifted, NULL FROM withdrawal"
            " WHERE lifted IS NOT NULL AND (?1 IS NULL OR report_id = ?1)"
            " ORDER BY at DESC, 4 DESC, 2 LIMIT ?2",
            (report_id, count),
        )
        return tuple(Happening(each, What(what), _time(at), number) for each, what, at, number in rows)

    def _touch(self, report_id: str) -> None:
        """Give a report a new sequence number: what it stands for has changed."""
        self._db.execute("UPDATE report SET seq = ? WHERE id = ?", (self.last_seq() + 1, report_id))

    def _note_arrival(self, report_id: str, at: datetime) -> None:
        self._db.execute("INSERT INTO arrival VALUES (?, ?)", (report_id, _utc(at)))

    def _keep_version(self, before: Report, after: Report, at: datetime) -> None:
        number = self.version_count(before.id) + 1
        row = (before.id, number, _utc(at), _packed(before), _packed(after))
        self._db.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?)", row)

    def _lift(self, report_id: str, at: datetime) -> bool:
        """Whether a withdrawal stood, and stands no more."""
        lifted = "UPDATE withdrawal SET lifted = ? WHERE report_id = ? AND lifted IS NULL"
        return self._db.execute(lifted, (_utc(at), report_id)).rowcount > 0


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"{at}: a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _time(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _version(report_id: str, number: int, until: str, report: bytes, successor: bytes) -> Version:
    return Version(report_id, number, _time(until), _unpacked(report), _unpacked(successor))


def _packed(report: Report) -> bytes:
    cells = dict(zip(COLUMNS, row_of(report), strict=True))
    sections = [astuple(section) for section in report.sections]
    return zlib.compress(json.dumps({**cells, "sections": sections}, ensure_ascii=False).encode())


def _unpacked(data: bytes) -> Report:
    values = json.loads(zlib.decompress(data))
    sections = tuple(Section(h, SectionKind(k), start, stop) for h, k, start, stop in values["sections"])
    return report_of(tuple(values.get(name) for name in COLUMNS), sections)
