from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from compare.asking import Asked, Comparison, understand
from compare.concordance import (
    CONTEXT_CHARS,
    MOST_LINES,
    MOST_ORDERED,
    ColumnAsked,
    Concordance,
    Order,
    Wanted,
    by_places,
    by_years,
    concordance,
)
from compare.lines import Line
from compare.permalink import Stands, resolve
from compare.sentences import sentence_at
from indexer.query import Filters
from reports.errors import QueryError
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Body, Kind, Report, Section, SectionKind
from reports.store import Store
from tests.compare.grounds import ground_of
from tests.indexer.made import ENGINES, report

REGIONS = load_regions()
BEIJING, HANGZHOU, GULOU = "110000", "330100", "320106"
PLACES = (BEIJING, HANGZHOU, GULOU)
TODAY = date(2026, 11, 22)
PHRASE = "每月一题"
_PIECES = (
    "持续办好",
    PHRASE,
    "「每月一題」",
    "，解决率86.52%",
    "机制。",
    "\n",
    "　　深化",
    "接诉即办",
    "，办结12万件；",
)


def made(seed: int, count: int = 40) -> list[Report]:
    """Reports of three places and five years, put together by lot."""
    lot = random.Random(seed)
    texts = ("".join(lot.choices(_PIECES, k=lot.randrange(3, 30))) + f"第{n}号。" for n in range(count))
    return [
        report(text, url=f"http://a.gov.example/{n}", region_code=lot.choice(PLACES), year=lot.randrange(2019, 2024))
        for n, text in enumerate(texts)
    ]


def asked(reports: list[Report], folder: Path, text: str = f"“{PHRASE}”", engine: str = "memory") -> Asked:
    return understand(Comparison(text), ground_of(reports, folder, engine=engine), TODAY)


def lines_of(each: Report) -> list[tuple[str, str, str, str]]:
    """By plain search: folded contexts to compare, so that trimmed white space does not matter."""
    found = []
    for at in re.finditer("每月一[题題]", each.text):
        start, stop = at.span()
        begins = each.text.rfind("\n", 0, start) + 1
        ends = (each.text + "\n").index("\n", stop)
        found.append(
            (
                each.id,
                each.text[max(begins, start - CONTEXT_CHARS) : start],
                at[0],
                each.text[stop : min(ends, stop + CONTEXT_CHARS)],
            )
        )
    return found


def shown(line: Line) -> tuple[str, str, str, str]:
    return line.report_id, line.left, line.phrase, line.right


@pytest.mark.parametrize("seed", range(5))
def test_a_column_has_every_spot_of_its_place_once_on_some_page(tmp_path: Path, seed: int) -> None:
    reports = made(seed)
    question = asked(reports, tmp_path)
    columns = by_places(question, REGIONS, PLACES)
    pages = _pages(question, columns)
    for number, place in enumerate(PLACES):
        expected = [line for each in reports if each.region_code == place for line in lines_of(each)]
        there = [shown(line) for page in pages for line in page.columns[number].lines]
        assert Counter(there) == Counter(expected)
        column = pages[0].columns[number]
        assert (column.spots, column.works) == (len(expected), len({line[0] for line in expected}))
        assert column.held == sum(each.region_code == place for each in reports)


def _pages(
    question: Asked, columns: Sequence[ColumnAsked], order: Order = Order.LEFT, size: int = 7
) -> list[Concordance]:
    first = concordance(question, REGIONS, columns, Wanted(order, 1, size))
    rest = [concordance(question, REGIONS, columns, Wanted(order, n, size)) for n in range(2, first.pages + 1)]
    return [first, *rest]


KEYS: dict[Order, Callable[[Line], object]] = {
    Order.LEFT: lambda line: fold(line.left)[::-1],
    Order.RIGHT: lambda line: fold(line.right),
    Order.YEAR: lambda line: -(line.year or 0),
    Order.REGION: lambda line: line.region_code,
    Order.FIGURE: lambda line: (not line.figure, Decimal(line.figure.rstrip("%") or 0)),
}


