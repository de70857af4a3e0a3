"""What a corpus holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from reports.store import Store

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Reports count copies too, works do not. Kinds by count, years newest first, unknown last."""

    path: str
    reports: int
    works: int
    kinds: Counts
    years: Counts
    region_unknown: int

    def as_json(self) -> dict[str, object]:
        """The documented form."""
        return {
            "path": self.path,
            "reports": self.reports,
            "works": self.works,
            "kinds": dict(self.kinds),
            "years": dict(self.years),
            "region_unknown": self.region_unknown,
        }

    def lines(self) -> list[str]:
        """The same for a terminal."""
        counts = (*self.kinds, *self.years, ("of unknown region", self.region_unknown))
        return [
            f"{self.path}: {self.reports} reports, {self.works} works",
            *(f"{count:9}  {value}" for value, count in counts if count),
        ]


def status_of(store: Store) -> Status:
    """What this corpus holds now."""
    kinds = tuple((str(kind), count) for kind, count in store.tally("kind"))
    years = sorted(store.tally("year"), key=lambda each: (each[0] is None, -int(each[0] or 0)))
    return Status(
        path=str(store.path),
        reports=store.count(),
        works=sum(count for _, count in kinds),
        kinds=kinds,
        years=tuple((str(year or "unknown"), count) for year, count in years),
        region_unknown=dict(store.tally("region_code")).get(None, 0),
    )
