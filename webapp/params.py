"""What stands in the URL of a search, as a value; and the URL of a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from indexer.answer import Sort
from indexer.query import UNKNOWN, Filters
from reports.report import Body, Kind, SectionKind

FACETS = ("region", "year", "topic", "kind", "body", "section")


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A search as its URL says it. `filters.regions` holds codes and UNKNOWN."""

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    sections: frozenset[SectionKind] = frozenset()
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the words is asked for."""
        return bool(self.filters or self.sections)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values for the URL, without those that say nothing; one order for one search."""
        found = [("q", self.q)] if self.q else []
        found += [(facet, value) for facet in FACETS for value in values_of(self, facet)]
        if self.sort is not Sort.RELEVANCE:
            found.append(("sort", self.sort.value))
        if self.page > 1:
            found.append(("page", str(self.page)))
        return tuple(found)

    @property
    def url(self) -> str:
        """The address of this search, relative to the page that searches."""
        return "?" + urlencode(self.pairs())

    def at(self, page: int) -> SearchParams:
        """The same search, another page of it."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> SearchParams:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)


def values_of(params: SearchParams, facet: str) -> tuple[str, ...]:
    """The values chosen in a facet, as they stand in the URL, in a fixed order."""
    chosen = params.filters
    match facet:
        case "region":
            return tuple(sorted(chosen.regions))
        case "year":
            years = sorted((year for year in chosen.years if year is not None), reverse=True)
            return (*map(str, years), *((UNKNOWN,) if None in chosen.years else ()))
        case "topic":
            return tuple(sorted(chosen.topics))
        case "kind":
            return tuple(kind.value for kind in Kind if kind in chosen.kinds)
        case "body":
            return tuple(body.value for body in Body if body in chosen.bodies)
        case "section":
            return tuple(kind.value for kind in SectionKind if kind in params.sections)
    raise ValueError(f"no facet {facet!r}")


def with_values(params: SearchParams, facet: str, values: Iterable[str]) -> SearchParams:
    """The search with exactly these values chosen in one facet, from its first page."""
    chosen, filters = frozenset(values), params.filters
    match facet:
        case "region":
            filters = replace(filters, regions=chosen)
        case "year":
            filters = replace(filters, years=frozenset(None if value == UNKNOWN else int(value) for value in chosen))
        case "topic":
            filters = replace(filters, topics=chosen)
        case "kind":
            filters = replace(filters, kinds=frozenset(map(Kind, chosen)))
        case "body":
            filters = replace(filters, bodies=frozenset(map(Body, chosen)))
        case "section":
            return replace(params, sections=frozenset(map(SectionKind, chosen)), page=1)
        case _:
            raise ValueError(f"no facet {facet!r}")
    return replace(params, filters=filters, page=1)


def with_value(params: SearchParams, facet: str, value: str) -> SearchParams:
    """The search with one value more."""
    return with_values(params, facet, (*values_of(params, facet), value))


def without_value(params: SearchParams, facet: str, value: str) -> SearchParams:
    """The search with one value less."""
    return with_values(params, facet, (each for each in values_of(params, facet) if each != value))
