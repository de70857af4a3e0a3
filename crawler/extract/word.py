"""DOCX -> lines: paragraphs and table rows in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from crawler.extract.lines import Gap, Line
from crawler.extract.numbering import Numbering
from reports.errors import ReadError

MAX_UNPACKED_BYTES = 50_000_000
MAX_RATIO = 200
MAX_FILES = 2_000

# A broken package fails in as many ways as it has parts; malformed XML is a SyntaxError of lxml's.
_BROKEN = (zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, LookupError, ValueError, AttributeError, EOFError)
_BODY = "word/document.xml"
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
_TAB, _TEXT, _HYPHEN = qn("w:tab"), qn("w:t"), qn("w:noBreakHyphen")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
# Text that is not the report's: struck out by a revision, or drawn a second time for old readers.
_SKIPPED = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CELL_LINES = 3
_ROW_CHARS = 400
_SPACES = re.compile(r"\s+")


def is_word(data: bytes) -> bool:
    """Whether a zip archive holds the text of a Word document. Raises ReadError for a broken archive."""
    return _BODY in {entry.filename for entry in _entries(data)}


def lines_of(data: bytes) -> list[Line]:
    """The lines of the document's body; headers, footers and notes are not read.

    Raises ReadError for a broken file and for one that unpacks to more than it may.
    """
    _refuse_bomb(data)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        numbering = Numbering(document)
    except _BROKEN as error:
        raise ReadError("a DOCX that is broken or cut short") from error
    lines: list[Line] = []
    for text, gap, kind in _blocks(body, numbering):
        if text:
            lines.append(Line(text, len(lines), gap, kind=kind))
    return lines


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError("a zip archive that is broken or cut short") from error


def _refuse_bomb(data: bytes) -> None:
    """Sizes as the archive's directory states them: zipfile reads no further than these."""
    entries = _entries(data)
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED_BYTES or len(entries) > MAX_FILES:
        raise ReadError(f"a DOCX that unpacks to {size / 1e6:.0f} MB in {len(entries):,} files: not read")
    if size > MAX_RATIO * len(data):
        raise ReadError(f"a DOCX that unpacks to {size / len(data):.0f} times its size: not read")


def _blocks(parent: Any, numbering: Numbering) -> Iterator[tuple[str, Gap, str]]:
    """The paragraphs and rows below an element; content controls and insertions are opened."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            text = numbering.mark(child) + _said(child)
            for number, part in enumerate(text.split("\n")):
                yield _spaced(part), Gap.WRAP if number else Gap.BLOCK, ""
        elif child.tag == _TABLE:
            for row in _within(child, _ROW, _TABLE):
                yield from _row(row, numbering)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, numbering)


def _row(row: Any, numbering: Numbering) -> Iterator[tuple[str, Gap, str]]:
    """One line of a table row, unless the table lays out the page."""
    cells = [list(_blocks(cell, numbering)) for cell in _within(row, _CELL, _ROW)]
    said = [[block for block in cell if block[0]] for cell in cells]
    said = [cell for cell in said if cell]
    text = " | ".join(" ".join(each for each, _, _ in cell) for cell in said)
    if len(said) > 1 and max(map(len, said)) <= _CELL_LINES and len(text) <= _ROW_CHARS:
        yield text, Gap.BLOCK, "row"
    else:
        for cell in said:
            yield from cell


def _within(parent: Any, tag: str, border: str) -> list[Any]:
    """The elements of that tag below the parent, without those of a table inside it."""
    return [each for each in parent.iter(tag) if next(each.iterancestors(border)) is parent]


def _said(element: Any) -> str:
    """All text below an element, a break as a line break."""
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag in _BREAKS:
        return "\n"
    if element.tag == _TAB:
        return " "
    if element.tag == _HYPHEN:
        return "-"
    if element.tag in _SKIPPED or element.tag == _FALLBACK:
        return ""
    return "".join(map(_said, element))


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
