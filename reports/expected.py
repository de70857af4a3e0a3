"""Which annual reports are due: from whom, until when, and by what provision."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files

from reports.report import Body, Kind

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The days of the provisions are days there; it has kept one offset since 1991."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One duty: bodies of this sort publish this annual report by a day of the year after the one reported on."""

    kind: Kind
    body: Body
    month: int
    day: int
    from_year: int
    basis: str

    def due(self, year: int) -> date:
        """The last punctual day of the report on a year."""
        return date(year + 1, self.month, self.day)


@cache
def expected() -> tuple[Expected, ...]:
    """Every duty there is a provision for, in the order of the data file."""
    tables = tomllib.loads(files("reports").joinpath("data/expected.toml").read_text("utf-8"))["expected"]
    return tuple(_read(**table) for table in tables)


def duty(kind: Kind, body: Body) -> Expected | None:
    """The duty of such a body to publish such a report; None where no provision names a day."""
    return next((each for each in expected() if (each.kind, each.body) == (kind, body)), None)


def end_of(day: date) -> datetime:
    """The moment the day is over in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def _read(kind: str, body: str, day: str, from_year: int, basis: str) -> Expected:
    month, number = day.split("-")
    return Expected(Kind(kind), Body(body), int(month), int(number), from_year, basis)
