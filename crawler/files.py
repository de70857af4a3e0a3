"""What lies in the files a person names: pages, texts and JSON lines, one job a report."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.extract.page import Given
from crawler.given import given_of
from reports.errors import ReadError

MANIFEST = "manifest.jsonl"
MAX_FILE_BYTES = 10_000_000
_PAGES, _TEXTS, _LINES = (".html", ".htm", ".shtml"), (".txt",), (".jsonl", ".jsonl.gz")
_NOT_REPORTS = (MANIFEST, "robots.txt")


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be read: bytes of a page or a text, or a JSON line's values."""

    origin: str
    given: Given = field(default_factory=Given)
    data: bytes = b""
    html: bool = False
    line: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or line from which not even a job can be made."""

    origin: str
    why: str


def jobs(path: Path) -> Iterator[Job | Unreadable]:
    """Everything to be read in a file or a folder, in the order of names. An origin is relative to `path`'s folder."""
    if not path.exists():
        yield Unreadable(str(path), "no such file or folder")
        return
    top = path if path.is_dir() else path.parent
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    said: dict[Path, Given] = {}
    for manifest in (each for each in files if each.name == MANIFEST) if path.is_dir() else (top / MANIFEST,):
        yield from _manifest(manifest, manifest.relative_to(top).as_posix(), said)
    for file in files:
        if not path.is_dir() or _is_named_for_us(file):
            yield from _file(file, file.relative_to(top).as_posix(), said.get(file, Given()))


def _is_named_for_us(path: Path) -> bool:
    return path.name.lower().endswith((*_PAGES, *_TEXTS, *_LINES)) and path.name not in _NOT_REPORTS


def _file(path: Path, origin: str, given: Given) -> Iterator[Job | Unreadable]:
    name = path.name.lower()
    try:
        if name.endswith(_LINES):
            yield from _lines(path, origin)
        elif name.endswith((*_PAGES, *_TEXTS)):
            yield Job(origin, given, _bytes(path), html=name.endswith(_PAGES))
        else:
            yield Unreadable(origin, f"not a kind of file that is read: {', '.join((*_PAGES, *_TEXTS, *_LINES))}")
    except (OSError, EOFError, zlib.error, ReadError) as error:
        yield Unreadable(origin, str(error))


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ReadError(f"{size / 1e6:.0f} MB: larger than a report can be ({MAX_FILE_BYTES / 1e6:.0f} MB)")
    return path.read_bytes()


def _lines(path: Path, origin: str) -> Iterator[Job | Unreadable]:
    with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_FILE_BYTES + 1):
            number += 1
            if len(line) > MAX_FILE_BYTES:
                raise ReadError(f"line {number} is longer than {MAX_FILE_BYTES / 1e6:.0f} MB")
            if line.strip():
                yield _line(line, f"{origin}:{number}")


def _line(line: bytes, origin: str) -> Job | Unreadable:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Unreadable(origin, f"not a JSON object: {error}")
    if not isinstance(values, dict):
        return Unreadable(origin, f"not a JSON object but {type(values).__name__}")
    return Job(origin, line=values)


def _manifest(path: Path, origin: str, said: dict[Path, Given]) -> Iterator[Unreadable]:
    """Notes in `said` what a manifest says of each file; lines that cannot be read are named and passed over."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            values = json.loads(line.decode("utf-8-sig")) if line.strip() else None
            if values is not None:
                said[path.parent / values["file"]] = given_of({key: values.get(key) for key in ("title", "url")})
        except KeyError:
            yield Unreadable(f"{origin}:{number}", "has no 'file'")
        except (ValueError, TypeError, AttributeError, RecursionError, ReadError) as error:
            yield Unreadable(f"{origin}:{number}", str(error))
