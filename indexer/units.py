"""The sentences, paragraphs and sections of a core's forms, as spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import numpy as np

from indexer.corefile import Core, Ints
from indexer.pair_writer import Units
from indexer.postings import distinct, firsts
from indexer.query import Unit
from indexer.scan import Found

_SPAN_UNITS = 1 << 20
_LINE_FEED = 0x0A
# What folding leaves of 。 ！ ？ ；
_ENDS = tuple(map(ord, "\n。!?;"))


def units(core: Core, found: Found, unit: Unit) -> tuple[Ints, Ints]:
    """Starts and stops of the units in which the places begin, in order, each once."""
    match unit:
        case Unit.SECTION:
            starts, stops = _sections(core, found)
        case Unit.SENTENCE | Unit.PARAGRAPH:
            starts, stops = _between_ends(core, found, unit)
        case _:
            assert_never(unit)
    # Places come in order, and so do their units.
    first = firsts(starts)
    return starts[first], stops[first]


def _sections(core: Core, found: Found) -> tuple[Ints, Ints]:
    """Sections follow each other without a gap; a title before the text is one of its own."""
    rows, at = found.rows, found.starts
    starts, stops, text = core.row_start[rows], core.row_start[rows + 1], core.row_text_start[rows]
    starts, stops = np.where(text <= at, text, starts), np.where(text > at, text, stops)
    bounds = np.append(core.section_start, np.iinfo(np.int64).max)
    following = np.searchsorted(bounds, at, side="right")
    before = np.where(following > 0, bounds[following - 1], -1)
    return np.maximum(starts, before), np.minimum(stops, bounds[following])


def _between_ends(core: Core, found: Found, unit: Unit) -> tuple[Ints, Ints]:
    if not found.rows.size:
        return found.starts, found.stops
    ends = np.concatenate([_ends(core.forms[a:b], unit) + a for a, b in _spans(core, distinct(found.rows))])
    following = np.searchsorted(ends, found.starts, side="right")
    before = np.where(following > 0, ends[following - 1], 0)
    return np.maximum(before, core.row_start[found.rows]), ends[following]


def _spans(core: Core, rows: Ints) -> Iterator[tuple[int, int]]:
    """The rows as spans, those that follow each other in one while it is not large."""
    start = stop = -1
    for a, b in zip(core.row_start[rows].tolist(), core.row_start[rows + 1].tolist(), strict=True):
        if a != stop or b - start > _SPAN_UNITS:
            if stop > start:
                yield start, stop
            start = a
        stop = b
    yield start, stop


def _ends(piece: Units, unit: Unit) -> Ints:
    """Places just behind every end in a piece of the forms."""
    if unit is Unit.PARAGRAPH:
        return np.flatnonzero(piece == _LINE_FEED) + 1
    return np.flatnonzero(np.logical_or.reduce([piece == end for end in _ENDS])) + 1
