"""Whose site a page stands on. It says where a report was found, not always whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.clues import Clues
from reports.regions import COUNTRY, Regions

_SITE_CODE = re.compile(r"标识码\s*:?\s*(\d{10}|bm\d{8})", re.IGNORECASE)
_INDEX_NUMBER = re.compile(r"索引号\s*:?\s*([0-9A-Za-z]{6,})")
# A credit code (GB 32100-2015): two signs for the kind of body, then the division.
_CREDIT_CODE = re.compile(r"1[1-9](\d{6})[0-9A-Z]{9}[0-9A-Z]")
_DIVISION = re.compile(r"\d{6}")
_OWNER = re.compile(r"(?:主办(?:单位)?|版权所有|网站主管)\s*:?\s*([^\s:|]{4,30})")


def site_codes(clues: Clues) -> Iterator[str]:
    """The divisions in the page's index number and site code, the more telling first.

    A site code (网站标识码) begins with the division's six digits, or with bm for the bodies of
    the State Council; an index number with them too, or with its office's credit code.
    """
    labels = dict(reversed(clues.labels))
    for name in ("索引号", "信息索引号", "siteidcode"):
        yield from _division(labels.get(name, "").strip())
    for pattern in (_INDEX_NUMBER, _SITE_CODE):
        for line in (*clues.around, *clues.head[:3]):
            for found in pattern.finditer(line):
                yield from _division(found[1])


def site_owners(clues: Clues) -> Iterator[str]:
    """The names the site gives itself: its <meta> name, and who runs it by the footer."""
    yield from (value for label, value in clues.labels if label == "sitename")
    for line in clues.around:
        yield from (found[1] for found in _OWNER.finditer(line))


def host_division(url: str | None, regions: Regions) -> str | None:
    """The division whose name a government host is spelled by: www.panji.gov.cn.

    Of gulou.nanjing.gov.cn the inner one, where it lies in the outer one.
    """
    host = (url or "").partition("://")[2].partition("/")[0].partition(":")[0].lower()
    if not host.endswith(".gov.cn"):
        return None
    *inner, name = host.removesuffix(".gov.cn").split(".")
    outer = regions.spelled(name)
    if outer is None:
        return None
    within = (regions.spelled(label) for label in inner)
    return next((one.code for one in within if one and outer.code in regions.ancestors(one.code)), outer.code)


def _division(number: str) -> Iterator[str]:
    if number.lower().startswith("bm"):
        yield COUNTRY
    elif found := _CREDIT_CODE.match(number):
        yield found[1]
    elif found := _DIVISION.match(number):
        yield found[0]
