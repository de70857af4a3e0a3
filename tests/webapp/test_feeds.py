"""Feeds of new reports, by when they were first held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from flask.testing import FlaskClient

from reports.regions import load_regions
from reports.report import Kind
from reports.store import Store
from tests.indexer.made import config, index_of, report
from tests.webapp.fakes import FakeLibrary
from webapp.app import create_app
from webapp.library import IndexedLibrary

Q = quote("“每月一题”")


def feed(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    found = feedparser.parse(response.data)
    assert not found.bozo
    return found


def titles(client: FlaskClient, path: str) -> list[str]:
    return [entry.title for entry in feed(client, path).entries]


def test_new_reports_come_latest_arrival_first(client: FlaskClient, library: FakeLibrary) -> None:
    found = feed(client, "/feed/new.atom")
    assert [entry.updated_parsed for entry in found.entries] == sorted(
        (entry.updated_parsed for entry in found.entries), reverse=True
    )
    assert found.entries[0].title == library.reports[-1].title
    entry = next(entry for entry in found.entries if entry.title == library.reports[0].title)
    assert entry.id == f"urn:zhengbao:report:{library.reports[0].id}"
    assert entry.link == f"http://localhost/report/{library.reports[0].id}"
    assert entry.summary.startswith("云岫省 · 2018 年 · 法治政府建设年度报告 · 2019-03-19 发布")


def test_a_search_has_a_feed_with_its_own_parameters(client: FlaskClient) -> None:
    found = titles(client, f"/feed/search.atom?q={Q}&region=970100&year=2022&sort=oldest&page=2")
    assert sorted(found) == [f"{name}人民政府2022年法治政府建设年度报告" for name in ("临溪市", "白鹭县", "石桥区")]


def test_a_region_has_a_feed_and_an_unknown_one_has_none(client: FlaskClient) -> None:
    found = titles(client, "/feed/region/980000.atom")
    assert {title[:3] for title in found if "人民政府" in title} == {"海岬省", "望潮市"}
    for code in ("999999", "x", "98000"):
        response = client.get(f"/feed/region/{code}.atom")
        assert (response.status_code, response.mimetype) == (404, "text/plain")


@pytest.mark.parametrize("query", ["q=" + "(" * 33, "year=abc", "foo=1", "q=" + "a" * 300])
def test_a_bad_question_is_refused_in_plain_text(client: FlaskClient, query: str) -> None:
    response = client.get(f"/feed/search.atom?{query}")
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert len(response.text.splitlines()) >= 2


def test_a_reader_that_has_the_feed_is_told_so(client: FlaskClient) -> None:
    for path in ("/feed/new.atom", f"/feed/search.atom?q={Q}", "/feed/region/970100.atom"):
        tag = client.get(path).headers["ETag"]
        response = client.get(path, headers={"If-None-Match": tag})
        assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize("path", [f"/search?q={Q}&year=2021&sort=newest&page=2", "/search?q=没人写过&year=2021"])
def test_every_result_page_leads_to_its_feed(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    query = Q if Q in path else quote("没人写过")
    address = f'href="/feed/search.atom?q={query}&amp;year=2021"'
    assert page.count(address) == 2
    assert f'<link rel="alternate" type="application/atom+xml" title="订阅这个搜索的新报告（Atom）" {address}>' in page
    assert 'type="application/atom+xml"' in client.get("/").text


# Over a real index

STOOD = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def real(tmp_path: Path) -> FlaskClient:
    texts = ("推行“每月一题”，办成一批事。", "推行“每月一题”，再办一批事。", "没有写那句话。")
    made = [
        report(
            text, title=f"第{number}份", url=f"http://www.a.gov.cn/{number}", region_code="110101", year=2020 - number
        )
        for number, text in enumerate(texts)
    ]
    with Store(tmp_path) as store:
        for number, each in enumerate(made):
            store.put(each, seen=STOOD + timedelta(days=number))
    regions = load_regions()
    return create_app(IndexedLibrary(index_of((), tmp_path), regions, config(tmp_path, "memory"))).test_client()


def test_an_old_report_newly_held_comes_first(real: FlaskClient) -> None:
    assert titles(real, "/feed/new.atom") == ["第2份", "第1份", "第0份"]
    assert titles(real, f"/feed/search.atom?q={Q}") == ["第1份", "第0份"]
    assert titles(real, "/feed/region/110000.atom") == ["第2份", "第1份", "第0份"]
    assert titles(real, "/feed/region/310000.atom") == []
    first = feed(real, "/feed/new.atom").entries[-1]
    assert first.updated == "2024-01-01T00:00:00Z"
    assert first.summary.startswith("北京市东城区 · 2020 年")


def test_the_real_corpus_is_watched(real: FlaskClient) -> None:
    [row] = real.get("/api/watch?region=东城区&year=2019").get_json()["rows"]
    assert real.get("/api/watch?region=310101").get_json()["rows"] == []
    assert (row["kind"], row["region"]) == (Kind.RULE_OF_LAW, "北京市东城区")
    assert [cell["state"] for cell in row["cells"]] == ["undated"]
    assert real.get("/watch").status_code == 200
