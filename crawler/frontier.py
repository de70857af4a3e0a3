"""The frontier: every address that is to be asked, was asked, or is being asked, as a table that outlives the process.

Opening it puts back into the queue what was in flight when a crawl was killed. Only a crawl that
holds the lock opens it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from crawler.answers import Validators
from crawler.entries import Entry, Find, Kept, State
from reports.crawl_log import FILE, SCHEMA
from reports.database import Connection, open_database

__all__ = ["Entry", "Find", "Frontier", "Kept", "State"]

_MOST_URL_CHARS = 2_083  # an address that is longer is not asked, but noted
_FIND = ("url", "asked", "host", "source", "role", "depth", "hops", "title", "published")
_ENTRY = (*_FIND, "tries", "etag", "last_modified", "digest", "report_id", "fetched_at", "gone_at")


class Frontier:
    """The queue in `folder`'s crawl.db; of one process, one thread."""

    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        self.db: Connection = open_database(folder / FILE, SCHEMA)
        self._now = now
        back = self.db.execute("UPDATE entry SET state = 'queued' WHERE state = 'in flight' RETURNING url").fetchall()
        self.put_back = len(back)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def queue(self, find: Find, *, due_at: float = 0) -> bool:
        """Put an address that is not known yet into the queue; whether it was new."""
        values = (*_row(find), State.QUEUED, due_at)
        return bool(
            self.db.execute(
                f"INSERT INTO entry ({', '.join(_FIND)}, state, due_at) VALUES ({', '.join('?' * len(values))})"
                " ON CONFLICT (url) DO NOTHING RETURNING 1",
                values,
            ).fetchone()
        )

    def begin_at(self, find: Find, known: Collection[str]) -> None:
        """Queue a source's own list, whatever it was before: a link on another, or the list of a source that is none
        of those `known` any more, which has been renamed."""
        row = self.db.execute("SELECT source, role FROM entry WHERE url = ?", (find.url,)).fetchone()
        if row and row[0] not in known:
            for table in ("entry", "decision"):
                self.db.execute(f"UPDATE {table} SET source = ? WHERE source = ?", (find.source, row[0]))
        if row and row[1] != Kept.LIST:
            self.db.execute("DELETE FROM entry WHERE url = ?", (find.url,))
        if not self.queue(find):
            self.ask_again(find.url)

    def knows(self, url: str) -> bool:
        """Whether an address was ever queued."""
        return self.db.execute("SELECT 1 FROM entry WHERE url = ?", (url,)).fetchone() is not None

    def lists(self, source: str) -> int:
        """How many pages of lists a source has."""
        of_source = "source = ? AND role = 'list'"
        return int(self.db.execute(f"SELECT count(*) FROM entry WHERE {of_source}", (source,)).fetchone()[0])

    def ask_again(self, url: str, *, unless_since: float = math.inf) -> None:
        """Put a known address back into the queue, unless it is there or in flight, or was asked since a moment."""
        self.db.execute(
            "UPDATE entry SET state = 'queued', tries = 0, due_at = 0"
            " WHERE url = ? AND state NOT IN ('queued', 'in flight') AND coalesce(fetched_at, 0) < ?",
            (url, unless_since),
        )

    def ask_old_again(self, source: str, before: float) -> None:
        """Put back into the queue what of a source was last asked for before a moment, and what failed, if it is due;
        what was asked in the future, by a clock since set back, too."""
        self.db.execute(
            "UPDATE entry SET state = 'queued', tries = 0, due_at = 0"
            " WHERE source = ?1 AND state IN ('done', 'gone', 'failed') AND (fetched_at > ?3"
            " OR due_at <= ?3 AND (state = 'failed' OR coalesce(fetched_at, 0) <= ?2))",
            (source, before, self._now()),
        )

    def hosts(self, sources: Collection[str], now: float) -> tuple[str, ...]:
        """Hosts with addresses that may be taken now."""
        rows = self.db.execute(
            f"SELECT DISTINCT host FROM entry WHERE state = 'queued' AND due_at <= ? AND source IN {_marks(sources)}",
            (now, *sources),
        )
        return tuple(row[0] for row in rows)

    def due(self, sources: Collection[str]) -> Mapping[str, float]:
        """When the first of what is queued for each host may be taken; hosts with nothing queued are not in it."""
        return dict(
            self.db.execute(
                "SELECT host, min(due_at) FROM entry WHERE state = 'queued'"
                f" AND source IN {_marks(sources)} GROUP BY host",
                tuple(sources),
            ).fetchall()
        )

    def take(
        self, host: str, sources: Collection[str], now: float, *, lists_last: Collection[str] = ()
    ) -> Entry | None:
        """The next address of a host, now in flight: lists first, but for `lists_last`'s; what was never asked for
        before what was; in the order of finding."""
        row = self.db.execute(
            "UPDATE entry SET state = 'in flight' WHERE url = (SELECT url FROM entry WHERE state = 'queued'"
            f" AND host = ? AND due_at <= ? AND source IN {_marks(sources)}"
            f" ORDER BY CASE WHEN role <> 'list' THEN 1 WHEN source IN {_marks(lists_last)} THEN 2 ELSE 0 END,"
            " fetched_at IS NOT NULL, position LIMIT 1)"
            f" RETURNING {', '.join(_ENTRY)}",
            (host, now, *sources, *lists_last),
        ).fetchone()
        return None if row is None else _entry(row)

    def give_back(self, url: str, due_at: float, *, tries: int | None = None) -> None:
        """Put an address in flight back into the queue, not to be asked before a moment."""
        self.db.execute(
            "UPDATE entry SET state = 'queued', due_at = ?, tries = coalesce(?, tries) WHERE url = ?",
            (due_at, tries, url),
        )

    def done(
        self,
        url: str,
        *,
        state: State = State.DONE,
        validators: Validators | None = None,
        digest: str | None = None,
        report_id: str | None = None,
        due_at: float = 0,
    ) -> None:
        """An address was asked and dealt with: its failures, and that it was gone, are forgotten.

        None leaves validators, digest and report as they were. It is not asked again before `due_at`.
        """
        sets, values = ["state = ?", "fetched_at = ?", "due_at = ?"], [state, self._now(), due_at]
        for column, value in (("digest", digest), ("report_id", report_id)):
            if value is not None:
                sets, values = [*sets, f"{column} = ?"], [*values, value]
        if validators is not None:
            sets += ["etag = ?", "last_modified = ?"]
            values += [validators.etag, validators.last_modified]
        statement = f"UPDATE entry SET {', '.join(sets)}, tries = 0, gone_at = NULL WHERE url = ?"
        self.db.execute(statement, (*values, url))

    def gone(self, url: str, gone_at: float, *, again_at: float | None) -> None:
        """Nothing stands at an address any more, since `gone_at`; it is asked once more at `again_at`."""
        self.db.execute(
            "UPDATE entry SET state = ?, fetched_at = ?, gone_at = ?, due_at = ?, etag = NULL, last_modified = NULL,"
            " digest = NULL WHERE url = ?",
            (State.GONE if again_at is None else State.QUEUED, self._now(), gone_at, again_at or 0, url),
        )

    def decide(self, url: str, source: str, title: str, why: str) -> None:
        """Note why an address was not asked, or gave no report."""
        self.db.execute(
            "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?)",
            (url[:_MOST_URL_CHARS], source, title[:200], why, self._now()),
        )

    def forget_decision(self, url: str, *, but: str = "") -> None:
        """An address gave what was wanted after all; a decision for the reason `but` stays."""
        self.db.execute("DELETE FROM decision WHERE url = ? AND why <> ?", (url, but))

    def looked(self, source: str, *, answered: bool = False) -> None:
        """Note that a source was looked at; with `answered` that a list of it was read."""
        now = self._now()
        self.db.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", (source,))
        self.db.execute(
            "UPDATE source SET looked_at = ?, answered_at = CASE WHEN ? THEN ? ELSE answered_at END WHERE name = ?",
            (now, answered, now, source),
        )

    def waiting(self, sources: Collection[str]) -> Mapping[str, int]:
        """How many addresses of each host are still queued."""
        return dict(
            self.db.execute(
                "SELECT host, count(*) FROM entry WHERE state = 'queued'"
                f" AND source IN {_marks(sources)} GROUP BY host",
                tuple(sources),
            ).fetchall()
        )

    def begin_run(self) -> int:
        """A new run's number."""
        begun = self.db.execute("INSERT INTO run (started_at) VALUES (?) RETURNING id", (self._now(),))
        return int(begun.fetchone()[0])

    def end_run(self, run: int, counts: Mapping[str, int], notes: Iterable[str]) -> None:
        """Note what a run did."""
        self.db.execute(
            "UPDATE run SET ended_at = ?, counts = ?, notes = ? WHERE id = ?",
            (self._now(), json.dumps(dict(counts)), json.dumps(list(notes), ensure_ascii=False), run),
        )


def _marks(values: Collection[str]) -> str:
    return f"({', '.join('?' * len(values))})"


def _row(find: Find) -> tuple[object, ...]:
    published = find.published.isoformat() if find.published else None
    return (find.url, find.asked, find.host, find.source, find.kept, find.depth, find.hops, find.title, published)


def _entry(row: tuple) -> Entry:  # type: ignore[type-arg]
    url, asked, host, source, kept, depth, hops, title, published, tries, etag, modified, *rest = row
    on = date.fromisoformat(published) if published else None
    find = Find(url, asked, host, source, Kept(kept), depth, hops, title, on)
    return Entry(find, tries, Validators(etag, modified), *rest)
