"""Which themes each annual report treats: no theme in so many that it tells reports apart no longer."""

from __future__ import annotations

from collections import Counter
from functools import cache

from demo.draw import chance, sorted_by_chance
from demo.material import themes
from demo.phrases import due, home
from demo.places import YEARS, Issuer, governments

UNTITLED = "无"
LAWMAKING = "立法与制度建设"  # a county makes no regulations
STAYING = 4  # themes a place treats again the next year, which keeps its neighbouring years alike


@cache
def plans() -> dict[tuple[str, int], tuple[str, ...]]:
    """The themes of every government's report, by key and year, in the order of the report's parts."""
    used: Counter[str] = Counter()
    planned: dict[tuple[str, int], tuple[str, ...]] = {}
    for year in YEARS:
        for issuer in (issuer for issuer in governments() if year in issuer.years):
            chosen = _choose(issuer, year, planned.get((issuer.key, year - 1), ()), used)
            used.update(chosen)
            planned[issuer.key, year] = chosen
    return planned


def themes_of(issuer: Issuer, year: int) -> tuple[str, ...]:
    """What this issuer's report treats: an office always its own work."""
    return plans()[issuer.key, year] if issuer.is_government else issuer.themes


def _choose(issuer: Issuer, year: int, before: tuple[str, ...], used: Counter[str]) -> tuple[str, ...]:
    rng = chance("plan", issuer.key, year)
    due_themes = [home(phrase).name for phrase in due(issuer.code, year)]
    size = 7 + int(rng.random() * 2)
    staying = sorted(before, key=lambda name: used[name] + 6 * rng.random())[:STAYING]
    fresh = sorted(_own_themes(issuer), key=lambda name: used[name] + 6 * rng.random())
    chosen = list(dict.fromkeys([*due_themes, *staying, *fresh]))[:size]
    return tuple(sorted_by_chance(rng, chosen))


def _own_themes(issuer: Issuer) -> tuple[str, ...]:
    never = {UNTITLED} if issuer.code.endswith("00") else {UNTITLED, LAWMAKING}
    return tuple(name for name in themes() if name not in never)
