"""What stands in the URL of a comparison, as given, and the URLs that change one thing of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from compare.asking import Comparison, YearBy
from webapp.params import SearchParams, values_of
from webapp.reading import Arguing, Arguments

VIEWS = ("matrix", "concordance", "first", "trend", "wordlist")
SHARED = ("q", "region", "year", "topic", "kind", "body", "section", "preset", "issuer", "year_by")
"""The names that every view takes; those a search takes among them mean the same."""
OWN: Mapping[str, tuple[str, ...]] = {
    "matrix": ("by", "measure", "open"),
    "concordance": ("beside", "sort", "page", "group", "pick"),
    "first": ("level", "group", "chart"),
    "trend": ("phrase", "beside", "measure"),
    "wordlist": ("list", "measure"),
}
LISTS = frozenset({"region", "beside"})
"""Names of which one field may hold several values, apart by commas or spaces."""
SEVERAL = LISTS | {"year", "topic", "kind", "body", "section", "open", "phrase", "pick"}
APART = re.compile(r"[、，,；;\s]+")
LONGEST = 256
LONGEST_LIST = 30_000
MOST = 400


@dataclass(frozen=True, slots=True)
class Address:
    """A page of comparison: its view, and its values by name in one order."""

    view: str
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The part of the address that says what is asked."""
        return "?" + urlencode(self.pairs) if self.pairs else ""

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a name."""
        return tuple(value for each, value in self.pairs if each == name)

    def one(self, name: str) -> str:
        """The first value of a name; "" where there is none."""
        return next(iter(self.all(name)), "")

    def given(self) -> dict[str, tuple[str, ...]]:
        """The values that every view takes, without the words."""
        return {name: self.all(name) for name in SHARED if name != "q"}

    def but(self, **changed: str | Iterable[str]) -> Address:
        """The same with other values: "" or none takes a name away."""
        values = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in changed.items()}
        kept = [pair for pair in self.pairs if pair[0] not in values]
        return _ordered(self.view, [*kept, *((name, each) for name in values for each in values[name] if each)])

    def as_view(self, view: str) -> Address:
        """The same comparison in another view; what only this view takes is left out."""
        return _ordered(view, [pair for pair in self.pairs if pair[0] in SHARED])


def read_address(view: str, arguments: Arguments) -> tuple[Address, list[str]]:
    """What a URL asks of a view, and what is wrong with its form; what the values mean is for compare to say."""
    given = Arguing(arguments, most=MOST)
    names = (*SHARED, *OWN[view])
    given.refuse_all_but(names)
    pairs: list[tuple[str, str]] = []
    for name in names:
        longest = LONGEST_LIST if name == "list" else LONGEST
        if name not in SEVERAL:
            values: Iterable[str] = (given.text(name, longest)[:longest],)
        else:
            values = (each[:LONGEST] for each in given.many(name))
        for value in values:
            parts = APART.split(value) if name in LISTS else (value,)
            pairs += [(name, part) for part in parts if part]
    return _ordered(view, pairs), given.problems


def address_of(view: str, comparison: Comparison, **own: str) -> Address:
    """The address of a comparison that was made, not typed: where a figure leads."""
    params = SearchParams(q=comparison.text, filters=comparison.chosen, sections=comparison.sections)
    pairs = [("q", comparison.text)]
    pairs += [
        (name, each)
        for name in ("region", "year", "topic", "kind", "body", "section")
        for each in values_of(params, name)
    ]
    pairs.append(("issuer", comparison.issuer))
    if comparison.year_by is not YearBy.EDITION:
        pairs.append(("year_by", comparison.year_by.value))
    return _ordered(view, [(name, value) for name, value in (*pairs, *own.items()) if value])


def spanned(address: Address) -> Address:
    """The same with years that follow each other written as one span: addresses stay short."""
    years = address.all("year")
    numbers = sorted(int(each) for each in years if re.fullmatch(r"\d{4}", each))
    if len(numbers) < 3 or len(numbers) != len(years) or numbers[-1] - numbers[0] != len(numbers) - 1:
        return address
    return address.but(year=f"{numbers[0]}-{numbers[-1]}")


def _ordered(view: str, pairs: Iterable[tuple[str, str]]) -> Address:
    names = (*SHARED, *OWN[view])
    kept = dict.fromkeys(pair for pair in pairs if pair[0] in names and pair[1])
    return replace(Address(view), pairs=tuple(sorted(kept, key=lambda pair: names.index(pair[0]))))
