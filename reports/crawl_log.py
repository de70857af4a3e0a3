"""What the crawler has written down of itself: runs, hosts, sources, and why what was not fetched was not.

One SQLite file beside the corpus, `crawl.db`. The crawler writes it; this module reads it, for
`zhengbao status` and the pages. Times are POSIX seconds; 0 is never.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from reports.crawl_state import CrawlState, HostState, NotFetched, Run, SourceState
from reports.database import Connection, open_database

FILE = "crawl.db"
SCHEMA = "crawl.sql"
_DECISION = "url, source, title, why, at"
_OF = "source = coalesce(?, source)"


class CrawlLog:
    """The crawl's tables, for reading; all empty where nothing was crawled yet. One per thread."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        self._db: Connection | None = open_database(path, SCHEMA) if path.exists() else None

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()

    def state(self, source: str | None = None) -> CrawlState:
        """How the crawl stands: the latest 20 runs and 200 decisions, everything else whole.

        With `source`, hosts, queue and decisions are those of its addresses; runs and sources are always all.
        """
        return CrawlState(
            self.runs(),
            self.hosts(source),
            tuple(self.sources().values()),
            self.queue(source),
            self.reasons(source),
            self.not_fetched(source=source),
        )

    def runs(self, count: int = 20) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        rows = self._rows("SELECT * FROM run ORDER BY id DESC LIMIT ?", (count,))
        return tuple(
            Run(number, began, ended, tuple(json.loads(counts).items()), tuple(json.loads(notes)))
            for number, began, ended, counts, notes in rows
        )

    def hosts(self, source: str | None = None) -> tuple[HostState, ...]:
        """Every host that was ever asked, by name; `source`: only those of its addresses."""
        rows = self._rows(
            "SELECT name, next_at, delay_s, failures, paused_until, why, robots_said, robots_at,"
            " (SELECT count(*) FROM entry WHERE state = 'queued' AND host = name) FROM host"
            " WHERE ? IS NULL OR name IN (SELECT host FROM entry WHERE source = ?) ORDER BY name",
            (source, source),
        )
        return tuple(HostState(*row) for row in rows)

    def sources(self) -> dict[str, SourceState]:
        """The state of every source that was ever looked at, by name; its problem is that of its lists' addresses."""
        rows = self._rows(
            "SELECT name, looked_at, answered_at, coalesce((SELECT group_concat(why, '; ') FROM (SELECT DISTINCT d.why"
            " FROM decision d JOIN entry e USING (url) WHERE e.source = name AND e.role = 'list' AND e.depth = 0"
            " ORDER BY e.position)), '') FROM source"
        )
        return {row[0]: SourceState(*row) for row in rows}

    def queue(self, source: str | None = None) -> tuple[tuple[str, int], ...]:
        """How many addresses are in each state: queued, in flight, done, failed, gone."""
        return tuple(
            self._rows(f"SELECT state, count(*) FROM entry WHERE {_OF} GROUP BY state ORDER BY state", (source,))
        )

    def not_fetched(self, count: int = 200, offset: int = 0, *, source: str | None = None) -> tuple[NotFetched, ...]:
        """The latest decisions not to fetch, or not to take what was fetched, newest first."""
        rows = self._rows(
            f"SELECT {_DECISION} FROM decision WHERE {_OF} ORDER BY at DESC, url LIMIT ? OFFSET ?",
            (source, count, offset),
        )
        return tuple(NotFetched(*row) for row in rows)

    def not_fetched_for(
        self, groups: Sequence[Sequence[str]], count: int, offset: int = 0, *, source: str | None = None
    ) -> tuple[NotFetched, ...]:
        """Of each group of reasons as many of its latest decisions, newest first; a reason stands in one group."""
        # A scan each: joined to a table of groups, SQLite goes through all reasons for every decision.
        rows = chain.from_iterable(
            self._rows(
                f"SELECT {_DECISION} FROM decision WHERE why IN (SELECT value FROM json_each(?)) AND {_OF}"
                " ORDER BY at DESC, url LIMIT ? OFFSET ?",
                (json.dumps(list(group)), source, count, offset),
            )
            for group in groups
        )
        return tuple(sorted((NotFetched(*row) for row in rows), key=lambda each: (-each.at, each.url)))

    def reasons(self, source: str | None = None) -> tuple[tuple[str, int], ...]:
        """How many addresses were not fetched for each reason, most first."""
        return tuple(
            self._rows(
                f"SELECT why, count(*) AS n FROM decision WHERE {_OF} GROUP BY why ORDER BY n DESC, why", (source,)
            )
        )

    def _rows(self, statement: str, values: tuple[object, ...] = ()) -> Iterator[tuple]:  # type: ignore[type-arg]
        return iter(self._db.execute(statement, values).fetchall()) if self._db else iter(())


@contextmanager
def crawl_log(folder: Path) -> Iterator[CrawlLog]:
    """The log beside the corpus in `folder`, closed afterwards."""
    log = CrawlLog(folder)
    try:
        yield log
    finally:
        log.close()
