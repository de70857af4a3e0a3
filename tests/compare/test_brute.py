"""Every figure of every table is what plain lines over the exported reports come to, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import pytest

from compare.asking import Comparison, YearBy, understand
from compare.cells import Cell
from compare.matrix import SHAPES, Matrix, matrix
from compare.rows import Head
from compare.scales import Axis
from compare.scope import Ground
from compare.trend import trend
from compare.wordlist import read_wordlist, word_table
from indexer.query import UNKNOWN, Filters
from reports.jsonform import to_json
from reports.regions import load_regions
from reports.report import Body, Kind, SectionKind
from reports.topics import topic_names
from tests.compare.made_corpus import PHRASES, YEARS, made_corpus
from tests.compare.plain import Absent, Counted, Export, Figures, Line, Words, absent, pooled
from tests.indexer.made import index_of

TODAY = date(2024, 6, 1)
QUESTIONS = 110
ANNUAL = {"法治政府建设年度报告", "政府工作报告", "政府信息公开工作年度报告", "统计公报"}
LABELS = {"problems": "问题", "achievements": "成效"}
Keep = Callable[[Line], bool]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ground, Export]:
    folder = tmp_path_factory.mktemp("brute")
    index, regions = index_of(made_corpus(), folder), load_regions()
    ground = Ground(index.searcher(), regions, index.store)
    lines = [to_json(report, regions) for report in index.store().get_many(index.store().ids())]
    return ground, Export(lines)


@dataclass(frozen=True)
class Chance:
    """A question by chance: as a comparison, and as plain words with what their reports must be."""

    comparison: Comparison
    words: Words
    keeps: tuple[Keep, ...]
    ever: tuple[Keep, ...]

    def keep_ever(self, line: Line) -> bool:
        """Whatever its year and topics."""
        return all(keep(line) for keep in self.ever)

    def keep(self, line: Line) -> bool:
        return all(keep(line) for keep in self.keeps)

    @property
    def year(self) -> str:
        return "covers" if self.comparison.year_by is YearBy.COVERED else "year"


def by_chance(seed: int, *, worded: bool = True) -> Chance:
    """Anything a person could ask; without `worded` the text is of filters alone."""
    chance = Random(seed)
    text, words = _words(chance)
    filters, kept = _filters(chance, "covers" if seed % 7 == 0 else "year")
    typed, typed_kept = _typed(chance)
    issuer = chance.choice(("", "", "", "", "司法局", "上城区"))
    bodies = {body.value for body in filters.bodies} or {"部门" if issuer else "政府"}
    kinds = {kind.value for kind in filters.kinds} or ANNUAL
    ever: list[Keep] = [
        *kept[:1],
        *typed_kept[:1],
        lambda line: line["body"] in bodies,
        lambda line: line["kind"] in kinds,
        lambda line: issuer in (line["issuer"] or ""),
    ]
    sections = frozenset(SectionKind(kind) for kind in words.sections) if "章节" not in text else frozenset()
    year_by = YearBy.COVERED if seed % 7 == 0 else YearBy.EDITION
    preset = "districts:330100" if not filters.regions and chance.random() < 0.1 else ""
    if preset:
        ever.append(lambda line: line["region_code"] in ("330102", "330106"))
    return Chance(
        Comparison(f"{text if worded else ''} {typed}".strip(), filters, sections, issuer, year_by, preset),
        words,
        (*ever, *kept[1:], *typed_kept[1:]),
        tuple(ever),
    )


def _words(chance: Random) -> tuple[str, Words]:
    one, other = chance.sample(PHRASES, 2)
    quoted = chance.choice(("“{}”", "{}"))
    a, b = quoted.format(one), quoted.format(other)
    sections = (
        frozenset(chance.sample([kind.value for kind in SectionKind], 2)) if chance.random() < 0.25 else frozenset()
    )
    some = chance.choice(("problems", "achievements"))
    return chance.choice(
        (
            (a, Words("all", (one,), sections)),
            (a, Words("all", (one,), sections)),
            (f"{a} {b}", Words("all", (one, other), sections)),
            (f"{a} 或 {b}", Words("any", (one, other), sections)),
            (f"{a} -{b}", Words("but", (one, other), sections)),
            (f"同段({a} {b})", Words("paragraph", (one, other))),
            (f"章节:{LABELS[some]} {a}", Words("all", (one,), frozenset({some}))),
            (f"标题:{a}", Words("all", (one,), in_title=True)),
        )
    )


def _filters(chance: Random, year: str) -> tuple[Filters, list[Keep]]:
    """Filters beside the text, the one of places first; kinds and bodies have defaults, and are not among them."""
    keeps: list[Keep] = [_any]
    regions = years = topics = kinds = bodies = frozenset[Any]()
    if chance.random() < 0.3:
        regions = frozenset(chance.sample(("330000", "=330000", "330100", "=330102", "110101", "=530100", UNKNOWN), 2))
        keeps[0] = lambda line: any(_in_row(line, value) for value in regions)
    if chance.random() < 0.3:
        years = frozenset(chance.sample(YEARS, 4))
        keeps.append(lambda line: line[year] in years)
    if chance.random() < 0.2:
        topics = frozenset(chance.sample((*topic_names()[:5], UNKNOWN), 2))
        keeps.append(lambda line: bool(topics & set(line["topics"] or [UNKNOWN])))
    if chance.random() < 0.3:
        kinds = frozenset(chance.sample(tuple(Kind), 4))
    if chance.random() < 0.3:
        bodies = frozenset(chance.sample(tuple(Body), 2))
    return Filters(regions, years, topics, kinds, bodies), keeps


def _typed(chance: Random) -> tuple[str, list[Keep]]:
    """Filters that stand in the text, the one of places first; never the year, which may be another one."""
    places: list[Keep] = [lambda line: _in_row(line, "330000")]
    topics: list[Keep] = [_any, lambda line: topic_names()[0] in line["topics"]]
    return chance.choice(
        (
            ("", list[Keep]([_any])),
            ("", list[Keep]([_any])),
            ("地区:浙江", places),
            (f"主题:{topic_names()[0]}", topics),
        )
    )


def _any(_: Line) -> bool:
    return True


def _in_row(line: Line, key: str) -> bool:
    """Whether a report counts in the row of a division; of these 崇文区 alone went into one other."""
    code = line["region_code"]
    if key == UNKNOWN or code is None:
        return key == UNKNOWN and code is None
    if key.startswith("="):
        return bool(code == key[1:])
    inside = {code, f"{code[:4]}00", f"{code[:2]}0000"} | ({"110101"} if code == "110103" else set())
    return key in inside or key == "000000"


def _counts(line: Line, axis: Axis, key: str, year: str) -> bool:
    match axis:
        case Axis.REGION:
            return _in_row(line, key)
        case Axis.YEAR:
            return bool(line[year] == (None if key == UNKNOWN else int(key)))
        case Axis.KIND:
            return bool(line["kind"] == key)
        case Axis.TOPIC:
            return key in (line["topics"] or [UNKNOWN])
        case Axis.SECTION | Axis.PHRASE:
            return True


def _lacks(gone: Absent, axis: Axis, key: str) -> bool:
    """Whether it may be a report of this row or column: of what is not held, nobody knows the topics."""
    known = {"region_code": gone.region_code, "year": gone.year, "kind": gone.kind}
    return axis is Axis.TOPIC or _counts(known, axis, key, "year")


def _said(cell: Cell) -> Figures:
    return Figures(cell.held, cell.matching, cell.occurrences, cell.chars)


def _check(table: Matrix, asked: Chance, export: Export) -> int:
    """Compares every cell and total; how many there were."""
    everything = export.counted(asked.words, asked.keep)
    held_ever = (work.line for work in export.works if asked.keep_ever(work.line))
    years = asked.comparison.chosen.years
    lacking = [each for each in absent(held_ever, asked.year, TODAY) if not years or each.year in years]
    columns: list[tuple[int, Head | None]] = [*enumerate(table.columns), (-1, None)]
    for row, head in [*enumerate(table.rows), (-1, None)]:
        here, gone = everything, lacking
        if head and table.rows_by is Axis.SECTION:
            words = Words(asked.words.how, asked.words.phrases, frozenset({head.key}))
            here = export.counted(words, asked.keep)
        elif head:
            here = [each for each in here if _counts(each.line, table.rows_by, head.key, asked.year)]
            gone = [each for each in gone if _lacks(each, table.rows_by, head.key)]
        for column, top in columns:
            there, lost = here, gone
            if top:
                there = [each for each in here if _counts(each.line, table.columns_by, top.key, asked.year)]
                lost = [each for each in gone if _lacks(each, table.columns_by, top.key)]
            cell = table.cell(row, column)
            assert _said(cell) == pooled(there), (asked.comparison, head, top)
            assert cell.missing == len(lost), (asked.comparison, head, top, lost)
    return (len(table.rows) + 1) * len(columns)


@pytest.mark.parametrize("shape", SHAPES, ids="-".join)
def test_every_cell_and_total_is_what_plain_lines_count(shape: tuple[Axis, Axis], made: tuple[Ground, Export]) -> None:
    ground, export = made
    compared = 0
    for seed in range(QUESTIONS):
        asked = by_chance(1000 * SHAPES.index(shape) + seed)
        if shape[0] is Axis.SECTION and ("章节" in asked.comparison.text or asked.words.in_title):
            continue
        table = matrix(ground, understand(asked.comparison, ground, TODAY), *shape)
        compared += _check(table, asked, export)
        outermost = [number for number, head in enumerate(table.rows) if head.depth == 0]
        if shape[0] is Axis.REGION:
            assert sum(table.cell(row, -1).held for row in outermost) == table.cell(-1, -1).held
        if table.rows:
            _check_behind(table, ground, Random(seed))
    assert compared > 20 * QUESTIONS


def _check_behind(table: Matrix, ground: Ground, chance: Random) -> None:
    """A cell leads back to a question that holds its reports and no others."""
    row, column = chance.randrange(-1, len(table.rows)), chance.randrange(-1, len(table.columns))
    again = understand(table.behind(row, column), ground, TODAY)
    tally = again.searcher.counting.tally(again.query)
    said = Figures(len(tally.works), int(tally.matched.sum()), int(tally.occurrences.sum()), int(tally.chars.sum()))
    assert said == _said(table.cell(row, column)), (table.asked.comparison, again.comparison)


def test_lists_and_lines_are_what_plain_lines_count(made: tuple[Ground, Export]) -> None:
    ground, export = made
    listed = read_wordlist("每月一题|每月一題|一题\n营商环境|营商|环境\n信息公开\n没有这个词\n“接诉即办”")
    for seed in range(30):
        asked = by_chance(seed, worded=False)
        sections = frozenset(map(str, asked.comparison.sections))
        table = word_table(ground, asked.comparison, listed, TODAY)
        lines = trend(ground, asked.comparison, [f"“{each.label}”" for each in listed.entries], TODAY)
        for row, line in zip(table.rows(), lines.lines, strict=True):
            counted = export.counted(Words("any", row.entry.phrases, sections), asked.keep)
            alone = export.counted(Words("any", row.entry.phrases[:1], sections), asked.keep)
            assert _said(row.total) == pooled(counted)
            for cell, head in zip(row.cells, table.columns, strict=True):
                assert _said(cell) == pooled(_of_year(counted, head.key, asked.year))
            for cell, year in zip(line.cells, lines.years, strict=True):
                assert _said(cell) == pooled(_of_year(alone, str(year), asked.year))


def _of_year(counted: list[Counted], key: str, year: str) -> list[Counted]:
    return [each for each in counted if _counts(each.line, Axis.YEAR, key, year)]
