"""Which of the links on a source's pages are the crawl's business, and why the others are not."""

from __future__ import annotations

import re
from contextlib import suppress
from fnmatch import fnmatch
from hashlib import sha256
from urllib.parse import urlsplit

from crawler.extract.wanted import unwanted_reason, wanted
from crawler.sights import Link
from crawler.traps import trap
from reports.crawl_config import SourceConfig
from reports.report import Kind


class Scope:
    """What a source takes and leaves."""

    def __init__(self, source: SourceConfig) -> None:
        self._source = source
        self._kinds = frozenset(map(Kind, source.kinds))
        self._take = re.compile(source.take) if source.take else None
        self._leave = re.compile(source.leave) if source.leave else None
        self._hosts = tuple(_bare(host_of(url)) for url in source.urls) + tuple(map(_bare, source.within))
        said = repr((source.urls, source.kinds, source.take, source.leave, source.within))
        self.digest = sha256(said.encode()).hexdigest()[:8]  # another one: a list held must be read anew

    def left(self, link: Link, depth: int) -> str | None:
        """Why a link on a list is not followed; None where it is."""
        if why := self.outside(link.url, depth):
            return why
        if self._leave and self._leave.search(link.title):
            return "its title is one the source leaves"
        if self._take and self._take.search(link.title):
            return None
        # A sitemap gives addresses without titles: only the page can say what it is.
        if not link.title or wanted(link.title, self._kinds, published=link.published):
            return None
        return unwanted_reason(link.title, self._kinds)

    def outside(self, url: str, depth: int) -> str | None:
        """Why an address is not this source's, whatever its title; None where it is."""
        if why := trap(url, depth):
            return why
        if "@" in url.partition("//")[2].partition("/")[0]:
            return "a user's name stands in its address"
        host = _bare(host_of(url))
        if not any(fnmatch(host, pattern) for pattern in self._hosts):
            return f"on another host, {host}; add it to the source's `within` if it belongs there"
        return None


def host_of(url: str) -> str:
    """The host of an address as a Target names it, with its port where that is not the scheme's own; "" for none.

    >>> host_of("HTTP://www.example.org:80/a"), host_of("https://example.org:8443/")
    ('www.example.org', 'example.org:8443')
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    return host if port in (None, {"http": 80, "https": 443}.get(parts.scheme.lower())) else f"{host}:{port}"


def spelled_out(url: str) -> str:
    """An address as it is asked for: links to files are often written with spaces in them.

    >>> spelled_out("http://example.org/附件 1.pdf")
    'http://example.org/附件%201.pdf'
    """
    return url.strip().replace(" ", "%20")


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
