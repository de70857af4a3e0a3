"""What is compared with what: a question of a view as a value, with like compared to like unless it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from compare.cautions import cautions, uncounted
from compare.comparison import ANNUAL_KINDS, Comparison, YearBy
from compare.headings import heading
from compare.presets import preset
from compare.problems import problems_of, read_filters
from compare.refusals import refusals
from compare.scope import Ground
from compare.typed import as_typed
from indexer.corefile import UNKNOWN_REGION, UNKNOWN_YEAR
from indexer.parse import parse
from indexer.printing import print_query
from indexer.query import Query
from indexer.restate import restate
from indexer.searcher import Searcher
from reports.errors import QueryError
from reports.fold import fold
from reports.report import Body

__all__ = ["ANNUAL_KINDS", "Asked", "Comparison", "Coverage", "YearBy", "read_comparison", "understand"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What figures are counted in: works held, their characters, divisions and years (first, last) with any."""

    works: int
    chars: int
    regions: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as understood.

    `query` has the defaults in it: put it to `searcher` (not to another: this one knows the issuer and the year asked
    for; `searcher.core.year` is the year reviewed where `year_by` says so). `heading`: what is compared, in a line;
    `understood`: words and all filters; `notes`: what was not understood, and what its figures are not (see cautions).
    `today`: what is due by then is expected.
    """

    comparison: Comparison
    query: Query
    searcher: Searcher
    heading: str
    understood: str
    notes: tuple[str, ...]
    coverage: Coverage
    today: date

    @property
    def text(self) -> str:
        """The words and filters of the text, as a search finds the same by."""
        return print_query(self.query)

    @property
    def uncounted(self) -> bool:
        """Whether its words are looked for in titles alone: it has works that match, and no occurrences."""
        return uncounted(self.query)

    @property
    def issuer(self) -> str:
        """The part of an issuer's name asked for, folded; "" for none."""
        return fold(self.comparison.issuer)


def understand(comparison: Comparison, ground: Ground, today: date, *, words: bool = True) -> Asked:
    """The comparison as it will be counted. `words`: it must have some; else it must have none.

    Raises QueryError with every problem at once: unknown places, years reversed, no words, a question too long.
    """
    problems = list(problems_of(comparison.text, ground.searcher.vocabulary, today))
    try:
        query = _parsed(comparison, ground, today)
    except QueryError as error:
        raise QueryError(*problems, *error.problems) from error
    chosen = preset(comparison.preset, ground.regions) if comparison.preset else None
    problems += refusals(comparison, query, chosen, ground, words=words)
    if problems:
        raise QueryError(*dict.fromkeys(problems))
    if query.root:
        query = replace(query, root=as_typed(query.root))
    query = _like_with_like(query, comparison)
    stated = restate(query, ground.searcher.vocabulary)
    if chosen:
        query = replace(query, chosen=replace(query.chosen, regions=chosen.regions))
    notes = query.notes if words else tuple(note for note in query.notes if note != _NO_WORDS)
    searcher = ground.narrowed(fold(comparison.issuer), covered=comparison.year_by is YearBy.COVERED)
    return Asked(
        comparison=comparison,
        query=query,
        searcher=searcher,
        heading=heading(query, comparison.issuer, comparison.sections, _DEFAULT_OF[comparison.year_by], chosen),
        understood=stated,
        notes=(*notes, *cautions(query)),
        coverage=_coverage(searcher, query),
        today=today,
    )


def read_comparison(text: str, given: Mapping[str, Sequence[str]], ground: Ground, today: date) -> Comparison:
    """A comparison from values as a person writes them, by name: region, year, topic, kind, body, section (several of
    each), and preset, issuer, year_by (one of each). Raises QueryError with every problem at once, of the text too.
    """
    facets = {name: values for name, values in given.items() if name not in ("preset", "issuer", "year_by")}
    filters, sections, problems = read_filters(facets, ground.searcher.vocabulary, today)
    problems = (*problems_of(text, ground.searcher.vocabulary, today), *problems)
    once = {name: (*given.get(name, ()), "")[0].strip() for name in ("preset", "issuer", "year_by")}
    if once["year_by"] not in ("", *YearBy):
        problems += (f"“{once['year_by']}”不是年份的算法，可以写 {YearBy.EDITION} 或 {YearBy.COVERED}",)
    if once["preset"] and not preset(once["preset"], ground.regions):
        problems += (f"没有叫“{once['preset']}”的常用地区组",)
    if problems:
        raise QueryError(*dict.fromkeys(problems))
    year_by = YearBy(once["year_by"] or YearBy.EDITION)
    return Comparison(text, filters, sections, once["issuer"], year_by, once["preset"])


_NO_WORDS = "没有输入要查的词语"
_DEFAULT_OF = {YearBy.EDITION: "按报告年份", YearBy.COVERED: "按所述年度"}


def _parsed(comparison: Comparison, ground: Ground, today: date) -> Query:
    return parse(
        comparison.text,
        vocabulary=ground.searcher.vocabulary,
        extra=comparison.chosen,
        sections=comparison.sections,
        today=today,
    )


def _like_with_like(query: Query, comparison: Comparison) -> Query:
    """The same with the defaults, where nothing else is asked for."""
    chosen = query.chosen
    if not (chosen.kinds or query.filters.kinds):
        chosen = replace(chosen, kinds=ANNUAL_KINDS)
    if not (chosen.bodies or query.filters.bodies):
        chosen = replace(chosen, bodies=frozenset({Body.DEPARTMENT if comparison.issuer else Body.GOVERNMENT}))
    return replace(query, chosen=chosen)


def _coverage(searcher: Searcher, query: Query) -> Coverage:
    """Of what the filters hold, whatever the words."""
    core, tally = searcher.core, searcher.counting.tally(replace(query, root=None))
    years = core.year[tally.works]
    known = years[years != UNKNOWN_YEAR]
    regions = np.unique(core.region[tally.works])
    return Coverage(
        works=len(tally.works),
        chars=int(tally.chars.sum()),
        regions=int(np.count_nonzero(regions != UNKNOWN_REGION)),
        first_year=int(known.min()) if known.size else None,
        last_year=int(known.max()) if known.size else None,
    )
