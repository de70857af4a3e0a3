"""One request, one answer: what goes over the wire, what comes back, and what is made of it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import Iterator

import pytest

from crawler.answers import Answer, Failed, Fault, Fetched, Moved, Target, Unchanged, Validators
from crawler.fetch import AGENT, Fetcher, user_agent
from reports.crawl_config import CrawlConfig
from tests.crawler.hostile import Server, Way, hostile_server, page, saying

CRAWL = CrawlConfig(timeout_s=5.0, allow=("127.0.0.1",))
TEXT = "各部门按照要求开展工作。".encode() * 100
BARE = zlib.compress(TEXT, wbits=-15)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with hostile_server(WAYS) as running:
        yield running


def moved(location: bytes, status: int = 302) -> Way:
    return saying(f"HTTP/1.1 {status} Moved\r\nContent-Length: 0\r\nLocation: ".encode() + location + b"\r\n\r\n")


def packed(coding: str, body: bytes) -> Way:
    return page(lambda: body, f"Content-Encoding: {coding}")


PACKED = {
    "/gzip": ("gzip", gzip.compress(TEXT)),
    "/x-gzip": ("X-GZip", gzip.compress(TEXT)),
    "/zlib": ("deflate", zlib.compress(TEXT)),
    "/bare": ("deflate", BARE),
    "/members": ("gzip", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
    "/padded": ("gzip", gzip.compress(TEXT) + bytes(100)),
    "/twice": ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
    "/identity": ("identity", TEXT),
}
BROKEN = {
    "/brotli": ("br", b"\x0b\x02\x80hello\x03", "not asked for: br"),
    "/thrice": ("gzip, gzip, gzip", TEXT, "packed 3 times over"),
    "/not-gzip": ("gzip", TEXT, "says it is packed with gzip"),
    "/damaged": ("gzip", gzip.compress(TEXT)[:-8] + bytes(8), "says it is packed with gzip"),
    "/cut": ("gzip", gzip.compress(TEXT)[:-20], "cut short"),
    "/cut-bare": ("deflate", BARE[:-5], "cut short"),
    "/parts": ("gzip", gzip.compress(b"") * 1001, "more than 1,000 parts"),
}
LEADS = {
    "absolute": (b"https://www.gov.cn/a?b=1", "https://www.gov.cn/a?b=1"),
    "relative": (b"../b#top", "/b"),
    "bare": (b"?page=2", "/lead/bare?page=2"),
    "other-host": (b"//www.gov.cn/a", "http://www.gov.cn/a"),
    "utf8": ("/政报".encode(), "/%E6%94%BF%E6%8A%A5"),
    "gbk": ("/政报".encode("gbk"), "/%D5%FE%B1%A8"),
    "escaped": (b"/%D5%FE b", "/%D5%FE%20b"),
}
MISLEADS = {
    "script": b"javascript:alert(1)",
    "file": b"file:///etc/passwd",
    "user": b"http://user:pass@www.gov.cn/",
    "long": b"/" + b"a" * 3000,
    "brackets": b"http://[::1/",
    "port": b"http://www.gov.cn:99999/",
}


WAYS: dict[str, Way] = {
    "/plain": saying(b'HTTP/1.1 200 Fine\r\nETag: W/"\xe9"\r\nX-Two: a\r\nx-two: b\r\nContent-Length: 2\r\n\r\nhi'),
    "/missing": page(lambda: b"<p>no</p>", status="404 Not Found"),
    "/busy": page(lambda: b"", "Retry-After: 120", status="503 Service Unavailable"),
    "/empty": page(lambda: b"", "Content-Encoding: gzip", status="204 No Content"),
    "/same": saying(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "/nowhere": page(lambda: b"<p>here</p>", status="302 Found"),
    "/cookie": page(lambda: b"x", "Set-Cookie: a=b; Path=/"),
    "/old": saying(b"HTTP/1.0 200 OK\r\n\r\n<p>to the end</p>"),
    **{path: packed(coding, body) for path, (coding, body) in PACKED.items()},
    **{path: packed(coding, body) for path, (coding, body, _) in BROKEN.items()},
    **{f"/lead/{name}": moved(location) for name, (location, _) in LEADS.items()},
    **{f"/mislead/{name}": moved(location) for name, location in MISLEADS.items()},
    **{f"/status/{status}": moved(b"/there", status) for status in (301, 302, 303, 307, 308)},
}


def get(
    url: str, validators: Validators | None = None, crawl: CrawlConfig = CRAWL, max_bytes: int | None = None
) -> Answer:
    async def got() -> Answer:
        async with Fetcher(crawl) as fetcher:
            target = await fetcher.locate(url)
            assert isinstance(target, Target), target
            return await fetcher.get(target, validators or Validators(), max_bytes=max_bytes)

    return asyncio.run(got())


def test_a_page_comes_back_whole_and_as_it_was_sent(server: Server) -> None:
    before = time.time()
    answer = get(server.url("/plain"))
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.status, answer.reason) == (server.url("/plain"), 200, "Fine")
    assert [name for name, _ in answer.headers] == ["ETag", "X-Two", "x-two", "Content-Length"]
    assert (answer.raw, answer.body, answer.ip) == (b"hi", b"hi", "127.0.0.1")
    assert before <= answer.started_at <= time.time()
    assert 0 < answer.took_s < 5


def test_a_request_says_who_asks_and_what_is_understood(server: Server) -> None:
    crawl = CrawlConfig("https://zhengbao.example/", "mail@zhengbao.example", allow=("127.0.0.1",))
    get(server.url("/plain?a=%D5%FE&b=1#top"), crawl=crawl)
    first, *lines = server.asked[-1].decode().rstrip().split("\r\n")
    assert first == "GET /plain?a=%D5%FE&b=1 HTTP/1.1"
    assert lines == [
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {user_agent(crawl)}",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language: zh-CN,zh;q=0.9",
        "Accept-Encoding: gzip, deflate",
        "Connection: close",
    ]
    assert user_agent(crawl).startswith(AGENT)
    assert user_agent(crawl).endswith("(+https://zhengbao.example/; mail@zhengbao.example)")


def test_validators_go_back_in_the_bytes_they_came_in(server: Server) -> None:
    answer = get(server.url("/plain"))
    assert isinstance(answer, Fetched)
    held = Validators(answer.validators.etag, "Mon, 30 Mar 2026 08:00:00 GMT")
    assert isinstance(get(server.url("/same"), held), Unchanged)
    assert b'\r\nIf-None-Match: W/"\xe9"\r\nIf-Modified-Since: Mon, 30 Mar 2026 08:00:00 GMT\r\n' in server.asked[-1]


def test_unchanged_is_no_answer_to_a_request_without_conditions(server: Server) -> None:
    answer = get(server.url("/same"))
    assert isinstance(answer, Failed)
    assert (answer.fault, answer.why) == (Fault.BROKEN, "answers 304 to a request without conditions")


@pytest.mark.parametrize("validators", [Validators("政"), Validators("a\r\nX-Evil: 1")])
def test_validators_that_cannot_be_sent_are_not(server: Server, validators: Validators) -> None:
    answer = get(server.url("/plain"), validators)
    assert isinstance(answer, Failed)
    assert answer.fault is Fault.BROKEN


def test_error_pages_are_answers_with_their_headers(server: Server) -> None:
    missing, busy, empty = (get(server.url(path)) for path in ("/missing", "/busy", "/empty"))
    assert isinstance(missing, Fetched)
    assert isinstance(busy, Fetched)
    assert isinstance(empty, Fetched)
    assert (missing.status, missing.body) == (404, b"<p>no</p>")
    assert (busy.status, busy.header("retry-after")) == (503, "120")
    assert (empty.status, empty.body) == (204, b"")


def test_no_cookie_is_kept(server: Server) -> None:
    async def twice() -> None:
        async with Fetcher(CRAWL) as fetcher:
            target = await fetcher.locate(server.url("/cookie"))
            assert isinstance(target, Target)
            await fetcher.get(target)
            await fetcher.get(target)

    asyncio.run(twice())
    assert b"cookie:" not in server.asked[-1].lower()


def test_a_proxy_in_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert isinstance(get(server.url("/plain")), Fetched)


def test_a_body_without_a_length_ends_with_its_connection(server: Server) -> None:
    answer = get(server.url("/old"))
    assert isinstance(answer, Fetched)
    assert answer.body == b"<p>to the end</p>"


def test_a_smaller_bound_can_be_set_for_one_request(server: Server) -> None:
    for path in ("/plain", "/gzip"):
        answer = get(server.url(path), max_bytes=1)
        assert isinstance(answer, Failed)
        assert answer.fault is Fault.TOO_LARGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_is_told_and_not_followed(server: Server, status: int) -> None:
    asked = len(server.asked)
    answer = get(server.url(f"/status/{status}"))
    assert isinstance(answer, Moved)
    assert (answer.to, answer.status) == (server.url("/there"), status)
    assert len(server.asked) == asked + 1


@pytest.mark.parametrize("name", LEADS)
def test_a_redirect_leads_to_an_absolute_address(server: Server, name: str) -> None:
    answer = get(server.url(f"/lead/{name}"))
    to = LEADS[name][1]
    assert isinstance(answer, Moved)
    assert answer.to == (server.url(to) if to.startswith("/") else to)


@pytest.mark.parametrize("name", MISLEADS)
def test_a_redirect_to_what_cannot_be_asked_is_a_named_failure(server: Server, name: str) -> None:
    answer = get(server.url(f"/mislead/{name}"))
    assert isinstance(answer, Failed)
    assert answer.fault is Fault.BROKEN
    assert MISLEADS[name][:40].decode() in answer.why


def test_a_redirect_that_leads_nowhere_is_a_page(server: Server) -> None:
    answer = get(server.url("/nowhere"))
    assert isinstance(answer, Fetched)
    assert answer.status == 302


@pytest.mark.parametrize("path", PACKED)
def test_a_packed_body_is_unpacked_and_kept_as_sent(server: Server, path: str) -> None:
    answer = get(server.url(path))
    assert isinstance(answer, Fetched)
    assert (answer.body, answer.raw) == (TEXT, PACKED[path][1])


@pytest.mark.parametrize("path", BROKEN)
def test_a_body_that_cannot_be_unpacked_is_a_named_failure(server: Server, path: str) -> None:
    answer = get(server.url(path))
    assert isinstance(answer, Failed)
    assert answer.fault is Fault.BROKEN
    assert BROKEN[path][2] in answer.why


def test_a_host_that_is_not_there_is_unreachable() -> None:
    answer = get("http://127.0.0.1:1/")
    assert isinstance(answer, Failed)
    assert (answer.fault, answer.why) == (Fault.UNREACHABLE, "cannot be connected to: Connection refused")


def test_a_server_that_speaks_no_tls_is_unreachable(server: Server) -> None:
    answer = get(server.url("/plain", scheme="https"))
    assert isinstance(answer, Failed)
    assert answer.fault is Fault.UNREACHABLE


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_asked_like_any_other() -> None:
    async def got() -> Answer:
        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
            writer.close()

        try:
            listener = await asyncio.start_server(answer, "::1", 0)
        except OSError as error:
            pytest.skip(f"no IPv6 loopback: {error}")
        async with listener, Fetcher(CrawlConfig(allow=("::1",))) as fetcher:
            target = await fetcher.locate(f"http://[::1]:{listener.sockets[0].getsockname()[1]}/")
            assert isinstance(target, Target)
            return await fetcher.get(target)

    answer = asyncio.run(got())
    assert isinstance(answer, Fetched)
    assert (answer.ip, answer.body) == ("::1", b"hi")
