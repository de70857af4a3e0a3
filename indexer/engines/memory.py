"""The specification of an engine, in plain lines: everything in memory, every answer by looking."""

from __future__ import annotations

import math
import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import numpy as np

from indexer.engines import Document, Posting
from reports.errors import SearchIndexError


class MemoryEngine:
    """Keeps its documents in one file, read whole."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "documents.pickle"

    def update(self, changed: Iterable[Document], removed: Collection[str]) -> None:
        """See Engine."""
        kept = self._load() if self._file.exists() else {}
        kept |= {document.id: document for document in changed}
        for each in removed:
            kept.pop(each, None)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_bytes(pickle.dumps(kept))
        fresh.replace(self._file)

    def reader(self, numbers: Mapping[str, int]) -> MemoryReader:
        """See Engine."""
        kept = self._load()
        if missing := numbers.keys() - kept.keys():
            raise SearchIndexError(f"{self._file}: {len(missing)} documents are missing; run `zhengbao build --full`")
        return MemoryReader([kept[each] for each in sorted(numbers, key=lambda each: numbers[each])])

    def _load(self) -> dict[str, Document]:
        try:
            # Our own file, written by `update`; its checksum stands in the index's manifest.
            kept: dict[str, Document] = pickle.loads(self._file.read_bytes())  # noqa: S301
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError) as error:
            raise SearchIndexError(f"{self._file}: {error}; run `zhengbao build --full`") from error
        return kept


class MemoryReader:
    """Documents in the order of their numbers."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents
        self._having = Counter(word for each in documents for word in each.words)

    def matching(self, words: tuple[str, ...]) -> Posting:
        """See Reader; tf-idf with a title counted thrice."""
        found = [n for n, each in enumerate(self._documents) if all(word in each.words for word in words)]
        return np.array(found, np.int64), np.array([self._score(n, words) for n in found], np.float32)

    def _score(self, number: int, words: tuple[str, ...]) -> float:
        document, many = self._documents[number], len(self._documents)
        return sum(
            math.log(1 + many / (1 + self._having[word]))
            * math.log1p(document.words[word] + 3 * document.title_words[word])
            for word in words
        )
