"""数值 of a table: the figures that follow the phrase, gathered for each cell they count in. Never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from compare.lines import pick
from compare.matrix import Axis, Matrix
from compare.said import Said, with_figures, with_sentences

MOST_SENTENCES = 2_000
MOST_READ = 20_000
"""So many occurrences are looked at, those of the newest years: a second's work."""


@dataclass(frozen=True, slots=True)
class FigureCells:
    """The sentences with figures of each cell, by row and column as in Matrix; -1 is the total's.

    `left_out` counts occurrences not among them: those with a figure beyond MOST_SENTENCES, all beyond MOST_READ.
    """

    cells: Mapping[tuple[int, int], tuple[Said, ...]]
    left_out: int = 0

    def words(self) -> dict[tuple[int, int], str]:
        """What a table shows: the figures as published, all of them; of totals how many there are."""
        return {key: _words(said, total=-1 in key) for key, said in self.cells.items()}


def figure_cells(table: Matrix) -> FigureCells:
    """The figures behind the phrase of a table."""
    counting, query = table.asked.searcher.counting, table.asked.query
    spots = counting.spots(query)
    some = pick(spots, np.arange(min(len(spots.works), MOST_READ)))
    read = with_sentences(counting, some, MOST_SENTENCES)
    left_out = len(with_figures(counting, some)) - len(read) if len(read) == MOST_SENTENCES else 0
    left_out += len(spots.works) - len(some.works)
    cells: defaultdict[tuple[int, int], list[Said]] = defaultdict(list)
    sections = counting.section_kinds(spots) if table.rows_by is Axis.SECTION else None
    for said in read:
        rows, columns = table.place(said.work, sections[said.spot] if sections else None)
        for row in (*rows, -1):
            for column in (*columns, -1):
                cells[row, column].append(said)
    return FigureCells({key: tuple(said) for key, said in cells.items()}, left_out)


def _words(said: tuple[Said, ...], *, total: bool) -> str:
    figures = [figure.shown for each in said for figure in each.figures]
    return f"{len(figures)} 个" if total else "；".join(figures)
