"""Where phrases stand in forms, against looking; and the code their places are kept in."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import pair_writer, pairs
from indexer.pair_writer import PairWriter
from indexer.pairs import Pairs, as_units
from indexer.postings import decoded, encoded, plain, sizes

# Letters of any plane, of which some share half of their units, digits, signs, control characters.
CHARS = "政府行法治年度报告\U00020bb7\U00020bb8\U00021848aé1·,。\x00\x01\u0600\U0001f600"


def pairs_of(forms: list[str], folder: Path) -> tuple[Pairs, str]:
    folder.mkdir()
    with PairWriter(folder) as writer:
        for form in forms:
            writer.add(as_units(f"{form}\n"))
    whole = "".join(f"{form}\n" for form in forms)
    return Pairs(folder, as_units(whole)), whole


def places(phrase: str, whole: str) -> list[int]:
    """By looking: the unit at which each begins, overlapping ones too."""
    found = [at for at in range(len(whole)) if whole.startswith(phrase, at)]
    return [len(as_units(whole[:at])) for at in found]


def string(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(CHARS) for _ in range(chance.randint(1, most)))


@pytest.mark.parametrize("batch", [1, 70, 1_000_000])
@pytest.mark.parametrize("cost", [0, 64])
def test_every_place_of_a_phrase_is_found_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, cost: int
) -> None:
    """Single characters by their pairs, which cost nothing, and by looking."""
    monkeypatch.setattr(pair_writer, "_BATCH_UNITS", batch)
    monkeypatch.setattr(pairs, "_PLACE_COST", cost)
    monkeypatch.setattr(pairs, "_LIST_COST", cost)
    chance = random.Random(batch)
    forms = ["\n".join(string(chance, 30) for _ in range(3)) for _ in range(40)]
    index, whole = pairs_of(forms, tmp_path / "pairs")
    lines = whole.split("\n")[:-1]
    cut = {chance.choice(lines)[chance.randint(0, 5) :][: chance.randint(1, 9)] for _ in range(300)} - {""}
    for phrase in sorted(cut | {string(chance, 3) for _ in range(200)} | set(CHARS) | {"没有"}):
        assert index.find(phrase).tolist() == places(phrase, whole), phrase


def test_nothing_is_found_in_nothing(tmp_path: Path) -> None:
    index, _ = pairs_of([], tmp_path / "none")
    assert [index.find(phrase).tolist() for phrase in ("政府", "政", "。")] == [[], [], []]


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    pairs_of(["法治政府建设"], tmp_path / "pairs")
    file = tmp_path / "pairs" / pair_writer.PLACES
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"pair_places\.bin"):
        Pairs(tmp_path / "pairs", as_units("法治政府建设\n"))


@settings(deadline=None)
@given(st.lists(st.integers(0, 1 << 35), max_size=60, unique=True), st.integers(0, 1 << 35))
def test_numbers_are_read_as_they_were_written(some: list[int], more: int) -> None:
    numbers, bound = np.array(sorted(some), np.int64), max([more, *some]) + 1
    data = encoded(numbers, bound)
    counts = np.array([len(numbers)])
    assert len(data) == sizes(counts, bound)[0]
    assert decoded(np.frombuffer(data, np.uint8), len(numbers), bound).tolist() == sorted(some)
    if plain(counts, bound)[0]:
        assert data == numbers.astype("<u4").tobytes()


def test_the_bits_of_a_list_grow_with_what_lies_between_its_numbers() -> None:
    bits = [8 * int(sizes(np.array([1000]), 1000 * gap)[0]) / 1000 for gap in (20, 2000, 200_000, 2_000_000)]
    assert bits == sorted(bits)
    assert bits[0] < 10
    assert bits[-1] == 32
