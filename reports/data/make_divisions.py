"""Make divisions.csv from the table of the areacodes project (CC0): python make_divisions.py areacodes.csv

Run by hand when the source has a new year in it; needs pypinyin, which the program itself does not.
A row is one meaning of a code over a span of years: codes were reused and divisions renamed, so a code
may have several rows. Two things are not in the source and are worked out here:

- The successor of an abolished prefecture (地区): the one prefecture its last counties ended in, if one.
- How a division is spelled in host names (`panji`): only spellings no other division in force can have.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from itertools import islice, product
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin  # type: ignore[import-not-found, unused-ignore]

COLUMNS = ("code", "name", "parent", "level", "since", "until", "successor", "spelled")
_READINGS_AT_MOST = 64
_SUFFIXES = ("特别行政区", "自治区", "省", "市", "区", "县")
# Not read off the characters: 陕西 is told from 山西 by its doubled vowel, these provinces
# name their own sites by letters, and the dictionary takes 长治 for a growing one.
_OWN_SPELLINGS = {
    "140400": "changzhi",
    "120000": "tianjin tj",
    "150000": "neimenggu nmg",
    "210000": "liaoning ln",
    "220000": "jl",
    "230000": "heilongjiang hlj",
    "330000": "zhejiang zj",
    "340000": "anhui ah",
    "440000": "guangdong gd",
    "450000": "guangxi gxzf",
    "500000": "chongqing cq",
    "510000": "sichuan sc",
    "530000": "yunnan yn",
    "540000": "xizang",
    "610000": "shaanxi",
    "640000": "ningxia nx",
    "650000": "xinjiang",
}


def main(source: Path) -> None:
    """Write divisions.csv beside this file."""
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = [_row(line) for line in csv.DictReader(lines)]
    _follow_prefectures(rows)
    _spell(rows)
    rows.sort(key=lambda row: (row["code"], int(row["since"])))
    with Path(__file__).with_name("divisions.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _row(line: dict[str, str]) -> dict[str, str]:
    # "130102[2014]" says that a part went there in 2014: not where the division itself ended.
    successors = [code for code in line["新代码"].split(";") if code and "[" not in code]
    return {
        "code": line["代码"],
        "name": line["名称"],
        "parent": _parent(line),
        "level": line["级别"],
        "since": line["启用时间"],
        "until": line["变更/弃用时间"],
        "successor": ";".join(dict.fromkeys(successors)) if line["变更/弃用时间"] else "",
        "spelled": "",
    }


def _parent(line: dict[str, str]) -> str:
    if line["级别"] == "省级":
        return "000000"
    if line["级别"] == "地级" or line["二级行政区"] == "直辖":
        return line["代码"][:2] + "0000"
    return line["代码"][:4] + "00"


def _follow_prefectures(rows: list[dict[str, str]]) -> None:
    in_force = {row["code"] for row in rows if not row["until"]}
    parents = {row["code"]: row["parent"] for row in rows}
    for row in rows:
        if row["level"] == "地级" and row["until"] and not row["successor"] and row["code"] not in in_force:
            last = [child for child in rows if child["parent"] == row["code"] and child["until"] == row["until"]]
            ends = {parents[code] for child in last for code in child["successor"].split(";") if code}
            ends.discard(row["code"])
            if len(ends) == 1 and not (end := ends.pop()).endswith("0000"):
                row["successor"] = end


def _spell(rows: list[dict[str, str]]) -> None:
    """Every reading counts against the others: 朝 is zhao or chao, so 朝阳 is in the way of both."""
    holders: dict[str, set[str]] = defaultdict(set)
    current = [row for row in rows if not row["until"]]
    for row in current:
        for spelling in _possible(row):
            holders[spelling].add(row["code"])
    for row in current:
        row["spelled"] = " ".join(spelling for spelling in _usual(row) if len(holders[spelling]) == 1)


def _possible(row: dict[str, str]) -> set[str]:
    own = set(_OWN_SPELLINGS.get(row["code"], "").split())
    return own or {*_usual(row), *_readings(_bare(row["name"]))}


def _usual(row: dict[str, str]) -> list[str]:
    own = _OWN_SPELLINGS.get(row["code"], "").split()
    return own or ["".join(lazy_pinyin(_bare(row["name"])))]


def _bare(name: str) -> str:
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    bare = name.removesuffix(suffix)
    return bare if len(bare) > 1 else name


def _readings(name: str) -> set[str]:
    syllables = pinyin(name, style=Style.NORMAL, heteronym=True)
    return {"".join(one).replace("ü", "v") for one in islice(product(*syllables), _READINGS_AT_MOST)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
