from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.answer import Sort
from reports.errors import CorpusError, SearchIndexError
from tests.webapp.fakes import HOSTILE, FakeLibrary
from webapp.app import HEADERS

Q = quote("“每月一题”")
REPORT = FakeLibrary().reports[0].id
PAGES = ("/", f"/search?q={Q}", "/search", f"/report/{REPORT}?q={Q}", "/report/bad0bad0bad0bad0", "/coverage", "/about")
TWINS = ("/api/", f"/api/search?q={Q}", f"/api/report/{REPORT}?q={Q}", "/api/coverage")
FAILURES = (
    ("/nope", 404),
    ("/report/0000", 404),
    ("/search?foo=1", 400),
    ("/api/nope", 404),
    ("/api/search?page=x", 400),
)


def links(html: str, at: str) -> Iterator[str]:
    for href in re.findall(r'(?:href|src|action)="([^"]*)"', html):
        url = urlsplit(urljoin(f"http://here{at}", unescape(href)))
        if url.netloc == "here":
            yield url._replace(scheme="", netloc="", fragment="").geturl()


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    todo = [(page, 0) for page in PAGES]
    while todo:
        at, depth = todo.pop(0)
        if at in seen:
            continue
        seen.add(at)
        response = client.get(at)
        assert response.status_code == 200, at
        if depth < 1 and response.mimetype == "text/html":
            todo += [(link, depth + 1) for link in links(response.text, at)]
    assert len(seen) > 60


@pytest.mark.parametrize("page", PAGES)
def test_anchors_lead_to_places_on_the_page(client: FlaskClient, page: str) -> None:
    html = client.get(page).text
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert set(" ".join(re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]+)"', html)).split()) <= set(ids)


@pytest.mark.parametrize(
    "page", [*PAGES, *TWINS, *(page for page, _ in FAILURES), "/robots.txt", "/healthz", "/static/zhengbao.css"]
)
def test_every_response_is_guarded(client: FlaskClient, page: str) -> None:
    response = client.get(page)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_what_its_policy_forbids(client: FlaskClient, page: str) -> None:
    html = client.get(page).text
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=\"", html)


@pytest.mark.parametrize(("page", "status"), FAILURES)
def test_a_failure_has_its_status(client: FlaskClient, page: str, status: int) -> None:
    assert client.get(page).status_code == status


def test_a_refused_search_names_every_problem_and_keeps_the_form(client: FlaskClient) -> None:
    response = client.get(f"/search?q={Q}&year=abc&foo=1&topic=x&year=2021")
    assert response.status_code == 400
    assert all(f"参数 {name} " in response.text for name in ("year", "topic"))
    assert "参数 foo；" in response.text
    assert 'value="“每月一题”"' in response.text
    assert f'href="?q={quote("“每月一题”")}&amp;year=2021"' in response.text


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_a_question_of_ten_thousand_characters_is_refused_not_a_crash(client: FlaskClient, prefix: str) -> None:
    response = client.get(f"{prefix}/search?q={quote('长' * 10_000)}")
    assert response.status_code == 400
    assert "10,000" in response.text


@pytest.mark.parametrize("page", [f"/report/{REPORT}?q=" + "x" * 300, "/coverage?kind=x", "/coverage?region=x&foo=1"])
def test_other_pages_refuse_bad_values_too(client: FlaskClient, page: str) -> None:
    assert client.get(page).status_code == 400


def test_a_question_that_cannot_be_asked_tells_all_its_problems(client: FlaskClient) -> None:
    html = client.get("/search?q=" + "(" * 40).text
    assert "条件太多" in html
    assert "括号没有配对" in html
    assert client.get("/api/search?q=" + "(" * 40).json == {
        "error": "这个请求看不懂", "problems": ["问题里的条件太多：最多 32 个", "括号没有配对"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        "/report/bad0bad0bad0bad0",
        f"/search?q={quote(HOSTILE)}",
        "/search?q=%3Cscript%3E&year=x",
        "/search?year=unknown",
    ],
)
def test_hostile_words_stay_words(client: FlaskClient, page: str) -> None:
    html = client.get(page).text
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html))


