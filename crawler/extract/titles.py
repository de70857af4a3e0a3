"""The published title of a page or a text; None where none survived."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.lines import Line, Outline
from crawler.extract.wrap import ends_sentence, stands_alone

_MOST_CHARS = 120
_MOST_LINES = 5
_LINE_CHARS = 60
_GENRES = (
    "报告|公报|通知|通告|公告|意见|办法|条例|规定|规则|方案|决定|决议|规划|纲要|细则|计划|要点|批复|复函|函|答复|令|总结|情况|解读|"
    "说明|法|章程|标准|目录|清单|指南|制度|措施|讲话|建议|预案|命令|宣言|办法草案|议案|白皮书|汇编|摘要|指标|年报|要求|名单|机制|解释"
)
_NOTE = r"(?:[（(〔【][^）)〕】]{1,30}[）)〕】])*"
_GENRE_END = re.compile(
    rf"(?:{_GENRES}|報告|公報|意見|辦法|條例|規定|規則|決定|決議|規劃|綱要|細則|計劃|要點|批復|總結|情況|解讀){_NOTE}$"
)
_NOT_TITLE = re.compile(
    r"[。；;]|^\d{4}年.*(?:通过|施行|修正|修订|批准|公布|会议上)$|^(?:各位|各[^，]{1,20}[:：]$|第.{1,4}[章节条])|[:：,，]$"
)
_CONTINUES = re.compile(r"^(?:的|和|与|及|暨|等|《|（试行|（暂行|（草案|\(试行)")
# 关于…制度 is half a title: what it is about ends in 的 and a genre.
_ASKS_MORE = re.compile(r"^[^的]*关于[^的]*$|(?:印发|转发|批转|颁发|发布|公布)[《〈]?[^》]*$")
_DOC_NO = re.compile(r"^[^，。]{0,20}[〔\[（(]\d{4}[〕\])）].{0,3}\d+号$|^第?\d+号$")
_SPACES = re.compile(r"[\s\u3000]+")
_SUFFIX = re.compile(r"\s*(?:[-_|—–－丨>＞·]{1,2}|\s-\s)\s*([^-_|—–－丨>＞]{2,40})$")
_SITE = re.compile("网|门户|政府|委员会|中国|[厅局部委办区县市省](?:$|信息公开)|公开|专栏|频道|首页|新闻")
_STAMP = re.compile(r"(?<=[\u4e00-\u9fff》）)])\s*\d{4}-\d{2}-\d{2}$")
_TITLE_MARKS = (
    ".article_title .article-title .articleTitle .arti_title .title_con .con_title .con-title .content_title .bt .tit"
    " .title #title #ArticleTitle .news_title .xl_title .detail_title .zw_title .wz_title .main_title ucaptitle"
)
_BLOCKS = frozenset(_TITLE_MARKS.split())


def page_title(page: Outline, info: Sequence[tuple[str, str]]) -> str | None:
    """The title a page gives itself: <meta> ArticleTitle, the 标题 of its table, a heading, <title>."""
    site = dict(page.meta).get("sitename", "")
    named = [value for name, value in page.meta if name == "articletitle"]
    named += [value for label, value in info if label in ("标题", "標題")]
    headings = [_span_text(page, e.start, e.stop) for e in page.elements if e.name == "h1" or _BLOCKS & set(e.marks)]
    for text in (*named, *headings, without_site(page.head_title, site)):
        title = _tidy(text)
        if 4 <= len(title) <= _MOST_CHARS and not title.endswith(("。", "：")):
            return title
    return None


def without_site(title: str, site: str = "") -> str:
    """A <title> without the names of the site and its columns after it.

    >>> without_site("关于印发规划的通知_某某市人民政府门户网站")
    '关于印发规划的通知'
    """
    while (suffix := _SUFFIX.search(title)) and (suffix[1] == site or _SITE.search(suffix[1])):
        title = title[: suffix.start()]
    prefix, bar, rest = title.partition("|")
    if bar and (prefix.strip() == site or _SITE.search(prefix)) and rest.strip():
        title = rest
    title = title.strip()
    return title[1:-1] if title.startswith("【") and title.endswith("】") else title


def title_lines(lines: Sequence[Line], known: str | None = None) -> int:
    """How many lines at the beginning of a text are its title; 0 where it begins without one.

    `known`: a title that is known already, as the page's <meta> gives it.
    """
    if known and (count := spelling(lines, known)):
        return count
    joined = ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        if not _may_belong(line.text):
            return 0
        joined += line.text
        if len(joined) > _MOST_CHARS:
            return 0
        if _GENRE_END.search(joined) and _is_whole(joined, lines[count].text if count < len(lines) else ""):
            return count
    return 0


def spelling(lines: Sequence[Line], title: str) -> int:
    """How many of the first lines, joined, are exactly a title; 0 where they are not."""
    title, joined = _SPACES.sub("", title), ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        joined += _SPACES.sub("", line.text)
        if joined == title:
            return count
        if not title.startswith(joined):
            return 0
    return 0


def _may_belong(text: str) -> bool:
    if len(text) > _MOST_CHARS or _NOT_TITLE.search(text) or stands_alone(text) or _DOC_NO.match(text):
        return False
    return not ends_sentence(text)


def _is_whole(title: str, following: str) -> bool:
    if title.count("《") > title.count("》") or _CONTINUES.match(following):
        return False
    asks_more = _ASKS_MORE.search(title) and not title.endswith(("通知", "公告", "令", "意见", "决定"))
    return not (asks_more and _may_belong(following) and len(following) <= _LINE_CHARS)


def _span_text(page: Outline, start: int, stop: int) -> str:
    return "".join(line.text for line in page.lines[start:stop]) if stop - start <= 4 else ""


def _tidy(text: str) -> str:
    return _STAMP.sub("", re.sub(r"\s+", " ", text)).strip(" \u3000")
