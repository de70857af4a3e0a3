"""Where an article says it stands: 您的位置：首页 > 政务公开 > 法治政府建设."""

from __future__ import annotations

import re

from crawler.extract.decode import decode
from crawler.extract.shown import Shown, identity, shown
from crawler.sights import Piece

_HOME = re.compile(r"\s*(?:网站|本站)?首\s*页\s*|\s*主页\s*")
_STEP = re.compile(r"[>＞›»/→－-]")
_ANCESTORS, _MOST_CHARS = 3, 150


def column_of(piece: Piece) -> str | None:
    """The address of the column an article's page says it stands in; None where its trail leads to the home page alone.

    Raises ReadError for markup built to exhaust a parser.
    """
    page = shown(
        decode(piece.data, piece.content_type.lower().partition("charset=")[2].strip("\"' ") or None), piece.url
    )
    for home in page.tree.find_all("a", string=lambda text: bool(text and _HOME.fullmatch(text))):
        trail = home.parent
        for _ in range(_ANCESTORS):
            if trail is None or len(text := trail.get_text()) > _MOST_CHARS:
                break
            if _STEP.search(text) and (urls := [page.absolute(each.get("href")) for each in trail.find_all("a")])[1:]:
                return _last(urls, page)
            trail = trail.parent
    return None


def _last(urls: list[str | None], page: Shown) -> str | None:
    """The last step that is neither the home page nor the article itself."""
    passed = {identity(url) for url in (page.url, urls[0]) if url}
    return next((url for url in reversed(urls) if url and identity(url) not in passed), None)