@pytest.mark.parametrize(
    "path",
    ["/search?q=%00%ff%ed%a0%80", "/search?q=%E2%80%AE", "/report/%00", "/report/..%2f..%2fetc", "/api/report/%3Cb%3E"],
)
def test_odd_bytes_never_crash(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (200, 400, 404)


def test_the_totals_are_told_in_words(client: FlaskClient) -> None:
    html = client.get(f"/search?q={quote('营商环境')}").text
    assert re.search(r"\d+ 份，其中 \d+ 份含原词", html)
    assert re.search(r"在 \d+ 份收录的报告中查找", html)


def test_no_hit_and_not_held_are_two_things(client: FlaskClient) -> None:
    no_hit = client.get(f"/search?q={quote('没人写过的话')}").text
    not_held = client.get(f"/search?q={Q}&year=2021&region=970101").text
    assert "没有一份写过" in no_hit
    assert "一份也没有收录" in not_held
    assert "一份也没有收录" not in no_hit


def test_a_page_beyond_the_last_says_so(client: FlaskClient) -> None:
    assert "没有这一页" in client.get("/search?page=400").text


def test_pages_cover_all_hits_once(client: FlaskClient) -> None:
    ids: list[str] = []
    page = "/search?q=" + Q
    while page:
        html = client.get(page).text
        ids += re.findall(r'class="hit-title"><a href="/report/(\w+)', html)
        following = re.search(r'<link rel="next" href="([^"]+)"', html)
        page = "/search" + unescape(following[1]) if following else ""
    total = client.get(f"/api/search?q={Q}").json
    assert total is not None
    assert len(ids) == len(set(ids)) == total["total"]


@pytest.mark.parametrize("sort", list(Sort))
def test_the_order_in_force_is_marked(client: FlaskClient, sort: Sort) -> None:
    html = client.get(f"/search?q={Q}&sort={sort}").text
    (current,) = re.findall(
        r'<a href="([^"]*)"[^>]*aria-current="true">', html.split('class="sorts"')[1].split("</nav>")[0]
    )
    assert (f"sort={sort}" in current) is (sort is not Sort.RELEVANCE)


def test_a_copy_leads_to_its_original_and_back(client: FlaskClient) -> None:
    assert f'href="/report/{REPORT}"' in client.get("/report/c0c0c0c0c0c0c0c0").text
    assert 'href="/report/c0c0c0c0c0c0c0c0"' in client.get(f"/report/{REPORT}").text
    assert "另有 1 个副本" in client.get(f"/report/{REPORT}").text


def test_coverage_tells_missing_from_outside(client: FlaskClient) -> None:
    html = client.get("/coverage").text
    assert html.count('class="is-missing"') == 2
    assert "不在收录范围" in html
    assert ">0<" not in html


@pytest.mark.parametrize("failure", [SearchIndexError("/secret/index is gone"), CorpusError("/secret/corpus.db")])
@pytest.mark.parametrize("page", [*PAGES[:4], *TWINS, "/healthz"])
def test_an_unusable_index_says_what_to_run_and_no_more(
    app: Flask, library: FakeLibrary, failure: Exception, page: str
) -> None:
    library.failure = failure
    response = app.test_client().get(page)
    assert response.status_code == 503
    assert "zhengbao build" in response.text
    assert "secret" not in response.text


def test_a_fault_of_ours_leaks_nothing(app: Flask, library: FakeLibrary) -> None:
    library.failure = RuntimeError("secret")
    response = app.test_client().get("/search")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["Content-Security-Policy"]


def test_methods_and_bodies_we_do_not_take(client: FlaskClient) -> None:
    refused = client.post("/search")
    assert (refused.status_code, "GET" in refused.headers["Allow"]) == (405, True)
    assert client.post("/search", data=b"x" * 100_000).status_code == 413
    assert client.post("/api/search").json is not None


def test_the_banner_stands_only_on_the_demonstration(app: Flask, library: FakeLibrary) -> None:
    assert "虚构演示" in app.test_client().get("/").text
    library.is_demo = False
    assert "虚构演示" not in app.test_client().get("/").text


def test_an_empty_library_says_how_to_fill_it(app: Flask, library: FakeLibrary) -> None:
    library.reports = ()
    html = app.test_client().get("/").text
    assert "zhengbao import" in html


def test_crawlers_are_told_what_to_leave_alone(client: FlaskClient) -> None:
    left_alone = ["Disallow: /search", "Disallow: /compare/", "Disallow: /feed/search", "Disallow: /api"]
    assert client.get("/robots.txt").text.splitlines() == ["User-agent: *", *left_alone]


@pytest.mark.parametrize("host", ["a..b", ".", "x" * 64 + ".example", "a b", "[::1", ""])
def test_a_host_that_is_none_is_refused_in_the_same_design(client: FlaskClient, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers
    assert "<main" in response.text
