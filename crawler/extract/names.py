"""Names of divisions in running text, told from the words and streets that look like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from reports.fold import simplify
from reports.region_names import full_names, short_name
from reports.regions import COUNTRY, Region, Regions

# Full names that are also what any town calls a part of itself.
_EVERYWHERE = re.compile("[城郊矿东西新]区|市[中南北]区|城[中东西北]区|[新老]城区|新市区|[南北东西]市区|郊县")
# Short names that are words first; they never stand for the division without its suffix.
_WORDS = re.compile(
    "和平|东方|民主|友好|向阳|资源|合作|公安|平安|太平|解放|新华|红旗|文化|团结|光明|通道|安定|民权|平原|新民|富民|先锋|前进"
    "|胜利|新兴|河口|海港|工农|西部|东部|南部|建设|青年|振兴|互助|自治|城关|白云|高新|共和|安全|永安|长安|中山|中原|新建|站前"
    "|繁荣|兴安|滨海|沿滩|沙湾|中方|大通|建华|西湖"
)
# After a short name these say that it is a street's, a school's, a firm's.
_NOT_AFTER_SHORT = re.compile(
    r"[路街道镇乡村桥河江湖山港湾站]|大学|学院|大道|新区|银行|集团|公司|社区|日报|晚报|合作组织|生产建设兵团|公报"
)
# After the short name of a county, or of a city below its province's, these say that the division
# is meant, and not a lake or an old town in it (山东省台儿庄古城).
_COUNTY_SPEAKS = r"[一二]\D{3}年|经济社会发展|人民|政府|法治政府|国民经济|各级|欢迎"
_AFTER_COUNTY = re.compile(rf"\d{{4}}|{_COUNTY_SPEAKS}|法治|关于|统计|[市区县]|[^\u4e00-\u9fff]|$")
_AFTER_COUNTY_ALONE = re.compile(rf"\d{{4}}年|{_COUNTY_SPEAKS}")
_AFTER_EVERYWHERE = re.compile(r"20\d\d|人民政府|政府|第.{1,4}届")
_BOUNDARY_BEFORE = frozenset("在于为对由由向和与及至到从年届")
_AREA = re.compile(r"[区县](?=域|级|划)")
_JOINS = re.compile(r"[·•\s]?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A division's name in a text. `codes`: all it can mean, narrowed by the name right before it."""

    start: int
    stop: int
    codes: frozenset[str]
    full: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A division's name as it stands in a text, whatever it means there."""

    text: str
    start: int
    name: str
    full: bool

    @property
    def stop(self) -> int:
        return self.start + len(self.name)

    def follows(self, before: int) -> bool:
        return bool(_JOINS.fullmatch(self.text, before, self.start))


class Gazetteer:
    """Every name of every division, ready to be found in a text."""

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self._full: dict[str, list[Region]] = {}
        self._short: dict[str, list[Region]] = {}
        for region in regions:
            if region.code != COUNTRY:
                self._learn(region)
        self._starts = _by_start({*self._full, *self._short})

    def mentions(self, text: str, year: int | None = None) -> tuple[Mention, ...]:
        """The divisions named in a text in plain form, as they were in that year, left to right."""
        return tuple(self._kept(list(self._scan(text)), year))

    def _learn(self, region: Region) -> None:
        name = simplify(region.name)
        for form in full_names(name):
            self._full.setdefault(form, []).append(region)
        if (short := short_name(name)) and not _WORDS.fullmatch(short):
            self._short.setdefault(short, []).append(region)

    def _scan(self, text: str) -> Iterator[_Found]:
        at = 0
        while at < len(text) - 1:
            name, full = self._longest(text, at)
            if name and (full or not self._full_within(text, at, len(name))):
                yield _Found(text, at, name, full)
                at += len(name)
            else:
                at += 1

    def _longest(self, text: str, at: int) -> tuple[str, bool]:
        names = self._starts.get(text[at : at + 2], ())
        found = next((name for name in names if text.startswith(name, at)), "")
        return found, found in self._full

    def _full_within(self, text: str, at: int, length: int) -> bool:
        """Whether a full name begins inside a short one: 和平谷区 is 和 and 平谷区."""
        return any(self._longest(text, inner)[1] for inner in range(at + 1, at + length))

    def _kept(self, found: list[_Found], year: int | None) -> Iterator[Mention]:
        before: Mention | None = None
        for one, following in zip_longest(found, found[1:]):
            codes = self._meaning(one, year)
            inside = self._inside(codes, before) if before and one.follows(before.stop) else frozenset[str]()
            if inside and not one.full and not _AFTER_COUNTY.match(one.text, one.stop):
                continue
            leads = following is not None and following.follows(one.stop) and self._holds(codes, following, year)
            if inside or leads or _stands(one, codes):
                before = Mention(one.start, one.stop, inside or codes, one.full)
                yield before

    def _meaning(self, found: _Found, year: int | None) -> frozenset[str]:
        """The codes a name has: in that year, else now, else ever.

        The short name of a province is the province's (海南 is no prefecture), and of two
        divisions of one name the one that holds the other is meant, or followed it (长沙).
        """
        bearers = self._full[found.name] if found.full else self._short[found.name]
        in_force = ({one.code for one in bearers if one.in_force(when)} for when in (year, None))
        codes = next(filter(None, in_force), {one.code for one in bearers})
        if not found.full and (provinces := {code for code in codes if code.endswith("0000")}):
            return frozenset(provinces)
        return frozenset(code for code in codes if not codes & self._above(code))

    def _inside(self, codes: frozenset[str], before: Mention) -> frozenset[str]:
        return frozenset(code for code in codes if before.codes & self._above(code))

    def _holds(self, codes: frozenset[str], following: _Found, year: int | None) -> bool:
        """Whether the name that follows at once lies in this one: 苏州·吴中."""
        return any(codes & self._above(code) for code in self._meaning(following, year))

    def _above(self, code: str) -> set[str]:
        return set(self.regions.ancestors(code)[1:])


def _stands(one: _Found, codes: frozenset[str]) -> bool:
    """Whether a name without a higher one beside it is a division's here."""
    before = one.text[one.start - 1 : one.start]
    bounded = not "一" <= before <= "鿿" or before in _BOUNDARY_BEFORE
    if _EVERYWHERE.fullmatch(one.name):
        return bounded and bool(_AFTER_EVERYWHERE.match(one.text, one.stop))
    if one.full:
        return (len(one.name) > 2 or bounded) and not _AREA.match(one.text, one.stop - 1)
    if _NOT_AFTER_SHORT.match(one.text, one.stop):
        return False
    if all(code.endswith("00") for code in codes):
        return bounded
    return bool(_AFTER_COUNTY_ALONE.match(one.text, one.stop))


def _by_start(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        starts.setdefault(name[:2], []).append(name)
    return {start: tuple(some) for start, some in starts.items()}


@lru_cache(maxsize=4)
def gazetteer_of(regions: Regions) -> Gazetteer:
    """The names of these divisions; made once."""
    return Gazetteer(regions)
