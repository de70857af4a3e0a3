"""Genre, body, issuer, number and title."""

from __future__ import annotations

import pytest
from hypothesis import given as over
from hypothesis import strategies

from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Metadata, Page
from reports.regions import load_regions
from reports.report import Body, Kind


def read(title: str | None, *paragraphs: str, info: tuple[tuple[str, str], ...] = ()) -> Metadata:
    page = Page(title, paragraphs or ("一、主要工作情况",), info=info)
    return read_metadata(page, url=None, given=Given(), regions=load_regions())


@pytest.mark.parametrize(
    ("title", "lead", "kind"),
    [
        ("某区2022年法治政府建设年度情况报告", "", Kind.RULE_OF_LAW),
        ("某局2012年依法行政工作总结", "", Kind.RULE_OF_LAW),
        ("某省法治政府建设实施方案（2021—2025年）", "", Kind.POLICY),
        ("2022年政府工作报告", "", Kind.WORK),
        ("关于印发2022年政府工作报告任务分工的通知", "", Kind.POLICY),
        ("某县人民政府工作规则", "", Kind.POLICY),
        ("关于报送2020年度政府信息公开工作年度报告的函", "", Kind.DISCLOSURE),
        ("关于做好2020年度政府信息公开工作年度报告编制工作的通知", "", Kind.POLICY),
        ("《某镇2023年政府信息公开工作年度报告》解读", "", Kind.EXPLAINER),
        ("某区2022年国民经济和社会发展统计公报", "", Kind.STATISTICS),
        ("某区社会发展", "初步核算，全年完成地区生产总值295.4亿元。", Kind.STATISTICS),
        ("某省某某条例", "", Kind.LAW),
        ("关于控制某某污染的通告", "某府令第121号 已经市人民政府常务会议审议通过", Kind.LAW),
        ("关于控制某某污染的通告", "各有关单位：", Kind.POLICY),
        ("2022年政府工作总结", "", Kind.OTHER),
        (None, "近日，名单出炉。据介绍，此次共有三个项目。", Kind.NEWS),
        ("某区破解加装电梯难", "记者在现场看到，居民正在签字。", Kind.NEWS),
        (None, "2023年，某区推进法治政府建设。现将有关情况报告如下：", Kind.RULE_OF_LAW),
        (None, "各位代表：现在，我代表县人民政府向大会报告工作，请予审议。", Kind.WORK),
    ],
)
def test_title_or_beginning_name_the_genre(title: str | None, lead: str, kind: Kind) -> None:
    assert read(title, lead or "一、主要工作情况").kind is kind


@pytest.mark.parametrize(
    ("title", "lead", "body"),
    [
        ("顺义区2022年法治政府建设年度情况报告", "", Body.GOVERNMENT),
        ("顺义区人民政府关于2022年法治政府建设情况的报告", "", Body.GOVERNMENT),
        ("顺义区司法局2022年法治政府建设年度情况报告", "", Body.DEPARTMENT),
        ("聊城市人民政府办公室2021年度法治政府建设工作报告", "", Body.DEPARTMENT),
        ("顺义区城市管理委员会2022年法治政府建设情况报告", "", Body.DEPARTMENT),
        ("2022年度法治政府建设情况报告", "2022年，我局认真履职。", Body.DEPARTMENT),
        ("2022年度法治政府建设情况报告", "2022年，我镇认真履职。", Body.TOWN),
        ("顺义区2022年法治政府建设情况报告", "文章来源：司法局", Body.GOVERNMENT),
        ("顺义区2022年法治政府建设情况报告", "统筹全局，全镇街推进，本办法施行以来", Body.GOVERNMENT),
        ("某某高新技术产业开发区管理委员会2022年法治政府建设情况报告", "", Body.OTHER),
        ("越城区东湖街道2023年政府信息公开年度报告", "", Body.TOWN),
        ("2022年某区国民经济和社会发展统计公报", "来源：区统计局", Body.GOVERNMENT),
        ("国务院办公厅关于印发某某方案的通知", "", Body.GOVERNMENT),
        ("北京市财政局关于印发某某办法的通知", "", Body.DEPARTMENT),
        ("最高人民法院关于适用若干问题的解释", "", Body.OTHER),
    ],
)
def test_the_body_is_whose_work_it_accounts_for(title: str, lead: str, body: Body) -> None:
    assert read(title, lead or "一、主要工作情况").body is body


@pytest.mark.parametrize(
    ("title", "paragraphs", "issuer"),
    [
        ("北京市政务服务管理局关于2021年法治政府建设年度情况的报告", (), "北京市政务服务管理局"),
        ("聊城市人民政府办公室2021年度法治政府建设工作报告", (), "聊城市人民政府办公室"),
        ("2019年陇县人民政府工作报告(全文)", (), "陇县人民政府"),
        ("2021年工作总结", ("正文。", "沅陵县财政局", "2022年1月8日"), "沅陵县财政局"),
        ("2021年工作总结", ("正文。", "国 家 能 源 局", "2022年1月8日"), "国家能源局"),
        ("2021年工作总结", ("来源：人民日报 发布时间：2022-01-08",), None),
        ("顺义区2021年法治政府建设情况报告", (), None),
    ],
)
def test_the_issuer_is_who_signs(title: str, paragraphs: tuple[str, ...], issuer: str | None) -> None:
    assert read(title, *paragraphs).issuer == issuer


def test_the_issuer_on_the_label_comes_first() -> None:
    said = read("财政局关于某事的通知", info=(("发文机关", "沅陵县人民政府"), ("发文字号", "沅政发〔2022〕7号")))
    assert (said.issuer, said.doc_no) == ("沅陵县人民政府", "沅政发〔2022〕7号")


def test_a_news_site_is_no_issuer() -> None:
    assert read("某区破解加装电梯难", info=(("发文机关", "某某政务网"),)).issuer is None


@pytest.mark.parametrize(
    ("lead", "doc_no"),
    [
        ("国发〔2019〕5号", "国发〔2019〕5号"),
        ("索引号 1162 发文字号 金政发〔2025〕33号 成文日期 2025-06-13", "金政发〔2025〕33号"),
        ("根据《实施纲要》(中发[2015]36号)精神，现将有关情况报告如下。", None),
    ],
)
def test_a_number_the_text_only_cites_is_not_its_own(lead: str, doc_no: str | None) -> None:
    assert read("关于某事的通知", lead).doc_no == doc_no


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (("2023年，順義區推進法治政府建設。現將有關情況報告如下：",), "顺义区2023年法治政府建设年度情况报告"),
        (("近日，名单出炉。据介绍，此次共有三个项目。",), "近日，名单出炉"),
        (("2023年" + "一" * 60,), "2023年" + "一" * 34 + "…"),
    ],
)
def test_a_lost_title_is_composed_and_says_so(paragraphs: tuple[str, ...], title: str) -> None:
    said = read(None, *paragraphs)
    assert (said.title, said.title_inferred) == (title, True)


@over(strategies.lists(strategies.text(min_size=1), min_size=1), strategies.none() | strategies.text(min_size=1))
def test_any_page_has_metadata_with_a_title(paragraphs: list[str], title: str | None) -> None:
    said = read(title, *paragraphs)
    assert said.title_inferred == (title is None)


def test_monstrous_lines_are_read_in_time() -> None:
    said = read("顺义区2022年法治政府建设情况报告" + "市" * 200_000, "年局区" * 200_000, "2022年1月" * 50_000)
    assert said.region_code == "110113"
