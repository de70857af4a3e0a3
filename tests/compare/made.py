"""Reports that exports are made of in these tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.report import Report
from tests.indexer.made import report

PHRASE = "每月一题"
TODAY = date(2026, 11, 22)


def made(number: int, code: str, year: int | None, text: str, **fields: Any) -> Report:
    known: dict[str, Any] = {"url": f"http://a.gov.example/{number}", "title": f"第{number}号报告", **fields}
    return report(text, region_code=code, year=year, **known)


REPORTS = (
    made(
        1,
        "110000",
        2020,
        f"导语。深化“{PHRASE}”，办结12件。另一句。",
        published=date(2021, 3, 1),
        issuer="北京市人民政府",
    ),
    made(2, "110000", 2021, f"办好「每月一題」，解决率86.52%。又办{PHRASE}。"),
    made(3, "330100", 2021, "没有那个词，别的话。"),
    made(4, "330100", 2022, f"=首次办{PHRASE}。"),
    made(5, "320100", 2020, "从来没有说过。"),
)
