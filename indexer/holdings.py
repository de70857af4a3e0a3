"""What is held, counted by region and year: array operations over a core."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.corefile import BODIES, KINDS, UNKNOWN_REGION, UNKNOWN_YEAR, Core
from reports.report import Body, Kind


@dataclass(frozen=True, slots=True)
class Held:
    """How many works of one region (None: unknown) and year (None: unknown); `report_id` of the first of them."""

    region_code: str | None
    year: int | None
    works: int
    copies: int
    report_id: str


def held(core: Core, kind: Kind | None = None, body: Body | None = None) -> tuple[Held, ...]:
    """Works of one kind and body, or of all, by region and year."""
    mask = np.ones(core.works, bool)
    if kind is not None:
        mask &= core.kind == KINDS.index(kind)
    if body is not None:
        mask &= core.body == BODIES.index(body)
    numbers = np.flatnonzero(mask)
    if not numbers.size:
        return ()
    pairs = np.stack([core.region[numbers], core.year[numbers]])
    cells, first, inverse = np.unique(pairs, axis=1, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    works = np.bincount(inverse)
    copies = np.bincount(inverse, weights=core.copies[numbers]).astype(int)
    return tuple(
        Held(
            None if region == UNKNOWN_REGION else core.region_codes[region],
            None if year == UNKNOWN_YEAR else year,
            int(works[cell]),
            int(copies[cell]),
            core.ids[numbers[first[cell]]],
        )
        for cell, (region, year) in enumerate(cells.T.tolist())
    )
