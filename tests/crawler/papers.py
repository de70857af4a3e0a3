"""PDF and DOCX files made for the tests, and the words in them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx

TITLE = "沅陵县2022年法治政府建设年度报告"
SENTENCE = "本县认真贯彻落实法治政府建设实施纲要，全面推进依法行政，各项工作取得新的成效，现将有关情况报告如下。"
HEADINGS = ("一、主要举措和成效", "二、存在的不足和原因", "三、下一年度工作安排")
PARAGRAPHS = tuple(text for heading in HEADINGS for text in (heading, f"围绕{heading[2:]}，" + SENTENCE * 4))

_SIZE, _LEFT, _TOP, _PITCH, _LINE = 16, 80, 760, 28, 27
_PIXEL = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)
# Codes are UTF-16 and mean themselves; every character is as wide as it is high.
_CODES = b"""/CIDInit /ProcSet findresource begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end"""


@dataclass(frozen=True, slots=True)
class Put:
    """A line of text on a page, in points from its lower left corner."""

    text: str
    x: float
    y: float
    size: float = _SIZE


def pdf(pages: Iterable[Sequence[Put]], *, picture: bool = False, locked: bool = False) -> bytes:
    """A PDF with these lines; with `picture`, a picture of one point fills every page."""
    contents = [_content(page, picture) for page in pages]
    kids = b" ".join(b"%d 0 R" % (7 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 1000 /CIDToGIDMap /Identity /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /Made /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
        b" /StemV 80 >> >>",
        _stream(b"<< /Length %d >>" % len(_CODES), _CODES),
        _stream(_PIXEL, b"\x80"),
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> >>" % (8 + 2 * number)
        )
        objects.append(_stream(b"<< /Length %d >>" % len(content), content))
    return _file(objects, locked)


def printed(paragraphs: Iterable[str], *, head: str = "", number: str = "— {} —", lines: int = 20) -> bytes:
    """A PDF set as a report is: title in the middle, paragraphs indented and broken at the margin, pages numbered."""
    rows: list[tuple[str, float]] = []
    for text in paragraphs:
        first, rest = text[: _LINE - 2], text[_LINE - 2 :]
        rows.append((first, _LEFT + 2 * _SIZE))
        rows.extend((rest[at : at + _LINE], _LEFT) for at in range(0, len(rest), _LINE))
    pages = []
    for at in range(0, len(rows), lines):
        page = [Put(text, x, _TOP - _PITCH * row) for row, (text, x) in enumerate(rows[at : at + lines])]
        furniture = [Put(head, 250, 810, 9)] if head else []
        furniture += [Put(number.format(at // lines + 1), 280, 40, 9)] if number else []
        pages.append([*page, *furniture])
    return pdf(pages)


def word(paragraphs: Iterable[str], *, table: Sequence[Sequence[str]] = (), style: str | None = None) -> bytes:
    """A DOCX with these paragraphs, then a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text, style)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _content(page: Sequence[Put], picture: bool) -> bytes:
    lines = [
        b"BT /F %g Tf %g %g Td <%s> Tj ET" % (put.size, put.x, put.y, put.text.encode("utf-16-be").hex().encode())
        for put in page
    ]
    return b"\n".join([b"q 595 0 0 842 0 0 cm /I Do Q"] * picture + lines)


def _stream(header: bytes, data: bytes) -> bytes:
    return header + b"\nstream\n" + data + b"\nendstream"


def _file(objects: Sequence[bytes], locked: bool) -> bytes:
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    key = b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    file += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        key if locked else b"",
        start,
    )
    return bytes(file)
