"""A report as a row of the corpus's table, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from reports.report import Body, Kind, Report, Script, Section

COLUMNS = tuple(each.name for each in fields(Report) if each.name != "sections")


def row_of(report: Report) -> tuple[object, ...]:
    """The values of a report's row, in the order of COLUMNS."""
    return tuple(_cell(getattr(report, name)) for name in COLUMNS)


def _cell(value: object) -> object:
    if isinstance(value, frozenset):
        return json.dumps(sorted(value), ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


_READ: dict[str, Callable[[Any], object]] = {
    "title_inferred": bool,
    "kind": Kind,
    "body": Body,
    "script": Script,
    "published": date.fromisoformat,
    "topics": lambda cell: frozenset(json.loads(cell)),
    "quality": lambda cell: frozenset(json.loads(cell)),
}


def report_of(row: tuple[Any, ...], sections: tuple[Section, ...]) -> Report:
    """The report a row stands for; values behind those of COLUMNS are passed over."""
    values = dict(zip(COLUMNS, row, strict=False))
    for name, read in _READ.items():
        values[name] = None if values[name] is None else read(values[name])
    return Report(sections=sections, **values)
