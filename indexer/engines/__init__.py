"""Engines know words, and rank by them; the core decides. One file an engine, one contract for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]
Posting = tuple[Numbers, Scores]


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine keeps of a work: its words and its title's words with their counts."""

    id: str
    words: Counter[str]
    title_words: Counter[str]


class Engine(Protocol):
    """An index of documents in a folder of its own.

    Engines answer for single words, never whole questions: phrases are the core's, which joins the leaves.
    """

    def update(self, changed: Iterable[Document], removed: Collection[str]) -> None:
        """Add or replace documents and drop others, in one commit: all of it or nothing."""

    def reader(self, numbers: Mapping[str, int]) -> Reader:
        """What is committed now, answering in the caller's numbers of the documents' ids.

        Raises SearchIndexError if a document is missing or the index cannot be read.
        """


class Reader(Protocol):
    """A fixed state of an engine's index. Numbers come sorted, each once; scores lie beside them, more is better."""

    def matching(self, words: tuple[str, ...]) -> Posting:
        """Exactly the works among whose words all of these are (one or more, each once), and how well each answers."""


def open_engine(name: str, folder: Path) -> Engine:
    """The engine of that name over its folder, which need not exist yet."""
    if name == "whoosh":
        from indexer.engines.whoosh import WhooshEngine  # noqa: PLC0415

        return WhooshEngine(folder)
    if name == "tantivy":
        from indexer.engines.tantivy import TantivyEngine  # noqa: PLC0415

        return TantivyEngine(folder)
    from indexer.engines.memory import MemoryEngine  # noqa: PLC0415

    return MemoryEngine(folder)
