"""Tables of one question: rows as a tree, three blanks, totals from the works again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.cells import SHORT_CHARS, Blank, Cell, Measure
from compare.matrix import SHAPES, Matrix, matrix
from compare.scales import Axis
from compare.scope import Ground
from reports.config import Config
from reports.crawl_config import SourceConfig, WatchConfig
from reports.errors import QueryError
from reports.report import Body, Kind, Report, Section, SectionKind
from reports.topics import topic_names
from tests.compare.grounds import asked_of, ground_of, said

ZHEJIANG, HANGZHOU, SHANGCHENG, XIHU, NINGBO, KUNMING = "330000", "330100", "330102", "330106", "330200", "530100"
COUNTRY = "000000"


def yearly(places: dict[str | None, tuple[int, ...]], **fields: Any) -> list[Report]:
    """A report of each place and year that has the phrase twice in ten characters."""
    spots = [(code, year) for code, years in places.items() for year in years]
    return [
        said(f"每月一题每月一题{number:02}", number, region_code=code, year=year, **fields)
        for number, (code, year) in enumerate(spots)
    ]


def table(ground: Ground, text: str = "每月一题", by: tuple[Axis, Axis] = SHAPES[0], **chosen: Any) -> Matrix:
    return matrix(ground, asked_of(ground, text, **chosen), *by)


def names(found: Matrix) -> list[str]:
    return ["　" * row.depth + row.name for row in found.rows]


def blanks(found: Matrix, row: int) -> list[str]:
    cells = [found.cell(row, column) for column in range(len(found.columns))]
    return [cell.blank.value if cell.blank else str(cell.matching) for cell in cells]


def test_rows_are_a_tree_that_says_nothing_twice(tmp_path: Path) -> None:
    places = (ZHEJIANG, HANGZHOU, SHANGCHENG, XIHU, KUNMING, NINGBO, COUNTRY, None)
    found = table(ground_of(yearly(dict.fromkeys(places, (2021,))), tmp_path))
    assert [row for row in names(found) if row != "地区不详"] == [
        "全国",
        "浙江省",
        "　浙江省本级",
        "　杭州市",
        "　　杭州市本级",
        "　　上城区",
        "　　西湖区",
        "　宁波市",
        "云南省昆明市",
    ]
    assert names(found)[-1] == "地区不详"
    by_key = {row.key: number for number, row in enumerate(found.rows)}
    assert [found.cell(by_key[key], -1).held for key in (ZHEJIANG, "=" + ZHEJIANG, HANGZHOU, "=" + HANGZHOU)] == [
        5,
        1,
        3,
        1,
    ]
    row = found.rows[by_key[HANGZHOU]]
    assert [each.name for each in found.rows[by_key[HANGZHOU] + 1 : row.stop]] == ["杭州市本级", "上城区", "西湖区"]
    assert all(found.rows[number].parent == by_key[HANGZHOU] for number in range(by_key[HANGZHOU] + 1, row.stop))
    assert found.cell(-1, -1).held == 8


def test_a_division_whose_rows_would_all_lie_in_one_gives_it_its_name(tmp_path: Path) -> None:
    found = table(ground_of(yearly({SHANGCHENG: (2021,), KUNMING: (2021,)}), tmp_path))
    assert names(found) == ["浙江省杭州市上城区", "云南省昆明市"]
    assert [row.parent for row in found.rows] == [None, None]


def test_an_abolished_division_lies_in_what_it_became(tmp_path: Path) -> None:
    found = table(ground_of(yearly({"110103": (2009,), "110101": (2009, 2012)}), tmp_path), years=[2009, 2012])
    assert names(found) == ["北京市东城区", "　东城区本级", "　崇文区"]
    assert [found.cell(0, column).held for column in range(2)] == [2, 1]


def test_totals_are_counted_again_and_never_means_of_ratios(tmp_path: Path) -> None:
    long = said("每月一题" + "字" * 996, 0, region_code=HANGZHOU, year=2021)
    short = said("每月一题" + "字" * 6, 1, region_code=NINGBO, year=2021)
    found = table(ground_of([long, short], tmp_path), years=[2021])
    total = found.cell(-1, -1)
    assert (total.occurrences, total.chars, total.held, total.matching) == (2, 1010, 2, 2)
    assert total.rate == pytest.approx(2 * 10_000 / 1010)
    assert found.cell(-1, 0) == found.cell(0, 0) == found.cell(0, -1) == total


def test_a_work_with_several_topics_counts_in_each_and_once_in_totals(tmp_path: Path) -> None:
    one, other, *_ = topic_names()
    works = [
        said("每月一题", 0, region_code=HANGZHOU, year=2021, topics=frozenset({one, other})),
        said("每月一题。", 1, region_code=HANGZHOU, year=2022, topics=frozenset({one})),
        said("没有", 2, region_code=HANGZHOU, year=2022),
    ]
    ground = ground_of(works, tmp_path)
    by_topic = table(ground, by=(Axis.TOPIC, Axis.YEAR))
    assert names(by_topic) == [one, other, "未标主题"]
    assert [by_topic.cell(row, -1).held for row in (0, 1, 2, -1)] == [2, 1, 1, 3]
    by_region = table(ground, by=(Axis.REGION, Axis.TOPIC))
    assert [by_region.cell(0, column).matching for column in (0, 1, 2, -1)] == [2, 1, 0, 2]
    assert names(table(ground, by=(Axis.TOPIC, Axis.YEAR), topics=[other])) == [other]


def test_the_three_blanks_are_kept_apart(tmp_path: Path) -> None:
    works = [
        *yearly({HANGZHOU: (2018, 2021)}),
        said("没有这个词。", 50, region_code=HANGZHOU, year=2020),
        said("每月一题。", 51, region_code=NINGBO, year=2017, kind=Kind.WORK),
    ]
    found = table(ground_of(works, tmp_path))
    assert [column.name for column in found.columns] == ["2017", "2018", "2019", "2020", "2021", "2022", "2023"]
    # 2019: due and not held. 2022 and 2023: due by now. 2024 is not over.
    assert blanks(found, 1) == ["—", "1", "未收录", "0", "1", "未收录", "未收录"]
    # No day is named for this kind, and nothing lies between its first and last year.
    assert blanks(found, 2) == ["1", "—", "—", "—", "—", "—", "—"]
    assert [found.cell(0, column).missing for column in range(7)] == [0, 0, 1, 0, 0, 1, 1]


def test_what_a_source_names_is_expected_before_anything_of_it_is_held(tmp_path: Path) -> None:
    source = SourceConfig(name="西湖", urls=("http://x.example/",), expects=(XIHU,), kinds=(Kind.RULE_OF_LAW.value,))
    config = replace(Config(), source=(source,), watch=WatchConfig(from_year=2022))
    ground = ground_of(yearly({SHANGCHENG: (2023,)}), tmp_path, config)
    found = table(ground)
    assert names(found) == ["浙江省杭州市", "　上城区", "　西湖区"]
    assert [blanks(found, row) for row in (1, 2)] == [["未收录", "1"], ["未收录", "未收录"]]
    assert blanks(table(ground, years=[2023], regions=[XIHU]), 0) == ["未收录"]
    assert not table(ground, kinds=[Kind.WORK]).rows


def test_departments_are_expected_by_their_names(tmp_path: Path) -> None:
    fields = {"region_code": SHANGCHENG, "body": Body.DEPARTMENT}
    works = [
        said("每月一题", 0, year=2022, issuer="司法局", **fields),
        said("每月一题", 1, year=2023, issuer="司法局", **fields),
        said("每月一题", 2, year=2022, issuer="财政局", **fields),
    ]
    ground = ground_of(works, tmp_path)
    every = table(ground, bodies=[Body.DEPARTMENT])
    assert [every.cell(0, column).missing for column in range(len(every.columns))] == [0, 1]
    assert [each.name for each in every.columns] == ["2022", "2023"]
    assert table(ground, issuer="司法局").cell(0, -1).missing == 0


def test_a_place_asked_for_has_a_row_whatever_is_held_of_it(tmp_path: Path) -> None:
    ground = ground_of(yearly({HANGZHOU: (2021,)}, kind=Kind.WORK), tmp_path)
    found = table(ground, regions=["=" + HANGZHOU, "=" + KUNMING, "110103"])
    assert names(found) == ["浙江省杭州市", "云南省昆明市"]
    assert [blanks(found, row) for row in (0, 1)] == [["1"], ["—"]]
    assert len(table(ground, preset="capitals").rows) == 27


def test_years_asked_for_are_the_columns_and_the_unknown_one_comes_last(tmp_path: Path) -> None:
    ground = ground_of([*yearly({HANGZHOU: (2019, 2021)}), said("每月一题", 9, region_code=HANGZHOU)], tmp_path)
    assert [each.key for each in table(ground).columns] == ["2019", "2020", "2021", "2022", "2023", "unknown"]
    assert [each.key for each in table(ground, years=[2018, 2021]).columns] == ["2018", "2021"]
    assert [each.key for each in table(ground, years=[2050]).columns] == ["2050"]
    assert table(ground, years=[2050]).rows == ()
    assert len(table(ground, years=range(1900, 2101)).columns) == 5


def test_sections_are_rows_and_their_total_is_the_whole_text(tmp_path: Path) -> None:
    text = "每月一题好。\n不足：每月一题每月一题。"
    sections = (Section("", SectionKind.LEAD, 0, 7), Section("", SectionKind.PROBLEMS, 7, len(text)))
    ground = ground_of([said(text, 0, region_code=HANGZHOU, year=2021, sections=sections)], tmp_path)
    found = table(ground, by=(Axis.SECTION, Axis.YEAR), years=[2021])
    assert names(found) == ["导语", "问题"]
    assert [(found.cell(row, 0).occurrences, found.cell(row, 0).chars) for row in (0, 1, -1)] == [
        (1, 6),
        (2, 12),
        (3, 18),
    ]
    assert names(table(ground, by=(Axis.SECTION, Axis.YEAR), sections=frozenset({SectionKind.PROBLEMS}))) == ["问题"]
    for text in ("章节:问题 每月一题", "标题:每月一题"):
        with pytest.raises(QueryError, match="不能再按章节分行"):
            table(ground, text, by=(Axis.SECTION, Axis.YEAR))


def test_a_held_report_without_the_section_asked_for_is_no_zero(tmp_path: Path) -> None:
    ground = ground_of(yearly({HANGZHOU: (2021,)}), tmp_path)
    found = table(ground, sections=frozenset({SectionKind.PROBLEMS}), years=[2021])
    assert blanks(found, 0) == ["—"]
    assert found.cell(0, 0).rate is None


def test_a_work_is_placed_in_its_rows_and_columns(tmp_path: Path) -> None:
    ground = ground_of(yearly({ZHEJIANG: (2021,), HANGZHOU: (2021, 2022), KUNMING: (2022,), None: (2022,)}), tmp_path)
    found = table(ground)
    core = ground.searcher.core
    placed: dict[tuple[int, int], int] = {}
    for work in range(core.works):
        rows, columns = found.place(work)
        for cell in ((row, column) for row in rows for column in columns):
            placed[cell] = placed.get(cell, 0) + 1
    held = {(r, c): found.cell(r, c).held for r in range(len(found.rows)) for c in range(len(found.columns))}
    assert placed == {cell: count for cell, count in held.items() if count}


def test_a_place_in_a_section_is_placed_in_the_sections_row(tmp_path: Path) -> None:
    text = "每月一题好。\n不足：每月一题。"
    sections = (Section("", SectionKind.LEAD, 0, 7), Section("", SectionKind.PROBLEMS, 7, len(text)))
    ground = ground_of([said(text, 0, region_code=HANGZHOU, year=2021, sections=sections)], tmp_path)
    found = table(ground, by=(Axis.SECTION, Axis.YEAR), years=[2021])
    assert found.place(0, SectionKind.PROBLEMS) == ((1,), (0,))
    assert found.place(0) == ((), (0,))


@pytest.mark.parametrize("measure", Measure)
def test_all_values_at_once_are_those_of_the_cells(measure: Measure, tmp_path: Path) -> None:
    works = [*yearly({HANGZHOU: (2018, 2021)}), said("没有", 9, region_code=HANGZHOU, year=2020)]
    ground = ground_of(works, tmp_path)
    for found in (table(ground), table(ground, sections=frozenset({SectionKind.PROBLEMS}))):
        for (row, column), value in np.ndenumerate(found.counts.values(measure)):
            assert found.cell(row, column).value(measure) == (None if np.isnan(value) else value)
        for row, highest in enumerate(found.highest(measure)):
            cells = (found.cell(row, column) for column in range(len(found.columns)))
            assert highest == max((cell.value(measure) or 0 for cell in cells), default=0)


def test_other_pairs_are_refused(tmp_path: Path) -> None:
    ground = ground_of([], tmp_path)
    for pair in ((Axis.YEAR, Axis.REGION), (Axis.PHRASE, Axis.YEAR), (Axis.KIND, Axis.KIND)):
        with pytest.raises(QueryError, match="没有这样的表"):
            table(ground, by=pair)


@pytest.mark.parametrize("shape", SHAPES, ids="-".join)
def test_an_empty_corpus_is_an_empty_table(shape: tuple[Axis, Axis], tmp_path: Path) -> None:
    found = table(ground_of([], tmp_path), by=shape)
    assert found.rows == ()
    assert found.cell(-1, -1) == Cell()


@pytest.mark.parametrize(
    ("cell", "blank", "shown"),
    [
        (Cell(), Blank.OUTSIDE, None),
        (Cell(missing=1), Blank.MISSING, None),
        (Cell(held=1, chars=5000, missing=3), Blank.ZERO, 0),
        (Cell(held=1, chars=0), Blank.OUTSIDE, None),
        (Cell(held=2, matching=1, occurrences=3, chars=5000), None, 3),
        (Cell(held=1, matching=1, chars=5000), None, 0),
    ],
)
def test_a_cell_knows_what_stands_in_it(cell: Cell, blank: Blank | None, shown: int | None) -> None:
    assert cell.blank is blank
    assert cell.value(Measure.OCCURRENCES) == shown


def test_measures_of_a_cell() -> None:
    cell = Cell(held=4, matching=1, occurrences=3, chars=20_000)
    assert (cell.value(Measure.RATE), cell.value(Measure.SHARE), cell.value(Measure.FIGURES)) == (1.5, 0.25, None)
    assert not cell.short
    assert Cell(held=1, chars=SHORT_CHARS - 1).short
    assert not Cell(missing=1).short
    assert Cell().value(Measure.RATE) is None
    assert Cell().value(Measure.SHARE) is None
