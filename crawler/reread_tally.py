"""What reading everything again did: counts, the fields that changed, every failure with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crawler.tally import Failure


@dataclass(slots=True)
class Reread:
    """What a reread did so far, or would do if `dry_run`.

    `added`: originals from which no report could be read before. `passed_over`: those from which none is to be had,
    now as before. `failed`: reports that cannot be read any more, and stay as they are held. `unarchived`: reports
    whose originals are not in the archive; they stay, too. `freed`: from how many reports a paragraph was left out that
    is chrome on its host.
    """

    dry_run: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    unarchived: int = 0
    failed: list[Failure] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    freed: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """How many reports were read."""
        return self.added + self.changed + self.unchanged

    @property
    def done(self) -> int:
        """How many originals were dealt with."""
        return self.read + self.passed_over + len(self.failed)

    def problems(self) -> list[str]:
        """Every failure with its reason, a line each."""
        stays = [f"failed  {each.path}: {each.why}; what is held stays" for each in self.failed]
        missing = f"{self.unarchived} reports have no original in the archive; they stay as they are"
        return stays + ([missing] if self.unarchived else [])

    def summary(self) -> str:
        """The counts, and in which fields how many reports changed."""
        would = "would be: " if self.dry_run else ""
        counts = f"{self.read} read; {would}{self.changed} changed, {self.unchanged} unchanged, {self.added} added"
        lines = [f"{counts}; {len(self.failed)} failed"]
        lines += [f"  {count:>7} {name}" for name, count in self.fields.most_common()]
        freed = "would be freed" if self.dry_run else "freed"
        lines += [f"{host}: {count} reports {freed} of “{text}”" for (host, text), count in sorted(self.freed.items())]
        if (self.added or self.changed) and not self.dry_run:
            lines.append("`zhengbao build` makes them searchable")
        return "\n".join(lines)

    def as_json(self) -> dict[str, object]:
        """The documented form of the summary."""
        return {
            "dry_run": self.dry_run,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "passed_over": self.passed_over,
            "unarchived": self.unarchived,
            "fields": dict(self.fields.most_common()),
            "freed": [
                {"host": host, "paragraph": text, "reports": count}
                for (host, text), count in sorted(self.freed.items())
            ],
            "failed": [{"path": each.path, "why": each.why} for each in self.failed],
        }
