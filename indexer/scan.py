"""Where a phrase stands: the scan of the mapped forms that decides every quoted phrase.

The engine, or else the core's signatures, say which rows to look through; where that is most
of them, one pass over everything is quicker.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from mmap import mmap
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import SECTION_KINDS, Core, Ints
from indexer.query import Scope, Term

_CACHED_STARTS, _ENTRY = 8_000_000, 1000
_MOST_ROWS = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """Every place a term stands in: `starts` and `stops` in bytes of the forms, sorted, and their `rows`."""

    starts: Ints
    stops: Ints
    rows: Ints

    def where(self, keep: NDArray[np.bool_]) -> Found:
        """Those of the places that `keep` (a mask) holds for."""
        return Found(self.starts[keep], self.stops[keep], self.rows[keep])


class Scanner:
    """Finds phrases in a core's forms; remembers the latest, a person turns pages and facets."""

    def __init__(self, core: Core, candidates: Callable[[str], Ints | None]) -> None:
        """`candidates`: works that may hold a folded phrase, None if nobody can tell."""
        self._core, self._candidates = core, candidates
        self._recent: OrderedDict[str, Ints] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def find(self, term: Term) -> Found:
        """Where the term's phrase stands, within the term's scope."""
        starts = self._starts(term.folded)
        rows = np.searchsorted(self._core.row_start, starts, side="right") - 1
        found = Found(starts, starts + len(term.folded.encode()), rows)
        if term.scope is Scope.TITLE:
            return found.where(found.stops <= self._core.row_title_stop[rows])
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
        starts = self._scan(phrase)
        with self._lock:
            self._recent[phrase] = starts
            self._held += len(starts) + _ENTRY
            while self._held > _CACHED_STARTS and len(self._recent) > 1:
                self._held -= len(self._recent.popitem(last=False)[1]) + _ENTRY
        return starts

    def _scan(self, phrase: str) -> Ints:
        """Every start, overlapping ones too."""
        core, starts, data = self._core, array("q"), phrase.encode()
        rows = self._rows(phrase)
        if rows is None or len(rows) > _MOST_ROWS * len(core.row_ids):
            _find_all(core.forms, data, 0, len(core.forms), starts)
        else:
            spans = zip(core.row_start[rows].tolist(), core.row_start[rows + 1].tolist(), strict=True)
            for start, stop in spans:
                _find_all(core.forms, data, start, stop, starts)
        return np.array(starts, np.int64)

    def _rows(self, phrase: str) -> Ints | None:
        works = self._candidates(phrase)
        if works is None:
            return self._core.signatures.candidates(phrase) if self._core.signatures else None
        return np.flatnonzero(np.isin(self._core.row_work, works))


def _find_all(forms: mmap, phrase: bytes, start: int, stop: int, starts: array[int]) -> None:
    """UTF-8 has no match at a place that is not a character's start."""
    at = forms.find(phrase, start, stop)
    while at >= 0:
        starts.append(at)
        at = forms.find(phrase, at + 1, stop)


def merged(parts: list[Found]) -> Found:
    """All places of several terms in one, by start, the longer first."""
    starts, stops, rows = (
        np.concatenate(each) for each in zip(*((p.starts, p.stops, p.rows) for p in parts), strict=True)
    )
    order = np.lexsort((-stops, starts))
    return Found(starts[order], stops[order], rows[order])


def apart(found: Found) -> Found:
    """Non-overlapping places, left to right: each next one that starts where or after the last ended."""
    if not found.starts.size or (found.starts[1:] >= found.stops[:-1]).all():
        return found
    keep, last = np.zeros(len(found.starts), bool), -1
    for n, (start, stop) in enumerate(zip(found.starts.tolist(), found.stops.tolist(), strict=True)):
        if start >= last:
            keep[n], last = True, stop
    return found.where(keep)
