"""From a cell back to its reports: the comparison of a table, narrowed to what a row and a column stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compare.asking import Asked, Comparison
from compare.scales import Axis
from indexer.query import ONLY, UNKNOWN
from reports.regions import Regions
from reports.report import Kind, SectionKind


def narrowed(asked: Asked, regions: Regions, keys: Mapping[Axis, str]) -> Comparison:
    """The comparison of the works that count where these keys of rows and columns meet."""
    comparison = asked.comparison
    for axis, key in keys.items():
        comparison = _narrowed(asked, comparison, regions, axis, key)
    return comparison


def _narrowed(asked: Asked, comparison: Comparison, regions: Regions, axis: Axis, key: str) -> Comparison:
    chosen = comparison.chosen
    match axis:
        case Axis.REGION:
            wanted = meet(asked.query.chosen.regions, key, regions)
            return replace(comparison, preset="", chosen=replace(chosen, regions=wanted))
        case Axis.YEAR:
            year = None if key == UNKNOWN else int(key)
            return replace(comparison, chosen=replace(chosen, years=frozenset({year})))
        case Axis.TOPIC:
            return replace(comparison, chosen=replace(chosen, topics=frozenset({key})))
        case Axis.KIND:
            return replace(comparison, chosen=replace(chosen, kinds=frozenset({Kind(key)})))
        case Axis.SECTION:
            return replace(comparison, sections=frozenset({SectionKind(key)}))
        case Axis.PHRASE:
            raise ValueError("a line of a list is a question of its own")


def meet(chosen: frozenset[str], key: str, regions: Regions) -> frozenset[str]:
    """A filter of divisions that holds what both `chosen` (empty: everything) and the row `key` hold."""
    if not chosen or key == UNKNOWN:
        return frozenset({key})
    bare = key.removeprefix(ONLY)
    above = {code for code in regions.ancestors(bare) or (bare,) if code in chosen}
    if above or key in chosen:
        return frozenset({key})
    return frozenset(code for code in chosen if _inside(code, key, regions))


def _inside(code: str, key: str, regions: Regions) -> bool:
    bare = code.removeprefix(ONLY)
    if key.startswith(ONLY):
        return code == key
    return key in (regions.ancestors(bare) or (bare,))
