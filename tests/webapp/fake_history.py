"""The past of two invented reports: one was corrected twice and was away in between, one is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from reports.report import Report
from reports.versions import Happening, Version, What

CORRECTED, GONE = ("970100", 2021), ("970200", 2020)
NOTICED = tuple(datetime(2024, month, 5, 2, 30, tzinfo=UTC) for month in (3, 4, 5, 6))


def versions(reports: Sequence[Report]) -> tuple[Version, ...]:
    """Of the corrected report, oldest first. The lines that differ hold HTML, which is text."""
    now = _of(reports, CORRECTED)
    second = replace(now, sections=(), text=now.text.replace("由九份减到三份", "由九份减到四份") + "\n浏览次数：99次")
    lines = second.text.replace("每月领办一件", "每季度领办一件<b>").split("\n")
    first = replace(second, text="\n".join([*lines[:2], "（〇）此段后来删去<i>", *lines[2:-5], *lines[-4:]]))
    first = replace(first, title=f"{now.title}（征求意见稿）", published=date(2023, 1, 4), region_code="980100")
    return Version(now.id, 1, NOTICED[0], first, second), Version(now.id, 2, NOTICED[3], second, now)


def happenings(reports: Sequence[Report]) -> tuple[Happening, ...]:
    """Newest first."""
    corrected, gone = _of(reports, CORRECTED).id, _of(reports, GONE).id
    return (
        Happening(corrected, What.CHANGED, NOTICED[3], 2),
        Happening(corrected, What.RESTORED, NOTICED[2]),
        Happening(gone, What.WITHDRAWN, NOTICED[1]),
        Happening(corrected, What.WITHDRAWN, NOTICED[1]),
        Happening(corrected, What.CHANGED, NOTICED[0], 1),
    )


def standing(report: Report) -> tuple[datetime | None, int]:
    """Since when it is gone, and how often it changed."""
    if report.copy_of is None and (report.region_code, report.year) == GONE:
        return NOTICED[1], 0
    return None, 2 if (report.region_code, report.year) == CORRECTED else 0


def _of(reports: Sequence[Report], which: tuple[str, int]) -> Report:
    return next(each for each in reports if (each.region_code, each.year) == which)
