"""Where phrases stand: from the places of their rarest pair of characters, looked at in the forms.

What is found is exact: every place of a phrase is a place of each of its pairs, and every character is compared.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.pair_writer import COUNTS, KEYS, PLACES, Numbers, Units, of_words
from indexer.postings import Ints, decoded, in_order, mapped, sizes

_LOOKED_UNITS = 4_000_000
# Reading a place, and beginning to read a list of them, by what looking at one character costs.
_PLACE_COST, _LIST_COST = 64, 16_384


class Pairs:
    """The places of all pairs in some forms, mapped. Raises ValueError where the files do not fit together."""

    def __init__(self, folder: Path, forms: Units) -> None:
        self._forms = forms
        self._keys: Numbers = mapped(folder / KEYS, np.dtype("<u4"))
        self._counts: Ints = mapped(folder / COUNTS, np.dtype("<u4")).astype(np.int64)
        ends = np.cumsum(sizes(self._counts, len(forms)))
        self._starts = ends - np.diff(ends, prepend=0)
        path, size = folder / PLACES, int(ends[-1]) if ends.size else 0
        if path.stat().st_size != size or len(self._keys) != len(self._counts):
            raise ValueError(f"{path.name} is not of the size it should be")
        self._places = mapped(path, np.dtype(np.uint8))

    def find(self, phrase: str) -> Ints:
        """Every start of a folded phrase, overlapping ones too, in order."""
        units = as_units(phrase)
        word = of_words()[units]
        at = np.flatnonzero(word[:-1] & word[1:])
        if not at.size:
            return self._by_character(units, np.flatnonzero(word))
        keys = (units[at].astype(np.uint32) << 16) | units[at + 1]
        numbers = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        if not len(self._keys) or (self._keys[numbers] != keys).any():
            return np.empty(0, np.int64)
        rarest = int(np.argmin(self._counts[numbers]))
        begin = int(at[rarest])
        return self._compared(self._of(int(numbers[rarest])) - begin, units, begin, begin + 1)

    def _by_character(self, units: Units, at: Ints) -> Ints:
        """Without a pair, from all pairs of the rarest of the word characters at `at` if that is less than looking."""
        least, best = len(self._forms), None
        for begin in at.tolist():
            first, second = self._pairs_with(int(units[begin]))
            lists = np.append(first, second)
            cost = _PLACE_COST * int(self._counts[lists].sum()) + _LIST_COST * lists.size
            if cost < least:
                least, best = cost, (begin, first, second)
        if best is None:
            return self._look(units)
        begin, first, second = best
        places = [
            np.empty(0, np.int64),
            *map(self._of, first.tolist()),
            *(self._of(each) + 1 for each in second.tolist()),
        ]
        return self._compared(in_order(places) - begin, units, begin)

    def _pairs_with(self, unit: int) -> tuple[Ints, Ints]:
        """Numbers of the pairs whose first it is, or that say it stands alone; and of those whose second it is."""
        first, stop = np.searchsorted(self._keys >> 16, [unit, unit + 1])
        return np.arange(first, stop), np.flatnonzero(self._keys & 0xFFFF == unit)

    def _of(self, number: int) -> Ints:
        return decoded(self._places[self._starts[number] :], int(self._counts[number]), len(self._forms))

    def _compared(self, starts: Ints, units: Units, *known: int) -> Ints:
        """Those of the starts at which the phrase stands; its characters at `known` are known to."""
        starts = starts[(starts >= 0) & (starts <= len(self._forms) - len(units))]
        for number in sorted(range(len(units)), key=lambda each: abs(each - known[0])):
            if number not in known:
                starts = starts[self._forms[starts + number] == units[number]]
        return starts

    def _look(self, units: Units) -> Ints:
        """Every character is looked at."""
        found = [np.empty(0, np.int64)]
        last = len(self._forms) - len(units) + 1
        for start in range(0, last, _LOOKED_UNITS):
            stop = min(start + _LOOKED_UNITS, last)
            at = np.flatnonzero(self._forms[start:stop] == units[0]) + start
            for number in range(1, len(units)):
                at = at[self._forms[at + number] == units[number]]
            found.append(at)
        return np.concatenate(found)


def as_units(text: str) -> Units:
    """A folded text as it stands in the forms: UTF-16."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
