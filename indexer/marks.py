"""Where a question's terms stand in published text, and the pieces of it worth showing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.answer import Snippet
from indexer.query import Scope, Term
from reports.fold import fold, fold_offsets, second_form
from reports.report import Report, Script

Span = tuple[int, int]
Words = Callable[[str], Iterable[str]]

_SNIPPETS = 3
_AROUND_CHARS = 40
_SNIPPET_CHARS = 120
_CLAUSE_ENDS = "。；！？，,;"


def text_marks(report: Report, terms: Iterable[Term], words: Words) -> tuple[Span, ...]:
    """Spans of `report.text` in which the terms stand, in order and apart.

    A bare term is marked as typed where it stands so, else by its words.
    """
    text = Published(report.text, report.script)
    spans: list[Span] = []
    for term in terms:
        if term.scope is Scope.TITLE:
            continue
        found = _within(report, term, text.find(term.folded))
        if not found and not term.quoted:
            found = [
                span for word in dict.fromkeys(words(term.folded)) for span in _within(report, term, text.find(word))
            ]
        spans += found
    return _apart(spans)


def title_marks(report: Report, terms: Iterable[Term], words: Words) -> tuple[Span, ...]:
    """Spans of `report.title` in which the terms stand."""
    title = Published(report.title, report.script)
    spans: list[Span] = []
    for term in terms:
        if term.sections:
            continue
        found = title.find(term.folded)
        if not found and not term.quoted:
            found = [span for word in dict.fromkeys(words(term.folded)) for span in title.find(word)]
        spans += found
    return _apart(spans)


class Published:
    """A published text beside its matching forms, to find folded phrases in it."""

    def __init__(self, text: str, script: Script) -> None:
        self._text, first = text, fold(text)
        self._forms = {first, second_form(first)} if script is Script.HANT else {first}

    def find(self, phrase: str) -> list[Span]:
        """Every span in which the phrase stands, overlapping ones too."""
        starts = sorted({at for form in self._forms for at in _starts(form, phrase)})
        return [(int(self._offsets[at]), int(self._offsets[at + len(phrase) - 1]) + 1) for at in starts]

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        return fold_offsets(self._text)


def _starts(form: str, phrase: str) -> Iterator[int]:
    at = form.find(phrase) if phrase else -1
    while at >= 0:
        yield at
        at = form.find(phrase, at + 1)


def _within(report: Report, term: Term, spans: list[Span]) -> list[Span]:
    if not term.sections:
        return spans
    sections = [section for section in report.sections if section.kind in term.sections]
    return [span for span in spans if any(s.start <= span[0] and span[1] <= s.stop for s in sections)]


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def snippets(text: str, marks: tuple[Span, ...]) -> tuple[Snippet, ...]:
    """Up to three pieces of the text, those with marks; without any, its beginning."""
    windows: list[Span] = []
    for number, (start, _) in enumerate(marks):
        if windows and start < windows[-1][1]:
            continue
        if len(windows) == _SNIPPETS:
            break
        windows.append(_window(text, marks[number:], windows[-1][1] if windows else 0))
    if not windows:
        windows = [(0, min(len(text), _SNIPPET_CHARS))]
    return tuple(_snippet(text, window, marks) for window in windows)


def _window(text: str, marks: tuple[Span, ...], floor: int) -> Span:
    """About _SNIPPET_CHARS around the first mark, within its paragraph, from a clause's beginning to a clause's end
    where there is one, and never through a mark."""
    start, stop = marks[0]
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND_CHARS, floor)
    clauses = [at + 1 for at in range(left, start) if text[at] in _CLAUSE_ENDS]
    if left and text[left - 1] not in _CLAUSE_ENDS + "\n" and clauses:
        left = clauses[0]
    line_end = text.find("\n", stop)
    line_end = len(text) if line_end < 0 else line_end
    right = min(line_end, max(stop, left + _SNIPPET_CHARS))
    if right < line_end:
        right = next((at for at in range(right, stop, -1) if text[at - 1] in _CLAUSE_ENDS), right)
    return left, max([right, *(b for a, b in marks if a < right < b)])


def _snippet(text: str, window: Span, marks: tuple[Span, ...]) -> Snippet:
    left, right = window
    first = bisect_left(marks, (left, left))
    inside = [(a - left, b - left) for a, b in marks[first:] if b <= right]
    return Snippet(text[left:right], tuple(inside))
