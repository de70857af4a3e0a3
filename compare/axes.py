"""How works fall on the slots of an axis, and what the slots are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.corefile import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """Where works count: `at`, positions in a tally (several times where a work counts in several slots), and `slots`.

    `at` None: every position once, in order. `size`: how many slots there are.
    """

    slots: Ints
    size: int
    at: Ints | None = None


def grid(rows: Side, columns: Side, weights: Sequence[Ints]) -> list[Ints]:
    """Each of `weights` (a number a work) summed by row and column. Works fall in several slots of one side at most."""
    at = columns.at if rows.at is None else rows.at
    across = rows.slots if rows.at is not None or at is None else rows.slots[at]
    along = columns.slots if columns.at is not None or at is None else columns.slots[at]
    cells = across * columns.size + along
    size = rows.size * columns.size
    return [_sums(cells, each if at is None else each[at], size).reshape(rows.size, columns.size) for each in weights]


def line(side: Side, weights: Sequence[Ints]) -> list[Ints]:
    """Each of `weights` summed by slot."""
    return [_sums(side.slots, each if side.at is None else each[side.at], side.size) for each in weights]


def _sums(slots: Ints, weights: Ints, size: int) -> Ints:
    # Sums of whole numbers below 2**53 are exact as floats too.
    return np.bincount(slots, weights, size).astype(np.int64)
