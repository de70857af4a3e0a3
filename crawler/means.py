"""What a crawl works with, put together once and handed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.archive import Archive
from crawler.frontier import Frontier
from crawler.outcomes import Outcomes
from crawler.seeing import Eyes
from reports.config import Config
from reports.store import Store


@dataclass(frozen=True, slots=True)
class Means:
    """The corpus and the archive reports go into, the frontier, the workers; `now` is the wall clock."""

    config: Config
    store: Store
    frontier: Frontier
    archive: Archive
    eyes: Eyes
    now: Callable[[], float]
    outcomes: Outcomes = field(default_factory=Outcomes)
