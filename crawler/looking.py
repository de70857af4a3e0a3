"""What was fetched for one article becomes a Sight: its report, or what else stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.extract.anchors import anchors_of
from crawler.extract.attachments import attachments, ending, is_named_like, is_note, is_read
from crawler.extract.barriers import barrier
from crawler.extract.body import LEAST_CHARS, read_around, read_html, read_text
from crawler.extract.decode import decode_flagged
from crawler.extract.documents import document_in, read_document
from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome
from crawler.extract.page import Page
from crawler.extract.parts import joined, may_have_parts, parts
from crawler.extract.reader import report_of
from crawler.extract.refresh import refresh_of
from crawler.extract.shown import identity, shown
from crawler.reading import check_division
from crawler.sights import Link, Piece, Role, Sight, Visit
from reports.errors import ListPage, ReadError
from reports.regions import Regions, load_regions
from reports.report import Report

# A page that says as little may be something else than the report: a notice, a note beside a file.
_LITTLE_CHARS = 600
_CONTAINER = "container "
_SITE_NAME = re.compile(
    r".{0,30}(?:网站?|门户|首页|人民政府|政府信息公开|信息公开|正文|详情页?)|无标题.*|untitled.*", re.IGNORECASE
)
_NAMED_AS_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Looking:
    """The task; `extra` are further tables of divisions, loaded once in each worker; `known` is chrome of hosts."""

    extra: tuple[Path, ...]
    known: HostChrome = NOTHING_LEARNT

    def __call__(self, visit: Visit) -> Sight:
        """What the pieces show. Why there is no report is said in the Sight, never raised."""
        regions = load_regions(self.extra)
        try:
            return _seen(visit, regions, self.known)
        except ReadError as error:
            return Sight(why=str(error))


def _seen(visit: Visit, regions: Regions, known: HostChrome) -> Sight:
    first, *rest = visit.pieces
    for piece in rest:
        if piece.role is Role.ATTACHMENT:
            return Sight(report=_in_attachment(visit, first, piece, regions, known))
    if document_in(first.data) is not None:
        page = read_document(first.data, title=_bare(visit.given.title))
        return Sight(report=_report(page, visit, first.url, regions, known))
    html, damaged = _decoded(first)
    try:
        page = _flagged(_read(html, first, visit.selector), "damaged" if damaged else "")
    except ReadError as error:
        return _instead(html, visit, error)
    if _says_little(page) and (other := _other(html, visit, page)):
        return other
    return _whole(html, visit, page, regions, known)


def _whole(html: str, visit: Visit, page: Page, regions: Regions, known: HostChrome) -> Sight:
    """The report that begins on a page, with those of its further pages that are there; "incomplete" without all."""
    first, *rest = visit.pieces
    selector, pages, listed = visit.selector or _container(page), [page], list(_parts(html, first, first))
    for piece in rest:
        try:
            text, _ = _decoded(piece)
            pages.append(_further(text, piece, selector))
            listed += _parts(text, piece, first)
        except ReadError:
            pages[0] = _flagged(pages[0], "incomplete")
    held = {identity(piece.url) for piece in visit.pieces}
    missing = tuple(url for url in dict.fromkeys(listed) if identity(url) not in held)
    whole = _flagged(joined(pages), "incomplete" if missing else "")
    return Sight(report=_report(whole, visit, first.url, regions, known), parts=missing)


def _further(html: str, piece: Piece, selector: str | None) -> Page:
    """A further page, which may hold no more than a signature. Raises ReadError for what is none."""
    page = _read(html, piece, selector, least_chars=1)
    if _says_little(page) and (found := barrier(200, (), html)):
        raise ReadError(f"in place of the page stands {found}")
    return page


def _says_little(page: Page) -> bool:
    return sum(map(len, page.paragraphs)) <= _LITTLE_CHARS


def _parts(html: str, piece: Piece, first: Piece) -> Sequence[str]:
    return parts(html, anchors_of(shown(html, piece.url)), first.url) if may_have_parts(html) else ()


def _read(html: str, piece: Piece, selector: str | None, least_chars: int = LEAST_CHARS) -> Page:
    if piece.content_type.lower().startswith("text/plain") and "</" not in html:
        return read_text(html)
    return read_html(html, selector=selector, least_chars=least_chars)


def _instead(html: str, visit: Visit, error: ReadError) -> Sight:
    """What stands there where no report does."""
    page = read_around(html)
    if other := _other(html, visit, page):
        return other
    around = shown(html, visit.pieces[0].url)
    if leads_to := refresh_of(around):
        return Sight(why=f"it leads on to {leads_to}", refresh=leads_to)
    title = _title(page, visit)
    offered = attachments(anchors_of(around), title)
    # An article with a file and the site's menus looks like a list; a list may well have files on it.
    if isinstance(error, ListPage):
        offered = tuple(link for link in offered if is_named_like(link, title))
    return _offering(offered) if offered else Sight(why=str(error))


def _other(html: str, visit: Visit, page: Page) -> Sight | None:
    """What a page that says little is, if it is not the report: something in its place, or a note beside a file."""
    if found := barrier(200, (), html):
        return Sight(why=f"in place of the page stands {found}", barrier=found if found.is_of_host else None)
    if not page.paragraphs:
        return None
    title = _title(page, visit)
    offered = attachments(anchors_of(shown(html, visit.pieces[0].url)), title)
    return _offering(offered) if is_note(page.paragraphs, title, offered) else None


def _offering(offered: tuple[Link, ...]) -> Sight:
    name = offered[0].title
    why = f"the report is in an attachment: {name}"
    if not is_read(offered[0].url, name):
        why += f" ({ending(offered[0].url, name)} is not read)"
    return Sight(why=why, attachments=offered)


def _in_attachment(visit: Visit, first: Piece, piece: Piece, regions: Regions, known: HostChrome) -> Report:
    """The report in a file: the file's text, under what its page says of it. Raises ReadError."""
    try:
        found = read_document(piece.data)
    except ReadError as error:
        raise ReadError(f"attachment {piece.url}: {error}") from error
    around = read_around(_decoded(first)[0])
    page = replace(
        found,
        title=around.title if _is_title(around.title) else found.title,
        chrome=(*around.chrome, *found.chrome),
        meta=around.meta,
        info=(*around.info, *found.info),
    )
    return _report(_flagged(page, "attachment"), visit, piece.url, regions, known)


