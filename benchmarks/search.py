"""Whole answers of one of our engines to the mix of 200: how fast, how much memory, how large an index.

    python -m benchmarks.search [--reports N] [--engine NAME] [--keep FOLDER]

Every answer has its total, its occurrences, all facets and 20 hits with snippets; every query is asked once, of a
searcher that has not seen it. `own` is what is not finding, counting and ordering: parsing, facets, reading 20 texts,
snippets. Times are wall times of one process on a machine that may be busy: trust the ratios.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.material import Recombined
from benchmarks.mix import Mixed, Sort, mix
from indexer.ask import Question, ask
from indexer.index import Index
from indexer.searcher import Searcher
from reports.config import Config, IndexConfig
from reports.regions import load_regions
from reports.store import Store


@dataclass(frozen=True, slots=True)
class Timed:
    """How long one query took, in all and in what finds and orders works, in milliseconds; how many it found."""

    query: Mixed
    ms: float
    found_ms: float
    total: int


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--engine", choices=("whoosh", "tantivy", "memory"), default="whoosh")
    parser.add_argument("--keep", type=Path, help="a folder in which corpus and index are kept, and found again")
    arguments = parser.parse_args()
    with nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as folder:
        index = made(Path(folder), arguments.reports, arguments.engine)
        for line in table(timed(index.searcher(), mix())):
            print(line)
    private, mapped = memory_mb()
    print(f"memory of the searching process: {private:.0f} MB private, {mapped:.0f} MB of mapped files")


def made(folder: Path, count: int, engine: str) -> Index:
    """An index over so many recombined reports; what the folder holds already is not made again."""
    config = replace(Config().with_corpus(folder / "corpus"), index=IndexConfig(engine))
    with Store(config.corpus.path) as store:
        if store.count() != count:
            for report in Recombined(count):
                store.put(report)
    index, began = Index(config, load_regions()), time.perf_counter()
    built, took_s = index.build(), time.perf_counter() - began
    if built.changed:
        print(f"build: {count} reports in {took_s:.0f} s, {count / took_s:.0f} reports/s", flush=True)
    raw = sum(len(each.report.text.encode()) for each in index.store().changed_since(0))
    size = sum(each.stat().st_size for each in index.folder.rglob("*") if each.is_file())
    print(f"index: {size / raw:.2f} of the text ({raw / 1e6:.0f} MB of UTF-8)", flush=True)
    return index


def timed(searcher: Searcher, queries: Sequence[Mixed]) -> list[Timed]:
    """Each query once, after one that is not of the mix."""
    ask(Question("“预热”"), searcher)
    return [_timed(searcher, query) for query in queries]


def _timed(searcher: Searcher, query: Mixed) -> Timed:
    """Finding and ordering are watched from within."""
    found_ms = [0.0]

    def watched(run: Callable[..., object]) -> Callable[..., object]:
        def watch(*arguments: object, **named: object) -> object:
            began = time.perf_counter()
            try:
                return run(*arguments, **named)
            finally:
                found_ms[0] += (time.perf_counter() - began) * 1000

        return watch

    evaluator, order = searcher._evaluator, searcher._order
    match = evaluator.match
    try:
        evaluator.match, searcher._order = watched(match), watched(order)  # type: ignore[method-assign, assignment]
        began = time.perf_counter()
        total = ask(Question(query.text), searcher).total
        return Timed(query, (time.perf_counter() - began) * 1000, found_ms[0], total)
    finally:
        evaluator.match, searcher._order = match, order  # type: ignore[method-assign]


def table(taken: Sequence[Timed]) -> list[str]:
    """By sort of query: how many, works found at the median, p50, p95, and what was not finding and ordering."""
    head = f"{'':20} {'queries':>7} {'found':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'own p50':>8}"
    return [head, *(_line(sort, [each for each in taken if sort in (each.query.sort, None)]) for sort in (*Sort, None))]


def _line(sort: Sort | None, taken: Sequence[Timed]) -> str:
    ms, own = (sorted(values) for values in ([each.ms for each in taken], [each.ms - each.found_ms for each in taken]))
    found = statistics.median(each.total for each in taken)
    times = " ".join(
        f"{value:8.1f}" for value in (*(quantile(ms, share) for share in (0.5, 0.95)), ms[-1], quantile(own, 0.5))
    )
    return f"{sort or 'all':20} {len(taken):7} {found:8.0f} {times}"


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the ordered values lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def memory_mb() -> tuple[float, float]:
    """This process's private and file-backed memory, in MB; zeros where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in lines if line.startswith("Rss")}
    return sizes["RssAnon"], sizes["RssFile"]


def quoted(phrase: str) -> str:
    """As a person asks for exactly this."""
    return f"“{phrase}”"


if __name__ == "__main__":
    main()
