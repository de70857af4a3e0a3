"""How words are read, without tones: what is typed on a keyboard before an input method makes characters of it."""

from __future__ import annotations

from functools import lru_cache


def syllables(folded: str) -> tuple[str, ...]:
    """One a character, as it is read in these words; a run of anything else than characters is one of its own.

    >>> syllables("重庆营商环境")
    ('chong', 'qing', 'ying', 'shang', 'huan', 'jing')
    """
    # Loading the reading tables takes half a second: a search that finds something needs none.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return tuple(lazy_pinyin(folded, v_to_u=False))


@lru_cache(maxsize=16384)
def syllable(char: str) -> str:
    """The commonest reading of one character; itself where it has none. Many times as fast as in words."""
    return syllables(char)[0]
