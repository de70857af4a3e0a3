"""The specification of an engine, in plain lines: everything in memory, every answer by looking."""

from __future__ import annotations

import math
import pickle
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.engines import Document, Numbers, Scores
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

    def holding(self, word: str) -> Numbers:
        """See Reader."""
        return _numbers(n for n, each in enumerate(self._documents) if word in each.words)

    def scores(self, words: Sequence[str]) -> Scores:
        """See Reader; tf-idf with a title counted thrice."""
        scores = np.zeros(len(self._documents), np.float32)
        for word in words:
            holding = self.holding(word)
            idf = math.log(1 + len(self._documents) / (1 + len(holding)))
            for n in holding:
                document = self._documents[n]
                scores[n] += idf * math.log1p(document.words[word] + 3 * document.title_words[word])
        return scores


def _numbers(found: Iterable[int]) -> Numbers:
    return np.fromiter(found, np.int64)
