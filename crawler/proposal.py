"""From one look at a page to a `[[source]]` table a person can correct and keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Page
from crawler.extract.wanted import wanted
from crawler.extract.years import ANNUAL
from crawler.scope import Scope, host_of
from crawler.scout import Look
from crawler.sights import Link
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.regions import Regions
from reports.report import Body, Kind, Report
from reports.urls import ungated

KINDS = frozenset({*ANNUAL, Kind.WORK})
_SHOWN = 12
# An article names one before it and one after it, too.
_BESIDE_ARTICLE = 2
# Folders by date hold articles; the column is the folder above them: /fzzf/202403/, /xxgk/2025-04/05/.
_DATED = re.compile(r"(?<=/)(?:19|20)\d\d[\d_-]*/(?:\d{1,2}/){0,2}$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source as it might stand in config.toml; the links it would take, and those it would leave and why."""

    source: SourceConfig
    taken: tuple[Link, ...]
    left: tuple[tuple[Link, str], ...]
    pages: int
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """What a person should see before agreeing; no character in it that could move a terminal's cursor."""
        taken = [f"takes   {link.title or link.url}" for link in self.taken[:_SHOWN]]
        left = [f"leaves  {link.title or link.url}: {why}" for link, why in self.left[:_SHOWN]]
        more = len(self.taken) + len(self.left) - len(taken) - len(left)
        lines = [
            *taken,
            *left,
            *([f"… and {more} more"] if more else []),
            f"links taken: {len(self.taken)}, left: {len(self.left)}; further pages named: {self.pages}",
            *self.notes,
        ]
        return ["".join(char if char.isprintable() else "�" for char in line) for line in lines]


def propose(look: Look, regions: Regions, *, column: Look | None = None, names: Collection[str] = ()) -> Proposal:
    """A source for the page looked at; for an article, for the `column` it stands in. `names` are taken.

    Raises ReadError where it shows neither a list nor a report.
    """
    url = look.moved_to or look.url
    report = look.sight.report if look.sight else None
    if look.sight and len(_announcing(look)) <= _BESIDE_ARTICLE:
        if column is not None and _announcing(column):
            listed = _of_list(column, regions, names)
            note = f"this is an article{f', {report.title}' if report else ''}; proposed is the list its trail leads to"
            return replace(listed, notes=(note, *listed.notes))
        if report is not None:
            return _beside_article(url, report, regions, names)
    if look.listing is None or not look.listing.links:
        raise ReadError(look.problem or "neither a list of links nor a report")
    return _of_list(look, regions, names)


def _announcing(look: Look) -> list[Link]:
    links = look.listing.links if look.listing else ()
    return [link for link in links if wanted(link.title, KINDS, published=link.published)]


def _of_list(look: Look, regions: Regions, names: Collection[str]) -> Proposal:
    url, links = look.moved_to or look.url, look.listing.links if look.listing else ()
    announcing = _announcing(look)
    kinds = Counter(one.kind for link in announcing if (one := wanted(link.title, KINDS, published=link.published)))
    hosts = dict.fromkeys(host_of(link.url) for link in announcing)
    places, bodies = _about(announcing, url, regions)
    source = _source(
        url,
        places if _is_government(url) else (),
        tuple(kind for kind, _ in kinds.most_common()),
        bodies[0] if len(bodies) == 1 else Body.GOVERNMENT,
    )
    within = tuple(host for host in hosts if host.removeprefix("www.") != host_of(url).removeprefix("www."))
    source = replace(source, name=_name(source, regions, names), within=within)
    scope = Scope(source)
    left = tuple((link, why) for link in links if (why := scope.left(link, 1)))
    taken = tuple(link for link in links if scope.left(link, 1) is None)
    pages = len(look.listing.pages if look.listing else ())
    return Proposal(source, taken, left, pages, tuple(_notes(source, taken, pages, look)))


def _beside_article(url: str, report: Report, regions: Regions, names: Collection[str]) -> Proposal:
    """An article tells whose reports stand here and what they are; its list is taken to be its folder."""
    places = (report.region_code,) if report.region_code and _is_government(url) else ()
    folder = _DATED.sub("", urljoin(url, "."))
    source = _source(folder, places, (report.kind,) if report.kind in KINDS else (), report.body)
    notes = (
        f"this is an article: {report.title}",
        "its folder is proposed as the list, which was not asked for: better give the address of the list itself",
    )
    source = replace(source, name=_name(source, regions, names))
    return Proposal(source, (Link(url, report.title, report.published),), (), 0, notes)


def _source(url: str, places: tuple[str, ...], kinds: tuple[Kind, ...], body: Body) -> SourceConfig:
    return SourceConfig(
        name="",
        urls=(url,),
        region=places[0] if len(places) == 1 else "",
        expects=places if len(places) > 1 else (),
        kinds=tuple(kind.value for kind in kinds) or (Kind.RULE_OF_LAW.value,),
        body="" if body is Body.GOVERNMENT else body.value,
    )


def _about(links: Iterable[Link], url: str, regions: Regions) -> tuple[tuple[str, ...], tuple[Body, ...]]:
    """The divisions and the bodies that titles name, each once, in order."""
    read = [
        read_metadata(Page(link.title, (link.title,)), url=url, given=Given(title=link.title), regions=regions)
        for link in links
    ]
    codes = {each.region_code for each in read if each.region_code}
    return tuple(sorted(codes)), tuple(sorted({each.body for each in read}))


def _is_government(url: str) -> bool:
    """Whether its host is a government's: on any other, reports of one place may be reprints of many."""
    return "gov" in (urlsplit(url).hostname or "").split(".")


def _notes(source: SourceConfig, taken: tuple[Link, ...], pages: int, look: Look) -> Iterable[str]:
    if look.moved_to:
        yield f"{look.url} has moved to {look.moved_to}, which is what is proposed"
    if original := ungated(source.urls[0]):
        yield f"this is a gateway's copy of {original}: better give that address"
    if not taken:
        yield "no title announces an annual report: is this the right list? `take` names further titles to take"
    elif not any(link.title for link in taken):
        yield "it gives addresses without titles: all of them are asked for, and each page tells what it is"
    elif not _is_government(source.urls[0]):
        yield "not a government's site: whose reports stand here is left to each report"
    elif not source.region and not source.expects:
        yield "no division could be told from the titles: set `region`, or leave it to each report"
    if source.expects and pages:
        yield "`expects` names the divisions on this page only: see whether further pages name more"
    if source.within:
        yield f"some reports stand on other hosts, proposed as `within`: {', '.join(source.within)}"


def _name(source: SourceConfig, regions: Regions, names: Collection[str]) -> str:
    """What a person would call it, the place it is about; else, or where that is taken, its host and folder."""
    code = source.region or regions.common_ancestor(source.expects)
    region = regions.get(code) if code and not source.body else None
    if region:
        plain = region.name if len(regions.named(region.name)) == 1 else regions.full_name(region.code)
        name = plain if len(source.kinds) > 1 or source.kinds[0] == Kind.RULE_OF_LAW else plain + source.kinds[0]
        if name not in names:
            return name
    parts = urlsplit(source.urls[0])
    folders = [part for part in parts.path.split("/") if part and "." not in part]
    name = "-".join((host_of(source.urls[0]).removeprefix("www."), *folders[-1:]))
    numbered = (f"{name}-{number}" for number in range(2, len(names) + 3))
    return next(each for each in (name, *numbered) if each not in names)
