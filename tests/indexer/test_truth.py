"""Recall is the product: on real texts, every phrase finds exactly the reports that contain it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from indexer.index import Index
from indexer.query import Query, Term
from reports.fold import fold, is_traditional
from reports.report import Report
from tests.indexer.brute import BruteForce
from tests.indexer.made import index_of, report
from tests.real import json_lines, real_folder

DOCUMENTS, PHRASES = 2000, 2000
LONGEST = 3_000


@pytest.fixture(scope="module")
def real_reports() -> list[Report]:
    """2,000 real texts: laws and regulations, work reports (older ones in traditional script), policies, the seeds."""
    docs = real_folder() / "docs"
    lines = [
        *json_lines(docs / "national_work_reports.jsonl.gz"),
        *json_lines(docs / "provincial_work_reports_2026.jsonl.gz"),
        *json_lines(docs / "govcn_policies_2019.jsonl.gz"),
        *random.Random(2).sample(list(json_lines(docs / "laws_and_local_regulations.jsonl.gz")), DOCUMENTS),
    ]
    seeds = [path.read_text("utf-8") for path in sorted((real_folder() / "seeds").glob("*.txt"))]
    made = [report(_lines(text), title=text.split("\n", 1)[0]) for text in seeds]
    made += [report(_lines(line["text"])[:LONGEST], title=line["title"], year=line["year"]) for line in lines]
    return list({each.id: each for each in made}.values())[:DOCUMENTS]


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


# The memory engine is held to the same by `python -m benchmarks.truth`.
@pytest.fixture(scope="module", params=("whoosh", "tantivy"))
def index(
    request: pytest.FixtureRequest, real_reports: list[Report], tmp_path_factory: pytest.TempPathFactory
) -> Index:
    return index_of(real_reports, tmp_path_factory.mktemp("truth"), request.param)


def phrases(reports: list[Report]) -> Iterator[str]:
    """2 to 20 characters cut from real texts, a tenth from traditional ones; a fifth spoiled so as not to occur."""
    chance = random.Random(20)
    traditional = [each for each in reports if is_traditional(each.text)]
    for number in range(PHRASES):
        source = chance.choice(traditional if number % 10 == 0 else reports).text
        length = chance.randint(2, 20)
        at = chance.randrange(max(1, len(source) - length))
        phrase = source[at : at + length].split("\n")[0]
        if number % 5 == 1:
            phrase = phrase[::-1] + chance.choice("龘靐齉")
        yield phrase if fold(phrase) else "政府"


@pytest.fixture(scope="module")
def expected(real_reports: list[Report]) -> dict[str, frozenset[str]]:
    brute = BruteForce({each.id: (each.title, each.text, is_traditional(each.text)) for each in real_reports})
    return {phrase: brute.holding(phrase) for phrase in phrases(real_reports)}


def test_random_phrases_find_exactly_the_works_that_contain_them(
    index: Index, expected: dict[str, frozenset[str]]
) -> None:
    work = {each.report.id: each.report.copy_of or each.report.id for each in index.store().changed_since(0)}
    searcher, wrong = index.searcher(), []
    for phrase, holding in expected.items():
        found = set(searcher.every(Query(phrase, Term(phrase, fold(phrase), quoted=True))))
        if found != {work[each] for each in holding}:
            wrong.append(phrase)
    assert wrong == []
    assert len(expected) > 0.95 * PHRASES
    assert PHRASES // 7 < sum(not holding for holding in expected.values()) < PHRASES // 3
