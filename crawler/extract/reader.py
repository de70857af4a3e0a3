"""A page, a text or a document becomes a Report: the steps of reading, in order."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from crawler.extract.body import read_html, read_text
from crawler.extract.decode import decode_flagged
from crawler.extract.documents import read_document
from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome
from crawler.extract.metadata import read_metadata
from crawler.extract.page import Given, Page
from crawler.extract.sections import sections_of
from reports.fold import is_traditional
from reports.regions import Regions
from reports.report import Report, Script, report_id, text_sha256
from reports.topics import topics_of
from reports.urls import canonical_url


def read_bytes(
    data: bytes, *, html: bool, origin: str, given: Given, regions: Regions, known: HostChrome = NOTHING_LEARNT
) -> Report:
    """The report in a page or text. Raises ReadError with the reason there is none; ListPage for lists."""
    text, damaged = decode_flagged(data)
    report = read_string(text, html=html, origin=origin, given=given, regions=regions, known=known)
    return replace(report, quality=report.quality | {"damaged"}) if damaged else report


def read_file(
    data: bytes, *, origin: str, given: Given, regions: Regions, known: HostChrome = NOTHING_LEARNT
) -> Report:
    """The report in a PDF or DOCX. Raises ReadError with the reason there is none."""
    return report_of(read_document(data), origin=origin, given=given, regions=regions, known=known)


def read_string(
    text: str, *, html: bool, origin: str, given: Given, regions: Regions, known: HostChrome = NOTHING_LEARNT
) -> Report:
    """The report in decoded HTML or plain text."""
    page = read_html(text, title=given.title) if html else read_text(text, title=given.title)
    return report_of(page, origin=origin, given=given, regions=regions, known=known)


def report_of(page: Page, *, origin: str, given: Given, regions: Regions, known: HostChrome = NOTHING_LEARNT) -> Report:
    """The report that stands on a page, without what is `known` to be chrome on its host."""
    page = known.free(page, given.url)
    said = read_metadata(page, url=given.url, given=given, regions=regions)
    text = _nfc("\n".join(page.paragraphs))
    sections = sections_of(text, said.kind)
    return Report(
        id=report_id(canonical_url(given.url) if given.url else None, text),
        url=given.url,
        origin=origin,
        title=_nfc(said.title),
        title_inferred=said.title_inferred,
        text=text,
        sections=sections,
        kind=said.kind,
        region_code=said.region_code,
        place=_nfc(said.place) if said.place else None,
        issuer=_nfc(said.issuer) if said.issuer else None,
        body=said.body,
        year=said.year,
        year_from=said.year_from,
        covers=said.covers,
        published=said.published,
        doc_no=said.doc_no,
        topics=topics_of(text, sections),
        script=Script.HANT if is_traditional(text) else Script.HANS,
        copy_of=None,
        quality=page.quality,
        read_by=page.read_by,
        sha256=text_sha256(text),
    )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
