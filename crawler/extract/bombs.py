"""Markup built to exhaust a parser: refused before it is parsed."""

from __future__ import annotations

import re

from reports.errors import ReadError

MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 2_000

# Tags that hold nothing, and those an author need not close: left open they nest nothing.
_FLAT_TAGS = (
    "a area base br col embed hr img input link meta param source track wbr "
    "p li td th tr tbody thead tfoot dd dt option colgroup optgroup"
)
_FLAT = frozenset(_FLAT_TAGS.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>?")
# An image written into its tag is long too, but it is one attribute.
_LONG_TAG = 10_000


def refuse_bombs(html: str) -> None:
    """Raise ReadError for a tag with thousands of attributes or a thousand tags within one another."""
    depth = 0
    for closing, name, attributes in _TAG.findall(html):
        if len(attributes) > _LONG_TAG and attributes.count("=") + attributes.count(" ") > MAX_ATTRIBUTES:
            raise ReadError(f"not read: a <{name[:20]}> with thousands of attributes")
        if name.lower() not in _FLAT and not attributes.endswith("/"):
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > MAX_DEPTH:
                raise ReadError(f"not read: more than {MAX_DEPTH:,} tags within one another")
