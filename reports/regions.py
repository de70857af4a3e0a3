"""Divisions of the country by code, by year and by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path

from reports.fold import simplify
from reports.region_names import full_names, short_name
from reports.region_table import COUNTRY, Region, Row, read_tables

__all__ = ["COUNTRY", "Region", "Regions", "load_regions"]


class Regions:
    """What is known of divisions. A code alone means what it means now, or meant last."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._meanings: dict[str, list[Region]] = {}
        self._named: dict[str, list[Region]] = {}
        self._spelled: dict[str, str] = {}
        self._children: dict[str, list[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._lines: dict[str, tuple[str, ...]] = {}
        for row, name in zip(rows := tuple(rows), _simplified(row.region.name for row in rows), strict=True):
            self._add(row, name)
        for meanings in self._meanings.values():
            meanings.sort(key=lambda region: (region.until is None, region.until or 0, region.since))

    def __iter__(self) -> Iterator[Region]:
        """Every meaning of every code, abolished ones too."""
        return (region for meanings in self._meanings.values() for region in meanings)

    def get(self, code: str, year: int | None = None) -> Region | None:
        """What a code means now or meant last; with a year, what it meant then, if anything else."""
        meanings = self._meanings.get(code, [])
        then = [region for region in meanings if region.in_force(year)] if year else []
        return next(reversed(then or meanings), None)

    def named(self, name: str, year: int | None = None) -> tuple[Region, ...]:
        """All divisions of a name: full or short, or a path (江苏省南京市鼓楼区).

        In simplified script. Those in force (in that year, or now) come first, then by level and
        code. One region a code, though it may have borne the name in several spans of years.
        """
        regions = self._named.get(simplify(name)) or self._at_path(simplify(name))
        last = {region.code: region for region in sorted(regions, key=lambda one: (one.in_force(year), one.since))}
        return tuple(sorted(last.values(), key=lambda one: (not one.in_force(year), one.level, one.code)))

    def spelled(self, spelling: str) -> Region | None:
        """The one division a host name can mean by this (panji), None if several or none could."""
        return self.get(self._spelled.get(spelling, ""))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The division itself first, up to the country; () if the code is unknown.

        An abolished division with exactly one successor goes up through that successor.
        """
        if code not in self._lines:
            self._lines[code] = tuple(self._climb(code))
        return self._lines[code]

    def below(self, code: str) -> frozenset[str]:
        """The division and everything whose ancestors contain it."""
        if not self._below:
            gathered: dict[str, set[str]] = {}
            for one in self._meanings:
                for above in self.ancestors(one):
                    gathered.setdefault(above, set()).add(one)
            self._below = {above: frozenset(codes) for above, codes in gathered.items()}
        return self._below.get(code, frozenset())

    def full_name(self, code: str, year: int | None = None) -> str:
        """The name with those above it, as they were in that year; "" if the code is unknown."""
        region = self.get(code, year)
        if region is None:
            return ""
        if region.parent is None or region.parent == COUNTRY:
            return region.name
        above = self.get(region.parent, year if year is not None else region.until)
        return (self.full_name(above.code, year if year is not None else region.until) if above else "") + region.name

    def common_ancestor(self, codes: Iterable[str]) -> str | None:
        """The nearest division all of them lie in or are; None without codes or with an unknown one."""
        lines = [self.ancestors(code)[::-1] for code in codes]
        if not lines:
            return None
        shared = [level[0] for level in takewhile(lambda level: len(set(level)) == 1, zip(*lines, strict=False))]
        return shared[-1] if shared else None

    def children(self, code: str) -> tuple[Region, ...]:
        """The divisions in force directly below, in code order."""
        below = (self.get(child) for child in sorted(set(self._children.get(code, ()))))
        return tuple(region for region in below if region and region.until is None and region.parent == code)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Region, ...]:
        """Divisions in force whose full or short name begins so: higher ones first, then by code."""
        start = simplify(prefix.strip())
        found = {
            region.code: region
            for name, regions in self._named.items()
            if start and name.startswith(start)
            for region in regions
            if region.until is None
        }
        return tuple(sorted(found.values(), key=lambda region: (region.level, region.code))[:limit])

    def _add(self, row: Row, name: str) -> None:
        region = row.region
        self._meanings.setdefault(region.code, []).append(region)
        if region.parent:
            self._children.setdefault(region.parent, []).append(region.code)
        for spelling in row.spelled:
            self._spelled[spelling] = region.code
        for form in {*full_names(name), short_name(name) or name}:
            self._named.setdefault(form, []).append(region)

    def _climb(self, code: str) -> Iterator[str]:
        seen: set[str] = set()
        at: str | None = code
        while at and at not in seen and (region := self.get(at)):
            seen.add(at)
            yield at
            onward = region.until is not None and len(region.successors) == 1 and region.successors[0] not in seen
            at = region.successors[0] if onward else region.parent

    def _at_path(self, path: str) -> list[Region]:
        """The divisions the path's end names that lie, or once lay, in one its beginning names."""
        for cut in range(2, len(path) - 1):
            codes = {region.code for region in self._named.get(path[:cut], ())}
            ends = codes and (self._named.get(path[cut:]) or self._at_path(path[cut:]))
            if inside := [end for end in ends or () if codes & self._above(end)]:
                return inside
        return []

    def _above(self, region: Region) -> set[str]:
        return {*self.ancestors(region.code)[1:], *self.ancestors(region.parent or COUNTRY)}


def _simplified(names: Iterable[str]) -> list[str]:
    # In one go: a call a name takes longer than all the rest of loading.
    return simplify("\n".join(names)).split("\n")


@cache
def _load(extra: tuple[Path, ...]) -> Regions:
    return Regions(read_tables(extra))


def load_regions(extra: Sequence[Path] = ()) -> Regions:
    """The packaged divisions and those of extra tables; kept after the first time.

    Raises ConfigError, naming file and line, where a table cannot be right.
    """
    return _load(tuple(extra))
