"""A report, arranged for reading: blocks with anchors, a table of contents, marks to jump between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from reports.report import Report
from webapp.markup import Span, weave
from webapp.words import say

SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；;]{2,40}")
DATE_LINE = re.compile(r"[\d〇○零一二三四五六七八九十]{4}\s*年.{1,3}月.{1,3}日")
CLOSING_LINES = 3
LONGEST_SIGNATURE = 30
CELL = "|"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (h2, h3), a paragraph (p), a closing line (sign) or a table, in HTML.

    `rows` are the cells of a table, else empty. `id` is the anchor, if the block has one.
    """

    tag: str
    html: Markup
    id: str | None = None
    rows: tuple[tuple[Markup, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `marks` of the phrase stand there, the first with number `first`."""

    id: str
    heading: str
    marks: int
    first: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What stands on a report's page."""

    title: Markup
    blocks: tuple[Block, ...]
    contents: tuple[Entry, ...]
    marks: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text with its place in it; `section` where it opens one."""

    start: int
    stop: int
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Marking:
    """What is marked: places to jump between, or the one passage an address leads to."""

    spans: tuple[Span, ...]
    cited: bool


def report_page(report: Report, marks: Sequence[Span], cited: Span | None = None) -> ReportPage:
    """Arrange a report; every character of its text is on the page, once. `cited` is marked instead of `marks`."""
    opening = _opening(report)
    marking = Marking((cited,) if cited else tuple(marks), cited is not None)
    return ReportPage(
        title=_html(report, marking, Line(0, opening)) if opening else Markup.escape(report.title),
        blocks=tuple(_blocks(report, marking, opening)),
        contents=tuple(_contents(report, () if cited else marks)),
        marks=0 if cited else len(marks),
    )


def _opening(report: Report) -> int:
    """Where the title ends, if the text begins with it; then it is not shown twice."""
    end = len(report.title)
    begins = bool(end) and report.text.startswith(report.title) and report.text[end : end + 1] in ("", "\n")
    return end if begins else 0


def _blocks(report: Report, marks: Marking, opening: int) -> Iterator[Block]:
    lines = tuple(line for line in _lines(report) if line.start >= opening and report.text[line.start : line.stop])
    closing = _closing(report.text, lines)
    for is_table, group in groupby(lines, lambda line: line.section is None and CELL in _text(report, line)):
        if is_table:
            rows = tuple(tuple(_html(report, marks, cell) for cell in _cells(report.text, line)) for line in group)
            yield Block("table", Markup(), rows=rows)
            continue
        for line in group:
            tag = "sign" if line.start >= closing else _tag(report, line)
            anchor = None if line.section is None else f"s{line.section + 1}"
            yield Block(tag, _html(report, marks, line), anchor)


def _lines(report: Report) -> Iterator[Line]:
    opens = {section.start: number for number, section in enumerate(report.sections) if section.heading}
    at = 0
    for line in report.text.split("\n"):
        yield Line(at, at + len(line), opens.get(at))
        at += len(line) + 1


def _tag(report: Report, line: Line) -> str:
    text = _text(report, line).strip()
    if line.section is not None:
        return "h2" if text == report.sections[line.section].heading.strip() else "p"
    return "h3" if SUBHEADING.fullmatch(text) else "p"


def _closing(text: str, lines: Sequence[Line]) -> int:
    """Where the signature and date begin; beyond the text without them."""
    last = lines[-CLOSING_LINES:]
    for number, line in enumerate(last):
        if all(each.section is None and each.stop - each.start <= LONGEST_SIGNATURE for each in last[number:]):
            tail = [text[each.start : each.stop].strip() for each in last[number:]]
            if DATE_LINE.fullmatch(tail[-1]) and not any(each.endswith("。") for each in tail):
                return line.start
    return len(text) + 1


def _cells(text: str, line: Line) -> Iterator[Line]:
    at = line.start
    for cell in text[line.start : line.stop].split(CELL):
        yield Line(at, at + len(cell))
        at += len(cell) + 1


def _contents(report: Report, marks: Sequence[Span]) -> Iterator[Entry]:
    for number, section in enumerate(report.sections):
        if section.heading:
            inside = [at for at, mark in enumerate(marks) if section.start <= mark[0] < section.stop]
            yield Entry(f"s{number + 1}", section.heading, len(inside), inside[0] + 1 if inside else 0)


def _html(report: Report, marks: Marking, line: Line) -> Markup:
    last = len(marks.spans)

    def dress(at: int, words: str) -> Markup:
        if not marks.cited:
            return _mark(at + 1, last, words)
        opens = marks.spans[0][0] >= line.start
        return Markup('<mark class="passage"{}>{}</mark>').format(Markup(' id="passage"') if opens else "", words)

    return weave(report.text, marks.spans, line.start, line.stop, dress)


def _mark(number: int, last: int, words: str) -> Markup:
    """A mark that is a link to the next one, so that jumping needs no script."""
    following = number % last + 1
    spoken = say("report.mark", words=words, number=number, last=last)
    return Markup('<mark id="m{}"><a href="#m{}" aria-label="{}">{}</a></mark>').format(
        number, following, spoken, words
    )


def _text(report: Report, line: Line) -> str:
    return report.text[line.start : line.stop]
