"""Whatever is typed, a comparison is counted or refused in words; nothing else is raised, nothing hangs."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.asking import Comparison, read_comparison, understand
from compare.matrix import SHAPES, matrix
from compare.scope import Ground
from compare.trend import trend
from compare.wordlist import read_wordlist, word_table
from indexer.query import Filters
from reports.errors import QueryError
from tests.compare.grounds import TODAY, ground_of, said

PIECES = (
    "每月一题",
    "“",
    "”",
    "(",
    ")",
    "或",
    "-",
    " ",
    "|",
    "\n",
    "#",
    "地区:",
    "年份:2023-2019",
    "章节:问题",
    "标题:",
    "，",
    "a",
)
TYPED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    reports = [said("每月一题，(a)每月。", n, region_code="330100", year=2020 + n) for n in range(3)]
    return ground_of(reports, tmp_path_factory.mktemp("hostile"))


@FEW
@given(TYPED, TYPED)
def test_a_question_of_any_text_is_counted_or_refused(ground: Ground, text: str, issuer: str) -> None:
    with suppress(QueryError):
        asked = understand(Comparison(text, issuer=issuer), ground, TODAY)
        for shape in SHAPES:
            with suppress(QueryError):
                matrix(ground, asked, *shape)
    with suppress(QueryError):
        trend(ground, Comparison(issuer), [text], TODAY, [text])


@FEW
@given(TYPED, TYPED)
def test_a_list_of_any_text_is_counted_or_refused(ground: Ground, words: str, text: str) -> None:
    with suppress(QueryError):
        list(word_table(ground, Comparison(text), read_wordlist(words), TODAY).rows())


@FEW
@given(
    st.dictionaries(
        st.sampled_from(("region", "year", "topic", "kind", "section", "preset", "year_by")), st.lists(TYPED)
    )
)
def test_values_of_any_text_are_read_or_refused(ground: Ground, given_: dict[str, list[str]]) -> None:
    with suppress(QueryError):
        read_comparison("每月一题", given_, ground, TODAY)


def test_a_phrase_that_matches_everything_and_one_that_matches_nothing_have_tables(ground: Ground) -> None:
    for text, share in (("每月", 1.0), ("绝无此语", 0.0)):
        found = matrix(ground, understand(Comparison(text), ground, TODAY), *SHAPES[0])
        assert found.cell(-1, -1).share == share


def test_filters_that_hold_nothing_have_an_empty_table(ground: Ground) -> None:
    for years in (frozenset({1700}), frozenset({None}), frozenset(range(9000))):
        asked = understand(Comparison("每月一题", Filters(years=years)), ground, TODAY)
        for shape in SHAPES:
            assert len(matrix(ground, asked, *shape).columns) < 200
