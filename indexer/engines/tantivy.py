"""The Tantivy engine: words in Rust. The one place that speaks to Tantivy.

Queries are built as objects from words; a person's text is never handed to Tantivy's parser.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from operator import attrgetter, itemgetter
from pathlib import Path

import numpy as np
import tantivy
from tantivy import DocAddress, Occur, Query

from indexer.engines import Document, Numbers, Posting, Scores
from indexer.engines.recent import RecentPostings
from reports.errors import SearchIndexError

_KEY, _WORDS, _TITLE = "key", "words", "title"
_WRITER_BYTES = 128_000_000
_CACHED_POSTINGS = 8_000_000
_TITLE_WEIGHT = 3.0


class TantivyEngine:
    """A Tantivy index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def update(self, changed: Iterable[Document], removed: Collection[str]) -> None:
        """See Engine. Committed files are never written into: other folders may link to them."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = not tantivy.Index.exists(str(self._folder))
        index = _opened(self._folder, new=new)
        # One thread: it keeps up with the words coming in, and makes few segments.
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        try:
            for each in removed:
                writer.delete_documents_by_query(_by_key(index, each))
            for document in changed:
                if not new:
                    writer.delete_documents_by_query(_by_key(index, document.id))
                writer.add_document(_as_tantivy(document))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            # Merges end by removing the files of what they merged; and the writer's lock is let go of.
            writer.wait_merging_threads()

    def reader(self, numbers: Mapping[str, int]) -> TantivyReader:
        """See Engine."""
        try:
            return TantivyReader(_opened(self._folder, new=False), numbers)
        # Tantivy raises ValueError for nearly everything, OSError for the rest.
        except (ValueError, OSError) as error:
            raise SearchIndexError(f"{self._folder}: cannot be read ({error}); run `zhengbao build --full`") from error


class TantivyReader:
    """One committed state, with the postings lately asked for kept as arrays."""

    def __init__(self, index: tantivy.Index, numbers: Mapping[str, int]) -> None:
        # What is opened stays as it is: a build makes a new folder.
        index.config_reader("manual")
        self._schema, self._searcher, self._count = index.schema, index.searcher(), len(numbers)
        self._first, self._number = self._numbered(numbers)
        self._recent = RecentPostings(self._read, _CACHED_POSTINGS)

    def _numbered(self, numbers: Mapping[str, int]) -> tuple[Numbers, Numbers]:
        """The place of each segment's first document, and by place each document's number, -1 for none."""
        addresses = self._addresses(Query.all_query(), self._searcher.num_docs)[1]
        keys = self._searcher.fast_field_values(_KEY, addresses)
        segments, docs = _split(addresses)
        sizes = np.zeros(self._searcher.num_segments, np.int64)
        np.maximum.at(sizes, segments, docs + 1)
        first = np.cumsum(sizes) - sizes
        wanted = {_key(id_): number for id_, number in numbers.items()}
        number = np.full(int(sizes.sum()), -1, np.int64)
        number[first[segments] + docs] = [wanted.get(int(key or 0), -1) for key in keys]
        if np.unique(number[number >= 0]).size != len(numbers):
            raise ValueError("documents are missing")
        return first, number

    def matching(self, words: tuple[str, ...]) -> Posting:
        """See Reader: Tantivy's BM25 over text and title."""
        return self._recent.of(words)

    def _read(self, words: tuple[str, ...]) -> Posting:
        must = [(Occur.Must, self._term(_WORDS, word)) for word in words]
        should = [(Occur.Should, Query.boost_query(self._term(_TITLE, word), _TITLE_WEIGHT)) for word in words]
        fewest = min(self._searcher.doc_freq(_WORDS, word) for word in words)
        found, scores = self._found(Query.boolean_query([*must, *should]), fewest)
        order = np.argsort(found)
        return found[order], scores[order]

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, "freq")

    def _found(self, query: Query, most: int) -> Posting:
        """Numbers and scores of all works the query finds, in no order; they are `most` at most."""
        scores, addresses = self._addresses(query, most)
        segments, docs = _split(addresses)
        numbers = self._number[self._first[segments] + docs]
        known = numbers >= 0
        return numbers[known], scores[known]

    def _addresses(self, query: Query, most: int) -> tuple[Scores, list[DocAddress]]:
        if not most:
            return np.empty(0, np.float32), []
        hits = self._searcher.search(query, most, count=False).hits
        return np.fromiter(map(itemgetter(0), hits), np.float32, len(hits)), list(map(itemgetter(1), hits))


def _split(addresses: list[DocAddress]) -> tuple[Numbers, Numbers]:
    """Segments and documents within them."""
    segments, docs = (map(attrgetter(each), addresses) for each in ("segment_ord", "doc"))
    return np.fromiter(segments, np.int64, len(addresses)), np.fromiter(docs, np.int64, len(addresses))


def _opened(folder: Path, *, new: bool) -> tantivy.Index:
    index = tantivy.Index(_schema(), str(folder)) if new else tantivy.Index.open(str(folder))
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_KEY, indexed=True, fast=True)
    for field in (_WORDS, _TITLE):
        builder.add_text_field(field, tokenizer_name="spaces", index_option="freq")
    return builder.build()


def _as_tantivy(document: Document) -> tantivy.Document:
    """Words of folded text have no white space in them: joined by spaces they come apart again."""
    made = tantivy.Document()
    made.add_unsigned(_KEY, _key(document.id))
    made.add_text(_WORDS, " ".join(document.words.elements()))
    made.add_text(_TITLE, " ".join(document.title_words.elements()))
    return made


def _key(id_: str) -> int:
    """A document's number in the index, the same whenever it is made."""
    return int.from_bytes(blake2b(id_.encode(), digest_size=8).digest())


def _by_key(index: tantivy.Index, id_: str) -> Query:
    # delete_documents_by_term takes every whole number for a signed one, and silently deletes nothing.
    return Query.term_query(index.schema, _KEY, _key(id_))
