"""The Whoosh engine: an inverted index of jieba's words, pure Python. The one place that speaks to Whoosh.

Whoosh stores postings and statistics; they are read as arrays and joined with numpy. Its own
query parser, matchers and phrase queries are not used: over jieba's words they lose hits, and
a hostile query can cost them minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh import index
from whoosh.fields import ID, FieldType, Schema
from whoosh.formats import Frequency
from whoosh.system import pack_uint
from whoosh.util.text import utf8encode

from indexer.engines import Document, Numbers, Posting, Scores
from indexer.engines.recent import Key, RecentPostings
from reports.errors import SearchIndexError

_WRITER_MB = 128
_CACHED_POSTINGS = 4_000_000
_K1, _B, _TITLE_WEIGHT = 1.2, 0.75, 3.0


class Counts(FieldType):  # type: ignore[misc]
    """A field whose value is words already counted: no analysis, frequencies, no positions."""

    def __init__(self) -> None:
        super().__init__(Frequency(), analyzer=None, scorable=True)

    def index(self, value: Counter[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one document."""
        for word, count in value.items():
            yield utf8encode(word)[0], count, float(count), pack_uint(count)


class WhooshEngine:
    """A Whoosh index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def update(self, changed: Iterable[Document], removed: Collection[str]) -> None:
        """See Engine."""
        new = not index.exists_in(str(self._folder)) if self._folder.exists() else True
        writer = self._open(new).writer(limitmb=_WRITER_MB)
        try:
            for each in removed:
                writer.delete_by_term("id", each)
            for document in changed:
                if not new:
                    writer.delete_by_term("id", document.id)
                writer.add_document(id=document.id, words=document.words, title=document.title_words)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _open(self, new: bool) -> Any:
        if not new:
            return index.open_dir(str(self._folder))
        self._folder.mkdir(parents=True, exist_ok=True)
        schema = Schema(id=ID(unique=True, stored=True), words=Counts(), title=Counts())
        return index.create_in(str(self._folder), schema)

    def reader(self, numbers: Mapping[str, int]) -> WhooshReader:
        """See Engine."""
        try:
            reader = index.open_dir(str(self._folder)).reader()
            return WhooshReader(reader, numbers)
        # Whoosh has no one error for a damaged file: what its unpickling and unpacking raise is all there is.
        except Exception as error:
            raise SearchIndexError(
                f"{self._folder}: cannot be read ({type(error).__name__}: {error}); run `zhengbao build --full`"
            ) from error


class WhooshReader:
    """One committed state, with the postings lately asked for kept as arrays."""

    def __init__(self, reader: Any, numbers: Mapping[str, int]) -> None:
        self._reader, self._count = reader, len(numbers)
        self._number = np.full(reader.doc_count_all(), -1, np.int64)
        for docnum, stored in reader.iter_docs():
            self._number[docnum] = numbers.get(stored["id"], -1)
        if np.count_nonzero(self._number >= 0) != len(numbers):
            raise SearchIndexError("documents are missing")
        self._lengths = {field: self._field_lengths(field) for field in ("words", "title")}
        self._postings = RecentPostings(self._read_posting, _CACHED_POSTINGS)
        self._lock = Lock()  # Whoosh's reader has one place in its file for all threads

    def _field_lengths(self, field: str) -> Scores:
        lengths = np.zeros(self._count, np.float32)
        for docnum, number in enumerate(self._number):
            if number >= 0:
                lengths[number] = self._reader.doc_field_length(docnum, field) or 0
        return lengths

    def matching(self, words: tuple[str, ...]) -> Posting:
        """See Reader: BM25 over text and title (Robertson and Zaragoza 2009)."""
        postings = [self._postings.of(("words", word)) for word in words]
        found = reduce(_both, sorted((numbers for numbers, _ in postings), key=len))
        scores = np.zeros(found.size, np.float32)
        if not found.size:
            return found, scores
        for word, (numbers, counts) in zip(words, postings, strict=True):
            scores += self._bm25("words", numbers.size, found, counts[np.searchsorted(numbers, found)])
            titled, often = self._postings.of(("title", word))
            both, ours, theirs = np.intersect1d(found, titled, assume_unique=True, return_indices=True)
            scores[ours] += np.float32(_TITLE_WEIGHT) * self._bm25("title", titled.size, both, often[theirs])
        return found, scores

    def _bm25(self, field: str, having: int, found: Numbers, counts: Scores) -> Scores:
        """Of these works; so many in all have the word."""
        lengths = self._lengths[field]
        idf = np.log1p((self._count - having + 0.5) / (having + 0.5))
        norm = _K1 * (1 - _B + _B * lengths[found] / max(float(lengths.mean()), 1.0))
        return np.asarray(idf * counts * (_K1 + 1) / (counts + norm), np.float32)

    def _read_posting(self, key: Key) -> Posting:
        (field, word), docs, counts = key, [], []
        with self._lock:
            if (field, word) not in self._reader:
                return np.empty(0, np.int64), np.empty(0, np.float32)
            matcher = self._reader.postings(field, word)
            while matcher.is_active():
                docs.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
        numbers = self._number[docs]
        order = np.argsort(numbers)
        order = order[numbers[order] >= 0]
        return numbers[order], np.asarray(counts, np.float32)[order]


def _both(one: Numbers, other: Numbers) -> Numbers:
    return np.intersect1d(one, other, assume_unique=True)
