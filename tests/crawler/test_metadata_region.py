"""Whom a report is about: what each kind of evidence says, and that doubt stays doubt."""

from __future__ import annotations

import pytest

from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Metadata, Page
from reports.regions import load_regions


def read(
    title: str | None = None,
    *paragraphs: str,
    url: str | None = None,
    given: Given | None = None,
    chrome: tuple[str, ...] = (),
    meta: tuple[tuple[str, str], ...] = (),
    info: tuple[tuple[str, str], ...] = (),
) -> Metadata:
    page = Page(title, paragraphs or ("一、主要工作情况",), chrome=chrome, meta=meta, info=info)
    return read_metadata(page, url=url, given=given or Given(), regions=load_regions())


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("顺义区2022年法治政府建设年度情况报告", "110113"),
        ("北京市顺义区人民政府关于2022年法治政府建设情况的报告", "110113"),
        ("关于江苏省南京市鼓楼区2022年法治政府建设情况的报告", "320106"),
        ("(广西)2021年马山县人民政府工作报告(全文)", "450124"),
        ("2022年度法治政府建设情况报告（顺义区）", "110113"),
        ("一图读懂顺义区政府工作报告", "110113"),
        ("江苏2022年政府信息公开工作年度报告", "320000"),
        ("海南2022年国民经济和社会发展统计公报", "460000"),
        ("吉林市2021年政府信息公开工作年度报告", "220200"),
        ("恩施州2021年政府信息公开工作年度报告", "422800"),
        ("朝阳县2020年法治政府建设工作总结", "211321"),
        ("陇县2021年政府信息公开工作年度报告", "610327"),
        ("張灣區(qū)2022年國(guó)民經(jīng)濟(jì)和社會(huì)發(fā)展統(tǒng)計(jì)公報(bào)", "420303"),
        ("南京市玄武区、鼓楼区关于2022年法治政府建设情况的报告", "320100"),
        ("崇文区2009年政府信息公开年度报告", "110103"),
        ("市南区人民政府2022年法治政府建设情况报告", "370202"),
    ],
)
def test_the_title_names_the_division(title: str, code: str) -> None:
    assert read(title).region_code == code


@pytest.mark.parametrize(
    "title",
    [
        "国务院关于上海市城市总体规划的批复",
        "国务院办公厅关于印发某某工作方案的通知",
        "最高人民法院关于适用若干问题的解释",
        "财政部 税务总局关于某某税收政策的公告",
        "2019年中华人民共和国国务院政府工作报告",
        "中华人民共和国香港特别行政区驻军法",
    ],
)
def test_bodies_of_the_whole_country_stand_for_it(title: str) -> None:
    assert read(title).region_code == "000000"


def test_the_branch_of_a_national_body_is_its_provinces() -> None:
    assert read("国家税务总局北京市税务局2022年政府信息公开工作年度报告").region_code == "110000"


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("鼓楼区2022年法治政府建设年度情况报告", "2022年，鼓楼区坚持依法行政。"),
        ("2023年度法治政府建设情况报告", "2023年，我市深入推进依法行政，现将有关情况报告如下。"),
        ("城关镇2021年政府信息公开工作年度报告", "本报告由城关镇人民政府编制。"),
        ("朝阳2020年法治政府建设工作总结", "一年来，朝阳各级各部门认真履职。"),
        ("2021年政府信息公开工作年度报告", "根据《江苏省某某条例》的要求，编制本报告。"),
        ("2022年度法治政府建设情况报告", "2022年，在北京市的领导下，我区认真推进依法行政，全区各单位履职尽责。"),
        ("资源合作和平2022年工作总结", "各地平安建设、公安工作、民主法治不断推进，致富县、创新县、发达县涌现。"),
        ("政府工作报告", "省、市和县人民政府各部门，主城区、开发区、各县市区，全市场监管。"),
        ("某甲公司诉南京市某局行政处罚一案", "南京市某局作出处罚决定。"),
        ("北京大学2022年信息公开年度报告", "学校高度重视信息公开。"),
    ],
)
def test_what_names_no_one_division_stays_unknown(title: str, lead: str) -> None:
    assert read(title, lead).region_code is None


