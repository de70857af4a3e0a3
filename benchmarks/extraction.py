"""How well bodies are found: python -m benchmarks.extraction [--check]

On the folder ZHENGBAO_REAL: 27 saved pages with their bodies as chosen by hand, 6 list pages. A score is
the F1 of 4-character shingles, white space ignored. trafilatura (dev extra) stands beside, as shipped and on
input re-serialised by an HTML5 parser where selectolax is installed. Floors: floors.json, "extraction".
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.extract.body import read_html
from crawler.extract.decode import decode
from reports.errors import ListPage, ReadError

FLOORS = Path(__file__).with_name("floors.json")
LARGE_BYTES = 100_000
ROUNDS = 3
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of one way of reading, by file."""

    by_file: dict[str, float]

    @property
    def mean(self) -> float:
        return sum(self.by_file.values()) / len(self.by_file)

    @property
    def worst(self) -> float:
        return min(self.by_file.values())


def real() -> Path:
    """The folder of real material; KeyError where ZHENGBAO_REAL is unset."""
    return Path(os.environ["ZHENGBAO_REAL"])


def score(read: Callable[[str], str]) -> Score:
    """How near a way of reading comes to the bodies chosen by hand."""
    gold = list(_lines("gold/extraction.jsonl"))
    return Score({page["file"]: f1(read(_html(page["file"])), page["text"]) for page in gold})


def f1(found: str, expected: str) -> float:
    """F1 of 4-character shingles, white space ignored."""
    ours, theirs = _shingles(found), _shingles(expected)
    both, all_ = sum((ours & theirs).values()), sum(ours.values()) + sum(theirs.values())
    return 2 * both / all_ if all_ else 0.0


def ours(html: str, *, known: bool = True) -> str:
    """The body as this program reads it; empty where it finds none."""
    try:
        return "\n".join(read_html(html, known=known).paragraphs)
    except ReadError:
        return ""


def generic(html: str) -> str:
    """The body as this program reads it with known containers off."""
    return ours(html, known=False)


def lists_missed(*, known: bool) -> list[str]:
    """The list pages that are not recognised as such."""
    pages = [page["file"] for page in _lines("html/manifest.jsonl") if page["kind"] == "list"]
    return [file for file in pages if not _is_list(_html(f"html/{file}"), known)]


def pages_a_second(*, least_bytes: int = 0) -> float:
    """Pages of at least so many bytes read in a second of processor time, the best of three rounds."""
    files = [path for path in (real() / "html").rglob("*.html") if path.stat().st_size >= least_bytes]
    pages = [decode(path.read_bytes()) for path in files]
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for page in pages:
            ours(page)
        took.append(time.process_time() - started)
    return len(pages) / min(took)


def measured() -> dict[str, float]:
    """Every figure that has a floor."""
    with_containers, without = score(ours), score(generic)
    return {
        "containers_mean": with_containers.mean,
        "containers_worst": with_containers.worst,
        "generic_mean": without.mean,
        "generic_worst": without.worst,
        "lists_recognised": 12.0 - len(lists_missed(known=True)) - len(lists_missed(known=False)),
        "large_pages_a_second": pages_a_second(least_bytes=LARGE_BYTES),
    }


def _is_list(html: str, known: bool) -> bool:
    try:
        read_html(html, known=known)
    except ListPage:
        return True
    except ReadError:
        return False
    return False


def _shingles(text: str) -> Counter[str]:
    bare = "".join(text.split())
    return Counter(bare[start : start + SHINGLE] for start in range(len(bare) - SHINGLE + 1))


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with (real() / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _html(file: str) -> str:
    return decode((real() / file).read_bytes())


def _others() -> dict[str, Score]:
    if importlib.util.find_spec("trafilatura") is None:
        return {}
    import trafilatura  # noqa: PLC0415 - only where the dev extra is installed

    def shipped(html: str) -> str:
        return trafilatura.extract(html, include_comments=False, favor_precision=True) or ""

    scores = {"trafilatura": score(shipped)}
    if importlib.util.find_spec("selectolax") is not None:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

        scores["on html5"] = score(lambda html: shipped(LexborHTMLParser(html).html or ""))
    return scores


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor")
    check = parser.parse_args().check
    if not check:
        _report()
    figures = measured()
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))["extraction"]
    below = [name for name, floor in floors.items() if figures[name] < floor]
    for name, figure in figures.items():
        print(f"{name:24}{figure:9.4f}   floor {floors[name]:g}{'   BELOW' if name in below else ''}")
    return 1 if check and below else 0


def _report() -> None:
    scores = {"containers": score(ours), "generic": score(generic), **_others()}
    print(f"{'':52}" + "".join(f"{name:>13}" for name in scores))
    for file in scores["generic"].by_file:
        print(f"{file.removeprefix('html/'):52}" + "".join(f"{each.by_file[file]:13.4f}" for each in scores.values()))
    for what in ("mean", "worst"):
        print(f"{what:52}" + "".join(f"{getattr(each, what):13.4f}" for each in scores.values()))
    print(f"\nlist pages missed: {lists_missed(known=True)}, containers off: {lists_missed(known=False)}")
    print(f"pages a second: {pages_a_second():.0f}")


if __name__ == "__main__":
    sys.exit(main())
