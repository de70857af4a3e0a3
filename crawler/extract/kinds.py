"""Which genre a report belongs to, by its title, else by how it begins."""

from __future__ import annotations

import re

from crawler.extract.clues import Clues
from reports.report import Kind

_ABOUT_WORK = r"分工|编制|做好|开展.{0,12}工作的通知|报送.{0,12}通知|任务|征求意见|督查"
# In order: the first that is found in the title names the genre.
_NOTE = r"(?:[一二三四五六七八九十]+|[(（].*[)）])*$"
_BY_TITLE = (
    (Kind.EXPLAINER, r"解读$|^(?:一图)?(?:读懂|解读)|(?:政策|图文|文字|视频)解读|问答$"),
    (Kind.POLICY, rf"(?:报告|年报).{{0,30}}(?:{_ABOUT_WORK})|(?:{_ABOUT_WORK}).{{0,30}}(?:报告|年报).{{0,8}}通知$"),
    (
        Kind.RULE_OF_LAW,
        r"(?:法治政府建设|依法行政|法治建设).{0,16}(?:报告|总结|情况|年报)(?!.{0,10}(?:方案|规划|纲要|通知$))",
    ),
    (Kind.DISCLOSURE, r"(?:信息|政务)公开.{0,12}(?:年度|工作)?(?:报告|年报)"),
    (Kind.STATISTICS, r"统计公报|社会发展公报"),
    (Kind.WORK, r"政府工作报告"),
    (
        Kind.POLICY,
        r"(?:通知|意见|方案|规划|纲要|规则|批复|函|要点|计划|措施|公告|通告|通报|细则|办法|制度|答复)(?:[(（].*[)）])?$",
    ),
    (Kind.LAW, rf"(?:条例|法|规定|宪法|修正案|典|决定|决议|解释|规程|守则|命令){_NOTE}"),
)
_TITLES = tuple((kind, re.compile(pattern)) for kind, pattern in _BY_TITLE)
# Rules issued by order (令) are law (立法法 art. 93-96), whatever their title calls them.
_BY_ORDER = re.compile(r"[府院部会局署]令\s*(?:第?\s*[\d一二三四五六七八九十〇○]+\s*号|[〔\[(（])")
_PASSED = re.compile(r"(?:人民代表大会(?:常务委员会)?|审判委员会|检察委员会)[^。\n]{0,24}(?:通过|批准)")
_PROMULGATED = re.compile(r"^[(（]?\d{4}年\d+月\d+日[^。\n]{2,60}(?:发布|公布|批准|通过|修订|修正)")
_FIRST_ARTICLE = re.compile(r"^第一[章条编]")
_JUDICIAL = re.compile(r"^最高人民(?:法院|检察院)")
_NEWS = re.compile(
    r"^(?:近日|日前|昨日|今日|本报讯|.{0,12}(?:新华社|记者))|据悉|据介绍|据[^，,。]{0,40}介绍[,，]|记者(?:在|从|了解|获悉|走进|看到)"
)
_NEWS_COLUMN = re.compile(r"要闻|新闻|动态|资讯|快讯|时讯|媒体")
_REPORTS = re.compile(r"报告如下|汇报如下|总结如下")
_BEGINNINGS = (
    (Kind.RULE_OF_LAW, re.compile(r"法治政府建设|依法行政")),
    (Kind.DISCLOSURE, re.compile(r"信息公开条例|政府信息公开")),
)
_STATISTICS = re.compile(r"初步核算.{0,20}(?:生产总值|GDP)|(?:生产总值|GDP).{0,40}比上年增长")
_DELIVERED = re.compile(r"(?:人民政府|国务院)[^。]{0,12}(?:报告|作)政府工作|向大会(?:报告|作)|作政府工作报告")


def kind_of(clues: Clues) -> Kind:
    """The genre; 其他 where nothing tells."""
    named = kind_by_title(clues.title) if clues.title else None
    if named in (Kind.POLICY, Kind.LAW, None) and _is_law(clues, named):
        return Kind.LAW
    return named or _by_beginning(clues)


def kind_by_title(title: str) -> Kind | None:
    """The genre a title names; in plain form, without white space (`clues.plain`, `clues.tight`)."""
    return next((kind for kind, pattern in _TITLES if pattern.search(title)), None)


def _is_law(clues: Clues, named: Kind | None) -> bool:
    opening = "\n".join((*clues.head[:4], *(value for _, value in clues.labels)))
    if named is Kind.LAW or _BY_ORDER.search(opening) or _PASSED.search(opening) or _JUDICIAL.search(clues.title):
        return True
    promulgated = any(_PROMULGATED.search(line) for line in clues.head[:4])
    return promulgated and any(_FIRST_ARTICLE.search(line) for line in clues.opening[:12])


def _by_beginning(clues: Clues) -> Kind:
    lead = clues.lead
    if _STATISTICS.search(lead):
        return Kind.STATISTICS
    if clues.title:
        return Kind.NEWS if _NEWS.search(lead) or _is_news_column(clues) else Kind.OTHER
    if _REPORTS.search(lead):
        for kind, subject in _BEGINNINGS:
            if subject.search(lead):
                return kind
    if _DELIVERED.search(lead):
        return Kind.WORK
    return Kind.NEWS if _NEWS.search(lead) else Kind.OTHER


def _is_news_column(clues: Clues) -> bool:
    return any(label == "columnname" and _NEWS_COLUMN.search(value) for label, value in clues.labels)
