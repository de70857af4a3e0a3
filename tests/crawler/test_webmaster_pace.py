"""What a webmaster sees of the crawl: who asks, and how often."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.answers import Fetched, Target
from crawler.fetch import Fetcher
from crawler.frontier import Frontier
from crawler.hosts import Hosts
from crawler.turns import Left, Turns
from reports.crawl_config import CrawlConfig
from tests.crawler.little_web import LittleWeb, Page, report, rows
from tests.crawler.near import near, run
from tests.crawler.test_crawl import Clock

pytestmark = pytest.mark.usefixtures("eyes_here")

A = "www.a.example"
LIST = f"http://{A}/list"
TITLE = "某县2020年法治政府建设年度报告"
DAY_S = 86_400.0


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    near(monkeypatch)


def test_the_first_page_comes_no_sooner_after_robots_txt_than_its_crawl_delay(tmp_path: Path) -> None:
    pages = {f"{A}/robots.txt": "User-agent: *\nCrawl-delay: 0.4", f"{A}/list": rows(("/1", TITLE))}
    with LittleWeb({**pages, f"{A}/1": report(TITLE)}) as web:
        clock = Clock()
        run(web.config(tmp_path, LIST), clock)
        clock.ahead_s += DAY_S + 1
        run(web.config(tmp_path, LIST), clock)
        assert web.asked(A) == ["/robots.txt", "/list", "/1", "/robots.txt", "/list"]
        gaps = [after.began_s - before.ended_s for before, after in pairwise(web.seen)]
        assert min(gaps[:2] + gaps[3:]) >= 0.4  # between the third and the fourth a day has passed


class Standing:
    """A fetcher whose names stand at one public address; it asks a little web instead."""

    def __init__(self, fetcher: Fetcher, web: LittleWeb) -> None:
        self._fetcher, self._web = fetcher, web

    async def locate(self, url: str) -> Target:
        return Target(url, url.split("/")[2], "127.0.0.1", self._web.port, is_shared=True)

    def __getattr__(self, name: str) -> object:
        return getattr(self._fetcher, name)


def test_hosts_at_one_address_share_a_pace_across_names_and_runs(tmp_path: Path) -> None:
    names = ["www.a.example", "a.example", "www.a.example:8080"]
    crawling = CrawlConfig(delay_s=0.1)

    async def ask_all(web: LittleWeb) -> None:
        frontier = Frontier(tmp_path, Clock())
        async with Fetcher(crawling) as fetcher:
            turns = Turns(crawling, Hosts(frontier.db), Standing(fetcher, web), Clock(), asyncio.Event())  # type: ignore[arg-type]
            await asyncio.gather(*(turns.ask(f"http://{name}/") for name in names))
        frontier.close()

    with LittleWeb(dict.fromkeys(names, "-")) as web:
        asyncio.run(ask_all(web))
        asyncio.run(ask_all(web))
        assert len(web.seen) == 9
        assert all(after.began_s - before.ended_s >= 0.1 for before, after in pairwise(web.seen))


def test_a_wait_that_ends_outside_the_hours_allowed_is_not_waited_for(tmp_path: Path) -> None:
    clock = Clock()
    clock.ahead_s = -((clock() + 8 * 3600) % DAY_S) + 6 * 3600 - 5  # five seconds to six in Beijing
    crawling = CrawlConfig(hours="22:00-06:00", patience_s=300.0)

    async def ask(web: LittleWeb) -> object:
        frontier = Frontier(tmp_path, clock)
        hosts = Hosts(frontier.db)
        hosts.keep(replace(hosts.get(A), next_at=clock() + 60, delay_s=60.0))
        async with Fetcher(crawling) as fetcher:
            turns = Turns(crawling, hosts, Standing(fetcher, web), clock, asyncio.Event())  # type: ignore[arg-type]
            try:
                return await turns.ask(LIST)
            finally:
                frontier.close()

    with LittleWeb({}) as web:
        left = asyncio.run(ask(web))
        assert isinstance(left, Left)
        assert web.seen == []


def test_nothing_is_told_but_who_asks_and_what_is_taken(tmp_path: Path) -> None:
    cookie = Page(report(TITLE), headers=(("Set-Cookie", "sid=1; Path=/"),))
    with LittleWeb({f"{A}/list": Page(rows(("/1", TITLE)), headers=cookie.headers), f"{A}/1": cookie}) as web:
        lines = 'project = "http://zhengbao.example/"\ncontact = "mail@zhengbao.example"'
        run(web.config(tmp_path, LIST, crawl=lines))
        told = {name for each in web.seen for name in each.headers}
        assert told == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}
        agents = {each.headers["User-Agent"] for each in web.seen}
        assert len(agents) == 1
        assert agents.pop().endswith("(+http://zhengbao.example/; mail@zhengbao.example)")


class Meanwhile(Standing):
    """While its page is on the way, the host is blocked by what another page showed."""

    turns: Turns

    async def get(self, target: Target, *given: object) -> object:
        answer = await self._fetcher.get(target, *given)  # type: ignore[arg-type]
        if "robots" not in target.url:
            self.turns.block(target.host, "a login")
        return answer


def test_an_answer_that_was_on_the_way_does_not_end_a_pause(tmp_path: Path) -> None:
    crawling = CrawlConfig(delay_s=0.0)

    async def ask_twice(web: LittleWeb) -> tuple[object, object]:
        frontier = Frontier(tmp_path, Clock())
        async with Fetcher(crawling) as fetcher:
            standing = Meanwhile(fetcher, web)
            turns = Turns(crawling, Hosts(frontier.db), standing, Clock(), asyncio.Event())  # type: ignore[arg-type]
            standing.turns = turns
            answers = await turns.ask(LIST), await turns.ask(LIST)
        frontier.close()
        return answers

    with LittleWeb({f"{A}/list": "-"}) as web:
        first, second = asyncio.run(ask_twice(web))
        assert isinstance(first, Fetched)
        assert isinstance(second, Left)
        assert "a login" in second.why
        assert web.asked(A) == ["/robots.txt", "/list"]
