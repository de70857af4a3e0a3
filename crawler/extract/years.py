"""The year a report is named by, the year it reviews, and where the former was read.

法治政府, 信息公开 and 统计公报 are named by the year reported on: the title's, else the one the
lead names. A 政府工作报告 by its title, else by the congress it was delivered to (those of November
and December look to the year after). Everything else by the year it was made. A span (2021—2025年)
is no report's year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain

from crawler.extract.clues import Clues
from crawler.extract.dates import dates_in, han_year
from crawler.extract.issuers import year_of_number
from crawler.extract.published import session_date
from reports.report import Kind

ANNUAL = frozenset((Kind.RULE_OF_LAW, Kind.DISCLOSURE, Kind.STATISTICS))
_SPAN = re.compile(r"(?:19|20)\d\d年?\s*(?:[-—–－~～]+|至|到)\s*(?:19|20)?\d\d年?")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*年(?!\s*\d{1,2}\s*月)"
    r"|((?:一九|二[〇○零ＯO])[〇○零ＯO一二三四五六七八九]{2})年(?![一二三四五六七八九十]{1,3}月)"
)
_LONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d|年|[-/.]\d)")
_CITED = re.compile(r"《[^》]*》|[(（\[〔][^)）\]〕]*[)）\]〕]")
_REVIEW = re.compile(
    r"(?<!\d)(20\d\d|19\d\d)年(?:的?(?:主要|政府)?工作(?:完成情况|情况)?(?:的?回顾|总结)|主要工作和|工作和)"
    r"|(?:过去的?|刚刚过去的|不平凡的|回顾)(20\d\d|19\d\d)年"
)
_LEAD_CHARS = 400


def year_of(clues: Clues, kind: Kind, made: date | None, doc_no: str | None) -> tuple[int | None, str | None]:
    """The year and where it was read: title, lead, session, covers or date. (None, None) if unknown."""
    if kind in ANNUAL:
        return _first(("title", _in_title(clues.title)), ("lead", _in_lead(clues)), ("date", _year_before(made)))
    if kind is Kind.WORK:
        told = _in_title(clues.title), _of_session(clues), _after_review(clues)
        return _first(*zip(("title", "session", "covers"), told, strict=True))
    in_date = ("date", (made.year if made else None) or year_of_number(doc_no))
    in_title = ("title", _in_title(clues.title))
    if kind in (Kind.EXPLAINER, Kind.OTHER):
        return _first(in_title, in_date)
    return _first(in_date) if kind is Kind.NEWS else _first(in_date, in_title)


def announced_year(title: str, kind: Kind, published: date | None) -> int | None:
    """The year a link's title names its report by, else, for those named by the year reported on, the year before
    the day beside the link. The title is in plain form, without white space."""
    if year := _in_title(title):
        return year
    if kind is Kind.WORK:
        return _session_year(next((dated.date for dated in dates_in(title)), None))
    return _year_before(published) if kind in ANNUAL else None


def covers_of(clues: Clues, kind: Kind, year: int | None, headings: Iterable[str]) -> int | None:
    """The year a report reviews; only the annual genres review one."""
    if kind in ANNUAL:
        return year
    if kind is not Kind.WORK:
        return None
    return _reviewed(clues, headings) or _before_session(clues)


def _first(*readings: tuple[str, int | None]) -> tuple[int | None, str | None]:
    return next(((year, where) for where, year in readings if year), (None, None))


def _in_title(title: str) -> int | None:
    bare = _SPAN.sub(" ", title)
    if found := _YEAR.search(bare):
        return _read(found)
    lone = _LONE_YEAR.search(bare)
    return int(lone[1]) if lone else None


def _in_lead(clues: Clues) -> int | None:
    """The first year the lead names: 2023年,顺义区…; not one inside a title it cites, nor a date."""
    lead = _SPAN.sub(" ", _CITED.sub(" ", clues.lead[:_LEAD_CHARS]))
    found = _YEAR.search(lead)
    return _read(found) if found else None


def _read(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else han_year(found[2])


def _year_before(made: date | None) -> int | None:
    """The year a report of the first months gives an account of.

    They are due by the end of January and March (政府信息公开条例 art. 49, 50) and before April
    (法治政府建设与责任落实督察工作规定 art. 24); one of December is of its own year.
    """
    if made is None:
        return None
    return made.year - 1 if made.month <= 4 else made.year if made.month == 12 else None


def _of_session(clues: Clues) -> int | None:
    return _session_year(session_date(clues))


def _session_year(session: date | None) -> int | None:
    return None if session is None else session.year + (session.month >= 11)


def _before_session(clues: Clues) -> int | None:
    year = _of_session(clues)
    return year - 1 if year else None


def _after_review(clues: Clues) -> int | None:
    year = _reviewed(clues, ())
    return year + 1 if year else None


def _reviewed(clues: Clues, headings: Iterable[str]) -> int | None:
    """The year of the part that looks back: 一、2018年工作回顾."""
    found = next(filter(None, map(_REVIEW.search, chain(clues.head, headings))), None)
    return int(found[1] or found[2]) if found else None
