"""Like is compared with like: what a question of a view holds, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from compare.asking import Comparison, YearBy, read_comparison, understand
from compare.cautions import SECTIONS_APART, SEVERAL_TERMS, TITLES_ONLY, TITLES_TOO
from compare.narrowing import meet
from compare.presets import capitals, districts, preset, provinces
from compare.scope import Ground
from indexer.query import Filters
from reports.errors import QueryError
from reports.regions import load_regions
from reports.report import Body, Kind, SectionKind
from tests.compare.grounds import TODAY, asked_of, ground_of, said

HANGZHOU, SHANGCHENG, ZHEJIANG = "330100", "330102", "330000"
REPORTS = (
    said("推进每月一题。", 0, region_code=ZHEJIANG, year=2021, covers=2021),
    said("每月选一题来办。", 1, region_code=HANGZHOU, year=2022, covers=2021, kind=Kind.WORK),
    said("新闻里的每月一题。", 2, region_code=HANGZHOU, year=2022, kind=Kind.NEWS),
    said("别的每月一题。", 3, region_code=HANGZHOU, year=2022, kind=Kind.OTHER),
    said("司法局办每月一题。", 4, region_code=SHANGCHENG, year=2021, body=Body.DEPARTMENT, issuer="上城区司法局"),
    said("財政局辦每月一題。", 5, region_code=SHANGCHENG, year=2021, body=Body.DEPARTMENT, issuer="上城区财政局"),
    said("街道办每月一题。", 6, region_code=SHANGCHENG, year=2021, body=Body.TOWN, place="某街道"),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return ground_of(REPORTS, tmp_path_factory.mktemp("scope"))


def held(ground: Ground, text: str = "每月一题", **chosen: Any) -> set[int]:
    """The numbers of the reports that a question is counted in."""
    asked = asked_of(ground, text, **chosen)
    works = asked.searcher.counting.tally(asked.query).works
    ids = [each.id for each in REPORTS]
    return {ids.index(asked.searcher.core.ids[work]) for work in works.tolist()}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, {0, 1}),
        ({"kinds": [Kind.NEWS]}, {2}),
        ({"bodies": [Body.DEPARTMENT]}, {4, 5}),
        ({"bodies": list(Body)}, {0, 1, 4, 5, 6}),
        ({"issuer": "司法局"}, {4}),
        ({"issuer": "財政局"}, {5}),
        ({"issuer": "司法局", "bodies": [Body.GOVERNMENT]}, set()),
        ({"years": [2021]}, {0}),
        ({"years": [2021], "year_by": YearBy.COVERED}, {0, 1}),
        ({"years": [None], "year_by": YearBy.COVERED, "bodies": [Body.TOWN]}, {6}),
        ({"preset": "capitals"}, {1}),
        ({"preset": "provinces"}, {0}),
        ({"preset": "districts:杭州市", "bodies": [Body.TOWN]}, {6}),
        ({"regions": [ZHEJIANG]}, {0, 1}),
        ({"regions": ["=" + ZHEJIANG]}, {0}),
    ],
)
def test_what_is_counted_in_is_alike_unless_asked_otherwise(
    ground: Ground, chosen: dict[str, Any], numbers: set[int]
) -> None:
    assert held(ground, **chosen) == numbers


def test_kinds_and_bodies_of_the_question_itself_go_before_the_defaults(ground: Ground) -> None:
    assert held(ground, "每月一题 类型:新闻报道") == {2}
    assert held(ground, "每月一题 主体:街道乡镇") == {6}


def test_the_phrase_is_counted_as_typed_and_not_by_its_scattered_words(ground: Ground) -> None:
    asked = asked_of(ground, "每月一题")
    assert asked.searcher.counting.tally(asked.query).matched.tolist().count(True) == 1
    assert asked.text == "“每月一题”"


def test_the_heading_says_what_is_compared(ground: Ground) -> None:
    assert asked_of(ground, "每月一题").heading == (
        "法治政府建设年度报告、政府工作报告、政府信息公开工作年度报告、统计公报 · 政府 · 按报告年份"
    )
    narrow = asked_of(
        ground,
        "每月一题",
        kinds=[Kind.WORK],
        issuer="司法局",
        year_by=YearBy.COVERED,
        preset="capitals",
        sections=frozenset({SectionKind.PROBLEMS}),
    )
    assert (
        narrow.heading == "政府工作报告 · 部门 · 各省会（首府）（27 个） · 发文机关含“司法局” · 章节：问题 · 按所述年度"
    )


def test_the_coverage_is_what_the_filters_hold(ground: Ground) -> None:
    coverage = asked_of(ground, "每月一题").coverage
    assert (coverage.works, coverage.chars, coverage.regions) == (2, 7 + 8, 2)
    assert (coverage.first_year, coverage.last_year) == (2021, 2022)
    nothing = asked_of(ground, "每月一题", years=[1999]).coverage
    assert (nothing.works, nothing.first_year, nothing.last_year) == (0, None, None)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("每月一题 地区:火星", ["没有叫“火星”的地区"]),
        ("每月一题 地区:浙江、火星 主题:占星", ["没有叫“火星”的地区", "没有叫“占星”的主题"]),
        ("每月一题 年份:2023-2019", ["年份要从早到晚写：“2023-2019”应为 2019-2023"]),
        ("每月一题 年份:二零", ["“二零”不是年份"]),
        ("每月一题 -地区:浙江", ["筛选条件不能排除：-地区:浙江"]),
        ("", ["没有要比较的词语"]),
        ("地区:火星", ["没有叫“火星”的地区", "没有要比较的词语"]),
        ("-每月一题", ["要比较的词语不能只有排除的"]),
        ("字" * 300, ["查询最多 256 个字符，现有 300 个"]),
    ],
)
def test_a_question_that_cannot_be_counted_is_refused_with_every_reason(
    ground: Ground, text: str, problems: list[str]
) -> None:
    with pytest.raises(QueryError) as refused:
        understand(Comparison(text), ground, TODAY)
    assert list(refused.value.problems) == problems


def test_values_a_person_writes_are_read_and_every_bad_one_is_named(ground: Ground) -> None:
    given = {"region": ["浙江", "仅杭州市"], "year": ["2019-2023"], "kind": ["工作报告"], "section": ["问题"]}
    read = read_comparison("每月一题", {**given, "year_by": ["covered"], "issuer": [" 司法局 "]}, ground, TODAY)
    filters = Filters(frozenset({ZHEJIANG, "=" + HANGZHOU}), frozenset(range(2019, 2024)), kinds=read.chosen.kinds)
    assert read == Comparison("每月一题", filters, frozenset({SectionKind.PROBLEMS}), "司法局", YearBy.COVERED)
    assert Kind.WORK in read.chosen.kinds
    bad = {"region": ["火星"], "year": ["2023-2019"], "section": ["附件"], "year_by": ["moon"], "preset": ["郡县"]}
    with pytest.raises(QueryError) as refused:
        read_comparison("题 地区:金星", bad, ground, TODAY)
    assert list(refused.value.problems) == [
        "没有叫“金星”的地区",
        "没有叫“火星”的地区",
        "年份要从早到晚写：“2023-2019”应为 2019-2023",
        "没有叫“附件”的章节",
        "“moon”不是年份的算法，可以写 edition 或 covered",
        "没有叫“郡县”的常用地区组",
    ]


def test_a_preset_and_places_of_ones_own_do_not_go_together(ground: Ground) -> None:
    with pytest.raises(QueryError, match="只能用一种"):
        asked_of(ground, "每月一题", preset="capitals", regions=[ZHEJIANG])


def test_places_and_topics_chosen_that_there_are_not_are_named(ground: Ground) -> None:
    with pytest.raises(QueryError) as refused:
        asked_of(ground, "每月一题", regions=["=999999", "unknown", ZHEJIANG], topics=["占星"])
    assert refused.value.problems == ("没有代码为“999999”的地区", "没有叫“占星”的主题")


def test_filters_that_no_report_passes_both_of_are_named(ground: Ground) -> None:
    with pytest.raises(QueryError) as refused:
        asked_of(
            ground, "每月一题 类型:新闻报道 主体:部门 年份:2021", kinds=[Kind.WORK], bodies=[Body.TOWN], years=[2022]
        )
    assert refused.value.problems == tuple(
        f"检索式里的{label}与另选的{label}没有共同的" for label in ("类型", "主体", "年份")
    )


def test_presets_hold_each_place_for_itself() -> None:
    regions = load_regions()
    assert "=330000" in provinces(regions).regions
    assert {"=330100", "=130100", "=650100"} <= capitals(regions).regions
    assert not {"=110100", "=500100"} & capitals(regions).regions
    assert len(capitals(regions).regions) == 27
    found = districts(HANGZHOU, regions)
    assert found
    assert found.regions >= {"=330102", "=330106"}
    assert "=330104" not in found.regions  # 江干区, until 2021


@pytest.mark.parametrize("key", ["districts:", "districts:999999", "districts:鼓楼区", "districts:上城区", "", "all"])
def test_a_preset_that_names_no_one_place_with_others_below_it_is_none(key: str) -> None:
    assert preset(key, load_regions()) is None


@pytest.mark.parametrize(
    ("chosen", "row", "both"),
    [
        ((), "330100", {"330100"}),
        (("330000",), "330100", {"330100"}),
        (("330000",), "=330100", {"=330100"}),
        (("330100",), "330000", {"330100"}),
        (("=330100", "=330000", "=110000"), "330000", {"=330100", "=330000"}),
        (("=330100", "=330000"), "=330000", {"=330000"}),
        (("=330100",), "330100", {"=330100"}),
        (("unknown", "330000"), "unknown", {"unknown"}),
        (("=110103",), "110101", {"=110103"}),
    ],
)
def test_a_row_narrows_the_places_chosen_to_those_it_holds(chosen: tuple[str, ...], row: str, both: set[str]) -> None:
    assert meet(frozenset(chosen), row, load_regions()) == both


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每月一题", ()),
        ("“‘放管服’改革”", ()),
        ("“放管服”改革", (SEVERAL_TERMS,)),
        ("每月一题 -接诉即办", ()),
        ("标题:每月一题", (TITLES_ONLY,)),
        ("标题:报告 每月一题", (TITLES_TOO,)),
        ("章节:问题 每月一题 章节:问题 接诉即办", (SEVERAL_TERMS,)),
        ("章节:问题 每月一题 接诉即办", (SEVERAL_TERMS, SECTIONS_APART)),
        ("标题:报告 章节:问题 每月一题", (TITLES_TOO, SECTIONS_APART)),
    ],
)
def test_what_a_figure_is_not_is_said_beside_it(ground: Ground, text: str, said: tuple[str, ...]) -> None:
    assert asked_of(ground, text).notes == said
