from __future__ import annotations

import pytest

from reports.urls import canonical_url, is_web_url, ungated


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("HTTP://WWW.Example.org:80/a/", "http://www.example.org/a/"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://user:secret@example.org./a", "http://example.org/a"),
        ("http://example.org/a;jsessionid=0A1B?b=2&a=1#top", "http://example.org/a?a=1&b=2"),
        ("http://example.org/a?utm_source=x&id=3", "http://example.org/a?id=3"),
        ("http://example.org/%D5%FE", "http://example.org/%D5%FE"),
    ],
)
def test_spellings_of_one_address_are_one(typed: str, canonical: str) -> None:
    assert canonical_url(typed) == canonical
    assert canonical_url(canonical) == canonical


def test_a_gateway_shows_the_address_behind_it() -> None:
    assert (
        ungated("http://www.gov.example/gate/big5/www.qu.gov.example/a/t1.html")
        == "http://www.qu.gov.example/a/t1.html"
    )
    assert ungated("http://www.gov.example/a/t1.html") is None


@pytest.mark.parametrize(
    "bad", ["", "ftp://example.org/", "javascript:alert(1)", "http://", "http://[", "//example.org/"]
)
def test_what_is_no_web_address_is_told(bad: str) -> None:
    assert not is_web_url(bad)


def test_only_what_wechat_adds_as_from_is_dropped() -> None:
    assert canonical_url("http://a.example/show?from=timeline&id=1") == "http://a.example/show?id=1"
    assert canonical_url("http://a.example/show?from=1") != canonical_url("http://a.example/show?from=2")
