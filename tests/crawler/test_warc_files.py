"""The archive's files: full, on a full disk, torn by a kill, damaged; what was whole stays, and nothing else."""

from __future__ import annotations

import errno
import gzip
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Where, mend
from crawler.archived import Damage, record_at, records
from crawler.warc_files import FOLDER, GrowingFile
from reports.errors import CorpusError
from reports.store import Store
from tests.crawler.test_archive import PAGE, URL, archive, by_warcio, fetched, store, types

__all__ = ["store"]  # the fixture


def test_a_file_has_its_final_name_only_when_it_is_closed(store: Store) -> None:
    folder = store.path.parent / FOLDER
    with archive(store) as open_:
        where = open_.keep_response(fetched())
        assert [each.name for each in folder.iterdir()] == [where.file + ".open"]
        assert record_at(store.path.parent, where).data == PAGE
    assert [each.name for each in folder.iterdir()] == [where.file]
    assert record_at(store.path.parent, where).data == PAGE


def test_a_full_file_is_followed_by_another(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.archive._FILE_BYTES", 1000)
    with archive(store) as open_:
        places = [open_.keep_response(fetched(bytes(str(n), "ascii") * 50, url=f"{URL}?{n}")) for n in range(9)]
    assert 1 < len({each.file for each in places}) < 9
    assert len(by_warcio(store.path.parent)) == 9
    assert [each.where for each in records(store.path.parent) if getattr(each, "type", "") == "response"] == places


class FullDisk:
    """A file on a disk that takes `room` bytes more."""

    def __init__(self, file: Any, room: int) -> None:
        self.file, self.room = file, room

    def write(self, data: memoryview) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written: int = self.file.write(data[: self.room])
        self.room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


@pytest.mark.parametrize("room", [0, 1, 300])
def test_a_full_disk_leaves_nothing_torn_and_is_named(store: Store, room: int) -> None:
    with archive(store) as open_:
        first = open_.keep_response(fetched())
        growing = open_._file
        assert growing is not None
        whole = growing.size
        growing._file = FullDisk(growing._file, room)  # type: ignore[assignment]
        with pytest.raises(CorpusError, match=f"{first.file}: cannot be written: No space left"):
            open_.keep_response(fetched(PAGE * 2))
        growing._file = growing._file.file  # type: ignore[attr-defined]
        assert (store.path.parent / FOLDER / (first.file + ".open")).stat().st_size == whole
        open_.keep_response(fetched(b"there is room again"))
    assert [data for _, _, data in by_warcio(store.path.parent)] == [PAGE, b"there is room again"]


def test_what_a_failing_disk_would_not_take_back_is_taken_back_later(store: Store) -> None:
    with archive(store) as open_:
        open_.keep_response(fetched())
        growing = open_._file
        assert growing is not None
        growing._file.write(b"half a record")
        open_.keep_response(fetched(b"whole"))
        growing._file.write(b"half a record")
    assert [data for _, _, data in by_warcio(store.path.parent)] == [PAGE, b"whole"]


def test_an_archive_that_cannot_be_made_is_named(store: Store) -> None:
    (store.path.parent / FOLDER).write_text("")
    with pytest.raises(CorpusError, match="cannot be written"), archive(store) as open_:
        open_.keep_response(fetched())


def three_records(corpus: Path) -> tuple[bytes, list[int]]:
    """A small file of the archive, and where its records end."""
    with Store(corpus) as store, archive(store) as open_:
        places = [open_.keep_response(fetched(bytes([65 + n]) * 30, url=f"{URL}?{n}")) for n in range(3)]
    (file,) = (corpus / FOLDER).iterdir()
    data = file.read_bytes()
    file.unlink()
    return data, [*(each.offset for each in places), len(data)]


@pytest.mark.parametrize("tail", [b"", bytes(50), b"\x1f\x8b\x08\x00garbage"], ids=["cut", "zeros", "garbage"])
def test_wherever_a_kill_tears_a_file_the_whole_records_stay_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tail: bytes
) -> None:
    monkeypatch.setattr("crawler.warc_files.os.fsync", lambda _: None)
    data, ends = three_records(tmp_path)
    left = tmp_path / FOLDER / "crawl-20260101T000000000000-1.warc.gz.open"
    for length in range(len(data) + 1) if not tail else range(0, len(data) + 1, 37):
        left.write_bytes(data[:length] + tail)
        # A record whose last bytes are zeros is whole where zeros stand in their place.
        kept = length + len(data[length:]) - len(data[length:].lstrip(b"\0")) if tail and not any(tail) else length
        whole = max((end for end in ends if end <= kept), default=0)
        (said,) = mend(tmp_path)
        files = list((tmp_path / FOLDER).iterdir())
        assert [file.read_bytes() for file in files] == ([data[:whole]] if whole else [])
        assert (said.endswith("removed") if not whole else (f" {length + len(tail) - whole:,} bytes" in said)) or (
            said.endswith("whole, closed") and whole == length
        )
        assert len(by_warcio(tmp_path)) == max(0, sum(end <= kept for end in ends) - 1)
        for file in files:
            file.unlink()


