"""Every rule of chrome.toml takes its examples and leaves its counter-examples; and rules act where they may."""

from __future__ import annotations

import pytest

from crawler.extract import chrome
from crawler.extract.chrome import Rule
from crawler.extract.lines import Line

PROSE = "全年办理行政复议案件一百二十件，按期办结率百分之百，行政争议得到实质性化解，群众满意度持续提升。"
# What acts on hosts is tried in test_host_chrome.py.
EXAMPLES = [(rule, text) for rule in chrome.rules() if rule.where != "host" for text in rule.examples]
KEEPS = [(rule, text) for rule in chrome.rules() for text in rule.keeps]


def lines(*texts: str) -> list[Line]:
    return [Line(text, at) for at, text in enumerate(texts)]


def split(*texts: str) -> tuple[list[str], list[str]]:
    kept, removed = chrome.strip(lines(*texts))
    return [line.text for line in kept], [line.text for line in removed]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=lambda value: getattr(value, "name", value))
def test_an_example_is_taken_out_where_its_rule_acts(rule: Rule, text: str) -> None:
    above = "网站标识码：1234567890"
    texts = (PROSE, text, above) if rule.where == "footer" else (PROSE, text)
    kept, removed = split(*texts)
    assert kept == [PROSE]
    assert text in removed


@pytest.mark.parametrize(("rule", "text"), KEEPS, ids=lambda value: getattr(value, "name", value))
def test_a_counter_example_stays(rule: Rule, text: str) -> None:
    assert not chrome.matches(rule.where, text) or rule.where == "part"
    assert text in split(PROSE, text, PROSE)[0]


def test_a_button_glued_to_a_sentence_is_cut_from_it() -> None:
    assert split("大 中 小2021年，" + PROSE) == (["2021年，" + PROSE], ["大 中 小"])


def test_info_lines_go_at_the_edges_and_stay_within() -> None:
    info = "来源：某某日报"
    assert split(info, PROSE, PROSE) == ([PROSE, PROSE], [info])
    assert split(PROSE, info, PROSE) == ([PROSE, info, PROSE], [])


def test_a_footer_goes_with_the_lines_above_and_below_it() -> None:
    footer = ["主办：某某县人民政府", "网站标识码：1234567890", "地图", "某县信息中心"]
    assert split(PROSE, "某某县司法局", "2021年1月20日", *footer) == ([PROSE, "某某县司法局", "2021年1月20日"], footer)


def test_rules_about_websites_in_a_report_are_no_footer() -> None:
    text = "政府网站应当在页面底部标明网站标识码、ICP备案编号和公安备案标识，并公布违法和不良信息举报电话。"
    assert split(PROSE, text)[0] == [PROSE, text]


def test_crumbs_that_stand_on_lines_of_their_own_go_with_their_label() -> None:
    kept, _ = split("您的位置:", "首页", ">", "某县要闻", "2026年某县政府工作报告", PROSE)
    assert kept == ["2026年某县政府工作报告", PROSE]


def test_traditional_chrome_is_chrome() -> None:
    assert split(PROSE, "責任編輯：張三", "網站標識碼：1234567890")[0] == [PROSE]


def test_a_rule_needs_a_known_place_and_an_example() -> None:
    with pytest.raises(ValueError, match="where is 'somewhere'"):
        Rule("x", "somewhere", "x", ("x",))
    with pytest.raises(ValueError, match="has no example"):
        Rule("x", "line", "x", ())
