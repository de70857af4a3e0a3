"""PDF -> lines as they are printed, with where they stand. What they mean is decided in printed.py."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from math import isfinite

import pypdfium2
from pypdfium2 import raw

from crawler.extract.printed import Printed
from reports.errors import ReadError

MAX_PAGES = 500
MAX_CHARS = 3_000_000
IMAGE_ONLY = "image only: the PDF holds pictures of pages; needs OCR, not read"

_LEAST_CHARS_A_PAGE = 10
_XOBJECT_DEPTH = 3
# Many fonts name a glyph by its radical: ⼀ and ⻓ are printed 一 and 长. Unicode decomposes the first block of
# radicals, and not the second (EquivalentUnifiedIdeograph.txt).
_SECOND_BLOCK = (
    "⺁厂⺇几⺎兀⺏尣⺐尢⺗㣺⺟母⺠民⺩王⺪疋⺫罒⺬示⺮竹⺰纟⺱网⺲罒⺳罓⺷羊⺼月⺾艹⺿艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠"
    "⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FE0)}
_RADICALS |= {ord(radical): char for radical, char in zip(_SECOND_BLOCK[::2], _SECOND_BLOCK[1::2], strict=True)}
# What pdfium puts for a hyphen at the end of a line, and for what it cannot name.
_RADICALS |= {0xFFFE: "-", 0x2: "-", 0x0: ""}


def printed_pages(data: bytes) -> tuple[tuple[tuple[Printed, ...], ...], frozenset[str]]:
    """The lines of each page in reading order, and "image_pages" where some are only pictures.

    Raises ReadError for a file that is broken, locked, too long, or pictures throughout (IMAGE_ONLY).
    """
    pages: list[tuple[Printed, ...]] = []
    pictures = chars = 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            _refuse_length(len(document))
            for number in range(len(document)):
                page = document[number]
                lines = tuple(_lines(page.get_textpage()))
                said = sum(len(line.text) for line in lines)
                pictures += said < _LEAST_CHARS_A_PAGE and _has_picture(page)
                if (chars := chars + said) > MAX_CHARS:
                    raise ReadError(f"more than {MAX_CHARS:,} characters: no report is as long")
                pages.append(lines)
                page.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(_why(error, data)) from error
    if pictures and chars < _LEAST_CHARS_A_PAGE * len(pages):
        raise ReadError(IMAGE_ONLY)
    return tuple(pages), frozenset({"image_pages"} if pictures else ())


def _refuse_length(count: int) -> None:
    if count == 0:
        raise ReadError("a PDF without pages")
    if count > MAX_PAGES:
        raise ReadError(f"a PDF of {count:,} pages: more than {MAX_PAGES} are not read")


def _why(error: pypdfium2.PdfiumError, data: bytes) -> str:
    # pdfium may still tell of the file before this one.
    if error.err_code == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
        return "a PDF locked with a password"
    return "a PDF that is broken or cut short"


def _lines(text: pypdfium2.PdfTextPage) -> Iterator[Printed]:
    at = 0
    for line in text.get_text_range().split("\n"):
        bare = line.translate(_RADICALS).strip()
        if bare:
            left, bottom, _, top = _box(text, at + _units(line[: len(line) - len(line.lstrip())]))
            _, _, right, _ = _box(text, at + _units(line.rstrip()) - 1)
            yield Printed(bare, left, right, top, top - bottom)
        at += _units(line) + 1


def _units(text: str) -> int:
    """What pdfium counts as characters: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def _box(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character; zeros where a strange font gives it no place."""
    try:
        left, bottom, right, top = text.get_charbox(min(index, text.count_chars() - 1), loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return (left, bottom, right, top) if all(map(isfinite, (left, bottom, right, top))) else (0.0, 0.0, 0.0, 0.0)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_XOBJECT_DEPTH))
