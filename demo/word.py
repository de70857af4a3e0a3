"""A report as a word processor would save it: the least that is a DOCX, the same bytes every time."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from demo.pages import MARKER
from demo.report import Block, Written

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_ALIGNED = {"title": "center", "h1": "left", "h2": "left", "p": "both", "sign": "right", "date": "right"}


def docx(entry: Written) -> bytes:
    """The file: title, paragraphs, signature; the marker stands in the footer, outside the report."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as file:  # deflate's bytes differ between versions of zlib
        for name, text in _parts(entry):
            packing = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packing.create_system = 3  # else it names the system that wrote it
            file.writestr(packing, _HEAD + text)
    return packed.getvalue()


def _parts(entry: Written) -> tuple[tuple[str, str], ...]:
    body = _paragraph("title", entry.title) + "".join(map(_block, entry.blocks))
    footer = '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/></w:sectPr>'
    return (
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/></Types>',
        ),
        ("_rels/.rels", _relation("officeDocument", "word/document.xml")),
        ("word/document.xml", f"<w:document {_NAMES}><w:body>{body}{footer}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", _relation("footer", "footer1.xml")),
        ("word/footer1.xml", f"<w:ftr {_NAMES}>{_paragraph('title', MARKER)}</w:ftr>"),
    )


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


def _block(block: Block) -> str:
    return _paragraph(block.kind, block.text)


def _paragraph(kind: str, text: str) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if kind in ("title", "h1") else ""
    run = f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:jc w:val="{_ALIGNED[kind]}"/></w:pPr>{run}</w:p>'
