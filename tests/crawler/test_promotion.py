"""Appendices that sell are told from annexes that regulate."""

from __future__ import annotations

import pytest

from crawler.extract import promotion
from crawler.extract.lines import Line

NEWS = ["近日，某某市法治政府建设示范项目名单公布，三个区入选，市民对依法行政工作的满意度明显提高。"] * 4


def kept(*texts: str) -> list[str]:
    return [line.text for line in promotion.strip([Line(text, at) for at, text in enumerate(texts)])[0]]


@pytest.mark.parametrize("example", promotion.language().examples)
def test_every_example_is_promotion(example: str) -> None:
    assert promotion.is_promotion(example)
    assert kept(*NEWS, *example.split("\n")) == NEWS


@pytest.mark.parametrize("text", promotion.language().keeps)
def test_every_counter_example_stays(text: str) -> None:
    assert not promotion.is_promotion(text)
    assert kept(*NEWS, *text.split("\n")) == [*NEWS, *text.split("\n")]


def test_an_official_annex_between_two_advertisements_stays() -> None:
    sells = "附1：某某智慧政务平台，助力数字政府建设，提供全套解决方案，已于甲市、乙市等地应用，获用户好评。"
    annex = "附件2：某某市行政执法案卷评查办法"
    assert kept(*NEWS, sells, annex, sells) == [*NEWS, annex]


def test_traditional_advertising_is_recognised() -> None:
    sells = "附1：某某“政務雲”支撐系統，爲各地政府量身打造，提供全套解決方案，賦能業務升級，獲客戶好評。"
    assert kept(*NEWS, sells) == NEWS


def test_an_appendix_never_opens_a_page() -> None:
    sells = "附：某某平台，量身打造的产品，提供全套解决方案，助力升级，获客户好评，欢迎咨询。"
    assert kept(sells, *NEWS)[0] == sells


def test_a_report_on_products_is_no_promotion() -> None:
    text = "附：2021年专精特新企业产品情况。全市新增产品三百个，客户覆盖二十个省，平台企业升级改造加快，" * 8
    assert kept(*NEWS, *NEWS, *NEWS, text)[-1] == text or not promotion.is_promotion("第一条 " + text)
