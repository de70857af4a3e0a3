"""Concordance and first use against plain lines over the exported reports, whatever is asked."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from compare.asking import understand
from compare.concordance import Column, Order, Wanted, by_places, concordance
from compare.jurisdictions import Level
from compare.narrowing import meet
from compare.scope import Ground
from compare.spread import Spread, Use, evidence, spread
from reports.fold import fold, second_form
from tests.compare.plain import Counted, Export
from tests.compare.test_brute import TODAY, Chance, _in_row, by_chance
from tests.compare.test_brute import made as _made

QUESTIONS = 250
PLACES = ("330000", "=330000", "330100", "=330102", "110101", "000000")
LEVELS = {Level.PROVINCE: ("330000", "110000"), Level.CITY: ("330100", "530100")}
BECAME = {"110103": "110101"}

made = _made


@pytest.mark.parametrize("first", [0, 1])
def test_first_and_last_use_are_what_plain_lines_count(made: tuple[Ground, Export], first: int) -> None:
    ground, export = made
    used = 0
    for seed in range(first, QUESTIONS, 2):
        asked, level = by_chance(seed), Random(seed).choice(list(Level))
        found = spread(understand(asked.comparison, ground, TODAY), ground.regions, level)
        _check_spread(found, level, asked, export.counted(asked.words, asked.keep))
        used += len(found.uses)
    assert used > QUESTIONS / 2


def _check_spread(found: Spread, level: Level, asked: Chance, counted: list[Counted]) -> None:
    groups: defaultdict[str, list[Counted]] = defaultdict(list)
    unplaced = 0
    for each in counted:
        code = BECAME.get(each.line["region_code"], each.line["region_code"])
        if code is None or each.line[asked.year] is None or not _of_level(code, level):
            unplaced += _said(each, asked)
        else:
            groups[code].append(each)
    assert found.unplaced == unplaced
    expected = {code: _plain_use(own, asked) for code, own in groups.items() if any(_said(e, asked) for e in own)}
    assert {use.region_code: _use(use) for use in found.uses} == expected, asked.comparison
    assert {each.region_code for each in found.silent} == groups.keys() - expected.keys()
    assert [use.upper for use in found.uses] == sorted(use.upper for use in found.uses)
    begun = [min(int(each.line[asked.year]) for each in own) for own in groups.values()]
    for point in found.years:
        assert point.used == sum(use.upper <= point.year for use in found.uses)
        assert point.held == sum(year <= point.year for year in begun)


def _of_level(code: str, level: Level) -> bool:
    own = {Level.PROVINCE: code.endswith("0000"), Level.CITY: code[2:] != "0000" and code.endswith("00")}
    if level is Level.ANY:
        return True
    return code != "000000" and own.get(level, not code.endswith("00"))


def _said(each: Counted, asked: Chance) -> bool:
    return each.matches if asked.words.in_title else each.count > 0


def _plain_use(own: list[Counted], asked: Chance) -> tuple[object, ...]:
    having = [each for each in own if _said(each, asked)]
    years = sorted(int(each.line[asked.year]) for each in own)
    first = min(int(each.line[asked.year]) for each in having)
    without = [each for each in own if each.chars and not each.matches]
    before = [year for each in without if (year := int(each.line[asked.year])) < first]
    count = None if asked.words.in_title else sum(each.count for each in own)
    return (
        first,
        max(before) + 1 if before else None,
        max(int(each.line[asked.year]) for each in having),
        (years[0], years[-1], len(set(years))),
        (len(having), count, len(own), sum(each.chars for each in own)),
    )


def _use(use: Use) -> tuple[object, ...]:
    years = (use.years.first, use.years.last, use.years.count)
    return use.first_year, use.lower, use.last_year, years, (use.works, use.occurrences, use.held, use.chars)


def test_columns_and_their_lines_are_what_plain_lines_count(made: tuple[Ground, Export]) -> None:
    ground, export = made
    lines = 0
    for seed in range(0, QUESTIONS, 2):
        chance, asked = Random(seed), by_chance(seed)
        places = chance.sample(PLACES, chance.randint(1, 4))
        question = understand(asked.comparison, ground, TODAY)
        keeps = [keep for number, keep in enumerate(asked.keeps) if number not in _places_chosen(asked)]
        columns = by_places(question, ground.regions, places)
        found = concordance(question, ground.regions, columns, Wanted(chance.choice(list(Order)), 1, 2_000))
        for place, column in zip(places, found.columns, strict=True):
            counted = export.counted(asked.words, lambda line: all(keep(line) for keep in keeps))  # noqa: B023
            own = meet(question.query.chosen.regions, place, ground.regions) or frozenset({place})
            _check_column(column, asked, [each for each in counted if any(_in_row(each.line, key) for key in own)])
            lines += len(column.lines)
    assert lines > 3 * QUESTIONS


def _places_chosen(asked: Chance) -> tuple[int, ...]:
    """Which of what is asked of a report says where it is from, of what is chosen beside the words."""
    return (0, len(asked.ever) - 1) if asked.comparison.preset else (0,)


def _check_column(column: Column, asked: Chance, there: list[Counted]) -> None:
    spots = sum(each.count for each in there)
    assert (column.spots, column.held) == (spots, len(there)), asked.comparison
    assert column.works == sum(each.count > 0 for each in there)
    assert column.chars == sum(each.chars for each in there)
    assert (len(column.lines), column.vanished) == (spots, 0)
    phrases = {fold(phrase) for phrase in asked.words.phrases}
    assert len({(line.report_id, line.start) for line in column.lines}) == spots
    for line in column.lines:
        assert {fold(line.phrase), second_form(fold(line.phrase))} & phrases
        assert line.sentence[slice(*line.mark)] == line.phrase[: line.mark[1] - line.mark[0]]
        assert asked.words.sections <= set() or line.section in asked.words.sections


def test_the_evidence_of_a_first_use_is_in_a_report_of_that_year(made: tuple[Ground, Export]) -> None:
    ground, _ = made
    for seed in range(0, QUESTIONS, 5):
        asked = by_chance(seed)
        if asked.words.in_title:
            continue
        question = understand(asked.comparison, ground, TODAY)
        uses = spread(question, ground.regions).uses
        for use, line in zip(uses, evidence(question, ground.regions, [use.first_work for use in uses]), strict=True):
            assert line is not None
            assert line.phrase in line.sentence
            assert (line.year, BECAME.get(line.region_code or "", line.region_code)) == (use.upper, use.region_code)
