"""What a crawl did so far: counts, and what a person should know of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcomes:
    """Counts by what became of addresses; `notes` are lines for a person, each once, in order.

    `stopped`: a signal ended the crawl early.
    """

    requests: int = 0
    stopped: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    _notes: dict[str, None] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know, a line each."""
        return tuple(self._notes)

    def count(self, what: str) -> None:
        """One address more of which this became."""
        self.counts[what] += 1

    def note(self, line: str) -> None:
        """Something to be told at the end."""
        self._notes[line] = None

    @property
    def changed(self) -> bool:
        """Whether the corpus is not what it was."""
        return any(self.counts[name] for name in ("added", "changed", "withdrawn"))

    def as_json(self) -> dict[str, object]:
        """The documented form."""
        return {"requests": self.requests, **{name: self.counts[name] for name in _ORDER}, "notes": list(self.notes)}

    def summary(self) -> str:
        """The counts in one line."""
        told = ", ".join(f"{self.counts[name]} {name}" for name in _ORDER if self.counts[name] or name in _ALWAYS)
        return f"{self.requests} request{'' if self.requests == 1 else 's'}: {told}" + (
            "; `zhengbao build` makes them searchable" if self.changed else ""
        )


_ALWAYS = ("added", "changed", "unchanged")
_ORDER = (*_ALWAYS, "withdrawn", "lists", "moved", "without a report", "failed", "left")
