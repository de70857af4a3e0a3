"""Which of the figures behind a phrase are its own, where several subjects share a sentence's figures."""

from __future__ import annotations

import re
from typing import TypeVar

from compare.masking import JOINS
from compare.units import NOT_JOINING

T = TypeVar("T")

_SHARE = re.compile(r"占(?!比)[^,、;。\d]{2,14}\Z")
_SHARE_NAMED = re.compile("(?:比重|比例|份额|率)\\Z")
_SHARE_OF = re.compile(r"\d|的\d|总(?:量|额|数)|[^,、\d]{0,12}(?:比重|比例|份额)")
_WITHIN = re.compile(r"[^,、\d]{0,12}中(?:所占)?的?(?:比重|比例|份额)")
_CLAUSE = re.compile(r"[^,。;:!?\n]*\Z")
_FIGURE_BEFORE = re.compile(rf".*\d[^、和与及]*(?:{JOINS})")


def is_base(left: str, right: str) -> bool:
    """Whether the phrase is what a share is a share of (占国内生产总值的比重): what follows is not its figure."""
    share = _SHARE.search(left[-20:]) and not _SHARE_NAMED.search(left) and _SHARE_OF.match(right)
    return bool(share or _WITHIN.match(right))


def own(left: str, gap: str, groups: list[list[T]]) -> tuple[T, ...]:
    """Of each list the phrase's own figure, where as many subjects stand there as figures; else all of it.

    解决率、满意率达到86.52%、90.28%: the first is the first's, the second the second's.
    """
    behind = len(re.findall(JOINS, gap.split(",", maxsplit=1)[0]))
    clause = _CLAUSE.search(left[-60:])
    ahead = _FIGURE_BEFORE.sub("", NOT_JOINING.sub("", clause[0] if clause else ""))
    subjects = len(re.findall(JOINS, ahead)) + 1 + behind
    found: list[T] = []
    for group in groups:
        count = len(group)
        mine = subjects > 1 and behind < count <= subjects
        found += [group[count - 1 - behind]] if mine else group
    return tuple(found)
