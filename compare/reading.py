"""Finds the figures behind a phrase in folded text: the grammar of docs/reference/figures.md, by `compare.units`."""

from __future__ import annotations

import re
from dataclasses import replace

from compare import units
from compare.masking import FREE, JOINS, masked
from compare.owning import is_base, own
from compare.quantity import HAN, OTHERS, START, Read, end_of, figure_at

# Whether it is worth reading: most of what follows a phrase holds no number at all.
_LIKELY = re.compile(
    rf"\d|分之|{HAN}{{2}}|{HAN}[多余几]|[十百千万亿]{units.UNIT}|[一二两三四五六七八九](?:{'|'.join(units.SMALL_UNITS)})"
)
_GOES_ON = re.compile(rf"\d|{HAN}|[.%点]")
_ENDS = re.compile("[。!?;\n]")
# Possessive, so that no text makes them slow: words are taken longest first and not given back.
_ADVERBIAL = re.compile(rf"(?:{FREE}|{units.ADVERBS})*+")
_BARE = re.compile(rf"(?:{FREE}|{units.WORDS})*+")
_WORD = re.compile(units.WORDS)
_VERB = re.compile(units.VERBS)
_ITEM = re.compile(rf"{FREE}*(?:{JOINS}){FREE}*(?:{units.BEFORE})?(?={HAN}|\d)")
_THEN = re.compile(rf"{FREE}*[,、]((?:{FREE}|{units.WORDS}|,)*+)(?={HAN}|\d)")
_UP_TO = re.compile(rf"{FREE}*(?:{units.CHANGES}了?[到至为]|[到至])(?:{FREE}|{units.WORDS})*+(?={HAN}|\d)")
_SAID_ALREADY = re.compile(rf".(?:{units.CHANGES}|完成|建成|投用|落地)\Z")
_THEN_WHEN = re.compile("的\1+\\Z")
_LIKE = re.compile("(?<![平高初中同均优])等(?![于级])")
_ALL = re.compile("均|都|分别")
_MAX_GAP, _MAX_FIGURES = 36, 12


def read(left: str, right: str) -> tuple[Read, ...]:
    """The figures that follow what stands between `left` and `right`, with offsets in `right`; both folded."""
    sentence = right[: found.start()] if (found := _ENDS.search(right)) else right
    # A phrase may end inside a number: what goes on behind it is not its figure.
    if not _LIKELY.search(sentence, 0, _MAX_GAP + 12) or (START.match(left[-1:]) and _GOES_ON.match(sentence)):
        return ()
    text = masked(sentence)
    if is_base(left, text):
        return ()
    first = _first(text)
    if first is None:
        return ()
    groups = _groups(text, first)
    return own(left, text[: first.start], groups)


def _first(text: str) -> Read | None:
    """The first figure, where nothing that stands before it makes it another's."""
    for found in START.finditer(text):
        if found.start() > _MAX_GAP:
            return None
        figure = figure_at(text, found.start())
        if figure:
            return figure if _belongs(text[: figure.start]) else None
        # A numeral may be part of a word (一些, 千家万户); else it is a number of something else.
        if found[0].isdigit() or OTHERS.match(text, found.start()):
            return None
    return None


def _belongs(gap: str) -> bool:
    """Whether a figure behind `gap` is said of what stands before that: no other clause or act, no list with 等."""
    own_clause, *clauses = gap.removeprefix(":").split(",")
    if ":" in own_clause or "其中" in gap or (own_clause.endswith("中") and clauses):
        return False
    if (like := _LIKE.search(own_clause)) and not _ALL.search(gap, like.end()):
        return False
    items = re.split(JOINS, own_clause)
    if any(map(units.ACTS.match, items[1:])) or any(map(_SAID_ALREADY.search, items[:-1])):
        return False
    if clauses and _THEN_WHEN.search(own_clause):
        return False
    return not clauses or (all(map(_ADVERBIAL.fullmatch, clauses[:-1])) and _says_more(clauses[-1]))


def _says_more(clause: str) -> bool:
    """Whether a clause goes on about what was spoken of: it says how it is, and names nothing."""
    return bool(_BARE.fullmatch(clause) and _WORD.search(clause))


def _groups(text: str, first: Read) -> list[list[Read]]:
    """The first figure and what goes on from it: further values of a list, and changes of the same thing."""
    groups, at, count = [[first]], first, 1
    while count < _MAX_FIGURES:
        after = end_of(text, at)
        item = _ITEM.match(text, after)
        found = item or _continued(text, after)
        figure = figure_at(text, found.end()) if found else None
        if figure is None:
            break
        if item:
            figure = replace(figure, direction=figure.direction or at.direction)
            groups[-1].append(figure)
        else:
            groups.append([figure])
        at, count = figure, count + 1
    return [[each.completed(group[-1]) for each in group] for group in groups]


def _continued(text: str, at: int) -> re.Match[str] | None:
    """What leads on to a further figure of the same thing: to what it rose, or a clause that names nothing else."""
    if found := _UP_TO.match(text, at):
        return found
    found = _THEN.match(text, at)
    if found is None or found[1].count(",") > 1:
        return None
    return found if _VERB.search(found[1].rpartition(",")[2]) else None
