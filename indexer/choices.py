"""Facet values as a person writes them on a command line: names, codes, unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from indexer.filters import Vocabulary, either, read_filter, read_section
from indexer.lexer import Label
from indexer.query import Filters
from reports.errors import QueryError
from reports.report import SectionKind


def choices(chosen: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> tuple[Filters, frozenset[SectionKind]]:
    """Filters and sections from values by facet name. Raises QueryError naming every value that is none."""
    filters, sections = Filters(), set()
    problems = []
    for name, values in chosen.items():
        for value in values:
            if name == "section":
                if section := read_section(value):
                    sections.add(section)
                else:
                    problems.append(f"没有叫“{value}”的章节")
            elif found := read_filter(Label[name.upper()], value, vocabulary, date.today()):
                filters = either(filters, found)
            else:
                problems.append(f"没有叫“{value}”的{Label[name.upper()]}")
    if problems:
        raise QueryError(*problems)
    return filters, frozenset(sections)
