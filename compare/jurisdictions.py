"""Whom a report speaks for: divisions of one level, the abolished through what they became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.corefile import Ints
from reports.regions import Regions


class Level(StrEnum):
    """Which jurisdictions are compared. Each speaks for itself, not for what lies below it."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ANY = "any"


_NUMBERS = {Level.PROVINCE: 1, Level.CITY: 2, Level.COUNTY: 3}


@dataclass(frozen=True, slots=True)
class Jurisdictions:
    """`codes` in the order of the tree of divisions; `numbers`: for each region number of a core the place of its
    jurisdiction in `codes`, -1 if it has none; one more at the end for the unknown region, which is -1 too.
    """

    codes: tuple[str, ...]
    numbers: Ints


def jurisdictions(region_codes: Sequence[str], regions: Regions, level: Level) -> Jurisdictions:
    """Whom the works of each of a core's regions speak for. A division abolished into exactly one of its own level
    speaks as that one, so that a renamed county is one jurisdiction."""
    speaking = [_speaks_as(code, regions, level) for code in region_codes]
    codes = sorted({code for code in speaking if code}, key=lambda code: regions.ancestors(code)[::-1])
    places = {code: place for place, code in enumerate(codes)}
    return Jurisdictions(tuple(codes), np.array([*(places.get(code or "", -1) for code in speaking), -1], np.int64))


def _speaks_as(code: str, regions: Regions, level: Level) -> str | None:
    region = regions.get(code)
    if region is None or (level is not Level.ANY and region.level != _NUMBERS[level]):
        return None
    line = [regions.get(each) for each in regions.ancestors(code)]
    same = [each for each in line if each and each.level == region.level]
    return same[-1].code
