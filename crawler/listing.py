"""What a fetched list is, told by its content: a page of links, a sitemap, a feed."""

from __future__ import annotations

from crawler.extract.barriers import barrier
from crawler.extract.decode import decode
from crawler.extract.feeds import is_feed, read_feed, unpacked
from crawler.extract.links import links
from crawler.extract.pagination import further_pages
from crawler.extract.refresh import refresh_of
from crawler.extract.shown import shown
from crawler.sights import Listing, Piece
from reports.errors import ReadError


def read_listing(piece: Piece, *, links_in: str | None = None) -> Listing:
    """The links of a list page, sitemap or feed, and its further pages.

    `links_in`: a CSS selector of the part of an HTML page that is the list. Where a login or a challenge stands
    in its place, the listing's barrier names it. Raises ReadError with the reason why what came is no list, or
    was built to exhaust a parser.
    """
    data = unpacked(piece.data)
    if is_feed(data):
        return read_feed(data, piece.url)
    return _read_page(decode(data, piece.charset), piece.url, links_in)


def _read_page(html: str, url: str, links_in: str | None) -> Listing:
    page = shown(html, url)
    pages = further_pages(page)
    try:
        found = links(page, links_in, pages)
    except ReadError:
        if not barrier(200, (), html):
            raise
        found = ()
    if not found and (instead := barrier(200, (), html)):
        if instead.is_of_host:
            return Listing(barrier=instead)
        raise ReadError(f"in place of the list stands {instead}")
    return Listing(links=found, pages=pages, refresh=refresh_of(page))
