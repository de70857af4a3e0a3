"""What was fetched and what was seen in it: the values that pass between the crawl and its workers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.extract.page import Given
from reports.report import Kind, Report

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class Role(StrEnum):
    """What a response is to a report: its page, a further page of it, a file hung on to it."""

    PAGE = "page"
    PART = "part"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Piece:
    """A response as it is handed to a worker: `content_type` is the header's value, "" where there was none."""

    url: str
    content_type: str
    data: bytes
    role: Role = Role.PAGE

    @property
    def charset(self) -> str | None:
        """The encoding the server names."""
        named = _CHARSET.search(self.content_type)
        return named[1] if named else None


@dataclass(frozen=True, slots=True)
class Visit:
    """All that was fetched for one article: its page first, then its further pages or its attachment."""

    pieces: tuple[Piece, ...]
    given: Given
    selector: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a list shows it: `url` absolute, `title` whole (the `title` attribute where the text is cut short)."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page, sitemap or feed. `links` to articles in order; `pages` the further pages of this list (and
    the files of a sitemap index) in order; `refresh` where a <meta> refresh leads. `barrier`: what stands
    in place of the list (a login, an anti-bot challenge), None where nothing does."""

    links: tuple[Link, ...] = ()
    pages: tuple[str, ...] = ()
    refresh: str | None = None
    barrier: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which annual report a link's title announces; `year` None where the title names none."""

    kind: Kind
    year: int | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What an article's address showed.

    `report`, or `why` there is none. `parts`: the further pages of the same report, `attachments`: its
    files, absolute, best first, both in order. `refresh` as in Listing. `barrier`: what stands in place
    of the page (a login, an anti-bot challenge), None where nothing does.
    """

    report: Report | None = None
    why: str = ""
    parts: tuple[str, ...] = ()
    attachments: tuple[Link, ...] = ()
    refresh: str | None = None
    barrier: str | None = None
