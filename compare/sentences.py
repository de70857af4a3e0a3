"""The sentences of a published text, as spans of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# What folds to the ends a query's 同句 knows (。 ! ? ;), with the closing quotes and brackets that belong to them.
_END = re.compile(r"[。｡！!？?；;﹖﹗﹔]+[”’」』）】〉》﹂﹄]*")


def sentence_at(text: str, at: int) -> Span:
    """The sentence a place stands in, without white space at its edges.

    It ends behind 。 ！ ？ ； with the closing quotes and brackets that follow, and with its paragraph.
    """
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", start)
    for span in _in_line(text, start, len(text) if stop < 0 else stop):
        if at < span[1] or span[1] == (len(text) if stop < 0 else stop):
            return _trimmed(text, span)
    return at, at


def sentences(text: str) -> Iterator[Span]:
    """Every sentence of a text that is not blank, in order."""
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        for span in _in_line(text, start, stop):
            trimmed = _trimmed(text, span)
            if trimmed[0] < trimmed[1]:
                yield trimmed
        start = stop + 1


def _in_line(text: str, start: int, stop: int) -> Iterator[Span]:
    for end in _END.finditer(text, start, stop):
        yield start, end.end()
        start = end.end()
    if start < stop:
        yield start, stop


def _trimmed(text: str, span: Span) -> Span:
    piece = text[slice(*span)]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
