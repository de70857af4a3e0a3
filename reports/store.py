"""The corpus: one SQLite file that holds every report, and in what order they came and changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from reports.annuals import Annual, annuals_of, kept_annuals
from reports.changes import is_noise, is_published_change
from reports.copies import gate_of, rank, work_key
from reports.database import open_database, transaction
from reports.errors import CorpusError
from reports.reading import Reading
from reports.report import Report
from reports.rows import COLUMNS, row_of
from reports.versions import Chronicle

FILE = "corpus.db"
_MAPPED_BYTES = 1 << 40  # as much as SQLite allows: 2 GB, mostly
_STEPS = ("schema.sql", "schema-2.sql", "schema-3.sql", "schema-4.sql")


class Change(StrEnum):
    """What keeping a report did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"


class Store(Reading, Chronicle):
    """A corpus opened for reading and writing; one per thread.

    Raises CorpusError where the folder or file cannot be used, or is absent and not to be
    created, naming it; and, from every call, for what SQLite finds wrong.
    """

    def __init__(self, folder: Path, *, create: bool = True, mapped: bool = False) -> None:
        """`mapped`: read through memory, for who reads more than it writes: twenty texts in a third of the time."""
        self.path = folder / FILE
        if not create and not self.path.exists():
            raise CorpusError(f"{self.path}: there is no corpus here yet; `zhengbao crawl` or `import` makes one")
        self._db = open_database(self.path, *_STEPS)
        if mapped:
            self._db.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within it, what is read is the corpus as it was at the first read, whoever writes meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("ROLLBACK")

    def put(self, report: Report, *, seen: datetime | None = None, reread: bool = False) -> Change:
        """Keep a report with its sections, whole or not at all; which works are copies is settled anew.

        `seen`: when it was there to be read; now, if not said. What was published before stays as a version, and a
        withdrawal is lifted; not so for `reread`, the same bytes read by better rules. A report of which noise alone
        differs (reports/noise.py) is UNCHANGED. Without an address a report is known by its text alone: the same
        text from elsewhere is UNCHANGED if all else is the same, else CONFLICTING and not kept.
        """
        at = seen or datetime.now(UTC)
        with transaction(self._db):
            before = self.get(report.id)
            change = _change(before, report, reread)
            if change is Change.CONFLICTING:
                return change
            if not reread and self._lift(report.id, at):
                self._touch(report.id)
            if change is Change.UNCHANGED:
                return change
            if before is None:
                self._note_arrival(report.id, at)
            elif not reread and is_published_change(before, report):
                self._keep_version(before, report, at)
            self._write(report)
            self._settle_copies({work_key(each) for each in (report, before) if each})
            if before and before.copy_of:
                self._touch(before.copy_of)
        return change

    def _write(self, report: Report) -> None:
        row = (*row_of(replace(report, copy_of=None)), work_key(report), gate_of(report), self.last_seq() + 1)
        columns = (*COLUMNS, "work_key", "gate_of", "seq")
        self._db.execute("DELETE FROM report WHERE id = ?", (report.id,))
        self._db.execute(f"INSERT INTO report ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", row)
        self._db.executemany(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?)",
            [(report.id, position, *astuple(section)) for position, section in enumerate(report.sections)],
        )

    def supersede(self, old_id: str, report: Report) -> None:
        """Keep a report in place of one held under another id: one without an address whose text reads anew."""
        with transaction(self._db):
            old = self.get(old_id)
            if old is None or old_id == report.id:
                raise ValueError(f"{old_id} is no other report that is held")
            self._write(report)  # before the old one goes: sequence numbers never fall
            self._db.execute("DELETE FROM report WHERE id = ?", (old_id,))
            self._db.execute("UPDATE OR REPLACE arrival SET report_id = ? WHERE report_id = ?", (report.id, old_id))
            self._settle_copies({work_key(old), work_key(report)})
            if old.copy_of:
                self._touch(old.copy_of)

    def _settle_copies(self, keys: Iterable[str]) -> None:
        """Of the reports of one text the first-ranked is the original; a gateway's twin follows what it shows."""
        originals: dict[str, str] = {}
        for key in keys:
            rows = self._db.execute(
                "SELECT r.id, r.copy_of, coalesce(o.work_key, r.work_key) FROM report r"
                " LEFT JOIN report o ON o.id = r.gate_of WHERE r.work_key = ?1"
                " UNION SELECT r.id, r.copy_of, o.work_key FROM report o JOIN report r ON r.gate_of = o.id"
                " WHERE o.work_key = ?1",
                (key,),
            ).fetchall()
            for report_id, kept, own_key in rows:
                original = originals[own_key] = originals.get(own_key) or self._first(own_key)
                settled = original if original != report_id else None
                if settled != kept:
                    self._db.execute("UPDATE report SET copy_of = ? WHERE id = ?", (settled, report_id))
                    for each in filter(None, (report_id, kept, settled)):
                        self._touch(each)

    def _first(self, key: str) -> str:
        rows = self._db.execute("SELECT id, url, script, published FROM report WHERE work_key = ?", (key,))
        first: str = min(rows, key=lambda row: rank(*row))[0]
        return first

    def works(self) -> Iterator[tuple[str, int, int]]:
        """Of every work: the original's id, the sequence number of its or its copies' last change,
        how many copies. Newest year first, then by id."""
        yield from self._db.execute(
            "SELECT r.id, max(r.seq, coalesce(max(c.seq), 0)), count(c.id) FROM report r"
            " LEFT JOIN report c ON c.copy_of = r.id WHERE r.copy_of IS NULL"
            " GROUP BY r.id ORDER BY coalesce(r.year, 0) DESC, r.id"
        )

    def ids(self) -> tuple[str, ...]:
        """The id of every report, in order."""
        return tuple(row[0] for row in self._db.execute("SELECT id FROM report ORDER BY id"))

    def unaddressed(self) -> tuple[tuple[str, str], ...]:
        """The id and origin of every report without an address, in the order of change."""
        return tuple(self._db.execute("SELECT id, origin FROM report WHERE url IS NULL ORDER BY seq"))

    def count(self) -> int:
        """How many reports are kept, copies included."""
        return int(self._db.execute("SELECT count(*) FROM report").fetchone()[0])

    def holds(self, region_code: str, kind: str, year: int, *, body: str, issuer: str = "") -> bool:
        """Whether a report of that division, kind, report year and body is kept; of that issuer, where one is given."""
        where = "region_code = ? AND kind = ? AND year = ? AND body = ? AND issuer IS coalesce(nullif(?, ''), issuer)"
        values = (region_code, kind, year, body, issuer)
        return self._db.execute(f"SELECT 1 FROM report WHERE {where}", values).fetchone() is not None

    def tally(self, column: str) -> tuple[tuple[str | int | None, int], ...]:
        """How many works (copies left out) have each value of a column, most first."""
        if column not in COLUMNS:
            raise ValueError(column)
        rows = self._db.execute(
            f"SELECT {column}, count(*) AS n FROM report WHERE copy_of IS NULL GROUP BY 1 ORDER BY n DESC, 1"
        )
        return tuple((value, count) for value, count in rows)

    def annuals(self) -> tuple[Annual, ...]:
        """The annual reports held that may be due, a value a work, by id."""
        return annuals_of(kept_annuals(self._db))

    def archived_at(self, digest: str) -> tuple[str, int] | None:
        """The archive file and byte where what is known by this SHA-256 was last noted to stand."""
        row = self._db.execute("SELECT file, offset FROM archived WHERE sha256 = ?", (digest,)).fetchone()
        return (row[0], row[1]) if row else None

    def note_archived(self, digest: str, file: str, offset: int) -> None:
        """Note in which archive file, and where, what is known by this SHA-256 stands."""
        self._db.execute("INSERT OR REPLACE INTO archived VALUES (?, ?, ?)", (digest, file, offset))

    def host_chrome(self) -> frozenset[tuple[str, str]]:
        """What was learnt to be no part of reports: pairs of a host and a paragraph."""
        return frozenset(self._db.execute("SELECT host, paragraph FROM host_chrome"))

    def keep_host_chrome(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep this, and nothing else, as what was learnt."""
        with transaction(self._db):
            self._db.execute("DELETE FROM host_chrome")
            self._db.executemany("INSERT INTO host_chrome VALUES (?, ?)", pairs)

    def check(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file; empty when it is whole."""
        found = [row[0] for row in self._db.execute("PRAGMA integrity_check")]
        return () if found == ["ok"] else tuple(found)


def _change(before: Report | None, report: Report, reread: bool) -> Change:
    """What keeping `report` over `before` would do."""
    if before is None:
        return Change.ADDED
    same_place = report.url or before.origin == report.origin
    again = replace(report, copy_of=before.copy_of, origin=report.origin if same_place else before.origin)
    if before == again or (not reread and is_noise(before, again)):
        return Change.UNCHANGED
    return Change.CHANGED if same_place else Change.CONFLICTING
