"""Who issued a report, and its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.extract.clues import Clues, plain, tight, unread
from crawler.extract.dates import dates_in
from crawler.extract.page import Page

_ORGAN = (
    r"(?:人民政府(?:办公[厅室])?|政府办公[厅室]|街道办事处|(?<!工作)委员会|办公[厅室]|(?:总|管理)?局|厅|总署|审计署"
    r"|国务院|法院|检察院|人大常委会|(?<![市区县省党中工])委|中心|(?<=[\u4e00-\u9fff]{2})部|管委会|总队|支队|大队)"
)
_AFTER_ISSUER = (
    r"(?=关于|\d{4}年|[一二][○〇零一二三四五六七八九]{3}年|工作(?:报告|规则|总结)|印发|法治政府|政府信息公开|公告|令)"
)
# A year or a bracketed province before the name: 2019年陇县人民政府工作报告, (广西)2021年马山县….
_BEFORE = r"^[《〈]?(?:[(（][^)）]{2,8}[)）])?(?:\d{4}年度?)?"
_IN_TITLE = re.compile(rf"{_BEFORE}(?P<who>[^《》,，。:：\d]{{1,60}}?{_ORGAN}){_AFTER_ISSUER}")
_LABELS = re.compile(r"^(?:发文机关|发文单位|发布机构|发布机关|发布单位|制发单位|制发机关|公开机构|印发机关)$")
_SOURCES = re.compile(r"^(?:信息来源|文章来源|稿件来源|来源|contentsource)$")
_SOURCE_LINE = re.compile(r"(?:信息|文章|稿件)?来源\s*:\s*([^\s:]{4,40})")
_FULL_ORGAN = re.compile(rf"[^。,，;；:：|]{{2,40}}?{_ORGAN}")
_NO_ISSUER = re.compile(r"[。,，;；:：\d]|日报|新闻|网$|记者|^(?:各|本|我|根据|为了)")
_MEDIUM = re.compile(r"(?:网|报|社|时讯|电视台|融媒体中心)\s*$")
_TITLE_CHARS = 300
_SIGNER_CHARS = 40
_DAY_CHARS = 24
_CONGRESS = re.compile(
    r"日?\s*(?P<who>[^\s\d,，。《》第]{2,20}?)第?[一二三四五六七八九十百零\d]+届"
    r"(?P<organ>人民代表大?会(?:常务委员会)?|人大(?:常委会)?)"
)
_NATIONAL_CONGRESS = re.compile(r"第[一二三四五六七八九十\d]+届(全国人民代表大会(?:常务委员会)?)")

_NUMBER = r"[\u4e00-\u9fff]{1,12}\s*[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*\d{1,5}\s*号"
_ORDER = r"[\u4e00-\u9fff]{1,14}令\s*第?\s*[\d一二三四五六七八九十〇○]{1,5}\s*号"
_NUMBER_LABEL = re.compile(r"^(?:发文字号|文件编号|文号|发文文号|字号)$")
_LABELLED_NUMBER = re.compile(rf"(?:发文字号|文件编号|文号|字号)\s*[】\]]?\s*:?\s*({_NUMBER})")
_BARE_NUMBER = re.compile(rf"^[(（]?({_NUMBER}|{_ORDER})[)）]?(?=\s|$)")
_MADE_IN = re.compile(r"[〔\[（(【]\s*((?:19|20)\d\d)\s*[〕\]）)】]")


def issuer_of(page: Page, title: str | None) -> str | None:
    """The issuer's name as published: from the label, the title or the signature, in this order."""
    return next(_issuers(page, title), None)


def source_of(page: Page, clues: Clues) -> str | None:
    """The public body a page names as its source; it may only have passed the report on."""
    labelled = [value.strip() for label, value in (*page.info, *page.meta) if _SOURCES.match(plain(label))]
    lines = (found[1] for line in (*clues.around, *clues.head[:3]) for found in _SOURCE_LINE.finditer(line))
    return next(_organs([*labelled, *lines]), None)


def issuer_in_title(title: str) -> str | None:
    """The body a title begins with: 北京市政务服务管理局关于….

    Positions in the plain form are those of the title without readings and spaces.
    """
    shown = tight(unread(title[:_TITLE_CHARS]))
    found = _IN_TITLE.search(plain(shown))
    return shown[found.start("who") : found.end("who")] if found else None


def maker_of_law(clues: Clues) -> str | None:
    """The congress that passed a law, by the note under its title; the one that approved it comes after."""
    for line in clues.head:
        if found := _NATIONAL_CONGRESS.search(line):
            return found[1]
        if found := _CONGRESS.search(line):
            return found["who"] + found["organ"]
    return None


def doc_no_of(clues: Clues) -> str | None:
    """The document number, without white space: 金政发〔2025〕33号; not one the text refers to."""
    for label, value in clues.labels:
        if _NUMBER_LABEL.match(label) and re.search(r"\d", value):
            return tight(value)
    for line in (*clues.around, *clues.head[:8]):
        if found := _LABELLED_NUMBER.search(line) or _BARE_NUMBER.match(line):
            return tight(found[1])
    return None


def year_of_number(doc_no: str | None) -> int | None:
    """The year a document number carries."""
    found = _MADE_IN.search(doc_no or "")
    return int(found[1]) if found else None


def _issuers(page: Page, title: str | None) -> Iterator[str]:
    for label, value in page.info:
        if _LABELS.match(plain(label)) and value.strip() and not _MEDIUM.search(plain(value)):
            yield value.strip()
    if title and (named := issuer_in_title(title)):
        yield named
    yield from _signers(page)


def _signers(page: Page) -> Iterator[str]:
    """The line before a line that is a day, or the name before the day that ends the text."""
    before = ""
    for paragraph in page.paragraphs:
        line = paragraph.strip(" ()（）\u3000\xa0")
        if len(line) <= _DAY_CHARS and line.endswith("日") and dates_in(plain(line)):
            yield from _organs((before,))
        before = line
    days = dates_in(plain(before[-_SIGNER_CHARS:]))
    if days and before.endswith("日"):
        yield from _organs(before.split()[-2:-1])


def _organs(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        form = plain(name)
        if len(name) <= _SIGNER_CHARS and not _NO_ISSUER.search(form) and _FULL_ORGAN.fullmatch(form):
            # 国 家 能 源 局 is one name spaced out; 财政部 税务总局 are two.
            yield tight(name) if max(map(len, name.split())) == 1 else name
