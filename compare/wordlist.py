"""批量词表: many phrases at once, counted one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from compare.asking import Asked, Comparison, understand
from compare.blanks import Missing, missing
from compare.cells import Cell
from compare.counts import stacked
from compare.rows import Head
from compare.scales import YearScale
from compare.scope import Ground
from indexer.corefile import Ints
from indexer.query import Node, Or, Term
from reports.errors import QueryError
from reports.fold import fold
from reports.report import SectionKind

MOST_LINES, MOST_ALIASES, MOST_CHARS = 200, 10, 100
MOST_NAMED = 20
"""So many bad lines are named one by one, the others are counted."""

_QUOTES = "“”\"＂「」『』‘’'＇"
_BAR = re.compile(r"[|｜]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its number in the list (from 1), the phrase, and what else it is written as (aliases)."""

    line: int
    phrases: tuple[str, ...]

    @property
    def label(self) -> str:
        """The phrase as first written."""
        return self.phrases[0]

    def node(self, sections: frozenset[SectionKind]) -> Node:
        """Any of its phrases, each exactly as written."""
        terms = tuple(Term(each, fold(each), True, sections=sections) for each in self.phrases)
        return terms[0] if len(terms) == 1 else Or(terms)


@dataclass(frozen=True, slots=True)
class WordList:
    """What is to be counted, in order; `notes` say which lines were left out as said twice."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def read_wordlist(text: str) -> WordList:
    """A list of phrases, one a line, aliases behind | ; lines that are blank or begin with # are none.

    Raises QueryError naming every bad line (of very many the first), and for more than MOST_LINES of them.
    """
    entries: dict[frozenset[str], Entry] = {}
    problems: list[str] = []
    notes: list[str] = []
    lines = [(number, line.strip()) for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and line[0] not in "#＃"]
    for number, line in lines:
        phrases = _phrases(line)
        if problem := _problem(line, phrases):
            problems.append(f"第 {number} 行：{problem}")
            continue
        key = frozenset(map(fold, phrases))
        if key in entries:
            notes.append(f"第 {number} 行“{phrases[0]}”与第 {entries[key].line} 行相同，只计一次")
        entries.setdefault(key, Entry(number, phrases))
    if len(lines) > MOST_LINES:
        problems.insert(0, f"词表最多 {MOST_LINES} 行，现有 {len(lines)} 行")
    if not lines:
        problems.append("词表里没有词语")
    if problems:
        raise QueryError(*_shortened(problems))
    return WordList(tuple(entries.values()), tuple(notes))


def _phrases(line: str) -> tuple[str, ...]:
    """The phrases of a line, without quotes around them; "" where one is empty."""
    return tuple(dict.fromkeys(_bare(part.strip()) for part in _BAR.split(line)))


def _bare(part: str) -> str:
    """Without the quotes around it; those that are part of it stay: “放管服”改革."""
    bare = part.strip(_QUOTES).strip()
    if not set(_QUOTES) & set(bare):
        return bare
    return part[1:-1].strip() if part[0] in _QUOTES and part[-1] in _QUOTES else part


def _problem(line: str, phrases: Sequence[str]) -> str:
    """What is wrong with a line; "" where nothing is."""
    if "" in phrases:
        return "“|”的一边是空的" if _BAR.search(line) else "没有可查的文字"
    if len(phrases) > MOST_ALIASES:
        return f"一行最多 {MOST_ALIASES} 种写法，现有 {len(phrases)} 种"
    if long := next((each for each in phrases if len(each) > MOST_CHARS), ""):
        return f"“{long[:MOST_NAMED]}…”有 {len(long)} 字，最多 {MOST_CHARS} 字"
    empty = next((each for each in phrases if not any(char.isalnum() for char in fold(each))), None)
    return "" if empty is None else f"“{empty}”里没有可查的文字"


def _shortened(problems: list[str]) -> list[str]:
    rest = len(problems) - MOST_NAMED
    return problems if rest <= 0 else [*problems[:MOST_NAMED], f"另有 {rest} 处问题"]


@dataclass(frozen=True, slots=True)
class WordRow:
    """One entry counted: a cell for each column of its table, and all years together.

    `behind`: the question whose reports are those of the row, in the query language.
    """

    entry: Entry
    cells: tuple[Cell, ...]
    total: Cell

    @property
    def behind(self) -> str:
        """The words of the row as a question."""
        return " 或 ".join(f"“{phrase}”" for phrase in self.entry.phrases)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table whose rows are still to be counted: `columns` are years."""

    asked: Asked
    columns: tuple[Head, ...]
    wordlist: WordList
    _years: YearScale
    _slots: Ints
    _missing: Missing

    def rows(self) -> Iterator[WordRow]:
        """Each entry counted when it is asked for, so that progress can be told: row by row, in the list's order."""
        for entry in self.wordlist.entries:
            yield self._row(entry)

    def _row(self, entry: Entry) -> WordRow:
        node = entry.node(self.asked.comparison.sections)
        tally = self.asked.searcher.counting.tally(replace(self.asked.query, root=node))
        counts = stacked(self._years, [tally], self._missing).kept(np.empty(0, np.int64), self._slots)
        cells = tuple(counts.cell(-1, column) for column in range(len(self.columns)))
        return WordRow(entry, cells, counts.cell(-1, -1))


def word_table(ground: Ground, comparison: Comparison, wordlist: WordList, today: date) -> WordTable:
    """The table of a list. `comparison.text` may hold filters, no words. Raises QueryError with every problem."""
    asked = understand(comparison, ground, today, words=False)
    tally, lacking = asked.searcher.counting.tally(asked.query), missing(ground, asked)
    years = YearScale(asked, tally.works, lacking)
    heads, slots = years.heads(stacked(years, [tally], lacking).filled[1])
    return WordTable(asked, heads, wordlist, years, slots, lacking)
