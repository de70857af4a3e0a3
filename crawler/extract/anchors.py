"""The links of an article: what a person can click, and what is shown in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import Tag

from crawler.extract.shown import Shown

_FRAMES = ("iframe", "frame", "embed", "object")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: `url` absolute, `text` as shown, `title` its title attribute, `rel` in lower case."""

    url: str
    text: str = ""
    title: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Anchors:
    """All of a page, in order: `links` to click (and <link>), `frames` what it shows of other addresses."""

    links: tuple[Anchor, ...] = ()
    frames: tuple[Anchor, ...] = ()


def anchors_of(page: Shown) -> Anchors:
    """The links of a page."""
    return Anchors(
        links=tuple(_anchors(page, ("a", "area", "link"), "href")),
        frames=(*_anchors(page, _FRAMES, "src"), *_anchors(page, ("object",), "data")),
    )


def _anchors(page: Shown, tags: tuple[str, ...], attribute: str) -> Iterator[Anchor]:
    for tag in page.tree.find_all(tags):
        if address := page.absolute(tag.get(attribute)):
            text = " ".join(tag.get_text().split())
            yield Anchor(address, text, _value(tag, "title"), _value(tag, "rel").lower())


def _value(tag: Tag, attribute: str) -> str:
    return str(tag.get(attribute) or "").strip()
