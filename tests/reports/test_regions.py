"""Divisions by code and year, by name, up and down; and tables a person adds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reports.errors import ConfigError
from reports.region_names import full_names, short_name
from reports.regions import COUNTRY, Regions, load_regions

HEADER = "code,name,parent,level,since,until,successor\n"


@pytest.fixture
def regions() -> Regions:
    return load_regions()


def codes(regions: Regions, name: str, year: int | None = None) -> list[str]:
    return [region.code for region in regions.named(name, year)]


def test_a_code_means_what_it_means_now_or_meant_then(regions: Regions) -> None:
    assert regions.get("419001") == regions.get("419001", 2020)
    assert [regions.get("419001", year).name for year in (1988, 2020)] == ["义马市", "济源市"]  # type: ignore[union-attr]
    assert regions.get("120110", 1985).name == "东郊区"  # type: ignore[union-attr]
    assert regions.get("999999") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
        ("南京市鼓楼区", ["320106"]),
        ("江苏省南京市鼓楼区", ["320106"]),
        ("江苏鼓楼", ["320106", "320302"]),
        ("北京市西城区", ["110102"]),
        ("北京市崇文区", ["110103"]),
        ("东湖", ["360102"]),
        ("朝阳区", ["110105", "220104"]),
        ("广西", ["450000"]),
        ("广西自治区", ["450000"]),
        ("恩施州", ["422800"]),
        ("长阳县", ["420528", "422728"]),
        ("长阳", ["420528", "422728"]),
        ("陇县", ["610327"]),
        ("乾安县", ["220723", "222328"]),
        ("全国", [COUNTRY]),
        ("某某县", []),
        ("", []),
    ],
)
def test_names_full_short_and_as_paths(regions: Regions, name: str, expected: list[str]) -> None:
    assert codes(regions, name) == expected


def test_an_ambiguous_short_name_gives_all_and_those_in_force_first(regions: Regions) -> None:
    found = regions.named("朝阳")
    assert {"211300", "110105", "211321", "220104", "212221"} <= {region.code for region in found}
    in_force = [region.until is None for region in found]
    assert in_force == sorted(in_force, reverse=True)


def test_the_year_decides_who_comes_first(regions: Regions) -> None:
    assert codes(regions, "定襄县", 1990)[0] == "142222"
    assert codes(regions, "定襄县", 2020)[0] == "140921"


def test_how_many_names_in_force_are_ambiguous(regions: Regions) -> None:
    current = [region for region in regions if region.until is None]
    bearers = Counter(region.name for region in current)
    assert sum(count > 1 for count in bearers.values()) == 29
    shared = next(name for name, count in bearers.items() if count > 1)
    assert len([region for region in regions.named(shared) if region.name == shared]) > 1


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("110102", ("110102", "110000", COUNTRY)),
        ("110103", ("110103", "110101", "110000", COUNTRY)),
        ("320106", ("320106", "320100", "320000", COUNTRY)),
        ("429004", ("429004", "420000", COUNTRY)),
        ("130103", ("130103", "130100", "130000", COUNTRY)),
        ("142300", ("142300", "141100", "140000", COUNTRY)),
        (COUNTRY, (COUNTRY,)),
        ("999999", ()),
    ],
)
def test_ancestors_go_through_the_one_successor_only(regions: Regions, code: str, line: tuple[str, ...]) -> None:
    assert regions.ancestors(code) == line


def test_every_division_lies_in_the_country(regions: Regions) -> None:
    assert all(regions.ancestors(region.code)[-1] == COUNTRY for region in regions)
    assert regions.below(COUNTRY) == {region.code for region in regions}


def test_below_is_what_has_it_among_its_ancestors(regions: Regions) -> None:
    for code in ("110000", "110101", "320100", "141100"):
        assert regions.below(code) == {region.code for region in regions if code in regions.ancestors(region.code)}
    assert "110103" in regions.below("110101")
    assert regions.below("999999") == frozenset()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110102", "北京市西城区"),
        ("110103", "北京市崇文区"),
        ("320106", "江苏省南京市鼓楼区"),
        ("429004", "湖北省仙桃市"),
        ("142222", "山西省忻州地区定襄县"),
        (COUNTRY, "全国"),
        ("999999", ""),
    ],
)
def test_full_names_have_no_filler(regions: Regions, code: str, name: str) -> None:
    assert regions.full_name(code) == name


@pytest.mark.parametrize(
    ("several", "holder"),
    [
        (["110101", "110108"], "110000"),
        (["110101"], "110101"),
        (["320106", "320100"], "320100"),
        (["110101", "310101"], COUNTRY),
        ([], None),
        (["110101", "999999"], None),
    ],
)
def test_common_ancestor(regions: Regions, several: list[str], holder: str | None) -> None:
    assert regions.common_ancestor(several) == holder


def test_children_are_those_in_force_in_code_order(regions: Regions) -> None:
    districts = [region.code for region in regions.children("110000")]
    assert len(districts) == 16
    assert districts == sorted(districts)
    assert len(regions.children(COUNTRY)) == 34


def test_suggestions_begin_so_and_come_from_above(regions: Regions) -> None:
    assert [region.name for region in regions.suggest("江", limit=2)] == ["江苏省", "江西省"]
    assert regions.suggest("  ") == ()


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("panji", "340406"),
        ("shaanxi", "610000"),
        ("shanxi", "140000"),
        ("taizhou", None),
        ("chaoyang", None),
        ("", None),
    ],
)
def test_only_sound_spellings_name_a_division(regions: Regions, spelling: str, code: str | None) -> None:
    found = regions.spelled(spelling)
    assert (found.code if found else None) == code


def test_short_and_full_forms() -> None:
    assert short_name("新疆维吾尔自治区") == "新疆"
    assert short_name("浦东新区") == "浦东"
    assert short_name("市中区") is None
    assert full_names("长阳土家族自治县") == ("长阳土家族自治县", "长阳自治县", "长阳县")


def test_extra_tables_add_divisions(tmp_path: Path) -> None:
    table = tmp_path / "extra.csv"
    table.write_text(HEADER + "320191,江北新区,320100,县级,2015,,\n990000,云岭省,000000,省级,1950,,\n", "utf-8")
    regions = load_regions([table])
    assert regions.full_name("320191") == "江苏省南京市江北新区"
    assert [region.code for region in regions.named("云岭")] == ["990000"]
    assert load_regions().get("320191") is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("3201,江北新区,320100,县级,2015,,", "code '3201' is not six digits"),
        ("320191,江北新区,320100,区级,2015,,", "level '区级'"),
        ("320191,江北新区,320100,县级,今年,,", "since '今年' is not a year"),
        ("320191,江北新区,320100,县级,2015,2014,", "until '2014'"),
        ("320191,江北新区,888888,县级,2015,,", "888888 is no other division's code"),
        ("320191,江北新区,320100,县级,2015,2020,888888", "888888 is no other division's code"),
        ("320106,江北新区,320100,县级,2015,,", "code 320106 is another division's"),
        ("320191,江北新区,320100", "3 columns, expected 7"),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, row: str, why: str) -> None:
    table = tmp_path / "extra.csv"
    table.write_text(HEADER + row + "\n", "utf-8")
    with pytest.raises(ConfigError) as raised:
        load_regions([table])
    assert f"{table}:2: " in str(raised.value)
    assert why in str(raised.value)


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "extra.csv"
    table.write_text("code,name\n", "utf-8")
    with pytest.raises(ConfigError, match="expected code,name,parent"):
        load_regions([table])