@pytest.mark.parametrize("order", Order)
def test_lines_stand_in_the_order_asked_for_across_pages(tmp_path: Path, order: Order) -> None:
    figures = ("86.52%", "9%", "100%", "")
    lot = random.Random(7)
    texts = [
        f"深化{lot.choice('甲乙丙')}{PHRASE}{lot.choice(figures)}。办好{PHRASE}{lot.choice('子丑')}号。"
        for _ in range(25)
    ]
    reports = [
        report(f"{text}{n}", region_code=lot.choice(PLACES), year=lot.choice((2019, 2020, 2021)))
        for n, text in enumerate(texts)
    ]
    question = asked(reports, tmp_path)
    column = by_places(question, REGIONS, ["000000"])
    lines = [line for page in _pages(question, column, order) for line in page.columns[0].lines]
    keys = [KEYS[order](line) for line in lines]
    assert len(keys) == 50
    assert len(set(map(repr, keys))) > 1
    assert keys == sorted(keys)  # type: ignore[type-var]


@pytest.mark.parametrize("engine", ENGINES)
def test_years_stand_side_by_side_too(tmp_path: Path, engine: str) -> None:
    reports = made(3)
    question = asked(reports, tmp_path, engine=engine)
    page = concordance(question, REGIONS, by_years(question, [2020, 2022]), Wanted(Order.YEAR, 1, 500))
    assert [column.heading for column in page.columns] == ["2020年", "2022年"]
    for column, year in zip(page.columns, (2020, 2022), strict=True):
        expected = Counter(line for each in reports if each.year == year for line in lines_of(each))
        assert Counter(map(shown, column.lines)) == expected


def test_a_place_holds_what_lies_below_it_unless_it_is_asked_for_alone(tmp_path: Path) -> None:
    reports = [report(f"{PHRASE}{code}。", region_code=code, year=2021) for code in ("320000", "320100", GULOU)]
    question = asked(reports, tmp_path)
    page = concordance(question, REGIONS, by_places(question, REGIONS, ["320000", "=320000", GULOU]))
    assert [(column.heading, column.spots) for column in page.columns] == [
        ("江苏省", 3),
        ("江苏省本级", 1),
        ("江苏省南京市鼓楼区", 1),
    ]


@pytest.mark.parametrize(
    ("chosen", "place", "spots"),
    [("=320000", "320000", 1), ("320100", "320000", 2), ("320000", GULOU, 1), (BEIJING, "320000", 3)],
)
def test_what_is_chosen_beside_the_words_narrows_a_place_it_lies_in(
    tmp_path: Path, chosen: str, place: str, spots: int
) -> None:
    reports = [report(f"{PHRASE}{code}。", region_code=code, year=2021) for code in ("320000", "320100", GULOU)]
    ground = ground_of(reports, tmp_path)
    question = understand(Comparison(f"“{PHRASE}”", Filters(regions=frozenset({chosen}))), ground, TODAY)
    assert concordance(question, REGIONS, by_places(question, REGIONS, [place])).columns[0].spots == spots


def test_a_line_says_where_it_stands(tmp_path: Path) -> None:
    text = "导语。\n一、主要举措和成效\n持续办好「每月一題」，解决率86.52%。另一句。"
    sections = (
        Section("", SectionKind.LEAD, 0, 4),
        Section("一、主要举措和成效", SectionKind.ACHIEVEMENTS, 4, len(text)),
    )
    each = report(text, region_code=GULOU, year=2021, sections=sections, published=date(2022, 3, 1), issuer="某区政府")
    question = asked([each], tmp_path)
    (line,) = concordance(question, REGIONS, by_places(question, REGIONS, [GULOU])).columns[0].lines
    assert (line.section, line.heading) == (SectionKind.ACHIEVEMENTS, "一、主要举措和成效")
    assert (line.left, line.phrase, line.right) == ("持续办好「", "每月一題", "」，解决率86.52%。另一句。")
    assert line.sentence == "持续办好「每月一題」，解决率86.52%。"
    assert line.sentence[slice(*line.mark)] == text[line.start : line.stop] == "每月一題"
    assert (line.region, line.year, line.issuer, line.figure) == ("江苏省南京市鼓楼区", 2021, "某区政府", "")
    with Store(tmp_path) as store:
        assert resolve(line.passage, store) == Stands(each, sentence_at(text, line.start))


