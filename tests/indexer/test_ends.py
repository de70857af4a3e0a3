"""Where sentences and paragraphs end, against looking."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer import ends
from indexer.ends import Ends, EndWriter
from indexer.pairs import as_units

CHARS = "政府𠮷a,。。！;\n\n"


def ends_of(forms: list[str], folder: Path) -> Ends:
    folder.mkdir()
    with EndWriter(folder) as writer:
        for form in forms:
            writer.add(as_units(f"{form}\n"))
    return Ends(folder, as_units("".join(f"{form}\n" for form in forms)))


@pytest.mark.parametrize("span", [1, 100, 1_000_000])
@pytest.mark.parametrize("signs", ["\n", "\n。!?;"])
def test_a_place_is_between_the_ends_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, span: int, signs: str
) -> None:
    monkeypatch.setattr(ends, "_SPAN_UNITS", span)
    chance = random.Random(span)
    forms = ["".join(chance.choices(CHARS, k=chance.randint(0, 60))) for _ in range(60)]
    units, behind = as_units("".join(f"{form}\n" for form in forms)), [0]
    behind += [at + 1 for at, unit in enumerate(units) if chr(unit) in signs]
    # No phrase begins with a paragraph's end.
    places = np.flatnonzero((units != 0x0A) & np.array([chance.random() < 0.7 for _ in units]))
    starts, stops = ends_of(forms, tmp_path / "ends").around(places, paragraphs=signs == "\n")
    assert starts.tolist() == [max(at for at in behind if at <= place) for place in places]
    for stop, place in zip(stops.tolist(), places.tolist(), strict=True):
        expected = min(at for at in behind if at > place)
        # A sentence that ends with its paragraph has the paragraph's end, too.
        assert stop == expected or (units[expected] == 0x0A and stop == expected + 1)


def test_of_no_places_and_of_no_forms_nothing_is_said(tmp_path: Path) -> None:
    none = np.empty(0, np.int64)
    for number, forms in enumerate(([], ["政府。"])):
        starts, stops = ends_of(forms, tmp_path / str(number)).around(none, paragraphs=False)
        assert (starts.size, stops.size) == (0, 0)


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    ends_of(["法治政府建设。"], tmp_path / "ends")
    with pytest.raises(ValueError, match=r"ends\.bin"):
        Ends(tmp_path / "ends", as_units("法治政府建设。\n再议\n"))
    file = tmp_path / "ends" / ends.ENDS
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(ValueError, match=r"ends\.bin"):
        Ends(tmp_path / "ends", as_units("法治政府建设。\n"))
