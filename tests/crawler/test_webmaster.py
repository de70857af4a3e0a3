"""What a webmaster sees of the crawl: nothing asked for nothing, nothing asked round and round, nothing held lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.config import Config
from reports.crawl_log import crawl_log
from reports.store import Store
from tests.crawler.little_web import Answers, LittleWeb, Page, moved, report, rows
from tests.crawler.near import near, run
from tests.crawler.test_crawl import Clock

A, B = "www.a.example", "files.b.example"
LIST = f"http://{A}/list"
TITLE = "某县2020年法治政府建设年度报告"
DAY_S = 86_400.0
SOFT_404 = "<html><title>提示</title><p>您访问的页面不存在或已被删除</p></html>"


pytestmark = pytest.mark.usefixtures("eyes_here")


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    near(monkeypatch)


def held(config: Config) -> dict[str, str]:
    with Store(config.corpus.path) as store:
        return {report.url or "": report.text for report in store.get_many(store.ids())}


def withdrawn(config: Config) -> list[bool]:
    with Store(config.corpus.path) as store:
        return [bool(store.withdrawn(each)) for each in store.ids()]


def reasons(config: Config) -> dict[str, str]:
    with crawl_log(config.corpus.path) as log:
        return {each.url: each.why for each in log.not_fetched()}


# Round and round


def test_two_addresses_that_lead_to_each_other_are_asked_once_each(tmp_path: Path) -> None:
    pages: dict[str, Answers] = {f"{A}/list": rows(("/1", TITLE)), f"{A}/1": moved("/2"), f"{A}/2": moved("/1")}
    with LittleWeb(pages) as web:
        run(web.config(tmp_path, LIST))
        assert web.asked(A) == ["/robots.txt", "/list", "/1", "/2"]


def test_pages_that_refresh_each_other_are_asked_once_each(tmp_path: Path) -> None:
    refresh = '<html><meta http-equiv="refresh" content="0;url={}"></html>'
    pages = {f"{A}/list": rows(("/1", TITLE)), f"{A}/1": refresh.format("/2"), f"{A}/2": refresh.format("/1")}
    with LittleWeb(pages) as web:
        run(web.config(tmp_path, LIST))
        assert web.asked(A) == ["/robots.txt", "/list", "/1", "/2"]


def endless(_: str, path: str) -> Page:
    """A list whose every page has a report of its own, and a next page."""
    at = int(path.partition("=")[2] or 0)
    more = f'<a href="/list?page={at + 1}">下一页</a>'
    return Page(rows((f"/report-{at}", f"某县{2000 + at % 20}年法治政府建设年度报告"), more=more))


def test_a_list_without_an_end_neither_keeps_its_reports_back_nor_grows_for_ever(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": endless}) as web:
        web.pages[A] = lambda _, path: Page(report(TITLE, int(path.rpartition("-")[2])))
        config = web.config(tmp_path, LIST, source="max_pages = 20")
        run(config)
        assert len(web.seen) == 21
        assert len(held(config)) >= 8
        for _ in range(4):
            run(config)
        pages = {path for path in web.asked(A) if path.startswith("/list")}
        assert len(pages) == 20
        assert any("max_pages" in why for why in reasons(config).values())


def test_pages_of_one_report_count_as_pages_of_the_run(tmp_path: Path) -> None:
    script = '<script>createPageHTML(30, 0, "{}", "html");</script>'

    def many(_: str, path: str) -> Page:
        name = path.strip("/").partition(".")[0]
        return Page(report(TITLE, len(web.seen), more=script.format(name) if "_" not in name else ""))

    links = [(f"/r{n}.html", f"某县{2000 + n}年法治政府建设年度报告") for n in range(20)]
    pages: dict[str, Answers] = {f"{A}/list": rows(*links), A: many}
    with LittleWeb(pages) as web:
        run(web.config(tmp_path, LIST, source="max_pages = 20"))
        assert len(web.seen) < 20 + 31 + 1


# Nothing for nothing


def test_what_is_not_there_is_asked_for_ever_more_seldom(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": rows(("/dead", TITLE))}) as web:
        config, clock = web.config(tmp_path, LIST), Clock()
        for _ in range(40):
            run(config, clock)
            clock.ahead_s += DAY_S
        assert web.asked(A).count("/dead") == 6  # on days 0, 1, 3, 7, 15, 31


def test_a_page_without_a_report_is_asked_again_ever_more_seldom(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": rows(("/none", TITLE)), f"{A}/none": "<p>建设中的栏目，没有内容。</p>"}) as web:
        config, clock = web.config(tmp_path, LIST), Clock()
        for _ in range(22):
            run(config, clock)
            clock.ahead_s += 10 * DAY_S
        assert web.asked(A).count("/none") == 4  # on days 0, 30, 90, 210


def test_what_is_new_is_asked_for_before_what_is_held(tmp_path: Path) -> None:
    old = [(f"/r{n}", f"某县{2000 + n}年法治政府建设年度报告") for n in range(8)]
    with LittleWeb({f"{A}/list": rows(*old), A: lambda _, path: Page(report(TITLE, int(path[2:])))}) as web:
        config, clock = web.config(tmp_path, LIST), Clock()
        run(config, clock)
        web.pages[f"{A}/list"] = rows(*old, ("/r99", "某县2019年法治政府建设年度报告"))
        clock.ahead_s += 31 * DAY_S
        web.seen.clear()
        run(config, clock)
        assert web.asked(A)[:3] == ["/robots.txt", "/list", "/r99"]


def test_a_host_that_turns_us_away_is_not_asked_for_all_its_pages(tmp_path: Path) -> None:
    links = [(f"/r{n}", f"某县{2000 + n}年法治政府建设年度报告") for n in range(20)]
    with LittleWeb({f"{A}/list": rows(*links), A: 403}) as web:
        outcomes = run(web.config(tmp_path, LIST))
        assert len(web.asked(A)) == 2 + 5
        assert any("left alone" in note and "403" in note for note in outcomes.notes)


# One host's trouble is its own


@pytest.mark.parametrize("trouble", [503, 429])
def test_a_host_in_trouble_does_not_hold_up_whoever_links_to_it(tmp_path: Path, trouble: int) -> None:
    """A page with its report in a file on another host, which is left alone, and a page that needs nobody else."""
    note = f'<h1>{TITLE}</h1><p>详见附件。</p><a href="http://{B}/report.pdf">{TITLE}.pdf</a>'
    pages = {f"{A}/list": rows(("/note", TITLE), ("/whole", TITLE.replace("0年", "1年"))), f"{A}/note": note}
    with LittleWeb({**pages, f"{A}/whole": report(TITLE), f"{B}/robots.txt": trouble}) as web:
        config = web.config(tmp_path, LIST, source=f'within = ["{B}"]')
        run(config)
        assert list(held(config)) == [f"http://{A}/whole"]
        assert web.asked(A).count("/note") == 1


def test_a_file_that_robots_txt_forbids_is_passed_over_for_the_next(tmp_path: Path) -> None:
    script = '<script>createPageHTML(2, 0, "one", "html");</script>'
    pages = {f"{A}/list": rows(("/one.html", TITLE)), f"{A}/one.html": report(TITLE, more=script)}
    with LittleWeb({**pages, f"{A}/robots.txt": "User-agent: *\nDisallow: /one_1"}) as web:
        config = web.config(tmp_path, LIST)
        run(config)
        assert "/one_1.html" not in web.asked(A)
        with Store(config.corpus.path) as store:
            assert [each.quality for each in store.get_many(store.ids())] == [frozenset(("incomplete",))]


# What is held


def test_a_notice_that_the_page_is_gone_counts_like_a_404(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": rows(("/1", TITLE)), f"{A}/1": report(TITLE)}) as web:
        config, clock = web.config(tmp_path, LIST, source="recheck_days = 0"), Clock()
        run(config, clock)
        before = held(config)
        web.pages[f"{A}/1"] = SOFT_404
        run(config, clock)
        assert withdrawn(config) == [False]
        clock.ahead_s += 7 * DAY_S + 60
        run(config, clock)
        assert withdrawn(config) == [True]
        assert held(config) == before
        web.pages[f"{A}/1"] = report(TITLE)
        run(config, clock)
        assert withdrawn(config) == [False]


def test_something_else_at_a_report_s_address_does_not_take_its_place(tmp_path: Path) -> None:
    news = report("某县召开招商引资推进大会", 7)
    with LittleWeb({f"{A}/list": rows(("/1", TITLE)), f"{A}/1": report(TITLE)}) as web:
        config = web.config(tmp_path, LIST, source="recheck_days = 0")
        run(config)
        before = held(config)
        for instead in (news, rows(*((f"/{n}", f"某县第{n}号公告内容") for n in range(30))), ""):
            web.pages[f"{A}/1"] = instead
            run(config)
            assert held(config) == before
            assert withdrawn(config) == [False]


# A list that is a person's


def test_a_source_that_was_renamed_goes_on_where_it_was(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": rows(("/1", TITLE)), f"{A}/1": report(TITLE)}) as web:
        config = web.config(tmp_path, LIST, source="recheck_days = 0")
        run(config)
        web.seen.clear()
        run(replace(config, source=(replace(config.source[0], name="another"),)))
        assert web.asked(A) == ["/list", "/1"]


def test_a_list_that_was_met_as_a_link_first_is_read_as_a_list(tmp_path: Path) -> None:
    column = "某县2020年法治政府建设年度报告专栏年度报告"
    pages = {f"{A}/home": rows(("/list", TITLE)), f"{A}/list": rows(("/1", TITLE), ("/2", column))}
    with LittleWeb({**pages, f"{A}/1": report(TITLE)}) as web:
        run(web.config(tmp_path, f"http://{A}/home"))
        config = web.config(tmp_path, LIST)
        run(config)
        assert list(held(config)) == [f"http://{A}/1"]


def test_an_address_written_with_a_space_is_asked_for(tmp_path: Path) -> None:
    with LittleWeb({f"{A}/list": rows(("/a b.html", TITLE)), f"{A}/a%20b.html": report(TITLE)}) as web:
        config = web.config(tmp_path, LIST)
        run(config)
        assert list(held(config)) == [f"http://{A}/a%20b.html"]
