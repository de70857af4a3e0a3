"""A crawl of the fictional web brings home what an import of its folder does, and what only a crawl can."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.crawl import crawl
from demo.beside import AS_FILE, IN_PARTS, written_beside
from demo.compose import DEMO
from demo.sites import path_of, sites
from demo.web import FictionalWeb
from reports.config import load_config
from reports.report import Report
from reports.store import Store
from tests.demo.composed import composed, everything


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The reports by address, after one crawl without pauses of our own."""
    config = load_config(DEMO / "config.toml", required=True).with_corpus(tmp_path_factory.mktemp("crawled"))
    with FictionalWeb() as web, Store(config.corpus.path) as store:
        config = replace(config, crawl=replace(config.crawl, delay_s=0.0, connect_to=web.connect_to))
        crawl(config, store, config.source)
        return {each.report.url or "": each.report for each in store.changed_since(0)}


def in_pieces() -> dict[str, str]:
    """The text of the two reports that come in pieces, by their address."""
    entries = [entry for entry in written_beside() if entry.key in (IN_PARTS, AS_FILE)]
    return {f"http://{sites()[entry.site].host}{path_of(sites()[entry.site], entry)}": entry.text for entry in entries}


def test_every_report_is_found_and_the_news_is_left(crawled: dict[str, Report]) -> None:
    named = {json.loads(line)["url"] for line in composed()["manifest.jsonl"].decode().splitlines()}
    news = [entry for entry in everything() if entry.key.startswith("news-")]
    left = {f"http://{sites()[entry.site].host}{path_of(sites()[entry.site], entry)}" for entry in news}
    assert crawled.keys() == named - left | in_pieces().keys()


def test_what_comes_in_pieces_is_put_together(crawled: dict[str, Report]) -> None:
    assert len(in_pieces()) == 2
    for url, text in in_pieces().items():
        report = crawled[url]
        assert report.text.removeprefix(f"{report.title}\n") == text  # the DOCX begins with its title


def test_the_copies_are_known_as_copies(crawled: dict[str, Report]) -> None:
    copies = [url for url, report in crawled.items() if report.copy_of]
    assert len([url for url in copies if "/gate/big5/" in url]) == 5
    assert len([url for url in copies if Path(url).parts[1] == "www.zhengwen-huicui.example"]) == 1
    assert len(copies) == 6
