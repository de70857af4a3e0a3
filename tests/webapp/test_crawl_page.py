"""采集状况: what needs attention first, all that was not fetched with its reason, escaped; and its JSON twin."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from reports.crawl_state import CrawlState
from tests.webapp import fake_crawl
from tests.webapp.fake_crawl import DECISIONS, HOST, HOSTILE, STRANGE, UNWANTED, WHYS
from tests.webapp.fakes import FakeLibrary
from webapp.app import create_app
from webapp.crawl_page import EXAMPLES, PAGE_SIZE

SOURCE = quote("望潮")


def got(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def twin(client: FlaskClient, query: str = "") -> Any:
    response = client.get(f"/api/crawl{query}")
    assert response.status_code == 200
    return response.get_json()


def test_what_needs_attention_stands_before_everything_else(client: FlaskClient) -> None:
    page = got(client, "/crawl")
    told: tuple[str, ...] = (
        "读到了列表，但没有一个链接像是要找的报告",
        "答复 503（连续 5 次失败）",
        "2100-01-01 00:00（北京时间）以后再访问",
    )
    told += ("没有取到 robots.txt：答复 503，都不访问", "不是要找的报告", "请求 1,234、新增 3、不是报告 2")
    at = [page.index(words) for words in told]
    assert at == sorted(at)
    assert f"{HOST}：还有 4 个地址留待下次" in page


def test_a_host_whose_pause_is_over_is_not_said_to_be_left_alone(client: FlaskClient) -> None:
    concerns = got(client, "/crawl").partition('class="concerns"')[2].partition("</section>")[0]
    assert "c.example.invalid" not in concerns
    assert concerns.count("<li") == 3


def test_every_group_of_reasons_has_its_count_and_its_latest_addresses(client: FlaskClient) -> None:
    page = got(client, "/crawl")
    for title, count in (("不是要找的报告", 230), ("网站没有正常答复", 2), ("robots.txt 不准访问", 1), ("其他原因", 1)):
        assert f"<strong>{title}</strong> <small>{count} 个地址</small>" in page
    assert page.count("要找的是法治政府建设年度报告，这是解读") == EXAMPLES
    assert "看全部 230 个" in page
    assert "答复 500；问过 4 次，不再问" in page


def test_what_others_wrote_is_escaped_and_what_nobody_translated_is_shown_as_it_is(client: FlaskClient) -> None:
    page = got(client, "/crawl")
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)" in page
    assert STRANGE not in page
    assert escape(STRANGE) in page


def test_the_addresses_of_a_group_are_listed_page_by_page_each_once(client: FlaskClient) -> None:
    pages = [twin(client, f"?why=unwanted&page={number}") for number in (1, 2, 3)]
    assert {page["pages"] for page in pages} == {3}
    urls = [each["url"] for page in pages for each in page["not_fetched"]]
    assert urls == [each.url for each in DECISIONS if each.why == UNWANTED]
    assert got(client, "/crawl?why=unwanted&page=3").count('class="title"') == len(urls) - 2 * PAGE_SIZE
    assert "一共只有 3 页" in got(client, "/crawl?why=unwanted&page=9")


def test_the_twin_without_a_group_lists_all_newest_first(client: FlaskClient) -> None:
    listed = twin(client)["not_fetched"]
    assert [each["url"] for each in listed] == [each.url for each in DECISIONS[:PAGE_SIZE]]
    assert twin(client, "?why=all")["not_fetched"] == listed


def test_a_source_shows_its_own_addresses(client: FlaskClient) -> None:
    answer = twin(client, f"?source={SOURCE}")
    assert [each["name"] for each in answer["sources"]] == ["望潮"]
    assert {each["source"] for each in answer["not_fetched"]} == {"望潮"}
    assert sum(each["count"] for each in answer["reasons"]) == 231
    assert "不准访问</strong>" not in got(client, f"/crawl?source={SOURCE}")


def test_the_twin_keeps_the_crawlers_words_and_gives_times_in_utc(client: FlaskClient) -> None:
    answer = twin(client)
    assert answer["runs"][0]["started_at"] == "2024-06-01T01:30:00+00:00"
    assert answer["sources"][1]["answered_at"] is None
    assert answer["queue"] == {"done": 5, "queued": 4}
    assert {"why": WHYS[2], "count": 1, "group": "answer"} in answer["reasons"]
    assert {"why": STRANGE, "count": 1, "group": "other"} in answer["reasons"]


@pytest.mark.parametrize(
    "query", ["?foo=1", "?source=nobody", "?why=nothing_such", "?page=0", "?page=x", "?why=a&why=b"]
)
def test_what_cannot_be_meant_is_refused_by_page_and_twin(client: FlaskClient, query: str) -> None:
    for path in ("/crawl", "/api/crawl"):
        assert client.get(path + query).status_code == 400


@pytest.mark.parametrize("query", ["", "?why=all", "?page=2", "?why=robots"])
def test_where_nothing_was_crawled_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setattr(fake_crawl, "state", lambda source: CrawlState((), (), (), (), (), ()))
    client = create_app(FakeLibrary()).test_client()
    page = got(client, f"/crawl{query}")
    assert ("zhengbao crawl" if not query else "没有。") in page
    assert twin(client, query)["not_fetched"] == []


@pytest.mark.parametrize("path", ["/watch", "/about"])
def test_other_pages_lead_here(client: FlaskClient, path: str) -> None:
    assert '<a href="/crawl">采集状况</a>。' in got(client, path)
