"""Years and dates: which are the report's, and which only stand near it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as over
from hypothesis import strategies

from crawler.extract.dates import date_in_address, dates_in
from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Metadata, Page
from reports.regions import load_regions


def read(title: str | None, *paragraphs: str, url: str | None = None, given: Given | None = None) -> Metadata:
    page = Page(title, paragraphs or ("一、主要工作情况",))
    return read_metadata(page, url=url, given=given or Given(), regions=load_regions())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("二○○一年十二月三十日", [date(2001, 12, 30)]),
        ("二〇二一年十月十日", [date(2021, 10, 10)]),
        ("2021/03/29 11:30", [date(2021, 3, 29)]),
        ("2021.03.03，2021-3-4", [date(2021, 3, 3), date(2021, 3, 4)]),
        ("今天是：2019年10月31日 星期四", []),
        ("2021年2月30日", []),
        ("2021年13月1日", []),
        ("2100年1月1日，1912年1月1日", []),
        ("电话12021-03-041", []),
    ],
)
def test_dates_are_read_in_every_spelling(text: str, days: list[date]) -> None:
    assert [dated.date for dated in dates_in(text)] == days


@over(strategies.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_every_date_of_the_republic_is_read_back(day: date) -> None:
    assert [dated.date for dated in dates_in(f"于{day.year}年{day.month}月{day.day}日印发")] == [day]


@over(strategies.text())
def test_reading_dates_never_fails(text: str) -> None:
    assert all(text[dated.start : dated.stop] for dated in dates_in(text))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.example.gov.cn/art/2024/1/22/art_1.html", date(2024, 1, 22)),
        ("http://www.example.gov.cn/zwgk/202103/t20210329_53.html", date(2021, 3, 29)),
        ("https://www.example.gov.cn/nw1/20230331/4a03.html", date(2023, 3, 31)),
        ("http://paper.example.cn/rb/html/2022-09/12/content_3.htm", date(2022, 9, 12)),
        ("http://www.example.com/zwgk/202103/t20210329_53.html", None),
        ("https://www.example.gov.cn/zwgk/202103/99999999.html", None),
    ],
)
def test_only_government_sites_and_newspapers_date_by_address(url: str, day: date | None) -> None:
    assert date_in_address(url) == day


@pytest.mark.parametrize(
    ("title", "lead", "year", "where", "covers"),
    [
        ("某区2022年法治政府建设年度报告", "", 2022, "title", 2022),
        ("二〇二一年度政府信息公开工作年度报告", "", 2021, "title", 2021),
        ("法治政府建设年度报告", "2022年，我区坚持依法行政。", 2022, "lead", 2022),
        ("法治政府建设年度报告", "按照《法治政府建设实施纲要（2021—2025年）》要求，2022年我区…", 2022, "lead", 2022),
        ("法治政府建设工作情况报告", "发布时间：2023-02-11 我区坚持依法行政。", 2022, "date", 2022),
        ("法治政府建设工作情况报告", "发布时间：2023-08-11 我区坚持依法行政。", None, None, None),
        ("关于2021年法治政府建设情况和2022年工作安排的报告", "", 2021, "title", 2021),
        ("2019年某县人民政府工作报告", "——在某县人民代表大会会议上 县长（2020年1月8日）", 2019, "title", 2019),
        ("政府工作报告", "2018年12月25日在某县第十七届人民代表大会第三次会议上", 2019, "session", 2018),
        ("政府工作报告", "2019年3月2日在某县第十七届人民代表大会第四次会议上", 2019, "session", 2018),
        ("政府工作报告（2021年1月20日）", "各位代表：", 2021, "session", 2020),
        ("政府工作报告（第3页）", "各位代表，走过不平凡的2022年，我们深知不易。", 2023, "covers", 2022),
        ("关于印发实施方案（2021—2025年）的通知", "成文日期：2021-12-31", 2021, "date", None),
        ("关于印发实施方案（2021—2025年）的通知", "某政发〔2022〕7号", 2022, "date", None),
        ("实施方案（2021—2025年）", "各市、县人民政府", None, None, None),
        ("2022年重点工作要点", "各市、县人民政府", 2022, "title", None),
    ],
)
def test_each_genre_is_named_by_its_year(
    title: str, lead: str, year: int | None, where: str | None, covers: int | None
) -> None:
    said = read(title, lead or "一、主要工作情况")
    assert (said.year, said.year_from, said.covers) == (year, where, covers)


def test_a_given_year_is_believed() -> None:
    said = read("某区2022年法治政府建设年度报告", given=Given(year=2021))
    assert (said.year, said.year_from) == (2021, "given")


@pytest.mark.parametrize(
    ("title", "paragraphs", "day"),
    [
        ("关于某事的通知", ("成文日期 2025-06-13 发布日期 2025-06-30", "各单位："), date(2025, 6, 13)),
        ("关于某事的通知", ("发布时间：2025-06-30", "各单位：", "某市人民政府", "2025年6月13日"), date(2025, 6, 13)),
        (
            "关于印发方案的通知",
            ("各单位：", "某市人民政府", "2025年6月13日", "方案", "一、总则", "共三条。"),
            date(2025, 6, 13),
        ),
        ("某区2020年法治政府建设报告", ("今天是：2019年10月31日 更新时间：2021/03/29 11:30:01",), date(2021, 3, 29)),
        (
            "政府工作报告",
            ("发布时间：2021-06-08", "——2021年4月27日在某县第十届人民代表大会第五次会议上"),
            date(2021, 4, 27),
        ),
        (
            "某某条例",
            ("2011年5月1日 某省人民代表大会常务委员会通过", "2018年1月23日 修正", "2018年6月1日 施行"),
            date(2018, 1, 23),
        ),
        ("某区2020年法治政府建设报告", ("截至2020年12月31日，全部完成。",), None),
        (
            "某区2020年法治政府建设报告",
            ("一、", "（此件公开发布）", "某区人民政府", "2021年2月8日", "（联系人：甲）"),
            date(2021, 2, 8),
        ),
    ],
)
def test_the_date_of_making_outranks_that_of_publishing(
    title: str, paragraphs: tuple[str, ...], day: date | None
) -> None:
    assert read(title, *paragraphs).published == day
