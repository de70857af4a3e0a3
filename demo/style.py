"""How one issuer writes, year after year: brackets, where headings stand, how problems are listed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from demo.draw import chance, one
from demo.places import Issuer

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
UNDATED = {("990321", 2021), ("990102", 2020), ("990302", 2023), ("tangpu-jd", 2022)}
TITLES = (
    "{地}{年}年法治政府建设年度报告",
    "{地}人民政府关于{年}年法治政府建设情况的报告",
    "{地}{年}年度法治政府建设工作情况报告",
    "{地}人民政府{年}年度法治政府建设情况报告",
    "关于{地}{年}年法治政府建设工作情况的报告",
    "{上}{地}{年}年法治政府建设年度报告",
)
OFFICE_TITLES = (
    "{地}{年}年法治政府建设年度报告",
    "{地}关于{年}年度法治政府建设情况的报告",
    "{地}{年}年度法治政府建设工作总结报告",
)
CHAPTERS = {
    "成效": (
        "{年}年推进法治政府建设的主要举措和成效",
        "主要工作举措及成效",
        "法治政府建设工作开展情况",
        "全年法治政府建设重点工作完成情况",
    ),
    "问题": ("存在的不足和原因", "推进法治政府建设存在的问题及原因分析", "存在的主要问题和短板"),
    "履职": (
        "主要负责人履行推进法治建设第一责任人职责情况",
        "党政主要负责人履行第一责任人职责，加强法治政府建设的有关情况",
        "第一责任人履职情况",
    ),
    "安排": ("{次}年工作安排", "下一年度推进法治政府建设的主要安排", "下一步工作打算"),
    "其他": ("其他需要报告的情况",),
}


@dataclass(frozen=True, slots=True)
class Style:
    """What stays the same in all reports of an issuer."""

    brackets: str
    run_in: bool
    listing: Literal["h2", "inline", "plain"]
    signed: bool
    leadership_first: bool

    def numbered(self, place: int) -> str:
        """(一) or （一）, counted from 0."""
        return f"{self.brackets[0]}{NUMERALS[place]}{self.brackets[1]}"


def style_of(issuer: Issuer) -> Style:
    """This issuer's own way of writing."""
    rng = chance("style", issuer.key)
    brackets = one(rng, ("()", "（）", "（）"))
    listings: tuple[Literal["h2", "inline", "plain"], ...] = ("h2", "inline", "plain")
    return Style(brackets, rng.random() < 0.2, one(rng, listings), rng.random() < 0.8, rng.random() < 0.3)


def title_of(issuer: Issuer, year: int) -> str:
    """The report's title: places change the form of it from year to year."""
    forms = TITLES if issuer.is_government else OFFICE_TITLES
    form = one(chance("title", issuer.key, year), forms)
    above = issuer.parent_name if issuer.code[4:] != "00" else ""
    return form.replace("{地}", issuer.name).replace("{年}", str(year)).replace("{上}", above)


def chapter(name: str, issuer: Issuer, year: int) -> str:
    """A 一、-level heading, without its number."""
    wording = one(chance("chapter", name, issuer.key, year), CHAPTERS[name])
    return wording.replace("{年}", str(year)).replace("{次}", str(year + 1))


def published_on(issuer: Issuer, year: int) -> dt.date | None:
    """The day it came out: mostly by the end of March of the next year, some late, a few unknown."""
    if (issuer.key, year) in UNDATED:
        return None
    rng = chance("published", issuer.key, year)
    start, days = ((1, 8), 80) if rng.random() < 0.85 else ((4, 2), 85)
    return dt.date(year + 1, *start) + dt.timedelta(days=int(days * rng.random()))


def signed_on(issuer: Issuer, published: dt.date) -> str:
    """The date line under the report, some days before it came out."""
    day = published - dt.timedelta(days=int(8 * chance("signed", issuer.key, published).random()))
    return f"{day.year}年{day.month}月{day.day}日"
