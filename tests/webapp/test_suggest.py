"""Completion and why nothing: their JSON and the empty page, over invented reports."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.webapp.fakes import FakeLibrary
from webapp.params import SearchParams

Q = quote("“每月一题”")


def got(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_json() if response.is_json else response.text


def test_suggestions_say_what_they_are_and_how_many_reports_they_find(client: FlaskClient) -> None:
    suggested = got(client, "/api/suggest?q=yingsh")
    assert suggested["q"] == "yingsh"
    assert [list(each) for each in suggested["suggestions"]] == [["kind", "label", "text", "count"]] * 2
    for each in suggested["suggestions"]:
        found = got(client, f"/api/search?q={quote(each['text'])}")
        assert found["total"] == each["count"] > 0


def test_nothing_typed_suggests_nothing(client: FlaskClient) -> None:
    assert got(client, "/api/suggest")["suggestions"] == []


@pytest.mark.parametrize("query", ["q=a&q=b", "x=1", f"q={'长' * 257}"])
def test_what_cannot_be_completed_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/suggest?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "why", "said"),
    [
        (f"q={quote('没人写过的话')}", "no_hit", "没有一份写过"),
        (f"q={Q}&region=970101&year=2021", "not_held", "一份也没有收录"),
        (f"q={Q}&year=1999", "outside", "不在收录范围"),
        (f"q={quote('某处')}&year=1999", "impossible", "条件不能成立"),
        (f"q={Q}&topic=unknown&year=1999", "not_held", "一份也没有收录"),
    ],
)
def test_the_reasons_for_nothing_are_told_apart(client: FlaskClient, query: str, why: str, said: str) -> None:
    assert got(client, f"/api/search?{query}")["nothing"]["why"] == why
    assert said in got(client, f"/search?{query}")


def test_what_is_expected_and_not_held_is_named(client: FlaskClient) -> None:
    nothing = got(client, f"/api/search?q={Q}&region=970101&year=2021")["nothing"]
    assert (nothing["held"], nothing["missing_total"]) == (0, 1)
    assert [(each["region_code"], each["year"], each["state"]) for each in nothing["missing"]] == [
        ("970101", 2021, "unseen")
    ]
    page = got(client, f"/search?q={Q}&region=970101&year=2021")
    assert "应有而未收录的，1 份" in page
    assert "云岫省临溪市白鹭县，2021，法治政府建设年度报告：未见" in page


def test_a_gap_is_named_beside_reports_that_were_looked_through(client: FlaskClient) -> None:
    nothing = got(client, f"/api/search?q={quote('没人写过的话')}&region=970101")["nothing"]
    assert nothing["why"] == "no_hit"
    assert nothing["held"] == 5
    assert 2021 in [each["year"] for each in nothing["missing"]]


def test_what_to_ask_instead_leads_to_as_many_hits_as_it_says(client: FlaskClient, library: FakeLibrary) -> None:
    nothing = got(client, f"/api/search?q={Q}&year=1999&region=970000&sort=oldest")["nothing"]
    assert [each["how"] for each in nothing["instead"]] == ["without_filter"]
    for each in nothing["instead"]:
        assert "sort=oldest" in each["url"]
        assert got(client, f"/api/search{each['url']}")["total"] == each["count"] > 0
    assert "去掉条件：年份" in got(client, f"/search?q={Q}&year=1999&region=970000")
    assert library.search(SearchParams(q="“每月一题”")).total


def test_a_search_that_finds_something_says_nothing_of_nothing(client: FlaskClient) -> None:
    assert got(client, f"/api/search?q={Q}")["nothing"] is None
    assert got(client, f"/api/search?q={Q}&page=400")["nothing"] is None
    assert "可以改查" not in got(client, f"/search?q={Q}")
