"""What the crawler's tests share."""

from __future__ import annotations

import pytest

from tests.crawler.here import Here


@pytest.fixture
def eyes_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The crawl reads in this process: a worker takes a second to start, and is tried elsewhere."""
    monkeypatch.setattr("crawler.seeing.Worker", Here)
