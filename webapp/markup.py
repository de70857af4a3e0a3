"""Marking by offsets: escape first, then mark. The only place where published text becomes HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from markupsafe import Markup, escape

Span = tuple[int, int]


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """The text as HTML with <mark> around the marks.

    >>> print(marked("甲<乙", [(1, 3)]))
    甲<mark>&lt;乙</mark>
    """
    return weave(text, marks, 0, len(text), lambda _, inner: Markup("<mark>{}</mark>").format(inner))


def weave(text: str, marks: Iterable[Span], start: int, stop: int, dress: Callable[[int, str], Markup]) -> Markup:
    """`text[start:stop]` as HTML; `dress(number, words)` gives the HTML of a mark, numbered from 0.

    A mark that crosses an edge is dressed for the part inside. Marks that make no sense (backwards,
    beyond the text, over an earlier one) mark nothing rather than lose a character.
    """
    parts: list[Markup] = []
    at = start
    for number, mark in enumerate(marks):
        first, last = max(mark[0], at), min(mark[1], stop)
        if first < last:
            parts += [escape(text[at:first]), dress(number, text[first:last])]
            at = last
    parts.append(escape(text[at:stop]))
    return Markup("").join(parts)


def safe_href(url: str | None) -> str | None:
    """The address if it is a web address, else None: `javascript:` and its like never become a link."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
