"""What people write instead: plain Whoosh, SQLite FTS5, raw Tantivy, a scan. For comparison only.

Each as its documentation shows it, with a title that counts thrice where it can weigh fields. All are given the same
texts and the same terms, and answer with the numbers of all texts found, best first.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.mix import Asked, Mixed, Sort
from benchmarks.raw_tantivy import RawTantivy
from reports.report import Report

_TERMS = re.compile(r"[“\"]([^”\"]+)[”\"]|(\S+)")
TITLE_WEIGHT = 3.0


def plain(query: str) -> Mixed:
    """A query that has only words and phrases.

    >>> plain("“每月一题” 机制").every
    (Asked(text='每月一题', quoted=True), Asked(text='机制', quoted=False))
    """
    return Mixed(Sort.BARE, tuple(Asked(each[1] or each[2], bool(each[1])) for each in _TERMS.finditer(query)))


class Rival(Protocol):
    """A search over texts in the order of their numbers."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    def index(self, reports: Iterable[Report]) -> None:
        """Take in every report; the first has number 0."""

    def found(self, query: Mixed) -> list[int]:
        """The numbers of all texts found, best first; filters are left to the caller."""


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

    def found(self, query: Mixed) -> list[int]:
        """See Rival."""
        either = f"({' OR '.join(map(_quoted, query.either))})" if query.either else ""
        without = (f"NOT {_quoted(each)}" for each in query.without)
        parsed = self._parser.parse(" ".join(filter(None, (*map(_quoted, query.every), either, *without))))
        return [hit["number"] for hit in self._searcher.search(parsed, limit=None)]


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

    def found(self, query: Mixed) -> list[int]:
        """See Rival; in order of number where nothing is long enough to be ranked by."""
        long = " AND ".join(f'"{each.text}"' for each in query.every if len(each.text) > 2)
        where, values = (["held MATCH ?"], [long]) if long else ([], [])
        short = [([each], "") for each in query.every if len(each.text) <= 2]
        for terms, negated in (
            *short,
            *([(query.either, "")] * bool(query.either)),
            *(([e], "NOT ") for e in query.without),
        ):
            conditions, given = zip(*map(self._condition, terms), strict=True)
            where.append(f"{negated}({' OR '.join(conditions)})")
            values += [value for some in given for value in some]
        order = f"bm25(held, {TITLE_WEIGHT}, 1.0)" if long else "rowid"
        with closing(
            self._db.execute(f"SELECT rowid FROM held WHERE {' AND '.join(where)} ORDER BY {order}", values)
        ) as rows:
            return [row[0] for row in rows]

    @staticmethod
    def _condition(term: Asked) -> tuple[str, list[str]]:
        if len(term.text) > 2:
            return "rowid IN (SELECT rowid FROM held WHERE held MATCH ?)", [f'"{term.text}"']
        return "(title LIKE ? OR text LIKE ?)", [f"%{term.text}%"] * 2


class Scan:
    """Every text looked through for every term as typed; more places come first."""

    name = "scan"

    def index(self, reports: Iterable[Report]) -> None:
        """See Rival."""
        self._texts = [f"{report.title}\n{report.text}" for report in reports]

    def found(self, query: Mixed) -> list[int]:
        """See Rival."""
        holding = [number for number, text in enumerate(self._texts) if _holds(text, query)]
        wanted = [each.text for each in (*query.every, *query.either)]
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


def _holds(text: str, query: Mixed) -> bool:
    return (
        all(each.text in text for each in query.every)
        and (not query.either or any(each.text in text for each in query.either))
        and not any(each.text in text for each in query.without)
    )
