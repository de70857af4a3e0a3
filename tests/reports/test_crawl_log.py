"""What the crawler wrote down, read back: of all sources or of one, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.crawl_log import FILE, SCHEMA, CrawlLog, crawl_log
from reports.crawl_state import CrawlState
from reports.database import open_database

SAID = (("/1", "甲", "x"), ("/2", "甲", "y"), ("/3", "乙", "y"), ("/4", "甲", "z"), ("/5", "乙", "x"))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[CrawlLog]:
    db = open_database(tmp_path / FILE, SCHEMA)
    for at, (url, source, why) in enumerate(SAID):
        db.execute("INSERT INTO decision VALUES (?, ?, '', ?, ?)", (url, source, why, at))
        values = (url, url, f"{source}.example", source, "article", "queued")
        db.execute("INSERT INTO entry (url, asked, host, source, role, state) VALUES (?,?,?,?,?,?)", values)
    for name in ("甲", "乙"):
        db.execute("INSERT INTO host (name) VALUES (?)", (f"{name}.example",))
        db.execute("INSERT INTO source (name) VALUES (?)", (name,))
    db.close()
    with crawl_log(tmp_path) as found:
        yield found


def urls(log: CrawlLog, *groups: tuple[str, ...], count: int = 9, offset: int = 0, source: str | None = None) -> str:
    return "".join(each.url for each in log.not_fetched_for(groups, count, offset, source=source))


def test_of_each_group_of_reasons_the_latest_are_given_newest_first(log: CrawlLog) -> None:
    assert urls(log, ("x", "y"), ("z",)) == "/5/4/3/2/1"
    assert urls(log, ("x", "y"), ("z",), count=2) == "/5/4/3"
    assert urls(log, ("x", "y"), count=2, offset=2) == "/2/1"
    assert urls(log, ("x", "y"), source="甲") == "/2/1"
    assert urls(log) == urls(log, ()) == ""


def test_a_source_has_its_own_hosts_queue_and_reasons(log: CrawlLog) -> None:
    everything, mine = log.state(), log.state("乙")
    assert [host.name for host in mine.hosts] == ["乙.example"]
    assert (everything.queue, mine.queue) == ((("queued", 5),), (("queued", 2),))
    assert (everything.reasons, mine.reasons) == ((("x", 2), ("y", 2), ("z", 1)), (("x", 1), ("y", 1)))
    assert [each.url for each in mine.not_fetched] == ["/5", "/3"]
    assert mine.sources == everything.sources


def test_where_nothing_was_crawled_everything_is_empty(tmp_path: Path) -> None:
    with crawl_log(tmp_path) as log:
        assert log.state("甲") == log.state() == CrawlState((), (), (), (), (), ())
        assert log.not_fetched_for((("x",),), 1) == ()
