from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.signatures import Signatures, SignatureWriter

FEW = st.text(alphabet="政府报告法治a1，\n", max_size=30)


def signatures(rows: list[str], folder: Path) -> Signatures:
    with SignatureWriter(folder / "signatures.bin") as writer:
        for row in rows:
            writer.add(row)
    return Signatures(folder / "signatures.bin", len(rows))


@settings(deadline=None)
@given(st.lists(FEW, max_size=40), FEW.filter(lambda phrase: len(phrase) > 1))
def test_no_row_that_holds_the_phrase_is_left_out(rows: list[str], phrase: str) -> None:
    with TemporaryDirectory() as folder:
        found = signatures(rows, Path(folder)).candidates(phrase)
    assert found is not None
    assert {n for n, row in enumerate(rows) if phrase in row} <= set(found.tolist())


def test_rows_beyond_a_block_are_found_and_others_left_out(tmp_path: Path) -> None:
    rows = ["推进依法行政"] * 2500
    rows[2049] = "每月一题"
    found = signatures(rows, tmp_path).candidates("每月一题")
    assert found is not None
    assert found.tolist() == [2049]


def test_one_character_has_no_pair(tmp_path: Path) -> None:
    assert signatures(["政府"], tmp_path).candidates("政") is None


def test_a_file_cut_short_is_noticed(tmp_path: Path) -> None:
    signatures(["政府"], tmp_path)
    file = tmp_path / "signatures.bin"
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(ValueError, match="reshape"):
        Signatures(file, 1)
