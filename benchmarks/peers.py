"""The same queries, asked of us and of what people write instead: python -m benchmarks.peers [--reports N]

Recombined real reports and the mix of 200 (benchmarks/mix.py), each query asked once of each, all in one process one
after the other. Ours are whole answers: total, occurrences, every facet with the region tree, 20 hits with snippets.
Plain Whoosh, FTS5 and the scan give the numbers of all texts found; the same plain lines then count five facets and cut
20 snippets from texts in memory. Raw Tantivy counts its facets itself and reads 20 stored texts. Recall and wrong sets
are against looking.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.material import Recombined
from benchmarks.mix import Asked, Mixed, holds, mix
from benchmarks.page import put
from benchmarks.ranking import engines
from benchmarks.raw_tantivy import RawTantivy
from benchmarks.rivals import Rival, rivals
from indexer.analysis import segmenter
from indexer.ask import Question, ask, every
from indexer.index import Index
from reports.config import Config, IndexConfig
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Report
from reports.store import Store

SHOWN, AROUND = 20, 40

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    indexed_s: float
    sum_s: float
    median_ms: float
    recall: float
    wrong: int


def holding(
    reports: Sequence[Report], queries: Sequence[Mixed], words: Callable[[str], Iterator[str]]
) -> list[Numbers]:
    """The numbers of the reports that answer each query, by looking at every matching form."""
    forms = [f"{fold(each.title)}\n{fold(each.text)}" for each in reports]
    held = [frozenset(words(form)) for form in forms]

    def has(number: int, term: Asked) -> bool:
        folded = fold(term.text)
        return folded in forms[number] or (not term.quoted and held[number].issuperset(words(folded)))

    def answers(number: int, query: Mixed) -> bool:
        return (
            holds(reports[number], query)
            and all(has(number, each) for each in query.every)
            and (not query.either or any(has(number, each) for each in query.either))
            and not any(has(number, each) for each in query.without)
        )

    return [frozenset(number for number in range(len(reports)) if answers(number, query)) for query in queries]


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a rival's answer still lacks, in the plainest lines that do it."""

    reports: Sequence[Report]
    facets: tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> ByHand:
        """Each facet as a number a report; of a report's topics the first."""
        columns = [(each.region_code, each.year, each.kind, each.body, min(each.topics)) for each in reports]
        named = zip(*columns, strict=True)
        return cls(reports, tuple(np.unique(list(map(str, each)), return_inverse=True)[1] for each in named))

    def answer(self, rival: Rival, query: Mixed) -> tuple[int, list[str]]:
        """The total and the snippets; the counts are made and dropped."""
        if isinstance(rival, RawTantivy):
            total, texts = rival.whole(query, SHOWN)
            return total, [_snippet(text, query) for text in texts]
        found = self.within(rival.found(query), query)
        for facet in self.facets:
            np.bincount(facet[np.asarray(found, np.int64)])
        return len(found), [_snippet(self.reports[number].text, query) for number in found[:SHOWN]]

    def within(self, found: Sequence[int], query: Mixed) -> list[int]:
        """Those within the query's filters."""
        return [number for number in found if holds(self.reports[number], query)]


def _snippet(text: str, query: Mixed) -> str:
    at = max(text.find((*query.every, *query.either)[0].text), 0)
    return text[max(at - AROUND, 0) : at + AROUND]


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--without", action="append", default=[], help="leave out those whose name has this in it")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    reports, queries = list(Recombined(arguments.reports)), mix(arguments.queries)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_ours(reports, queries, Path(folder)), *_theirs(reports, queries, Path(folder), arguments.without)]
    lines = list(table(rows))
    print("\n".join(lines))
    if arguments.write:
        put("Beside what people write instead", (__doc__ or "").split("\n\n", 1)[1], lines)
    return 0


def _ours(reports: Sequence[Report], queries: Sequence[Mixed], folder: Path) -> Iterator[Row]:
    number = {each.id: at for at, each in enumerate(reports)}
    for engine in engines(("whoosh", "tantivy")):
        config = replace(Config().with_corpus(folder / engine), index=IndexConfig(engine=engine))
        with Store(config.corpus.path) as store:
            for each in reports:
                store.put(each)
        began, index = time.perf_counter(), Index(config, load_regions())
        index.build()
        indexed_s, searcher = time.perf_counter() - began, index.searcher()
        ask(Question("“预热”"), searcher)
        taken = _times(lambda query, s=searcher: ask(Question(query.text), s), queries)  # type: ignore[misc]
        found = [frozenset(number[id_] for id_ in every(Question(query.text), searcher)) for query in queries]
        yield _row(f"Zhengbao, {engine}", indexed_s, taken, found, holding(reports, queries, searcher.words))


def _theirs(reports: Sequence[Report], queries: Sequence[Mixed], folder: Path, without: Sequence[str]) -> Iterator[Row]:
    by_hand, held = ByHand.of(reports), holding(reports, queries, segmenter().words)
    (folder / "rivals").mkdir()
    for rival in rivals(folder / "rivals"):
        if rival.name.endswith("any word") or any(part in rival.name for part in without):
            continue
        began = time.perf_counter()
        rival.index(reports)
        indexed_s = time.perf_counter() - began
        taken = _times(lambda query, r=rival: by_hand.answer(r, query), queries)  # type: ignore[misc]
        found = [frozenset(by_hand.within(rival.found(query), query)) for query in queries]
        yield _row(rival.name, indexed_s, taken, found, held)


def _times(run: Callable[[Mixed], object], queries: Sequence[Mixed]) -> list[float]:
    taken = []
    for query in queries:
        began = time.perf_counter()
        run(query)
        taken.append(time.perf_counter() - began)
    return taken


def _row(name: str, indexed_s: float, taken: list[float], found: list[Numbers], held: list[Numbers]) -> Row:
    print(f"{name}: {sum(taken):.2f} s", file=sys.stderr, flush=True)
    right = sum(len(some & all_) for some, all_ in zip(found, held, strict=True))
    wrong = sum(some != all_ for some, all_ in zip(found, held, strict=True))
    median_ms = sorted(taken)[len(taken) // 2] * 1000
    return Row(name, indexed_s, sum(taken), median_ms, right / max(sum(map(len, held)), 1), wrong)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows in Markdown, each measured against our first and our last engine."""
    mine = [row for row in rows if row.name.startswith("Zhengbao")]
    heads = [f"times {row.name.removeprefix('Zhengbao, ')}" for row in mine]
    yield f"| | index, s | sum of the mix, s | median, ms | {' | '.join(heads)} | recall | sets wrong |"
    yield "|" + "---|" * (6 + len(mine))
    for row in rows:
        ratios = " | ".join(f"{row.sum_s / each.sum_s:.1f}" for each in mine)
        yield (
            f"| {row.name} | {row.indexed_s:.0f} | {row.sum_s:.2f} | {row.median_ms:.1f} | {ratios} "
            f"| {row.recall:.3f} | {row.wrong} |"
        )


if __name__ == "__main__":
    sys.exit(main())
