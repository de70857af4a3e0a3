"""The demonstration, whole: brought in, built, searched; copies change nothing that is counted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.importer import import_paths
from front.serving import DEMO
from indexer.ask import Question, ask
from indexer.index import Index
from indexer.present import facets_json
from reports.config import Config, load_config
from reports.regions import load_regions
from reports.report import Report, SectionKind
from reports.store import Store
from webapp.app import create_app
from webapp.library import IndexedLibrary

QUERIES = ("“每月一题”", "“接诉即办”", "行政执法", "“免申即享” 年份:2022", "地区:砚溪市", "章节:问题 “人员”", "")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = load_config(DEMO / "config.toml", required=True).with_corpus(tmp_path_factory.mktemp("demo"))
    with Store(config.corpus.path) as store:
        tally = import_paths([DEMO / "sites"], store, config, lambda so_far: None)
    pages = (DEMO / "sites" / "manifest.jsonl").read_text("utf-8").splitlines()
    assert tally.added == len(pages)
    assert {each.path.rsplit("/", 1)[1].split(".")[0][:5] for each in tally.failed} == {"index"}
    return config


@pytest.fixture(scope="module")
def index(demo: Config) -> Index:
    return built(demo)


def built(config: Config) -> Index:
    index = Index(config, load_regions(config.regions.extra))
    index.build()
    return index


def reports_of(config: Config) -> list[Report]:
    with Store(config.corpus.path) as store:
        return [each.report for each in store.changed_since(0)]


def test_both_engines_give_the_same_totals_and_facets_on_every_page(demo: Config) -> None:
    answers = {}
    for engine in ("tantivy", "whoosh"):  # and back again
        config = replace(demo, index=replace(demo.index, engine=engine))
        client = create_app(IndexedLibrary(built(config), load_regions(config.regions.extra), config)).test_client()
        for query in QUERIES:
            answer = client.get("/api/search", query_string={"q": query}).get_json()
            page = client.get("/search", query_string={"q": query})
            assert page.status_code == 200
            answers[engine, query] = {
                name: answer[name] for name in ("total", "exact", "occurrences", "held", "facets")
            }
            answers[engine, query]["shown"] = re.findall(r'class="choice-(?:name|count)">([^<]*)<', page.text)
    for query in QUERIES:
        assert answers["tantivy", query] == answers["whoosh", query]
        assert len(answers["whoosh", query]["shown"]) > 10


def test_every_twin_and_the_reprint_are_folded_into_their_originals(demo: Config) -> None:
    reports = {each.id: each for each in reports_of(demo)}
    copies = [each for each in reports.values() if each.copy_of]
    twins = [each for each in reports.values() if "/gate/big5/" in (each.url or "")]
    reprints = [each for each in reports.values() if ".gov." not in f".{urlsplit(each.url or '').hostname}."]
    assert len(twins) == 5
    assert len(reprints) == 1
    assert {each.id for each in copies} == {each.id for each in twins + reprints}
    for each in copies:
        original = reports[each.copy_of or ""]
        assert (original.region_code, original.year, original.body) == (each.region_code, each.year, each.body)


def test_copies_change_no_total_and_no_facet_count(demo: Config, index: Index, tmp_path: Path) -> None:
    without = demo.with_corpus(tmp_path / "without")
    with Store(without.corpus.path) as store:
        for report in reports_of(demo):
            if not report.copy_of:
                store.put(report)
    alone = built(without)
    for query in QUERIES:
        assert counted(index, query) == counted(alone, query)


def counted(index: Index, query: str) -> dict[str, Any]:
    answer = ask(Question(query), index.searcher())
    counts = (answer.total, answer.exact, answer.occurrences, answer.held, [hit.id for hit in answer.hits])
    return {"counts": counts, "facets": facets_json(answer.facets)}


def test_the_phrase_is_found_where_and_when_it_was_written(index: Index) -> None:
    answer = ask(Question("“每月一题”"), index.searcher())
    years = {value.label: value.count for value in answer.facets.year}
    assert "2020" not in years
    assert years["2024"] > years["2021"] > 0
    assert {"棠浦区", "澄霖市"} <= {value.label for value in answer.facets.region}


def test_what_every_annual_report_says_of_itself_is_read(demo: Config) -> None:
    lines = [json.loads(line) for line in (DEMO / "sites" / "manifest.jsonl").read_text("utf-8").splitlines()]
    titles = {line["url"]: line["title"] for line in lines}
    for report in reports_of(demo):
        assert report.title == titles[report.url or ""]
        assert (report.region_code or "").startswith("99"), report.title
        assert report.year is not None
        assert not report.quality
        if report.kind == "法治政府建设年度报告":
            assert str(report.year) in report.title
            assert {SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS} <= {each.kind for each in report.sections}
        assert "虚构演示" not in report.text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("yshj", "“营商环境”"),
        ("yingshang", "“营商环境”"),
        ("myyt", "“每月一题”"),
        ("“每月", "“每月一题”"),
        ("标题:某", None),
        ("地区:tangpu", "地区:泠江省澄霖市棠浦区"),
    ],
)
def test_what_is_typed_is_completed_with_words_of_the_demonstration(
    index: Index, typed: str, offered: str | None
) -> None:
    suggested = index.suggester().suggest(typed)
    assert offered in {each.text for each in suggested} or (offered is None and not suggested)
    for each in suggested:
        assert ask(Question(each.text), index.searcher()).total == each.count > 0


def test_the_pages_over_a_real_index_say_why_nothing_is_found(demo: Config, index: Index) -> None:
    library = IndexedLibrary(index, load_regions(demo.regions.extra), demo)
    client = create_app(library).test_client()
    said = {
        "“没人写过的话”": "no_hit",
        "“每月一题” 地区:某处": "impossible",
        "“每月一题” 年份:1999": "outside",
        "“每月一提”": "no_hit",
    }
    for q, why in said.items():
        nothing = client.get("/api/search", query_string={"q": q}).get_json()["nothing"]
        assert nothing["why"] == why, q
        for each in nothing["instead"]:
            assert client.get(f"/api/search{each['url']}").get_json()["total"] == each["count"] > 0
        assert client.get("/search", query_string={"q": q}).status_code == 200
    assert "相近的写法：“每月一题”" in client.get("/search", query_string={"q": "“每月一提”"}).text
