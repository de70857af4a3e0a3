"""One attempt at a report: what it draws from the material, and what it keeps of the year before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from demo.draw import some
from demo.material import Piece, pair_headings, themes
from demo.phrases import due, may_stand
from demo.places import Issuer


@dataclass(slots=True)
class Draft:
    """One attempt at a report: what is drawn is remembered, for the next year to keep some of it."""

    issuer: Issuer
    year: int
    rng: random.Random
    keep: float
    before: dict[str, tuple[str, ...]]
    drawn: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def pieces(self, name: str, pool: Sequence[Piece], count: int) -> tuple[str, ...]:
        """That many texts of the pool: what must be said first, then some of last year's, then new ones."""
        texts = [entry.text for entry in pool if self.may_use(entry)]
        must = [text for phrase in self.due_phrases() for text in some(self.rng, self.saying(phrase, texts), 1)]
        last = [text for text in self.before.get(name, ()) if text in texts and self.rng.random() < self.keep]
        fresh = some(self.rng, (text for text in texts if text not in self.before.get(name, ())), count)
        chosen = tuple(dict.fromkeys([*must, *last, *fresh, *texts]))[: max(count, len(set(must)))]
        self.drawn[name] = chosen
        return chosen

    def may_use(self, entry: Piece) -> bool:
        """Whether this issuer can publish the piece in this report."""
        right_voice = self.issuer.is_government or not entry.government_only
        return right_voice and may_stand(entry, self.issuer.code, self.year)

    def due_phrases(self) -> tuple[str, ...]:
        """What this report has to say somewhere."""
        return due(self.issuer.code, self.year)

    def saying(self, phrase: str, texts: Sequence[str]) -> list[str]:
        """The texts with this phrase."""
        return [text for text in texts if phrase in text]

    def heading(self, group: tuple[str, ...]) -> str:
        """The heading of a part, often last year's."""
        name = "标题" + "＋".join(sorted(group))
        paired = pair_headings().get(frozenset(group)) if len(group) > 1 else None
        pool = [Piece(paired)] if paired else [Piece(text) for text in themes()[group[0]].headings]
        return self.pieces(name, pool, 1)[0]
