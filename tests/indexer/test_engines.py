"""One contract, run for every engine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from indexer.engines import Document, Engine, open_engine
from reports.errors import SearchIndexError
from tests.indexer.made import ENGINES

pytestmark = pytest.mark.parametrize("name", ENGINES)

FIRST = Document("a", Counter({"行政": 3, "复议": 1}), Counter({"行政": 1}), ("行政复议与行政应诉", "行政"))
SECOND = Document("b", Counter({"复议": 2}), Counter(), ("复议",))
THIRD = Document("c", Counter({"政务": 1, "公开": 1}), Counter({"政务": 1}), ("政务公开",))
NUMBERS = {"a": 2, "b": 0, "c": 1}


@pytest.fixture
def engine(name: str, tmp_path: Path) -> Engine:
    engine = open_engine(name, tmp_path / "engine")
    engine.update([FIRST, SECOND, THIRD], ())
    return engine


def test_words_are_held_exactly(engine: Engine) -> None:
    reader = engine.reader(NUMBERS)
    assert reader.holding("复议").tolist() == [0, 2]
    assert reader.holding("政务").tolist() == [1]
    assert reader.holding("没有").tolist() == []


def test_candidates_are_never_too_few(engine: Engine) -> None:
    found = engine.reader(NUMBERS).candidates("复议")
    assert found is None or {0, 2} <= set(found.tolist())


def test_scores_favour_more_and_title_words_and_leave_the_rest_at_zero(engine: Engine) -> None:
    scores = engine.reader(NUMBERS).scores(["行政"])
    assert scores.shape == (3,)
    assert scores[2] > 0
    assert scores[0] == scores[1] == 0
    assert np.isfinite(engine.reader(NUMBERS).scores(["行政", "复议", "没有"])).all()


def test_an_update_replaces_and_removes_in_one_commit(engine: Engine) -> None:
    engine.update([Document("b", Counter({"听证": 1}), Counter(), ("听证",))], ["c"])
    reader = engine.reader({"a": 0, "b": 1})
    assert reader.holding("复议").tolist() == [0]
    assert reader.holding("听证").tolist() == [1]
    assert reader.holding("政务").tolist() == []


def test_an_update_that_fails_leaves_what_was_there(engine: Engine) -> None:
    def broken() -> object:
        yield Document("d", Counter({"新": 1}), Counter(), ("新",))
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        engine.update(broken(), ["a"])  # type: ignore[arg-type]
    assert engine.reader(NUMBERS).holding("复议").tolist() == [0, 2]


def test_a_reader_keeps_its_state_while_the_engine_is_updated(engine: Engine) -> None:
    reader = engine.reader(NUMBERS)
    engine.update([], ["a"])
    assert reader.holding("行政").tolist() == [2]


def test_a_missing_document_is_an_error_not_a_shorter_list(engine: Engine) -> None:
    with pytest.raises(SearchIndexError, match="build"):
        engine.reader({**NUMBERS, "d": 3})


def test_a_damaged_index_is_an_error(engine: Engine, tmp_path: Path) -> None:
    for file in (tmp_path / "engine").iterdir():
        file.write_bytes(b"not an index")
    with pytest.raises(SearchIndexError, match="build --full"):
        engine.reader(NUMBERS)
