"""The body where the publishing system of the site is one that is known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.extract.lines import Element, Outline


@dataclass(frozen=True, slots=True)
class Container:
    """A publishing system and the marks of the element that holds the body."""

    system: str
    marks: tuple[str, ...]


@cache
def containers() -> tuple[Container, ...]:
    """The known ones, in the order of data/containers.toml: most specific first."""
    table = tomllib.loads(files("crawler.extract").joinpath("data/containers.toml").read_text("utf-8"))
    return tuple(Container(entry["system"], tuple(entry["marks"])) for entry in table["container"])


@cache
def marks() -> frozenset[str]:
    """Every mark of every known container."""
    return frozenset(mark for container in containers() for mark in container.marks)


def standing_in(page: Outline) -> list[tuple[str, list[tuple[int, int]]]]:
    """The marks found on a page, most specific first, each with the spans of lines it holds."""
    found: dict[str, list[Element]] = {}
    known = marks()
    for element in page.elements:
        for mark in element.marks:
            if mark in known:
                found.setdefault(mark, []).append(element)
    order = (mark for container in containers() for mark in container.marks)
    return [(mark, outermost(found[mark])) for mark in order if mark in found]


def outermost(elements: list[Element]) -> list[tuple[int, int]]:
    """The spans of elements, in page order, without those inside another: TRS_Editor stands in TRS_Editor."""
    spans: list[tuple[int, int]] = []
    for element in elements:
        if element.stop > element.start and (not spans or element.start >= spans[-1][1]):
            spans.append((element.start, element.stop))
    return spans
