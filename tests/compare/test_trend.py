"""趋势: phrases over the years, gaps where nothing is held."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compare.asking import Comparison
from compare.cautions import SEVERAL_TERMS, TITLES_ONLY
from compare.cells import Measure
from compare.scope import Ground
from compare.trend import Trend, trend
from indexer.query import Filters
from reports.errors import QueryError
from reports.report import Kind
from tests.compare.grounds import TODAY, ground_of, said

HANGZHOU, NINGBO = "330100", "330200"
REPORTS = (
    said("每月一题每月一题好好", 0, region_code=HANGZHOU, year=2020, kind=Kind.WORK),
    said("没有这个词没有这个词", 1, region_code=HANGZHOU, year=2021, kind=Kind.WORK),
    said("每月一题接诉即办好好", 2, region_code=NINGBO, year=2023, kind=Kind.WORK),
    said("每月一题。", 3, region_code=NINGBO, kind=Kind.WORK),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return ground_of(REPORTS, tmp_path_factory.mktemp("trend"))


def drawn(ground: Ground, *phrases: str, text: str = "", places: tuple[str, ...] = (), **chosen: Any) -> Trend:
    filters = Filters(**{name: frozenset(values) for name, values in chosen.items()})
    return trend(ground, Comparison(text, filters), phrases, TODAY, places)


def test_each_phrase_is_a_line_with_gaps_where_nothing_is_held(ground: Ground) -> None:
    found = drawn(ground, "每月一题", "接诉即办")
    assert found.years == (2020, 2021, 2022, 2023)
    assert [line.label for line in found.lines] == ["每月一题", "接诉即办"]
    assert found.lines[0].values() == (2000.0, 0.0, None, 1000.0)
    assert found.lines[1].values(Measure.OCCURRENCES) == (0, 0, None, 1)
    assert found.lines[0].values(Measure.SHARE) == (1.0, 0.0, None, 1.0)
    assert found.undated == 1


def test_places_have_lines_of_their_own(ground: Ground) -> None:
    found = drawn(ground, "每月一题", places=(HANGZHOU, "=" + NINGBO))
    assert [line.label for line in found.lines] == ["每月一题 · 浙江省杭州市", "每月一题 · 浙江省宁波市本级"]
    assert [line.values(Measure.OCCURRENCES) for line in found.lines] == [(2, 0, None, None), (None, None, None, 1)]


def test_filters_of_the_text_hold_for_every_line_whatever_it_asks(ground: Ground) -> None:
    found = drawn(ground, "每月一题 或 接诉即办", text="地区:宁波")
    (line,) = found.lines
    assert found.years == (2023,)
    assert line.values(Measure.OCCURRENCES) == (2,)
    assert line.asked.comparison.text == "(每月一题 或 接诉即办) 地区:宁波"


def test_years_asked_for_are_drawn_though_nothing_is_held(ground: Ground) -> None:
    found = drawn(ground, "每月一题", years=[2019, 2020])
    assert found.years == (2019, 2020)
    assert found.lines[0].values(Measure.OCCURRENCES) == (None, 2)


def test_nothing_held_is_no_line_through_zero(tmp_path: Path) -> None:
    found = trend(ground_of([], tmp_path), Comparison(""), ["每月一题"], TODAY)
    assert found.years == ()
    assert found.lines[0].values() == ()


def test_each_line_says_what_its_figures_are_not_and_what_all_share_is_not_said_again(ground: Ground) -> None:
    found = drawn(ground, "每月一题", "“放管服”改革", "标题:报告", places=(HANGZHOU, NINGBO))
    assert found.notes == (f"“放管服”改革：{SEVERAL_TERMS}", f"标题:报告：{TITLES_ONLY}")
    assert not set(found.notes) & set(found.asked.notes)
    assert set(found.lines[-1].values()) == {None}


@pytest.mark.parametrize(
    ("phrases", "rest", "problems"),
    [
        ((), {}, ["没有要比较的词语"]),
        (("  ",), {}, ["没有要比较的词语"]),
        (("每月一题",), {"text": "词 地区:火星"}, ["没有叫“火星”的地区", "这里只能写筛选条件，要比较的词语另外列出"]),
        (("每月一题", "地区:火星"), {}, ["没有叫“火星”的地区", "没有要比较的词语"]),
        (("每月一题",), {"places": ("999999",)}, ["没有代码为“999999”的地区"]),
        (tuple(f"词{n}" for n in range(13)), {}, ["一张图最多 12 条线，现有 13 条（词语 × 地区）"]),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_every_reason(
    ground: Ground, phrases: tuple[str, ...], rest: dict[str, Any], problems: list[str]
) -> None:
    with pytest.raises(QueryError) as refused:
        drawn(ground, *phrases, **rest)
    assert list(refused.value.problems) == problems
