"""A report's blocks as each publishing system writes them: paragraphs, breaks, indents, lines cut in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from demo.report import Block

LINE = 38
NEW_LINE = "\n"
BREAK = "<br>"
ALIGNED = {"sign", "date"}


def trs(blocks: Sequence[Block]) -> str:
    """Justified paragraphs indented by two ideographic spaces, headings in bold."""
    return "\n".join(f'<p align="justify">　　{_bold(block)}</p>' for block in blocks)


def zoom(blocks: Sequence[Block]) -> str:
    """Paragraphs indented by style, signatures to the right."""
    return "\n".join(f'<p style="{_align(block, "text-indent:2em")}">{block.text}</p>' for block in blocks)


def vsb(blocks: Sequence[Block]) -> str:
    """Paragraphs indented by non-breaking spaces, an empty one between chapters."""
    gap = "<p>&nbsp;</p>\n"
    parts = ((gap if block.kind == "h1" else "") + f"<p>{'&nbsp;' * 8}{_bold(block)}</p>" for block in blocks)
    return "\n".join(parts)


def ucap(blocks: Sequence[Block]) -> str:
    """Paragraphs in spans, as pasted from a word processor."""
    font = '<span style="font-family: 宋体; font-size: 12pt;">'
    return "\n".join(f'<p style="{_align(block, "")}">{font}　　{block.text}</span></p>' for block in blocks)


def gbk(blocks: Sequence[Block]) -> str:
    """No paragraphs at all: indented lines, an empty one between them."""
    return "<br><br>\n".join(f"&emsp;&emsp;{block.text}" for block in blocks)


def plain(blocks: Sequence[Block]) -> str:
    """A `<div>` a paragraph, its text hard-wrapped wherever the line was full."""
    return "\n".join(f"<div>&emsp;&emsp;{_wrapped(block.text, NEW_LINE)}</div>" for block in blocks)


def broken(blocks: Sequence[Block]) -> str:
    """Hard-wrapped with `<br>`, so that browsers show the cut too."""
    return "\n".join(f"<div>&emsp;&emsp;{_wrapped(block.text, BREAK)}</div>" for block in blocks)


def ueditor(blocks: Sequence[Block]) -> str:
    """Indented paragraphs with empty ones strewn in."""
    parts = (f'<p style="{_align(block, "text-indent: 2em;")}"><span>{_bold(block)}</span></p>' for block in blocks)
    return '\n<p style="text-indent: 2em;"><br/></p>\n'.join(parts)


def shop(blocks: Sequence[Block]) -> str:
    """Bare paragraphs."""
    return "\n".join(f"<p>{block.text}</p>" for block in blocks)


MARKUP: dict[str, Callable[[Sequence[Block]], str]] = {
    "trs": trs,
    "zoom": zoom,
    "vsb": vsb,
    "ucap": ucap,
    "gbk": gbk,
    "plain": plain,
    "broken": broken,
    "ueditor": ueditor,
    "shop": shop,
}


def _bold(block: Block) -> str:
    return f"<strong>{block.text}</strong>" if block.kind in ("h1", "h2") else block.text


def _align(block: Block, otherwise: str) -> str:
    return "text-align: right;" if block.kind in ALIGNED else otherwise


def _wrapped(text: str, cut: str) -> str:
    """The text cut every so many characters, never inside a number or before a full stop."""
    return re.sub(rf"(.{{{LINE}}})(?=[一-鿿])(?<=[一-鿿，])", rf"\g<1>{cut}", text)
