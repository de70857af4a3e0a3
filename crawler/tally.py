"""What an import did: counts, every failure with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from reports.store import Change


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or line that gave no report, and why."""

    path: str
    why: str


@dataclass(slots=True)
class Tally:
    """What an import did so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    ignored_keys: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """How many reports were read."""
        return self.added + self.changed + self.unchanged

    def count(self, change: Change) -> None:
        """One report more."""
        setattr(self, change, getattr(self, change) + 1)

    def problems(self) -> list[str]:
        """Every failure with its reason, and what was ignored, a line each."""
        failed = [f"failed  {each.path}: {each.why}" for each in self.failed]
        return failed + [f"ignored key {key!r} in {count} lines" for key, count in sorted(self.ignored_keys.items())]

    def summary(self) -> str:
        """The counts in one line."""
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, {len(self.failed)} failed"
        return f"{counts}; `zhengbao build` makes them searchable" if self.added or self.changed else counts

    def as_json(self) -> dict[str, object]:
        """The documented form of the summary."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [{"path": each.path, "why": each.why} for each in self.failed],
            "ignored_keys": dict(sorted(self.ignored_keys.items())),
        }
