"""The fictional web stands on loopback, a port a site, and goes away again."""

from __future__ import annotations

import gc
import http.client
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from demo.sites import sites
from demo.web import FictionalWeb
from reports.config import load_config
from reports.crawl_config import check_crawl

CONFIG = Path(__file__).parents[2] / "corpus" / "demo" / "config.toml"


@pytest.fixture(scope="module")
def web() -> Iterator[FictionalWeb]:
    with FictionalWeb() as web:
        yield web


def port_of(web: FictionalWeb, host: str) -> int:
    return int(next(pair for pair in web.connect_to if pair.startswith(f"{host}=")).rpartition(":")[2])


def get(web: FictionalWeb, host: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(web, host), timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("gb18030" if "dizhou" in host else "utf-8")
    finally:
        connection.close()


def test_every_site_has_a_port_of_its_own(web: FictionalWeb) -> None:
    assert {pair.partition("=")[0] for pair in web.connect_to} == {site.host for site in sites().values()}
    assert len({pair.rpartition(":")[2] for pair in web.connect_to}) == len(sites())


@pytest.mark.parametrize("site", sites().values(), ids=lambda site: site.key)
def test_a_site_answers_with_its_own_list(web: FictionalWeb, site) -> None:  # type: ignore[no-untyped-def]
    status, text = get(web, site.host, "/fzzf/")
    assert status == 200
    assert site.name in text


def test_what_lies_beside_is_served_too(web: FictionalWeb) -> None:
    status, text = get(web, "www.heting.gov.example", "/xxgk/2025-03/25/content_87014_2.htm")
    assert status == 200
    assert "上一页" in text


def test_the_ports_are_what_a_crawl_is_configured_with(web: FictionalWeb) -> None:
    check_crawl(replace(load_config(CONFIG, required=True).crawl, connect_to=web.connect_to))


def test_nothing_listens_when_it_is_closed() -> None:
    with FictionalWeb() as web:
        port = port_of(web, "www.heting.gov.example")
    gc.collect()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_every_address_of_the_config_answers(web: FictionalWeb) -> None:
    for source in load_config(CONFIG, required=True).source:
        for url in source.urls:
            host, _, path = url.removeprefix("http://").partition("/")
            assert get(web, host, f"/{path}")[0] == 200, url
