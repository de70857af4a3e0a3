"""数值 on a page: the figures of a cell, each a link to its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from compare.figure_cells import FigureCells
from compare.permalink import passage_at
from compare.said import Said

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class FigureLink:
    """A figure as published, and the address of its sentence; `sentence` for who points at it."""

    words: str
    href: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FigureLinks:
    """The figures of one cell: the first few, and how many more there are."""

    links: tuple[FigureLink, ...]
    more: int = 0


def figure_links(figures: FigureCells) -> Mapping[tuple[int, int], FigureLinks]:
    """Of every cell the first few figures; of totals only how many."""
    return {key: _links(said, 0 if -1 in key else MOST_SHOWN) for key, said in figures.cells.items()}


def _links(said: Sequence[Said], most: int) -> FigureLinks:
    count = sum(len(each.figures) for each in said)
    links: list[FigureLink] = []
    for each in said[:most]:
        passage = passage_at(each.report, each.start)
        href = url_for("passages.page", report_id=passage.report_id, code=passage.code) + "#passage"
        links += [FigureLink(figure.shown, href, each.sentence) for figure in each.figures]
    shown = tuple(links[:most])
    return FigureLinks(shown, count - len(shown))
