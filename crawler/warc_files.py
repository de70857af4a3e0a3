"""The archive's files: how one grows by whole records, and how one that a kill has torn is made whole.

A record is one gzip member, so a file can be cut behind any record and read from any record on.
While it is written a file's name ends in `.open`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from reports.errors import CorpusError

FOLDER = "warc"
_SUFFIX, _OPEN, _NEW = ".warc.gz", ".open", ".new"
_CHUNK_BYTES = 16384


@dataclass(frozen=True, slots=True)
class Where:
    """Where a record begins: the name its file has, or will have when it is closed, and the byte."""

    file: str
    offset: int


class GrowingFile:
    """A new file of the archive. What cannot be written whole is not there; raises CorpusError, naming the file."""

    def __init__(self, corpus: Path, prefix: str) -> None:
        self.name = f"{prefix}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}{_SUFFIX}"
        self._path = corpus / FOLDER / (self.name + _OPEN)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_suffix(_NEW)
            self._file = new.open("xb", buffering=0)
            _claim(self._file)
            new.replace(self._path)  # an open file that nobody has claimed is one that a kill has left
        except OSError as error:
            raise self._fault(error) from error
        self.size = 0

    def append(self, record: bytes) -> Where:
        """Write a record's bytes, and hand them to the system."""
        try:
            self._take_back()  # what an earlier failure may have left
            rest = memoryview(record)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            with contextlib.suppress(OSError):
                self._take_back()
            raise self._fault(error) from error
        where = Where(self.name, self.size)
        self.size += len(record)
        return where

    def close(self) -> None:
        """Bring it to the disk under its final name; an empty one is removed."""
        try:
            with self._file:
                self._take_back()
                os.fsync(self._file.fileno())
            if self.size:
                self._path.replace(self._path.with_name(self.name))
            else:
                self._path.unlink()
        except OSError as error:
            raise self._fault(error) from error

    def _take_back(self) -> None:
        """Leave nothing behind the last whole record."""
        self._file.truncate(self._file.seek(self.size))

    def _fault(self, error: OSError) -> CorpusError:
        return CorpusError(f"{self._path.with_name(self.name)}: cannot be written: {error.strerror or error}")


def path_of(corpus: Path, file: str) -> Path:
    """Where a file of the archive lies, closed or still open."""
    path = corpus / FOLDER / file
    return path if path.exists() else path.with_name(file + _OPEN)


def archive_files(corpus: Path) -> tuple[str, ...]:
    """The names of all files, oldest first."""
    names = {path.name.removesuffix(_OPEN) for path in (corpus / FOLDER).glob(f"*{_SUFFIX}*")}
    return tuple(sorted((name for name in names if name.endswith(_SUFFIX)), key=lambda name: name.partition("-")[2]))


def mend(corpus: Path) -> tuple[str, ...]:
    """Cut each file that a kill left open behind its last whole record, and close it; what was done, a line each.

    A file that somebody is still writing is left alone. Raises CorpusError for one that cannot be mended.
    """
    said = (_mended(path) for path in sorted((corpus / FOLDER).glob(f"*{_SUFFIX}{_OPEN}")))
    return tuple(filter(None, said))


def _mended(path: Path) -> str:
    final = path.with_name(path.name.removesuffix(_OPEN))
    if final.exists():  # a folder copied while a crawl was writing, twice
        return f"{final.name}: is there closed, too; the open one is left as it is"
    try:
        with path.open("r+b") as file:
            if not _claim(file):
                return ""
            size = os.fstat(file.fileno()).st_size
            while pass_member(file, lambda _: None):
                pass
            whole = file.tell()
            file.truncate(whole)
            os.fsync(file.fileno())
        if not whole:
            path.unlink()
            return f"{final.name}: no whole record in it, removed"
        path.replace(final)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be mended: {error.strerror or error}") from error
    return f"{final.name}: torn tail of {size - whole:,} bytes cut" if whole < size else f"{final.name}: whole, closed"


def _claim(file: BinaryIO | FileIO) -> bool:
    """Whether the file is this process's alone now, until it is closed or the process ends."""
    if sys.platform == "win32":  # without such claims: crawls, at least, have a lock of their own
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that knows no claims
        return True
    return True


def pass_member(file: BinaryIO, take: Callable[[bytes], object]) -> bool:
    """Hand what the next gzip member holds to `take`, in pieces, and stand behind it.

    False, standing where it stood, if no whole one follows. Memory is bounded, whatever the member holds.
    """
    start, inflater = file.tell(), zlib.decompressobj(wbits=31)
    try:
        while not inflater.eof:
            data = inflater.unconsumed_tail or file.read(_CHUNK_BYTES)
            if not data:
                break
            take(inflater.decompress(data, 4 * _CHUNK_BYTES))
    except zlib.error:
        file.seek(start)
        return False
    file.seek(-len(inflater.unused_data) if inflater.eof else start - file.tell(), os.SEEK_CUR)
    return inflater.eof
