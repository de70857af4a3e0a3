"""Where a term stands: its phrase in the core's forms, in the row it belongs to, within the place it asks for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import SECTION_KINDS, Core, Ints
from indexer.pairs import as_units
from indexer.query import Scope, Term

_CACHED_STARTS, _ENTRY = 8_000_000, 1000


@dataclass(frozen=True, slots=True)
class Found:
    """Every place a term stands in: `starts` and `stops` in units of the forms, sorted, and their `rows`."""

    starts: Ints
    stops: Ints
    rows: Ints

    def where(self, keep: NDArray[np.bool_]) -> Found:
        """Those of the places that `keep` (a mask) holds for."""
        return Found(self.starts[keep], self.stops[keep], self.rows[keep])


class Scanner:
    """Finds phrases in a core's forms; remembers the latest, a person turns pages and facets."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._recent: OrderedDict[str, Ints] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def find(self, term: Term) -> Found:
        """Where the term's phrase stands, within the term's scope."""
        starts = self._starts(term.folded)
        found = Found(starts, starts + len(as_units(term.folded)), self._core.rows_of(starts))
        if term.scope is Scope.TITLE:
            return found.where(found.stops <= self._core.row_title_stop[found.rows])
        return self._in_sections(found, term) if term.sections else found

    def _in_sections(self, found: Found, term: Term) -> Found:
        core = self._core
        if not core.section_start.size:
            return found.where(np.zeros(len(found.starts), bool))
        wanted = np.isin(core.section_kind, [SECTION_KINDS.index(kind) for kind in term.sections])
        section = np.searchsorted(core.section_start, found.starts, side="right") - 1
        inside = (section >= 0) & (found.stops <= core.section_stop[section]) & wanted[section]
        return found.where(inside)

    def _starts(self, phrase: str) -> Ints:
        with self._lock:
            if phrase in self._recent:
                self._recent.move_to_end(phrase)
                return self._recent[phrase]
        starts = self._core.pairs.find(phrase)
        with self._lock:
            if phrase not in self._recent:
                self._recent[phrase] = starts
                self._held += len(starts) + _ENTRY
            while self._held > _CACHED_STARTS and len(self._recent) > 1:
                self._held -= len(self._recent.popitem(last=False)[1]) + _ENTRY
        return starts


def merged(parts: list[Found]) -> Found:
    """All places of several terms in one, by start, the longer first. Those of each term are of one length."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=lambda part: -int((part.stops - part.starts)[:1].sum()))
    starts, stops, rows = (
        np.concatenate(each) for each in zip(*((p.starts, p.stops, p.rows) for p in parts), strict=True)
    )
    order = np.argsort(starts, kind="stable")
    return Found(starts[order], stops[order], rows[order])


def apart(found: Found) -> Found:
    """Non-overlapping places, left to right: each next one that starts where or after the last ended."""
    clash = found.starts[1:] < np.maximum.accumulate(found.stops)[:-1]
    if not clash.any():
        return found
    # Those that overlap none are kept: only the others need be gone through.
    among = np.flatnonzero(np.append(clash, False) | np.append(False, clash))
    keep, last = np.ones(len(found.starts), bool), -1
    keep[among] = False
    for number, start, stop in zip(
        among.tolist(), found.starts[among].tolist(), found.stops[among].tolist(), strict=True
    ):
        if start >= last:
            keep[number], last = True, stop
    return found.where(keep)
