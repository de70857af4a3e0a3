"""PDF and DOCX -> Page: what a file is, its bytes say, never its name."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from crawler.extract import printed, word
from crawler.extract.body import read_lines
from crawler.extract.page import Page
from crawler.extract.pdf import printed_pages
from reports.errors import ReadError

MAX_BYTES = 50_000_000
OLD_WORD = "a .doc of the old Word format is not read"

_PDF_WITHIN = 1024
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_ARCHIVES = {b"Rar!": "rar", b"7z\xbc\xaf": "7z"}


class Document(StrEnum):
    """The documents that are read; the value is a report's `read_by`."""

    PDF = "pdf"
    WORD = "docx"


def document_in(data: bytes) -> Document | None:
    """What document the bytes are; None for anything that may be a page or a text.

    Raises ReadError, naming it, for a document that is not read.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Document.PDF
    if data.startswith(_ZIP):
        if word.is_word(data):
            return Document.WORD
        raise ReadError("a zip archive that is no .docx (xlsx, ofd, zip): not read")
    if data.startswith(_OLE):
        raise ReadError(OLD_WORD)
    if data.startswith(_RTF):
        raise ReadError("an RTF document is not read")
    for magic, name in _ARCHIVES.items():
        if data.startswith(magic):
            raise ReadError(f"a {name} archive is not read")
    return None


def read_document(data: bytes, *, title: str | None = None) -> Page:
    """The text of a PDF or DOCX, cleaned and repaired like any other.

    Its title is the one it begins with, else the one given. Raises ReadError with the reason it
    is not read.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"{len(data) / 1e6:.0f} MB: larger than a document may be ({MAX_BYTES / 1e6:.0f} MB)")
    match document_in(data):
        case Document.PDF:
            pages, flags = printed_pages(data)
            page = read_lines(printed.lines_of(pages))
            page = replace(page, read_by=Document.PDF.value, quality=page.quality | flags)
        case Document.WORD:
            page = replace(read_lines(word.lines_of(data)), read_by=Document.WORD.value)
        case None:
            raise ReadError("neither a PDF nor a DOCX")
    return page if page.title else replace(page, title=title)
