"""Lines -> paragraphs: a line break inside a sentence is joined.

A paragraph is what was a block or ends a sentence. Headings, list items, table rows,
salutations, signatures and dates stay lines. Evidence decides, never the length alone: an open
comma or bracket, a line that begins where none can, the width to which a text was wrapped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crawler.extract.lines import Gap, Line

_ENDS = "。！？!?；;：:…"
_CLOSERS = "”’」』）)】〕》〉\"'"
_OPEN_END = re.compile(r"[，,、（(《〈“‘「『【〔\-—]$")
_NEVER_FIRST = "，、。；：！？）》〉”’」』】〕％%,;:!?)"
_CANNOT_BEGIN = re.compile(r"^(?:的|了|等(?!级)|和|与|及|或|之(?!江))")
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("〈", "〉"), ("〔", "〕"))
_NUMBER = "[一二三四五六七八九十百零〇0-9０-９]"
_MARK = re.compile(
    rf"^(?:[（(]?{_NUMBER}{{1,4}}[)）、]|[0-9０-９]{{1,3}}[.．](?![0-9])|第{_NUMBER}{{1,5}}[章节条编篇部分款项]"
    rf"|[①-⑳⑴-⒇㈠-㈩●■◆▲★※·•]|附\s*(?:件|表|录|则)?\s*{_NUMBER}*\s*(?:[:：]|$)|注\s*[:：]|[—―─]{{2}})"
)
_ENUMERATION = re.compile(rf"^{_NUMBER}{{1,3}}(?:是|要)")
_STOPS = re.compile("[。！？；]")
_DATE = re.compile(r"^[（(]?(?:\d{4}|[一二〇○Ｏ零三四五六七八九]{4})\s*年.{1,12}[日月][)）]?$")
_SIGNATURE = re.compile(
    r"^[^，。；：、]{2,30}(?:政府|委员会|办公室|办事处|[局厅部委处院会署行社中心]|集团|公司|大学)(?:[（(][^）)]*[）)])?$"
)
_WHOLLY_BRACKETED = re.compile(r"^[（(【〔][^（(【〔]*[）)】〕]$")
_PROSE = re.compile("[，,。；;、]")
_CELLS = re.compile(r"\t| \| |\|.*\|")
_COMMAS = re.compile("[，；,;]")
_LONG = 60
_CUT_CHARS = 40
_BARE = 4
_WRAP_BAND = 4
_WRAP_SHARE = 0.25
_WRAP_LINES = 6
_NARROWEST = 24
_LATIN = re.compile(r"[A-Za-z][,.;:]?$")
_LATIN_START = re.compile(r"^[A-Za-z]")


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The text of the lines, those of one sentence joined."""
    width = _wrap_width(lines)
    gathered: list[str] = []
    before: Line | None = None
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if before is not None and _continues(gathered[-1], before, line, following, width):
            gathered[-1] = glued(gathered[-1], line.text)
        else:
            gathered.append(line.text)
        before = line
    return gathered


def one_line(lines: Sequence[Line]) -> str:
    """The lines as one, whatever they end with: a title broken over lines."""
    text = ""
    for line in lines:
        text = glued(text, line.text) if text else line.text
    return text


def kind_of(raw: str) -> str:
    """ "row" where a line of a text file is a table row: cells between bars or tabs."""
    return "row" if _CELLS.search(raw.strip()) else ""


def glued(first: str, second: str) -> str:
    """Two parts of one sentence as one: a space only between two Latin words."""
    return f"{first} {second}" if _LATIN.search(first) and _LATIN_START.match(second) else first + second


def ends_sentence(text: str) -> bool:
    """Whether nothing can follow: 。, a colon, 。” or a note in brackets after the full stop."""
    bare = text.rstrip(_CLOSERS + " ")
    if bare.endswith(tuple(_ENDS)):
        return True
    if _WHOLLY_BRACKETED.match(text):
        return True
    note = re.search(r"[（(][^（(）)]*[）)]$", text)
    return note is not None and text[: note.start()].rstrip(_CLOSERS).endswith(tuple(_ENDS))


def stands_alone(text: str) -> bool:
    """Whether a line begins something of its own: a heading, an item, a date, a table row."""
    return bool(_MARK.match(text) or _DATE.match(text) or _CELLS.search(text) or _WHOLLY_BRACKETED.match(text))


def stands_alone_whole(text: str) -> bool:
    """Whether a line is complete without a full stop: a date, a note in brackets."""
    return bool(_DATE.match(text) or _WHOLLY_BRACKETED.match(text))


def _continues(so_far: str, before: Line, line: Line, following: str, width: int) -> bool:
    """Whether `line` goes on with the sentence that `so_far` leaves open."""
    kinds = (before.kind, line.kind)
    if "row" in kinds or "heading" in kinds or _CELLS.search(so_far):
        return False
    if line.text.startswith(tuple(_NEVER_FIRST)) and not so_far.endswith(("：", ":")):
        return True
    if stands_alone(line.text) or stands_alone_whole(so_far) or ends_sentence(so_far):
        return False
    if _OPEN_END.search(so_far) or _leaves_open(so_far):
        return True
    if _ENUMERATION.match(line.text) or _is_signature(line.text, following):
        return False
    return _is_cut(so_far, before, line, width)


def _is_cut(so_far: str, before: Line, line: Line, width: int) -> bool:
    """Whether the end of `so_far` looks cut, by what kind of break divides the two."""
    stopped = _STOPS.search(so_far) is not None
    long = len(so_far) >= _LONG
    match line.gap:
        case Gap.WRAP:
            wrapped = _width(before.text) >= width - _WRAP_BAND
            word = _CANNOT_BEGIN.match(line.text) and _PROSE.search(so_far) and not _MARK.match(so_far)
            return bool(wrapped or stopped or (long and _PROSE.search(so_far)) or word or len(so_far) <= _BARE)
        case Gap.BLANK:
            cut = len(so_far) >= _CUT_CHARS and len(_COMMAS.findall(so_far)) > 1 and ends_sentence(line.text)
            return (long and stopped) or cut
    return False


def _leaves_open(text: str) -> bool:
    """Whether a bracket opened in the last stretch of the text is not closed."""
    return any(text.rfind(opening) > max(text.rfind(closing), len(text) - 60) for opening, closing in _BRACKETS)


def _is_signature(text: str, following: str) -> bool:
    return bool(_SIGNATURE.match(text)) and (
        not following or bool(_DATE.match(following)) or not _PROSE.search(following)
    )


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width to which a text was hard-wrapped; beyond any line where it was not."""
    unbounded = 1 << 30
    open_lines = [_width(line.text) for line in lines if not ends_sentence(line.text)]
    if len(open_lines) < _WRAP_LINES:
        return unbounded
    commonest, _ = max(Counter(open_lines).items(), key=lambda item: (item[1], item[0]))
    widest = max(open_lines)
    full = sum(each >= widest - _WRAP_BAND for each in open_lines)
    wrapped = full >= _WRAP_SHARE * len(open_lines) and commonest >= widest - _WRAP_BAND and widest >= _NARROWEST
    return widest if wrapped else unbounded


def _width(text: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)
