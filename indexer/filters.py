"""What a filter or a scope may be called: names in a question become values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from indexer.lexer import Field, Label
from indexer.query import ONLY, UNKNOWN, Filters
from reports.fold import fold
from reports.report import Body, Kind, SectionKind

Name = TypeVar("Name", bound=str)

SECTION_NAMES = {
    SectionKind.LEAD: ("导语",),
    SectionKind.ACHIEVEMENTS: ("成效", "举措", "成绩", "举措和成效"),
    SectionKind.PROBLEMS: ("问题", "不足", "不足和原因"),
    SectionKind.LEADERSHIP: ("履职", "负责人", "第一责任人履职"),
    SectionKind.PLANS: ("安排", "计划", "打算", "下一年度安排"),
    SectionKind.OTHERS: ("其他", "其他需要报告的情况"),
    SectionKind.UNRECOGNISED: ("未识别",),
}
"""What each section may be called in a question; the first name is the one shown."""

_YEARS = re.compile(r"([0-9]{4})年?(?:(?:\.{2,3}|[-~至到…]+)([0-9]{4})年?)?")
_RECENT = re.compile(r"近([0-9]{1,2}|[一二两三四五六七八九十])年")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_ITSELF = re.compile("[=仅](.+)|(.+)本级")
_UNKNOWN_NAMES = frozenset({"未知", UNKNOWN})

_UNNAMED = {
    Label.REGION: "没有叫“{}”的地区",
    Label.YEAR: "“{}”不是年份，可以写 2021、2019-2023、近三年或未知",
    Label.TOPIC: "没有叫“{}”的主题",
    Label.KIND: "没有叫“{}”的报告类型",
    Label.BODY: "没有叫“{}”的主体，可以写政府、部门、街道乡镇或其他",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that data files give: topics, and regions by name and by code.

    `regions_named` gives the codes of every division that has or had the name, none if there is
    none; `region_name` the name to show for a code, None if no division has it.
    """

    topics: tuple[str, ...]
    regions_named: Callable[[str], tuple[str, ...]]
    region_name: Callable[[str], str | None]


class FilterReader:
    """Takes the filters of a question one by one; `filters` is what they come to together.

    `refused` is set by who finds a filter where it cannot be asked for.
    """

    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self.filters, self.refused = Filters(), False
        self._vocabulary, self._today = vocabulary, today
        self._asked: set[Label] = set()
        self._named: set[Label] = set()

    @property
    def nothing(self) -> bool:
        """Whether no report can match: of some filter, no value named anything."""
        return self.refused or self._asked != self._named

    def read(self, field: Field) -> list[str]:
        """Adds what one filter asks for; gives a sentence for each value that names nothing."""
        if not field.values:
            return [f"“{field.typed}”后面没有写值，已忽略"]
        notes = [f"“{field.typed}”后面有空格，空格后面的按词语理解"] if field.more else []
        self._asked.add(field.label)
        for value in field.values:
            if found := read_filter(field.label, value, self._vocabulary, self._today):
                self._named.add(field.label)
                self.filters = either(self.filters, found)
            else:
                notes.append(_UNNAMED[field.label].format(value))
        return notes


def read_filter(label: Label, value: str, vocabulary: Vocabulary, today: date) -> Filters:
    """The filter that one value asks for; empty if it names nothing.

    An abbreviation that fits several names asks for any of them.
    """
    match label:
        case Label.REGION:
            return Filters(regions=_regions(value, vocabulary))
        case Label.YEAR:
            return Filters(years=_years(value, today))
        case Label.TOPIC:
            unknown = frozenset({UNKNOWN}) if fold(value) in _UNKNOWN_NAMES else frozenset()
            return Filters(topics=unknown or _abbreviated(value, vocabulary.topics))
        case Label.KIND:
            return Filters(kinds=_abbreviated(value, Kind))
        case Label.BODY:
            return Filters(bodies=_abbreviated(value, Body))
        case Label.TITLE | Label.SECTION:
            raise ValueError(f"{label} is a scope, not a filter")


def read_section(name: str) -> SectionKind | None:
    """The section that is called so, in Chinese or by its English kind."""
    wanted = fold(name)
    for kind, names in SECTION_NAMES.items():
        if wanted == kind.value or wanted in map(fold, names):
            return kind
    return None


def either(one: Filters, other: Filters) -> Filters:
    """What either asks for, filter by filter: values of one filter are alternatives."""
    return Filters(**{each.name: getattr(one, each.name) | getattr(other, each.name) for each in fields(Filters)})


def _regions(value: str, vocabulary: Vocabulary) -> frozenset[str]:
    if fold(value) in _UNKNOWN_NAMES:
        return frozenset({UNKNOWN})
    found = _divisions(value, vocabulary)
    itself = None if found else _ITSELF.fullmatch(unicodedata.normalize("NFKC", value))
    if not itself:
        return found
    return frozenset(f"{ONLY}{code}" for code in _divisions((itself[1] or itself[2]).strip(), vocabulary))


def _divisions(value: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The codes of every division so called."""
    code = unicodedata.normalize("NFKC", value)
    if re.fullmatch("[0-9]{6}", code):
        return frozenset({code} if vocabulary.region_name(code) else ())
    return frozenset(vocabulary.regions_named(value) or vocabulary.regions_named(fold(value)))


def _years(value: str, today: date) -> frozenset[int | None]:
    wanted = fold(value)
    if wanted in _UNKNOWN_NAMES:
        return frozenset({None})
    if recent := _RECENT.fullmatch(wanted):
        count = _NUMERALS.get(recent[1]) or int(recent[1])
        return frozenset(range(today.year - count + 1, today.year + 1))
    if span := _YEARS.fullmatch(wanted):
        first, last = sorted((int(span[1]), int(span[2] or span[1])))
        return frozenset(range(first, last + 1))
    return frozenset()


def _abbreviated(value: str, names: Iterable[Name]) -> frozenset[Name]:
    """The name that is `value`, else all that contain it."""
    wanted = fold(value)
    found = {name: fold(name) for name in names}
    exact = frozenset(name for name, folded in found.items() if folded == wanted)
    return exact or frozenset(name for name, folded in found.items() if wanted and wanted in folded)
