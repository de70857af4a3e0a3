"""How well metadata is read: python -m benchmarks.metadata [--check] [--show N]

On the folder ZHENGBAO_REAL: 26 hand-labelled hard cases, and about 3,500 texts whose labels are hidden
and read again from title and text alone. Many labels of those come from elsewhere than the text: a
starred line counts the dates and years whose labelled day the text does not bear (the day a database
or a web page filed it under), and "finer" the regions below the labelled one (杭州 under 浙江省).
Floors: floors.json, "metadata".
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.extract.dates import dates_in
from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Metadata, Page
from reports.regions import load_regions

FLOORS = Path(__file__).with_name("floors.json")
SETS = ("laws_and_local_regulations", "govcn_policies_2019", "provincial_work_reports_2026", "national_work_reports")
FIELDS = ("region", "year", "kind", "body", "covers", "date", "place")
OUTCOMES = ("right", "finer", "unknown", "wrong")


@dataclass(slots=True)
class Tally:
    """What was right, unknown and wrong in one set of labelled texts."""

    reports: int = 0
    seconds: float = 0.0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    amiss: list[str] = field(default_factory=list)

    def add(self, what: str, got: object, label: object, title: str) -> None:
        outcome = "right" if got == label else "unknown" if got is None else "wrong"
        if what == "region" and outcome == "wrong" and label in load_regions().ancestors(str(got))[:-1]:
            outcome = "finer"
        self.counts[what, outcome] += 1
        if outcome != "right":
            self.amiss.append(f"{what} {outcome}: {got}, label {label}: {title}")

    def share(self, what: str, *outcomes: str) -> float:
        asked = sum(self.counts[what, outcome] for outcome in OUTCOMES)
        return sum(self.counts[what, outcome] for outcome in outcomes) / asked if asked else 0.0


def measured() -> dict[str, float]:
    """The figures the floors are about; the more the better."""
    hard, laws, *others = gold(), *map(hidden, SETS)
    tallies = (laws, *others)
    reports = sum(tally.reports for tally in tallies)
    wrong = sum(tally.counts["region", "wrong"] for tally in tallies)
    return {
        **{f"gold_{what}": hard.counts[what, "right"] for what in FIELDS},
        "region_not_wrong": 1 - wrong / reports,
        "region_of_laws": laws.share("region", "right", "finer"),
        "date_of_laws": laws.share("date", "right"),
        "work_report_region_and_year": min(tally.share(what, "right") for tally in others[1:] for what in FIELDS[:2]),
        "reports_a_second": reports / sum(tally.seconds for tally in tallies),
    }


def gold() -> Tally:
    """The hand-labelled cases: title, lead and address are all there is."""
    tally = Tally()
    for line in _lines("gold/region_year.jsonl"):
        page = Page(title=line["title"], paragraphs=(line["lead"],))
        said = _read(tally, page, line["url"] or None)
        got = (said.region_code, said.year, said.kind.value, said.body.value, said.covers, _day(said), said.place)
        labels = ("region_code", "year", "kind", "body", "covers", "date", "subregion")
        for what, value, label in zip(FIELDS, got, labels, strict=True):
            tally.add(what, value, line[label], line["id"])
    return tally


def hidden(name: str) -> Tally:
    """Region, year and date of one set, read from title and text."""
    tally = Tally()
    for line in _lines(f"docs/{name}.jsonl.gz"):
        page = Page(title=line["title"], paragraphs=tuple(filter(None, map(str.strip, line["text"].split("\n")))))
        said = _read(tally, page, None)
        star = "" if line["date"] is None or _bears(line) else "*"
        tally.add("region", said.region_code, line["region_code"], line["title"])
        if line["year"]:
            tally.add(f"year{star}", said.year, line["year"], line["title"])
        if line["date"]:
            tally.add(f"date{star}", _day(said), line["date"], line["title"])
    return tally


def _read(tally: Tally, page: Page, url: str | None) -> Metadata:
    start = time.perf_counter()
    said = read_metadata(page, url=url, given=Given(), regions=load_regions())
    tally.seconds += time.perf_counter() - start
    tally.reports += 1
    return said


def _day(said: Metadata) -> str | None:
    return said.published.isoformat() if said.published else None


def _bears(line: dict[str, Any]) -> bool:
    borne = dates_in(unicodedata.normalize("NFKC", line["text"][:6000] + "\n" + line["text"][-500:]))
    return line["date"] in {dated.date.isoformat() for dated in borne}


def _lines(name: str) -> Iterator[dict[str, Any]]:
    path = Path(os.environ["ZHENGBAO_REAL"]) / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _print(name: str, tally: Tally, show: int) -> None:
    print(f"{name}: {tally.reports} reports, {1000 * tally.seconds / tally.reports:.2f} ms each")
    for what in dict.fromkeys(what for what, _ in sorted(tally.counts)):
        print(f"  {what:8}", *(f"{outcome} {tally.share(what, outcome):.2%} " for outcome in OUTCOMES))
    for line in tally.amiss[:show]:
        print(f"    {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a figure is below its floor")
    parser.add_argument("--show", type=int, default=0, help="how many disagreements of each set to print")
    chosen = parser.parse_args()
    load_regions()
    if chosen.check:
        figures = measured()
        floors = json.loads(FLOORS.read_text("utf-8"))["metadata"]
        low = [f"{name} {figures[name]:.4f} < {floor}" for name, floor in floors.items() if figures[name] < floor]
        sys.exit("\n".join(low) or 0)
    _print("gold", gold(), chosen.show)
    for name in SETS:
        _print(name, hidden(name), chosen.show)


if __name__ == "__main__":
    main()
