"""The headings of a text: where its parts begin.

Official documents number their parts 一、 then （一） then 1. (《党政机关公文格式》 GB/T 9704-2012, 7.3.3), books and
laws 第一部分 or 第一章; but any of these may be missing, so the level is read from the order they come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.heading_lines import Heading, Style, bare_lines, numbered_lines
from reports.wording import kind_named

_LEADERS = re.compile(r"[\s.…·．]*\d*\s*$")


def top_headings(text: str) -> tuple[Heading, ...]:
    """The headings of the top-level parts, in order; empty where the text has none.

    The style that comes first is the top one, unless a higher one names a section's kind. Parts
    without numbers count only where they name two kinds at least, and more than the numbered ones.
    """
    found = _without_contents(text, numbered_lines(text, 0, len(text), inside=True))
    chains = _chains(found, starts=1)
    first = next((chain[0].style for chain in chains if chain[0].style is not Style.ITEM), Style.ITEM)
    at_least = [chain for chain in chains if chain[0].style <= first]
    named = [chain for chain in at_least if _kinds(chain)]
    unnamed = [chain for chain in at_least if chain[0].style is first is not Style.ITEM]
    numbered = min(named or unnamed, key=lambda chain: chain[0].style, default=())
    bare = bare_lines(text)
    encloses = bool(bare) and (not numbered or bare[0].start < numbered[0].start)
    return bare if encloses and len(_kinds(bare)) > max(1, len(_kinds(numbered))) else numbered


def sub_headings(text: str, start: int, stop: int) -> tuple[Heading, ...]:
    """The headings one level down, within a section whose own heading ends at `start`.

    Numbering may go on from the section before, as it does in State Council documents.
    """
    chains = _chains(numbered_lines(text, start, stop), starts=99)
    return min(chains, key=lambda chain: (chain[0].style is Style.ITEM, chain[0].start), default=())


def _without_contents(text: str, found: list[Heading]) -> list[Heading]:
    """The headings without those of a list of contents: two or more in a run that all stand again later."""
    kept: list[Heading] = []
    for run in _runs(text, found):
        later = [heading.text for heading in found if heading.start > run[-1].start]
        entries = [_LEADERS.sub("", heading.text) for heading in run]
        listed = len(run) > 1 and all(any(text.startswith(entry) for text in later) for entry in entries)
        kept += () if listed else run
    return kept


def _runs(text: str, found: list[Heading]) -> Iterable[list[Heading]]:
    """Headings with nothing between them; a run ends where its first number comes again."""
    run: list[Heading] = []
    for heading in found:
        if run and (_between(text, run[-1], heading) or (heading.style, heading.number) == (run[0].style, 1)):
            yield run
            run = []
        run.append(heading)
    yield run


def _between(text: str, heading: Heading, following: Heading) -> str:
    return text[heading.start : following.start].strip().removeprefix(heading.text).strip("。；")


def _chains(found: Sequence[Heading], starts: int) -> list[tuple[Heading, ...]]:
    """For each style the headings of it that count up and enclose the others; two at least, in order of appearance."""
    styles = dict.fromkeys(heading.style for heading in found)
    chains = (_chain(found, style, starts) for style in styles)
    return sorted((chain for chain in chains if len(chain) > 1), key=lambda chain: chain[0].start)


def _chain(found: Sequence[Heading], root: Style, starts: int) -> tuple[Heading, ...]:
    """The headings of style `root` whose numbers go on, leaving out those that count up below one of them.

    A number goes on at the deepest level that waits for it; one that names a section's kind at the top.
    """
    chain: list[Heading] = []
    levels: list[tuple[Style, int]] = []
    for heading in found:
        if not levels:
            if heading.style is root and heading.number <= starts:
                levels, chain = [(root, heading.number)], [heading]
            continue
        depth = _depth(levels, heading)
        if depth is not None:
            levels[depth:] = [(heading.style, heading.number)]
            chain += [heading] if depth == 0 else []
    return tuple(chain)


def _depth(levels: list[tuple[Style, int]], heading: Heading) -> int | None:
    waiting = [
        at for at, (style, number) in enumerate(levels) if (style, number + 1) == (heading.style, heading.number)
    ]
    names_kind = heading.style is levels[0][0] and kind_named(heading.text) is not None
    if waiting:
        return 0 if waiting[0] == 0 and names_kind else waiting[-1]
    if heading.number == 1:
        return len(levels)
    # Chapters get lost in publication; a lost 二、 is believed where 三、 has a section's wording.
    clear = names_kind or heading.style is levels[0][0] <= Style.CHAPTER
    return 0 if clear and heading.number == levels[0][1] + 2 else None


def _kinds(headings: Iterable[Heading]) -> frozenset[str]:
    return frozenset(kind for heading in headings if (kind := kind_named(heading.text)))
