"""A fictional site answers as the real kind does."""

from __future__ import annotations

import pytest

from demo.beside import BESIDE
from demo.compose import SITES
from demo.serve import create_site


def test_the_gbk_site_is_sent_as_gb2312() -> None:
    answer = create_site("www.dizhou.gov.example", SITES).test_client().get("/fzzf/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=gb2312"
    assert "荻州" in answer.data.decode("gb18030")


def test_robots_is_plain_text() -> None:
    answer = create_site("www.yanxi.gov.example", SITES).test_client().get("/robots.txt")
    assert answer.content_type.startswith("text/plain")
    assert b"Disallow: /search/" in answer.data


def test_the_home_page_is_found_at_the_root() -> None:
    answer = create_site("www.heting.gov.example", SITES).test_client().get("/")
    assert "虚构演示" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/nothing.html", "/../www.yanxi.gov.example/index.html", "/fzzf"])
def test_what_is_not_there_is_a_404(path: str) -> None:
    answer = create_site("www.heting.gov.example", SITES).test_client().get(path)
    assert answer.status_code == 404
    assert "虚构演示" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("host", "path", "kind"),
    [
        ("www.heting.gov.example", "/sitemap.xml", "application/xml"),
        ("www.tangpu.gov.example", "/fzzf/rss.xml", "application/xml"),
        ("www.chenglin.gov.example", "/zfxxgk/fdzdgknr/fzzf/202503/W20250326_83559.docx", "application/vnd.openxml"),
        ("www.chenglin.gov.example", "/zfxxgk/fdzdgknr/fzzf/202503/t20250326_83559.shtml", "text/html; charset=utf-8"),
    ],
)
def test_what_is_no_report_of_one_page_is_sent_as_what_it_is(host: str, path: str, kind: str) -> None:
    answer = create_site(host, SITES, BESIDE).test_client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
def test_what_has_not_changed_since_is_not_sent_again_even_after_a_new_start(name: str) -> None:
    asks = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[name]
    first = create_site("www.heting.gov.example", SITES).test_client().get("/fzzf/")
    again = (
        create_site("www.heting.gov.example", SITES).test_client().get("/fzzf/", headers={asks: first.headers[name]})
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_an_unknown_host_is_refused_by_name() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.example"):
        create_site("nowhere.example", SITES)