def _report(page: Page, visit: Visit, origin: str, regions: Regions, known: HostChrome) -> Report:
    """The report of a page. What a list said of it (title, date) counts where the page itself says nothing.

    What the source says (region, issuer, body) is believed.
    """
    url = visit.given.url or visit.pieces[0].url
    title = None if _is_title(page.title) else _bare(visit.given.title)
    given = replace(visit.given, url=url, title=title, published=None)
    report = report_of(page, origin=origin, given=given, regions=regions, known=known)
    if report.published is None and visit.given.published is not None:
        given = replace(given, published=visit.given.published)
        report = report_of(page, origin=origin, given=given, regions=regions, known=known)
    check_division(report.region_code, regions)
    return report


def _title(page: Page, visit: Visit) -> str | None:
    return page.title if _is_title(page.title) else _bare(visit.given.title)


def _is_title(title: str | None) -> bool:
    """Whether a page's title is its report's, not its site's or its column's."""
    return title is not None and _SITE_NAME.fullmatch(title.strip()) is None


def _bare(title: str | None) -> str | None:
    return _NAMED_AS_FILE.sub("", title.strip()) or None if title else None


def _container(page: Page) -> str | None:
    """The selector of the container a page's body was found in."""
    return page.read_by.removeprefix(_CONTAINER) if page.read_by.startswith(_CONTAINER) else None


def _flagged(page: Page, flag: str) -> Page:
    return replace(page, quality=page.quality | {flag}) if flag else page


def _decoded(piece: Piece) -> tuple[str, bool]:
    """The text of a page, and whether characters were lost; the server's charset ranks after a BOM only."""
    return decode_flagged(piece.data, piece.charset)
