"""The values of a page on its way to a body: lines, and the elements they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Gap(IntEnum):
    """What stands before a line: the stronger, the more it takes to join it to the line above."""

    WRAP = 0  # a single line break, <br>
    BLANK = 1  # a blank line, <br><br>
    BLOCK = 2  # the beginning of a <p>, a cell, a list item


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page or text; `at` is its place among all lines.

    `kind` is "row" for a table row, "heading" for <h1>-<h3>.
    """

    text: str
    at: int = 0
    gap: Gap = Gap.BLOCK
    link_chars: int = 0
    kind: str = ""
    hidden: bool = False


@dataclass(slots=True)
class Element:
    """A block of a page: what it is called and which lines it holds."""

    name: str
    marks: tuple[str, ...]
    parent: int
    start: int
    stop: int


@dataclass(slots=True)
class Outline:
    """A page as lines; `elements` in document order, the first is the page."""

    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    head_title: str = ""
