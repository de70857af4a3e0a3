"""What differs between two states of one report: its metadata, and its text paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from reports.alignment import runs
from reports.noise import masked, substance
from reports.report import Report

Span = tuple[int, int]
"""[start, stop) in code points."""

SHOWN = (
    "title", "kind", "region_code", "place", "issuer", "body", "year", "covers", "published", "doc_no", "topics",
)  # fmt: skip
_PUBLISHED = ("title", "issuer", "published", "doc_no")
_MIN_LIKENESS = 0.4
_MAX_PARAGRAPHS = 20_000
_PAIRINGS, _NEAR = 25_000, 40
_MAX_LETTERS = 40_000
_CLAUSE = re.compile(r"[^，。；：、！？,;|]*[，。；：、！？,;|]?")
_LETTERS = re.compile(r"\d[\d.,]*[%％]?|[A-Za-z]+|.", re.DOTALL)


class Edit(StrEnum):
    """What became of a passage."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a passage; `marks` are what the other side has not, in order, apart."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a stretch of unchanged ones joined by line breaks.

    `before` is None for what was added, `after` for what was removed. In unchanged ones noise and empty lines may
    differ: then one of the sides may be nothing else, and the other None.
    """

    edit: Edit
    before: Side | None
    after: Side | None

    @property
    def paragraphs(self) -> int:
        """How many paragraphs it is; noise is none."""
        sides = [side.text.count("\n") + 1 for side in (self.before, self.after) if side]
        return 0 if self.edit is Edit.SAME and len(sides) == 1 else max(sides)


@dataclass(frozen=True, slots=True)
class Field:
    """A line of metadata that differs, as text; None is unknown."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """All that differs. The passages together are the whole of both texts."""

    fields: tuple[Field, ...]
    passages: tuple[Passage, ...]


def compare(before: Report, after: Report) -> Changed:
    """What differs. Noise (reports/noise.py) does not count. Below a second for texts of 200,000 characters."""
    return Changed(changed_fields(before, after), tuple(_passages(before.text, after.text)))


def changed_fields(before: Report, after: Report) -> tuple[Field, ...]:
    """The metadata that differs, in the order of SHOWN."""
    found = (Field(name, _words(getattr(before, name)), _words(getattr(after, name))) for name in SHOWN)
    return tuple(field for field in found if field.before != field.after)


def is_noise(before: Report, after: Report) -> bool:
    """Whether two states of a report differ in noise alone, if at all."""
    shape = [[(each.heading, each.kind) for each in report.sections] for report in (before, after)]
    same = replace(after, text=before.text, sha256=before.sha256, sections=before.sections) == before
    return same and shape[0] == shape[1] and masked(before.text) == masked(after.text)


def is_published_change(before: Report, after: Report) -> bool:
    """Whether what was published differs: not layout, nor what the program makes of it (topics, region, …)."""
    given = any(getattr(before, name) != getattr(after, name) for name in _PUBLISHED)
    return given or substance(before.text) != substance(after.text)


def _words(value: object) -> str | None:
    if isinstance(value, frozenset):
        return "、".join(sorted(value)) or None
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _passages(before: str, after: str) -> Iterator[Passage]:
    old, new = before.split("\n"), after.split("\n")
    kept_old, kept_new = masked(before).split("\n"), masked(after).split("\n")
    at_old = at_new = 0
    for i, j, n in runs(kept_old, kept_new):
        yield from _replaced(
            [*zip(old[at_old:i], kept_old[at_old:i], strict=True)],
            [*zip(new[at_new:j], kept_new[at_new:j], strict=True)],
        )
        if n:
            yield Passage(Edit.SAME, Side("\n".join(old[i : i + n])), Side("\n".join(new[j : j + n])))
        at_old, at_new = i + n, j + n


def _replaced(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Passage]:
    """Paragraphs, each with what is not noise of it: those that resemble each other are one that was changed."""
    at_old = at_new = 0
    pairs = _alike([kept for _, kept in old], [kept for _, kept in new])
    for i, j in (*pairs, (len(old), len(new))):
        for text, kept in old[at_old:i]:
            yield Passage(Edit.REMOVED if kept.strip() else Edit.SAME, Side(text), None)
        for text, kept in new[at_new:j]:
            yield Passage(Edit.ADDED if kept.strip() else Edit.SAME, None, Side(text))
        if i < len(old):
            same = old[i][1] == new[j][1]
            yield Passage(Edit.SAME if same else Edit.CHANGED, *_sides(old[i][0], new[j][0]))
        at_old, at_new = i + 1, j + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which paragraphs resemble each other, in order; of many, only those not far from where the last pair stood."""
    if len(old) + len(new) > _MAX_PARAGRAPHS:
        return
    near = max(_NEAR, _PAIRINGS // max(len(old), 1))
    shingles = [{a + b for a, b in pairwise(f"\n{text}\n")} for text in (*old, *new)]
    first = len(old)
    for i in range(len(old)):
        candidates = range(first, min(first + near, len(shingles)))
        best = max(candidates, key=lambda j: _likeness(shingles[i], shingles[j]), default=None)
        if best is not None and _likeness(shingles[i], shingles[best]) >= _MIN_LIKENESS:
            yield i, best - len(old)
            first = best + 1


def _likeness(one: set[str], other: set[str]) -> float:
    """Dice's coefficient of their pairs of characters, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))


def _sides(old: str, new: str) -> tuple[Side, Side]:
    """Two wordings with their differences marked: clauses first, then letters and figures within them."""
    marks_old: list[Span] = []
    marks_new: list[Span] = []
    for a, b in _gaps(_CLAUSE.findall(old), _CLAUSE.findall(new), (0, 0)):
        for one, other in _within(old[a[0] : a[1]], new[b[0] : b[1]], (a[0], b[0])):
            marks_old.append(one)
            marks_new.append(other)
    return Side(old, _joined(marks_old)), Side(new, _joined(marks_new))


def _within(old: str, new: str, at: Span) -> Iterator[tuple[Span, Span]]:
    """Letter by letter where the clauses are alike and short; a rewritten clause is marked whole."""
    found = [((at[0], at[0] + len(old)), (at[1], at[1] + len(new)))]
    if old and new and len(old) * len(new) <= _MAX_LETTERS:
        finer = list(_gaps(_LETTERS.findall(old), _LETTERS.findall(new), at))
        kept = len(old) - sum(stop - start for (start, stop), _ in finer)
        if 2 * kept >= _MIN_LIKENESS * (len(old) + len(new)):
            found = finer
    yield from found


def _gaps(old: Sequence[str], new: Sequence[str], at: Span) -> Iterator[tuple[Span, Span]]:
    """The stretches that differ, as offsets of characters from `at` on."""
    i = j = 0
    start_old, start_new = at
    for a, b, n in runs(old, new):
        stop_old, stop_new = start_old + len("".join(old[i:a])), start_new + len("".join(new[j:b]))
        if (a, b) != (i, j):
            yield (start_old, stop_old), (start_new, stop_new)
        same = len("".join(old[a : a + n]))
        i, j, start_old, start_new = a + n, b + n, stop_old + same, stop_new + same


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without the empty ones, those that touch as one."""
    joined: list[Span] = []
    for start, stop in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        elif start < stop:
            joined.append((start, stop))
    return tuple(joined)
