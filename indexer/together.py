"""Terms that stand together: in one sentence, paragraph or section, or within so many characters.

A question of this kind holds of a row if it holds of one of the row's windows: a unit, or what is
near a place. Only windows with a term in them are looked at, and of those terms that must all stand
there the rarest says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from indexer.corefile import Core, Ints
from indexer.postings import firsts, in_order
from indexer.query import And, Node, Not, Or, Term, Together, Unit
from indexer.scan import Found, merged
from indexer.units import units

Mask = NDArray[np.bool_]
Words = Callable[[str], Iterator[str]]

_LONGEST_CHAR, _GATHERED_UNITS = 2, 1 << 21
_FIRST_LOOK = 4
# The second of the two units of a rarer character.
_HALF, _SECOND_HALF = 0xFC00, 0xDC00


@dataclass(frozen=True, slots=True)
class Windows:
    """Spans of the forms. `near`: a term need only overlap or touch one, and its reach is in characters."""

    starts: Ints
    stops: Ints
    near: int | None = None

    def where(self, keep: Ints) -> Windows:
        """Those of these numbers."""
        return Windows(self.starts[keep], self.stops[keep], self.near)


class Gatherer:
    """Finds the rows of a core in which terms stand together; `find` says where one stands."""

    def __init__(self, core: Core, find: Callable[[Term], Found], words: Words) -> None:
        self._core, self._find, self._words = core, find, words
        # A question is often asked as typed and in its words, and they are the same.
        self._last: tuple[Node, Unit | int, Mask] | None = None

    def rows(self, asked: Together, *, exact: bool) -> Mask:
        """The rows it holds of; a bare term is the phrase itself or, unless `exact`, its words each as they stand."""
        node = _spelled(asked.part, self._words, exact=exact, negated=False)
        if (last := self._last) and last[:2] == (node, asked.within):
            return last[2]
        rows = _Asked(self._core, self._find, asked.within).rows(node)
        self._last = node, asked.within, rows
        return rows


class _Asked:
    """One question: where its terms stand, in the rows that may hold it."""

    def __init__(self, core: Core, find: Callable[[Term], Found], within: Unit | int) -> None:
        self._core, self._find, self._within = core, find, within
        self._found: dict[Term, Found] = {}

    def rows(self, node: Node) -> Mask:
        rows = self._maybe(node)
        if rows.any():
            self._found = {term: found.where(rows[found.rows]) for term, found in self._found.items()}
            rows = self._held(node, self._windows(node))
        return rows

    def _held(self, node: Node, windows: Windows) -> Mask:
        """Rows of which a window holds: a few windows of each are looked at, then more of those without."""
        held = np.zeros(len(self._core.row_ids), bool)
        # A window may begin at the end of a place, never at the end of a row.
        rows = self._core.rows_of(windows.starts)
        first = firsts(rows)
        ranks = np.arange(len(rows)) - np.repeat(first, np.diff(first, append=len(rows)))
        seen, more = 0, _FIRST_LOOK
        while (left := np.flatnonzero((ranks >= seen) & ~held[rows])).size:
            looked = left[ranks[left] < seen + more]
            held[rows[looked[self._hold(node, windows.where(looked))]]] = True
            seen, more = seen + more, more * 4
        return held

    def _maybe(self, node: Node) -> Mask:
        """Rows that have the terms, wherever in them."""
        match node:
            case And(parts):
                rows = np.ones(len(self._core.row_ids), bool)
                for part in sorted(parts, key=_commonness):
                    if rows.any():
                        rows &= self._maybe(part)
                return rows
            case Or(parts):
                return _any([self._maybe(part) for part in parts])
            case Not(part):
                self._maybe(part)
                return np.ones(len(self._core.row_ids), bool)
            case Term():
                rows = np.zeros(len(self._core.row_ids), bool)
                rows[self._places(node).rows] = True
                return rows
            case Together():
                raise ValueError("operators do not nest")

    def _places(self, term: Term) -> Found:
        if term not in self._found:
            self._found[term] = self._find(term)
        return self._found[term]

    def _windows(self, node: Node) -> Windows:
        if isinstance(self._within, Unit):
            anchors = _anchors(node, self._places)
            if anchors is None:
                raise ValueError("what is asked holds of units without any of its terms")
            return Windows(*units(self._core, merged(anchors), self._within))
        ends = in_order([found.stops for found in self._found.values()])
        return Windows(ends, ends, self._within)

    def _hold(self, node: Node, windows: Windows) -> Mask:
        """Of which windows it holds."""
        match node:
            case And(parts):
                kept = np.arange(len(windows.starts))
                for part in parts:
                    kept = kept[self._hold(part, windows.where(kept))]
                mask = np.zeros(len(windows.starts), bool)
                mask[kept] = True
                return mask
            case Or(parts):
                return _any([self._hold(part, windows) for part in parts])
            case Not(part):
                return ~self._hold(part, windows)
            case Term():
                return self._stands(self._places(node), windows)
            case Together():
                raise ValueError("operators do not nest")

    def _stands(self, found: Found, windows: Windows) -> Mask:
        """All places of a term are of one length, so the first that may be in a window decides."""
        if not found.starts.size:
            return np.zeros(len(windows.starts), bool)
        if windows.near is None:
            first = np.searchsorted(found.starts, windows.starts)
            there = first < len(found.starts)
            return there & (found.stops[np.minimum(first, len(found.stops) - 1)] <= windows.stops)
        first = np.searchsorted(found.stops, windows.starts)
        there = first < len(found.starts)
        gaps = found.starts[np.minimum(first, len(found.starts) - 1)] - windows.starts
        return there & self._few_between(windows.starts, gaps, windows.near)

    def _few_between(self, starts: Ints, gaps: Ints, most: int) -> Mask:
        """Where the units from a start over a gap are at most so many characters of one paragraph."""
        few = gaps <= 0
        unsure = np.flatnonzero(~few & (gaps <= most * _LONGEST_CHAR))
        forms = self._core.forms
        width = min(most * _LONGEST_CHAR, len(forms))
        for part in np.array_split(unsure, len(unsure) * width // _GATHERED_UNITS + 1) if unsure.size else ():
            # Behind the last place there may be less than a whole width.
            base = np.minimum(starts[part], len(forms) - width)
            begin, column = (starts[part] - base)[:, None], np.arange(width)
            between = (column >= begin) & (column < begin + gaps[part][:, None])
            piece = sliding_window_view(forms, width)[base]
            chars = np.count_nonzero(between & ((piece & _HALF) != _SECOND_HALF), axis=1)
            few[part] = (chars <= most) & ~(between & (piece == 0x0A)).any(axis=1)
        return few


def _spelled(node: Node, words: Words, *, exact: bool, negated: bool) -> Node:
    """The same in phrases alone, and only phrases negated."""
    match node:
        case And(parts) | Or(parts):
            spelled = tuple(_spelled(part, words, exact=exact, negated=negated) for part in parts)
            return And(spelled) if isinstance(node, And) != negated else Or(spelled)
        case Not(part):
            return _spelled(part, words, exact=False, negated=not negated)
        case Term(quoted=False) if not exact:
            phrase = replace(node, quoted=True)
            apart = tuple(replace(phrase, folded=word) for word in dict.fromkeys(words(node.folded)))
            if not apart or apart == (phrase,):
                return _spelled(phrase, words, exact=True, negated=negated)
            either = Or((phrase, And(apart))) if len(apart) > 1 else Or((phrase, *apart))
            return _spelled(either, words, exact=True, negated=negated)
        case Term():
            return Not(node) if negated else node
        case Together():
            raise ValueError("operators do not nest")


def _anchors(node: Node, places: Callable[[Term], Found]) -> list[Found] | None:
    """Places of which one stands in every window it holds of; None if it holds of windows without any."""
    match node:
        case And(parts):
            found = [each for part in parts if (each := _anchors(part, places)) is not None]
            return min(found, key=lambda each: sum(len(one.starts) for one in each), default=None)
        case Or(parts):
            found = [each for part in parts if (each := _anchors(part, places)) is not None]
            return [one for each in found for one in each] if len(found) == len(parts) else None
        case Term():
            return [places(node)]
    return None


def _any(masks: list[Mask]) -> Mask:
    mask: Mask = np.logical_or.reduce(masks)
    return mask


def _commonness(node: Node) -> int:
    """Long phrases are rare, and are looked for first."""
    return -len(node.folded) if isinstance(node, Term) else 0
