from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compare.asking import Asked, Comparison, YearBy, understand
from compare.cells import SHORT_CHARS
from compare.jurisdictions import Level
from compare.spread import Certainty, Silent, Use, Years, evidence, spread
from indexer.query import Filters
from reports.fold import fold
from reports.regions import load_regions
from reports.report import Body, Report, Section, SectionKind
from tests.compare.grounds import ground_of
from tests.indexer.made import ENGINES, report

REGIONS = load_regions()
TODAY = date(2026, 11, 22)
PHRASE = "每月一题"
PROVINCE, CITY, COUNTY, OTHER = "320000", "320100", "320106", "110101"


def asked(
    reports: Sequence[Report], folder: Path, text: str = f"“{PHRASE}”", engine: str = "memory", **given: Any
) -> Asked:
    return understand(Comparison(text, **given), ground_of(reports, folder, engine=engine), TODAY)


def of(year: int | None, said: int = 0, code: str | None = COUNTY, **fields: Any) -> Report:
    text = f"{code}在{year}年{fields}。" + f"办好{PHRASE}。" * said
    return report(text, region_code=code, year=year, **fields)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({2020: 0, 2021: 1, 2022: 1}, (Certainty.EXACT, 2021, 2021, 2022)),
        ({2020: 2, 2021: 0}, (Certainty.LEFT, None, 2020, 2020)),
        ({2018: 0, 2021: 1}, (Certainty.INTERVAL, 2019, 2021, 2021)),
        ({2015: 0, 2018: 0, 2020: 1, 2023: 0}, (Certainty.INTERVAL, 2019, 2020, 2020)),
        ({2021: 1}, (Certainty.LEFT, None, 2021, 2021)),
        ({2019: 0, 2020: 0, 2021: 3, 2022: 0, 2023: 2}, (Certainty.EXACT, 2021, 2021, 2023)),
    ],
)
def test_the_years_that_are_held_bound_the_first_use(
    tmp_path: Path, held: dict[int, int], expected: tuple[Certainty, int | None, int, int]
) -> None:
    found = spread(asked([of(year, said) for year, said in held.items()], tmp_path), REGIONS)
    (use,) = found.uses
    assert (use.certainty, use.lower, use.upper, use.last_year) == expected
    assert use.first_year == use.upper
    assert use.years == Years(min(held), max(held), len(held))
    assert (use.works, use.occurrences, use.held) == (sum(map(bool, held.values())), sum(held.values()), len(held))
    assert use.region == "江苏省南京市鼓楼区"


def test_a_report_without_the_section_is_no_report_without_the_phrase(tmp_path: Path) -> None:
    def parts(year: int, *kinds: SectionKind) -> Report:
        text = f"{year}年说到{PHRASE if year == 2021 else '别的'}。"
        sections = tuple(Section("", kind, 0, len(text)) for kind in kinds)
        return report(text, region_code=COUNTY, year=year, sections=sections)

    reports = [parts(2019, SectionKind.PROBLEMS), parts(2020, SectionKind.LEAD), parts(2021, SectionKind.PROBLEMS)]
    (use,) = spread(asked(reports, tmp_path, sections=frozenset({SectionKind.PROBLEMS})), REGIONS).uses
    assert (use.certainty, use.lower, use.upper, use.held) == (Certainty.INTERVAL, 2020, 2021, 3)


def test_a_report_with_the_phrase_in_its_title_alone_bounds_nothing(tmp_path: Path) -> None:
    titled = report("别的话。", title=f"{PHRASE}工作报告", region_code=COUNTY, year=2020)
    (use,) = spread(asked([titled, of(2021, 1)], tmp_path), REGIONS).uses
    assert (use.certainty, use.lower, use.upper, use.works) == (Certainty.LEFT, None, 2021, 1)


def test_each_division_speaks_for_itself(tmp_path: Path) -> None:
    reports = [of(2021, 1, PROVINCE), of(2020, 1, CITY), of(2019, 0, COUNTY), of(2020, 2, OTHER)]
    question = asked(reports, tmp_path)
    found = {level: [use.region_code for use in spread(question, REGIONS, level).uses] for level in Level}
    assert found == {
        Level.PROVINCE: [PROVINCE],
        Level.CITY: [CITY],
        Level.COUNTY: [OTHER],
        Level.ANY: [OTHER, CITY, PROVINCE],
    }
    counties = spread(question, REGIONS, Level.COUNTY)
    assert counties.silent == (Silent(COUNTY, "江苏省南京市鼓楼区", 3, Years(2019, 2019, 1)),)
    assert counties.unplaced == 2


def test_a_street_office_does_not_speak_for_its_county_unless_bodies_are_chosen(tmp_path: Path) -> None:
    reports = [of(2020, 0), of(2020, 1, body=Body.TOWN, place="某街道"), of(2021, 1)]
    default = spread(asked(reports, tmp_path), REGIONS)
    assert [(use.first_year, use.works) for use in default.uses] == [(2021, 1)]
    chosen = Filters(bodies=frozenset({Body.TOWN, Body.GOVERNMENT}))
    wider = spread(asked(reports, tmp_path, chosen=chosen), REGIONS)
    assert [(use.first_year, use.works) for use in wider.uses] == [(2020, 2)]


def test_a_renamed_division_is_one_jurisdiction(tmp_path: Path) -> None:
    # 富阳市 became 富阳区, with another code, in 2014.
    reports = [of(2012, 0, "330183"), of(2013, 1, "330183"), of(2015, 1, "330111")]
    found = spread(asked(reports, tmp_path), REGIONS, Level.COUNTY)
    assert [(use.region_code, use.certainty, use.first_year, use.last_year) for use in found.uses] == [
        ("330111", Certainty.EXACT, 2013, 2015)
    ]
    assert set(found.uses[0].codes) == {"330111", "330183"}


