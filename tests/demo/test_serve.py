"""A fictional site answers as the real kind does."""

from __future__ import annotations

import pytest

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
    assert b"Crawl-delay" in answer.data


def test_the_home_page_is_found_at_the_root() -> None:
    answer = create_site("www.heting.gov.example", SITES).test_client().get("/")
    assert "虚构演示" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/nothing.html", "/../www.yanxi.gov.example/index.html", "/fzzf"])
def test_what_is_not_there_is_a_404(path: str) -> None:
    answer = create_site("www.heting.gov.example", SITES).test_client().get(path)
    assert answer.status_code == 404
    assert "虚构演示" in answer.get_data(as_text=True)


def test_an_unknown_host_is_refused_by_name() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.example"):
        create_site("nowhere.example", SITES)
