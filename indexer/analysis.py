"""Words: the one place that speaks to jieba. Words rank and suggest; phrases never depend on them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import jieba

from reports.errors import ConfigError

jieba.setLogLevel(logging.WARNING)


class Segmenter:
    """Cuts folded text into words: jieba's precise mode with HMM, and words of ours it must not split.

    `terms` is a file with a word a line; None takes the one that comes with the program.
    `name` changes whenever the same text might be cut otherwise. Raises ConfigError if the file cannot be read.
    """

    def __init__(self, terms: Path | None = None) -> None:
        self.terms = terms
        source = terms if terms else files("indexer").joinpath("data/terms.txt")
        try:
            text = source.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"[index] terms: {source} cannot be read: {error}") from error
        self._jieba = jieba.Tokenizer()
        with self._jieba.get_dict_file() as dictionary:
            digest = sha256(dictionary.read() + text.encode()).hexdigest()[:12]
        self.name = f"jieba {version('jieba')} cut+HMM {digest}"
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                self._jieba.add_word(line.strip())

    def words(self, folded: str) -> Iterator[str]:
        """The words of a folded text in order, punctuation left out."""
        for token in self._jieba.cut(folded):
            if any(map(str.isalnum, token)):
                yield token


@lru_cache(maxsize=2)
def segmenter(terms: Path | None = None) -> Segmenter:
    """The segmenter for a terms file; its dictionary is loaded once (about a second)."""
    return Segmenter(terms)
