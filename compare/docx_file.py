"""Excerpts as a DOCX document: a heading a group, each sentence with its source and a real footnote."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from lxml import etree

from compare.excerpts import Excerpt, Excerpts, Grouping, grouped, marks
from compare.sheet import Note

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY, _BLUE = RGBColor(0x59, 0x59, 0x59), RGBColor(0x0B, 0x57, 0xD0)
_SERIF, _SANS = "宋体", "黑体"
_TEXT, _REFERENCE, _SOURCE = "footnote text", "footnote reference", "出处"
_FIRST_FOOTNOTE, _LONGEST_TITLE = 1, 255


@dataclass(frozen=True, slots=True)
class Cover:
    """What a document says of itself. `phrases` are set bold where they stand in a sentence; `notes` close it.

    `part`: what it holds of all there is, said under the title; "" where it holds all.
    """

    title: str
    by: Grouping
    made: datetime
    notes: tuple[Note, ...] = ()
    phrases: tuple[str, ...] = ()
    part: str = ""


def excerpts_document(cover: Cover, excerpts: Excerpts) -> bytes:
    """The document, for Word and LibreOffice."""
    document, footnotes = Document(), _Footnotes()
    _set_up(document, cover)
    document.add_heading(_clean(cover.title), level=0)
    if cover.part:
        document.add_paragraph(_clean(cover.part))
    for heading, found in grouped(excerpts.found, cover.by):
        document.add_heading(_clean(heading), level=1)
        for each in found:
            _add_sentence(document, each, cover.phrases, footnotes.add(_footnote(each)))
    _add_closing(document, excerpts, cover.notes)
    footnotes.attach(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _footnote(each: Excerpt) -> str:
    found = f"引文见：{each.citation.link}。" if each.citation.link.startswith("http") else ""
    until = f"原文其后已改动（{each.kept_until.isoformat()}发现），此处为改动前文字。" if each.kept_until else ""
    return " ".join(filter(None, (each.citation.gbt, found, until)))


def _add_sentence(document: Any, each: Excerpt, phrases: Sequence[str], footnote: int) -> None:
    paragraph, at = document.add_paragraph(), 0
    for start, stop in marks(each.sentence, phrases):
        paragraph.add_run(_clean(each.sentence[at:start]))
        paragraph.add_run(_clean(each.sentence[start:stop])).bold = True
        at = stop
    paragraph.add_run(_clean(each.sentence[at:]))
    paragraph.paragraph_format.keep_with_next = True
    _refer(paragraph, footnote)
    report = each.report
    source = document.add_paragraph(style=_SOURCE)
    _add_link(source, f"《{_clean(' '.join(report.title.split()))}》", report.url)
    known = (each.region, f"{report.year}年" if report.year else "", _published(each))
    source.add_run("　" + "　".join(_clean(part) for part in known if part))


def _published(each: Excerpt) -> str:
    published = each.report.published
    return f"{published.isoformat()}发布" if published else "发布日期不详"


def _add_closing(document: Any, excerpts: Excerpts, notes: Sequence[Note]) -> None:
    lost = f"所选句子中有 {len(excerpts.lost)} 句现已不在收录文本中，未能摘编。" if excerpts.lost else ""
    closing = [*notes, *([Note("未能摘编", lost)] if lost else [])]
    if closing:
        document.add_heading("说明", level=1)
    for note in closing:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_clean(note.label)}：").bold = True
        paragraph.add_run(_clean(note.text))


def _add_link(paragraph: Any, text: str, url: str | None) -> None:
    if not url or not url.lower().startswith(("http://", "https://")):
        paragraph.add_run(text)
        return
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = _BLUE, True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(_clean(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    link.append(run._r)


def _refer(paragraph: Any, footnote: int) -> None:
    run = paragraph.add_run()
    run.style = _REFERENCE
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(footnote))
    run._r.append(reference)


def _set_up(document: Any, cover: Cover) -> None:
    """Fonts, the styles Word has for footnotes, and what the file says of itself."""
    about, styles = document.core_properties, document.styles
    about.title, about.author, about.language = _clean(cover.title)[:_LONGEST_TITLE], "政报", "zh-CN"
    about.created = about.modified = cover.made
    for name in ("Normal", "Title", "Heading 1"):
        font = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        font.set(qn("w:eastAsia"), _SERIF if name == "Normal" else _SANS)
        if font.get(qn("w:eastAsiaTheme")):
            del font.attrib[qn("w:eastAsiaTheme")]
    styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True).font.size = Pt(9)
    styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True
    source = styles.add_style(_SOURCE, WD_STYLE_TYPE.PARAGRAPH)
    source.base_style, source.font.size, source.font.color.rgb = styles["Normal"], Pt(9), _GREY


class _Footnotes:
    """The part of a document that python-docx has no words for: word/footnotes.xml."""

    def __init__(self) -> None:
        self._root = etree.fromstring(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for number, kind in enumerate(("separator", "continuationSeparator"), start=-1):
            note = self._append(number, {"w:type": kind})
            run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
            etree.SubElement(run, qn(f"w:{kind}"))
        self._next = _FIRST_FOOTNOTE

    def add(self, text: str) -> int:
        """The number by which the text refers to it."""
        paragraph = etree.SubElement(self._append(self._next, {}), qn("w:p"))
        _styled(paragraph, "pStyle", _id(_TEXT))
        run = etree.SubElement(paragraph, qn("w:r"))
        _styled(run, "rStyle", _id(_REFERENCE))
        etree.SubElement(run, qn("w:footnoteRef"))
        words = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f" {_clean(text)}"
        self._next += 1
        return self._next - 1

    def attach(self, document: Any) -> None:
        """Put it into the document's package."""
        data = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        listed = OxmlElement("w:footnotePr")
        for number in (-1, 0):
            etree.SubElement(listed, qn("w:footnote")).set(qn("w:id"), str(number))
        document.settings.element.insert_element_before(listed, "w:endnotePr", "w:compat", "w:rsids", "m:mathPr")

    def _append(self, number: int, attributes: dict[str, str]) -> Any:
        note = etree.SubElement(self._root, qn("w:footnote"))
        for name, value in {**attributes, "w:id": str(number)}.items():
            note.set(qn(name), value)
        return note


def _styled(element: Any, kind: str, style: str) -> None:
    properties = etree.SubElement(element, qn("w:pPr" if kind == "pStyle" else "w:rPr"))
    etree.SubElement(properties, qn(f"w:{kind}")).set(qn("w:val"), style)


def _id(style: str) -> str:
    """As python-docx makes it of a name."""
    return style.replace(" ", "")


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
