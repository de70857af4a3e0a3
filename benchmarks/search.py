"""Whole answers at 10,000 reports: how fast, how much memory, and beside it the phrase query everyone writes.

    python -m benchmarks.search [--reports N] [--engine NAME] [--no-peer]

Times are wall times in milliseconds of one process on a machine that may be busy: trust the ratios.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.material import SEED, Recombined
from benchmarks.peer import Peer
from indexer.analysis import segmenter
from indexer.ask import Question, ask, understand
from indexer.index import Index
from indexer.searcher import Searcher
from reports.config import Config, IndexConfig
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Report
from reports.store import Store

_BARE = (
    "营商环境", "行政执法", "法治政府", "政务公开", "行政复议", "乡村振兴", "数字经济",
    "生态环境", "社会保障", "公共服务", "义务教育", "食品安全", "土地管理", "住房公积金",
    "安全生产", "市场监督", "科技创新", "城乡规划", "劳动者", "残疾人",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the mix, and how it is called in the table."""

    kind: str
    text: str


def mix(reports: list[Report], chance: random.Random) -> list[Asked]:
    """100 queries: bare words, phrases cut from the texts, rare and common, and both with filters."""
    bare = [Asked("bare", word) for word in _BARE]
    phrases = [Asked("phrase", quoted(_cut(reports, chance))) for _ in range(40)]
    years = [f"地区:广东省 年份:{chance.randint(2010, 2022)}..2025" for _ in range(40)]
    filtered = [
        Asked("filtered", f"{_BARE[number % len(_BARE)] if number % 2 else quoted(_cut(reports, chance))} {year}")
        for number, year in enumerate(years)
    ]
    return bare + phrases + filtered


def quoted(phrase: str) -> str:
    """As a person asks for exactly this."""
    return f"“{phrase}”"


def _cut(reports: list[Report], chance: random.Random) -> str:
    """A phrase of 2 to 10 characters without punctuation, from somewhere in the texts."""
    while True:
        text = chance.choice(reports).text
        at, length = chance.randrange(len(text) - 10), chance.randint(2, 10)
        phrase = text[at : at + length]
        if all("\u4e00" <= char <= "\u9fff" for char in phrase):
            return phrase


def times_ms(run: Callable[[str], object], queries: Iterable[str]) -> list[float]:
    """How long each query took, in milliseconds."""
    taken = []
    for query in queries:
        began = time.perf_counter()
        run(query)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def memory_mb() -> tuple[float, float]:
    """This process's private and file-backed memory, in MB; zeros where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in lines if line.startswith("Rss")}
    return sizes["RssAnon"], sizes["RssFile"]


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--engine", choices=("whoosh", "tantivy", "memory"), default="whoosh")
    parser.add_argument("--no-peer", action="store_true", help="leave out the slow part")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = replace(Config().with_corpus(Path(folder) / "corpus"), index=IndexConfig(arguments.engine))
        count = _fill(config, arguments.reports)
        index = Index(config, load_regions())
        began = time.perf_counter()
        index.build()
        took_s = time.perf_counter() - began
        print(f"build: {count} reports in {took_s:.0f} s, {count / took_s:.0f} reports/s")
        searcher = index.searcher()
        reports = [each.report for each in index.store().changed_since(0)]
        raw = sum(len(each.text.encode()) for each in reports)
        print(f"index: {_folder_bytes(index.folder) / raw:.2f} of the text")
        _whole_answers(searcher, mix(reports, random.Random(SEED)))
        if not arguments.no_peer:
            # A second searcher, so that what one run remembers does not speed up the other.
            again = Index(config, load_regions()).searcher()
            _beside_the_peer(searcher, again, reports, Path(folder) / "peer")


def _fill(config: Config, count: int) -> int:
    with Store(config.corpus.path) as store:
        for report in Recombined(count):
            store.put(report)
        return store.count()


def _folder_bytes(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def _whole_answers(searcher: Searcher, queries: list[Asked]) -> None:
    ask(Question("预热"), searcher)
    print(f"{'whole answers':14} {'queries':>8} {'p50 ms':>8} {'p95 ms':>8}")
    taken = {asked: times_ms(lambda text: ask(Question(text), searcher), [asked.text])[0] for asked in queries}
    for kind in ("bare", "phrase", "filtered", None):
        some = sorted(ms for asked, ms in taken.items() if kind in (asked.kind, None))
        print(f"{kind or 'all':14} {len(some):8} {_quantile(some, 0.5):8.1f} {_quantile(some, 0.95):8.1f}")
    private, mapped = memory_mb()
    print(f"memory of the searching process: {private:.0f} MB private, {mapped:.0f} MB of mapped files")


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _beside_the_peer(searcher: Searcher, again: Searcher, reports: list[Report], folder: Path) -> None:
    """Phrases of two and more jieba tokens: ours as sets of ids and as whole answers, the peer's as sets of ids."""
    chance = random.Random(SEED + 1)
    phrases = list(dict.fromkeys(_run_of_words(reports, chance) for _ in range(60)))
    forms = {each.id: f"{fold(each.title)}\n{fold(each.text)}" for each in reports}
    holding = {phrase: {id_ for id_, form in forms.items() if fold(phrase) in form} for phrase in phrases}
    peer = Peer(folder)
    print(f"peer (Whoosh's positional phrase over jieba's ChineseAnalyzer): {peer.index(reports):.0f} reports/s")
    ids = times_ms(partial(every, searcher), phrases)
    whole = times_ms(lambda phrase: ask(Question(quoted(phrase)), again), phrases)
    theirs = times_ms(peer.search, phrases)
    print(f"{len(phrases)} phrases of two to four words, medians: {statistics.median(theirs):.1f} ms peer, ids alone")
    for name, taken in (("ids alone", ids), ("whole answers, with facets and 20 snippets", whole)):
        ratio = statistics.median(theirs) / statistics.median(taken)
        print(f"    {statistics.median(taken):.1f} ms ours, {name}: {ratio:.1f} times as fast")
    for name, search in (("ours", partial(every, searcher)), ("peer", peer.search)):
        found = {phrase: search(phrase) for phrase in phrases}
        wrong = sum(found[phrase] != holding[phrase] for phrase in phrases)
        print(f"recall {_recall(found, holding):.3f} {name}, {wrong} of {len(phrases)} sets wrong")


def _run_of_words(reports: list[Report], chance: random.Random) -> str:
    """Two to four words that jieba finds side by side in a text, as a person would type them."""
    while True:
        line = chance.choice(chance.choice(reports).text.split("\n"))
        words = list(segmenter().words(line))
        at = chance.randrange(max(1, len(words) - 4))
        phrase = "".join(words[at : at + chance.randint(2, 4)])
        if phrase in line and all("\u4e00" <= char <= "\u9fff" for char in phrase) and len(phrase) <= 12:
            return phrase


def every(searcher: Searcher, phrase: str) -> set[str]:
    """The ids of all works our engine finds for a quoted phrase."""
    return set(searcher.every(understand(Question(quoted(phrase)), searcher)))


def _recall(found: dict[str, set[str]], holding: dict[str, set[str]]) -> float:
    return sum(len(found[each] & holding[each]) for each in holding) / sum(map(len, holding.values()))


if __name__ == "__main__":
    main()
