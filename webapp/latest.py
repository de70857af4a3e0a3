"""The latest of what is dear to make."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Latest(Generic[Made]):
    """One value, kept as long as what it depends on is the same."""

    def __init__(self) -> None:
        self._key: object = None
        self._made: list[Made] = []
        self._lock = Lock()

    def of(self, key: object, make: Callable[[], Made]) -> Made:
        """The value for that key: the one kept, or a new one. Who asks meanwhile waits for it."""
        with self._lock:
            if not self._made or self._key != key:
                self._made, self._key = [make()], key
            return self._made[0]
