"""The words topics are known by, read from `data/topics.toml`, and one pattern that finds them all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from reports.errors import ConfigError
from reports.report import SectionKind

_KEYS = frozenset({"name", "headings", "terms", "not", "usual"})


@dataclass(frozen=True, slots=True)
class Topic:
    """`headings` decide where a heading names them, `terms` are counted only. `exceptions` are longer
    words in which they mean something else: for the other topics such a word says what its parts say.
    `usual`: how often per 1,000 characters any report of the genre says them."""

    name: str
    headings: tuple[str, ...]
    terms: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    usual: float = 0.0

    def __post_init__(self) -> None:
        words = (*self.headings, *self.terms, *self.exceptions)
        if len(set(words)) < len(words):
            twice = sorted({word for word in words if words.count(word) > 1})
            raise ConfigError(f"topics.toml: topic {self.name}: listed twice: {'、'.join(twice)}")
        if not self.headings or any(not word or word != "".join(word.split()) for word in words):
            raise ConfigError(f"topics.toml: topic {self.name}: expected `headings`, and words without spaces")


class TopicWords:
    """The topics of the data file, and what their words say when they stand in a text."""

    def __init__(self, topics: Iterable[Topic], usual: Mapping[SectionKind, float]) -> None:
        self.topics = tuple(topics)
        self.usual = usual
        self._decides = _by_word((topic.name, topic.headings) for topic in self.topics)
        self._counts = _by_word((topic.name, (*topic.headings, *topic.terms)) for topic in self.topics)
        self._pattern = re.compile(_alternation(set(self._counts)))
        excepting = _by_word((topic.name, topic.exceptions) for topic in self.topics)
        for word in excepting.keys() - self._counts.keys():
            self._counts[word] = [name for name in self.counted_in(word) if name not in excepting[word]]
            self._decides[word] = [name for name in self.decided_by(word) if name not in excepting[word]]
        self._pattern = re.compile(_alternation(set(self._counts)))

    def decided_by(self, heading: str) -> Iterator[str]:
        """The topics a heading names, a name for each word; the longest word at a place counts."""
        return (name for word in self._pattern.findall(heading) for name in self._decides.get(word, ()))

    def counted_in(self, text: str) -> Iterator[str]:
        """The topics a text mentions, a name for each mention."""
        return (name for word in self._pattern.findall(text) for name in self._counts.get(word, ()))


@cache
def topic_words() -> TopicWords:
    """What `data/topics.toml` says. Raises ConfigError naming the topic and what was expected."""
    try:
        tables = tomllib.loads(files("reports").joinpath("data/topics.toml").read_text("utf-8"))
        usual = {SectionKind(kind): float(per_1000) for kind, per_1000 in tables["usual"].items()}
        return TopicWords([_topic(table) for table in tables["topic"]], usual)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"topics.toml: {error}") from error


def _topic(table: Mapping[str, Any]) -> Topic:
    name = str(table.get("name", "without a name"))
    if unknown := set(table) - _KEYS:
        raise ConfigError(f"topics.toml: topic {name}: unknown key {'、'.join(sorted(unknown))}")
    headings, terms, exceptions = (tuple(map(str, table.get(key, ()))) for key in ("headings", "terms", "not"))
    return Topic(name, headings, terms, exceptions, float(table.get("usual", 0.0)))


def _by_word(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, words in named:
        for word in words:
            names.setdefault(word, []).append(name)
    return names


def _alternation(words: set[str]) -> str:
    """A pattern of all words, the longest first, that shares what they begin with.

    A flat alternation of a thousand words is tried word by word at every place; this one
    branches once a character.
    """
    following: dict[str, set[str]] = {}
    for word in filter(None, words):
        following.setdefault(word[0], set()).add(word[1:])
    branches = "|".join(re.escape(first) + _alternation(rest) for first, rest in following.items())
    if not branches:
        return ""
    return f"(?:{branches})?" if "" in words else f"(?:{branches})"
