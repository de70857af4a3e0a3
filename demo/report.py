"""One composed report as values: its title, its dates and its blocks, before any site has put chrome around it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["h1", "h2", "p", "sign", "date"]
_STOP = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a line that stays a line."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, who by, and when it came out (None: the page gives no date)."""

    key: str
    site: str
    title: str
    issuer: str
    year: int
    published: dt.date | None
    blocks: tuple[Block, ...]
    column: str = "法治政府建设"

    @property
    def text(self) -> str:
        """The body as a reader would have it: a paragraph a line."""
        return "\n".join(block.text for block in self.blocks)


def sentences(text: str) -> frozenset[str]:
    """The different sentences of a text, split at 。！？； and at line ends."""
    return frozenset(part.strip() for part in _STOP.split(text) if part.strip())


def shared(one: str, other: str) -> float:
    """The share of the shorter text's sentences that stand in the other too, from 0 to 1."""
    left, right = sentences(one), sentences(other)
    return len(left & right) / min(len(left), len(right))
