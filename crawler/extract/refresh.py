"""Where a page that says nothing sends its readers."""

from __future__ import annotations

import re

from bs4.element import Tag

from crawler.extract.shown import Shown, identity

_CONTENT = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"'\n]{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\s*\(\s*[\"']([^\"'\n]{1,2000})[\"']\s*\)"
)
_NOTHING_CHARS = 30


def refresh_of(page: Shown) -> str | None:
    """The address a <meta> refresh leads to, or a script where it is all there is on the page; None for none."""
    for meta in page.tree.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)}):
        said = _CONTENT.match(str(meta.get("content") or ""))
        if said and (url := _elsewhere(page, said[1])):
            return url
    if _says_something(page):
        return None
    found = (said for script in page.scripts for said in _SCRIPTED.finditer(script))
    return next(filter(None, (_elsewhere(page, said[1] or said[2]) for said in found)), None)


def _elsewhere(page: Shown, href: str) -> str | None:
    url = page.absolute(href)
    return url if url and identity(url) != identity(page.url) else None


def _says_something(page: Shown) -> bool:
    body = page.tree.body
    return isinstance(body, Tag) and len(body.get_text(strip=True)) > _NOTHING_CHARS