def test_what_is_unknown_speaks_for_nobody_and_is_counted(tmp_path: Path) -> None:
    found = spread(asked([of(2020, 1), of(None, 1), of(2020, 1, None), of(2020, 0, None)], tmp_path), REGIONS)
    assert (len(found.uses), found.unplaced) == (1, 2)


def test_the_curve_counts_every_year_and_everybody_held_so_far(tmp_path: Path) -> None:
    reports = [of(2018, 0), of(2021, 1), of(2020, 1, CITY), of(2023, 0, OTHER)]
    years = spread(asked(reports, tmp_path), REGIONS).years
    assert [(each.year, each.new, each.used, each.held) for each in years] == [
        (2018, 0, 0, 1),
        (2019, 0, 0, 1),
        (2020, 1, 1, 2),
        (2021, 1, 2, 2),
        (2022, 0, 2, 2),
        (2023, 0, 2, 3),
    ]


def test_who_says_it_most_is_ranked_by_rate_only_where_there_is_text_enough(tmp_path: Path) -> None:
    much = [of(2021, 2, CITY), report("字" * SHORT_CHARS, region_code=CITY, year=2022)]
    found = spread(asked([of(2021, 3), *much], tmp_path), REGIONS)
    assert [use.region_code for use in found.most()] == [COUNTY, CITY]
    assert [use.region_code for use in found.most(by_rate=True)] == [CITY]


def test_evidence_is_the_first_sentence_of_the_first_report(tmp_path: Path) -> None:
    late = report(
        f"导语。先办好{PHRASE}一次。又办好{PHRASE}。", region_code=COUNTY, year=2021, published=date(2022, 5, 1)
    )
    early = report(f"早发布的。再办好{PHRASE}。", region_code=COUNTY, year=2021, published=date(2022, 1, 5))
    last = report(f"后来也办好{PHRASE}。", region_code=COUNTY, year=2023)
    question = asked([late, early, last], tmp_path)
    (use,) = spread(question, REGIONS).uses
    first, latest = evidence(question, REGIONS, [use.first_work, use.last_work])
    assert first is not None
    assert latest is not None
    assert (first.report_id, first.sentence) == (early.id, f"再办好{PHRASE}。")
    assert (latest.report_id, latest.year) == (last.id, 2023)
    assert first.sentence[slice(*first.mark)] == PHRASE
    assert evidence(question, REGIONS, []) == ()


def test_words_of_a_title_alone_are_found_without_a_sentence(tmp_path: Path) -> None:
    reports = [of(2020), of(2021, title=f"{PHRASE}报告")]
    question = asked(reports, tmp_path, f"标题:“{PHRASE}”")
    found = spread(question, REGIONS)
    (use,) = found.uses
    assert (use.first_year, use.occurrences, use.rate) == (2021, None, None)
    assert found.most() == found.most(by_rate=True) == ()
    assert evidence(question, REGIONS, [use.first_work]) == (None,)


def test_nobody_says_it(tmp_path: Path) -> None:
    found = spread(asked([of(2020), of(2021, 0, CITY)], tmp_path), REGIONS)
    assert (found.uses, len(found.silent), found.most()) == ((), 2, ())
    empty = spread(asked([of(2020)], tmp_path / "2", f"“{PHRASE}” 地区:北京市"), REGIONS)
    assert (empty.uses, empty.silent, empty.years) == ((), (), ())


def test_the_year_covered_is_used_where_it_is_asked_for(tmp_path: Path) -> None:
    reports = [of(2021, 1), of(2020, 0)]
    ground = ground_of(reports, tmp_path)
    question = understand(Comparison(f"“{PHRASE}”", year_by=YearBy.COVERED), ground, TODAY)
    assert spread(question, REGIONS).unplaced == 1  # what no report says of itself is unknown


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_a_plain_recount(tmp_path: Path, engine: str, seed: int) -> None:
    lot = random.Random(seed)
    places = (PROVINCE, CITY, COUNTY, OTHER, None)
    reports = [
        report(
            f"第{n}号。"
            + "".join(lot.choices(("甲乙。", f"「{PHRASE}」，", "每月 一题", "其他文字"), k=lot.randrange(9))),
            region_code=lot.choice(places),
            year=lot.choice((2017, 2018, 2020, 2021, None)),
        )
        for n in range(60)
    ]
    found = spread(asked(reports, tmp_path, engine=engine), REGIONS)
    for code in filter(None, places):
        own = [each for each in reports if each.region_code == code and each.year]
        uses = [use for use in found.uses if use.region_code == code]
        assert [_figures(use) for use in uses] == ([_recounted(own)] if any(map(_said, own)) else [])


def _said(each: Report) -> int:
    return fold(each.text).count(PHRASE)


def _recounted(own: list[Report]) -> tuple[object, ...]:
    having = [each for each in own if _said(each)]
    first = min(each.year or 0 for each in having)
    before = [each.year or 0 for each in own if (each.year or 0) < first]
    return (
        first,
        max(before) + 1 if before else None,
        max(each.year or 0 for each in having),
        len(having),
        sum(map(_said, own)),
        sum(len("".join(each.text.split())) for each in own),
    )


def _figures(use: Use) -> tuple[object, ...]:
    return use.upper, use.lower, use.last_year, use.works, use.occurrences, use.chars
