"""What a report is about, decided part by part.

Every report of the genre mentions nearly every topic somewhere, so a mention says little. A part has a
topic when its heading names it, or when it speaks of it densely: the first sentence of a paragraph, which
the genre writes as a small heading, weighs double. The words are data (`data/topics.toml`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from reports.fold import second_form, simplify
from reports.parts import parts_of
from reports.report import Section, SectionKind
from reports.topic_words import topic_words

_FEWEST_MENTIONS = 3
_FEWEST_BESIDE_HEADING = 4
_BESIDE_HEADING = 0.5
_LEAST_SHARE = 0.05
_SMALL_HEADING = re.compile(
    r"(?:^|[一二三四五六七八九十]是要?)[^\S\n]*([^。；：\n\d]{4,24})[。：](?=[^\n]{20})", re.MULTILINE
)


def topic_names() -> tuple[str, ...]:
    """All topics, in the order of the data file."""
    return tuple(topic.name for topic in topic_words().topics)


def topics_of(text: str, sections: tuple[Section, ...]) -> frozenset[str]:
    """The topics of a report, in either script: those of its parts that take up a twentieth of it.

    A part's length is shared among its topics. Without this, most reports would have most topics: the
    outline all follow (《法治政府建设实施纲要（2021－2025年）》) has a heading for nearly each.
    """
    plain = _plain(text)
    chars: defaultdict[str, float] = defaultdict(float)
    for part in parts_of(text, sections):
        topics = _topics(_plain(part.heading), plain[part.start : part.stop], part.section)
        for topic in topics:
            chars[topic] += (part.stop - part.start) / len(topics)
    return frozenset(topic for topic, taken in chars.items() if taken >= _LEAST_SHARE * len(text))


def topics_of_part(heading: str, text: str, section: SectionKind) -> frozenset[str]:
    """The topics of one part: those its heading names and those its text is dense in.

    >>> sorted(topics_of_part("（三）深入推进政务公开", "全年公开信息八百条。", SectionKind.ACHIEVEMENTS))
    ['政务公开']
    """
    return _topics(_plain(heading), _plain(text), section)


def _plain(text: str) -> str:
    """Simplified script; where that changes anything, regional words too (資訊 -> 信息). Same length."""
    simple = simplify(text)
    return simple if simple == text else second_form(simple)


def _topics(heading: str, text: str, section: SectionKind) -> frozenset[str]:
    words = topic_words()
    named = frozenset(words.decided_by(heading))
    mentions = Counter(words.counted_in(text))
    for small in _SMALL_HEADING.findall(text):
        mentions.update(words.decided_by(small))
    fewest = max((_BESIDE_HEADING * mentions[name] for name in named), default=0)
    fewest = max(fewest, _FEWEST_BESIDE_HEADING if named else _FEWEST_MENTIONS)
    usual = words.usual.get(section, 0.0)
    per_1000 = 1000 / max(len(text), 1)
    return named.union(
        topic.name
        for topic in words.topics
        if mentions[topic.name] >= fewest and mentions[topic.name] * per_1000 >= max(usual, topic.usual)
    )
