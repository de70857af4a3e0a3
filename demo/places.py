"""Who reports: the fictional governments, departments and the street office, and how each speaks of itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from demo.material import table

DIVISIONS = Path(__file__).parent.parent / "corpus" / "demo" / "divisions.csv"
YEARS = tuple(range(2020, 2025))
SCALES = {"省": 3.0, "区": 0.4, "县": 0.2, "局": 0.7, "处": 0.03}
MISSING = ("990221", 2022)  # 蓼湖县 published nothing for this year, so that the product has a gap to show
ABOVE = {
    "省级": "党中央、国务院和省委",
    "地级": "省委、省政府和市委",
    "县级": "市委、市政府和{级}委",
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """One that publishes reports; `key` is its division's code for a government."""

    key: str
    name: str
    code: str
    parent_name: str
    site: str
    years: tuple[int, ...]
    ours: str
    head: str
    above: str
    themes: tuple[str, ...] = ()

    @property
    def is_government(self) -> bool:
        """Whether it reports for a whole jurisdiction."""
        return self.key == self.code

    @property
    def scale(self) -> float:
        """How large its counts are beside a city's."""
        return SCALES.get(self.name[-1], 1.0)

    @property
    def signature(self) -> str:
        """The line under the report."""
        return f"{self.name}人民政府" if self.is_government else self.name

    def speak(self, text: str, year: int) -> str:
        """The text with its slots filled as this issuer says it in its report on this year."""
        meeting = "常务会议" if self.is_government else "办公会议"
        slots = {"年": year, "名": self.signature, "本": self.ours, "府": self.head, "上": self.above, "会": meeting}
        for slot, value in slots.items():
            text = text.replace(f"{{{slot}}}", str(value))
        return text


@cache
def governments() -> tuple[Issuer, ...]:
    """The fictional jurisdictions, in the order of their codes."""
    with DIVISIONS.open(encoding="utf-8") as file:
        divisions = list(csv.DictReader(file))
    names = {row["code"]: row["name"] for row in divisions}
    return tuple(_government(row, names.get(row["parent"], "")) for row in divisions)


def offices() -> tuple[Issuer, ...]:
    """The departments and the street office."""
    return _offices("office")


def offices_beside() -> tuple[Issuer, ...]:
    """The two whose reports come in pieces: over two pages, and as a file."""
    return _offices("beside")


@cache
def _offices(kind: str) -> tuple[Issuer, ...]:
    return tuple(
        Issuer(
            key=row["key"],
            name=row["name"],
            code=row["code"],
            parent_name="",
            site=row["site"],
            years=tuple(row["years"]),
            ours=row["ours"],
            head=row["head"],
            above=row["above"],
            themes=tuple(row["themes"]),
        )
        for row in table("issuers.toml")[kind]
    )


def _government(row: dict[str, str], parent_name: str) -> Issuer:
    code, name = row["code"], row["name"]
    last = int(row["until"] or 9999) - 1
    kept = tuple(year for year in YEARS if year <= last and (code, year) != MISSING)
    level = name[-1]
    site = next(site["key"] for site in table("sites.toml")["site"] if code in site["places"])
    above = ABOVE[row["level"]].replace("{级}", level)
    return Issuer(code, name, code, parent_name, site, kept, f"我{level}", f"{level}政府", above)
