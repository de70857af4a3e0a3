"""What was seen on a page: the values that pass from reading it to the crawl."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.report import Kind, Report


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a list shows it: `url` absolute, `title` whole (the `title` attribute where the text is cut short)."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page, sitemap or feed. `links` to articles in order; `pages` the further pages of this list (and
    the files of a sitemap index) in order; `refresh` where a <meta> refresh leads."""

    links: tuple[Link, ...] = ()
    pages: tuple[str, ...] = ()
    refresh: str | None = None


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
