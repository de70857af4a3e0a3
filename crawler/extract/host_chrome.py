"""What stands alike on many pages of one host and speaks of the page: chrome there, which no rule took out.

A false removal is worse than a line left over. So it takes both: a paragraph at an edge of the text that looks like
what a site says of its pages (the "host" rules of data/chrome.toml), and that it is the same, to the letter, in most
works of its host. Neither is enough: reports of one office repeat each other year after year, and speak of websites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.extract.chrome import matches
from crawler.extract.page import Page
from reports.fold import simplify
from reports.report import Report
from reports.urls import canonical_url

_HEAD_PARAGRAPHS = 4  # the title is one of them
_TAIL_PARAGRAPHS = 4
_LONGEST = 120
_LEAST_WORKS = 8
_LEAST_SHARE = 0.5
# One report published under several addresses, or year after year, is not many.
_LEAST_TITLES = 3
_LEAST_YEARS = 3

_Work = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class HostChrome:
    """What is chrome where: pairs of a host and the form of a paragraph."""

    pairs: frozenset[tuple[str, str]] = frozenset()

    def free(self, page: Page, url: str | None) -> Page:
        """The page without what is chrome on its host, which joins the rest of its chrome."""
        if not self.pairs or url is None:
            return page
        host = _host(url)
        found = {at for at, form in _leftovers(page.paragraphs, page.title) if (host, form) in self.pairs}
        if not found or len(found) == len(page.paragraphs):
            return page
        return replace(
            page,
            paragraphs=tuple(text for at, text in enumerate(page.paragraphs) if at not in found),
            chrome=(*page.chrome, *(page.paragraphs[at] for at in sorted(found))),
        )


NOTHING_LEARNT = HostChrome()


class Learning:
    """Learns from reports, one after the other, what is chrome on their hosts. They must not have been freed."""

    def __init__(self) -> None:
        self._works: dict[str, set[_Work]] = {}
        self._standing: dict[tuple[str, str], set[_Work]] = {}

    def note(self, report: Report) -> frozenset[tuple[str, str]]:
        """What of the report may turn out to be chrome; nothing where it has no address."""
        if report.url is None:
            return frozenset()
        host, work = _host(report.url), (_form(report.title), report.year)
        self._works.setdefault(host, set()).add(work)
        pairs = frozenset((host, form) for _, form in _leftovers(report.text.split("\n"), report.title))
        for pair in pairs:
            self._standing.setdefault(pair, set()).add(work)
        return pairs

    @property
    def hosts(self) -> Collection[str]:
        """The hosts of what was noted."""
        return self._works.keys()

    def learnt(self) -> HostChrome:
        """What is chrome where, by all that was noted. Copies, of one title and year, are one work."""
        return HostChrome(frozenset(pair for pair, works in self._standing.items() if self._is_chrome(pair[0], works)))

    def _is_chrome(self, host: str, works: set[_Work]) -> bool:
        titles, years = {title for title, _ in works}, {year for _, year in works if year is not None}
        enough = len(works) >= max(_LEAST_WORKS, _LEAST_SHARE * len(self._works[host]))
        return enough and len(titles) >= _LEAST_TITLES and len(years) >= _LEAST_YEARS


def _leftovers(paragraphs: Sequence[str], title: str | None) -> Iterator[tuple[int, str]]:
    """Where at the edges what a site may have left stands, and its form."""
    count, titled = len(paragraphs), _form(title or "")
    edges = sorted({*range(count)[:_HEAD_PARAGRAPHS], *range(count)[-_TAIL_PARAGRAPHS:]})
    for at in edges:
        if len(paragraphs[at]) <= _LONGEST and (form := _form(paragraphs[at])) != titled and speaks_of_page(form):
            yield at, form


def speaks_of_page(text: str) -> bool:
    """Whether a paragraph looks like what a site says of its pages.

    >>> speaks_of_page("扫描二维码，在手机上打开本页"), speaks_of_page("扎实推进“扫码办事”")
    (True, False)
    """
    return matches("host", text)


def _form(text: str) -> str:
    """What two spellings of one paragraph have in common: script and white space do not count."""
    return "".join(simplify(text).split())


def _host(url: str) -> str:
    return urlsplit(canonical_url(url)).netloc
