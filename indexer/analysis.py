"""Words: the one place that speaks to jieba and rjieba. Words rank and suggest; phrases never depend on them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import jieba

from reports.errors import ConfigError

jieba.setLogLevel(logging.WARNING)

Cut = Callable[[str], Iterable[str]]


class Segmenter:
    """Cuts folded text into words: jieba's precise mode with HMM, and words of ours it must not split.

    `terms` is a file with a word a line; None takes the one that comes with the program. `fast` takes
    rjieba, which now and then cuts otherwise: an index has one of the two for all its texts.
    `name` changes whenever the same text might be cut otherwise. Raises ConfigError if the file cannot be read.
    """

    def __init__(self, terms: Path | None = None, *, fast: bool = False) -> None:
        self.terms, self.fast = terms, fast
        text = _read(terms)
        lines = (line.strip() for line in text.splitlines())
        words = [line for line in lines if line and not line.startswith("#")]
        self._cut, dictionary = _rjieba(words) if fast else _jieba(words)
        self.name = f"{dictionary} cut+HMM {sha256(text.encode()).hexdigest()[:12]}"

    def words(self, folded: str) -> Iterator[str]:
        """The words of a folded text in order, punctuation left out."""
        return filter(_is_word, self._cut(folded))

    def counts(self, folded: str) -> Counter[str]:
        """How often each of its words stands in a folded text."""
        counted = Counter(self._cut(folded))
        for token in [token for token in counted if not token.isalnum() and not _is_word(token)]:
            del counted[token]
        return counted


@lru_cache(maxsize=2)
def segmenter(terms: Path | None = None, *, fast: bool = False) -> Segmenter:
    """The segmenter for a terms file; its dictionary is loaded once (about a second)."""
    return Segmenter(terms, fast=fast)


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))


def _read(terms: Path | None) -> str:
    source = terms if terms else files("indexer").joinpath("data/terms.txt")
    try:
        return source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"[index] terms: {source} cannot be read: {error}") from error


def _jieba(words: list[str]) -> tuple[Cut, str]:
    """How jieba cuts, with these words, and what names it and its dictionary."""
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as dictionary:
        digest = sha256(dictionary.read()).hexdigest()[:12]
    for word in words:
        tokenizer.add_word(word)
    return tokenizer.cut, f"jieba {version('jieba')} {digest}"


def _rjieba(words: list[str]) -> tuple[Cut, str]:
    """The same of rjieba; its dictionary is part of it."""
    import rjieba  # noqa: PLC0415

    tokenizer = rjieba.Jieba()
    for word in words:
        # As jieba does where it is told no frequency: one that keeps the word whole.
        tokenizer.add_word(word, None, None)
    return tokenizer.cut, f"rjieba {version('rjieba')}"
