"""Places often compared: each speaks for itself, what lies below it is left out."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.query import ONLY
from reports.regions import COUNTRY, Region, Regions

PROVINCES, CAPITALS, DISTRICTS = "provinces", "capitals", "districts"
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# GB/T 2260 gives a province's capital the first of its cities' codes.
_FIRST_CITY = "0100"


@dataclass(frozen=True, slots=True)
class Preset:
    """`key` as in an address (provinces, capitals, districts:330100), `regions` as in Filters, all with ONLY."""

    key: str
    name: str
    regions: frozenset[str]


def provinces(regions: Regions) -> Preset:
    """All divisions of the level of a province in force."""
    return _preset(PROVINCES, "各省级行政区", regions.children(COUNTRY))


def capitals(regions: Regions) -> Preset:
    """The provincial capitals (省会、首府); 直辖市 have none."""
    having = (each for each in regions.children(COUNTRY) if each.name not in _MUNICIPALITIES)
    found = (regions.get(each.code[:2] + _FIRST_CITY) for each in having)
    return _preset(CAPITALS, "各省会（首府）", tuple(each for each in found if each and each.until is None))


def districts(code: str, regions: Regions) -> Preset | None:
    """What lies directly below a division; None if there is no such division, or nothing below it."""
    below = regions.children(code) if code != COUNTRY else ()
    return _preset(f"{DISTRICTS}:{code}", f"{regions.full_name(code)}所辖", below) if below else None


def preset(key: str, regions: Regions) -> Preset | None:
    """The preset of that key; None if there is none. `districts:` takes a code, or a name only one division has."""
    if key in (PROVINCES, CAPITALS):
        return provinces(regions) if key == PROVINCES else capitals(regions)
    kind, _, place = key.partition(":")
    if kind != DISTRICTS or not place:
        return None
    codes = {region.code for region in regions.named(place) if region.until is None} or {place}
    return districts(codes.pop(), regions) if len(codes) == 1 else None


def _preset(key: str, name: str, places: tuple[Region, ...]) -> Preset:
    return Preset(key, f"{name}（{len(places)} 个）", frozenset(f"{ONLY}{place.code}" for place in places))
