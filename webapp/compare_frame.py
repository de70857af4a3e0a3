"""What stands around every comparison: its views, what is compared with links to change it, what was counted, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flask import url_for

from compare.asking import ANNUAL_KINDS, Asked, YearBy
from compare.cells import Measure
from compare.presets import districts
from compare.scope import Ground
from indexer.query import Filters
from indexer.restate import restate
from reports.report import Body, Kind
from webapp.compare_params import VIEWS, Address
from webapp.words import label, say

BODIES = (Body.GOVERNMENT, Body.DEPARTMENT, Body.TOWN)
FILES = {
    "matrix": ("csv", "xlsx", "json", "svg"),
    "concordance": ("csv", "xlsx", "json", "docx"),
    "first": ("csv", "xlsx", "json", "docx", "svg"),
    "trend": ("csv", "xlsx", "json", "svg"),
    "wordlist": ("csv", "xlsx", "json"),
}
ANNUAL = tuple(each for each in Kind if each in ANNUAL_KINDS)
MOST_CITIES = 400


@dataclass(frozen=True, slots=True)
class Link:
    """A way on. `current` says that this is where one is."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Something to change about a comparison, by one click each."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page of comparison shows beside its table. `asked` is None as long as nothing is asked."""

    address: Address
    tabs: tuple[Link, ...]
    switches: tuple[Switch, ...]
    files: tuple[Link, ...]
    asked: Asked | None
    title: str
    compared: str
    facts: tuple[str, ...]


def frame(address: Address, asked: Asked | None, as_of: date | None, today: date) -> Frame:
    """The frame of one page."""
    return Frame(
        address,
        tuple(_tab(address, view) for view in VIEWS),
        tuple(switches(address)) if asked else (),
        tuple(files(address)) if asked else (),
        asked,
        title_of(asked) if asked else "",
        compared(asked) if asked else "",
        facts(asked, as_of, today) if asked else (),
    )


def title_of(asked: Asked) -> str:
    """The words that are compared."""
    bare = replace(asked.query, filters=Filters(), chosen=Filters())
    return restate(bare, asked.searcher.vocabulary)


def compared(asked: Asked) -> str:
    """What is compared with what: whose reports of which kinds, by which year, from which places, years and topics."""
    query = asked.query
    filters, chosen = (replace(each, kinds=frozenset(), bodies=frozenset()) for each in (query.filters, query.chosen))
    if asked.comparison.preset:
        chosen = replace(chosen, regions=frozenset())
    if not (filters or chosen):
        return asked.heading
    further = restate(replace(query, root=None, filters=filters, chosen=chosen), asked.searcher.vocabulary)
    return f"{asked.heading} · {further}"


def files(address: Address) -> Iterable[Link]:
    """The same numbers to take away."""
    for form in FILES[address.view]:
        href = url_for(f"comparing.{address.view}_file", form=form) + address.query
        yield Link(say(f"compare_file.{form}"), href)


def switches(address: Address) -> Iterable[Switch]:
    """Whose reports, which kinds, by which year, and what is counted."""
    address = address.but(page="", pick="")
    bodies = address.all("body") or ((Body.DEPARTMENT if address.one("issuer") else Body.GOVERNMENT),)
    yield _switch(
        "body",
        ((each.value, address.but(body=each.value, issuer=_issuer(address, each))) for each in BODIES),
        bodies,
    )
    kinds = address.all("kind")
    annual = [("", address.but(kind="")), *((each.value, address.but(kind=each.value)) for each in ANNUAL)]
    yield _switch("kind", annual, kinds or ("",))
    by = address.one("year_by") or YearBy.EDITION
    yield _switch("year_by", ((each.value, _by(address, each)) for each in YearBy), (by,))
    if address.view in ("matrix", "trend", "wordlist"):
        known = [each for each in Measure if address.view == "matrix" or each is not Measure.FIGURES]
        now = address.one("measure") or default_measure(address.view)
        yield _switch("measure", ((each.value, address.but(measure=each.value)) for each in known), (now,))


def default_measure(view: str) -> Measure:
    """What a view shows until it is told otherwise: lines over years are compared by rate."""
    return Measure.RATE if view == "trend" else Measure.OCCURRENCES


def facts(asked: Asked, as_of: date | None, today: date) -> tuple[str, ...]:
    """What figures were counted in, and when."""
    held = asked.coverage
    said = [
        say("compare.held", works=held.works, regions=held.regions),
        say("compare.chars", chars=held.chars),
    ]
    if held.first_year is not None:
        years = f"{held.first_year}" + (f"–{held.last_year}" if held.last_year != held.first_year else "")
        said.append(say("compare.years", years=years))
    if as_of is not None:
        said.append(say("compare.as_of", date=as_of.isoformat()))
    return (*said, say("compare.made", date=today.isoformat()))


def cities(ground: Ground) -> tuple[tuple[str, str], ...]:
    """Divisions of which districts are held, as presets: their keys and names."""
    codes = ground.searcher.core.region_codes
    parents = {above[1] for code in codes if len(above := ground.regions.ancestors(code)) > 2}
    found = (districts(code, ground.regions) for code in sorted(parents)[:MOST_CITIES])
    return tuple((each.key, each.name) for each in found if each)


def choices(address: Address, name: str, kind: type[StrEnum], otherwise: StrEnum, table: str) -> tuple[Link, ...]:
    """A link for each value of a parameter; `table` of the catalogue has their words."""
    now = address.one(name) or otherwise.value
    return tuple(
        Link(label(table, each.value), address.but(**{name: each.value, "open": ""}).query, each.value == now)
        for each in kind
    )


def _tab(address: Address, view: str) -> Link:
    there = address if view == address.view else address.as_view(view)
    return Link(say(f"compare_view.{view}"), url_for(f"comparing.{view}") + there.query, view == address.view)


def _switch(name: str, choices: Iterable[tuple[str, Address]], current: Sequence[str]) -> Switch:
    links = tuple(
        Link(label(f"compare_{name}", value or "annual"), there.query or "?", value in current)
        for value, there in choices
    )
    return Switch(say(f"compare_switch.{name}"), links)


def _by(address: Address, year_by: YearBy) -> Address:
    return address.but(year_by="" if year_by is YearBy.EDITION else year_by.value)


def _issuer(address: Address, body: Body) -> str:
    return "" if body is Body.GOVERNMENT else address.one("issuer")
