"""On real pages and texts: the floors of the benchmark, and that nothing real is lost."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction
from crawler.extract.body import read_html, read_text
from crawler.extract.decode import decode
from reports.errors import ReadError
from tests.real import json_lines, real_folder

FLOORS: dict[str, float] = json.loads(extraction.FLOORS.read_text("utf-8"))["extraction"]


@pytest.fixture(scope="module")
def folder() -> Path:
    return real_folder()


def test_bodies_are_found_as_well_as_the_floors_say(folder: Path) -> None:
    figures = extraction.measured()
    assert {name for name, floor in FLOORS.items() if figures[name] < floor and "second" not in name} == set()


def test_every_list_page_is_named_as_such(folder: Path) -> None:
    assert extraction.lists_missed(known=True) == extraction.lists_missed(known=False) == []


def test_a_page_of_another_make_is_refused_with_a_reason(folder: Path) -> None:
    with pytest.raises(ReadError, match="no body"):
        read_html(decode((folder / "html/handan/affairs__details.html").read_bytes()))


def test_seeds_are_read_as_labelled(folder: Path) -> None:
    for seed in json_lines(folder / "gold/seeds.jsonl"):
        page = read_text(decode((folder / seed["file"]).read_bytes()))
        text = "\n".join(page.paragraphs)
        assert page.title == seed["title"]
        assert [phrase for phrase in seed["must_contain"] if phrase not in text] == []
        assert [phrase for phrase in seed["must_not_contain"] if phrase in text] == []
        assert "damaged" not in page.quality


@pytest.mark.parametrize(
    ("name", "most_share"),
    [
        ("govcn_policies_2019", 0.0),
        ("laws_and_local_regulations", 0.0001),
        ("provincial_work_reports_2026", 0.006),
        ("national_work_reports", 0.01),
    ],
)
def test_next_to_nothing_is_taken_out_of_clean_texts(folder: Path, name: str, most_share: float) -> None:
    removed = total = 0
    for line in islice(json_lines(folder / f"docs/{name}.jsonl.gz"), 0, None, 4 if name.startswith("laws") else 1):
        if line["text"]:
            removed += sum(map(len, read_text(line["text"]).chrome))
            total += len(line["text"])
    assert removed <= most_share * total


def test_links_broken_out_of_sentences_are_joined_again(folder: Path) -> None:
    reports: list[dict[str, Any]] = list(json_lines(folder / "docs/national_work_reports.jsonl.gz"))
    first = next(report for report in reports if report["year"] == 1954)
    assert any("——中華人民共和國憲法，接着" in paragraph for paragraph in read_text(first["text"]).paragraphs)
