"""From one look at a page to a `[[source]]` table a person can correct and keep."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from urllib.parse import urljoin

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

KINDS = frozenset({*ANNUAL, Kind.WORK})
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source as it might stand in config.toml; the links it would take, and those it would leave and why."""

    source: SourceConfig
    taken: tuple[Link, ...]
    left: tuple[tuple[Link, str], ...]
    pages: int
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """What a person should see before agreeing."""
        taken = [f"takes   {link.title or link.url}" for link in self.taken[:_SHOWN]]
        left = [f"leaves  {link.title or link.url}: {why}" for link, why in self.left[:_SHOWN]]
        more = len(self.taken) + len(self.left) - len(taken) - len(left)
        return [
            *taken,
            *left,
            *([f"… and {more} more"] if more else []),
            f"{len(self.taken)} links taken, {len(self.left)} left, {self.pages} further pages of the list",
            *self.notes,
        ]


def propose(look: Look, regions: Regions) -> Proposal:
    """A source for the page looked at. Raises ReadError where it shows neither a list nor a report."""
    url = look.moved_to or look.url
    if look.sight is not None and look.sight.report is not None and not _announcing(look):
        return _beside_article(url, look.sight.report)
    if look.listing is None or not look.listing.links:
        raise ReadError(look.problem or "neither a list of links nor a report")
    return _of_list(url, look, regions)


def as_toml(source: SourceConfig) -> str:
    """The table as it stands in config.toml; keys that have their default are left out."""
    lines = ["[[source]]"]
    for each in fields(source):
        value = getattr(source, each.name)
        if each.name in ("name", "urls", "kinds", "checked") or value != each.default:
            lines.append(f"{each.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _announcing(look: Look) -> list[Link]:
    links = look.listing.links if look.listing else ()
    return [link for link in links if wanted(link.title, KINDS, published=link.published)]


def _of_list(url: str, look: Look, regions: Regions) -> Proposal:
    links = look.listing.links if look.listing else ()
    announcing = _announcing(look)
    kinds = Counter(one.kind for link in announcing if (one := wanted(link.title, KINDS, published=link.published)))
    hosts = dict.fromkeys(host_of(link.url) for link in announcing)
    places, bodies = _about(announcing, url, regions)
    source = SourceConfig(
        name=_name(url),
        urls=(url,),
        region=places[0] if len(places) == 1 else "",
        expects=places if len(places) > 1 else (),
        kinds=tuple(kind.value for kind, _ in kinds.most_common()) or (Kind.RULE_OF_LAW.value,),
        body=bodies[0] if len(bodies) == 1 and bodies[0] != Body.GOVERNMENT else "",
        within=tuple(host for host in hosts if host.removeprefix("www.") != host_of(url).removeprefix("www.")),
    )
    scope = Scope(source)
    left = tuple((link, why) for link in links if (why := scope.left(link, 1)))
    taken = tuple(link for link in links if scope.left(link, 1) is None)
    return Proposal(
        source, taken, left, len(look.listing.pages if look.listing else ()), tuple(_notes(source, taken, look))
    )


def _beside_article(url: str, report: Report) -> Proposal:
    """An article tells whose reports stand here and what they are; its list is taken to be its folder."""
    source = SourceConfig(
        name=_name(url),
        urls=(urljoin(url, "."),),
        region=report.region_code or "",
        kinds=(report.kind.value if report.kind in KINDS else Kind.RULE_OF_LAW.value,),
        body=report.body.value if report.body is not Body.GOVERNMENT else "",
    )
    notes = (
        f"this is an article: {report.title}",
        "its folder is proposed as the list, which was not asked for: better give the address of the list itself",
    )
    return Proposal(source, (Link(url, report.title, report.published),), (), 0, notes)


def _about(links: Iterable[Link], url: str, regions: Regions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The divisions and the bodies that titles name, each once, in order."""
    read = [
        read_metadata(Page(link.title, (link.title,)), url=url, given=Given(title=link.title), regions=regions)
        for link in links
    ]
    codes = {each.region_code for each in read if each.region_code}
    return tuple(sorted(codes)), tuple(sorted({each.body.value for each in read}))


def _notes(source: SourceConfig, taken: tuple[Link, ...], look: Look) -> Iterable[str]:
    if look.moved_to:
        yield f"{look.url} has moved to {look.moved_to}, which is what is proposed"
    if not taken:
        yield "no title announces an annual report: is this the right list? `take` names further titles to take"
    if not source.region and not source.expects:
        yield "no division could be told from the titles: set `region`, or leave it to each report"
    if source.within:
        yield f"some reports stand on other hosts, proposed as `within`: {', '.join(source.within)}"


def _name(url: str) -> str:
    path = [part for part in url.partition("://")[2].partition("/")[2].split("/") if part and "." not in part]
    return "-".join((host_of(url).removeprefix("www."), *path[-1:]))


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)  # of a string or a number, JSON's form is TOML's too
