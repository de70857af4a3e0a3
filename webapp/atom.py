"""Atom feeds (RFC 4287): the values of a feed, and the answer that carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response, request

from webapp.words import say

_NAMESPACE = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `id` never changes: see `urn`. Times know their zone; `url` is absolute.

    `summary` is plain text; `published` is when it first happened, where that is another time than `updated`.
    """

    id: str
    title: str
    url: str
    updated: datetime
    summary: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries newest first. `url` is the page the feed belongs to, `self_url` the feed's own address, both absolute."""

    id: str
    title: str
    url: str
    self_url: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the latest entry was; the beginning of 1970 for none."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def urn(*names: str) -> str:
    """An id from names, the same under whatever address the site is visited.

    >>> urn("changes")
    'urn:uuid:efa70b13-6109-5944-b86c-6e24647aa322'
    """
    return uuid5(NAMESPACE_URL, "/".join(("zhengbao", *names))).urn


def atom(feed: Feed) -> Response:
    """The feed as an answer to the request at hand: 304 without a body where the asker has it already."""
    response = Response(_document(feed), mimetype="application/atom+xml")
    response.add_etag()
    response.last_modified = feed.updated
    response.make_conditional(request)
    return response


def _document(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "zh-Hans"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.updated))
    _link(root, feed.url, {"rel": "alternate", "type": "text/html"})
    _link(root, feed.self_url, {"rel": "self", "type": "application/atom+xml"})
    _add(SubElement(root, "author"), "name", say("site.name"))
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    document: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return document


def _entry(parent: Element, entry: Entry) -> None:
    _add(parent, "id", entry.id)
    _add(parent, "title", entry.title)
    _add(parent, "updated", _time(entry.updated))
    if entry.published:
        _add(parent, "published", _time(entry.published))
    _link(parent, entry.url, {"rel": "alternate", "type": "text/html"})
    if entry.summary:
        _add(parent, "summary", entry.summary)


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _written(text)


def _link(parent: Element, url: str, kind: Mapping[str, str]) -> None:
    SubElement(parent, "link", {**kind, "href": _written(url)})


def _written(text: str) -> str:
    """The text without characters that no XML document can hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def _time(at: datetime) -> str:
    """RFC 3339, to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
