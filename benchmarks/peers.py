"""The same queries, asked of us and of what people write instead: python -m benchmarks.peers [--reports N] [--write]

Recombined real reports and a mix of quoted phrases, rare and common, and pairs of them. Ours are whole answers: total,
every facet, 20 hits with snippets. The rivals give the numbers of all texts found; the same few plain lines then add
counts by region, year and kind, and the first 20 texts with a snippet each. Ratios are over the sum of the mix, each
query asked once of each, all in one process one after the other. Recall and wrong sets are against looking: the reports
that hold every phrase, in the matching form.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.material import SEED, Recombined
from benchmarks.ranking import engines
from benchmarks.rivals import Asked, Rival, asked, rivals
from indexer.ask import Question, ask, understand
from indexer.index import Index
from reports.config import Config, IndexConfig
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Report
from reports.store import Store

PAGE = Path(__file__).parents[1] / "docs/performance.md"
SHOWN, AROUND = 20, 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    indexed_s: float
    sum_s: float
    median_ms: float
    recall: float
    wrong: int


def mix(reports: Sequence[Report], count: int) -> list[str]:
    """Queries, the same each time: phrases of 2 to 8 characters cut from texts, some of just 4, and pairs of two."""
    chance = random.Random(SEED)
    phrases = [f"“{_cut(reports, chance, chance.randint(2, 8))}”" for _ in range(count // 2)]
    words = [f"“{_cut(reports, chance, 4)}”" for _ in range(count // 4)]
    pairs = [f"“{_cut(reports, chance, 2)}” “{_cut(reports, chance, 2)}”" for _ in range(count - len(phrases + words))]
    return list(dict.fromkeys(phrases + words + pairs))


def _cut(reports: Sequence[Report], chance: random.Random, chars: int) -> str:
    while True:
        text = chance.choice(reports).text
        at = chance.randrange(len(text) - chars)
        piece = text[at : at + chars]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            return piece


def holding(reports: Sequence[Report], queries: Sequence[str]) -> dict[str, set[int]]:
    """The numbers of the reports that hold every term of a query, by looking."""
    forms = [f"{fold(each.title)}\n{fold(each.text)}" for each in reports]
    wanted = {query: [fold(term.text) for term in asked(query)] for query in queries}
    return {
        query: {number for number, form in enumerate(forms) if all(term in form for term in terms)}
        for query, terms in wanted.items()
    }


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a rival's answer still lacks, in the plainest lines that do it."""

    reports: Sequence[Report]
    facets: tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> ByHand:
        """Each facet as a number a report."""
        columns = ([each.region_code for each in reports], [each.year for each in reports], [r.kind for r in reports])
        return cls(reports, tuple(np.unique([str(v) for v in column], return_inverse=True)[1] for column in columns))

    def answer(self, found: Sequence[int], terms: Sequence[Asked]) -> tuple[int, list[str]]:
        """The total and the snippets; the counts are made and dropped."""
        numbers = np.asarray(found, np.int64)
        for facet in self.facets:
            np.bincount(facet[numbers])
        return len(found), [_snippet(self.reports[number].text, terms) for number in found[:SHOWN]]


def _snippet(text: str, terms: Sequence[Asked]) -> str:
    at = max(text.find(terms[0].text), 0)
    return text[max(at - AROUND, 0) : at + AROUND]


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    reports = list(Recombined(arguments.reports))
    queries = mix(reports, arguments.queries)
    held = holding(reports, queries)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_ours(reports, queries, held, Path(folder)), *_theirs(reports, queries, held, Path(folder))]
    lines = list(table(rows))
    print("\n".join(lines))
    if arguments.write:
        PAGE.write_text(page(lines, arguments.reports, len(queries)), "utf-8")
    return 0


def _ours(reports: Sequence[Report], queries: Sequence[str], held: dict[str, set[int]], folder: Path) -> Iterator[Row]:
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
        taken = _times(lambda query, s=searcher: ask(Question(query), s), queries)  # type: ignore[misc]
        found = {
            query: {number[id_] for id_ in searcher.every(understand(Question(query), searcher))} for query in queries
        }
        yield _row(f"Zhengbao, {engine}", indexed_s, taken, found, held)


def _theirs(
    reports: Sequence[Report], queries: Sequence[str], held: dict[str, set[int]], folder: Path
) -> Iterator[Row]:
    by_hand = ByHand.of(reports)
    (folder / "rivals").mkdir()
    for rival in rivals(folder / "rivals"):
        if rival.name.endswith("any word"):
            continue
        began = time.perf_counter()
        rival.index(reports)
        indexed_s = time.perf_counter() - began
        taken = _times(lambda query, r=rival: _whole(r, by_hand, query), queries)  # type: ignore[misc]
        found = {query: set(rival.ranked(asked(query))) for query in queries}
        yield _row(rival.name, indexed_s, taken, found, held)


def _whole(rival: Rival, by_hand: ByHand, query: str) -> tuple[int, list[str]]:
    terms = asked(query)
    return by_hand.answer(rival.ranked(terms), terms)


def _times(run: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    taken = []
    for query in queries:
        began = time.perf_counter()
        run(query)
        taken.append(time.perf_counter() - began)
    return taken


def _row(name: str, indexed_s: float, taken: list[float], found: dict[str, set[int]], held: dict[str, set[int]]) -> Row:
    print(f"{name}: {sum(taken):.2f} s", file=sys.stderr, flush=True)
    right = sum(len(found[query] & held[query]) for query in held)
    wrong = sum(found[query] != held[query] for query in held)
    median_ms = sorted(taken)[len(taken) // 2] * 1000
    return Row(name, indexed_s, sum(taken), median_ms, right / max(sum(map(len, held.values())), 1), wrong)


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


def page(lines: Sequence[str], reports: int, queries: int) -> str:
    """docs/performance.md."""
    about = (__doc__ or "").split("\n\n", 1)[1].strip()
    return "\n".join(
        (
            "# Performance",
            "",
            f"Written by `python -m benchmarks.peers --reports {reports} --queries {queries} --write`; do not edit.",
            "",
            f"{reports:,} reports of about 3,000 characters, {queries} queries, seed {SEED}; Python "
            f"{platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
            "Times are of one run on a machine that may be busy: trust the ratios.",
            "",
            about,
            "",
            *lines,
            "",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
