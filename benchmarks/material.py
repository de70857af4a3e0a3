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

from reports.fold import fold, is_traditional
from reports.regions import load_regions
from reports.report import Body, Kind, Report, Script, Section, SectionKind, report_id, text_sha256
from reports.topics import topic_names

SEED = 2026
CHARS = 3000
_YEARS = range(2010, 2026)
_SECTIONS = (SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS, SectionKind.LEADERSHIP, SectionKind.PLANS)


def real_folder() -> Path:
    """Where the real reports are; ends the program, saying why, where there are none."""
    named = os.environ.get("ZHENGBAO_REAL")
    folder = Path(named or "")
    if not named or not (folder / "docs").is_dir():
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


def real_documents(count: int) -> Iterator[Report]:
    """So many pieces of about 3,000 characters of the real documents, no two alike, each as it stands.

    Places and years are drawn.
    """
    chance, codes, number, seen = random.Random(SEED), _codes(), 0, set()
    for path in sorted((real_folder() / "docs").glob("*.jsonl.gz"), reverse=True):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        for text in chance.sample(texts, len(texts)):
            for piece in _pieces([line.strip() for line in text.split("\n") if line.strip()]):
                if number == count:
                    return
                if (form := fold("\n".join(piece))) in seen:
                    continue
                seen.add(form)
                yield _report(number, chance, piece, codes)
                number += 1


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if sum(map(len, piece)) >= CHARS:
            yield piece
            piece = []
    if piece:
        yield piece


def _codes() -> list[str]:
    return sorted({region.code for region in load_regions() if region.level and region.in_force(2020)})


@dataclass(frozen=True, slots=True)
class Recombined:
    """`count` reports of about 3,000 characters; the same ones each time."""

    count: int

    def __iter__(self) -> Iterator[Report]:
        chance, source, codes = random.Random(SEED), paragraphs(), _codes()
        for number in range(self.count):
            lines: list[str] = []
            while sum(map(len, lines)) < CHARS:
                lines.append(chance.choice(source))
            yield _report(number, chance, lines, codes)


def _report(number: int, chance: random.Random, lines: list[str], codes: list[str]) -> Report:
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
        script=Script.HANT if is_traditional(text) else Script.HANS,
        copy_of=None,
        quality=frozenset(),
        read_by="recombined",
        sha256=text_sha256(text),
    )


def _sections(lines: list[str]) -> Iterator[Section]:
    at, each, last = 0, max(1, len(lines) // len(_SECTIONS)), min(len(lines), len(_SECTIONS)) - 1
    for number, kind in enumerate(_SECTIONS[: last + 1]):
        part = lines[number * each : None if number == last else (number + 1) * each]
        stop = at + sum(len(line) + 1 for line in part) - (number == last)
        yield Section("", kind, at, stop)
        at = stop