def test_mending_says_what_it_did_once(tmp_path: Path) -> None:
    data, ends = three_records(tmp_path)
    (tmp_path / FOLDER / "crawl-1-1.warc.gz.open").write_bytes(data[:-1])
    assert mend(tmp_path) == (f"crawl-1-1.warc.gz: torn tail of {ends[3] - ends[2] - 1} bytes cut",)
    assert mend(tmp_path) == ()
    assert mend(tmp_path / "no corpus yet") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="files are not claimed there")
def test_what_another_run_is_writing_is_left_alone(store: Store) -> None:
    with archive(store, "import") as open_:
        open_.keep_response(fetched())
        assert mend(store.path.parent) == ()
        open_.keep_response(fetched(b"more"))
    assert [data for _, _, data in by_warcio(store.path.parent)] == [PAGE, b"more"]


def test_an_open_file_beside_its_closed_self_is_left_alone(tmp_path: Path) -> None:
    data, _ = three_records(tmp_path)
    for name in ("crawl-1-1.warc.gz", "crawl-1-1.warc.gz.open"):
        (tmp_path / FOLDER / name).write_bytes(data)
    (said,) = mend(tmp_path)
    assert "left as it is" in said
    assert len(types(tmp_path)) == 4


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=70_000), max_size=4), st.data())
def test_members_of_any_size_are_found_whole(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], data: st.DataObject
) -> None:
    corpus = tmp_path_factory.mktemp("corpus")
    growing = GrowingFile(corpus, "crawl")
    places = [growing.append(gzip.compress(part)) for part in parts]
    size = growing.size
    growing.close()
    if not parts:
        assert list((corpus / FOLDER).iterdir()) == []
        return
    cut = data.draw(st.integers(0, size))
    file = corpus / FOLDER / growing.name
    file.with_name(file.name + ".open").write_bytes(file.read_bytes()[:cut])
    file.unlink()
    mend(corpus)
    ends = [*(each.offset for each in places[1:]), size]
    assert (file.stat().st_size if file.exists() else 0) == max((end for end in ends if end <= cut), default=0)


def test_damage_in_a_closed_file_is_named_with_its_place(tmp_path: Path) -> None:
    data, ends = three_records(tmp_path)
    file = tmp_path / FOLDER / "crawl-1-1.warc.gz"
    file.write_bytes(data[: ends[1]] + bytes(20) + data[ends[1] + 20 :])
    *whole, last = records(tmp_path)
    assert [getattr(each, "type", "") for each in whole] == ["warcinfo", "response"]
    assert isinstance(last, Damage)
    assert last.where == Where(file.name, ends[1])
    assert f"damaged at byte {ends[1]:,}" in last.why
