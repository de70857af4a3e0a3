"""One request, one answer: the only place that speaks HTTP.

httpx is spoken to at its transport, below everything it does unasked: there are no cookies, no redirects, no proxies
from the environment, no unpacking. What is connected to is the address of the Target; the host's name goes into
the Host header and, for TLS, into the check of the certificate.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from contextlib import AbstractAsyncContextManager, aclosing
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

import httpx

from crawler.addresses import place_of
from crawler.answers import Answer, Failed, Fault, Fetched, Headers, Moved, Refused, Target, Unchanged, Validators
from crawler.inflate import Unsound, codings_of, unpacked
from crawler.locate import Locator, Resolver
from reports.crawl_config import CrawlConfig

AGENT = "Zhengbao"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASKS_FOR = (
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "zh-CN,zh;q=0.9"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)
_URL_CHARS = "!#$%&'()*+,/:;=?@[]~"
_WHY_CHARS = 200
_UNCONDITIONAL = Validators()


def user_agent(crawl: CrawlConfig) -> str:
    """Who asks, with the address of the project and a contact where they are set."""
    try:
        name = f"{AGENT}/{version('zhengbao')}"
    except PackageNotFoundError:
        name = AGENT
    about = "; ".join(filter(None, (crawl.project and f"+{crawl.project}", crawl.contact)))
    return f"{name} ({about})" if about else name


class Fetcher(AbstractAsyncContextManager["Fetcher"]):
    """Asks for one address at a time and says how it ended; nothing that a server does makes it raise.

    Every request has its own connection. `tls` replaces the certificate authorities known to certifi.
    """

    def __init__(
        self, crawl: CrawlConfig, resolver: Resolver | None = None, *, tls: ssl.SSLContext | None = None
    ) -> None:
        self._crawl = crawl
        self._locator = Locator(crawl, resolver)
        self._asks = (("User-Agent", user_agent(crawl)), *_ASKS_FOR)
        self._transport = httpx.AsyncHTTPTransport(
            verify=tls or _authorities(),
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def locate(self, url: str) -> Target | Refused | Failed:
        """Where to connect for this URL, looked up once and checked; Failed only where the lookup itself failed."""
        return await self._locator.locate(url)

    async def get(
        self, target: Target, validators: Validators = _UNCONDITIONAL, *, max_bytes: int | None = None
    ) -> Answer:
        """One request and its answer, within `timeout_s` from connecting to the last byte.

        A body of more than `max_bytes`, packed or unpacked, is TOO_LARGE. An error page (4xx, 5xx) counts by its
        status: a body that cannot be taken is left out of it.
        """
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._crawl.timeout_s):
                return await self._asked(target, validators, max_bytes or self._crawl.max_bytes)
        except Unsound as error:
            fault, why = error.fault, str(error)
        except (TimeoutError, httpx.TimeoutException):
            fault, why = Fault.TIMEOUT, f"no whole answer within {self._crawl.timeout_s:g} s"
        except httpx.ConnectError as error:
            fault, why = Fault.UNREACHABLE, f"cannot be connected to: {_root(error)}"
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            fault, why = Fault.BROKEN, f"no sound answer: {_root(error)}"
        return Failed(target.url, fault, why[:_WHY_CHARS], time.monotonic() - started)

    async def _asked(self, target: Target, validators: Validators, max_bytes: int) -> Answer:
        started_at, started = time.time(), time.monotonic()
        response = await self._transport.handle_async_request(self._request(target, validators))
        async with aclosing(response):
            status, headers = response.status_code, _decoded(response.headers)
            location = _first(headers, "location")
            if status in _REDIRECTS and location:
                to = _moved_to(target.url, location)
                return Moved(target.url, to, status, time.monotonic() - started)
            if status == 304 and validators != _UNCONDITIONAL:
                return Unchanged(target.url, time.monotonic() - started)
            if status == 304:
                raise Unsound(Fault.BROKEN, "answers 304 to a request without conditions")
            raw, body = await _payload(response, headers, max_bytes)
            reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
            took_s = time.monotonic() - started
            return Fetched(target.url, status, reason, headers, raw, body, target.ip, started_at, took_s)

    def _request(self, target: Target, validators: Validators) -> httpx.Request:
        parts = urlsplit(target.url)
        address = f"[{target.ip}]" if ":" in target.ip else target.ip
        url = urlunsplit((parts.scheme.lower(), f"{address}:{target.port}", parts.path or "/", parts.query, ""))
        asks = [("Host", target.host), *self._asks]
        asks += [("If-None-Match", validators.etag)] if validators.etag else []
        asks += [("If-Modified-Since", validators.last_modified)] if validators.last_modified else []
        # latin-1 on the way in and out: a validator goes back in the bytes it came in.
        sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in asks]
        name = place_of(target.url).name
        return httpx.Request("GET", url, headers=sent, extensions={"sni_hostname": name})

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()


@cache
def _authorities() -> ssl.SSLContext:
    """Those known to certifi; reading them takes longer than a request."""
    return httpx.create_ssl_context(trust_env=False)


async def _payload(response: httpx.Response, headers: Headers, max_bytes: int) -> tuple[bytes, bytes]:
    try:
        codings = codings_of(",".join(value for name, value in headers if name.lower() == "content-encoding"))
        raw = await _raw(response, headers, max_bytes)
        return raw, await _body(raw, codings, max_bytes) if codings else raw
    except Unsound:
        if response.status_code < 400:
            raise
        return b"", b""


async def _raw(response: httpx.Response, headers: Headers, max_bytes: int) -> bytes:
    announced = _first(headers, "content-length") or ""
    if announced.isdecimal() and int(announced) > max_bytes:
        raise Unsound(Fault.TOO_LARGE, f"announces {int(announced):,} bytes, more than {max_bytes:,}")
    # One growing buffer: a list of millions of one-byte chunks would weigh a hundred times what they hold.
    raw = bytearray()
    async for chunk in response.aiter_raw():
        raw += chunk
        if len(raw) > max_bytes:
            raise Unsound(Fault.TOO_LARGE, f"sends more than {max_bytes:,} bytes")
    return bytes(raw)


async def _body(raw: bytes, codings: tuple[str, ...], max_bytes: int) -> bytes:
    body = bytearray()
    for piece in unpacked(raw, codings, max_bytes):
        body += piece
        await asyncio.sleep(0)  # other hosts' answers are not kept waiting
    return bytes(body)


def _decoded(headers: httpx.Headers) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _first(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)


def _moved_to(url: str, location: str) -> str:
    """The absolute address a Location names; bytes beyond ASCII (UTF-8 or GBK, as they came) are escaped."""
    try:
        to = urldefrag(urljoin(url, quote(location.strip().encode("latin-1"), safe=_URL_CHARS))).url
        place_of(to)
    except ValueError as error:
        raise Unsound(Fault.BROKEN, f"leads to {location[:80]!r}: {error}") from None
    return to


def _root(error: BaseException) -> str:
    """What lies beneath, in words: the system's or the certificate's own, where there are such."""
    # The libraries between raise `from None`, so the context is all that is left of the cause.
    while beneath := error.__cause__ or error.__context__:
        error = beneath
    if isinstance(error, ssl.SSLError):
        return getattr(error, "verify_message", "") or error.reason or str(error)
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno)
    return str(error) or type(error).__name__
