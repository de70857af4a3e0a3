from __future__ import annotations

import re
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from reports.errors import CorpusError
from reports.regions import load_regions
from reports.store import Store
from tests.indexer.made import config, index_of, report
from tests.webapp.fake_history import CORRECTED, GONE, NOTICED
from tests.webapp.fakes import FakeLibrary
from webapp.app import create_app
from webapp.library import IndexedLibrary

REPORTS = {(each.region_code, each.year): each.id for each in FakeLibrary().reports}
PAGE = f"/report/{REPORTS[CORRECTED]}/changes"
UNCHANGED = REPORTS["980100", 2022]


def test_a_page_tells_what_happened_newest_first_in_beijing_time(client: FlaskClient) -> None:
    html = client.get(PAGE).text
    told = re.findall(r"<h2 id=\"event-\d\"><time[^>]*>([^<]+)</time> ([^<]+)</h2>", html)
    assert told == [
        ("2024-06-05 10:30", "已改动"),
        ("2024-05-05 10:30", "恢复访问"),
        ("2024-04-05 10:30", "已撤下"),
        ("2024-03-05 10:30", "已改动"),
    ]
    assert "发现改动的时间" in html


def test_what_went_and_came_is_told_in_words_too(client: FlaskClient) -> None:
    html = client.get(PAGE).text
    assert (
        '每<del><span class="vh">删去：</span>季度</del>领办一件<del><span class="vh">删去：</span>&lt;b&gt;</del>'
        in html
    )
    assert '<del><span class="vh">删去：</span>（〇）此段后来删去&lt;i&gt;</del>' in html
    assert re.search(r'<ins><span class="vh">新增：</span>[^<]*三', html)
    assert "<b>" not in html
    assert "<i>" not in html


def test_what_stayed_is_folded(client: FlaskClient) -> None:
    assert re.findall(r'<p class="folded">([^<]+)</p>', client.get(PAGE).text)[0].startswith("…… 未改动 ")


def test_metadata_is_told_in_words(client: FlaskClient) -> None:
    html = client.get(PAGE).text
    assert '<th scope="row">地区</th><td><del>海岬省望潮市</del></td><td><ins>云岫省临溪市</ins></td>' in html
    assert '<th scope="row">发布日期</th><td><del>2023-01-04</del></td>' in html


def test_noise_is_not_told(client: FlaskClient) -> None:
    assert "浏览次数：99次" not in client.get(PAGE).text


def test_a_report_to_which_nothing_happened_says_so(client: FlaskClient) -> None:
    assert "没有发现发布后的改动" in client.get(f"/report/{UNCHANGED}/changes").text


@pytest.mark.parametrize("at", ["/report/0000/changes", "/api/report/0000/changes"])
def test_the_past_of_a_report_nobody_holds_is_absent(client: FlaskClient, at: str) -> None:
    assert client.get(at).status_code == 404


def test_report_pages_say_what_became_of_them(client: FlaskClient) -> None:
    changed, gone = (client.get(f"/report/{REPORTS[which]}").text for which in (CORRECTED, GONE))
    assert f'href="{PAGE}">已改动：发布后改动 2 次' in changed
    assert "已撤下" not in changed
    assert "已撤下：2024-04-05 10:30（北京时间）起无法访问" in gone
    assert "已改动" not in gone
    assert "fate" not in client.get(f"/report/{UNCHANGED}").text


def test_hits_carry_the_marks(client: FlaskClient) -> None:
    html = client.get("/search?year=2020&year=2021").text
    assert html.count('<span class="fate">已撤下</span>') == 1
    assert html.count(f'<a class="fate" href="{PAGE}">已改动</a>') == 1


def test_the_json_twins_say_the_same(client: FlaskClient) -> None:
    assert client.get(f"/api/report/{REPORTS[GONE]}").json["withdrawn"] == "2024-04-05T02:30:00+00:00"  # type: ignore[index]
    assert client.get(f"/api/report/{REPORTS[CORRECTED]}").json["versions"] == 2  # type: ignore[index]
    hits = client.get("/api/search?year=2020&year=2021").json["hits"]  # type: ignore[index]
    assert sorted((hit["withdrawn"] or "", hit["versions"]) for hit in hits)[-2:] == [
        ("", 2),
        ("2024-04-05T02:30:00+00:00", 0),
    ]


