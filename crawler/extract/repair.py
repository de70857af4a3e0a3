"""Characters as published: composed, without invisible ones; lost ones are recognised, not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from crawler.extract.lines import Line
from crawler.extract.pinyin import without_pinyin

_INVISIBLE = re.compile("[\0-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_HAN = "\u3400-\u9fff"
# A "?" that no question can end with: before other punctuation, before a reading's bracket, in a row.
_LOST = re.compile(rf"\ufffd|锟斤拷|[{_HAN}]\?(?:[；，。、：）]|[a-zà-ǜ]{{1,6}}[)）])|[{_HAN}]\?{{2,}}[{_HAN}]")


def tidied(lines: Iterable[Line]) -> list[Line]:
    """The lines in NFC, without invisible characters and readings in brackets; empty ones dropped."""
    texts = ((line, without_pinyin(tidy(line.text))) for line in lines)
    return [replace(line, text=text) for line, text in texts if text]


def tidy(text: str) -> str:
    """One line in NFC, trimmed, without invisible characters."""
    text = _INVISIBLE.sub("", text).replace("\xa0", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", text).strip()


def is_damaged(text: str) -> bool:
    """Whether characters were lost: U+FFFD, or a "?" where a character stood.

    >>> is_damaged("全套解决方案?；谑袌"), is_damaged("怎么办?我们的回答是")
    (True, False)
    """
    return _LOST.search(text) is not None
