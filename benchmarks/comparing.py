"""How fast comparisons are: `python -m benchmarks.comparing [--reports N] [--engine NAME]`.

The corpus is real paragraphs recombined; every phrase is asked once, of a searcher that has seen none of them. Times
are wall times of one process on a machine that may be busy; the memory is what a view and its searcher added. Targets
are those set for 10,000 reports (Whoosh) and 100,000 (Tantivy); at other sizes they are there to be seen, not kept.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.material import SEED, Recombined, paragraphs
from benchmarks.search import memory_mb, quoted
from compare.asking import Asked, Comparison, understand
from compare.concordance import Order, Wanted, by_places, concordance
from compare.figures import figure_keys
from compare.matrix import Axis, matrix
from compare.said import with_sentences
from compare.scope import Ground
from compare.spread import evidence, spread
from compare.trend import trend
from compare.wordlist import read_wordlist, word_table
from indexer.index import Index
from reports.config import Config, IndexConfig
from reports.regions import load_regions
from reports.store import Store

_TODAY = date(2026, 11, 22)
_PLACES = ("110000", "320000", "330000", "440000")
_RARE, _COMMON = 0.005, 0.4
_WITH_FIGURES = ("增长", "达到", "收入", "产量", "投资", "面积", "下降")
_PHRASES, _CANDIDATES, _LIST = 7, 1_500, 200
_SENTENCES, _EVIDENCE = 2_000, 400


@dataclass(frozen=True, slots=True)
class View:
    """What is timed, for phrases of which share of the reports (None: _WITH_FIGURES), and how many ms it may take."""

    name: str
    share: float | None
    run: Callable[[Ground, str], object]
    whoosh_ms: int | None = None
    tantivy_ms: int | None = None


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--engine", choices=("whoosh", "tantivy", "memory"), default="whoosh")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = replace(Config().with_corpus(Path(folder) / "corpus"), index=IndexConfig(arguments.engine))
        with Store(config.corpus.path) as store:
            for report in Recombined(arguments.reports):
                store.put(report)
        Index(config, load_regions()).build()
        held, chosen = _ground(config), _candidates()
        shares = {phrase: _share(held, phrase) for phrase in (*chosen, *_WITH_FIGURES)}
        print(f"{arguments.reports:,} reports, {arguments.engine}; {_PHRASES} phrases of each share, each asked once")
        print(f"{'view':44} {'share':>6} {'median ms':>10} {'worst ms':>9} {'target':>7} {'MB more':>8}")
        for view in _VIEWS:
            _measure(config, view, _nearest(shares, view.share))
        _list(_ground(config), random.Random(SEED).sample(chosen, _LIST))


def _ground(config: Config) -> Ground:
    """A searcher that has answered nothing yet."""
    regions = load_regions()
    index = Index(config, regions)
    ground = Ground(index.searcher(), regions, index.store, config)
    matrix(ground, _asked(ground, "预热"), Axis.REGION, Axis.YEAR)
    return ground


def _asked(ground: Ground, phrase: str) -> Asked:
    return understand(Comparison(quoted(phrase)), ground, _TODAY)


def _candidates() -> list[str]:
    """Different phrases of two to six characters as they stand in the texts, the shorter ones more often."""
    chance, lines = random.Random(SEED), paragraphs()
    found: dict[str, None] = {}
    while len(found) < _CANDIDATES:
        line, length = chance.choice(lines), chance.choice((2, 2, 2, 3, 4, 6))
        at = chance.randrange(max(1, len(line) - length))
        phrase = line[at : at + length]
        if len(phrase) == length and all("一" <= char <= "鿿" for char in phrase):
            found[phrase] = None
    return list(found)


def _share(ground: Ground, phrase: str) -> float:
    asked = _asked(ground, phrase)
    tally = asked.searcher.counting.tally(asked.query)
    return float(tally.matched.mean())


def _nearest(shares: dict[str, float], wanted: float | None) -> dict[str, float]:
    if wanted is None:
        return {phrase: shares[phrase] for phrase in _WITH_FIGURES}
    near = sorted(shares, key=lambda phrase: abs(shares[phrase] - wanted))[:_PHRASES]
    return {phrase: shares[phrase] for phrase in near}


def _measure(config: Config, view: View, phrases: dict[str, float]) -> None:
    gc.collect()
    (before, _), ground = memory_mb(), _ground(config)
    taken = []
    for phrase in phrases:
        began = time.perf_counter()
        view.run(ground, phrase)
        taken.append((time.perf_counter() - began) * 1000)
    share = f"{statistics.median(phrases.values()):.1%}"
    target = {"whoosh": view.whoosh_ms, "tantivy": view.tantivy_ms}.get(config.index.engine)
    more = memory_mb()[0] - before
    print(f"{view.name:44} {share:>6} {statistics.median(taken):10.0f} {max(taken):9.0f} {target or '':>7} {more:8.0f}")


def _list(ground: Ground, phrases: Sequence[str]) -> None:
    began = time.perf_counter()
    table = word_table(ground, Comparison(""), read_wordlist("\n".join(phrases)), _TODAY)
    ready_s = [time.perf_counter() - began for _ in table.rows()]
    print(f"word list: {len(ready_s)} phrases in {ready_s[-1]:.1f} s (target 20), the first after {ready_s[0]:.2f} s")


def _matrix(ground: Ground, phrase: str) -> None:
    matrix(ground, _asked(ground, phrase), Axis.REGION, Axis.YEAR)


def _figures(ground: Ground, phrase: str) -> None:
    asked = _asked(ground, phrase)
    counting = asked.searcher.counting
    with_sentences(counting, counting.spots(asked.query), _SENTENCES)


def _figure_keys(ground: Ground, phrase: str) -> None:
    asked = _asked(ground, phrase)
    counting = asked.searcher.counting
    figure_keys(counting, counting.spots(asked.query))


def _concordance(ground: Ground, phrase: str, order: Order = Order.LEFT) -> None:
    asked = _asked(ground, phrase)
    concordance(asked, ground.regions, by_places(asked, ground.regions, _PLACES), Wanted(order))


def _by_figure(ground: Ground, phrase: str) -> None:
    _concordance(ground, phrase, Order.FIGURE)


def _first(ground: Ground, phrase: str) -> None:
    asked = _asked(ground, phrase)
    found = spread(asked, ground.regions)
    works = [work for use in found.uses for work in (use.first_work, use.last_work)]
    evidence(asked, ground.regions, works[:_EVIDENCE])


def _trend(ground: Ground, phrase: str) -> None:
    trend(ground, Comparison(""), [quoted(phrase)], _TODAY, _PLACES)


_VIEWS = (
    View("matrix", _RARE, _matrix, 300, 150),
    View("matrix", _COMMON, _matrix, 1000, 1000),
    View("concordance, 4 places", _RARE, _concordance, 300, 150),
    View("concordance, 4 places", _COMMON, _concordance, 300, 150),
    View("concordance, 4 places, by figure", None, _by_figure, 300, 150),
    View(f"first use, {_EVIDENCE} sentences", _RARE, _first, 500, 1000),
    View(f"first use, {_EVIDENCE} sentences", _COMMON, _first, 500, 1000),
    View("trend, 4 places", _COMMON, _trend),
    View(f"figures with their sentences, {_SENTENCES:,} at most", None, _figures),
    View("order of all places by figure", None, _figure_keys),
)


if __name__ == "__main__":
    main()
