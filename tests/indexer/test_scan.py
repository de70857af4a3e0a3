"""Places of terms: which are kept apart, and which are remembered."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.pairs import Pairs
from indexer.postings import Ints
from indexer.query import Term
from indexer.scan import Found, Scanner, apart
from tests.indexer.made import report, searcher_of


def found_of(spans: list[tuple[int, int]]) -> Found:
    starts, stops = np.array(spans, np.int64).reshape(-1, 2).T
    return Found(starts, stops, np.zeros(len(starts), np.int64))


def test_places_are_kept_apart_from_left_to_right() -> None:
    chance = random.Random(1)
    for _ in range(500):
        begins = sorted(chance.choices(range(40), k=chance.randint(0, 20)))
        spans = sorted(((at, at + chance.randint(1, 6)) for at in begins), key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int]] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        left = apart(found_of(spans))
        assert list(zip(left.starts.tolist(), left.stops.tolist(), strict=True)) == kept


def test_what_two_look_for_at_once_is_held_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    core = searcher_of([report("法治政府")], tmp_path).core
    scanner, find, term = Scanner(core), Pairs.find, Term("法治", "法治", quoted=True)

    def slow(pairs: Pairs, phrase: str) -> Ints:
        monkeypatch.setattr(Pairs, "find", find)
        scanner.find(term)
        return find(pairs, phrase)

    monkeypatch.setattr(Pairs, "find", slow)
    scanner.find(term)
    held = scanner._held
    scanner.find(term)
    assert scanner._held == held == sum(len(starts) + 1000 for starts in scanner._recent.values())
