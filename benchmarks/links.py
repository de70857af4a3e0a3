"""How well lists are read: python -m benchmarks.links [--check] [--show]

On the folder ZHENGBAO_REAL: article links of the saved list pages, against the areas of those pages in which
they stand (read by hand: tests/crawler/data/list_pages.jsonl). On link titles written and labelled by hand
(tests/crawler/data/link_titles.jsonl): is an annual report announced, of which kind and year?
Floors: floors.json, "links".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from benchmarks.material import real_folder
from crawler.extract.decode import decode
from crawler.extract.wanted import wanted
from crawler.listing import read_listing
from crawler.sights import Listing, Piece, Wanted
from reports.report import Kind

FLOORS = Path(__file__).with_name("floors.json")
LABELS = Path(__file__).parents[1] / "tests/crawler/data"
ANNUAL = frozenset((Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE, Kind.STATISTICS))


@dataclass(frozen=True, slots=True)
class ListPage:
    """A saved list page: `area` is the CSS of its article links; how many there are, how many with a date, how
    the addresses of the first and the last end, and how many further pages the list has."""

    file: str
    url: str
    area: str
    links: int
    dated: int
    first: str
    last: str
    pages: int

    def data(self, folder: Path) -> bytes:
        return (folder / self.file).read_bytes()

    def expected(self, folder: Path) -> list[str]:
        """The addresses of its articles, in order."""
        tree = BeautifulSoup(decode(self.data(folder)), "html.parser")
        hrefs = [urljoin(self.url, str(anchor["href"])) for anchor in tree.select(self.area)]
        return list(dict.fromkeys(hrefs))

    def listing(self, folder: Path) -> Listing:
        return read_listing(Piece(self.url, "text/html", self.data(folder)))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A link's title, the date beside it, and what it announces: None for no annual report."""

    title: str
    published: date | None
    announces: Wanted | None

    def got(self) -> Wanted | None:
        return wanted(self.title, ANNUAL, published=self.published)


def list_pages() -> tuple[ListPage, ...]:
    """The saved list pages and what was read on them by hand."""
    lines = (LABELS / "list_pages.jsonl").read_text("utf-8").splitlines()
    return tuple(ListPage(**json.loads(line)) for line in lines)


def titles() -> Iterator[Labelled]:
    """The labelled link titles."""
    for line in map(json.loads, (LABELS / "link_titles.jsonl").read_text("utf-8").splitlines()):
        day = date.fromisoformat(line["published"]) if "published" in line else None
        yield Labelled(line["title"], day, Wanted(Kind(line["kind"]), line["year"]) if line["kind"] else None)


def precision_and_recall(page: ListPage, folder: Path) -> tuple[float, float]:
    """Of the links taken, those expected; of those expected, those taken."""
    taken, expected = {link.url for link in page.listing(folder).links}, set(page.expected(folder))
    right = len(taken & expected)
    return right / len(taken) if taken else 0.0, right / len(expected)


def title_score(labelled: tuple[Labelled, ...]) -> tuple[float, float]:
    """The share of titles with kind and year right, and of the annual reports not missed."""
    right = sum(each.got() == each.announces for each in labelled)
    reports = [each for each in labelled if each.announces]
    return right / len(labelled), sum(each.got() is not None for each in reports) / len(reports)


def measured(folder: Path) -> dict[str, float]:
    """The figures the floors are about; the more the better."""
    scores = [precision_and_recall(page, folder) for page in list_pages()]
    right, found = title_score(tuple(titles()))
    return {
        "precision_worst": min(precision for precision, _ in scores),
        "recall_worst": min(recall for _, recall in scores),
        "titles_right": right,
        "titles_found": found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a figure is below its floor")
    parser.add_argument("--show", action="store_true", help="print the titles judged wrongly")
    chosen = parser.parse_args()
    folder = real_folder()
    for page in list_pages():
        precision, recall = precision_and_recall(page, folder)
        print(f"{page.file:40} links {page.links:3}  precision {precision:.3f}  recall {recall:.3f}")
    figures = measured(folder)
    count = sum(1 for _ in titles())
    print(f"{count} titles: kind and year right {figures['titles_right']:.4f}, found {figures['titles_found']:.4f}")
    if chosen.show:
        print(
            *(f"{each.got()} label {each.announces}: {each.title}" for each in titles() if each.got() != each.announces)
        )
    if chosen.check:
        floors = json.loads(FLOORS.read_text("utf-8"))["links"]
        low = [f"{name} {figures[name]:.4f} < {floor}" for name, floor in floors.items() if figures[name] < floor]
        sys.exit("\n".join(low) or 0)


if __name__ == "__main__":
    main()
