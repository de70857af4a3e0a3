"""How well topics are told: python -m benchmarks.topics [--check]

On corpus/demo: the parts labelled in topics.jsonl, by file and heading, and the share of annual reports that
have each topic. A labelled part that is not found counts as one without topics. Floors: floors.json, "topics".
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.extract.page import Given
from crawler.extract.reader import read_bytes
from reports.errors import ReadError
from reports.fold import fold
from reports.parts import parts_of
from reports.regions import load_regions
from reports.report import Kind, Report
from reports.topics import topic_names, topics_of, topics_of_part

FLOORS = Path(__file__).with_name("floors.json")
DEMO = Path(__file__).parents[1] / "corpus/demo"
ANNUAL = frozenset({Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE, Kind.STATISTICS})
PAGES = frozenset({".html", ".htm", ".shtml", ".jsp", ".txt"})
REPORT_CHARS = 4000
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What a part is about, as labelled by hand."""

    file: str
    heading: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled part and what the program says of it; None where it does not find the part."""

    label: Label
    topics: frozenset[str] | None


def told() -> list[Told]:
    """Every labelled part, and what is said of it."""
    return [Told(label, _topics_of(label)) for label in labels()]


def labels() -> list[Label]:
    """The labelled parts of the demo."""
    with (DEMO / "topics.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Label(row["file"], row["heading"], frozenset(row["topics"])) for row in rows]


def f1_precision_recall(parts: list[Told]) -> tuple[float, float, float]:
    """Micro-averaged over the pairs of a part and a topic."""
    right = sum(len(part.label.topics & (part.topics or frozenset())) for part in parts)
    said = sum(len(part.topics or ()) for part in parts)
    labelled = sum(len(part.label.topics) for part in parts)
    return 2 * right / (said + labelled), right / max(said, 1), right / labelled


def shares() -> dict[str, float]:
    """For each topic the share of the demo's annual reports that have it."""
    annual = [report for report in demo_reports().values() if report.kind in ANNUAL]
    counted = Counter(topic for report in annual for topic in report.topics)
    return {name: counted[name] / len(annual) for name in topic_names()}


def ms_a_report() -> float:
    """Processor time to find the topics of 4,000 characters, the best of three rounds."""
    reports = list(demo_reports().values())
    chars = sum(len(report.text) for report in reports)
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for report in reports:
            topics_of(report.text, report.sections)
        took.append(time.process_time() - started)
    return min(took) * 1000 * REPORT_CHARS / chars


@cache
def demo_reports() -> dict[str, Report]:
    """The demo's reports by file."""
    return dict(_read_demo())


def _read_demo() -> Iterator[tuple[str, Report]]:
    regions = load_regions([DEMO / "divisions.csv"])
    sites = DEMO / "sites"
    for path in sorted(sites.rglob("*")):
        if path.suffix not in PAGES or path.name == "robots.txt":
            continue
        file = path.relative_to(sites).as_posix()
        given = Given(url=f"http://{file}")
        try:
            html = path.suffix != ".txt"
            yield file, read_bytes(path.read_bytes(), html=html, origin=file, given=given, regions=regions)
        except ReadError:
            continue


def _topics_of(label: Label) -> frozenset[str] | None:
    report = demo_reports().get(label.file)
    if report is None:
        return None
    for part in parts_of(report.text, report.sections):
        if fold(part.heading) == fold(label.heading):
            return topics_of_part(part.heading, report.text[part.start : part.stop], part.section)
    return None


def measured(parts: list[Told]) -> dict[str, float]:
    """Every figure that has a floor; `discriminating` is the share of annual reports without the commonest topic."""
    f1, precision, recall = f1_precision_recall(parts)
    return {"f1": f1, "precision": precision, "recall": recall, "discriminating": 1 - max(shares().values())}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor")
    check = parser.parse_args().check
    parts = told()
    if not check:
        _report(parts)
    figures = measured(parts)
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))["topics"]
    below = [name for name, floor in floors.items() if figures[name] < floor]
    for name, figure in figures.items():
        print(f"{name:16}{figure:9.4f}   floor {floors[name]:g}{'   BELOW' if name in below else ''}")
    return 1 if check and below else 0


def _report(parts: list[Told]) -> None:
    for part in parts:
        if part.topics is None:
            print(f"not found: {part.label.file} {part.label.heading}")
        elif part.topics != part.label.topics:
            missed, wrong = part.label.topics - part.topics, part.topics - part.label.topics
            print(f"{part.label.heading}: missed {sorted(missed)}, wrong {sorted(wrong)}")
    print("\nshare of annual reports")
    for name, share in sorted(shares().items(), key=lambda item: -item[1]):
        print(f"{share:6.2f}  {name}")
    print(f"\n{len(parts)} labelled parts; {ms_a_report():.2f} ms for {REPORT_CHARS} characters\n")


if __name__ == "__main__":
    sys.exit(main())