def test_the_past_as_json(client: FlaskClient) -> None:
    found = client.get("/api" + PAGE).get_json()
    assert {key: found[key] for key in ("id", "withdrawn", "versions")} == {
        "id": REPORTS[CORRECTED],
        "withdrawn": None,
        "versions": 2,
    }
    assert [(each["what"], each["version"]) for each in found["happenings"]] == [
        ("changed", 2),
        ("restored", None),
        ("withdrawn", None),
        ("changed", 1),
    ]
    first = found["happenings"][-1]
    assert first["at"] == NOTICED[0].isoformat()
    assert [each["name"] for each in first["fields"]] == ["title", "region_code", "published"]
    edits = [each["edit"] for each in first["passages"]]
    assert {"same", "removed", "changed", "added"} >= set(edits) >= {"same", "removed", "changed"}
    changed = next(each for each in first["passages"] if each["edit"] == "changed")
    assert [changed["before"]["text"][a:b] for a, b in changed["before"]["marks"]] == ["季度", "<b>"]
    assert all(each["before"] is each["after"] is None for each in first["passages"] if each["edit"] == "same")


def test_the_feed_is_one_that_readers_take(client: FlaskClient) -> None:
    answer = client.get("/feed/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert [each.title.partition("：")[0] for each in feed.entries] == [
        "已改动", "恢复访问", "已撤下", "已撤下", "已改动",
    ]  # fmt: skip
    assert len({each.id for each in feed.entries}) == 5
    newest, oldest = feed.entries[0], feed.entries[-1]
    assert newest.updated == feed.feed.updated == "2024-06-05T02:30:00Z"
    assert newest.link == f"http://localhost{PAGE}#v2"
    assert newest.summary == "2024-06-05 10:30（北京时间）发现改动：正文。"
    assert oldest.summary == "2024-03-05 10:30（北京时间）发现改动：标题、地区、发布日期、正文。"
    assert [each.href for each in feed.feed.links] == ["http://localhost/", "http://localhost/feed/changes.atom"]


def test_every_entry_leads_to_a_place_on_a_page(client: FlaskClient) -> None:
    for entry in feedparser.parse(client.get("/feed/changes.atom").data).entries:
        path, _, anchor = entry.link.removeprefix("http://localhost").partition("#")
        assert not anchor or f'id="{anchor}"' in client.get(path).text


def test_ids_of_entries_do_not_depend_on_the_address(client: FlaskClient) -> None:
    ids = [
        [each.id for each in feedparser.parse(client.get("/feed/changes.atom", base_url=base).data).entries]
        for base in ("http://a.example", "https://b.example:8443")
    ]
    assert ids[0] == ids[1]


def test_a_corpus_that_cannot_be_read_is_told(client: FlaskClient, library: FakeLibrary) -> None:
    library.failure = CorpusError("gone")
    assert client.get(PAGE).status_code == 503


def test_a_real_corpus_shows_what_became_of_its_reports(tmp_path: Path) -> None:
    text = "某市法治政府建设年度报告\n全年办结来电1234件。\n培训不够。"
    first, gone = (report(text + each, url=f"http://a.gov.example/{each}") for each in ("一", "二"))
    index = index_of((first, gone), tmp_path)
    with Store(tmp_path) as store:
        store.withdraw(gone.id, NOTICED[0], noted=NOTICED[1])
        store.put(report(first.text.replace("1234", "1235"), url=first.url), seen=NOTICED[2])
    assert index.problems(), "a withdrawal and a change are new to the index"
    index.build()
    client = create_app(IndexedLibrary(index, load_regions(), config(tmp_path, "memory"))).test_client()
    hits = client.get("/api/search?q=培训不够").get_json()["hits"]
    assert {hit["id"]: (hit["withdrawn"], hit["versions"]) for hit in hits} == {
        first.id: (None, 1),
        gone.id: (NOTICED[0].isoformat(), 0),
    }
    (event,) = client.get(f"/api/report/{first.id}/changes").get_json()["happenings"]
    assert [each["edit"] for each in event["passages"]] == ["same", "changed", "same"]
    assert "全年办结来电<ins>" in client.get(f"/report/{first.id}/changes").text
    entries = feedparser.parse(client.get("/feed/changes.atom").data).entries
    assert [each.updated for each in entries] == ["2024-05-05T02:30:00Z", "2024-04-05T02:30:00Z"]
