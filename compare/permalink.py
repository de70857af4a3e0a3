"""The address of a sentence in a report, which survives a crawl that changes the rest of the report.

An address is `<digest>-<ordinal>`: of the folded sentence, and which of those that read the same. What it leads to is
looked for in today's text, then in the versions kept, newest first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Protocol

from compare.sentences import Span, sentence_at, sentences
from reports.fold import fold, fold_offsets
from reports.report import Report
from reports.versions import Version

_CODE = re.compile(r"([0-9a-f]{10})-([1-9][0-9]{0,4})", re.ASCII)
_DIGITS = 10
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a sentence is to be found again: `ordinal` counts from 1 among a report's sentences of one folded form."""

    report_id: str
    digest: str
    ordinal: int

    @property
    def code(self) -> str:
        """The part of an address that names the sentence: 3f9a0c21b7-1."""
        return f"{self.digest}-{self.ordinal}"

    @property
    def path(self) -> str:
        """The address within the site: /report/<id>/at/<code>."""
        return f"/report/{self.report_id}/at/{self.code}"


@dataclass(frozen=True, slots=True)
class Stands:
    """The sentence stands in today's text at `span`. `fewer`: not as often as when it was cited; this is the last."""

    report: Report
    span: Span
    fewer: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """Today's text no longer has the sentence; it stood at `span` of `version.report`, until `version.kept_until`.

    `nearest`: the sentence of today's text that is most like it, if one is half alike.
    """

    report: Report
    version: Version
    span: Span
    nearest: Span | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """Neither today's text nor any version has the sentence. `report` is None where the report is not held either."""

    report: Report | None


Fate = Stands | Changed | Gone


class Kept(Protocol):
    """Where texts and their versions are read: the corpus (reports.store.Store)."""

    def get(self, report_id: str) -> Report | None:
        """The report of that id."""

    def versions(self, report_id: str) -> tuple[Version, ...]:
        """What it was before, newest first."""


class Addresses:
    """The addresses of one report's sentences; made once where several are wanted, as it folds the whole text."""

    def __init__(self, report: Report) -> None:
        self.offsets = fold_offsets(report.text)
        self._report, self._folded = report, fold(report.text)

    def at(self, at: int) -> Passage:
        """The address of the sentence that a place of the text stands in."""
        text = self._report.text
        span = sentence_at(text, at)
        folded = fold(text[slice(*span)])
        before = sum(each[0] < span[0] for each in self._same(folded, int(self.offsets.searchsorted(span[0]))))
        return Passage(self._report.id, _digest(folded), before + 1)

    def _same(self, folded: str, stop: int) -> Iterator[Span]:
        """Every sentence of that folded form before a place: found in the folded text, as folding each takes longer."""
        text, place = self._report.text, -1
        while folded and (place := self._folded.find(folded, place + 1, stop)) >= 0:
            span = sentence_at(text, int(self.offsets[place]))
            if fold(text[slice(*span)]) == folded:
                yield span


def passage_at(report: Report, at: int) -> Passage:
    """The address of the sentence that a place of a report's text stands in."""
    return Addresses(report).at(at)


def read_code(report_id: str, code: str) -> Passage | None:
    """What an address names; None if it is none.

    >>> read_code("0123456789abcdef", "3f9a0c21b7-2").ordinal
    2
    """
    found = _CODE.fullmatch(code)
    return Passage(report_id, found[1], int(found[2])) if found else None


def resolve(passage: Passage, kept: Kept) -> Fate:
    """Where the sentence stands today, or stood. Costs a pass over the report's text, if need be its versions' too."""
    report = kept.get(passage.report_id)
    if report and (found := _find(report.text, passage)):
        return Stands(report, found[min(passage.ordinal, len(found)) - 1], fewer=len(found) < passage.ordinal)
    for version in kept.versions(passage.report_id):
        if report and (found := _find(version.report.text, passage)):
            span = found[min(passage.ordinal, len(found)) - 1]
            return Changed(report, version, span, _nearest(version.report.text[slice(*span)], report.text))
    return Gone(report)


def _digest(folded: str) -> str:
    return sha256(folded.encode()).hexdigest()[:_DIGITS]


def _find(text: str, passage: Passage) -> list[Span]:
    """Every sentence with that digest."""
    spans = list(sentences(text))
    return [span for span in spans if _digest(fold(text[slice(*span)])) == passage.digest]


def _nearest(sentence: str, text: str) -> Span | None:
    """By pairs of neighbouring characters in common (Dice's measure)."""
    wanted = _pairs(sentence)
    measured = ((_alike(wanted, _pairs(text[slice(*span)])), span) for span in sentences(text))
    alike, span = max(measured, key=lambda each: (each[0], -each[1][0]), default=(0.0, (0, 0)))
    return span if alike >= _ALIKE else None


def _pairs(sentence: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(fold(sentence)))


def _alike(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
