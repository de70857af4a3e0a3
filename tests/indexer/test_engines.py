"""One contract, run for every engine."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indexer.engines import Document, Engine, open_engine
from reports.errors import SearchIndexError
from tests.indexer.made import ENGINES

pytestmark = pytest.mark.parametrize("name", ENGINES)

FIRST = Document("a", Counter({"行政": 3, "复议": 1}), Counter({"行政": 1}))
SECOND = Document("b", Counter({"复议": 2}), Counter())
THIRD = Document("c", Counter({"政务": 1, "公开": 1}), Counter({"政务": 1}))
NUMBERS = {"a": 2, "b": 0, "c": 1}


@pytest.fixture
def engine(name: str, tmp_path: Path) -> Engine:
    engine = open_engine(name, tmp_path / "engine")
    engine.update([FIRST, SECOND, THIRD], ())
    return engine


def test_words_are_held_exactly(engine: Engine) -> None:
    reader = engine.reader(NUMBERS)
    assert reader.matching(("复议",))[0].tolist() == [0, 2]
    assert reader.matching(("政务",))[0].tolist() == [1]
    assert reader.matching(("没有",))[0].tolist() == []


def test_all_words_are_asked_for_and_more_and_title_words_score_higher(engine: Engine) -> None:
    engine.update([Document("d", Counter({"行政": 1, "复议": 1}), Counter())], ())
    found, scores = engine.reader(NUMBERS | {"d": 3}).matching(("行政", "复议"))
    assert found.tolist() == [2, 3]
    assert scores[0] > scores[1] > 0
    assert engine.reader(NUMBERS | {"d": 3}).matching(("行政", "没有"))[0].tolist() == []


def test_an_update_replaces_and_removes_in_one_commit(engine: Engine) -> None:
    engine.update([Document("b", Counter({"听证": 1}), Counter())], ["c"])
    reader = engine.reader({"a": 0, "b": 1})
    assert reader.matching(("复议",))[0].tolist() == [0]
    assert reader.matching(("听证",))[0].tolist() == [1]
    assert reader.matching(("政务",))[0].tolist() == []


def test_an_update_that_fails_leaves_what_was_there(engine: Engine) -> None:
    def broken() -> object:
        yield Document("d", Counter({"新": 1}), Counter())
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        engine.update(broken(), ["a"])  # type: ignore[arg-type]
    assert engine.reader(NUMBERS).matching(("复议",))[0].tolist() == [0, 2]


def test_a_reader_keeps_its_state_while_the_engine_is_updated(engine: Engine) -> None:
    reader = engine.reader(NUMBERS)
    engine.update([], ["a"])
    assert reader.matching(("行政",))[0].tolist() == [2]


def test_a_missing_document_is_an_error_not_a_shorter_list(engine: Engine) -> None:
    with pytest.raises(SearchIndexError, match="build"):
        engine.reader({**NUMBERS, "d": 3})


def test_a_damaged_index_is_an_error(engine: Engine, tmp_path: Path) -> None:
    for file in (tmp_path / "engine").iterdir():
        file.write_bytes(b"not an index")
    with pytest.raises(SearchIndexError, match="build --full"):
        engine.reader(NUMBERS)


def test_an_update_writes_into_no_file_that_another_folder_links_to(engine: Engine, name: str, tmp_path: Path) -> None:
    """A build links the files of the generation in use, on which questions are being answered."""
    before = {each: each.read_bytes() for each in (tmp_path / "engine").iterdir()}
    shutil.copytree(tmp_path / "engine", tmp_path / "next", copy_function=os.link)
    updated = open_engine(name, tmp_path / "next")
    updated.update([Document("d", Counter({"听证": 1}), Counter())], ["a", "c"])
    assert updated.reader({"b": 0, "d": 1}).matching(("听证",))[0].tolist() == [1]
    assert {each: each.read_bytes() for each in before} == before
    assert engine.reader(NUMBERS).matching(("行政",))[0].tolist() == [2]


def test_no_engine_holds_or_leaves_out_what_the_words_do_not_say(name: str, tmp_path: Path) -> None:
    made = _documents(random.Random(name), 60)
    engine = open_engine(name, tmp_path / "many")
    for part in (made[:25], made[25:]):
        engine.update(part, ())
    numbers = {each.id: number for number, each in enumerate(made)}
    reader = engine.reader(numbers)
    for word in {word for each in made for word in each.words} | {"无", "政府府", "𠮷"}:
        assert reader.matching((word,))[0].tolist() == [numbers[each.id] for each in made if word in each.words], word


def test_old_files_go_when_documents_are_replaced_again_and_again(engine: Engine, tmp_path: Path) -> None:
    def size() -> int:
        return sum(each.stat().st_size for each in (tmp_path / "engine").iterdir())

    made = _documents(random.Random(1), 20)
    sizes = []
    for _ in range(24):
        engine.update(made, ())
        sizes.append(size())
    # Engines merge now and then; without letting go of what was replaced the last would be twice the twelfth.
    assert min(sizes[-8:]) < 1.5 * max(sizes[:8])
    assert engine.reader(NUMBERS | {each.id: 3 + n for n, each in enumerate(made)}).matching(("复议",))[0].tolist()[
        :2
    ] == [
        0,
        2,
    ]


# What may stand in folded text: no white space, but letters of any plane, signs, control characters.
_CHARS = "政府行法治年度报告𠮷𡈽aé1·,\x00\x01\u0600😀"


def _documents(chance: random.Random, count: int) -> list[Document]:
    made = []
    for number in range(count):
        words = Counter(_string(chance, 2) for _ in range(20)) + Counter({"长" * chance.randint(1, 300): 1})
        made.append(Document(f"n{number}", words, Counter({_string(chance, 2): 1})))
    return made


def _string(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(_CHARS) for _ in range(chance.randint(1, most)))
