"""Completion of a question while it is typed: by characters, by pinyin and by its initials.

Offered is what the corpus has: its phrases, places, topics and titles, each with the number of reports it finds.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from indexer.ask import Question, understand
from indexer.offer_keys import Readings, Texts
from indexer.phrases import Offer, OfferKind, read_offers
from indexer.pinyin import syllables
from indexer.query import UNKNOWN
from indexer.searcher import Searcher
from reports.errors import QueryError
from reports.fold import fold

MOST = 10
_MOST_COUNTED = 3
# What is not counted by then is not offered: a keystroke waits for no scan after the one under way.
_BUDGET_S = 0.012
_QUOTAS = {OfferKind.PHRASE: 6, OfferKind.REGION: 3, OfferKind.TOPIC: 2, OfferKind.TITLE: 2}
_LABELS = {"地区": OfferKind.REGION, "region": OfferKind.REGION, "主题": OfferKind.TOPIC, "topic": OfferKind.TOPIC}
_LABELS |= {"标题": OfferKind.TITLE, "title": OfferKind.TITLE}
_QUOTES = "“”\"＂「」『』‘’'"
_LAST = re.compile(
    rf"(?P<sign>(?:(?<=[\s(（|｜])|^)-?)(?:(?P<label>{'|'.join(_LABELS)})[:：])?[{_QUOTES}]*(?P<stem>[^\s()（）|｜{_QUOTES}:：]+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on: `text` is the whole question it makes, `count` how many works that finds, never 0."""

    kind: OfferKind
    label: str
    text: str
    count: int


class Suggester:
    """Completes questions over one searcher. `raw`: what `write_offers` wrote, read when it is first needed.

    The first call takes about a second for twenty thousand phrases, and they some 50 MB.
    """

    def __init__(self, searcher: Searcher, raw: bytes) -> None:
        self.searcher, self._raw = searcher, raw

    def warm(self) -> None:
        """Read what is read once, so that it is no question's time."""
        _ = self._offers, self._texts, self._readings

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Completions of what is typed last, its beginning before others, frequent before rare; at most MOST."""
        last = _LAST.search(typed)
        if last is None:
            return ()
        self.warm()
        head = typed[: last.start()] + last["sign"]
        kinds = [_LABELS[last["label"].lower()]] if last["label"] else list(OfferKind)
        stem, found, until = fold(last["stem"]), [], time.perf_counter() + _BUDGET_S
        for kind in kinds:
            most = MOST if last["label"] else _QUOTAS[kind]
            # With words before it, each is counted by a search of its own.
            most = min(most, _MOST_COUNTED) if head else most
            offers = islice(self._matching(kind, stem), 2 * most)
            found += list(islice(self._counted(head, offers, until), most))
        return tuple(found[:MOST])

    @cached_property
    def phrases(self) -> Readings:
        """The corpus's phrases by how they are read."""
        return self._readings[OfferKind.PHRASE]

    def _matching(self, kind: OfferKind, stem: str) -> Iterator[Offer]:
        """Offers that begin so, then those with it inside; pinyin after characters."""
        numbers = dict.fromkeys(self._texts[kind].find(stem))
        if stem.isascii() and stem.isalpha():
            numbers |= dict.fromkeys(self._readings[kind].find(stem))
        return (self._offers[kind][number] for number in numbers)

    def _counted(self, head: str, offers: Iterable[Offer], until: float) -> Iterator[Suggestion]:
        for offer in offers:
            text, known = head + _asked(offer), offer.works if not head else 0
            if not known and time.perf_counter() > until:
                return
            if count := known or self.count(Question(text)):
                yield Suggestion(offer.kind, offer.text, text, count)

    def count(self, question: Question) -> int:
        """How many works a question finds; 0 for one that cannot be asked."""
        try:
            return len(self.searcher.every(understand(question, self.searcher)))
        except QueryError:
            return 0

    @cached_property
    def _offers(self) -> dict[OfferKind, tuple[Offer, ...]]:
        kept = read_offers(self._raw)
        # A title may stand within others: how many works its question finds is counted when it is shown.
        titles = (replace(each, works=0) for each in kept if each.kind is OfferKind.TITLE)
        return {
            OfferKind.PHRASE: tuple(each for each in kept if each.kind is OfferKind.PHRASE),
            OfferKind.REGION: _by_works(self._named(OfferKind.REGION)),
            OfferKind.TOPIC: _by_works(self._named(OfferKind.TOPIC)),
            OfferKind.TITLE: tuple(titles),
        }

    def _named(self, kind: OfferKind) -> Iterator[Offer]:
        """The places or topics that works have, by full name, read by their own."""
        facets, names = self.searcher.search(understand(Question(""), self.searcher)).facets, self.searcher.vocabulary
        for value in facets.region if kind is OfferKind.REGION else facets.topic:
            name = names.region_name(value.value) if kind is OfferKind.REGION else value.value
            if name and name != UNKNOWN:
                offer = Offer(kind, name, value.count, syllables(value.label))
                alone = kind is OfferKind.TOPIC or names.regions_named(name) == (value.value,)
                yield offer if alone else replace(offer, works=self.count(Question(_asked(offer))))

    @cached_property
    def _texts(self) -> dict[OfferKind, Texts]:
        return {kind: Texts(fold(offer.text) for offer in offers) for kind, offers in self._offers.items()}

    @cached_property
    def _readings(self) -> dict[OfferKind, Readings]:
        # Titles are long and many: by pinyin they are found by their beginning alone.
        return {kind: Readings(offers, inside=kind is not OfferKind.TITLE) for kind, offers in self._offers.items()}


def _by_works(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(sorted(offers, key=lambda offer: -offer.works))


def _asked(offer: Offer) -> str:
    """The offer as a question."""
    match offer.kind:
        case OfferKind.PHRASE:
            return f"“{offer.text}”"
        case OfferKind.TITLE:
            return f"标题:“{offer.text}”"
        case _:
            return f"{offer.kind}:{offer.text}" if offer.text.isalnum() else f"{offer.kind}:“{offer.text}”"
