"""Facets as links: each adds a value to the search or takes it out again; regions drill down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.answer import Facets, FacetValue
from indexer.query import ONLY
from reports.report import SectionKind
from webapp.params import FACETS, SearchParams, values_of, with_value, with_values, without_value
from webapp.words import label, say

ROOT = "000000"
FIRST_LINES = 10
SHORT_LIST = 13
WHOLE_TREE = 150
"""Up to so many regions the whole tree is in the page; beyond, what is chosen and what is beside it."""


class State(StrEnum):
    """Whether a value is chosen in the URL, asked for in the words of the question, or neither."""

    CHOSEN = "chosen"
    ASKED = "asked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as a line of the list; `href` chooses it or takes it back.

    `count` is None where nothing was counted. `unfolded`: show what is below it.
    """

    value: str
    label: str
    count: int | None
    state: State
    href: str
    below: tuple[Choice, ...] = ()
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One facet, with its heading. `most`: the largest count, the full length of a bar."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    most: int

    @property
    def first(self) -> tuple[Choice, ...]:
        """The lines shown at once: all of a short list."""
        return self.choices if len(self.choices) <= SHORT_LIST else self.choices[:FIRST_LINES]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """The lines folded away."""
        return self.choices[len(self.first) :]

    @property
    def rest_unfolded(self) -> bool:
        """Whether something is chosen among the rest."""
        return any(choice.state is not State.OPEN or choice.unfolded for choice in self.rest)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address of the search without it."""

    facet: str
    label: str
    href: str


def groups(params: SearchParams, facets: Facets) -> tuple[Group, ...]:
    """All facets worth showing, in the order of the page."""
    found = [_group("region", region_tree(params, facets.region))]
    for name, values in _flat(facets):
        found.append(_group(name, (_choice(params, name, value) for value in values)))
    if params.q:
        found.append(_group("section", (_section(params, kind) for kind in SectionKind)))
    return tuple(group for group in found if group.choices)


def chips(params: SearchParams, facets: Facets) -> tuple[Chip, ...]:
    """What is chosen, one by one."""
    names = {("region", value.value): value.label for value in facets.region}
    return tuple(
        Chip(facet, names.get((facet, value)) or _chosen(facet, value, names), without_value(params, facet, value).url)
        for facet in FACETS
        for value in values_of(params, facet)
    )


def region_tree(params: SearchParams, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """Regions as a tree. Choosing one takes the place of what is chosen above or below it."""
    parents = {value.value: value.parent for value in values}
    below: defaultdict[str | None, list[FacetValue]] = defaultdict(list)
    for value in values:
        below[_parent(value, parents)].append(value)
    chosen = params.filters.regions
    lineage = {each for code in chosen for each in _upward(code, parents)}

    def branch(value: FacetValue, deep: int) -> Choice:
        near = len(values) <= WHOLE_TREE or value.value in lineage
        children = tuple(branch(each, deep + 1) for each in below[value.value]) if near and deep < 6 else ()
        unfolded = bool(children) and (value.value in lineage or len(below[None]) == 1)
        line = _choice(params, "region", value)
        href = line.href if line.state is State.CHOSEN else _instead(params, value.value, parents)
        return replace(line, href=href, below=children, unfolded=unfolded)

    return tuple(branch(value, 0) for value in below[None])


def _parent(value: FacetValue, parents: Mapping[str, str | None]) -> str | None:
    """Where it hangs in the tree shown: provinces stand beside the whole country, not below it."""
    return value.parent if value.parent in parents and value.parent not in (ROOT, value.value) else None


def _upward(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    at: str | None = code
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return tuple(found)


def _instead(params: SearchParams, code: str, parents: Mapping[str, str | None]) -> str:
    kept = (each for each in params.filters.regions if code not in _upward(each, parents))
    above = _upward(code, parents)
    return with_values(params, "region", (code, *(each for each in kept if each not in above))).url


def _flat(facets: Facets) -> tuple[tuple[str, tuple[FacetValue, ...]], ...]:
    return (("year", facets.year), ("topic", facets.topic), ("kind", facets.kind), ("body", facets.body))


def _group(name: str, choices: Iterable[Choice]) -> Group:
    lines = tuple(choices)
    return Group(name, say(f"facet.{name}"), lines, max((line.count or 0 for line in lines), default=0))


def _choice(params: SearchParams, facet: str, value: FacetValue) -> Choice:
    state, href = State.OPEN, with_value(params, facet, value.value).url
    if value.value in values_of(params, facet):
        state, href = State.CHOSEN, without_value(params, facet, value.value).url
    elif value.selected:
        state = State.ASKED
    return Choice(value.value, value.label, value.count, state, href)


def _section(params: SearchParams, kind: SectionKind) -> Choice:
    chosen = kind in params.sections
    move = without_value if chosen else with_value
    state = State.CHOSEN if chosen else State.OPEN
    return Choice(kind.value, label("section", kind.value), None, state, move(params, "section", kind.value).url)


def _chosen(facet: str, value: str, names: Mapping[tuple[str, str], str]) -> str:
    if facet == "region" and value.startswith(ONLY):
        code = value.removeprefix(ONLY)
        return say("region.itself", name=names.get((facet, code), code))
    return _label(facet, value)


def _label(facet: str, value: str) -> str:
    if facet == "year":
        return label("year", value) if not value.isdigit() else say("year.one", year=value)
    return label(facet, value)
