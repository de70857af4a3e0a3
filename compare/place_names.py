"""The places a person names to stand side by side: one name is one place, where today it is."""

from __future__ import annotations

from compare.scope import Ground
from indexer.query import ONLY, UNKNOWN

_UNKNOWN_WORDS = (UNKNOWN, "未知")


def place_codes(name: str, ground: Ground) -> tuple[str, ...]:
    """The values of the filter of regions that a name, a code or unknown stands for; empty where it stands for none.

    Of divisions of one name those in force, if there is one: an abolished one would be a column of its own.
    """
    if name in _UNKNOWN_WORDS:
        return (UNKNOWN,)
    bare = name.removeprefix(ONLY)
    if len(bare) == 6 and bare.isascii() and bare.isdigit():
        return (name,) if ground.regions.get(bare) else ()
    codes = tuple(ground.searcher.vocabulary.regions_named(name))
    regions = [ground.regions.get(code) for code in codes]
    return tuple(region.code for region in regions if region and region.until is None) or codes
