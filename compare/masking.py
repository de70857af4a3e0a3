"""Hides from the reading of figures what is no part of the sentence or no number, at the same length."""

from __future__ import annotations

import re
from collections.abc import Callable

from compare import units

_ASIDE, _TIME, _NAME = "\0", "\1", "\2"
FREE = rf"[{_ASIDE}{_TIME}]"
"""What may stand anywhere: a bracket, a time."""

JOINS = "、|以及|和|与|及|或|暨"

_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_NAMES = re.compile(r'"[^"]{1,20}"|《[^《》]{1,60}》')
_CLOSERS = re.compile('[)"》}]+')


def masked(text: str) -> str:
    """Brackets, names in quotes, times, ordinals and words that look like numbers, each made a mark as long as it."""
    # The phrase may stand in brackets or quotes itself: what closes them comes first.
    if closer := _CLOSERS.match(text):
        text = _ASIDE * closer.end() + text[closer.end() :]
    if ")" in text and not 0 <= text.find("(") < text.find(")"):
        text = text.replace(")", _ASIDE, 1)
    text = _BRACKETS.sub(_filled(_ASIDE), text)
    text = _NAMES.sub(_filled(_NAME), text)
    text = units.NOT_NUMBERS.sub(_filled(_TIME), text)
    return units.NOT_JOINING.sub(_filled(_NAME), text)


def _filled(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: mark * len(found[0])
