"""Sites of which each has one hostile page between two honest reports: the hostile server as a crawl meets it.

A way is met three times over on its site: as a list, as a report that the list links to, and, on a host of its
own, in place of robots.txt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crawler.hostile import WAYS, Exchange, Server, Way, hostile_server
from tests.crawler.world_pages import lines_of, title_of

_HTML = "Content-Type: text/html; charset=utf-8"
_MOST_PAGES = 30
# What is no more than an answer, or leads elsewhere: nothing to be survived as robots.txt.
_HONEST = "/"
_AS_ROBOTS = tuple(way for way in WAYS if way not in (_HONEST, "/calendar"))


async def _list(exchange: Exchange) -> None:
    """The list of a way's site: an honest report, the hostile page, another honest report."""
    way = exchange.path.partition("?")[2]
    host = _host_of(exchange)
    links = ((f"/honest?{0}", title_of(host, 0)), (f"/{way}?a", title_of(host, 7)), (f"/honest?{1}", title_of(host, 1)))
    rows = "".join(f'<li><a href="{path}">{title}</a><span>2021-03-15</span></li>' for path, title in links)
    await exchange.page(f"<html><title>法治政府建设</title><ul>{rows}</ul></html>".encode(), _HTML)


async def _honest(exchange: Exchange) -> None:
    host, number = _host_of(exchange), int(exchange.path.partition("?")[2])
    body = "".join(f"<p>{line}</p>" for line in lines_of(host, number))
    title = title_of(host, number)
    text = f'<html><title>{title}</title><h1>{title}</h1><div class="TRS_Editor">{body}</div></html>'
    await exchange.page(text.encode(), _HTML)


async def _endless_list(exchange: Exchange) -> None:
    """A list without an end: every page has further reports, none of which is one, and a next page."""
    at = int(exchange.path.rpartition("=")[2]) if "=" in exchange.path else 0
    host = _host_of(exchange)
    rows = "".join(f'<a href="/nothing?{at}-{n}">{title_of(host, at * 5 + n)}</a><br>' for n in range(5))
    await exchange.page(f'<html>{rows}<a href="/endless-list?page={at + 1}">下一页</a></html>'.encode(), _HTML)


async def _nothing(exchange: Exchange) -> None:
    await exchange.page(b"<html><p>-</p></html>", _HTML)


async def _robots(exchange: Exchange) -> None:
    """The way a host's name ends in, where it begins with robots-; else everything is allowed."""
    host = _host_of(exchange)
    if host.startswith("robots-"):
        way = "/" + host.removeprefix("robots-").removesuffix(".gov.example")
        await WAYS[way](exchange)
    else:
        await exchange.page(b"", "Content-Type: text/plain", status="404 Not Found")


def _host_of(exchange: Exchange) -> str:
    lines = exchange.asked.decode("latin-1").lower().split("\r\n")
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("host:"))


_MORE: dict[str, Way] = {
    "/list": _list,
    "/honest": _honest,
    "/endless-list": _endless_list,
    "/nothing": _nothing,
    "/robots.txt": _robots,
}
ALL_WAYS = (*(way.strip("/") for way in WAYS if way != _HONEST), "endless-list")


@contextmanager
def hostile_web() -> Iterator[Server]:
    """The server with all its sites."""
    with hostile_server(_MORE) as server:
        yield server


def site(way: str) -> str:
    """The host that has this way."""
    return f"www.{way}.gov.example"


def honest_urls(ways: Iterable[str]) -> set[str]:
    """The reports that are to be had."""
    return {f"http://{site(way)}/honest?{number}" for way in ways for number in range(2)}


def config_toml(path: Path, server: Server, ways: Iterable[str], tables: str = "", crawl: str = "") -> Path:
    """A configuration that crawls these ways' sites."""
    hosts = [site(way) for way in ways] + [f"robots-{way}.gov.example" for way in ways if f"/{way}" in _AS_ROBOTS]
    sources = [
        f'[[source]]\nname = "{host}"\nurls = {json.dumps(_urls(host))}\nmax_pages = {_MOST_PAGES}\n' for host in hosts
    ]
    connect = json.dumps([f"{host}=127.0.0.1:{server.port}" for host in hosts])
    head = f'[corpus]\npath = "corpus"\n{tables}\n[crawl]\ndelay_s = 0\nconnect_to = {connect}\n{crawl}\n'
    head += 'project = "http://zhengbao.example/"\ncontact = "test@zhengbao.example"\n'
    path.write_text(head + "\n".join(sources), "utf-8")
    return path


def _urls(host: str) -> list[str]:
    if host.startswith("robots-"):
        return [f"http://{host}/list?laughs"]
    way = host.split(".")[1]
    return [f"http://{host}/list?{way}", f"http://{host}/{way}"]