def test_a_line_has_the_figure_that_follows(tmp_path: Path) -> None:
    question = asked([report("办结1234件，解决率86.52%。", region_code=GULOU, year=2021)], tmp_path, "“解决率”")
    (line,) = concordance(question, REGIONS, by_places(question, REGIONS, [GULOU])).columns[0].lines
    assert line.figure == "86.52%"


def test_regional_words_of_a_traditional_text_are_shown_as_published(tmp_path: Path) -> None:
    text = "市政府網站發佈資訊，建設資訊平台，推進資訊公開。為民服務，優質高效，促進經濟發展與環境保護。"
    question = asked([report(text, region_code=BEIJING, year=2021)], tmp_path, "“信息”")
    column = concordance(question, REGIONS, by_places(question, REGIONS, [BEIJING])).columns[0]
    assert (column.spots, column.vanished) == (3, 0)
    assert {line.phrase for line in column.lines} == {"資訊"}


def test_a_report_that_changed_or_vanished_since_the_index_was_built_is_counted_as_such(tmp_path: Path) -> None:
    reports = [
        report(f"深化{PHRASE}机制{n}。", url=f"http://a.gov.example/{n}", region_code=BEIJING, year=2021)
        for n in range(3)
    ]
    question = asked(reports, tmp_path)
    with Store(tmp_path) as store:
        store.put(replace(reports[0], text="导语换了一遍，另写一段。", sections=()))
        store.supersede(reports[1].id, report("另一篇。", url="http://a.gov.example/x"))
    column = concordance(question, REGIONS, by_places(question, REGIONS, [BEIJING])).columns[0]
    assert (column.spots, len(column.lines), column.vanished) == (3, 1, 2)
    assert column.lines[0].report_id == reports[2].id


def test_beyond_the_most_that_are_put_in_order_the_rest_follows_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_ORDERED, Order.LEFT, 10)
    reports = made(4)
    question = asked(reports, tmp_path)
    pages = _pages(question, by_places(question, REGIONS, ["000000"]))
    column = pages[0].columns[0]
    lines = [line for page in pages for line in page.columns[0].lines]
    assert column.ordered == 10 < column.spots == len(lines)
    keys = [fold(line.left)[::-1] for line in lines[:10]]
    assert keys == sorted(keys)
    years = [line.year or 0 for line in lines[10:]]
    assert years == sorted(years, reverse=True)


def test_like_is_compared_with_like(tmp_path: Path) -> None:
    plain = [report(f"{PHRASE}{n}。", region_code=BEIJING, year=2021, **other) for n, other in enumerate(_OTHERS)]
    question = asked(plain, tmp_path)
    assert concordance(question, REGIONS, by_places(question, REGIONS, [BEIJING])).columns[0].spots == 1
    wider = asked(plain, tmp_path, f"“{PHRASE}” 类型:新闻报道")
    assert concordance(wider, REGIONS, by_places(wider, REGIONS, [BEIJING])).columns[0].spots == 1


_OTHERS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": Kind.NEWS},
    {"body": Body.DEPARTMENT},
    {"body": Body.TOWN, "place": "某街道"},
    {"kind": Kind.OTHER},
)


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ((), Wanted()),
        ((*PLACES, "320000", "330000"), Wanted()),
        (PLACES, Wanted(size=MOST_LINES + 1)),
        (PLACES, Wanted(size=0)),
        (PLACES, Wanted(page=0)),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(tmp_path: Path, places: tuple[str, ...], wanted: Wanted) -> None:
    question = asked(made(1, 3), tmp_path)
    with pytest.raises(QueryError):
        concordance(question, REGIONS, by_places(question, REGIONS, places), wanted)


def test_all_lines_at_once_are_refused_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.concordance.MOST_LINES", 20)
    question = asked(made(2), tmp_path)
    with pytest.raises(QueryError, match="最多导出 20 次"):
        concordance(question, REGIONS, by_places(question, REGIONS, PLACES), Wanted(size=20))
    assert concordance(question, REGIONS, by_places(question, REGIONS, PLACES), Wanted(size=19)).pages > 1


def test_nothing_found_is_an_empty_page(tmp_path: Path) -> None:
    question = asked(made(1, 3), tmp_path, "“无人说过”")
    page = concordance(question, REGIONS, by_places(question, REGIONS, PLACES), Wanted(page=9))
    assert page.pages == 1
    assert [(column.spots, column.lines) for column in page.columns] == [(0, ())] * 3
