"""Dates in running text: 2021年3月29日, 2021/03/29, 2021.03.03, 二○○一年十二月三十日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_NUMERAL = str.maketrans("○零ＯO元", "〇〇〇〇一")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?P<sep>[年/.-])\s*(?P<month>\d{1,2})\s*(?:月|(?P=sep))\s*(?P<day>\d{1,2})(?!\d)\s*日?"
    r"|(?P<han_year>[一二][〇○零ＯO一二三四五六七八九]{3})年(?P<han_month>[一二三四五六七八九十元]{1,2})月"
    r"(?P<han_day>[一二三四五六七八九十]{1,3})日"
)
# A page's clock, which a saved copy freezes: 今天是：2019年10月31日.
_CLOCK = re.compile(r"(?:今天|今日|现在|当前(?:日期|时间)?)是?\s*[:：]?\s*$")
_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[-/]?(\d\d?)[-/]?(\d\d?)(?=[/_.]|$)")
_NEWSPAPER = re.compile(r"/html/\d{4}-\d\d/\d\d/")
_FIRST_YEAR, _LAST_YEAR = 1949, 2099


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands in its text."""

    start: int
    stop: int
    date: date


def dates_in(text: str) -> tuple[Dated, ...]:
    """The dates of a text (in plain form) in reading order, without impossible ones and page clocks."""
    return tuple(_dates(text))


def _dates(text: str) -> Iterator[Dated]:
    for found in _DATE.finditer(text):
        day = _day(found)
        if day and not _CLOCK.search(text, max(0, found.start() - 12), found.start()):
            yield Dated(found.start(), found.end(), day)


def date_in_address(url: str) -> date | None:
    """The date a government site or a newspaper's page archive files the page under.

    On other hosts the address dates a copy, not the report.
    """
    host, _, path = url.partition("://")[2].partition("/")
    if not (host.split(":")[0].endswith("gov.cn") or _NEWSPAPER.search(f"/{path}")):
        return None
    days = (_valid(*map(int, found.groups())) for found in _IN_ADDRESS.finditer(path))
    return next((day for day in days if day), None)


def han_year(numeral: str) -> int:
    """A year written digit by digit.

    >>> han_year("二○○一")
    2001
    """
    return int("".join(str(_DIGITS.index(char)) for char in numeral.translate(_NUMERAL)))


def _day(found: re.Match[str]) -> date | None:
    if found["year"]:
        return _valid(int(found["year"]), int(found["month"]), int(found["day"]))
    return _valid(han_year(found["han_year"]), _number(found["han_month"]), _number(found["han_day"]))


def _number(numeral: str) -> int:
    tens, ten, ones = numeral.translate(_NUMERAL).rpartition("十")
    return (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if len(ones) == 1 else 0)


def _valid(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
