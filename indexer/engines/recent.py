"""Postings lately asked for, kept as arrays within a bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from indexer.engines import Posting

Key = tuple[str, ...]


class RecentPostings:
    """Remembers what `read` gives for a key, such as a field and a word; what was asked for longest ago goes first."""

    def __init__(self, read: Callable[[Key], Posting], most: int) -> None:
        """`most`: how many entries of postings are kept in all, 12 bytes each."""
        self._read, self._most, self._held = read, most, 0
        self._kept: OrderedDict[Key, Posting] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Key) -> Posting:
        """Works in order, and a value for each."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # Read outside the lock: two threads may read the same, none waits for another's long posting.
        posting = self._read(key)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = posting
                self._held += posting[0].size
            while self._held > self._most and len(self._kept) > 1:
                self._held -= self._kept.popitem(last=False)[1][0].size
        return posting
