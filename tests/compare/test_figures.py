"""What is read as the figure after a phrase, and what is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.figures import Figure, figure_keys, figures_after, sort_key
from compare.numerals import value_of
from compare.said import with_figures, with_sentences
from indexer.ask import Question, understand
from indexer.searcher import Searcher
from tests.indexer.made import report, searcher_of

SHOWN = [
    ("解决率|达到86.52%。", ["86.52%"]),
    ("地区生产总值|4.6万亿元，比上年增长5.2%。", ["4.6万亿元", "增长5.2%"]),
    ("减税降费|超过2万亿元。", ["超过2万亿元"]),
    ("办件量|分别为12件、15件。", ["12件", "15件"]),
    ("行政复议|案件三百二十件。", ["三百二十件"]),
    ("执法人员|两万余名，持证率100%。", ["两万余名"]),
    ("增速预期目标|5%—6%。", ["5%—6%"]),
    ("失业率|控制在5.5%左右，新增就业12万人。", ["5.5%左右"]),
    ("能耗|下降3.2%。", ["下降3.2%"]),
    ("贡献率|上升2.1个百分点。", ["上升2.1个百分点"]),
    ("收案|1,234件，审结1,100件。", ["1,234件"]),
    ("满意率|99.99%，居全省第1位。", ["99.99%"]),
    ("通车里程|由5000公里增加到5600多公里。", ["5000公里", "增加到5600多公里"]),
    ("产值|增长百分之八点六。", ["增长百分之八点六"]),
    ("覆盖率|达到三分之二。", ["三分之二"]),
    ("覆盖面|超九成。", ["超九成"]),
    ("旅游收入|超万亿元。", ["超万亿元"]),
    ("倍差|从2.42缩小至2.12。", ["2.42", "缩小至2.12"]),
    ("办理时限|由20个工作日压缩至5个工作日。", ["20个工作日", "压缩至5个工作日"]),
    ("受教育年限|提高到11.3年。", ["提高到11.3年"]),
    ("比重|上升为48.2%。", ["上升为48.2%"]),
    ("煤耗|二、三百亿度。", ["二、三百亿度"]),
    ("房地产投资|２０１２年增长４．２％。", ["增长４．２％"]),
    ("物价|上涨 0.9 %。", ["上涨0.9 %"]),
    ("解决率、满意率|分别提高0.9个和3.3个百分点。", ["提高3.3个百分点"]),
    ("解决率|、满意率分别提高0.9个和3.3个百分点。", ["提高0.9个（百分点）"]),
    ("治理面积|分别为10.6万、3.8万平方公里。", ["10.6万（平方公里）", "3.8万平方公里"]),
    ("价格指数涨幅|为-0.3%。", ["-0.3%"]),
    ("每人补贴|五千至六千元。", ["五千至六千元"]),
    ("經濟總量|突破四百七十三萬噸。", ["突破四百七十三萬噸"]),
    ("學生數|達到二十一萬六千餘人。", ["二十一萬六千餘人"]),
]
NOT_FIGURES = [
    "工作报告|2021年完成。",
    "全市排名|居第三。",
    "城市建设|纳入“十四五”规划。",
    "智能客服|2.0版上线。",
    "持续推进|一网通办改革。",
    "印发|1号文件。",
    "市民拨打|12345热线反映。",
    "营商环境|明显改善。地区生产总值增长5%。",
    "营商环境|明显改善；满意率98%。",
    "营商环境|\n12件",
    "营商环境|明显改善，城镇新增就业12万人。",
    "营商环境|出台12条措施。",
    "每月一题|解决“17类45个”问题。",
    "法治宣传|覆盖三个领域。",
    "养老服务|、托育等支出12亿元。",
    "绿化|、新增公园12个。",
    "财政收入|约一半来自税收。",
    "投资占国内生产总值|的比重达到12%。",
    "占国内生产总值|的12%。",
    "转移支付|规模大幅增加、专项项目减少三分之二。",
    "新增企业12|万家。",
    "历史文化名城|三千年、5000年，建城12年。",
    "深化改革|",
]


def shown(marked: str) -> list[str]:
    before, _, after = marked.partition("|")
    return [figure.shown for figure in figures_after(before + after, len(before))]


@pytest.mark.parametrize(("marked", "wanted"), SHOWN)
def test_a_figure_is_shown_as_it_was_published(marked: str, wanted: list[str]) -> None:
    assert shown(marked) == wanted


@pytest.mark.parametrize("marked", NOT_FIGURES)
def test_what_is_no_figure_of_the_phrase_is_not_read(marked: str) -> None:
    assert shown(marked) == []


def test_the_reference_shows_what_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "figures.md").read_text("utf-8")
    lines = page.split("\n## ")[1].split("\n")
    rows = [row for line in lines if len(row := line.strip("| ").split(" | ")) == 3][1:]
    text, checked = "", 0
    for said, phrase, wanted in rows:
        text = text if said == "同上" else said
        assert shown(text.replace(phrase, phrase + "|", 1)) == wanted.split("；"), text
        checked += 1
    assert checked > 5


def test_of_several_subjects_each_has_its_own_figure() -> None:
    text = "诉求响应率近100%，解决率、满意率达到86.52%、90.28%。"
    wanted = {"响应率": ["近100%"], "解决率": ["86.52%"], "满意率": ["90.28%"]}
    found = {word: shown(text.replace(word, word + "|", 1)) for word in wanted}
    assert found == wanted


def test_a_figure_has_value_range_unit_and_words_apart() -> None:
    text = "预计地区生产总值增长约5.5%—6%以上。"
    (figure,) = figures_after(text, text.index("增长"))
    assert figure == Figure("5.5%—6%", Decimal("5.5"), Decimal(6), "%", "约", "增长", 11, 18)
    assert text[figure.start : figure.stop] == figure.text


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("三百二十", 320), ("四亿零七百多万", 407_000_000), ("一百八十五万六千", 1_856_000), ("百分之八点六", "8.6"),
        ("1,234.5", "1234.5"), ("2万5千", 25_000), ("万亿", 10**12), ("两万余", 20_000), ("十", 10),
        ("一点二亿", 120_000_000), ("三分之一", None), ("七八百", None), ("二、三百亿", None),
    ],
)  # fmt: skip
def test_numerals_are_valued_only_where_they_are_definite(number: str, value: int | str | None) -> None:
    assert value_of(number) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("5-6万元", "5", "6", "万元"), ("5000万—6000万元", "5000", "6000", "万元"), ("4.5-5%", "4.5", "5", "%"),
        ("5000万至1亿元", "50000000", "100000000", "元"), ("百分之八至九", "8", "9", "%"),
    ],
)  # fmt: skip
def test_a_range_has_both_ends_in_one_unit(words: str, low: str, high: str, unit: str) -> None:
    (figure,) = figures_after(f"投资额{words}。", 3)
    assert (figure.text, figure.value, figure.high, figure.unit) == (words, Decimal(low), Decimal(high), unit)


def test_sizes_compare_across_units_of_one_kind() -> None:
    figures = {
        words: figures_after(words, 3)[0].size for words in ("投资额3000亿元", "投资额4.6万亿元", "投资额5000万元")
    }
    assert sorted(figures, key=lambda words: figures[words] or 0) == [
        "投资额5000万元", "投资额3000亿元", "投资额4.6万亿元",
    ]  # fmt: skip


def test_contexts_are_sorted_smallest_first_and_those_without_a_figure_last() -> None:
    keys = [sort_key("解决率", right) for right in ("达到9%", "明显改善", "超过12%", "下降3%")]
    assert sorted(range(4), key=keys.__getitem__) == [3, 0, 2, 1]


@given(
    st.text("增长比上年累计达到分别、，。0123456789万亿元%百分之一二三从由至到()“”《》等的 \n", max_size=200),
    st.integers(0, 50),
)
def test_any_text_is_read_in_order_inside_one_line(text: str, stop: int) -> None:
    stop = min(stop, len(text))
    figures = figures_after(text, stop)
    at = stop
    for figure in figures:
        assert at <= figure.start < figure.stop <= len(text)
        assert text[figure.start : figure.stop] == figure.text
        at = figure.stop
    assert not figures or not set("。\n") & set(text[stop : figures[-1].stop])


@pytest.mark.parametrize(
    "piece", ["比上年", "增长", "分别达到", "累计", "、", "，", "的", "一", "1", "(", "“", "百分之", "1,000", "年"]
)
def test_no_text_makes_reading_slow(piece: str) -> None:
    began = perf_counter()
    for text in (piece * 200, piece * 40 + "5%", "5%" + piece * 60, f"{piece}5%" * 30):
        figures_after(text, 0)
    assert perf_counter() - began < 0.5


def searcher(folder: Path) -> Searcher:
    made = [
        report(
            "热线解决率达到86.52%，比上年提高2个百分点。解决率有待提高。\n  解决率：90%",
            url="http://a.example/1",
            year=2021,
        ),
        report("全年“解决率”　９１．５％以上！", url="http://b.example/1", year=2022),
        report("没有那个词，M2增长5%。", url="http://c.example/1", year=2022),
        report("𠮷庆街道解决率 70%。另一个解决率80%。", url="http://d.example/1", year=2020),
    ]
    return searcher_of(made, folder)


def test_each_figure_comes_with_its_sentence_as_published(tmp_path: Path) -> None:
    held = searcher(tmp_path)
    spots = held.counting.spots(understand(Question("“解决率”"), held))
    said = with_sentences(held.counting, spots, 100)
    assert {(each.report.year, each.sentence, tuple(figure.shown for figure in each.figures)) for each in said} == {
        (2021, "热线解决率达到86.52%，比上年提高2个百分点。", ("86.52%", "提高2个百分点")),
        (2021, "解决率：90%", ("90%",)),
        (2022, "全年“解决率”　９１．５％以上！", ("９１．５％以上",)),
        (2020, "𠮷庆街道解决率 70%。", ("70%",)),
        (2020, "另一个解决率80%。", ("80%",)),
    }
    for each in said:
        assert each.sentence[slice(*each.phrase)] == "解决率"
        assert each.report.text[each.start :].startswith(each.sentence)
        assert [each.sentence[slice(*mark)] for mark in each.marks] == [figure.text for figure in each.figures]
        assert held.core.ids[each.work] == each.report.id
    assert [each.spot for each in said] == with_figures(held.counting, spots)
    assert len(spots.works) == len(said) + 1


def test_no_more_sentences_are_fetched_than_asked_for(tmp_path: Path) -> None:
    held = searcher(tmp_path)
    spots = held.counting.spots(understand(Question("“解决率”"), held))
    assert [each.spot for each in with_sentences(held.counting, spots, 2)] == with_figures(held.counting, spots)[:2]
    assert with_sentences(held.counting, spots, 0) == ()


def test_sorting_reads_the_figure_that_is_shown(tmp_path: Path) -> None:
    held = searcher(tmp_path)
    spots = held.counting.spots(understand(Question("“解决率”"), held))
    sizes = {number: key[1] for number, key in enumerate(figure_keys(held.counting, spots)) if not key[0]}
    assert sizes == {each.spot: each.figures[0].size for each in with_sentences(held.counting, spots, 100)}
