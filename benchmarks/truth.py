"""Every engine against looking, on real texts: python -m benchmarks.truth [--documents N] [--engine NAME …]

10,000 random phrases, 1,000 questions of words, brackets and filters, 1,000 states of the facets. What is expected is
worked out in plain lines with a fold of their own (tests/indexer/brute.py). Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.looking import FACETS, Chance, Ids, Looking
from benchmarks.material import SEED, real_documents
from benchmarks.ranking import engines
from indexer.answer import FacetValue
from indexer.ask import Question, ask, every
from indexer.index import Index
from indexer.query import Filters, Query, Term
from indexer.searcher import Searcher
from reports.config import Config, IndexConfig
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Body, Kind, Report
from reports.store import Store


def main() -> int:
    """Build, ask, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--phrases", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--states", type=int, default=1000)
    parser.add_argument("--engine", action="append")
    arguments = parser.parse_args()
    reports, wrong = list(real_documents(arguments.documents)), 0
    print(f"{len(reports)} real documents, {sum(len(each.text) for each in reports):,} characters", flush=True)
    for engine in arguments.engine or engines(("memory", "whoosh", "tantivy")):
        with tempfile.TemporaryDirectory() as folder:
            index = _index(reports, engine, Path(folder))
            searcher, began = index.searcher(), time.perf_counter()
            looking = Looking(reports, searcher.words, load_regions())
            chance = Chance(looking, SEED)
            wrong += _phrases(searcher, looking, chance, arguments.phrases, engine)
            wrong += _questions(searcher, chance, arguments.questions, engine)
            wrong += _states(searcher, looking, chance, arguments.states, engine)
            print(f"    {time.perf_counter() - began:.0f} s", flush=True)
    return int(wrong > 0)


def _index(reports: Sequence[Report], engine: str, folder: Path) -> Index:
    config = replace(Config().with_corpus(folder), index=IndexConfig(engine))
    with Store(config.corpus.path) as store:
        for each in reports:
            store.put(each)
    index = Index(config, load_regions())
    index.build()
    return index


def _phrases(searcher: Searcher, looking: Looking, chance: Chance, count: int, engine: str) -> int:
    phrases = list(dict.fromkeys(chance.phrases(count)))
    # Asked as terms: a phrase with brackets and quotes of its own cannot be typed within quotes without ambiguity.
    terms = {each: Query(each, Term(each, fold(each), quoted=True)) for each in phrases}
    wrong = [each for each, query in terms.items() if frozenset(searcher.every(query)) != looking.phrase(each)]
    some = phrases[:1000]
    absent = sum(not looking.phrase(each) for each in some) / max(len(some), 1)
    _say(engine, f"{len(phrases)} phrases, {absent:.0%} absent", wrong)
    return len(wrong)


def _questions(searcher: Searcher, chance: Chance, count: int, engine: str) -> int:
    questions = list(chance.questions(count))
    wrong = [each.text for each in questions if _found(each.text, searcher) != each.ids]
    _say(engine, f"{len(questions)} questions, {sum(not each.ids for each in questions)} without an answer", wrong)
    return len(wrong)


def _states(searcher: Searcher, looking: Looking, chance: Chance, count: int, engine: str) -> int:
    """Every count against looking, and against the hits of one click in each state."""
    wrong, counts = [], 0
    for _ in range(count):
        text, ids, chosen = chance.state()
        answer = ask(Question(text, chosen), searcher)
        shown = [(name, each) for name in FACETS for each in getattr(answer.facets, name)]
        counts += len(shown)
        bad = [each for name, each in shown if each.count != len(ids & looking.within(_with(chosen, name, each)))]
        if shown:
            name, value = shown[counts % len(shown)]
            clicked = ask(Question(text, _with(chosen, name, value)), searcher).total
            bad += [value] if clicked != value.count else []
        if bad or answer.total != len(ids & looking.within(chosen)):
            wrong.append(f"{text} {chosen} {bad[:2]}")
    _say(engine, f"{count} states of the facets, {counts:,} counts", wrong)
    return len(wrong)


def _with(chosen: Filters, name: str, value: FacetValue) -> Filters:
    """The filters after a click on that value alone."""
    read: dict[str, Callable[[str], Any]] = {"year": lambda said: None if said == "unknown" else int(said)}
    read |= {"kind": Kind, "body": Body}
    values: Any = frozenset((read.get(name, str)(value.value),))
    return replace(chosen, **{FACETS[name]: values})


def _found(text: str, searcher: Searcher) -> Ids:
    return frozenset(every(Question(text), searcher))


def _say(engine: str, what: str, wrong: Sequence[str]) -> None:
    print(
        f"{engine:8} {what}: {len(wrong)} differences", *map(repr, wrong[:5]), sep="\n    " if wrong else "", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
