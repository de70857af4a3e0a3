"""Questions made to cost much, asked of the page itself: python -m benchmarks.hostile [--reports N] [--queries N]

The same kinds that tests/indexer/test_hostile.py asks of a small index, over real texts, through the application. Each
must be answered or refused within a second and 100 MB; ends with 1 where one is not, or where the application fails.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from benchmarks.search import made, memory_mb, quantile
from reports.config import Config
from reports.regions import load_regions
from tests.indexer.test_hostile import hostile
from webapp.app import create_app
from webapp.library import IndexedLibrary

LONGEST_S, MOST_MB = 1.0, 100.0


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    parser.add_argument("--keep", type=Path, help="a folder in which corpus and index are kept, and found again")
    arguments = parser.parse_args()
    with nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as folder:
        index = made(Path(folder), arguments.reports, arguments.engine)
        config = Config().with_corpus(Path(folder) / "corpus")
        client = create_app(IndexedLibrary(index, load_regions(), config)).test_client()
        client.get("/search", query_string={"q": "预热"})
        chance, taken, statuses = random.Random(7), [], Counter[int]()
        before_mb, most_mb = memory_mb()[0], 0.0
        for _ in range(arguments.queries):
            text = hostile(chance).encode("utf-8", "replace").decode()
            began = time.perf_counter()
            statuses[client.get("/search", query_string={"q": text}).status_code] += 1
            taken.append((time.perf_counter() - began, text))
            most_mb = max(most_mb, memory_mb()[0] - before_mb)
    taken.sort()
    times = [each for each, _ in taken]
    print(
        f"{len(taken)} questions: p50 {quantile(times, 0.5) * 1000:.0f} ms, p95 {quantile(times, 0.95) * 1000:.0f} ms"
    )
    print(f"answers by status: {dict(sorted(statuses.items()))}; memory grew by {most_mb:.0f} MB")
    for took_s, text in taken[-5:]:
        print(f"    {took_s:.2f} s  {text[:80]!r}")
    return int(times[-1] > LONGEST_S or any(status >= 500 for status in statuses))


if __name__ == "__main__":
    sys.exit(main())
