"""The written material, read: themes with their headings, paragraphs and sentences with figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "material"
_MARK = re.compile(r"\[([^\]]+)\] ")
_SPAN = re.compile(r"(\d{4})?(-)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One written piece and where it may stand: its years, its stage in the spread of a phrase, governments only."""

    text: str
    first: int = 0
    last: int = 9999
    stage: str = ""
    government_only: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """What was written about one topic; `无` is the theme of what has no topic."""

    name: str
    headings: tuple[str, ...]
    paragraphs: tuple[Piece, ...]
    sentences: tuple[Piece, ...]


def piece(line: str) -> Piece:
    """A line's text without its marks.

    >>> piece("[2021-] [府] 坚持。")
    Piece(text='坚持。', first=2021, last=9999, stage='', government_only=True)
    """
    first, last, stage, government_only = 0, 9999, "", False
    while mark := _MARK.match(line):
        line = line[mark.end() :]
        if mark[1] == "府":
            government_only = True
        elif (span := _SPAN.fullmatch(mark[1])) and (span[1] or span[3]):
            first = int(span[1] or 0)
            last = int(span[3]) if span[3] else (9999 if span[2] else first)
        else:
            stage = mark[1]
    return Piece(line, first, last, stage, government_only)


def lines(name: str) -> tuple[str, ...]:
    """The lines of a material file that say something: no blank ones, no comment at the top."""
    text = (FOLDER / name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line)


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its name, in the order of the files' names."""
    return {theme.name: theme for theme in map(_theme, sorted((FOLDER / "themes").glob("*.txt")))}


def _theme(path: Path) -> Theme:
    rows = lines(f"themes/{path.name}")
    kept = {sign: tuple(piece(row[2:]) for row in rows if row[0] == sign) for sign in "=-+"}
    headings = tuple(heading.text for heading in kept["="])
    return Theme(rows[0].removeprefix("# "), headings, kept["-"], kept["+"])


@cache
def frame(section: str, name: str = "frame.txt", sign: str = "#") -> tuple[Piece, ...]:
    """The pieces under one heading of the frame: 导语, 问题, 原因, 履职, 安排, 其他."""
    return tuple(_under(f"{sign} {section}", sign, lines(name)))


def _under(heading: str, sign: str, rows: tuple[str, ...]) -> Iterator[Piece]:
    inside = False
    for row in rows:
        if row.startswith(f"{sign} "):
            inside = row == heading
        elif inside:
            yield piece(row.removeprefix("- "))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """A file whose lines are fields between ｜, without its comment line."""
    return tuple(tuple(line.split("｜")) for line in lines(name) if not line.startswith("#"))


@cache
def pair_headings() -> dict[frozenset[str], str]:
    """The heading for a part that treats two themes at once."""
    found = (line.split(" = ") for line in lines("pairs.txt") if not line.startswith("#"))
    return {frozenset(pair.split(" + ")): heading for pair, heading in found}


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the material."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))
