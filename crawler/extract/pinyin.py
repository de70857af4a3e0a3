"""Pinyin in brackets after characters, as mirrors of government pages insert it: 建設(shè) -> 建設.

It goes only where it is that character's reading; every other bracket stays.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reports.fold import simplify

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BRACKETED = re.compile(rf"([{_HAN}])[ \t]?[(（]\s*([a-zɡü\u0300-\u030c\u00e0-\u01dc]{{1,8}})\s*[)）]")


def without_pinyin(text: str) -> str:
    """The text without readings in brackets after the characters they belong to.

    >>> without_pinyin("建設(shè)系統(GDP)與(PPP)")
    '建設系統(GDP)與(PPP)'
    """
    if "(" not in text and "（" not in text:
        return text
    return _BRACKETED.sub(lambda found: found[1] if _is_reading(found[1], found[2]) else found[0], text)


def _is_reading(char: str, syllable: str) -> bool:
    return unicodedata.normalize("NFC", syllable).replace("ɡ", "g") in _readings(char)


@lru_cache(maxsize=8192)
def _readings(char: str) -> frozenset[str]:
    """How a character is read, as itself and in simplified script: the mirrors convert after annotating."""
    # Loading the reading tables takes a quarter of a second, and few texts need them.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return frozenset(
        reading
        for form in {char, simplify(char)}
        for readings in pinyin(form, style=Style.TONE, heteronym=True, errors="ignore")
        for reading in readings
    )
