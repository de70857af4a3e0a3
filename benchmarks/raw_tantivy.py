"""What people write with tantivy-py: words that jieba has cut, its own query parser, BM25, facets as fast fields."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jieba

from benchmarks.mix import PROVINCE, Asked, Mixed
from reports.report import Report

_FACETS = ("year", "region", "kind", "body", "topic")
_TITLE_WEIGHT = 3.0


class RawTantivy:
    """tantivy-py over words that jieba has cut for search, its own query parser and BM25."""

    name = "raw tantivy-py + jieba words"

    def __init__(self, folder: Path, *, any_word: bool = False) -> None:
        """`any_word`: as tantivy has it unless told; otherwise all words are asked for."""
        self._folder, self._any = folder, any_word
        self.name = f"{type(self).name}{', any word' if any_word else ''}"

    @staticmethod
    def missing() -> str:
        """Why it cannot take part; empty if it can."""
        return "" if find_spec("tantivy") else "tantivy is not installed"

    def index(self, reports: Iterable[Report]) -> None:
        """See Rival. Done once."""
        import tantivy  # noqa: PLC0415 - not everyone has it

        builder = tantivy.SchemaBuilder().add_integer_field("number", fast=True)
        builder = builder.add_integer_field("year", indexed=True, fast=True)
        for name in ("province", "region", "kind", "body", "topic"):
            builder = builder.add_text_field(name, fast=True, tokenizer_name="raw")
        builder = builder.add_text_field("whole", stored=True, index_option="basic")
        for name in ("title", "text"):
            builder = builder.add_text_field(name, tokenizer_name="whitespace")
        new = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index: Any = tantivy.Index(builder.build(), path=str(self._folder))
        if new:
            writer = self._index.writer(heap_size=128_000_000, num_threads=1)
            for number, report in enumerate(reports):
                writer.add_document(tantivy.Document(number=number, **_fields(report)))
            writer.commit()
            writer.wait_merging_threads()
        self._index.reload()
        self._searcher: Any = self._index.searcher()

    def found(self, query: Mixed) -> list[int]:
        """See Rival."""
        hits = self._searcher.search(self._parsed(query), limit=max(self._searcher.num_docs, 1)).hits
        numbers: list[int] = self._searcher.fast_field_values("number", [address for _, address in hits])
        return numbers

    def whole(self, query: Mixed, shown: int) -> tuple[int, list[str]]:
        """The total and the first texts; the counts of every facet are made by Tantivy and dropped."""
        parsed = self._parsed(query, filtered=True)
        facets = {name: {"terms": {"field": name, "size": 5000}} for name in _FACETS}
        self._searcher.aggregate(parsed, facets)
        answer = self._searcher.search(parsed, limit=shown)
        return answer.count, [self._searcher.doc(address)["whole"][0] for _, address in answer.hits]

    def _parsed(self, query: Mixed, *, filtered: bool = False) -> Any:
        every = " ".join(map(_cut_as, query.every))
        either = f"({' OR '.join(f'({_cut_as(each)})' for each in query.either)})" if query.either else ""
        must = f"+({every})" * bool(every) + f" +{either}" * bool(either)
        text = must + "".join(f" -{_cut_as(each)}" for each in query.without)
        if filtered and query.since:
            text += f" +province:{PROVINCE} +year:[{query.since} TO 2025]"
        return self._index.parse_query(
            text if query.either or query.without or query.since else every,
            ["title", "text"],
            field_boosts={"title": _TITLE_WEIGHT},
            conjunction_by_default=not self._any,
        )


def _fields(report: Report) -> dict[str, Any]:
    code = report.region_code or "unknown"
    return {
        "title": _cut(report.title),
        "text": _cut(report.text),
        "whole": report.text,
        "year": report.year or 0,
        "province": code[:2],
        "region": code,
        "kind": report.kind.value,
        "body": report.body.value,
        "topic": sorted(report.topics),
    }


def _cut_as(term: Asked) -> str:
    return f'"{_cut(term.text)}"' if term.quoted else f"({_cut(term.text)})"


def _cut(text: str) -> str:
    words = [word for word in jieba.cut_for_search(text) if any(map(str.isalnum, word))]
    return " ".join(words)
