"""What comparisons stand on: an opened index, the divisions, and what the index does not hold of a work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from compare.rows import RegionTree
from indexer.corefile import BODIES, UNKNOWN_YEAR, Core, Ints
from indexer.query import ONLY, UNKNOWN
from indexer.searcher import Searcher
from reports.annuals import reporter_name
from reports.config import Config
from reports.details import Issued
from reports.fold import fold
from reports.regions import Regions
from reports.reporters import Reporter, first_years


class Details(Protocol):
    """Where is read what the index does not hold: the corpus (reports.store.Store)."""

    def issued(self) -> Iterable[Issued]:
        """Who issued every work."""
        ...

    def reviewed(self) -> Iterable[tuple[str, int]]:
        """The year every work reviews, by id, where it is known."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Issuers:
    """By work: the number of its issuer's folded name in `names`, -1 if unknown, and who reports (in `reporters`).

    Of `reporters` the first is "", the government itself or somebody unnamed.
    """

    names: tuple[str, ...]
    issuer: Ints
    reporters: tuple[str, ...]
    reporter: Ints


class Ground:
    """One generation of the index, made ready to compare in: make one a searcher, and keep it. Safe between threads.

    `details` (the corpus) is read once, when first an issuer or the year reviewed is asked for. `config` says by its
    sources and [watch] which reports are expected.
    """

    def __init__(
        self,
        searcher: Searcher,
        regions: Regions,
        details: Callable[[], Details],
        config: Config | None = None,
    ) -> None:
        self.searcher, self.regions, self._details = searcher, regions, details
        self.config = config or Config()
        self._further: tuple[tuple[str, ...], RegionTree] | None = None
        self._there: dict[tuple[int, ...], NDArray[np.bool_]] = {}

    @cached_property
    def named(self) -> dict[Reporter, int]:
        """Those whose reports the configuration's sources name, with the first year expected of each."""
        return first_years({}, self.config)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The divisions reports are held of, by the core's numbers, then those that are only expected to report."""
        held = self.searcher.core.region_codes
        return tuple(dict.fromkeys((*held, *(reporter.region_code for reporter in self.named))))

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Their numbers."""
        return {code: number for number, code in enumerate(self.codes)}

    def there(self, years: tuple[int, ...]) -> NDArray[np.bool_]:
        """By division of `codes`: whether it was there in the year reported on, and in the next when that is due."""
        if years not in self._there:
            self._there[years] = np.array([self._was_there(code, years) for code in self.codes], bool)
        return self._there[years].reshape(len(self.codes), len(years))

    def _was_there(self, code: str, years: tuple[int, ...]) -> list[bool]:
        now = self.regions.get(code)
        if now is None or (now.until is None and now.since <= years[0]):
            return [True] * len(years)
        then = {each: self.regions.get(code, each) for year in years for each in (year, year + 1)}
        there = {each: region is None or region.in_force(each) for each, region in then.items()}
        return [there[year] and there[year + 1] for year in years]

    @cached_property
    def tree(self) -> RegionTree:
        """All of them, as rows."""
        return RegionTree(self.codes, self.regions)

    @cached_property
    def issuers(self) -> Issuers:
        """Read from the corpus, once."""
        return _issuers(self._details().issued(), self.searcher.core)

    @cached_property
    def covers(self) -> Ints:
        """By work, the year it reviews. Read from the corpus, once."""
        core = self.searcher.core
        years = dict(self._details().reviewed())
        return np.array([years.get(report_id, UNKNOWN_YEAR) for report_id in core.ids], np.int64)

    def reporter_number(self, name: str) -> int:
        """Of who reports by name, as in `issuers`; those of whom nothing is held come behind all others."""
        if not name:
            return 0
        held = self.issuers.reporters
        further = sorted({reporter.name for reporter in self.named} - set(held))
        return held.index(name) if name in held else len(held) + further.index(name)

    @cached_property
    def topic_pairs(self) -> tuple[Ints, Ints]:
        """Every topic of every work: its number, and the topic's; that of the unknown one is behind all others."""
        topics, count = self.searcher.core.topics, len(self.searcher.core.topic_names)
        having = [np.flatnonzero(topics & (1 << number)) for number in range(count)]
        having.append(np.flatnonzero(topics == 0))
        return np.concatenate(having), np.repeat(np.arange(count + 1), [len(works) for works in having])

    def tree_with(self, codes: Iterable[str]) -> RegionTree:
        """The tree with further divisions in it."""
        further = tuple(sorted({code for code in codes if code not in self.tree.slot_of}))
        if not further:
            return self.tree
        # Who pages through a table of provinces asks for the same ones again.
        kept = self._further
        if kept is None or kept[0] != further:
            kept = self._further = further, RegionTree((*self.codes, *further), self.regions)
        return kept[1]

    def narrowed(self, issuer: str, *, covered: bool) -> Searcher:
        """The searcher to count with: of works whose issuer's name contains `issuer`; by the year reviewed if asked."""
        if not issuer and not covered:
            return self.searcher
        narrowed = copy(self.searcher)
        if covered:
            narrowed.core = replace(narrowed.core, year=self.covers)
        narrowed.counting = narrowed.counting.narrowed(narrowed.core, self.issued_by(issuer) if issuer else None)
        return narrowed

    def issued_by(self, issuer: str) -> NDArray[np.bool_]:
        """Which works have an issuer of such a name."""
        wanted = fold(issuer)
        numbers = [number for number, name in enumerate(self.issuers.names) if wanted in name]
        return np.isin(self.issuers.issuer, numbers)

    def within(self, code: str, wanted: frozenset[str]) -> bool:
        """Whether a division is let through by a filter of regions; by an empty one every division is."""
        above = self.regions.ancestors(code) or (code,)
        return not wanted or f"{ONLY}{code}" in wanted or any(each in wanted for each in above if each != UNKNOWN)


def _issuers(issued: Iterable[Issued], core: Core) -> Issuers:
    numbers = {report_id: number for number, report_id in enumerate(core.ids)}
    names: dict[str, int] = {}
    reporters: dict[str, int] = {"": 0}
    issuer, reporter = np.full(core.works, -1), np.zeros(core.works, np.int64)
    bodies = core.body.tolist()
    for each in issued:
        # What came or changed since the index was made is not in it.
        work = numbers.get(each.report_id)
        if work is None:
            continue
        if each.issuer:
            issuer[work] = names.setdefault(each.issuer, len(names))
        name = reporter_name(BODIES[bodies[work]], each.place, each.issuer)
        reporter[work] = reporters.setdefault(name, len(reporters))
    return Issuers(tuple(map(fold, names)), issuer, tuple(reporters), reporter)
