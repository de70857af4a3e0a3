"""A question in plain signs: one for each family, and where a document is named in it.

In the plain form, as long as the question, every quote is `"`, every apostrophe `'`, every book
title mark `《` or `》`, and widths are half.
"""

from __future__ import annotations

import re
import unicodedata

from reports.fold import fold

OPENING = "“„〝「『‘‚﹁﹃"
"""Quotes that only open."""

_EITHER_WAY = "\"'＂＇‟‛"
_QUOTES = frozenset(OPENING + _EITHER_WAY + "”〞〟」』’﹂﹄")
_APOSTROPHE = re.compile("(?<=[A-Za-z0-9])['’＇](?=[A-Za-z])")


def clean(text: str) -> str:
    """The text in NFC; white space and control characters are spaces, zero-width ones gone.

    Lone surrogates, which no page could send back, are spaces too.
    """
    return unicodedata.normalize("NFC", "".join(map(_visible, text))).strip()


def plain(text: str) -> str:
    """The text with one sign for each family of signs, character by character."""
    apostrophes = {found.start() for found in _APOSTROPHE.finditer(text)}
    return "".join(_half(char) if at not in apostrophes else "'" for at, char in enumerate(text))


def titles(plain_text: str) -> dict[int, int]:
    """Where 《 stands with a partner: its place, and the place behind its 》."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, char in enumerate(plain_text):
        if char == "《":
            opened.append(at)
        elif char == "》" and opened:
            found[opened.pop()] = at + 1
    return found


def is_title(text: str) -> bool:
    """Whether the text is one document's name in its book title marks, and nothing else."""
    return titles(plain(text)).get(0) == len(text)


def _visible(char: str) -> str:
    if char.isspace() or unicodedata.category(char) in {"Cc", "Cs"}:
        return " "
    return char if fold(char) else ""


def _half(char: str) -> str:
    if char in _QUOTES:
        return '"'
    if fold(char) in {"《", "》"}:
        return fold(char)
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char
