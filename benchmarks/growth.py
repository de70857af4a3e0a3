"""How cost grows with the corpus: python -m benchmarks.growth [--sizes 1000 10000 100000] [--keep FOLDER] [--write]

The same 200 queries (benchmarks/mix.py) at every size, with the Tantivy engine unless told; each size in a process of
its own. `own` is what is not finding, counting and ordering: parsing, facets, reading 20 texts, snippets. A million
reports take 20 GB of disk and an hour: ask for them by `--sizes 1000000 --keep FOLDER`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.mix import Sort, mix
from benchmarks.page import put
from benchmarks.search import Timed, made, memory_mb, quantile, timed

_SHARES = {"p50": 0.5, "p95": 0.95}


def main() -> None:
    """Each size in a process of its own, then the table; times in milliseconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="tantivy")
    parser.add_argument("--keep", type=Path, help="a folder in which corpora and indexes are kept, and found again")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as folder:
        if arguments.one:
            print(json.dumps(_measured(Path(folder) / str(arguments.sizes[0]), arguments.sizes[0], arguments.engine)))
            return
        rows = [_apart(size, arguments.engine, Path(folder)) for size in arguments.sizes]
    lines = [*_table(rows), "", *_growth(rows)]
    print("\n".join(lines))
    if arguments.write:
        put(f"Growth, {arguments.engine}", (__doc__ or "").split("\n\n", 1)[1], lines)


def _apart(size: int, engine: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.growth", "--one", "--sizes", str(size), "--engine", engine]
    ran = subprocess.run([*command, "--keep", str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    *said, last = ran.stdout.strip().split("\n")
    print(f"{size}:", *said, sep="\n    ", file=sys.stderr, flush=True)
    measured: dict[str, Any] = json.loads(last)
    return measured | {"built": "; ".join(said)}


def _measured(folder: Path, size: int, engine: str) -> dict[str, Any]:
    searcher = made(folder, size, engine).searcher()
    taken = timed(searcher, mix())
    private, mapped = memory_mb()
    sorts = {str(sort): _medians([each for each in taken if each.query.sort is sort]) for sort in Sort}
    ms, own = sorted(each.ms for each in taken), sorted(each.ms - each.found_ms for each in taken)
    whole = {name: quantile(ms, share) for name, share in _SHARES.items()}
    return {"size": size, "sorts": sorts, "own": quantile(own, 0.5), "private": private, "mapped": mapped} | whole


def _medians(taken: Sequence[Timed]) -> dict[str, float]:
    return {
        "ms": statistics.median(each.ms for each in taken),
        "found_ms": statistics.median(each.found_ms for each in taken),
        "found": statistics.median(each.total for each in taken),
    }


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    sorts = [str(sort) for sort in Sort]
    heads = ("reports", "p50", "p95", "own p50", *sorts, "private, MB", "mapped, MB")
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * (6 + len(sorts))
    for row in rows:
        by_sort = " | ".join(f"{row['sorts'][each]['ms']:.1f}" for each in sorts)
        times = f"{row['p50']:.1f} | {row['p95']:.1f} | {row['own']:.1f}"
        yield f"| {row['size']:,} | {times} | {by_sort} | {row['private']:.0f} | {row['mapped']:.0f} |"
    yield ""
    yield from (f"- {row['size']:,}: {row['built']}" for row in rows if row["built"])


def _growth(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Finding alone, from the smallest to the largest: it may grow as what is found does, and no faster."""
    first, last = rows[0], rows[-1]
    yield f"Finding, counting and ordering alone, medians, {first['size']:,} and {last['size']:,} reports:"
    yield ""
    for sort in map(str, Sort):
        one, other = first["sorts"][sort], last["sorts"][sort]
        more, longer = other["found"] / max(one["found"], 1), other["found_ms"] / one["found_ms"]
        yield f"- {sort}: {more:.0f} times the works found, {longer:.1f} times the time ({other['found_ms']:.1f} ms)"


if __name__ == "__main__":
    main()
