"""On real reports: the floors of the benchmark, and that the index gives what reading the texts gives."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.figures import Score, measure, texts
from compare.figures import figures_after
from compare.said import with_sentences
from indexer.ask import Question, understand
from reports.fold import fold
from tests.indexer.made import report, searcher_of
from tests.real import real_folder

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks" / "floors.json").read_text("utf-8"))["figures"]


@pytest.fixture(scope="module")
def held() -> dict[str, str]:
    real_folder()
    return texts()


@pytest.mark.parametrize("half", ["tune", "blind"])
def test_figures_are_read_as_well_as_the_floors_say(half: str, held: dict[str, str]) -> None:
    score: Score = measure(half, held, show=False)
    assert score.pairs > 300
    assert score.precision >= FLOORS["precision"]
    assert score.recall >= FLOORS["recall"]


def test_the_index_gives_every_figure_that_reading_the_texts_gives(held: dict[str, str], tmp_path: Path) -> None:
    some = {
        key: text
        for key, text in held.items()
        if key.endswith(("1959", "2013", "110000", "330000", "yichun_2022.html"))
    }
    searcher = searcher_of([report(text, url=f"http://{n}.example/") for n, text in enumerate(some.values())], tmp_path)
    for phrase in ("增长", "达到", "粮食", "收入", "就业"):
        spots = searcher.counting.spots(understand(Question(f"“{phrase}”"), searcher))
        said = with_sentences(searcher.counting, spots, 10_000)
        wanted = {
            (text, found.start()): [figure.shown for figure in figures]
            for text in some.values()
            for found in re.finditer(r"\s*".join(phrase), text)
            if (figures := figures_after(text, found.end())) and fold(found[0]) == phrase
        }
        assert {
            (each.report.text, each.start + each.phrase[0]): [f.shown for f in each.figures] for each in said
        } == wanted
        assert len(wanted) > 3
