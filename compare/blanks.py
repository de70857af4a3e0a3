"""Which reports are expected by now and not held: what tells 未收录 from —.

Where a provision names a day (reports.expected), a report is expected from the first year of the duty, of whoever a
source names or whoever reported before, as on the page 发布监测. Of every annual kind, what lies between a
reporter's first and last held year is expected too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.asking import ANNUAL_KINDS, Asked
from compare.reporters import NEVER, ReporterTable
from compare.scope import Ground
from indexer.corefile import BODIES, KINDS, Ints
from reports.expected import Expected, expected
from reports.regions import COUNTRY
from reports.report import Body

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """Reports expected and not held, side by side: number of the division in `Ground.codes`, year, kind's number."""

    region: Ints
    year: Ints
    kind: Ints


def missing(ground: Ground, asked: Asked) -> Missing:
    """Of the kinds, bodies, divisions, issuers and years asked for; topics of what is not held are not known."""
    table = ReporterTable(ground, asked)
    due = {each: when for each in expected() if (when := _years_due(each, ground, asked))}
    ends = [*(table.years or ()), *(year for when in due.values() for year in (when[0], when[-1]))]
    if not ends:
        none = np.empty(0, np.int64)
        return Missing(none, none, none)
    years = range(min(ends), max(ends) + 1)
    lacking = _between(table, years)
    for duty, when in due.items():
        expects = _began(duty, table, when) & ground.there(when)[table.region]
        expects[~_bound(duty, table, ground)] = False
        lacking[:, np.array(when) - years.start] |= expects
    lacking &= ~table.held(years) & _asked_for(asked, years)
    rows, columns = np.nonzero(lacking)
    return Missing(table.region[rows], columns + years.start, table.kind[rows])


def _between(table: ReporterTable, years: range) -> Mask:
    """Years between the first and the last held one, of annual kinds."""
    numbers = np.arange(years.start, years.stop)
    between: Mask = (table.first[:, None] < numbers) & (numbers < table.last[:, None])
    between[table.first == NEVER] = False
    between[~np.isin(table.kind, [KINDS.index(kind) for kind in ANNUAL_KINDS])] = False
    return between


def _years_due(duty: Expected, ground: Ground, asked: Asked) -> tuple[int, ...]:
    """The years watched whose report is due by the day of the question."""
    watch = ground.config.watch
    years = range(max(watch.from_year, duty.from_year), (watch.to_year or asked.today.year - 1) + 1)
    return tuple(year for year in years if asked.today > duty.due(year))


def _bound(duty: Expected, table: ReporterTable, ground: Ground) -> Mask:
    """Whom the duty binds."""
    bound: Mask = (table.kind == KINDS.index(duty.kind)) & (table.body == BODIES.index(duty.body))
    if duty.body is Body.GOVERNMENT:
        # The State Council is not among the local governments the provisions speak of.
        bound &= table.region != ground.number_of.get(COUNTRY, NEVER)
    if duty.body is Body.TOWN and bound.any() and not ground.config.watch.streets:
        streets = [number for number, name in enumerate(ground.issuers.reporters) if "街道" in name]
        bound &= ~np.isin(table.name, streets)
    return bound


def _began(duty: Expected, table: ReporterTable, years: tuple[int, ...]) -> Mask:
    """A government is bound from the first year of the duty, another known by its reports alone from its first."""
    since = np.where(duty.body is Body.GOVERNMENT, duty.from_year, table.first)
    began: Mask = np.array(years) >= since[:, None]
    return began


def _asked_for(asked: Asked, years: range) -> Mask:
    """The years that the filters let through."""
    wanted = [each.years for each in (asked.query.filters, asked.query.chosen) if each.years]
    return np.array([all(year in each for each in wanted) for year in years], bool)
