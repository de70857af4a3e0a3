"""批量词表 as a page: a row as soon as it is counted, so that a long list is never a page that times out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for

from compare.asking import Asked, Comparison
from compare.cells import Cell, Measure
from compare.wordlist import WordRow, WordTable
from webapp.chart_cells import shade_of
from webapp.compare_matrix import Shown, shown_cell
from webapp.compare_params import address_of


@dataclass(frozen=True, slots=True)
class WordLine:
    """A counted row: which of how many, its words, its cells by year, all years together."""

    number: int
    name: str
    aliases: tuple[str, ...]
    cells: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True, slots=True)
class WordPage:
    """What the page shows: `lines` are counted while it is sent."""

    measure: Measure
    years: tuple[str, ...]
    count: int
    notes: tuple[str, ...]
    lines: Iterator[WordLine]


def word_page(table: WordTable, measure: Measure) -> WordPage:
    """Arrange a table of words; nothing is counted yet."""
    return WordPage(
        measure,
        tuple(head.name for head in table.columns),
        len(table.wordlist.entries),
        table.wordlist.notes,
        _lines(table, measure),
    )


def _lines(table: WordTable, measure: Measure) -> Iterator[WordLine]:
    """Shaded by the highest of each row: how a word came and went, however common it is."""
    for number, row in enumerate(table.rows(), 1):
        highest = max((cell.value(measure) or 0 for cell in row.cells), default=0)
        cells = []
        for head, cell in zip(table.columns, row.cells, strict=True):
            shade = shade_of(cell.value(measure) or 0, highest) if cell.blank is None else 0
            cells.append(shown_cell(cell, measure, shade, _behind(table.asked, row, cell, head.key)))
        total = shown_cell(row.total, measure, 0, _behind(table.asked, row, row.total, ""))
        yield WordLine(number, row.entry.label, row.entry.phrases[1:], tuple(cells), total)


def _behind(asked: Asked, row: WordRow, cell: Cell, year: str) -> str | None:
    """To the sentences: the words of the row, with what the list is narrowed by."""
    if cell.blank is not None:
        return None
    comparison: Comparison = replace(asked.comparison, text=f"({row.behind}) {asked.comparison.text}".strip())
    there = address_of("concordance", comparison)
    return url_for("comparing.concordance") + (there.but(year=year) if year else there).query
