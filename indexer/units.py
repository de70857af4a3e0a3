"""The sentences, paragraphs and sections of a core's forms, as spans."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from indexer.corefile import Core, Ints
from indexer.postings import firsts
from indexer.query import Unit
from indexer.scan import Found


def units(core: Core, found: Found, unit: Unit) -> tuple[Ints, Ints]:
    """Starts and stops of the units in which the places begin, in order, each once."""
    match unit:
        case Unit.SECTION:
            starts, stops = _sections(core, found)
        case Unit.SENTENCE | Unit.PARAGRAPH:
            starts, stops = core.ends.around(found.starts, paragraphs=unit is Unit.PARAGRAPH)
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
