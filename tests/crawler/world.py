"""A web made up for one test: many small hosts on loopback, each request to them written down.

    with World(sites=50, pages_per_site=200) as world:
        config = world.config_toml(tmp_path / "config.toml", delay_s=0.1)
        ...  # crawl with it, in another process
        assert world.violations(0.1) == []

It answers from a thread of its own, so it outlives a crawler that is killed. What it does to whoever
asks is in `knobs`, which may be turned at any time.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from zlib import crc32

from tests.crawler import world_pages
from tests.crawler.world_knobs import Knobs, turned
from tests.crawler.world_log import Seen, Violation, too_soon

_LOOPBACK = "127.0.0.1"
_ROBOTS = "User-agent: *\nDisallow: /admin/\n"


class World(AbstractContextManager["World"]):
    """`sites` hosts of `pages_per_site` reports each, from construction until it is closed."""

    def __init__(self, sites: int = 3, pages_per_site: int = 10, *, knobs: Knobs | None = None, seed: int = 0) -> None:
        self.knobs = knobs or Knobs()
        self.seen: list[Seen] = []
        self.pages_per_site = pages_per_site
        self.rng = random.Random(seed)
        self.visits = 0
        self._sockets = {f"www.w{at:02}.gov.example": _listening() for at in range(sites)}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names of the hosts."""
        return tuple(self._sockets)

    @property
    def connect_to(self) -> tuple[str, ...]:
        """Where the hosts are, as `[crawl] connect_to` wants it."""
        return tuple(f"{host}={_LOOPBACK}:{each.getsockname()[1]}" for host, each in self._sockets.items())

    def report_urls(self) -> set[str]:
        """The address of every report there is."""
        paths = [world_pages.path_of(number) for number in range(self.pages_per_site)]
        return {f"http://{host}{path}" for host in self.hosts for path in paths}

    def violations(self, delay_s: float, *, since: str = "end", slack_s: float = 0.0) -> list[Violation]:
        """Requests to a host begun sooner than `delay_s` after the previous one's end, or its begin
        (`since="begin"`), or while any earlier one was still being answered, whatever the delay.

        The end seen here is never later than the end the asker saw, so a delay kept from the asker's end is kept
        here. A begin may be seen later than it was: measure from begins with some slack.
        """
        return [found for host in self.hosts for found in too_soon(self._of(host), delay_s - slack_s, since)]

    def forbidden(self) -> list[Seen]:
        """Requests for what a Disallow line of the host's robots.txt, as it stands now, is a prefix of."""
        return [each for each in list(self.seen) if each.path.startswith(self._disallowed(each.host))]

    def save_log(self, path: Path) -> None:
        """Every request so far, a JSON object a line."""
        path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in list(self.seen)), "utf-8")

    def config_toml(self, path: Path, delay_s: float = 0.0, *, crawl: str = "", source: str = "") -> Path:
        """Writes a config.toml for this world: a corpus beside it, a source a host.

        `crawl` and `source` are lines added to the table [crawl] and to every [[source]].
        """
        lines = [
            '[corpus]\npath = "corpus"\n',
            '[crawl]\nproject = "http://zhengbao.example/"\ncontact = "test@zhengbao.example"',
            f"delay_s = {float(delay_s)}\nconnect_to = {json.dumps(self.connect_to)}\n{crawl}\n",
        ]
        for host in self.hosts:
            urls = json.dumps([f"http://{host}{world_pages.LIST_PATH}"])
            room = max(500, 2 * self.pages_per_site)
            lines.append(
                f'[[source]]\nname = "{host}"\nurls = {urls}\nrecheck_days = 0\nmax_pages = {room}\n{source}\n'
            )
        path.write_text("\n".join(lines), "utf-8")
        return path

    def close(self) -> None:
        """Stop answering and give the ports back."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, host: str, path: str, etag: str) -> tuple[int, bytes, str]:
        """Status, body and ETag ("": none) for a request."""
        knobs = self.knobs
        if path == "/robots.txt":
            text = knobs.robots.get(host, _ROBOTS)
            return (text, b"", "") if isinstance(text, int) else (200, text.encode(), "")
        status = turned(knobs.status, host, path)
        if status is not None:
            return status, world_pages.apology(status), ""
        if turned(knobs.moved, host, path):
            return 302, b"", ""
        if (instead := turned(knobs.pages, host, path)) is not None:
            return 200, instead, ""
        self.visits += 1
        edition = turned(knobs.editions, host, path) or 0
        body = world_pages.page(host, path, self.pages_per_site, edition, self.visits if knobs.visits else 0)
        if body is None:
            return 404, world_pages.apology(404), ""
        own = f'"{crc32(path.encode()):08x}-{edition}"' if knobs.validators else ""
        return (304, b"", own) if own and etag == own else (200, body, own)

    def _of(self, host: str) -> list[Seen]:
        return sorted((each for each in list(self.seen) if each.host == host), key=lambda each: each.began_s)

    def _disallowed(self, host: str) -> tuple[str, ...]:
        text = self.knobs.robots.get(host, _ROBOTS)
        lines = [] if isinstance(text, int) else text.splitlines()
        values = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("disallow:")]
        return tuple(value for value in values if value)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._ready.set()
        self._loop.run_forever()
        self._loop.close()
        for each in self._sockets.values():
            each.close()

    async def _listen(self) -> None:
        for host, sock in self._sockets.items():
            await self._loop.create_server(lambda host=host: _Line(self, host), sock=sock)  # type: ignore[misc]


class _Line(asyncio.Protocol):
    """One connection: HTTP/1.1, GET only, kept open."""

    def __init__(self, world: World, host: str) -> None:
        self._world, self._host = world, host
        self._came = b""
        self._asked: tuple[str, float, float, str, str] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, end, rest = self._came.partition(b"\r\n\r\n")
        if not end or self._asked is not None:
            return
        self._came = rest
        first, *lines = head.decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        etag, agent = headers.get("if-none-match", ""), headers.get("user-agent", "")
        self._asked = (path, time.monotonic(), time.time(), etag, agent)
        wait_s = self._world.knobs.latency_s + (turned(self._world.knobs.slow_s, self._host, path) or 0)
        if wait_s:
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._answer)
        else:
            self._answer()

    def connection_lost(self, error: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._asked is not None:
            self._note(0, 0)

    def _answer(self) -> None:
        assert self._asked is not None
        path, _, _, etag, _ = self._asked
        status, body, own = self._world.answer(self._host, path, etag)
        fault = self._fault(path)
        if fault == "drop":
            self._note(0, 0)
            self._transport.close()
            return
        if fault and fault != "torn":
            status, body, own = int(fault), world_pages.apology(int(fault)), ""
        head = _head(status, path, len(body), own, turned(self._world.knobs.moved, self._host, path) or "")
        sent = head + (body[: len(body) // 2] if fault == "torn" else body)
        self._note(status, len(sent))  # noted first: who reads the answer finds it in the log
        self._transport.write(sent)
        if fault == "torn":
            self._transport.close()
        elif self._came:
            self.data_received(b"")

    def _fault(self, path: str) -> str:
        world = self._world
        if path == "/robots.txt" or world.rng.random() >= world.knobs.error_rate:
            return ""
        return world.rng.choice(world.knobs.faults)

    def _note(self, status: int, sent_bytes: int) -> None:
        assert self._asked is not None
        path, began_s, at, etag, agent = self._asked
        self._asked = None
        self._world.seen.append(Seen(self._host, path, began_s, time.monotonic(), at, status, sent_bytes, etag, agent))


def _head(status: int, path: str, size: int, etag: str, to: str) -> bytes:
    kind = "text/plain" if path == "/robots.txt" else "text/html"
    told = (f"ETag: {etag}\r\n" if etag else "") + (f"Location: {to}\r\n" if status == 302 else "")
    return (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {kind}; charset=utf-8\r\n"
        f"Content-Length: {size}\r\n{told}\r\n"
    ).encode()


def _listening() -> socket.socket:
    sock = socket.create_server((_LOOPBACK, 0), backlog=256)
    sock.setblocking(False)
    return sock
