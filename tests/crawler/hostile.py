"""A server that does everything to a crawler that a server can, on loopback; each path is one of its ways.

with hostile_server() as server:
    server.url("/bomb")
"""

from __future__ import annotations

import asyncio
import gzip
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

BOMB_BYTES = 500_000_000
LARGE_BYTES = 20_000_000
PRIVATE = "http://169.254.169.254/latest/meta-data/"
_MB = bytes(1_000_000)

Way = Callable[["Exchange"], Awaitable[None]]


@dataclass(slots=True)
class Exchange:
    """One connection: what was asked on it, and the pen to answer with."""

    path: str
    asked: bytes
    writer: asyncio.StreamWriter

    async def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def page(self, body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
        await self.say("\r\n".join(lines).encode("utf-8") + b"\r\n\r\n", body)


@dataclass(slots=True)
class Server:
    """Where it listens and what it has been asked: `asked` holds each request's head as it came."""

    port: int = 0
    asked: list[bytes] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def bomb() -> bytes:
    """500 MB of zeros in half a megabyte of gzip, in many members."""
    return gzip.compress(_MB) * (BOMB_BYTES // len(_MB))


def bare_bomb() -> bytes:
    """The same as one stream of bare deflate: a flushed block can be repeated, and two bytes end it."""
    engine = zlib.compressobj(9, wbits=-15)
    block = engine.compress(_MB) + engine.flush(zlib.Z_FULL_FLUSH)
    return block * (BOMB_BYTES // len(_MB)) + b"\x03\x00"


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY l0 "ha">{entities}]><urlset><url>&l9;</url></urlset>'.encode()


def page(body: Callable[[], bytes], *headers: str, status: str = "200 OK", length: int | None = None) -> Way:
    async def way(exchange: Exchange) -> None:
        await exchange.page(body(), *headers, status=status, length=length)

    return way


def saying(*pieces: bytes) -> Way:
    async def way(exchange: Exchange) -> None:
        await exchange.say(*pieces)

    return way


def forever(head: bytes, piece: bytes, every_s: float = 0.0) -> Way:
    async def way(exchange: Exchange) -> None:
        await exchange.say(head)
        while True:
            await exchange.say(piece)
            await asyncio.sleep(every_s)

    return way


def leading(to: str) -> Way:
    async def way(exchange: Exchange) -> None:
        await exchange.page(b"", f"Location: {to}", status="302 Found")

    return way


async def reset(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>")
    await asyncio.sleep(0.05)
    exchange.writer.transport.abort()


async def large(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n\r\n", *(_MB for _ in range(LARGE_BYTES // len(_MB))))


async def calendar(exchange: Exchange) -> None:
    """A page for every day there is and will be, each leading to the next."""
    day = int(exchange.path.rpartition("=")[2]) if "=" in exchange.path else 0
    await exchange.page(f'<a href="/calendar?day={day + 1}">下一天</a>'.encode(), "Content-Type: text/html")


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_HTML = "Content-Type: text/html"
WAYS: dict[str, Way] = {
    "/": page(lambda: b"<p>whole</p>", _HTML),
    "/bomb": page(bomb, "Content-Encoding: gzip"),
    "/bomb-bare": page(bare_bomb, "Content-Encoding: deflate"),
    "/bomb-error": page(bomb, "Content-Encoding: gzip", status="503 Service Unavailable"),
    "/bomb-twice": page(lambda: gzip.compress(bomb()), "Content-Encoding: gzip, gzip"),
    "/endless": forever(_CHUNKED, b"10000\r\n" + bytes(0x10000) + b"\r\n"),
    "/crumbs": forever(_CHUNKED, b"2\r\nxx\r\n" * 10_000),
    "/drip": forever(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x", 0.2),
    "/slow-headers": forever(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.2),
    "/continues": forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "/silent": forever(b"", b"", 0.2),
    "/short": page(lambda: b"<p>half", length=1000),
    "/long": page(lambda: b"<p>whole</p> and more", length=12),
    "/large": large,
    "/large-announced": page(lambda: b"", length=LARGE_BYTES),
    "/headers": saying(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200_000 + b"\r\nContent-Length: 0\r\n\r\n"),
    "/many-headers": saying(b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 20_000 + b"Content-Length: 0\r\n\r\n"),
    "/private": leading(PRIVATE),
    "/loop": leading("/loop"),
    "/reset": reset,
    "/closes": saying(),
    "/garbage": saying(bytes(range(128, 256)) * 10 + b"\r\n\r\n"),
    "/http09": saying(b"<html><p>no status, no headers</p></html>\r\n"),
    "/switches": saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    "/laughs": page(laughs, "Content-Type: text/xml"),
    "/nested": page(lambda: b"<div>" * 100_000, _HTML),
    "/attributes": page(lambda: b"<p " + b" ".join(b'a%d="x"' % n for n in range(200_000)) + b">", _HTML),
    "/calendar": calendar,
}


@contextmanager
def hostile_server(ways: dict[str, Way] | None = None) -> Iterator[Server]:
    """The server in a thread of its own; `ways` are added to, or stand in for, its own."""
    server, loop, ready = Server(), asyncio.new_event_loop(), threading.Event()
    all_ways = {**WAYS, **(ways or {})}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError, asyncio.CancelledError):
            asked = await reader.readexactly(1)
            if asked != b"G":  # a handshake, not a GET
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            else:
                asked += await reader.readuntil(b"\r\n\r\n")
                server.asked.append(asked)
                path = asked.split(b" ", 2)[1].decode()
                await all_ways[path.partition("?")[0]](Exchange(path, asked, writer))
        writer.close()

    async def listen() -> asyncio.Server:
        listener = await asyncio.start_server(answer, "127.0.0.1", 0)
        server.port = listener.sockets[0].getsockname()[1]
        ready.set()
        return listener

    def run() -> None:
        listener = loop.run_until_complete(listen())
        loop.run_forever()
        listener.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
