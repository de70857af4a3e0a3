"""How good the order of hits is: python -m benchmarks.ranking [--engine NAME] [--no-rivals] [--keep FOLDER] [--check]

nDCG@10 and recall@50 over the queries of judged.tsv, for each engine of ours and for what people write instead, all
over the same works: the real documents and the demo. Floors: floors.json, "ranking".
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.material import real_folder
from benchmarks.rivals import plain, rivals
from crawler.importer import import_paths
from indexer.ask import Question, understand
from indexer.index import Index
from reports.config import Config, IndexConfig, RegionsConfig
from reports.regions import load_regions
from reports.store import Store

FLOORS = Path(__file__).with_name("floors.json")
JUDGED = Path(__file__).with_name("judged.tsv")
DEMO = Path(__file__).parents[1] / "corpus/demo"
ENGINES = ("memory", "whoosh", "tantivy")
DEPTH, REACH = 10, 50
ABOVE_WHOOSH = 0.05  # of nDCG

Grades = dict[str, int]
Ask = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over all queries."""

    ndcg: float
    recall: float


def engines(names: Sequence[str] = ENGINES) -> Iterator[str]:
    """Those of our engines that can run here; says of the others why not."""
    for name in names:
        if name == "tantivy" and not (find_spec("tantivy") and find_spec("rjieba")):
            print("ours, tantivy: left out, tantivy or rjieba is not installed")
        else:
            yield name


def judged() -> dict[str, Grades]:
    """Each query with the graded ids of its reports."""
    queries: dict[str, Grades] = {}
    for line in JUDGED.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            query, id_, grade = line.split("\t")
            queries.setdefault(query, {})[id_] = int(grade)
    return queries


def ndcg(ids: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """Gain 2^grade - 1, discount log2(rank + 1), over the best order there could be (Järvelin and Kekäläinen 2002)."""
    found = [grades.get(id_, 0) for id_ in ids[:depth]]
    return _gain(found) / _gain(sorted(grades.values(), reverse=True)[:depth])


def recall(ids: Sequence[str], grades: Collection[str], reach: int = REACH) -> float:
    """The share of the graded reports among the first, of as many as there is room for."""
    return len(set(ids[:reach]) & set(grades)) / min(len(grades), reach)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def quality(ask: Ask, queries: dict[str, Grades]) -> Quality:
    """How well somebody answers the judged queries."""
    answers = {query: ask(query) for query in queries}
    return Quality(
        statistics.mean(ndcg(answers[query], grades) for query, grades in queries.items()),
        statistics.mean(recall(answers[query], grades) for query, grades in queries.items()),
    )


def corpus(folder: Path) -> Config:
    """The configuration of a corpus of the real documents and the demo; made if the folder has none."""
    config = replace(Config().with_corpus(folder / "corpus"), regions=RegionsConfig((DEMO / "divisions.csv",)))
    if not (folder / "corpus/corpus.db").exists():
        with Store(config.corpus.path) as store:
            import_paths((real_folder() / "docs", DEMO / "sites"), store, config, lambda _: None)
    return config


def ours(config: Config, folder: Path, engine: str) -> Ask:
    """Our search with one of its engines, over a copy of the corpus so that no index replaces another."""
    own = config.with_corpus(folder / engine)
    if not own.corpus.path.exists():
        own.corpus.path.mkdir(parents=True)
        shutil.copy(config.corpus.path / "corpus.db", own.corpus.path)
    index = Index(replace(own, index=IndexConfig(engine=engine)), load_regions(config.regions.extra))
    index.build()
    searcher = index.searcher()
    return lambda query: searcher.ranked(understand(Question(query), searcher))


def theirs(config: Config, folder: Path) -> Iterator[tuple[str, Ask]]:
    """The rivals, each asked for ids; copies are not among their texts."""
    (folder / "rivals").mkdir(exist_ok=True)
    with Store(config.corpus.path, create=False) as store:
        ids = [each for each, _, _ in store.works()]
        reports = list(store.get_many(ids))
    for rival in rivals(folder / "rivals"):
        rival.index(reports)
        yield rival.name, lambda query, rival=rival: [ids[n] for n in rival.found(plain(query))]  # type: ignore[misc]


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--engine", action="append", choices=ENGINES, help="default: all")
    parser.add_argument("--no-rivals", action="store_true", help="leave out the slow part")
    parser.add_argument("--keep", type=Path, help="folder for corpus and indexes, so that the next run is quick")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor")
    arguments = parser.parse_args()
    with _folder(arguments.keep) as folder:
        config, queries = corpus(folder), judged()
        _warn_of_absent(config, queries)
        found = {}
        for engine in arguments.engine or engines():
            found[f"ours, {engine}"] = _told(f"ours, {engine}", ours(config, folder, engine), queries)
        if not arguments.no_rivals:
            for name, ask in theirs(config, folder):
                found[name] = _told(name, ask, queries)
    below = list(_below(found))
    print("\n".join(below))
    return 1 if arguments.check and below else 0


def _told(name: str, ask: Ask, queries: dict[str, Grades]) -> Quality:
    found = quality(ask, queries)
    print(f"{name:44} nDCG@{DEPTH} {found.ndcg:.4f}   recall@{REACH} {found.recall:.4f}", flush=True)
    return found


def _below(found: dict[str, Quality]) -> Iterator[str]:
    """What falls short of the floors, and of what stands beside it."""
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))["ranking"]
    rivals = {name: each for name, each in found.items() if not name.startswith("ours")}
    for name in found.keys() - rivals.keys():
        for figure, floor in floors.items():
            if getattr(found[name], figure) < floor:
                yield f"BELOW: {name}: {figure} {getattr(found[name], figure):.4f}, floor {floor}"
        for rival, each in rivals.items():
            margin = ABOVE_WHOOSH if "Whoosh" in rival else 0.0
            if found[name].ndcg < each.ndcg + margin:
                yield f"BELOW: {name} is not {margin} above {rival}"


def _warn_of_absent(config: Config, queries: dict[str, Grades]) -> None:
    with Store(config.corpus.path, create=False) as store:
        absent = {id_ for grades in queries.values() for id_ in grades} - set(store.ids())
    if absent:
        print(f"{len(absent)} judged reports are not in the corpus: is the material another, or read otherwise?")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
