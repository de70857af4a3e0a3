"""What stands at the head of rows and columns: divisions as a tree, and plain names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import Ints
from indexer.query import ONLY, UNKNOWN
from reports.regions import COUNTRY, Regions

UNKNOWN_REGION_NAME = "地区不详"
ITSELF = "本级"


@dataclass(frozen=True, slots=True)
class Head:
    """A row or a column.

    `key` is a value of the filter it stands for: a region's code (itself with all below; `=330000` the 本级 of a
    division that has others below it in the table), a year, a topic, a kind, a section, `unknown`; the line of a list.
    Rows of regions are a tree in preorder: `parent` is the number of the row it lies in, `stop` the number behind the
    last row below it (number + 1 for a leaf), `depth` 0 for the outermost, `level` 1 省 2 市 3 区县 (0 if none).
    """

    key: str
    name: str
    parent: int | None = None
    stop: int = 0
    depth: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Slot:
    """A row a tree may show, whether or not anything is held there."""

    key: str
    name: str
    level: int
    itself: bool = False


class RegionTree:
    """Divisions with all above them, in preorder; one with others below it has a slot for itself alone right behind.

    `slots[number]` is where the own works of `codes[number]` count, `unknown` where those of no known division do.
    The country is no row above others: its own reports are a row of their own.
    """

    def __init__(self, codes: Sequence[str], regions: Regions) -> None:
        self._regions = regions
        lines = {code: self._line(code) for code in codes}
        nodes = {line[at:] for line in lines.values() for at in range(len(line))}
        inner = {line[1:] for line in nodes if len(line) > 1}
        self._slots: list[_Slot] = []
        self.slot_of: dict[str, int] = {}
        stops, parents = list[int](), list[int]()
        open_: list[tuple[tuple[str, ...], int]] = []
        for line in sorted(nodes, key=lambda line: line[::-1]):
            while open_ and open_[-1][0] != line[1:]:
                stops[open_.pop()[1]] = len(stops)
            at, parent = len(stops), open_[-1][1] if open_ else -1
            self._add(line[0], inner=line in inner)
            stops += [at + 1, at + 2][: 1 + (line in inner)]
            parents += [parent, at][: 1 + (line in inner)]
            if line in inner:
                open_.append((line, at))
        for _, at in open_:
            stops[at] = len(stops)
        self.unknown = len(stops)
        self._slots.append(_Slot(UNKNOWN, UNKNOWN_REGION_NAME, 0))
        self._stops, self._parents = np.array([*stops, len(stops) + 1]), np.array([*parents, -1])
        self._itself = np.array([slot.itself for slot in self._slots], bool)
        self.slots: Ints = np.array([self.slot_of[code] for code in codes], np.int64)

    @property
    def size(self) -> int:
        """How many slots there are."""
        return len(self._slots)

    def row_of(self, value: str) -> int:
        """The slot of a value of the filter of regions: with ONLY its own works', else the one with all below it."""
        slot = self.slot_of[value.removeprefix(ONLY)]
        return slot - self._slots[slot].itself if not value.startswith(ONLY) else slot

    def of(self, regions: Ints) -> Ints:
        """The slots of works, from the numbers of their divisions (below 0: unknown)."""
        return np.append(self.slots, self.unknown)[np.where(regions < 0, len(self.slots), regions)]

    def pooled(self, own: Ints) -> Ints:
        """Each slot's numbers with those of all slots below it; `own` has a row a slot."""
        sums = np.zeros((len(own) + 1, *own.shape[1:]), np.int64)
        np.cumsum(own, axis=0, out=sums[1:])
        pooled: Ints = sums[self._stops] - sums[:-1]
        return pooled

    def heads(self, shown: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """The rows of the slots that are to be shown, with the numbers of their slots.

        Left out is what would say the same twice: 本级 where nothing else lies below, and a division of which all
        that is shown lies in one below it, whose name then goes before that one's.
        """
        alone = self._itself & (self._children(shown)[self._parents] == 1)
        shown = shown & ~alone
        passed = shown & (self._children(shown) == 1)
        kept = np.flatnonzero(shown & ~passed)
        stops = np.searchsorted(kept, self._stops[kept]).tolist()
        lying = np.append(passed, False)[self._parents[kept]].tolist()
        heads: list[Head] = []
        open_: list[int] = []
        for number, (at, stop, inside) in enumerate(zip(kept.tolist(), stops, lying, strict=True)):
            while open_ and stops[open_[-1]] <= number:
                open_.pop()
            slot = self._slots[at]
            name = self._name(at, passed) if inside else slot.name
            heads.append(Head(slot.key, name, open_[-1] if open_ else None, stop, len(open_), slot.level))
            if stop > number + 1:
                open_.append(number)
        return tuple(heads), kept

    def _name(self, at: int, passed: NDArray[np.bool_]) -> str:
        """The division's name behind those of the rows above it that are left out."""
        name, above = self._slots[at].name, int(self._parents[at])
        while above >= 0 and passed[above]:
            name, above = self._slots[above].name + name, int(self._parents[above])
        return name

    def _children(self, shown: NDArray[np.bool_]) -> Ints:
        """How many rows are shown right below each slot."""
        parents = self._parents[shown]
        return np.bincount(parents[parents >= 0], minlength=self.size)

    def _add(self, code: str, *, inner: bool) -> None:
        region = self._regions.get(code)
        name, level = (region.name, region.level) if region else (code, 0)
        self.slot_of[code] = len(self._slots) + inner
        self._slots.append(_Slot(f"{ONLY}{code}" if code == COUNTRY else code, name, level))
        if inner:
            self._slots.append(_Slot(f"{ONLY}{code}", f"{name}{ITSELF}", level, itself=True))

    def _line(self, code: str) -> tuple[str, ...]:
        line = self._regions.ancestors(code) or (code,)
        return line if code == COUNTRY else tuple(each for each in line if each != COUNTRY)


def region_label(value: str, regions: Regions) -> str:
    """What a value of the filter of regions is called."""
    code = value.removeprefix(ONLY)
    name = UNKNOWN_REGION_NAME if code == UNKNOWN else regions.full_name(code) or code
    return f"{name}{ITSELF}" if code not in (value, COUNTRY) else name


def plain_heads(named: Sequence[tuple[str, str]]) -> tuple[Head, ...]:
    """Heads that lie in nothing, from keys and names."""
    return tuple(Head(key, name, stop=number + 1) for number, (key, name) in enumerate(named))
