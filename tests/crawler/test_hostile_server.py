"""Whatever a server does, a request ends in time, in bounded memory, in a value that says what happened."""

from __future__ import annotations

import asyncio
import re
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.answers import Answer, Failed, Fault, Fetched, Moved, Refused, Target
from crawler.fetch import Fetcher
from reports.crawl_config import CrawlConfig
from tests.crawler.hostile import PRIVATE, Server, hostile_server

CRAWL = CrawlConfig(timeout_s=0.5, allow=("127.0.0.0/8",))
MOST_GROWTH_MB = 60


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with hostile_server() as running:
        yield running


def ask(url: str, crawl: CrawlConfig = CRAWL) -> Answer:
    async def asked() -> Answer:
        async with Fetcher(crawl) as fetcher:
            target = await fetcher.locate(url)
            return await fetcher.get(target) if isinstance(target, Target) else target

    return asyncio.run(asked())


def peak_mb() -> float:
    """The most memory this process ever held. What getrusage says begins, on Linux, with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def growth_mb(urls: list[str]) -> float:
    """How much further memory grew for these than for a plain page."""
    ask(urls[0])
    before = peak_mb()
    for url in urls[1:]:
        ask(url)
    return peak_mb() - before


@pytest.mark.parametrize(
    ("path", "fault", "why"),
    [
        ("/bomb", Fault.TOO_LARGE, "unpacks to more than 10,000,000 bytes"),
        ("/bomb-bare", Fault.TOO_LARGE, "unpacks to more than 10,000,000 bytes"),
        ("/bomb-twice", Fault.TOO_LARGE, "unpacks to more than"),
        ("/endless", Fault.TOO_LARGE, "sends more than"),
        ("/large", Fault.TOO_LARGE, "sends more than"),
        ("/large-announced", Fault.TOO_LARGE, "announces 20,000,000 bytes"),
        ("/crumbs", Fault.TIMEOUT, "within 0.5 s"),
        ("/drip", Fault.TIMEOUT, "within 0.5 s"),
        ("/slow-headers", Fault.TIMEOUT, "within 0.5 s"),
        ("/continues", Fault.TIMEOUT, "within 0.5 s"),
        ("/silent", Fault.TIMEOUT, "within 0.5 s"),
        ("/short", Fault.BROKEN, "without sending complete message body"),
        ("/headers", Fault.BROKEN, "Receive buffer too long"),
        ("/many-headers", Fault.BROKEN, "Receive buffer too long"),
        ("/reset", Fault.BROKEN, "no sound answer"),
        ("/closes", Fault.BROKEN, "disconnected without sending a response"),
        ("/garbage", Fault.BROKEN, "illegal status line"),
        ("/http09", Fault.BROKEN, "no sound answer"),
        ("/switches", Fault.BROKEN, "no sound answer"),
    ],
)
def test_each_way_ends_in_time_and_by_name(server: Server, path: str, fault: Fault, why: str) -> None:
    started = time.monotonic()
    answer = ask(server.url(path))
    assert isinstance(answer, Failed)
    assert (answer.fault, why in answer.why) == (fault, True), answer.why
    assert time.monotonic() - started < 2


def test_memory_stays_bounded_whatever_is_sent(server: Server) -> None:
    ways = ("/", "/bomb", "/bomb-bare", "/bomb-twice", "/endless", "/large", "/crumbs", "/headers", "/continues")
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        assert fresh.submit(growth_mb, [server.url(path) for path in ways]).result(60) < MOST_GROWTH_MB


HEADS = (b"HTTP/1.1 200 OK", b"HTTP/1.0 302 Found", b"HTTP/1.1 304", b"HTTP/1.1 103 Early Hints", b"HTTP/9 999", b"")
FIELDS = (
    *(b"Content-Length: 5", b"Content-Length: 5, 6", b"Content-Length: -1", b"Content-Length: " + b"9" * 30),
    *(
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Content-Encoding: gzip",
        b"Location: //[",
        b"",
    ),
    *(b"Location: \xff\xfe", b"Location: ", b"No colon", b"Spaced : x", b"\x00: x", b"Connection: upgrade", b" folded"),
)
BODIES = (b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"fffffffffffffffffffff\r\n", b"-5\r\nhello", b"\x1f\x8b\x08", b"")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(HEADS) | st.binary(max_size=20),
    st.lists(st.sampled_from(FIELDS) | st.binary(max_size=20), max_size=4),
    st.sampled_from(BODIES) | st.binary(max_size=40),
    st.booleans(),
)
def test_nothing_that_is_sent_raises(head: bytes, fields: list[bytes], body: bytes, is_reset: bool) -> None:
    """Answers put together from sound and unsound parts, and cut off in both of the ways there are."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"\r\n".join((head, *fields, b"", body)))
        writer.transport.abort() if is_reset else writer.close()

    async def asked() -> Answer:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener, Fetcher(CRAWL) as fetcher:
            target = await fetcher.locate(f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/")
            assert isinstance(target, Target)
            return await fetcher.get(target)

    assert isinstance(asyncio.run(asked()), Fetched | Moved | Failed)


def test_a_body_longer_than_announced_ends_where_it_was_announced_to(server: Server) -> None:
    answer = ask(server.url("/long"))
    assert isinstance(answer, Fetched)
    assert answer.body == b"<p>whole</p>"


def test_an_error_page_counts_by_its_status_when_its_body_is_a_bomb(server: Server) -> None:
    answer = ask(server.url("/bomb-error"))
    assert isinstance(answer, Fetched)
    assert (answer.status, answer.raw, answer.body) == (503, b"", b"")


def test_each_hop_of_a_loop_is_one_request_and_the_callers_to_count(server: Server) -> None:
    asked = len(server.asked)
    answer = ask(server.url("/loop"))
    assert isinstance(answer, Moved)
    assert answer.to == server.url("/loop")
    assert len(server.asked) == asked + 1


def test_a_way_into_the_local_network_is_refused_where_it_leads(server: Server) -> None:
    answer = ask(server.url("/private"))
    assert isinstance(answer, Moved)
    assert answer.to == PRIVATE
    assert ask(answer.to) == Refused(PRIVATE, "169.254.169.254 is link-local")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
def test_requests_that_fail_leave_no_connection_behind(server: Server) -> None:
    async def open_after(paths: list[str]) -> int:
        async with Fetcher(CrawlConfig(timeout_s=0.2, allow=("127.0.0.1",))) as fetcher:
            before = len(list(Path("/proc/self/fd").iterdir()))
            targets = [await fetcher.locate(server.url(path)) for path in paths]
            await asyncio.gather(*(fetcher.get(target) for target in targets if isinstance(target, Target)))
            await asyncio.sleep(0.1)
            return len(list(Path("/proc/self/fd").iterdir())) - before

    # The server is in this process too, and may not have closed its ends yet; ours would be 60 more.
    assert asyncio.run(open_after(["/drip", "/silent", "/large-announced", "/garbage", "/loop", "/"] * 10)) < 30
