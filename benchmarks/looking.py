"""What real texts answer by looking, and questions drawn from them under a seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from indexer.query import Filters
from reports.fold import is_traditional
from reports.regions import Regions
from reports.report import Body, Kind, Report
from tests.indexer.brute import BruteForce, fold, regional

Ids = frozenset[str]
FACETS = {"region": "regions", "year": "years", "topic": "topics", "kind": "kinds", "body": "bodies"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A question as typed and the ids that answer it."""

    text: str
    ids: Ids


class Looking:
    """Answers by looking at every text."""

    def __init__(self, reports: Sequence[Report], words: Callable[[str], Iterator[str]], regions: Regions) -> None:
        self.reports, self.regions = {each.id: each for each in reports}, regions
        texts = {each.id: (each.title, each.text, is_traditional(each.text)) for each in reports}
        self.brute, self._words = BruteForce(texts), words
        self._titles = BruteForce({each.id: (each.title, "", is_traditional(each.text)) for each in reports})
        self._held = {
            id_: {word for form in forms.split("\n\n") for word in words(form)} for id_, forms in _forms(texts)
        }

    def phrase(self, phrase: str) -> Ids:
        """Works with the phrase in a paragraph or the title."""
        return self.brute.holding(phrase)

    def titled(self, phrase: str) -> Ids:
        """Works with the phrase in the title."""
        return self._titles.holding(phrase)

    def bare(self, text: str) -> Ids:
        """Works with the phrase, or with all its words."""
        wanted = set(self._words(fold(text)))
        scattered = (id_ for id_, held in self._held.items() if wanted and wanted <= held)
        return self.phrase(text) | frozenset(scattered)

    def within(self, filters: Filters) -> Ids:
        """Works that every filter lets through."""
        held = frozenset(self.reports)
        for name in FACETS.values():
            if wanted := getattr(filters, name):
                held &= frozenset[str]().union(*(self._with[name, value] for value in wanted))
        return held

    @cached_property
    def _with(self) -> defaultdict[tuple[str, object], set[str]]:
        """Works by facet and value."""
        found: defaultdict[tuple[str, object], set[str]] = defaultdict(set)
        for id_, each in self.reports.items():
            above = self.regions.ancestors(each.region_code) if each.region_code else ("unknown",)
            values: dict[str, Iterable[object]] = {"regions": above, "topics": each.topics or ("unknown",)}
            values |= {"years": (each.year,), "kinds": (each.kind,), "bodies": (each.body,)}
            for name, some in values.items():
                for value in some:
                    found[name, value].add(id_)
        return found


def _forms(texts: dict[str, tuple[str, str, bool]]) -> Iterator[tuple[str, str]]:
    """The forms words are cut from, apart by empty lines, as one text each."""
    for id_, (title, text, traditional) in texts.items():
        folded, whole = fold(title), "\n".join(fold(line) for line in text.split("\n"))
        form = whole if whole.startswith(folded) else f"{folded}\n{whole}"
        yield id_, "\n\n".join((form, regional(form)) if traditional else (form,))


class Chance:
    """Questions drawn under a seed from the texts they are asked of."""

    def __init__(self, looking: Looking, seed: int) -> None:
        self._regions = looking.regions
        self._chance, self._looking, self._reports = random.Random(seed), looking, list(looking.reports.values())
        self._traditional = [each for each in self._reports if is_traditional(each.text)]

    def phrases(self, count: int) -> Iterator[str]:
        """1 to 20 characters as they stand, digits, Latin and signs too; a fifth traditional, a fifth spoiled."""
        for number in range(count):
            phrase = self._cut(self._chance.randint(1, 20), self._traditional if number % 5 == 0 else self._reports)
            if number % 5 == 1:
                phrase = phrase[::-1] + self._chance.choice("龘靐齉")
            if fold(phrase).strip('"'):
                yield phrase

    def questions(self, count: int) -> Iterator[Expected]:
        """Two to four terms joined by and, or, not and brackets, with up to two filters."""
        for _ in range(count):
            text, ids = self._joined(self._chance.randint(2, 4))
            filters, said = self._filters()
            yield Expected(f"{text} {said}".strip(), ids & self._looking.within(filters))

    def state(self) -> tuple[str, Ids, Filters]:
        """A question, its answer, and what is chosen in up to four facets."""
        text, ids = ("", frozenset(self._looking.reports)) if self._chance.random() < 0.1 else self._term()
        filters = Filters()
        for name in self._chance.sample(sorted(FACETS.values()), self._chance.randint(0, 4)):
            filters = replace(
                filters, **{name: frozenset(self._value(name) for _ in range(self._chance.randint(1, 3)))}
            )
        return text, ids, filters

    def _joined(self, terms: int) -> tuple[str, Ids]:
        if terms == 1:
            return self._term()
        left, right = self._joined(terms // 2), self._joined(terms - terms // 2)
        match self._chance.randrange(3):
            case 0:
                return f"({left[0]}) ({right[0]})", left[1] & right[1]
            case 1:
                return f"({left[0]}) 或 ({right[0]})", left[1] | right[1]
            case _:
                return f"({left[0]}) -({right[0]})", left[1] - right[1]

    def _term(self) -> tuple[str, Ids]:
        phrase = self._word(self._chance.choice((2, 2, 3, 4, 6)))
        match self._chance.randrange(4):
            case 0:
                return phrase, self._looking.bare(phrase)
            case 1:
                return f"标题:“{phrase}”", self._looking.titled(phrase)
            case _:
                return f"“{phrase}”", self._looking.phrase(phrase)

    def _filters(self) -> tuple[Filters, str]:
        filters, said = Filters(), []
        for name in self._chance.sample(("years", "kinds", "bodies", "topics"), self._chance.randint(0, 2)):
            value = self._value(name)
            label = {"years": "年份", "kinds": "类型", "bodies": "主体", "topics": "主题"}[name]
            filters = replace(filters, **{name: frozenset((value,))})
            said.append(f"{label}:{value}")
        return filters, " ".join(said)

    def _value(self, name: str) -> Any:
        report = self._chance.choice(self._reports)
        match name:
            case "regions":
                return self._chance.choice(self._regions.ancestors(report.region_code or ""))
            case "years":
                return report.year
            case "topics":
                return self._chance.choice(sorted(report.topics))
            case "kinds":
                return self._chance.choice((report.kind, *Kind))
        return self._chance.choice((report.body, *Body))

    def _cut(self, length: int, reports: Sequence[Report]) -> str:
        text = self._chance.choice(reports).text
        at = self._chance.randrange(max(1, len(text) - length))
        return text[at : at + length].split("\n")[0]

    def _word(self, length: int) -> str:
        """So many characters without signs; those of operators are words of the language, and would be read as such."""
        while True:
            phrase = self._cut(length, self._reports)
            if len(phrase) == length and all("\u4e00" <= char <= "\u9fff" and char not in "或非近" for char in phrase):
                return phrase
