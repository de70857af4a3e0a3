"""From the URL of a comparison to the comparison: every problem gathered, then the view made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from compare.asking import Asked, Comparison, read_comparison, understand
from compare.permalink import Passage
from compare.place_names import place_codes
from compare.scope import Ground
from compare.sheet import Sheet
from compare.stamp import Stamp
from reports.errors import QueryError
from webapp.chart_cells import CellChart
from webapp.chart_dots import DotChart
from webapp.chart_lines import LineChart
from webapp.compare_params import Address
from webapp.reading import SHOWN
from webapp.words import say

Choice = TypeVar("Choice", bound=StrEnum)
Chart = LineChart | DotChart | CellChart


@dataclass(slots=True)
class Asking:
    """One request: where it stands, what it asks, and the problems found so far.

    `whole`: everything is to be taken away, not a page of it.
    """

    ground: Ground
    address: Address
    today: date
    problems: list[str] = field(default_factory=list)
    whole: bool = False

    def choice(self, name: str, kind: type[Choice], otherwise: Choice) -> Choice:
        """One of a fixed list of values."""
        value = self.address.one(name)
        known = {each.value: each for each in kind}
        if value and value not in known:
            self.bad(name, value, say("param.choice", known="、".join(known)))
        return known.get(value, otherwise)

    def number(self, name: str, last: int) -> int:
        """A number from 1 on."""
        value = self.address.one(name)
        if not value:
            return 1
        if value.isascii() and value.isdigit() and len(value) < 7 and 1 <= int(value) <= last:
            return int(value)
        self.bad(name, value, say("param.number", last=last))
        return 1

    def places(self, name: str) -> tuple[str, ...]:
        """The codes of the places named, in their order."""
        found: list[str] = []
        for value in self.address.all(name):
            codes = place_codes(value, self.ground)
            if not codes:
                self.bad(name, value, say("param.region"))
            found += codes
        return tuple(dict.fromkeys(found))

    def comparison(self, text: str | None = None) -> Comparison:
        """The comparison, or an empty one where something is wrong with it."""
        text = self.address.one("q") if text is None else text
        try:
            return read_comparison(text, self.address.given(), self.ground, self.today)
        except QueryError as error:
            self.problems += error.problems
            return Comparison(text)

    def asked(self, text: str | None = None, *, words: bool = True) -> Asked:
        """The comparison as it will be counted. Raises QueryError with every problem."""
        comparison = self.comparison(text)
        self.check()
        return understand(comparison, self.ground, self.today, words=words)

    def bad(self, name: str, value: str, expected: str) -> None:
        """Note a value that cannot be meant, and what was expected."""
        self.problems.append(say("param.bad", name=name, value=value[:SHOWN], expected=expected))

    def check(self) -> None:
        """Raises QueryError if there is any problem."""
        if self.problems:
            raise QueryError(*dict.fromkeys(self.problems))


@dataclass(frozen=True, slots=True)
class View:
    """A view made: what its template shows, and what can be taken away of it.

    `sheets` and `passages`, the sentences for a document, are made when asked for; `part`: which of all the sentences
    those are, "" where they are all.
    """

    asked: Asked
    page: object
    sheets: Callable[[Stamp], Sequence[Sheet]]
    charts: tuple[Chart, ...] = ()
    passages: Callable[[], Sequence[Passage]] | None = None
    left_out: int = 0
    part: str = ""
