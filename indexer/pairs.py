"""Where phrases stand: from the places of their rarest pair of characters, looked at in the forms.

What is found is exact: every place of a phrase is a place of each of its pairs, and every character is compared.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.pair_writer import COUNTS, KEYS, PLACES, Units, of_words
from indexer.postings import Ints, decoded, mapped, sizes

_LOOKED_UNITS = 4_000_000


class Pairs:
    """The places of all pairs in some forms, mapped. Raises ValueError where the files do not fit together."""

    def __init__(self, folder: Path, forms: Units) -> None:
        self._forms = forms
        self._keys: NDArray[np.uint32] = np.load(folder / KEYS)
        self._counts: Ints = np.load(folder / COUNTS)
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
            return self._look(units)
        keys = (units[at].astype(np.uint32) << 16) | units[at + 1]
        numbers = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        if not len(self._keys) or (self._keys[numbers] != keys).any():
            return np.empty(0, np.int64)
        rarest = int(np.argmin(self._counts[numbers]))
        starts = self._of(int(numbers[rarest])) - at[rarest]
        return self._compared(starts, units, int(at[rarest]))

    def _of(self, number: int) -> Ints:
        return decoded(self._places[self._starts[number] :], int(self._counts[number]), len(self._forms))

    def _compared(self, starts: Ints, units: Units, known: int) -> Ints:
        """Those of the starts at which the phrase stands; its pair at `known` is known to."""
        starts = starts[(starts >= 0) & (starts <= len(self._forms) - len(units))]
        for number in sorted(range(len(units)), key=lambda each: abs(each - known)):
            if number not in {known, known + 1}:
                starts = starts[self._forms[starts + number] == units[number]]
        return starts

    def _look(self, units: Units) -> Ints:
        """Without a pair to go by every character is looked at."""
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
