"""The sentences in which a figure follows a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from compare.figures import AHEAD, Figure, around, figures_after
from compare.lines import pick
from compare.reading import read
from compare.sentences import Span, sentence_at
from indexer.counting import Counting, Spots
from reports.fold import fold, fold_offsets, second_form
from reports.report import Report

_AT_ONCE = 4_096
_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase in its sentence, with the figures behind it.

    `spot` is its number in the Spots given, `work` the core's number of the work. `sentence` is as published and
    begins at `start` of `report.text`; `phrase` and the offsets of `figures` are code points of it.
    """

    spot: int
    work: int
    report: Report
    sentence: str
    start: int
    phrase: Span
    figures: tuple[Figure, ...]

    @property
    def marks(self) -> tuple[Span, ...]:
        """Where each figure stands in `sentence`."""
        return tuple((figure.start, figure.stop) for figure in self.figures)


def with_sentences(counting: Counting, spots: Spots, limit: int) -> tuple[Said, ...]:
    """The spots behind which figures stand, in their order, each with its sentence as published; `limit` at most.

    Contexts are read folded until there are enough; only what is given back is fetched from the corpus, each report
    once. A spot whose report the corpus no longer has as it was indexed is left out.
    """
    numbers = list(islice(_figured(counting, spots), limit))
    some = pick(spots, np.array(numbers, np.int64))
    said = (_said(spots, *found) for found in _published(counting, some, numbers))
    return tuple(each for each in said if each.figures)


def with_figures(counting: Counting, spots: Spots) -> list[int]:
    """The numbers of the spots behind which a figure stands, in order: what a total counts. Nothing is fetched."""
    return list(_figured(counting, spots))


def _figured(counting: Counting, spots: Spots) -> Iterator[int]:
    for begin in range(0, len(spots.works), _AT_ONCE):
        some = pick(spots, np.arange(begin, min(begin + _AT_ONCE, len(spots.works))))
        places = enumerate(around(counting, some, AHEAD))
        yield from (begin + number for number, (left, right) in places if read(left, right))


def _published(counting: Counting, spots: Spots, numbers: list[int]) -> Iterator[tuple[int, Report, Span]]:
    """Each spot in its report as published, with its number in `numbers`; a report is fetched and folded once."""
    rows, rights = spots.rows.tolist(), counting.right(spots, 2 * _COMPARED)
    at = 0
    while at < len(rows):
        following = next((n for n in range(at, len(rows)) if rows[n] != rows[at]), len(rows))
        for place, (report, span) in _places(counting, spots, range(at, following)):
            if _still(report.text, span[1], rights[place]):
                yield numbers[place], report, span
        at = following


def _places(counting: Counting, spots: Spots, of_row: range) -> Iterator[tuple[int, tuple[Report, Span]]]:
    """Where spots of one report stand in its published text: the first is asked for, the others by their distance."""
    first = counting.published(spots, of_row[0])
    if first is None:
        return
    report, (start, _) = first
    # Beyond the basic plane a character of the core's form may count for more than one: each spot is asked for then.
    if len(of_row) == 1 or max(report.text) > "￿":
        yield from ((number, there) for number in of_row if (there := counting.published(spots, number)))
        return
    offsets = fold_offsets(report.text)
    begins = int(offsets.searchsorted(start)) - int(spots.starts[of_row[0]])
    for number in of_row:
        begin, stop = begins + int(spots.starts[number]), begins + int(spots.stops[number])
        if stop <= len(offsets):
            yield number, (report, (int(offsets[begin]), int(offsets[stop - 1]) + 1))


def _still(text: str, stop: int, indexed: str) -> bool:
    """Whether what follows a place of a text is what followed it when it was indexed, in either form."""
    follows = fold(text[stop : stop + 4 * _COMPARED]).partition("\n")[0][: 2 * _COMPARED]
    return indexed[:_COMPARED] in (follows[:_COMPARED], second_form(follows)[:_COMPARED])


def _said(spots: Spots, number: int, report: Report, span: Span) -> Said:
    start, stop = sentence_at(report.text, span[0])
    sentence = report.text[start:stop]
    phrase = (span[0] - start, min(span[1], stop) - start)
    figures = figures_after(sentence, phrase[1])
    return Said(number, int(spots.works[number]), report, sentence, start, phrase, figures)
