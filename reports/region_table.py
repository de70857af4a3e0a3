"""Tables of divisions: the packaged one, and the CSV files a person adds beside it.

Columns: code, name, parent, level (省级, 地级, 县级), since, until, successor (several joined by ;),
and in the packaged table `spelled`, how host names write the division. A code may stand in several
rows, each for other years: codes were reused and divisions renamed.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from reports.errors import ConfigError

COUNTRY = "000000"
_LEVELS = {"省级": 1, "地级": 2, "县级": 3}
_COLUMNS = ("code", "name", "parent", "level", "since", "until", "successor")


@dataclass(frozen=True, slots=True)
class Region:
    """What a code meant from `since` to `until` (years, both inclusive; None: still does).

    `level`: 0 country, 1 province, 2 city, 3 county. `successors`: the codes an abolished
    division became, without those only a part of it went to.
    """

    code: str
    name: str
    parent: str | None
    level: int
    since: int
    until: int | None
    successors: tuple[str, ...]

    def in_force(self, year: int | None = None) -> bool:
        """Whether the division existed in that year, or without a year still does."""
        if year is None:
            return self.until is None
        return self.since <= year and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: the division, and its spellings in host names."""

    region: Region
    spelled: tuple[str, ...]


def read_tables(extra: Sequence[Path]) -> tuple[Row, ...]:
    """The packaged rows, then those of the tables in order. ConfigError names file and line."""
    packaged = files("reports").joinpath("data/divisions.csv").read_text("utf-8")
    rows = [Row(_root(), ()), *_rows(csv.reader(packaged.splitlines()))]
    known = {row.region.code for row in rows}
    taken = {row.region.code for row in rows if row.region.until is None}
    for path in extra:
        numbered = list(_checked(path))
        added = {row.region.code for _, row in numbered}
        for line, row in numbered:
            _check_codes(f"{path}:{line}", row.region, known | added, taken)
            taken.add(row.region.code)
        known |= added
        rows += (row for _, row in numbered)
    return tuple(rows)


def _root() -> Region:
    return Region(COUNTRY, "全国", None, 0, 1949, None, ())


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    next(lines)
    for line in lines:
        yield _row(line)


def _row(line: Sequence[str]) -> Row:
    code, name, parent, level, since, until, successor, *spelled = line
    successors = tuple(successor.split(";")) if successor else ()
    region = Region(code, name, parent, _LEVELS[level], int(since), int(until) if until else None, successors)
    return Row(region, tuple(spelled[0].split()) if spelled else ())


def _checked(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    lines = csv.reader(text.splitlines())
    if tuple(header := next(lines, [])) != _COLUMNS:
        raise ConfigError(f"{path}:1: the columns are {','.join(header)}, expected {','.join(_COLUMNS)}")
    for line in lines:
        if line:
            yield lines.line_num, _checked_row(f"{path}:{lines.line_num}", line)


def _checked_row(where: str, line: list[str]) -> Row:
    problems = list(_problems(line))
    if problems:
        raise ConfigError(f"{where}: {'; '.join(problems)}")
    return _row(line)


def _problems(line: list[str]) -> Iterator[str]:
    if len(line) != len(_COLUMNS):
        yield f"{len(line)} columns, expected {len(_COLUMNS)}"
        return
    code, name, parent, level, since, until, successor = line
    for what, value in (("code", code), ("parent", parent), *(("successor", one) for one in successor.split(";"))):
        if not (len(value) == 6 and value.isascii() and value.isdigit()) and (value or what != "successor"):
            yield f"{what} {value!r} is not six digits"
    if len(name) < 2:
        yield f"name {name!r} is too short"
    if level not in _LEVELS:
        yield f"level {level!r} is none of {' '.join(_LEVELS)}"
    if not _is_year(since):
        yield f"since {since!r} is not a year"
    if until and not (_is_year(until) and since <= until):
        yield f"until {until!r} is not a year from {since} on"


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _check_codes(where: str, region: Region, known: Container[str | None], taken: Container[str | None]) -> None:
    if region.code == COUNTRY or (region.until is None and region.code in taken):
        raise ConfigError(f"{where}: code {region.code} is another division's")
    for code in (region.parent, *region.successors):
        if code not in known or code == region.code:
            raise ConfigError(f"{where}: {code} is no other division's code")
