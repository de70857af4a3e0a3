"""Comparisons counted in plain lines over exported reports: what every figure is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.indexer.brute import fold, regional

Line = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What is looked for: `phrases` joined by `how`: all, any, but (one without the other), paragraph (all in one)."""

    how: str
    phrases: tuple[str, ...]
    sections: frozenset[str] = frozenset()
    in_title: bool = False


@dataclass(frozen=True)
class Figures:
    """What a cell should say."""

    held: int
    matching: int
    occurrences: int
    chars: int


@dataclass(frozen=True)
class Counted:
    """What one work has of the words."""

    line: Line
    matches: bool
    count: int
    chars: int


class Export:
    """Works with their copies, out of the lines of an export."""

    def __init__(self, lines: Iterable[Line]) -> None:
        copies: defaultdict[str, list[Line]] = defaultdict(list)
        lines = list(lines)
        for line in lines:
            if line["copy_of"]:
                copies[line["copy_of"]].append(line)
        originals = [line for line in lines if not line["copy_of"]]
        self.works = [PlainWork(line, sorted(copies[line["id"]], key=lambda each: each["id"])) for line in originals]

    def counted(self, words: Words, keep: Callable[[Line], bool]) -> list[Counted]:
        """Each work that a filter keeps, with what it has of the words."""
        found = []
        for work in self.works:
            if keep(work.line):
                matches = work.matches(words)
                found.append(Counted(work.line, matches, work.count(words) if matches else 0, work.chars(words)))
        return found


def pooled(counted: Iterable[Counted]) -> Figures:
    """All of them together."""
    each = list(counted)
    return Figures(
        len(each), sum(one.matches for one in each), sum(one.count for one in each), sum(one.chars for one in each)
    )


@dataclass
class PlainWork:
    """A work: the line of its original, and all its lines' forms."""

    line: Line
    copies: list[Line]
    forms: list[list[tuple[str, str]]] = field(default_factory=list)
    known: dict[object, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in (self.line, *self.copies):
            form = _form(each)
            for kind in ("published", "mainland")[: 1 + (each["script"] == "hant")]:
                parts = form if kind == "published" else [(name, regional(part)) for name, part in form]
                if parts not in self.forms:
                    self.forms.append(parts)

    def matches(self, words: Words) -> bool:
        """Whether the words stand in it."""
        if words.how == "paragraph":
            parts = [part for form in self.forms for name, part in form if not words.sections or name in words.sections]
            paragraphs = [paragraph for part in parts for paragraph in part.split("\n")]
            return any(all(fold(phrase) in each for phrase in words.phrases) for each in paragraphs)
        stands = [self._stands(phrase, words) for phrase in words.phrases]
        return {"all": all(stands), "any": any(stands), "but": stands[0] and not any(stands[1:])}[words.how]

    def count(self, words: Words) -> int:
        """How often, apart, in the text of the first form that has any."""
        if words.in_title:
            return 0
        phrases = words.phrases[:1] if words.how == "but" else words.phrases
        key = (phrases, words.sections)
        if key not in self.known:
            counts = (
                sum(_apart(part, [fold(each) for each in phrases]) for part in _text_parts(form, words.sections))
                for form in self.forms
            )
            self.known[key] = next((count for count in counts if count), 0)
        number: int = self.known[key]
        return number

    def chars(self, words: Words) -> int:
        """Of the text as published, or of its sections."""
        key = ("chars", words.sections)
        if key not in self.known:
            parts = _text_parts(self.forms[0], words.sections)
            self.known[key] = sum(len(part.replace("\n", "")) for part in parts)
        chars: int = self.known[key]
        return chars

    def _stands(self, phrase: str, words: Words) -> bool:
        key = (phrase, words.sections, words.in_title)
        if key not in self.known:
            folded = fold(phrase)
            if words.in_title:
                found = any(folded in part for form in self.forms for name, part in form if name == "title")
            elif words.sections:
                found = any(folded in part for form in self.forms for part in _text_parts(form, words.sections))
            else:
                found = any(folded in part for form in self.forms for name, part in form if name != "repeat")
            self.known[key] = found
        stands: bool = self.known[key]
        return stands


def _form(line: Line) -> list[tuple[str, str]]:
    """The title and each section of a report, folded, paragraphs apart.

    A title the text begins with stands for itself only where the title is asked for.
    """
    title = fold(line["title"])
    sections = [(each["kind"], _folded(line["text"][each["start"] : each["stop"]])) for each in line["sections"]]
    return [("title", title), *sections]


def _folded(text: str) -> str:
    return "\n".join(fold(paragraph) for paragraph in text.split("\n"))


def _text_parts(form: list[tuple[str, str]], sections: frozenset[str]) -> list[str]:
    return [part for name, part in form[1:] if not sections or name in sections]


def _apart(text: str, phrases: list[str]) -> int:
    """Left to right, at each place the longest phrase that begins there, none over another."""
    count = at = 0
    while at < len(text):
        here = [phrase for phrase in phrases if text.startswith(phrase, at)]
        count += bool(here)
        at += max(map(len, here), default=1)
    return count


UNTIL = {"110103": 2010, "330104": 2021}
"""The last year of the divisions of the made corpus that are no more."""

DUE = {
    ("法治政府建设年度报告", "政府"): (3, 31),
    ("法治政府建设年度报告", "部门"): (3, 31),
    ("法治政府建设年度报告", "街道乡镇"): (3, 31),
    ("政府信息公开工作年度报告", "政府"): (3, 31),
    ("政府信息公开工作年度报告", "部门"): (1, 31),
}
YEARLY = {"法治政府建设年度报告", "政府工作报告", "政府信息公开工作年度报告", "统计公报"}


@dataclass(frozen=True)
class Absent:
    """A report that somebody ought to have written and that is not held."""

    kind: str
    region_code: str
    year: int


def absent(lines: Iterable[Line], year_of: str, today: date) -> list[Absent]:
    """What is expected of those whose reports are among `lines`, and is not among them."""
    held: defaultdict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for line in lines:
        name, year = _name(line), line[year_of] or line["year"]
        if line["region_code"] and year and (name or line["body"] == "政府"):
            held[line["kind"], line["body"], line["region_code"], name].add(year)
    return [
        Absent(kind, code, year)
        for (kind, body, code, name), years in held.items()
        for year in range(2000, 2030)
        if year not in years and (_between(kind, year, years) or _is_due(kind, body, code, name, year, years, today))
    ]


def _between(kind: str, year: int, years: set[int]) -> bool:
    return kind in YEARLY and min(years) < year < max(years)


def _is_due(kind: str, body: str, code: str, name: str, year: int, years: set[int], today: date) -> bool:
    if (kind, body) not in DUE or "街道" in name or (code == "000000" and body == "政府"):
        return False
    begun = year >= 2019 and (body == "政府" or year >= min(years))
    return begun and date(year + 1, *DUE[kind, body]) < today and year + 1 <= UNTIL.get(code, 9999)


def _name(line: Line) -> str:
    if line["body"] == "政府":
        return ""
    return str((line["place"] if line["body"] == "街道乡镇" else None) or line["issuer"] or "")
