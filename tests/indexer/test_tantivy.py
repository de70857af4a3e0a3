"""What only the Tantivy engine promises: readers for many threads, and rjieba's words."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.analysis import Segmenter, segmenter
from indexer.engines import Document, Reader, open_engine
from reports.errors import ConfigError

FORMS = ("每月一题是接诉即办的深化", "月每题一是即办", "营商环境", "行政复议", "行政应诉")
NUMBERS = {str(number): number for number in range(len(FORMS))}


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    engine = open_engine("tantivy", tmp_path / "engine")
    made = [Document(str(n), segmenter(fast=True).counts(form), Counter()) for n, form in enumerate(FORMS)]
    engine.update(made, ())
    return engine.reader(NUMBERS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files that are open")
def test_a_reader_answers_on_many_threads_after_its_folder_is_gone(reader: Reader, tmp_path: Path) -> None:
    """A build removes the generation that questions are still being answered on."""
    shutil.rmtree(tmp_path / "engine")
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: (reader.matching(("营商环境",))[0], reader.matching(("行政应诉",))[0]), range(200))
        )
    assert all(one.tolist() == [2] and other.tolist() == [4] for one, other in found)


def test_rjieba_keeps_our_words_whole_and_leaves_punctuation_out() -> None:
    segment = Segmenter(fast=True)
    assert list(segment.words("推进接诉即办、首违不罚,每月一题。")) == ["推进", "接诉即办", "首违不罚", "每月一题"]
    assert segment.counts("每月一题,每月一题\n。") == Counter({"每月一题": 2})


def test_the_two_segmenters_and_other_terms_have_other_names(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("# 注\n红篷船\n", "utf-8")
    names = {Segmenter(each, fast=fast).name for each in (None, terms) for fast in (False, True)}
    assert len(names) == 4
    assert list(Segmenter(terms, fast=True).words("推进红篷船调解")) == ["推进", "红篷船", "调解"]
    with pytest.raises(ConfigError, match="terms"):
        Segmenter(tmp_path / "none.txt", fast=True)
