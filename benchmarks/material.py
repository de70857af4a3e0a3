"""Large corpora for measuring: real paragraphs recombined under a seed."""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.regions import load_regions
from reports.report import Body, Kind, Report, Script, Section, SectionKind, report_id, text_sha256
from reports.topics import topic_names

SEED = 2026
CHARS = 3000
_YEARS = range(2010, 2026)
_SECTIONS = (SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS, SectionKind.LEADERSHIP, SectionKind.PLANS)


def real_folder() -> Path:
    """Where the real reports are; ends the program, saying why, where there are none."""
    folder = Path(os.environ.get("ZHENGBAO_REAL", ""))
    if not (folder / "docs").is_dir():
        sys.exit("ZHENGBAO_REAL does not name a folder of real reports: nothing to measure on")
    return folder


def paragraphs() -> list[str]:
    """Every paragraph of 40 to 400 characters of the real documents."""
    found = []
    for path in sorted((real_folder() / "docs").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        found += [line.strip() for text in texts for line in text.split("\n") if 40 <= len(line.strip()) <= 400]
    return found


@dataclass(frozen=True, slots=True)
class Recombined:
    """`count` reports of about 3,000 characters; the same ones each time."""

    count: int

    def __iter__(self) -> Iterator[Report]:
        chance, source = random.Random(SEED), paragraphs()
        codes = sorted({region.code for region in load_regions() if region.level and region.in_force(2020)})
        for number in range(self.count):
            yield _report(number, chance, source, codes)


def _report(number: int, chance: random.Random, source: list[str], codes: list[str]) -> Report:
    lines: list[str] = []
    while sum(map(len, lines)) < CHARS:
        lines.append(chance.choice(source))
    text, year = "\n".join(lines), chance.choice(_YEARS)
    url = f"http://www.r{number}.gov.example/"
    return Report(
        id=report_id(url, text),
        url=url,
        origin=url,
        title=f"第{number}号地区{year}年法治政府建设年度报告",
        title_inferred=False,
        text=text,
        sections=tuple(_sections(lines)),
        kind=chance.choice((Kind.RULE_OF_LAW, Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE)),
        region_code=chance.choice(codes),
        place=None,
        issuer=None,
        body=chance.choice((Body.GOVERNMENT, Body.GOVERNMENT, Body.DEPARTMENT)),
        year=year,
        year_from="title",
        covers=year,
        published=date(year + 1, chance.randint(1, 6), chance.randint(1, 28)),
        doc_no=None,
        topics=frozenset(chance.sample(topic_names(), 4)),
        script=Script.HANS,
        copy_of=None,
        quality=frozenset(),
        read_by="recombined",
        sha256=text_sha256(text),
    )


def _sections(lines: list[str]) -> Iterator[Section]:
    at, each = 0, max(1, len(lines) // len(_SECTIONS))
    for number, kind in enumerate(_SECTIONS):
        part = lines[number * each : None if kind is _SECTIONS[-1] else (number + 1) * each]
        stop = at + sum(len(line) + 1 for line in part)
        if kind is _SECTIONS[-1]:
            stop -= 1
        if part:
            yield Section("", kind, at, stop)
        at = stop
