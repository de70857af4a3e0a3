"""What people write instead: plain Whoosh, SQLite FTS5, raw Tantivy, a scan. For comparison only.

Each as its documentation shows it, with a title that counts thrice where it can weigh fields. All are given the same
texts and the same terms, and answer with the numbers of all texts found, best first.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh.qparser import MultifieldParser, OrGroup

from reports.report import Report

_TERMS = re.compile(r"[“\"]([^”\"]+)[”\"]|(\S+)")
_TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One term of a query: a quoted phrase or a bare word."""

    text: str
    quoted: bool


def asked(query: str) -> tuple[Asked, ...]:
    """The terms of a query that has only words and phrases.

    >>> asked("“每月一题” 机制")
    (Asked(text='每月一题', quoted=True), Asked(text='机制', quoted=False))
    """
    return tuple(Asked(each[1] or each[2], bool(each[1])) for each in _TERMS.finditer(query))


class Rival(Protocol):
    """A search over texts in the order of their numbers."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    def index(self, reports: Iterable[Report]) -> None:
        """Take in every report; the first has number 0."""

    def ranked(self, terms: Sequence[Asked]) -> list[int]:
        """The numbers of all texts found, best first."""


class PlainWhoosh:
    """Whoosh over jieba's ChineseAnalyzer, the query given to Whoosh's own parser."""

    name = "plain Whoosh + ChineseAnalyzer"

    def __init__(self, folder: Path, *, any_word: bool = False) -> None:
        """`any_word`: texts with some of the words are found too; Whoosh asks for all unless told."""
        self._folder, self._any = folder, any_word
        self.name = f"{type(self).name}{', any word' if any_word else ''}"

    def index(self, reports: Iterable[Report]) -> None:
        """See Rival. Done once: the folder is opened if it is there."""
        if not self._folder.exists():
            fresh = self._folder.with_suffix(".new")
            fresh.mkdir(parents=True)
            text, title = fields.TEXT(analyzer=ChineseAnalyzer()), fields.TEXT(ChineseAnalyzer(), field_boost=3.0)
            schema = fields.Schema(number=fields.STORED, title=title, text=text)
            writer = index.create_in(str(fresh), schema).writer(limitmb=512)
            for number, report in enumerate(reports):
                writer.add_document(number=number, title=report.title, text=report.text)
            writer.commit()
            fresh.rename(self._folder)
        opened = index.open_dir(str(self._folder))
        group = {"group": OrGroup} if self._any else {}
        self._parser = MultifieldParser(["title", "text"], opened.schema, **group)
        self._searcher = opened.searcher()

    def ranked(self, terms: Sequence[Asked]) -> list[int]:
        """See Rival."""
        query = self._parser.parse(" ".join(_quoted(each) for each in terms))
        return [hit["number"] for hit in self._searcher.search(query, limit=None)]


class Fts5:
    """SQLite FTS5 over trigrams, ranked by bm25; LIKE for what is shorter than three characters."""

    name = "SQLite FTS5 trigram"

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)

    def index(self, reports: Iterable[Report]) -> None:
        """See Rival. Done once."""
        if self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return
        with self._db:
            self._db.execute("CREATE VIRTUAL TABLE held USING fts5 (title, text, tokenize = 'trigram')")
            rows = ((number, report.title, report.text) for number, report in enumerate(reports))
            self._db.executemany("INSERT INTO held (rowid, title, text) VALUES (?, ?, ?)", rows)

    def ranked(self, terms: Sequence[Asked]) -> list[int]:
        """See Rival; in order of number where nothing is long enough to be ranked by."""
        long = " AND ".join(f'"{each.text}"' for each in terms if len(each.text) > 2)
        short = [f"%{each.text}%" for each in terms if len(each.text) <= 2]
        where = ["held MATCH ?"] * bool(long) + ["(title LIKE ? OR text LIKE ?)"] * len(short)
        order = f"bm25(held, {_TITLE_WEIGHT}, 1.0)" if long else "rowid"
        values = [long] * bool(long) + [each for each in short for _ in range(2)]
        rows = self._db.execute(f"SELECT rowid FROM held WHERE {' AND '.join(where)} ORDER BY {order}", values)
        with closing(rows):
            return [row[0] for row in rows]


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

        builder = tantivy.SchemaBuilder().add_integer_field("number", stored=True)
        for name in ("title", "text"):
            builder = builder.add_text_field(name, tokenizer_name="whitespace")
        new = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index: Any = tantivy.Index(builder.build(), path=str(self._folder))
        if new:
            writer = self._index.writer(heap_size=128_000_000, num_threads=1)
            for number, report in enumerate(reports):
                writer.add_document(tantivy.Document(number=number, title=_cut(report.title), text=_cut(report.text)))
            writer.commit()
            writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ranked(self, terms: Sequence[Asked]) -> list[int]:
        """See Rival."""
        parts = [f'"{_cut(each.text)}"' if each.quoted else _cut(each.text) for each in terms]
        query = self._index.parse_query(
            " ".join(parts),
            ["title", "text"],
            field_boosts={"title": _TITLE_WEIGHT},
            conjunction_by_default=not self._any,
        )
        limit = max(self._searcher.num_docs, 1)
        hits = self._searcher.search(query, limit=limit).hits
        return [self._searcher.doc(address)["number"][0] for _, address in hits]


class Scan:
    """Every text looked through for every term as typed; more places come first."""

    name = "scan"

    def index(self, reports: Iterable[Report]) -> None:
        """See Rival."""
        self._texts = [f"{report.title}\n{report.text}" for report in reports]

    def ranked(self, terms: Sequence[Asked]) -> list[int]:
        """See Rival."""
        wanted = [each.text for each in terms]
        holding = [number for number, text in enumerate(self._texts) if all(each in text for each in wanted)]
        places = {number: sum(self._texts[number].count(each) for each in wanted) for number in holding}
        return sorted(holding, key=lambda number: (-places[number], number))


def rivals(folder: Path) -> Iterator[Rival]:
    """All that can take part here; says of the others why not."""
    yield PlainWhoosh(folder / "whoosh")
    yield PlainWhoosh(folder / "whoosh", any_word=True)
    yield Fts5(folder / "fts5.db")
    if why := RawTantivy.missing():
        print(f"{RawTantivy.name}: left out, {why}")
    else:
        yield RawTantivy(folder / "tantivy")
        yield RawTantivy(folder / "tantivy", any_word=True)
    yield Scan()


def _quoted(term: Asked) -> str:
    return f'"{term.text}"' if term.quoted else term.text


def _cut(text: str) -> str:
    words = [word for word in jieba.cut_for_search(text) if any(map(str.isalnum, word))]
    return " ".join(words)
