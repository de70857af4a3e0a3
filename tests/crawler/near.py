"""A crawl in this process, workers and all, of a little web."""

from __future__ import annotations

import pytest

from crawler.crawl import crawl
from crawler.outcomes import Outcomes
from crawler.seeing import Seeing
from crawler.sights import Piece, Visit
from reports.config import Config
from reports.errors import ReadError
from reports.store import Store
from tests.crawler.test_crawl import Clock


class Near:
    """Workers in this process: nothing here is about what they are guarded against."""

    def __init__(self, *_: object, **__: object) -> None:
        self._task = Seeing(())

    async def see(self, job: Visit | Piece) -> object:
        try:
            return self._task(job)
        except ReadError as error:
            return error

    def __enter__(self) -> Near:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for a machine that is slow itself."""
    monkeypatch.setattr("crawler.crawl.Eyes", Near)
    monkeypatch.setattr("crawler.pace._SLOWNESS", 0.0)


def run(config: Config, clock: Clock | None = None) -> Outcomes:
    with Store(config.corpus.path) as store:
        return crawl(config, store, config.source, now=clock or Clock())