@pytest.mark.parametrize(
    ("lead", "code"),
    [
        ("——2018年12月25日在沅陵县第十七届人民代表大会第三次会议上", "431222"),
        ("2022年，顺义区坚持依法行政，全区上下履职尽责。现将有关情况报告如下。", "110113"),
        ("2022年，和县坚持依法行政。", "340523"),
        ("近日，北京市海淀区、西城区、朝阳区和平谷区被命名为示范区。", "110000"),
        ("苏州·吴中欢迎您！您当前所在位置：首页", "320506"),
        ("新吴经济社会发展取得的每一项成绩，凝聚着新吴人民的智慧。", "320214"),
    ],
)
def test_the_lead_names_the_division(lead: str, code: str) -> None:
    assert read("2022年工作总结", lead).region_code == code


@pytest.mark.parametrize(
    "near",
    [
        {"chrome": ("来源：南京市鼓楼区人民政府",)},
        {"chrome": ("网站标识码：3201060001 苏ICP备00000000号",)},
        {"meta": (("siteidcode", "3201060001"),)},
        {"meta": (("sitename", "南京市鼓楼区人民政府"),)},
        {"info": (("索引号", "320106000/2023-00012"),)},
    ],
)
def test_weaker_evidence_chooses_between_namesakes(near: dict[str, object]) -> None:
    assert read("鼓楼区2022年法治政府建设年度情况报告", **near).region_code == "320106"  # type: ignore[arg-type]


def test_a_citys_host_chooses_too() -> None:
    url = "http://www.kaifeng.gov.cn/a/1.html"
    assert read("鼓楼区2022年法治政府建设年度情况报告", url=url).region_code == "410204"


@pytest.mark.parametrize(
    ("near", "code"),
    [
        ({"url": "https://www.panji.gov.cn/zjpj/index.html"}, "340406"),
        ({"url": "https://www.fakepanji.com/zjpj/index.html"}, None),
        ({"url": "https://taizhou.gov.cn/"}, None),
        ({"chrome": ("网站标识码：bm12000008",)}, "000000"),
        ({"chrome": ("主办单位：沅陵县人民政府办公室",)}, "431222"),
        ({"info": (("索引号", "11620300013909010R/2025-48086"),)}, "620300"),
        ({"info": (("发文机关", "沅陵县人民政府"),)}, "431222"),
        ({"given": Given(region_code="110113"), "url": "https://www.panji.gov.cn/"}, "110113"),
    ],
)
def test_a_page_that_names_nothing_takes_its_sites_division(near: dict[str, object], code: str | None) -> None:
    assert read("2022年工作总结", **near).region_code == code  # type: ignore[arg-type]


def test_a_report_on_anothers_site_is_whom_it_is_about() -> None:
    url = "https://yongchang.gov.cn/zfxxgk/a.html"
    assert read("金昌市人民政府关于印发实施方案的通知", url=url).region_code == "620300"


@pytest.mark.parametrize(
    ("title", "code", "place"),
    [
        ("越城区东湖街道2023年政府信息公开年度报告", "330602", "东湖街道"),
        ("北京市西城区人民政府广安门内街道办事处2020年法治政府建设年度情况报告", "110102", "广安门内街道"),
        ("《莘县王庄集镇人民政府2023年政府信息公开工作年度报告》解读", "371522", "王庄集镇"),
        ("沅陵县2023年法治政府建设情况报告", "431222", None),
        ("沅陵县关于推进乡镇街道2023年法治政府建设情况的报告", "431222", None),
    ],
)
def test_streets_and_towns_are_places_in_a_division(title: str, code: str, place: str | None) -> None:
    said = read(title)
    assert (said.region_code, said.place) == (code, place)
