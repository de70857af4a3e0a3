"""What `zhengbao add` proposes for the fictional web's own pages, and that it can be kept and crawled."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.crawl import crawl
from crawler.extract.trail import column_of
from crawler.proposal import Proposal, propose
from crawler.scout import Look, look_at
from crawler.sights import Link, Listing, Piece
from crawler.source_table import append, as_toml
from demo.compose import DEMO
from demo.web import FictionalWeb
from reports.config import Config, load_config
from reports.crawl_config import SourceConfig
from reports.errors import ConfigError, ReadError
from reports.regions import Regions, load_regions
from reports.store import Store

TODAY = date(2026, 11, 22)
ANNUAL, WORK, FIGURES = "法治政府建设年度报告", "政府工作报告", "统计公报"
LISTS = {  # address: the region, or the divisions expected
    "http://www.lingjiang.gov.example/fzzf/": "990000",
    "http://www.chenglin.gov.example/fzzf/": ("990100", "990104"),
    "http://www.tangpu.gov.example/fzzf/": "990102",
    "http://www.tangpu.gov.example/fzzf/rss.xml": "990102",
    "http://www.heting.gov.example/fzzf/": "990103",
    "http://www.heting.gov.example/sitemap.xml": "",
    "http://www.dizhou.gov.example/fzzf/": ("990200", "990202", "990203", "990221"),
    "http://www.jichuan.gov.example/fzzf/": ("990300", "990302", "990321"),
    "http://www.yanxi.gov.example/fzzf/": ("990400", "990402", "990421"),
    "http://www.yanxi.gov.example/gate/big5/www.yanxi.gov.example/fzzf/": ("990400", "990402", "990421"),
    "http://www.zhengwen-huicui.example/fzzf/": "",
}
ARTICLE = "http://www.dizhou.gov.example/gongkai/niandu/2025041987590.html"
ONLY_A_FILE = "http://www.chenglin.gov.example/zfxxgk/fdzdgknr/fzzf/202503/t20250326_83559.shtml"


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    config = load_config(DEMO / "config.toml", required=True).with_corpus(tmp_path_factory.mktemp("proposed"))
    with FictionalWeb() as web:
        yield replace(config, crawl=replace(config.crawl, delay_s=0.0, connect_to=web.connect_to))


@pytest.fixture(scope="module")
def regions(config: Config) -> Regions:
    return load_regions(config.regions.extra)


@pytest.fixture(scope="module")
def looks(config: Config) -> dict[str, Look]:
    urls = (*LISTS, ARTICLE, ONLY_A_FILE)
    found = look_at(urls, config, columns=True)
    assert len(found) == len(urls) + 2  # the columns of the two articles
    return {**dict(zip(urls, found, strict=False)), "column": found[-2], "column of the file": found[-1]}


@pytest.mark.parametrize("url", LISTS)
def test_every_list_gets_a_table_that_is_read_back_as_proposed(
    url: str, looks: dict[str, Look], regions: Regions, tmp_path: Path
) -> None:
    proposal = propose(looks[url], regions)
    source, places = proposal.source, LISTS[url]
    assert (source.region or source.expects or "") == places
    assert source.urls == (url,)
    assert source.kinds == (ANNUAL,)
    assert source.within == ()
    assert proposal.taken
    append(tmp_path / "config.toml", as_toml(source, TODAY))
    assert load_config(tmp_path / "config.toml").source == (source,)


def test_an_article_leads_to_the_list_it_says_it_stands_in(looks: dict[str, Look], regions: Regions) -> None:
    proposal = propose(looks[ARTICLE], regions, column=looks["column"])
    assert proposal.source == propose(looks["http://www.dizhou.gov.example/fzzf/"], regions).source
    assert "this is an article, 雁汀区" in proposal.notes[0]


def test_so_does_an_article_whose_report_is_a_file(looks: dict[str, Look], regions: Regions) -> None:
    proposal = propose(looks[ONLY_A_FILE], regions, column=looks["column of the file"])
    assert proposal.source.urls == ("http://www.chenglin.gov.example/fzzf/",)


def test_without_a_trail_the_folder_above_its_dates_is_proposed_and_said_to_be_a_guess(
    looks: dict[str, Look], regions: Regions
) -> None:
    moved = replace(looks[ARTICLE], url="http://www.dizhou.gov.example/fzzf/202504/t20250419_1.html")
    proposal = propose(moved, regions)
    assert proposal.source.urls == ("http://www.dizhou.gov.example/fzzf/",)
    assert (proposal.source.region, proposal.source.name) == ("990203", "雁汀区")
    assert any("was not asked for" in note for note in proposal.notes)


def test_a_crawl_with_the_proposed_tables_finds_the_reports(
    looks: dict[str, Look], regions: Regions, config: Config, tmp_path: Path
) -> None:
    sources = [propose(looks[url], regions).source for url in list(LISTS)[3:6]]
    there = replace(config.with_corpus(tmp_path), source=tuple(sources[:1]))
    with Store(tmp_path) as store:
        outcomes = crawl(there, store, there.source)
    assert outcomes.counts["added"] == 8


def test_names_are_what_a_person_would_say_and_never_taken(looks: dict[str, Look], regions: Regions) -> None:
    url = "http://www.dizhou.gov.example/fzzf/"
    names: list[str] = []
    for _ in range(4):
        names.append(propose(looks[url], regions, names=names).source.name)
    assert names == ["荻州市", "dizhou.gov.example-fzzf", "dizhou.gov.example-fzzf-2", "dizhou.gov.example-fzzf-3"]
    assert propose(looks["http://www.zhengwen-huicui.example/fzzf/"], regions).source.name == (
        "zhengwen-huicui.example-fzzf"
    )


def listing(*links: tuple[str, str], url: str = "http://www.dizhou.gov.example/a/", pages: int = 0) -> Look:
    return Look(url, listing=Listing(tuple(Link(*each) for each in links), tuple(f"{url}{n}" for n in range(pages))))


def test_kinds_hosts_and_bodies_are_told_from_the_titles(regions: Regions) -> None:
    look = listing(
        ("http://www.dizhou.gov.example/1", "荻州市2024年国民经济和社会发展统计公报"),
        ("http://tjj.dizhou.gov.example/2", "荻州市2023年国民经济和社会发展统计公报"),
    )
    source = propose(look, regions).source
    assert (source.name, source.kinds, source.within) == ("荻州市统计公报", (FIGURES,), ("tjj.dizhou.gov.example",))
    look = listing(("http://www.dizhou.gov.example/1", "荻州市市场监督管理局2023年法治政府建设年度报告"))
    source = propose(look, regions).source
    assert (source.body, source.region, source.name) == ("部门", "990200", "dizhou.gov.example-a")


def test_a_list_that_announces_nothing_is_proposed_with_a_doubt(regions: Regions) -> None:
    proposal = propose(listing(("http://www.dizhou.gov.example/1", "关于召开会议的通知")), regions)
    assert proposal.taken == ()
    assert any("is this the right list?" in note for note in proposal.notes)


@pytest.mark.parametrize("look", [Look("http://a.example/"), listing(), Look("http://a.example/", problem="gone")])
def test_what_shows_neither_a_list_nor_a_report_is_refused(look: Look, regions: Regions) -> None:
    with pytest.raises(ReadError, match=look.problem or "neither"):
        propose(look, regions)


def test_a_title_cannot_move_the_cursor_of_a_terminal(regions: Regions) -> None:
    shown = propose(listing(("http://www.dizhou.gov.example/1", "荻州市\x1b[2J\n\u202e2024年政府工作报告")), regions)
    assert all(line.isprintable() for line in shown.lines())


def test_a_long_list_is_shown_in_part_and_counted_whole() -> None:
    links = tuple(Link(f"http://a.example/{number}", f"{number}") for number in range(40))
    proposal = Proposal(
        SourceConfig("a", ("http://a.example/",)), links[:20], tuple((x, "no") for x in links[20:]), 0, ()
    )
    assert proposal.lines()[-2:] == ["… and 16 more", "links taken: 20, left: 20; further pages named: 0"]


# The table


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(0.01, 366),
)
def test_the_table_holds_any_words(name: str, issuer: str, days: float) -> None:
    source = SourceConfig(name, ("http://a.example/'\"\\",), issuer=issuer, every_days=days, enabled=False)
    (read,) = tomllib.loads(as_toml(source, TODAY))["source"]
    assert read.keys() == {"name", "urls", "kinds", "checked", "enabled"} | (
        {key for key, value in (("issuer", issuer), ("every_days", days != 7)) if value}
    )
    for key, value in read.items():
        kept = getattr(source, key)
        assert value == (list(kept) if isinstance(kept, tuple) else kept)


SOURCE = SourceConfig("某\"地'\\\n😀", ("http://a.example/",))


@pytest.mark.parametrize(
    "before", ["", "[web]\nport = 1", "[web]\nport = 1\n", '[[source]]\nname = "b"\nurls = ["http://b.example/"]\n']
)
def test_a_table_is_added_to_what_stands_there(before: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    if before:
        file.write_text(before, "utf-8")
    append(file, as_toml(SOURCE, TODAY))
    text = file.read_text("utf-8")
    assert text.startswith(before)
    assert "# Proposed by `zhengbao add` on 2026-11-22" in text
    assert load_config(file).source[-1] == SOURCE


@pytest.mark.parametrize("before", ["source = []\n", as_toml(SOURCE, TODAY), '[web]\nport = "x"\n'])
def test_a_table_that_would_break_the_file_is_not_written(before: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(before, "utf-8")
    with pytest.raises(ConfigError, match="nothing was written"):
        append(file, as_toml(SOURCE, TODAY))
    assert file.read_text("utf-8") == before


def test_a_file_that_cannot_be_written_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        append(tmp_path / "missing" / "config.toml", as_toml(SOURCE, TODAY))


# The trail


@pytest.mark.parametrize(
    ("trail", "column"),
    [
        (
            '<div>位置：<a href="/">首页</a> &gt; <a href="/a/">公开</a> &gt; <a href="/a/b/">法治</a> &gt; 正文</div>',
            "/a/b/",
        ),
        ('<p><a href="/">首 页</a>＞<a href="/a/">公开</a>＞<a href="/a/1.html">正文</a></p>', "/a/"),
        ('<p><span><a href="/">网站首页</a></span> / <a href="/a/">公开</a></p>', "/a/"),
        ('<p><a href="/">首页</a> &gt; 正文</p>', None),
        ('<p><a href="/">首页</a> <a href="/a/">公开</a> <a href="/b/">办事</a></p>', None),
        ('<p><a href="/">首页</a> &gt; <a href="javascript:void(0)">公开</a></p>', None),
        ("<p>没有</p>", None),
    ],
)
def test_the_column_is_the_last_step_of_the_trail(trail: str, column: str | None) -> None:
    page = f"<html><body><div>{trail}</div><p>{'正文' * 200}</p></body></html>"
    found = column_of(Piece("http://a.example/a/1.html", "text/html; charset=utf-8", page.encode()))
    assert found == (f"http://a.example{column}" if column else None)
