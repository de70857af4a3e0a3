"""Values of filters that name nothing, years the wrong way round: said, where a search would make the best of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from indexer.filters import Vocabulary, either, read_filter, read_section
from indexer.lexer import Field, Label, tokens
from indexer.parse import MAX_CHARS
from indexer.plain import clean
from indexer.query import Filters
from reports.fold import fold
from reports.report import SectionKind

_SPAN = re.compile(r"([0-9]{4})年?(?:\.{2,3}|[-~至到…]+)([0-9]{4})年?")
_SCOPES = (Label.TITLE, Label.SECTION)


def problems_of(text: str, vocabulary: Vocabulary, today: date) -> Iterator[str]:
    """Of every value that stands behind a label in a question."""
    for token in tokens(clean(text)[:MAX_CHARS]):
        if isinstance(token, Field) and token.label not in _SCOPES:
            for value in token.values:
                yield from problems_with(token.label, value, vocabulary, today)


def problems_with(label: Label, value: str, vocabulary: Vocabulary, today: date) -> Iterator[str]:
    """What is wrong with one value; nothing mostly."""
    span = _SPAN.fullmatch(fold(value)) if label is Label.YEAR else None
    if span and span[1] > span[2]:
        yield f"年份要从早到晚写：“{value}”应为 {span[2]}-{span[1]}"
    elif not read_filter(label, value, vocabulary, today):
        yield f"“{value}”不是年份" if label is Label.YEAR else f"没有叫“{value}”的{label}"


def read_filters(
    given: Mapping[str, Iterable[str]], vocabulary: Vocabulary, today: date
) -> tuple[Filters, frozenset[SectionKind], tuple[str, ...]]:
    """Filters and sections from values as a person writes them, by facet name, and everything wrong with them."""
    filters, sections = Filters(), set[SectionKind]()
    problems: list[str] = []
    for name, values in given.items():
        for value in values:
            if name == "section":
                section = read_section(value)
                sections |= {section} if section else set()
                problems += [] if section else [f"没有叫“{value}”的章节"]
                continue
            label = Label[name.upper()]
            problems += problems_with(label, value, vocabulary, today)
            filters = either(filters, read_filter(label, value, vocabulary, today))
    return filters, frozenset(sections), tuple(dict.fromkeys(problems))
