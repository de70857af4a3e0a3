"""What is wrong with a comparison beside the values behind its labels: one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from compare.comparison import Comparison
from compare.presets import Preset
from compare.scope import Ground
from indexer.evaluate import positive_terms
from indexer.lexer import Label
from indexer.query import ONLY, UNKNOWN, Filters, Query
from reports.fold import fold


def refusals(
    comparison: Comparison, query: Query, chosen: Preset | None, ground: Ground, *, words: bool
) -> Iterator[str]:
    """Of a comparison that was parsed: words absent or out of place, values there are not, filters that exclude all."""
    yield from _of_words(comparison, query, chosen, words=words)
    yield from _strange(comparison, ground)
    yield from _apart(query.filters, query.chosen)


def _of_words(comparison: Comparison, query: Query, chosen: Preset | None, *, words: bool) -> Iterator[str]:
    """What is wrong beside the values of filters."""
    if words and not any(positive_terms(query.root)):
        yield "没有要比较的词语" if query.root is None else "要比较的词语不能只有排除的"
    if not words and query.root is not None:
        yield "这里只能写筛选条件，要比较的词语另外列出"
    if comparison.preset and chosen is None:
        yield f"没有叫“{comparison.preset}”的常用地区组"
    if comparison.preset and comparison.chosen.regions:
        yield "常用地区组与所选地区只能用一种"
    if comparison.issuer and not fold(comparison.issuer).strip():
        yield f"“{comparison.issuer}”不是发文机关的名称"
    if query.nothing:
        yield from (note for note in query.notes if note.startswith("筛选条件"))


def _apart(asked: Filters, chosen: Filters) -> Iterator[str]:
    """Filters of the text and beside it that no report passes both of."""
    for label, one, other in (
        (Label.KIND, asked.kinds, chosen.kinds),
        (Label.BODY, asked.bodies, chosen.bodies),
        (Label.YEAR, asked.years, chosen.years),
    ):
        if one and other and not frozenset[object](one) & other:
            yield f"检索式里的{label}与另选的{label}没有共同的"


def _strange(comparison: Comparison, ground: Ground) -> Iterator[str]:
    """Values chosen that there are not."""
    for value in sorted(comparison.chosen.regions - {UNKNOWN}):
        code = value.removeprefix(ONLY)
        if code not in ground.number_of and not ground.regions.get(code):
            yield f"没有代码为“{code}”的地区"
    for topic in sorted(comparison.chosen.topics - {UNKNOWN, *ground.searcher.vocabulary.topics}):
        yield f"没有叫“{topic}”的主题"
