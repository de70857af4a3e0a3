"""What stands in the archive: records read back, each by its place or all in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from crawler.warc_files import Where, archive_files, pass_member, path_of
from crawler.warc_records import MAX_BYTES, Record, parse
from reports.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that cannot be read, and why."""

    where: Where
    why: str


def record_at(corpus: Path, where: Where) -> Record:
    """The record that begins there. Raises CorpusError where none does."""
    try:
        with path_of(corpus, where.file).open("rb") as file:
            file.seek(where.offset)
            data = _member(file)
    except OSError as error:
        raise CorpusError(f"{where.file}: {error.strerror or error}") from error
    if data is None:
        raise CorpusError(f"{where.file}: no whole record at byte {where.offset:,}")
    return parse(where, data)


def records(corpus: Path) -> Iterator[Record | Damage]:
    """Every record, oldest file first. The torn tail of a file left open is passed over: `mend` says of it."""
    for name in archive_files(corpus):
        path = path_of(corpus, name)
        with path.open("rb") as file:
            where = Where(name, 0)
            while (data := _member(file)) is not None:
                try:
                    yield parse(where, data)
                except CorpusError as error:
                    yield Damage(where, str(error).removeprefix(f"{name}: "))
                where = Where(name, file.tell())
            if path.name == name and file.read(1):
                yield Damage(where, f"damaged at byte {where.offset:,}; nothing from there on can be read")


def _member(file: BinaryIO) -> bytes | None:
    """What the next gzip member holds, no more of it than a record can be; None if no whole one follows."""
    held = BytesIO()

    def take(piece: bytes) -> None:
        if held.tell() <= MAX_BYTES:
            held.write(piece)

    return held.getvalue() if pass_member(file, take) else None
