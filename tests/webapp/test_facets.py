from __future__ import annotations

from indexer.answer import Facets, FacetValue
from indexer.query import Filters
from webapp.facets import Choice, State, chips, groups, region_tree
from webapp.grid import Held, strip, table
from webapp.params import SearchParams
from webapp.sources import HeldYear, Holdings, HoldingsRow

REGIONS = (
    FacetValue("000000", "全国", 9, False, None, 0),
    FacetValue("970000", "云岫省", 6, False, "000000", 1),
    FacetValue("970100", "临溪市", 4, False, "970000", 2),
    FacetValue("970101", "白鹭县", 2, False, "970100", 3),
    FacetValue("980000", "海岬省", 3, False, "000000", 1),
    FacetValue("unknown", "不详", 1, False),
)
FACETS = Facets(REGIONS, (FacetValue("2021", "2021", 3, True),), (), (), ())


def params(*regions: str) -> SearchParams:
    return SearchParams(q="甲", filters=Filters(regions=frozenset(regions)))


def by_value(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    return {c.value: c for top in choices for c in (top, *by_value(top.below).values())}


def test_provinces_stand_beside_the_country_and_divisions_below_them() -> None:
    tree = region_tree(params(), REGIONS)
    assert [choice.value for choice in tree] == ["000000", "970000", "980000", "unknown"]
    assert [choice.value for choice in tree[1].below] == ["970100"]


def test_choosing_below_takes_the_place_of_what_is_chosen_above() -> None:
    county = by_value(region_tree(params("970000"), REGIONS))["970101"]
    assert county.href == params("970101").url


def test_choosing_above_takes_the_place_of_what_is_chosen_below() -> None:
    province = by_value(region_tree(params("970101", "980000"), REGIONS))["970000"]
    assert province.href == params("970000", "980000").url


def test_regions_beside_each_other_are_alternatives() -> None:
    assert by_value(region_tree(params("980000"), REGIONS))["970100"].href == params("970100", "980000").url


def test_choosing_again_takes_back() -> None:
    chosen = by_value(region_tree(params("970100"), REGIONS))["970100"]
    assert (chosen.state, chosen.href) == (State.CHOSEN, SearchParams(q="甲").url)


def test_what_is_chosen_is_unfolded() -> None:
    choices = by_value(region_tree(params("970101"), REGIONS))
    assert choices["970000"].unfolded
    assert choices["970100"].unfolded


def test_a_country_of_regions_shows_only_what_is_near() -> None:
    many = tuple(FacetValue(f"97{n:04}", f"甲{n}", 1, False, "970000", 2) for n in range(1, 400))
    values = (
        FacetValue("970000", "云岫省", 399, False, None, 1),
        FacetValue("980000", "海岬省", 1, False, None, 1),
        *many,
    )
    assert not region_tree(params(), values)[0].below
    assert len(region_tree(params("970000"), values)[0].below) == 399


def test_a_ring_of_parents_ends() -> None:
    ring = (FacetValue("1", "甲", 1, False, "2", 2), FacetValue("2", "乙", 1, False, "1", 2))
    assert region_tree(params("1"), ring) == ()


def test_what_the_words_ask_for_is_no_link_of_ours() -> None:
    year = next(group for group in groups(params(), FACETS) if group.name == "year").choices[0]
    assert year.state is State.ASKED


def test_a_chip_names_the_region_and_leads_to_the_search_without_it() -> None:
    (chip,) = chips(params("970101"), FACETS)
    assert (chip.label, chip.href) == ("白鹭县", SearchParams(q="甲").url)


def row(code: str, level: int, parent: str | None, *years: int) -> HoldingsRow:
    return HoldingsRow(code, code, level, parent, tuple(HeldYear(year, 1, code) for year in years))


HELD = Holdings((row("p", 1, None, 2020, 2022), row("c", 2, "p", 2020), row("d", 2, "p", 2019, 2020, 2021)), 6, 0)


def test_the_strip_counts_all_below() -> None:
    grid = strip(HELD)
    assert grid.years == (2019, 2020, 2021, 2022)
    assert [cell.works for cell in grid.rows[0].cells] == [1, 3, 1, 1]


def test_a_country_has_a_strip_of_its_fullest_provinces_in_their_own_order() -> None:
    provinces = [row(f"{n:02}", 1, None, *range(2040 - n, 2041)) for n in range(32)]
    grid = strip(Holdings(tuple(provinces), 0, 0))
    assert [each.code for each in grid.rows] == [f"{n:02}" for n in range(18, 32)]
    assert grid.left_out == 18


def test_a_gap_between_held_years_is_missing_and_nothing_else_is() -> None:
    held = {each.code: [cell.held for cell in each.cells] for each in table(HELD).rows}
    assert held["p"] == [Held.OUTSIDE, Held.WORKS, Held.MISSING, Held.WORKS]
    assert held["c"] == [Held.OUTSIDE, Held.WORKS, Held.OUTSIDE, Held.OUTSIDE]


def test_a_table_of_one_region_holds_what_is_below_it() -> None:
    assert [each.code for each in table(HELD, "d").rows] == ["d"]
    assert [each.code for each in table(HELD, "p").rows] == ["p", "c", "d"]


def test_a_large_table_starts_with_the_provinces() -> None:
    counties = tuple(row(f"{n}", 3, "c", 2020) for n in range(200))
    grid = table(Holdings((*HELD.rows[:2], *counties), 202, 0))
    assert [each.code for each in grid.rows] == ["p", "c"]
    assert grid.rows[0].parts == 201


def test_nothing_held_is_an_empty_grid() -> None:
    assert strip(Holdings((), 0, 0)).rows == table(Holdings((), 0, 0)).rows == ()


def test_a_long_facet_folds_its_end_away_until_something_in_it_is_chosen() -> None:
    years = tuple(FacetValue(f"{year}", f"{year}", 1, False) for year in range(2030, 2010, -1))
    facets = Facets((), years, (), (), ())
    (folded,) = groups(SearchParams(), facets)
    assert [len(folded.first), len(folded.rest), folded.rest_unfolded] == [10, 10, False]
    (unfolded,) = groups(SearchParams(filters=Filters(years=frozenset({2012}))), facets)
    assert unfolded.rest_unfolded
    assert not groups(SearchParams(), Facets((), years[:13], (), (), ()))[0].rest
