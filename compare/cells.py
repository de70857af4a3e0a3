"""One figure of a comparison: what it was counted from, what stands there where there is none, what to beware of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

PER_CHARS = 10_000
SHORT_CHARS = 2_000
"""Below so many characters one occurrence more or less moves 次/万字 by more than 5. Hardly a whole annual report is
so short: the demonstration's have 2,042 to 3,575, the real work reports 5,178 or more; sections often are."""


class Measure(StrEnum):
    """What a table shows of each cell; `figures` is shown by compare.figures."""

    OCCURRENCES = "occurrences"
    RATE = "rate"
    SHARE = "share"
    FIGURES = "figures"


class Blank(StrEnum):
    """What stands where there is no figure above 0; never mixed up."""

    ZERO = "0"
    MISSING = "未收录"
    OUTSIDE = "—"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell was counted from: works held and works that match, occurrences, characters without white space.

    `missing`: reports expected here by now and not held. `chars` are those of the sections asked for, if any.
    `uncounted`: words are looked for in titles alone, so that `occurrences` say nothing.
    """

    held: int = 0
    matching: int = 0
    occurrences: int = 0
    chars: int = 0
    missing: int = 0
    uncounted: bool = field(default=False, kw_only=True)

    @property
    def rate(self) -> float | None:
        """次/万字; None where there is no text to count in, or nothing is counted."""
        return self.occurrences * PER_CHARS / self.chars if self.chars and not self.uncounted else None

    @property
    def share(self) -> float | None:
        """Of the works held the part that matches, 0 to 1; None where none is held."""
        return self.matching / self.held if self.held else None

    @property
    def blank(self) -> Blank | None:
        """What kind of blank it is; None where something matches or is counted."""
        if self.matching or self.occurrences:
            return None
        if self.held:
            return Blank.ZERO if self.chars else Blank.OUTSIDE
        return Blank.MISSING if self.missing else Blank.OUTSIDE

    @property
    def partial(self) -> bool:
        """Whether it is a figure of the reports held while further ones are expected."""
        return self.missing > 0 and self.blank in (None, Blank.ZERO)

    @property
    def short(self) -> bool:
        """Whether the text behind the figure is so short that a rate says little; never where nothing is held."""
        return bool(self.held) and self.chars < SHORT_CHARS

    def value(self, measure: Measure) -> int | float | None:
        """The number a table shows; 0 is a number, None where nothing was looked through (see `blank`) or counted."""
        if self.blank not in (None, Blank.ZERO):
            return None
        match measure:
            case Measure.OCCURRENCES:
                return None if self.uncounted else self.occurrences
            case Measure.RATE:
                return self.rate
            case Measure.SHARE:
                return self.share
            case Measure.FIGURES:
                return None
