"""What lies in the files a person names: pages, texts, documents and JSON lines, one job a report."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from crawler.extract import documents
from crawler.extract.page import Given
from crawler.given import given_of
from reports.errors import ReadError

MANIFEST = "manifest.jsonl"
MAX_FILE_BYTES = 10_000_000
_LINES = (".jsonl", ".jsonl.gz")
_NOT_REPORTS = (MANIFEST, "robots.txt")


class Form(StrEnum):
    """What the bytes of a job are, by media type."""

    PAGE = "text/html"
    TEXT = "text/plain"
    PDF = "application/pdf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    LINE = "application/json"


_FORMS = {
    ".html": Form.PAGE,
    ".htm": Form.PAGE,
    ".shtml": Form.PAGE,
    ".txt": Form.TEXT,
    ".pdf": Form.PDF,
    ".docx": Form.WORD,
}
_DOCUMENTS = (Form.PDF, Form.WORD)


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be read: the bytes of a page, text, document or JSON line, as they lie in the file."""

    origin: str
    form: Form
    data: bytes
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or line from which not even a job can be made."""

    origin: str
    why: str


def jobs(path: Path) -> Iterator[Job | Unreadable]:
    """Everything to be read in a file or a folder, in the order of names. An origin is relative to `path`'s folder."""
    if not path.is_dir() and not path.is_file():
        yield Unreadable(_shown(path), "not a file or folder" if path.exists() else "no such file or folder")
        return
    top = path if path.is_dir() else path.parent
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    said: dict[Path, Given] = {}
    for manifest in (each for each in files if each.name == MANIFEST) if path.is_dir() else (top / MANIFEST,):
        yield from _manifest(manifest, _shown(manifest.relative_to(top)), said)
    for file in files:
        if not path.is_dir() or _is_named_for_us(file):
            yield from _file(file, _shown(file.relative_to(top)), said.get(file, Given()))


def _shown(path: Path) -> str:
    """The path as text that can be kept, whatever bytes the file system gave it."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _is_named_for_us(path: Path) -> bool:
    """Whether a file of a folder is read: ~$… is what Word keeps beside a document that is open."""
    named = path.name.lower().endswith((*_FORMS, *_LINES)) and not path.name.startswith("~$")
    return named and path.name not in _NOT_REPORTS


def _file(path: Path, origin: str, given: Given) -> Iterator[Job | Unreadable]:
    name = path.name.lower()
    try:
        if name.endswith(_LINES):
            yield from _lines(path, origin)
        elif form := _FORMS.get(path.suffix.lower()):
            yield Job(origin, form, _bytes(path, documents.MAX_BYTES if form in _DOCUMENTS else MAX_FILE_BYTES), given)
        else:
            yield Unreadable(origin, f"not a kind of file that is read: {', '.join((*_FORMS, *_LINES))}")
    except (OSError, EOFError, zlib.error, ReadError) as error:
        yield Unreadable(origin, str(error))


def _bytes(path: Path, limit: int) -> bytes:
    size = path.stat().st_size
    if size > limit:
        raise ReadError(f"{size / 1e6:.0f} MB: larger than a report can be ({limit / 1e6:.0f} MB)")
    return path.read_bytes()


def _lines(path: Path, origin: str) -> Iterator[Job | Unreadable]:
    with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
        number, long = 0, False
        while line := file.readline(MAX_FILE_BYTES):
            begins, long = not long, not line.endswith(b"\n") and len(line) == MAX_FILE_BYTES
            number += begins
            if begins and long:
                yield Unreadable(f"{origin}:{number}", f"a line longer than {MAX_FILE_BYTES / 1e6:.0f} MB")
            elif begins and line.strip():
                yield Job(f"{origin}:{number}", Form.LINE, line)


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
