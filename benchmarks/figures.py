"""How well the figure after a phrase is read: `python -m benchmarks.figures [--check] [--half NAME] [--show]`.

The pairs of `figures.tsv` were labelled by reading real reports before the rules were written; it holds no text but
the phrases and the figures. `tune` is the half of the reports that was looked at while the rules were made, `blind`
the half that was not; `later`, too small for floors, was drawn and labelled when the rules were done.
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.material import real_folder
from compare.figures import BEHIND, FIGURE_CHARS, Figure, figures_after, sort_key
from reports.fold import fold

_HERE = Path(__file__).parent
_HALVES = ("tune", "blind")
_SETS = (*_HALVES, "later")
_SPOTS = 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase in a report, and what a reader takes for the figures after it, as 增长:5.2%~左右; none if empty."""

    half: str
    report: str
    phrase: str
    occurrence: int
    figures: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Figures labelled, figures read, those equal; and of these, how many with the same change and approximation."""

    labelled: int = 0
    found: int = 0
    right: int = 0
    whole: int = 0
    pairs: int = 0

    @property
    def precision(self) -> float:
        """Of what is read, the share a reader reads too."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Of what a reader reads, the share that is read."""
        return self.right / max(1, self.labelled)


def pairs() -> Iterator[Pair]:
    """Every labelled pair."""
    for line in (_HERE / "figures.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            half, report, phrase, occurrence, figures = line.split("\t")
            yield Pair(half, report, phrase, int(occurrence), tuple(figures.split(";")) if figures else ())


def texts() -> dict[str, str]:
    """The real reports by the keys of `figures.tsv`."""
    real = real_folder()
    found: dict[str, str] = {}
    for name in ("national_work_reports", "provincial_work_reports_2026", "govcn_policies_2019"):
        with gzip.open(real / "docs" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found |= {f"{name}:{each['id']}": each["text"] for each in map(json.loads, lines)}
    for line in (real / "gold" / "extraction.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        found[f"extraction:{page['file'].removeprefix('html/')}"] = page["text"]
    found |= {f"seeds:{path.name}": path.read_text("utf-8") for path in (real / "seeds").glob("*.txt")}
    return {key: unicodedata.normalize("NFC", text) for key, text in found.items()}


def stop_of(pair: Pair, text: str) -> int:
    """Where the pair's phrase ends in its report."""
    at = -1
    for _ in range(pair.occurrence):
        at = text.index(pair.phrase, at + 1 if at < 0 else at + len(pair.phrase))
    return at + len(pair.phrase)


def measure(half: str, held: dict[str, str], show: bool) -> Score:
    """One half of the pairs against what is read; with `show`, each difference."""
    score = Score()
    for pair in (each for each in pairs() if each.half == half):
        text = held[pair.report]
        stop = stop_of(pair, text)
        read = [_written(each) for each in figures_after(text, stop)]
        plain, wanted = [_plain(each) for each in read], [_plain(each) for each in pair.figures]
        score.pairs += 1
        score.labelled, score.found = score.labelled + len(wanted), score.found + len(plain)
        score.right += sum(min(plain.count(each), wanted.count(each)) for each in set(wanted))
        score.whole += sum(each in pair.figures for each in read)
        if show and tuple(read) != pair.figures:
            mark, context = " " if plain == wanted else "!", repr(text[stop : stop + 70])
            print(mark, pair.report, pair.phrase, context, "wanted", pair.figures, "read", read)
    return score


def _written(figure: Figure) -> str:
    direction = f"{figure.direction}:" if figure.direction else ""
    return direction + figure.text + (f"~{figure.about}" if figure.about else "")


def _plain(written: str) -> str:
    """Number and unit alone."""
    head, colon, rest = written.partition(":")
    return (rest if colon and not head[-1:].isdigit() else written).partition("~")[0]


def spots_a_second(held: dict[str, str]) -> float:
    """How fast contexts are read for sorting: all labelled ones, over and over."""
    contexts = [_context(held[each.report], stop_of(each, held[each.report])) for each in pairs()]
    contexts *= _SPOTS // len(contexts)
    taken = []
    for _ in range(3):
        began = perf_counter()
        sorted(sort_key(left, right) for left, right in contexts)
        taken.append(perf_counter() - began)
    return len(contexts) / min(taken)


def _context(text: str, stop: int) -> tuple[str, str]:
    """What is read of a spot to sort it."""
    left, right = fold(text[max(0, stop - BEHIND) : stop]), fold(text[stop : stop + 2 * FIGURE_CHARS])
    return left.rpartition("\n")[2], right[:FIGURE_CHARS].partition("\n")[0]


def main() -> None:
    """Print the table; with --check end with 1 below the floors."""
    held, floors = texts(), json.loads((_HERE / "floors.json").read_text("utf-8"))["figures"]
    halves = [sys.argv[sys.argv.index("--half") + 1]] if "--half" in sys.argv else list(_SETS)
    low = []
    for half in halves:
        score = measure(half, held, "--show" in sys.argv)
        print(
            f"{half:6} pairs {score.pairs:4}  figures {score.labelled:4}  precision {score.precision:.3f}"
            f"  recall {score.recall:.3f}  with change and approximation {score.whole / max(1, score.right):.3f}"
        )
        low += [half for name in ("precision", "recall") if half in _HALVES and getattr(score, name) < floors[name]]
    speed = spots_a_second(held)
    print(f"read for sorting: {speed:,.0f} spots a second")
    if "--check" in sys.argv and (low or speed < floors["spots_a_second"]):
        sys.exit("below the floors")


if __name__ == "__main__":
    main()
