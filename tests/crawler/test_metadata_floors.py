"""On real pages and texts: the floors of the benchmark, and the starting documents as labelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import metadata
from crawler.extract.body import read_text
from crawler.extract.decode import decode
from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given
from reports.regions import load_regions
from tests.real import json_lines, real_folder

FLOORS: dict[str, float] = json.loads(metadata.FLOORS.read_text("utf-8"))["metadata"]


@pytest.fixture(scope="module")
def folder() -> Path:
    return real_folder()


def test_metadata_is_read_as_well_as_the_floors_say(folder: Path) -> None:
    figures = metadata.measured()
    assert {name for name, floor in FLOORS.items() if figures[name] < floor and "second" not in name} == set()


def test_no_honest_unknown_is_made_up(folder: Path) -> None:
    amiss = metadata.gold().amiss
    assert [line for line in amiss if line.startswith("region wrong") and "label None" in line] == []


def test_seeds_say_what_they_are_labelled(folder: Path) -> None:
    for seed in json_lines(folder / "gold/seeds.jsonl"):
        page = read_text(decode((folder / seed["file"]).read_bytes()))
        said = read_metadata(page, url=None, given=Given(), regions=load_regions())
        assert (said.region_code, said.place, said.year) == (seed["region_code"], seed["place"], seed["year"])
        assert (said.kind.value, said.title_inferred) == (seed["kind"], seed["title_inferred"])
        for name in ("title", "issuer", "body", "published"):
            if seed.get(name) is not None:
                assert str(getattr(said, name)) == seed[name]
