"""Sitemaps (sitemaps.org 0.9), RSS and Atom (RFC 4287): links, dates and the files of an index.

Nothing outside the file is read, no entity of its own is resolved (a billion laughs cost nothing), and what is
broken is read as far as it goes. A sitemap names no titles, but for its news extension, and its `lastmod` is
not the day of publication: both stay empty rather than guessed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin

from lxml import etree

from crawler.extract.dates import dates_in
from crawler.extract.decode import MAX_BYTES, decode
from crawler.extract.shown import identity
from crawler.sights import Link, Listing
from reports.errors import ReadError
from reports.urls import is_web_url

MOST_UNPACKED_BYTES = 50_000_000
MOST_LINKS = 50_000
MOST_PAGES = 1_000
_GZIP = b"\x1f\x8b"
_HEAD_BYTES = 4_096
_PROLOG = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>)*", re.IGNORECASE
)
_ROOT = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex|rss|feed|RDF)[\s>/]")
_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
# Addresses with a bare & are common; a parser would drop what follows it. CDATA is left as it is.
_BARE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.DOTALL)
_ENTRIES = frozenset(("url", "sitemap", "item", "entry"))
_BEIJING = timezone(timedelta(hours=8))
_ISO = re.compile(r"^\s*(\d{4}-\d\d-\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?\s*$")
_TITLE_CHARS = 300


def is_feed(data: bytes) -> bool:
    """Whether this begins as a sitemap or a feed does, whatever it is named or called."""
    head = _utf8(data[:_HEAD_BYTES]) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data[:_HEAD_BYTES]
    prolog = _PROLOG.match(head)
    return bool(_ROOT.match(head, prolog.end() if prolog else 0))


def unpacked(data: bytes) -> bytes:
    """What a .gz holds, other data as it is. Raises ReadError above MOST_UNPACKED_BYTES, and for broken gzip."""
    if not data.startswith(_GZIP):
        return data
    reader = zlib.decompressobj(wbits=31)
    try:
        out = reader.decompress(data, MOST_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise ReadError(f"broken gzip: {error}") from error
    if len(out) > MOST_UNPACKED_BYTES:
        raise ReadError(f"not read: unpacks to more than {MOST_UNPACKED_BYTES / 1e6:.0f} MB")
    return out


def read_feed(data: bytes, url: str) -> Listing:
    """The links of a sitemap or feed at `url`, each once, at most MOST_LINKS; `pages`: the files of an index, or the
    feed's next part. Raises ReadError where nothing can be read of it."""
    text = _text(data)
    if _ENTITY.search(text):
        raise ReadError("not read: a feed or sitemap that declares entities of its own")
    links: dict[str, Link] = {}
    pages: dict[str, None] = {}
    reader = _reader(text)
    try:
        for entry in _entries(reader):
            _take(entry, url, links, pages)
            if len(links) >= MOST_LINKS or len(pages) >= MOST_PAGES:
                break
    except etree.XMLSyntaxError:
        pass  # said below, if nothing at all could be read
    if not links and not pages and len(reader.error_log):
        raise ReadError(f"broken XML: {reader.error_log[0].message}")
    return Listing(links=tuple(links.values()), pages=tuple(pages))


def _text(data: bytes) -> str:
    """A sitemap may be larger than a page, and must be UTF-8 (sitemaps.org, "Sitemap file format")."""
    if len(data) <= MAX_BYTES:
        return decode(data)
    return data.decode("utf-8-sig", "replace")


def _utf8(data: bytes) -> bytes:
    return data.decode("utf-16", "ignore").encode()


def _reader(text: str) -> Any:
    """An incremental parser that reads nothing but the text, and goes on after what is broken."""
    text = _BARE.sub(lambda found: "&amp;" if found[0] == "&" else found[0], text)
    shut: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    return etree.iterparse(BytesIO(text.encode("utf-8", "replace")), ("end",), recover=True, encoding="utf-8", **shut)


def _entries(reader: Any) -> Iterator[Any]:
    """Each entry as it ends, and the links a feed gives of itself; all that was read before it is let go."""
    for _, element in reader:
        name = _name(element)
        if name not in _ENTRIES and not (name == "link" and _name(element.getparent()) == "feed"):
            continue
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _take(entry: Any, url: str, links: dict[str, Link], pages: dict[str, None]) -> None:
    if _name(entry) == "link":
        target, key = _absolute(url, entry.get("href") if entry.get("rel") == "next" else None)
    else:
        target, key = _absolute(url, _address(entry))
    if not key or target == url:
        return
    if _name(entry) in ("link", "sitemap"):
        pages.setdefault(target)
    else:
        title = " ".join(unescape(_of(entry, "title")).split())[:_TITLE_CHARS]
        links.setdefault(key, Link(target, title, _published(entry)))


def _address(entry: Any) -> str:
    """<loc>, <link>, <link href rel=alternate>, else a <guid> that is an address."""
    for child in entry:
        if _name(child) == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            return str(child.get("href"))
    return _of(entry, "loc") or _of(entry, "link") or _of(entry, "guid")


def _of(entry: Any, *names: str) -> str:
    """The text of the first element of one of those names; the earlier name first."""
    for name in names:
        for child in entry.iter():
            if _name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return ""


def _published(entry: Any) -> date | None:
    """The day of publication, in Beijing where the hour is given with its zone."""
    said = _of(entry, "publication_date", "pubDate", "published", "date", "updated")
    try:
        moment = datetime.fromisoformat(said.strip()) if _ISO.match(said) else parsedate_to_datetime(said)
    except (ValueError, TypeError):
        found = dates_in(said)
        return found[0].date if found else None
    return (moment.astimezone(_BEIJING) if moment.tzinfo else moment).date()


def _absolute(url: str, href: str | None) -> tuple[str, str]:
    """The address and its canonical form; ("", "") for what is no web address."""
    try:
        target = urldefrag(urljoin(url, (href or "").strip()))[0] if href else ""
    except ValueError:
        return "", ""
    key = identity(target) if is_web_url(target) else ""
    return target, key


def _name(element: Any) -> str:
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
