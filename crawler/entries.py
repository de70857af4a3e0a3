"""What stands in the frontier: an address, what it is asked for, where it stands, what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.answers import Validators


class Kept(StrEnum):
    """What an address is asked for."""

    LIST = "list"
    ARTICLE = "article"


class State(StrEnum):
    """Where an address stands."""

    QUEUED = "queued"
    FLIGHT = "in flight"
    DONE = "done"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Find:
    """An address to be asked: `url` canonical, `asked` as it was linked; `depth` in links from the source."""

    url: str
    asked: str
    host: str
    source: str
    kept: Kept
    depth: int = 0
    hops: int = 0
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An address taken from the queue, with what is remembered of it. Times are POSIX seconds."""

    find: Find
    tries: int
    validators: Validators
    digest: str | None
    report_id: str | None
    fetched_at: float | None
    gone_at: float | None
