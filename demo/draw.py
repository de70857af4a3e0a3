"""Chance under a seed, by `random()` alone: the one draw whose sequence Python promises never to change."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = "泠江"
LARGE = 150
_FIGURE = re.compile(r"\{([\d.]+)~([\d.]+)\}")


def chance(*names: object) -> random.Random:
    """A source of chance that depends on these names and nothing else."""
    return random.Random("/".join(map(str, (SEED, *names))))  # noqa: S311


def some(rng: random.Random, things: Iterable[T], count: int) -> list[T]:
    """That many of the things, or all there are, in a drawn order."""
    return sorted_by_chance(rng, things)[:count]


def sorted_by_chance(rng: random.Random, things: Iterable[T]) -> list[T]:
    """The things in a drawn order."""
    drawn = [(rng.random(), place, thing) for place, thing in enumerate(things)]
    return [thing for _, _, thing in sorted(drawn, key=lambda entry: entry[:2])]


def one(rng: random.Random, things: Sequence[T]) -> T:
    """One of the things."""
    return things[int(rng.random() * len(things))]


def figures(rng: random.Random, sentence: str, scale: float = 1.0) -> str:
    """The sentence with its `{low~high}` slots filled, as precise as the bounds are written.

    Counts that can reach LARGE grow and shrink with the place; shares and small counts do not.
    """

    def fill(slot: re.Match[str]) -> str:
        decimals = max(len(bound.partition(".")[2]) for bound in slot.groups())
        low, high = float(slot[1]), float(slot[2])
        value = low + (high - low) * rng.random()
        counts = not decimals and high >= LARGE
        return f"{max(value * scale, 1) if counts else value:.{decimals}f}"

    return _FIGURE.sub(fill, sentence)
