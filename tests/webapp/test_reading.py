from __future__ import annotations

import pytest

from indexer.answer import Sort
from indexer.query import UNKNOWN
from reports.report import Body, Kind, SectionKind
from tests.webapp.fakes import TOPICS, FakeLibrary
from webapp.params import SearchParams, with_value, without_value
from webapp.reading import Reading, read_search


def read(**values: list[str]) -> Reading:
    return read_search(values, FakeLibrary())


def test_every_parameter_is_read() -> None:
    reading = read(
        q=[" “每月一题” "], region=["970100", "unknown"], year=["2021", "unknown"], topic=[TOPICS[0]],
        kind=["统计公报"], body=["部门"], section=["problems"], sort=["oldest"], page=["3"],
    )  # fmt: skip
    params = reading.params
    assert not reading.problems
    assert params.q == "“每月一题”"
    assert params.filters.regions == {"970100", UNKNOWN}
    assert params.filters.years == {2021, None}
    assert params.filters.topics == {TOPICS[0]}
    assert params.filters.kinds == {Kind.STATISTICS}
    assert params.filters.bodies == {Body.DEPARTMENT}
    assert params.sections == {SectionKind.PROBLEMS}
    assert (params.sort, params.page) == (Sort.OLDEST, 3)


@pytest.mark.parametrize("typed", ["2019-2021", "2019..2021", "2019—2021"])
def test_a_span_of_years_is_every_year_in_it(typed: str) -> None:
    assert read(year=[typed]).params.filters.years == {2019, 2020, 2021}


def test_a_region_may_be_named() -> None:
    assert read(region=["临溪市"]).params.filters.regions == {"970100"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "97"), ("region", "９７０１００"), ("region", "无此地"), ("year", "abc"), ("year", "2021-2019"),
        ("year", "1500"), ("year", "２０２１"), ("topic", "无此主题"), ("kind", "公告"), ("body", "x"),
        ("section", "intro"), ("sort", "best"), ("page", "0"), ("page", "-1"), ("page", "501"), ("page", "１"),
        ("page", "9" * 5000), ("q", "长" * 257),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_its_name(name: str, value: str) -> None:
    (problem,) = read(**{name: [value]}).problems
    assert f"参数 {name} " in problem


def test_every_problem_is_told_at_once_and_the_rest_is_kept() -> None:
    reading = read(q=["营商环境"], year=["abc", "2021"], foo=["1"], page=["0"], kind=["x"])
    assert len(reading.problems) == 4
    assert reading.params.q == "营商环境"
    assert reading.params.filters.years == {2021}


def test_what_may_stand_once_stands_once() -> None:
    assert "q" in read(q=["甲", "乙"]).problems[0]


def test_too_many_values_are_refused() -> None:
    assert len(read(year=[str(year) for year in range(1900, 1960)]).problems) == 1


def test_a_url_reads_back_as_the_same_search() -> None:
    params = SearchParams(q="甲&乙=“丙”", sort=Sort.NEWEST, page=2)
    for facet, value in (("region", "970100"), ("year", "unknown"), ("kind", "解读"), ("section", "plans")):
        params = with_value(params, facet, value)
    values: dict[str, list[str]] = {}
    for name, value in params.pairs():
        values.setdefault(name, []).append(value)
    assert read_search(values, FakeLibrary()) == Reading(params, ())


def test_adding_and_taking_back_a_value_gives_the_first_page_of_the_same_search() -> None:
    params = with_value(SearchParams(q="甲"), "year", "2021")
    assert without_value(with_value(params.at(4), "topic", TOPICS[0]), "topic", TOPICS[0]) == params


def test_no_facet_of_that_name_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="colour"):
        with_value(SearchParams(), "colour", "red")
