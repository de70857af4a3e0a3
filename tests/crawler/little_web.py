"""A web of a few pages on loopback, as a test writes them down; every request to it is noted.

with LittleWeb({"www.a.example/list": rows(("/1", "某县2020年法治政府建设年度报告"))}) as web:
    run(web.config(tmp_path, "http://www.a.example/list"))
    assert web.asked("www.a.example") == ["/robots.txt", "/list"]
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from reports.config import Config, load_config
from tests.crawler.world_pages import lines_of

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: a body of HTML unless `headers` say otherwise."""

    body: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. Times are of the monotonic clock."""

    host: str
    path: str
    began_s: float
    ended_s: float
    headers: Mapping[str, str]


Answers = Page | str | int | Callable[[str, str], Page]


class LittleWeb(AbstractContextManager["LittleWeb"]):
    """`pages`: "host/path", or "host" for all of its other paths, -> a page, its HTML, a status, or a function of
    host and path. What is not there is a 404. Pages may be put in and taken out while it stands."""

    def __init__(self, pages: Mapping[str, Answers]) -> None:
        self.pages = dict(pages)
        self.seen: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def config(self, folder: Path, *urls: str, crawl: str = "", source: str = "") -> Config:
        """A corpus in `folder` with one source, crawled without a delay."""
        hosts = {key.partition("/")[0] for key in self.pages} | {url.split("/")[2] for url in urls}
        connect = json.dumps([f"{host}=127.0.0.1:{self.port}" for host in sorted(hosts)])
        keys = {"delay_s": "0.0", "patience_s": "5.0", "timeout_s": "5.0"}
        keys |= dict(line.split(" = ", 1) for line in crawl.splitlines())
        (folder / "config.toml").write_text(
            f'[corpus]\npath = "corpus"\n[reading]\nworkers = 1\n[crawl]\nconnect_to = {connect}\n'
            + "".join(f"{key} = {value}\n" for key, value in keys.items())
            + f'[[source]]\nname = "s"\nurls = {json.dumps(urls)}\n{source}\n',
            "utf-8",
        )
        return load_config(folder / "config.toml", required=True)

    def asked(self, host: str) -> list[str]:
        """The paths asked of a host, in order."""
        return [each.path for each in self.seen if each.host == host]

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, host: str, path: str) -> Page:
        found = self.pages.get(f"{host}{path}", self.pages.get(f"{host}{path.partition('?')[0]}"))
        if found is None:
            found = 404 if path == "/robots.txt" else self.pages.get(host, 404)
        if isinstance(found, str):
            return Page(found)
        return Page("", found) if isinstance(found, int) else found if isinstance(found, Page) else found(host, path)

    def _handler(web) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                began, host = time.monotonic(), self.headers["Host"]
                page = web._answer(host, self.path)
                body = page.body.encode()
                headers = {"Content-Type": _HTML, "Content-Length": str(len(body)), **dict(page.headers)}
                web.seen.append(Asked(host, self.path, began, time.monotonic(), dict(self.headers.items())))
                self.send_response(page.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def rows(*links: tuple[str, str], more: str = "") -> str:
    """A list page of these addresses and titles; `more`: HTML beneath it."""
    items = "".join(f'<li><a href="{url}">{title}</a><span>2021-03-15</span></li>' for url, title in links)
    return f"<html><title>法治政府建设</title><ul>{items}</ul>{more}</html>"


def report(title: str, number: int = 0, more: str = "") -> str:
    """A page with a report of a few hundred characters, no two numbers alike."""
    body = "".join(f"<p>{line}</p>" for line in lines_of("www.w00.gov.example", number))
    return f'<html><title>{title}</title><h1>{title}</h1><div class="TRS_Editor">{body}</div>{more}</html>'


def moved(to: str, status: int = 302) -> Page:
    """A redirect."""
    return Page("", status, (("Location", to),))
