"""The lists of the fictional web lead to all there is, and to some that is not."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from demo.beside import written_beside
from demo.sites import path_of, sites
from tests.demo.composed import beside, composed, everything, lists_of, page_text

DEAD = "/zfxxgk/fdzdgknr/fzzf/202003/t20200318_10086.shtml"


def test_every_site_has_a_list_a_home_page_and_robots() -> None:
    for site in sites().values():
        assert {f"{site.host}/{name}" for name in ("fzzf/index.html", "index.html", "robots.txt")} <= set(composed())


PAGERS = [
    ("www.lingjiang.gov.example", 'createPageHTML(2, 0, "index", "html")'),
    ("www.dizhou.gov.example", "var countPage = 4;"),
    ("www.chenglin.gov.example", '<a href="/fzzf/index_1.html">下一页</a>'),
    ("www.tangpu.gov.example", '<a href="index_1.html">下页</a>'),
    ("www.yanxi.gov.example", '<a href="http://www.yanxi.gov.example/fzzf/index_1.html">下一页 &gt;</a>'),
    ("www.jichuan.gov.example", '<b>1</b> <a href="index_1.html">2</a>'),
]


@pytest.mark.parametrize(("host", "pager"), PAGERS)
def test_columns_lead_on_in_the_spellings_of_real_ones(host: str, pager: str) -> None:
    assert pager in page_text(f"sites/{host}/fzzf/index.html")


def test_every_report_is_linked_from_its_sites_list() -> None:
    for entry in (*everything(), *written_beside()):
        site = sites()[entry.site]
        assert f'"{path_of(site, entry)}"' in lists_of(site.host), entry.title


def test_the_sitemap_and_the_feed_name_all_that_their_lists_do() -> None:
    for host, name in (("www.heting.gov.example", "sitemap.xml"), ("www.tangpu.gov.example", "fzzf/rss.xml")):
        root = ET.fromstring(composed()[f"{host}/{name}"])
        told = {
            (each.text or "").removeprefix(f"http://{host}") for each in root.iter() if each.tag[-3:] in ("loc", "ink")
        }
        linked = set(re.findall(r'<li><a href="([^"]+)"', lists_of(host)))
        assert len(linked) > 5
        assert linked <= told


def test_the_gateway_lists_its_copies_and_no_others() -> None:
    [name] = [name for name in composed() if "/gate/big5/" in name and "index" in name]
    linked = re.findall(r'<li><a href="([^"]+)">([^<]+)<', composed()[name].decode())
    held = [json.loads(line) for line in composed()["manifest.jsonl"].decode().splitlines()]
    assert sorted(linked) == sorted(
        ("/" + row["file"].partition("/")[2], row["title"]) for row in held if "/gate/big5/" in row["file"]
    )


def test_two_links_lead_nowhere_one_of_them_where_robots_forbids() -> None:
    for path, host in (("/search/show.html?id=2019", "www.yanxi.gov.example"), (DEAD, "www.chenglin.gov.example")):
        assert f'"{path}"' in lists_of(host)
        assert f"{host}{path}" not in composed().keys() | beside().keys()
    assert b"Disallow: /search/" in composed()["www.yanxi.gov.example/robots.txt"]


def test_one_site_asks_for_a_longer_pause_than_the_demonstration_makes() -> None:
    asked = [line for name, text in composed().items() if name.endswith("robots.txt") for line in text.split(b"\n")]
    assert [line for line in asked if line.startswith(b"Crawl-delay")] == [b"Crawl-delay: 0.5"]
