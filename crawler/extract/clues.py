"""The parts of a page that say what it is, in a form for matching only.

Simplified script, half-width digits, without the readings that some mirrors put in brackets after
a character (國(guó)民), which would tear names apart. What is shown is never taken from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extract.page import Page
from reports.fold import simplify

_READING = re.compile(r"(?<=[㐀-鿿])[(（][a-zü-ǜāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+[)）]")
_NARROW = str.maketrans("０１２３４５６７８９：／．－\u3000\xa0", "0123456789:/.-  ")
_TITLE_CHARS = 300
_HEAD_CHARS = 600
_HEAD_PARAGRAPHS = 14
_OPENING_CHARS = 4000
_TAIL_PARAGRAPHS = 6
_SIGNED_CHARS = 24


@dataclass(frozen=True, slots=True)
class Clues:
    """`title` has no white space and is "" where none survived; `opening` are the first paragraphs
    after it, about 4,000 characters, and `head` the first 600 of them; `signed` are short lines that
    end in a day, anywhere, each with the line before it; `tail` the last paragraphs; `around` the
    lines outside the body."""

    title: str
    opening: tuple[str, ...]
    head: tuple[str, ...]
    signed: tuple[tuple[str, str], ...]
    tail: tuple[str, ...]
    around: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    url: str | None

    @property
    def lead(self) -> str:
        """The head in one piece."""
        return "\n".join(self.head)


def clues_of(page: Page, title: str | None, url: str | None) -> Clues:
    """The clues of a page under that title."""
    name = plain(tight((title or "")[:_TITLE_CHARS]))
    opening = tuple(_opening(page.paragraphs, name))
    return Clues(
        title=name,
        opening=opening,
        head=tuple(_head(opening)),
        signed=tuple(_signed(page.paragraphs)),
        tail=tuple(plain(paragraph[-_HEAD_CHARS:]) for paragraph in page.paragraphs[-_TAIL_PARAGRAPHS:]),
        around=tuple(plain(line[:_HEAD_CHARS]) for line in page.chrome),
        labels=tuple((plain(label).strip(" :"), plain(value)) for label, value in (*page.info, *page.meta)),
        url=url,
    )


def plain(text: str) -> str:
    """A copy for matching. As long as the text, but for readings in brackets.

    >>> plain("張灣區(qū)２０２２年")
    '张湾区2022年'
    """
    return simplify(unread(text)).translate(_NARROW)


def unread(text: str) -> str:
    """The text without readings in brackets."""
    return _READING.sub("", text) if "(" in text or "（" in text else text


def tight(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def _opening(paragraphs: Iterable[str], title: str) -> Iterator[str]:
    chars = 0
    for number, paragraph in enumerate(paragraphs):
        line = plain(paragraph[:_OPENING_CHARS]).strip()
        if number == 0 and title and tight(line) == title:
            continue
        yield line
        chars += len(line)
        if chars > _OPENING_CHARS:
            return


def _head(opening: Iterable[str]) -> Iterator[str]:
    chars = 0
    for number, line in enumerate(opening):
        yield line[:_HEAD_CHARS]
        chars += len(line)
        if chars > _HEAD_CHARS or number >= _HEAD_PARAGRAPHS:
            return


def _signed(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A covering letter is signed before what it encloses, so the signature may stand anywhere."""
    before = ""
    for paragraph in paragraphs:
        line = paragraph.strip(" ()（）\u3000\xa0")
        if len(line) <= _SIGNED_CHARS and line.endswith("日"):
            yield plain(before), plain(line)
        before = paragraph
