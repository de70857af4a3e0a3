"""Reading parameters: every problem is gathered, named by its parameter, and told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from indexer.answer import LAST_PAGE, Sort
from indexer.facets import UNKNOWN_LABEL
from indexer.parse import MAX_CHARS
from indexer.query import ONLY, UNKNOWN, Filters
from reports.report import Body, Kind, SectionKind
from webapp.params import SearchParams
from webapp.words import say

Arguments = Mapping[str, Sequence[str]]
Choice = TypeVar("Choice", bound=StrEnum)

MOST_VALUES = 50
SHOWN = 40
YEARS = re.compile(r"(\d{4})(?:(?:\.\.|[-–—])(\d{4}))?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100
SEARCH_NAMES = ("q", "region", "year", "topic", "kind", "body", "section", "sort", "page")


class Names(Protocol):
    """Who knows the names of places and topics."""

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics."""
        ...

    def region_codes(self, name: str) -> frozenset[str]:
        """The codes of all divisions of that name."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a search URL, and what could not: one sentence a problem."""

    params: SearchParams
    problems: tuple[str, ...]


def read_search(arguments: Arguments, names: Names) -> Reading:
    """A search from the values of its URL. Never raises: what is wrong is left out and named."""
    given = Arguing(arguments)
    given.refuse_all_but(SEARCH_NAMES)
    params = SearchParams(
        q=given.text("q", MAX_CHARS),
        filters=Filters(
            regions=_regions(given, names),
            years=_years(given),
            topics=_topics(given, names),
            kinds=given.choices("kind", Kind),
            bodies=given.choices("body", Body),
        ),
        sections=given.choices("section", SectionKind),
        sort=given.choice("sort", Sort, Sort.RELEVANCE),
        page=given.number("page", LAST_PAGE),
    )
    return Reading(params, tuple(given.problems))


@dataclass(slots=True)
class Arguing:
    """The values of a URL while they are read; `problems` grows. `most` values of one name."""

    arguments: Arguments
    problems: list[str] = field(default_factory=list)
    most: int = MOST_VALUES

    def refuse_all_but(self, names: Sequence[str]) -> None:
        """Name every parameter that is none of `names`."""
        for name in self.arguments:
            if name not in names:
                self.problem("param.unknown", name=name[:SHOWN], names="、".join(names))

    def one(self, name: str) -> str:
        """The value of a parameter that may stand once; empty when absent."""
        values = self.arguments.get(name, ())
        if len(values) > 1:
            self.problem("param.once", name=name)
        return values[0].strip() if values else ""

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that may be repeated, without empty ones."""
        values = tuple(dict.fromkeys(value.strip() for value in self.arguments.get(name, ()) if value.strip()))
        if len(values) > self.most:
            self.problem("param.many", name=name, most=self.most)
        return values[: self.most]

    def text(self, name: str, longest: int) -> str:
        """Free text of at most `longest` characters."""
        value = self.one(name)
        if len(value) > longest:
            self.problem("param.long", name=name, chars=len(value), longest=longest)
        return value

    def number(self, name: str, last: int) -> int:
        """A number from 1 to `last`; 1 when absent."""
        value = self.one(name)
        if not value:
            return 1
        if re.fullmatch(r"\d{1,6}", value, re.ASCII) and 1 <= int(value) <= last:
            return int(value)
        self.bad(name, value, say("param.number", last=last))
        return 1

    def choice(self, name: str, kind: type[Choice], otherwise: Choice) -> Choice:
        """One of a fixed list of values."""
        value = self.one(name)
        found = self._choose(name, (value,) if value else (), kind)
        return found[0] if found else otherwise

    def choices(self, name: str, kind: type[Choice]) -> frozenset[Choice]:
        """Several of a fixed list of values."""
        return frozenset(self._choose(name, self.many(name), kind))

    def _choose(self, name: str, values: Sequence[str], kind: type[Choice]) -> tuple[Choice, ...]:
        known = {each.value: each for each in kind}
        for value in values:
            if value not in known:
                self.bad(name, value, say("param.choice", known="、".join(known)))
        return tuple(known[value] for value in values if value in known)

    def bad(self, name: str, value: str, expected: str) -> None:
        """Note a value that cannot be meant, and what was expected."""
        self.problem("param.bad", name=name, value=value[:SHOWN], expected=expected)

    def problem(self, key: str, **values: object) -> None:
        """Note a problem in the words of the catalogue."""
        self.problems.append(say(key, **values))


def _regions(given: Arguing, names: Names) -> frozenset[str]:
    found: set[str] = set()
    for value in given.many("region"):
        if value in (UNKNOWN, UNKNOWN_LABEL):
            found.add(UNKNOWN)
        elif re.fullmatch(rf"{ONLY}?\d{{6}}", value, re.ASCII):
            found.add(value)
        elif codes := names.region_codes(value):
            found |= codes
        else:
            given.bad("region", value, say("param.region"))
    return frozenset(found)


def _years(given: Arguing) -> frozenset[int | None]:
    found: set[int | None] = set()
    for value in given.many("year"):
        parts = YEARS.fullmatch(value)
        first, last = (int(parts[1]), int(parts[2] or parts[1])) if parts else (1, 0)
        if value in (UNKNOWN, UNKNOWN_LABEL):
            found.add(None)
        elif FIRST_YEAR <= first <= last <= LAST_YEAR:
            found |= set(range(first, last + 1))
        else:
            given.bad("year", value, say("param.year"))
    return frozenset(found)


def _topics(given: Arguing, names: Names) -> frozenset[str]:
    known = {*names.topics, UNKNOWN}
    for value in given.many("topic"):
        if value not in known:
            given.bad("topic", value, say("param.topic"))
    return frozenset(known.intersection(given.many("topic")))
