"""Matching forms: a phrase stands in a text where its folded form stands in the text's.

Folding works character by character, so `fold(a + b) == fold(a) + fold(b)`: a phrase cut out
anywhere folds like the text it was cut from. Each character becomes one character, or none
(white space, zero-width characters); of white space only the paragraph break "\\n" is kept.
Texts are expected in NFC.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from hashlib import sha256
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from reports.errors import ConfigError

_FAMILIES = {
    '"': "“”„‟〝〞「」『』﹁﹂﹃﹄‘’‚‛'`´",
    "-": "‐‑‒–—―−﹣─━⸺⸻",
    "~": "〜∼",
    "·": "•‧∙⋅・･",
    "…": "⋯",
    "《": "〈︽︿",
    "》": "〉︾﹀",
}
# Beside the format characters (category Cf): fillers, joiners and variation selectors, which show nothing either.
_INVISIBLE = (0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x180B, 0x180F), *range(0xFE00, 0xFE10))
_BEYOND_BMP = (*range(0xE0000, 0xE01F0), 0x110BD, *range(0x1D173, 0x1D17B))
_CASED = range(0x41, 0x530)
_RADICALS = range(0x2E80, 0x2FE0)
_WIDTHS = range(0xFF01, 0xFFF0)
_HAN = (*range(0x3400, 0xA000), *range(0x20000, 0x2A6E0))
_HANT_SHARE = 0.05
_DROPPED = np.uint32(0xFFFFFFFF)


def fold(text: str) -> str:
    """The matching form of a text or a phrase.

    >>> fold("「每月一題」 Ｎｏ．1")
    '"每月一题"no.1'
    """
    folded = _lookup()[_codes(text)]
    return str(folded[folded != _DROPPED].tobytes(), "utf-32-le", "surrogatepass")


def fold_offsets(text: str) -> NDArray[np.int64]:
    """For each character of `fold(text)`, the offset in `text` it came from."""
    return np.flatnonzero(_lookup()[_codes(text)] != _DROPPED)


def second_form(folded: str) -> str:
    """A folded text with regional words replaced, position by position (資訊 -> 信息).

    Texts in traditional script are compared in this form too.
    """
    pairs = _regional_words()
    return _regional_pattern().sub(lambda found: pairs[found[0]], folded)


def simplify(text: str) -> str:
    """The text with traditional characters made simplified, character by character."""
    return str(_simplifying_lookup()[_codes(text)].tobytes(), "utf-32-le", "surrogatepass")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional script: simplified ones keep a few such characters."""
    codes = _codes(text)
    han = np.count_nonzero((codes >= 0x3400) & (codes <= 0x9FFF))
    changed = np.count_nonzero(_simplifying_lookup()[codes] != codes)
    return bool(changed > _HANT_SHARE * han)


@cache
def rules_digest() -> str:
    """Differs between programs that fold differently: an index is made for one of them."""
    rules = (sorted((code, to or "") for code, to in _folding().items()), sorted(_regional_words().items()))
    return sha256(repr(rules).encode()).hexdigest()[:12]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


@cache
def _lookup() -> NDArray[np.uint32]:
    """The table as an array over all of Unicode: ten times as fast as str.translate, and every text is folded often."""
    return _as_array({code: ord(to) if to else int(_DROPPED) for code, to in _folding().items()})


@cache
def _simplifying_lookup() -> NDArray[np.uint32]:
    return _as_array({code: ord(to) for code, to in _simplifying().items()})


def _as_array(table: dict[int, int]) -> NDArray[np.uint32]:
    lookup = np.arange(sys.maxunicode + 1, dtype="<u4")
    lookup[list(table)] = list(table.values())
    return lookup


@cache
def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code).lower() for code in _CASED if len(chr(code).lower()) == 1}
    for code in (*_WIDTHS, *_RADICALS):
        form = unicodedata.normalize("NFKC", chr(code))
        if len(form) == 1 and not form.isspace():
            table[code] = form.lower()
    table.update(_simplifying())
    for head, family in _FAMILIES.items():
        table.update(dict.fromkeys(map(ord, family), head))
    table[ord("＂")] = table[ord("＇")] = '"'
    table[ord("･")] = "·"
    table.update(dict.fromkeys(map(ord, _dropped()), None))
    # A radical or wide form may itself be traditional: fold to the end of the chain.
    return {code: table.get(ord(to), to) if to else None for code, to in table.items() if to != chr(code)}


@cache
def _simplifying() -> dict[int, str]:
    chars = [chr(code) for code in _HAN]
    simple = OpenCC("t2s").convert("\n".join(chars)).split("\n")
    table = {ord(a): b for a, b in zip(chars, simple, strict=True) if a != b and len(b) == 1}
    return table | {ord(variant): char for variant, char in _pairs("variants.txt")}


@cache
def _dropped() -> frozenset[str]:
    basic = map(chr, range(0x10000))
    dropped = {char for char in basic if char.isspace() or unicodedata.category(char) == "Cf"}
    return frozenset(dropped - {"\n"} | set(map(chr, (*_INVISIBLE, *_BEYOND_BMP))))


@cache
def _regional_words() -> dict[str, str]:
    return dict(_pairs("regional_words.txt"))


@cache
def _regional_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_regional_words(), key=len, reverse=True)))


def _pairs(name: str) -> list[tuple[str, str]]:
    """The pairs of a data file. Raises ConfigError naming the line that is not two words of equal length."""
    lines = files("reports").joinpath("data", name).read_text("utf-8").splitlines()
    pairs = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            words = line.split()
            if len(words) != 2 or len(words[0]) != len(words[1]):
                raise ConfigError(f"reports/data/{name}:{number}: expected two words of equal length, not {line!r}")
            pairs.append((words[0], words[1]))
    return pairs
