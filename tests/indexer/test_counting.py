"""What comparisons count: every place once, in the sections asked for, of the works the filters hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.ask import Question, understand
from indexer.counting import Counting, Spots, Tally
from indexer.query import Filters
from indexer.searcher import Searcher
from reports.report import Report, Section, SectionKind
from tests.indexer.made import report, searcher_of

TEXT = "前言每月一题\n做法：每月一题，每月一题。\n问题：少。"
PROBLEMS = TEXT.index("问题：少")
REPORTS = (
    report(
        TEXT,
        url="http://a.example/",
        year=2021,
        sections=(
            Section("", SectionKind.LEAD, 0, 7),
            Section("", SectionKind.ACHIEVEMENTS, 7, PROBLEMS),
            Section("", SectionKind.PROBLEMS, PROBLEMS, len(TEXT)),
        ),
    ),
    report("没有这个词。", url="http://b.example/", year=2022),
    report("每 月一題的做法", url="http://c.example/", year=2023),
)


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    return searcher_of(REPORTS, tmp_path)


def tally(searcher: Searcher, text: str, **chosen: object) -> Tally:
    return searcher.counting.tally(understand(Question(text, **chosen), searcher))  # type: ignore[arg-type]


def spots(searcher: Searcher, text: str) -> tuple[Counting, Spots]:
    return searcher.counting, searcher.counting.spots(understand(Question(text), searcher))


def by_url(searcher: Searcher, reports: tuple[Report, ...], values: list[int], works: list[int]) -> list[int]:
    """The values in the order of the reports, -1 for those not held."""
    of = {searcher.core.ids[work]: value for work, value in zip(works, values, strict=True)}
    return [of.get(each.id, -1) for each in reports]


def test_each_held_work_has_its_occurrences_and_its_characters(searcher: Searcher) -> None:
    found = tally(searcher, "“每月一题”")
    works = found.works.tolist()
    assert by_url(searcher, REPORTS, found.occurrences.tolist(), works) == [3, 0, 1]
    assert by_url(searcher, REPORTS, found.matched.tolist(), works) == [True, False, True]
    assert by_url(searcher, REPORTS, found.chars.tolist(), works) == [24, 6, 7]


def test_filters_say_what_is_held(searcher: Searcher) -> None:
    found = tally(searcher, "“每月一题”", chosen=Filters(years=frozenset({2021, 2022})))
    assert by_url(searcher, REPORTS, found.occurrences.tolist(), found.works.tolist()) == [3, 0, -1]


def test_a_section_has_its_own_occurrences_and_characters(searcher: Searcher) -> None:
    found = tally(searcher, "“每月一题”", sections=frozenset({SectionKind.ACHIEVEMENTS}))
    works = found.works.tolist()
    assert by_url(searcher, REPORTS, found.occurrences.tolist(), works)[0] == 2
    assert by_url(searcher, REPORTS, found.chars.tolist(), works) == [13, 0, 0]


def test_context_ends_with_the_paragraph_and_its_length(searcher: Searcher) -> None:
    counting, found = spots(searcher, "“每月一题” 年份:2021")
    assert counting.left(found, 5) == ["前言", "做法:", "每月一题,"]
    assert counting.right(found, 3) == ["", ",每月", "。"]


def test_a_spot_is_found_again_in_the_published_text(searcher: Searcher) -> None:
    counting, found = spots(searcher, "“每月一题” 年份:2023")
    published = counting.published(found, 0)
    assert published is not None
    assert published[0].text[slice(*published[1])] == "每 月一題"


def test_spots_know_their_section(searcher: Searcher) -> None:
    counting, found = spots(searcher, "“每月一题” 年份:2021")
    kinds = [SectionKind.LEAD, SectionKind.ACHIEVEMENTS, SectionKind.ACHIEVEMENTS]
    assert counting.section_kinds(found) == kinds
