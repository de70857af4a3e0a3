"""What comparisons are made of: by work, how often a question's terms stand in its text, and each place itself.

The numbers are those of `core` arrays (year, region, kind …): a comparison is array operations over them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indexer.corefile import SECTION_KINDS, Core, Ints
from indexer.evaluate import Evaluator, Mask, positive_terms
from indexer.facets import FacetCounter
from indexer.hits import Reports
from indexer.query import Query
from reports.fold import fold_offsets
from reports.report import Report, SectionKind

_LONGEST_CHAR = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """The works that a question's filters hold, ascending, and beside each what it has of the question.

    `occurrences`: of the positive terms as typed, apart, in the sections searched, 0 where the work does not match.
    `chars`: characters of those sections without white space; of the whole text where no section is asked for.
    """

    works: Ints
    matched: Mask
    occurrences: Ints
    chars: Ints


@dataclass(frozen=True, slots=True)
class Spots:
    """Every counted occurrence, in order of works and then of text; `starts` and `stops` are offsets in the core."""

    works: Ints
    rows: Ints
    starts: Ints
    stops: Ints


class Counting:
    """Counts over one core. Costs what finding the terms costs."""

    def __init__(
        self,
        core: Core,
        evaluator: Evaluator,
        facets: FacetCounter,
        reports: Callable[[], Reports],
        only: Mask | None = None,
    ) -> None:
        """`only`: of these works alone."""
        self._core, self._evaluator, self._facets, self._reports, self._only = core, evaluator, facets, reports, only

    def narrowed(self, core: Core, only: Mask | None) -> Counting:
        """The same of these works alone, by the years of a core that differs in nothing else."""
        return Counting(core, self._evaluator, self._facets.over(core), self._reports, only)

    def tally(self, query: Query) -> Tally:
        """How often, and in how much text. Without words in the question nothing occurs and everything matches."""
        works, found = np.flatnonzero(self._held(query)), self._evaluator.match(query.root)
        matched = found.all[works]
        occurrences = np.zeros(works.size, np.int64) if found.occurrences is None else found.occurrences[works]
        return Tally(works, matched, occurrences * matched, self._chars(query)[works])

    def spots(self, query: Query) -> Spots:
        """Each place that `tally` counts."""
        matched = self._evaluator.match(query.root)
        places = self._evaluator.spots(matched.found)
        if places is None:
            none = np.empty(0, np.int64)
            return Spots(none, none, none, none)
        works = self._core.row_work[places.rows]
        keep = (matched.all & self._held(query))[works]
        places = places.where(keep)
        return Spots(works[keep], places.rows, places.starts, places.stops)

    def left(self, spots: Spots, chars: int) -> list[str]:
        """Up to so many folded characters before each spot, of its paragraph."""
        floors = np.maximum(spots.starts - chars * _LONGEST_CHAR, self._core.row_text_start[spots.rows])
        pieces = map(self._core.folded, floors.tolist(), spots.starts.tolist())
        return [piece[-chars:].rpartition("\n")[2] for piece in pieces]

    def right(self, spots: Spots, chars: int) -> list[str]:
        """Up to so many folded characters after each spot, of its paragraph."""
        ends = np.minimum(spots.stops + chars * _LONGEST_CHAR, self._core.row_start[spots.rows + 1])
        pieces = map(self._core.folded, spots.stops.tolist(), ends.tolist())
        return [piece[:chars].partition("\n")[0] for piece in pieces]

    def section_kinds(self, spots: Spots) -> list[SectionKind | None]:
        """The kind of section each spot stands in."""
        core = self._core
        if not core.section_start.size:
            return [None] * len(spots.starts)
        at = np.searchsorted(core.section_start, spots.starts, side="right") - 1
        inside = (at >= 0) & (spots.stops <= core.section_stop[np.maximum(at, 0)])
        return [
            SECTION_KINDS[kind] if there else None
            for kind, there in zip(core.section_kind[np.maximum(at, 0)].tolist(), inside.tolist(), strict=True)
        ]

    def published(self, spots: Spots, number: int) -> tuple[Report, tuple[int, int]] | None:
        """The report a spot stands in, as published, and where in its text; None if the corpus no longer has it so."""
        core, row = self._core, int(spots.rows[number])
        report = self._reports().get(core.row_ids[row])
        if report is None:
            return None
        text_start = int(core.row_text_start[row])
        start, stop = (len(self._core.folded(text_start, int(at[number]))) for at in (spots.starts, spots.stops))
        offsets = fold_offsets(report.text)
        if stop > len(offsets):
            return None
        return report, (int(offsets[start]), int(offsets[stop - 1]) + 1)

    def _held(self, query: Query) -> Mask:
        held = self._facets.held(query)
        return held if self._only is None else held & self._only

    def _chars(self, query: Query) -> Ints:
        """By work, in the sections all terms ask for; in the whole text where they ask for none or for different."""
        core = self._core
        asked = {each.sections for each in positive_terms(query.root)}
        sections = asked.pop() if len(asked) == 1 else frozenset()
        if not sections:
            return core.chars
        wanted = np.flatnonzero(np.isin(core.section_kind, [SECTION_KINDS.index(kind) for kind in sections]))
        rows = np.searchsorted(core.row_start, core.section_start[wanted], side="right") - 1
        first = np.flatnonzero(np.diff(core.row_work, prepend=-1))
        wanted, rows = wanted[np.isin(rows, first)], rows[np.isin(rows, first)]
        chars = np.zeros(core.works, np.int64)
        np.add.at(chars, core.row_work[rows], core.section_chars[wanted])
        return chars
