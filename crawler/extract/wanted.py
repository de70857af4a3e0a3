"""Does a link's title announce an annual report of a kind wanted, and of which year?

The genre is what the title's own words name, by the rules that name a report's genre; what is merely about
reports (plans, notices to write them, readings, news, task lists, columns) is left. A title cut short counts by
its head: to look once too often costs a request, to pass a report over costs the report.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import date

from crawler.extract.clues import plain, tight
from crawler.extract.kinds import kind_by_title
from crawler.extract.years import announced_year
from crawler.sights import Wanted
from reports.report import Kind

_ANNUAL = frozenset((Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE, Kind.STATISTICS))
_CUT = re.compile(r"(?:…+|\.{2,}|。{2,})$")
_LABEL = re.compile(r"^[【\[](?!\d)[^】\]]{1,10}[】\]]|\.(?:pdf|docx?|s?html?)$", re.IGNORECASE)
# A notice that publishes a report encloses it; one that asks for reports does not.
_ENCLOSES = re.compile(r"关于(?:印发|发布|公布|公开|转发|下发)(.{4,80}?)的(?:通知|公告|公示|通告|函)$")
_ABOUT = re.compile(
    # asking, steering, judging
    r"征求|征集|征询|法治政府建设示范|示范[^区]|督导|督察(?!室|局)|督查(?!室|局)|考核|评估|整改|反馈|述职|述法|第一责任人|知识竞赛"
    r"|关于(?:做好|开展|报送|编制|加强|进一步|推进)[^》]{0,40}通知$"
    # readings
    r"|解读|读懂|图解(?!版)|一图|看懂|数说|划重点|问答|名词解释|用语说明|注释|热词|关键词|金句|样板|亮点|专栏"
    # news
    r"|召开|部署|听取|审议|热议|聚焦|收听|收看|反响|起草|座谈|调研|研讨|培训|推进会|发布会|会议研究|圆满"
    r"|^[^关于的]{2,12}作[^关于]{0,4}政府工作报告(?!.*(?:全文|实录))|关于政府工作报告的(?:决议|说明)"
    r"|政府工作报告.{0,12}(?:任务|分工|目标|指标|重点工作|落实情况)"
    # figures of other kinds
    r"|月报|季报|月份|季度|普查|统计年报|报表|决算|预算"
)
# What is to be done, unless the title also says what was done: 2022年…工作总结及2023年工作计划.
_AHEAD = re.compile(
    r"方案|纲要|规划(?!局|委|分局|和|与|国土|土地|自然|建设|管理)|要点|计划(?!生育)|任务|分工|重点工作|工作安排|责任清单|指标|办法|条例"
    r"|规定|制度|指南|目录|流程|领导小组"
)
_DONE = re.compile(r"年度?.{0,40}(?:法治政府|依法行政|法治建设|信息公开).{0,32}(?:报告|总结|情况|年报)")
# What a title still tells when its genre is called otherwise, or is cut off: (kind, whole title, cut title).
_HEADS = (
    (
        Kind.RULE_OF_LAW,
        re.compile(r"(?:法治政府(?:部门)?建设|依法行政|法治建设).{0,24}(?:报告|总结|情况|年报)"),
        re.compile(
            r"(?:法治政府(?:部门)?建设|依法行政)(?:(?:年度|工作|进展|有关|主要|的)?(?:年|工|情|报|总|汇|自)?)?$|法治政府(?:建)?$"
        ),
    ),
    (
        Kind.DISCLOSURE,
        re.compile(r"(?:信息|政务)公开.{0,14}(?:报告|年报)|信息公开(?:年度)?工作.{0,8}(?:情况|总结)|信息公开年度"),
        re.compile(r"信息公(?:开.{0,6})?$|信息公开.{0,6}年"),
    ),
    (Kind.STATISTICS, re.compile(r"统计公报|社会发展公报"), re.compile(r"国民经济(?:[和与]社会.{0,6})?$")),
    (Kind.WORK, re.compile(r"政府工作报告"), re.compile(r"政府工作(?:报)?$")),
)


def wanted(title: str, kinds: AbstractSet[Kind], *, published: date | None = None) -> Wanted | None:
    """The report a title announces, None where it is not of a kind wanted. `published`: the date beside the link."""
    name, is_cut = _name(title)
    kind = _kind(name, is_cut)
    return Wanted(kind, announced_year(name, kind, published)) if kind in kinds and kind else None


def unwanted_reason(title: str, kinds: AbstractSet[Kind]) -> str:
    """Why such a title is left, for the record of what was not fetched."""
    name, is_cut = _name(title)
    kind = _kind(name, is_cut)
    wished = "、".join(sorted(kinds)) or "none"
    about = _ABOUT.search(name) or _AHEAD.search(name)
    said = f"; it is {kind}" if kind else f"; it says {about[0]}" if about else ""
    return f"not an annual report of a kind wanted: {wished}{said}"


def _name(title: str) -> tuple[str, bool]:
    """The title in plain form, of an enclosing notice the report's; whether it is cut short."""
    name = _LABEL.sub("", _CUT.sub("", tight(plain(title))))
    is_cut = bool(_CUT.search(title.strip()))
    enclosed = _ENCLOSES.search(name)
    return (enclosed[1].strip("《》<>〈〉") if enclosed else name), is_cut


def _kind(name: str, is_cut: bool) -> Kind | None:
    if not _ABOUT.search(name) and (not _AHEAD.search(name) or _DONE.search(name)):
        for kind, whole, cut in _HEADS:
            if whole.search(name) or (is_cut and cut.search(name)):
                return kind
    named = kind_by_title(name)
    return None if named in _ANNUAL else named
