from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import feedparser
import pytest
from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as st

from webapp.atom import Entry, Feed, atom, urn

NOON = datetime(2024, 3, 5, 12, tzinfo=timezone(timedelta(hours=8)))
ENTRY = Entry(
    urn("entry", "1"), "报告“一”&<二", "http://here.example/report/1?q=a&b=c", NOON, "摘要 <b>", NOON - timedelta(1)
)
FEED = Feed(urn("feed"), "新报告", "http://here.example/", "http://here.example/feed/new.atom", (ENTRY,))


def answer(feed: Feed, headers: dict[str, str] | None = None) -> Response:
    with Flask(__name__).test_request_context(headers=headers):
        return atom(feed)


def test_a_feed_comes_back_as_it_was_given() -> None:
    read = feedparser.parse(answer(FEED).data)
    assert (read.bozo, read.version, read.encoding) == (False, "atom10", "utf-8")
    assert (read.feed.id, read.feed.title, read.feed.link) == (FEED.id, FEED.title, FEED.url)
    assert (read.feed.updated, read.feed.author) == ("2024-03-05T04:00:00Z", "政报")
    (entry,) = read.entries
    assert (entry.id, entry.title, entry.link) == (ENTRY.id, ENTRY.title, ENTRY.url)
    assert (entry.updated, entry.published) == ("2024-03-05T04:00:00Z", "2024-03-04T04:00:00Z")
    assert entry.summary == ENTRY.summary


def test_an_empty_feed_is_one_too() -> None:
    read = feedparser.parse(answer(replace(FEED, entries=())).data)
    assert (read.bozo, read.entries, read.feed.updated) == (False, [], "1970-01-01T00:00:00Z")


def test_who_has_it_already_gets_nothing_more() -> None:
    first = answer(FEED)
    assert first.status_code == 200
    for headers in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = answer(FEED, headers)
        assert again.status_code == 304
    other = replace(FEED, entries=(replace(ENTRY, title="另一份", updated=NOON + timedelta(hours=1)),))
    assert answer(other, {"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert answer(other, {"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 200


@given(st.text(alphabet=st.characters()))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_text_makes_a_feed_that_is_not_xml(text: str) -> None:
    feed = replace(FEED, title=text, entries=(replace(ENTRY, title=text, summary=text + "\ud800\x00"),))
    assert not feedparser.parse(answer(feed).data).bozo


def test_ids_are_stable_and_apart() -> None:
    assert urn("changes") == "urn:uuid:efa70b13-6109-5944-b86c-6e24647aa322"
    assert len({urn("a", "b"), urn("b", "a"), urn("a"), urn("a", "b", "c")}) == 4
    assert NOON.astimezone(UTC).hour == 4
