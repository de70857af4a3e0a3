"""Phrase search by looking, with a fold of its own: what every engine's answers are held against."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from opencc import OpenCC

import reports

_DATA = Path(reports.__file__).parent / "data"


class BruteForce:
    """Title and paragraphs of each text in its forms, apart by line feeds, which no folded phrase has."""

    def __init__(self, texts: dict[str, tuple[str, str, bool]]) -> None:
        """`texts`: id -> title, text, whether it is in traditional script."""
        self._forms = {id_: "\n".join(_forms(*each)) for id_, each in texts.items()}

    def holding(self, phrase: str) -> frozenset[str]:
        """The ids of the texts in one of whose paragraphs, or title, the phrase stands."""
        folded = fold(phrase)
        return frozenset(id_ for id_, forms in self._forms.items() if folded in forms)


def fold(text: str) -> str:
    """The matching form, character by character, as DESIGN's words have it."""
    return "".join(_folded(char) for char in text)


@cache
def _folded(char: str) -> str:
    if char.isspace() or unicodedata.category(char) == "Cf" or char in "\u034f\u3164\ufe0f":
        return ""
    if char in "“”„‟〝〞「」『』﹁﹂﹃﹄‘’‚‛'`´＂＇\"":
        return '"'
    if char in "‐‑‒–—―−﹣─━⸺⸻－-":
        return "-"
    if char in "•‧∙⋅・･·":
        return "·"
    if char in "〈︽︿《〉︾﹀》":
        return "《" if char in "〈︽︿《" else "》"
    if "！" <= char <= "～":
        char = chr(ord(char) - 0xFEE0)
    char = _pairs("variants.txt").get(char, char)
    simple = OpenCC("t2s").convert(char)
    char = simple if len(simple) == 1 else char
    return char.lower() if len(char.lower()) == 1 else char


def _forms(title: str, text: str, traditional: bool) -> list[str]:
    paragraphs = [fold(title), *(fold(line) for line in text.split("\n"))]
    if not traditional:
        return paragraphs
    return paragraphs + [regional(each) for each in paragraphs]


def regional(folded: str) -> str:
    """A folded text with regional words replaced, the longer first."""
    words = sorted(_pairs("regional_words.txt").items(), key=lambda pair: -len(pair[0]))
    out, at = [], 0
    while at < len(folded):
        found, to = next(((a, b) for a, b in words if folded.startswith(a, at)), (folded[at], folded[at]))
        out.append(to)
        at += len(found)
    return "".join(out)


@cache
def _pairs(name: str) -> dict[str, str]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
