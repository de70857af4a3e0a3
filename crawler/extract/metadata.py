"""What a report says of itself, read from its page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.bodies import body_of, town_in
from crawler.extract.clues import Clues, clues_of, plain
from crawler.extract.issuers import doc_no_of, issuer_of, source_of
from crawler.extract.kinds import kind_of
from crawler.extract.names import gazetteer_of
from crawler.extract.page import Given, Metadata, Page
from crawler.extract.published import date_of
from crawler.extract.whereabouts import region_of
from crawler.extract.years import covers_of, year_of
from reports.regions import COUNTRY, Regions
from reports.report import Body, Kind

_NAMED_BY_YEAR = {
    Kind.RULE_OF_LAW: "{where}{year}年法治政府建设年度情况报告",
    Kind.WORK: "{year}年{where}政府工作报告",
    Kind.DISCLOSURE: "{where}{year}年政府信息公开工作年度报告",
    Kind.STATISTICS: "{where}{year}年国民经济和社会发展统计公报",
}
_TITLE_CHARS = 40
_SENTENCE_END = re.compile(r"[。；;!！?？]")


def read_metadata(page: Page, *, url: str | None, given: Given, regions: Regions) -> Metadata:
    """The metadata of a report. What is given is believed; what nothing tells stays None.

    A title is always given back: where none survived, one is composed of what is known, or the
    text's first sentence is cut, and `title_inferred` says so.
    """
    title = given.title or page.title
    clues = clues_of(page, title, url or given.url)
    kind = given.kind or kind_of(clues)
    doc_no = given.doc_no or doc_no_of(clues)
    published = given.published or date_of(clues, kind)
    year, year_from = (given.year, "given") if given.year else year_of(clues, kind, published, doc_no)
    issuer = given.issuer or issuer_of(page, title)
    region_code = given.region_code or region_of(clues, kind, issuer, year, regions)
    issuer = issuer or source_of(page, clues)
    place = given.place or (_place(clues, issuer, regions) if region_code else None)
    body = given.body or body_of(clues, kind, issuer, place)
    return Metadata(
        title=title or _title(page, kind, _where(region_code, place, issuer, body, regions), year),
        title_inferred=title is None,
        kind=kind,
        body=body,
        region_code=region_code,
        place=place,
        issuer=issuer,
        year=year,
        year_from=year_from,
        covers=given.covers or covers_of(clues, kind, year, _headings(page)),
        published=published,
        doc_no=doc_no,
    )


def _headings(page: Page) -> Iterator[str]:
    return (plain(line) for line in page.paragraphs if len(line) <= _TITLE_CHARS)


def _place(clues: Clues, issuer: str | None, regions: Regions) -> str | None:
    """The street or town after the division's name in the title, else in the issuer's name.

    Only beside a known division: 城关镇 alone names a town in many counties.
    """
    for text in (clues.title, plain(issuer or "")):
        mentions = gazetteer_of(regions).mentions(text)
        after = mentions[0].stop if mentions else 0
        for mention in mentions:
            after = mention.stop if mention.start == after else after
        after += len("人民政府") if text.startswith("人民政府", after) else 0
        if town := town_in(text, after):
            return town
    return None


def _where(region_code: str | None, place: str | None, issuer: str | None, body: Body, regions: Regions) -> str:
    if issuer and body is not Body.GOVERNMENT:
        return issuer
    region = regions.get(region_code) if region_code and region_code != COUNTRY else None
    return (region.name if region else "") + (place or "")


def _title(page: Page, kind: Kind, where: str, year: int | None) -> str:
    if year and kind in _NAMED_BY_YEAR:
        return _NAMED_BY_YEAR[kind].format(where=where, year=year)
    first = next((line for line in page.paragraphs if line.strip()), "")
    sentence = _SENTENCE_END.split(first.strip(), maxsplit=1)[0]
    return sentence if len(sentence) <= _TITLE_CHARS else sentence[: _TITLE_CHARS - 1] + "…"
