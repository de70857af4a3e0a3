"""The core's files: matching forms in one mapped file, where phrases stand in it, everything facets need in arrays.

Rows are matching forms, works are what is counted; a work has one row or more. Offsets are UTF-16
units of `forms.bin`, where every form ends with a line feed, so no phrase crosses rows.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.ends import Ends, EndWriter
from indexer.pair_writer import PairWriter, Units
from indexer.pairs import Pairs, as_units
from indexer.postings import mapped
from indexer.works import Form, Work
from reports.errors import SearchIndexError
from reports.report import Body, Kind, SectionKind

UNKNOWN_YEAR = -1
UNKNOWN_REGION = -1
KINDS, BODIES, SECTION_KINDS = tuple(Kind), tuple(Body), tuple(SectionKind)
_FORMS, _ARRAYS, _NAMES = "forms.bin", "arrays.npz", "names.json"
_NOT_ARRAYS = frozenset({"forms", "pairs", "ends", "ids", "row_ids", "region_codes", "topic_names"})

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Core:
    """An opened core. Per work (in the order ties are broken): year … copies. Per row: row_*. Per section: section_*.

    `topics` is a bit for each of `topic_names`; `chars` counts the text without white space.
    """

    forms: Units
    pairs: Pairs
    ends: Ends
    ids: tuple[str, ...]
    row_ids: tuple[str, ...]
    region_codes: tuple[str, ...]
    topic_names: tuple[str, ...]
    year: Ints
    region: Ints
    kind: Ints
    body: Ints
    topics: Ints
    published: Ints
    chars: Ints
    copies: Ints
    row_start: Ints
    row_work: Ints
    row_title_stop: Ints
    row_text_start: Ints
    section_start: Ints
    section_stop: Ints
    section_kind: Ints
    section_chars: Ints

    @property
    def works(self) -> int:
        """How many works there are."""
        return len(self.ids)

    def rows_of(self, starts: Ints) -> Ints:
        """The row each of these ascending places is in; the fewer are looked for among the more."""
        if len(starts) < len(self.row_start):
            return np.searchsorted(self.row_start, starts, side="right") - 1
        return np.repeat(np.arange(len(self.row_start) - 1), np.diff(np.searchsorted(starts, self.row_start)))

    def folded(self, start: int, stop: int) -> str:
        """A piece of the forms as text; half a character at its ends is left out."""
        return self.forms[start:stop].tobytes().decode("utf-16-le", "ignore")


@dataclass(slots=True)
class CoreWriter:
    """Writes works into the files of a core, in a folder."""

    folder: Path
    topic_names: tuple[str, ...]
    arrays: dict[str, array[int]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    row_ids: list[str] = field(default_factory=list)
    regions: dict[str, int] = field(default_factory=dict)

    def written(self, works: Iterable[Work]) -> Generator[Work]:
        """Every work, written; they come in the order ties are to be broken. The core is there when all are."""
        for each in fields(Core):
            if each.name not in _NOT_ARRAYS:
                self.arrays[each.name] = array("q")
        self.folder.mkdir(parents=True, exist_ok=True)
        at = 0
        written = (self.folder / _FORMS).open("wb")
        with written as out, PairWriter(self.folder) as pairs, EndWriter(self.folder) as ends:
            for work in works:
                self._add_work(work)
                for form in work.forms:
                    units = as_units(f"{form.folded}\n")
                    self._add_row(form, at)
                    out.write(units.tobytes())
                    pairs.add(units)
                    ends.add(units)
                    at += len(units)
                yield work
            self.arrays["row_start"].append(at)
        np.savez(self.folder / _ARRAYS, **{name: _small(each) for name, each in self.arrays.items()})  # type: ignore[arg-type]
        names = {"ids": self.ids, "row_ids": self.row_ids, "regions": list(self.regions), "topics": self.topic_names}
        (self.folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")

    def _add_work(self, work: Work) -> None:
        report = work.report
        region = report.region_code
        values = {
            "year": UNKNOWN_YEAR if report.year is None else report.year,
            "region": UNKNOWN_REGION if region is None else self.regions.setdefault(region, len(self.regions)),
            "kind": KINDS.index(report.kind),
            "body": BODIES.index(report.body),
            "topics": sum(1 << self.topic_names.index(each) for each in report.topics if each in self.topic_names),
            "published": report.published.toordinal() if report.published else 0,
            "chars": _chars(work.forms[0].folded[work.forms[0].text_start :]),
            "copies": work.copies,
        }
        self.ids.append(report.id)
        for name, value in values.items():
            self.arrays[name].append(value)

    def _add_row(self, form: Form, at: int) -> None:
        self.row_ids.append(form.report_id)
        arrays, folded = self.arrays, form.folded
        arrays["row_start"].append(at)
        arrays["row_work"].append(len(self.ids) - 1)
        arrays["row_title_stop"].append(at + len(as_units(folded[: form.title_stop])))
        stop = at + len(as_units(folded[: form.text_start]))
        arrays["row_text_start"].append(stop)
        for section in form.sections:
            start, stop = stop, stop + len(as_units(folded[section.start : section.stop]))
            arrays["section_start"].append(start)
            arrays["section_stop"].append(stop)
            arrays["section_kind"].append(SECTION_KINDS.index(section.kind))
            arrays["section_chars"].append(_chars(folded[section.start : section.stop]))


def _small(numbers: array[int]) -> NDArray[np.signedinteger]:
    """In the smallest numbers that hold them all."""
    made = np.array(numbers, np.int64)
    most = max(int(made.max(initial=0)), -int(made.min(initial=0)))
    return made.astype(next(each for each in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(each).max))


def _chars(folded: str) -> int:
    """Of white space a matching form has paragraph breaks alone."""
    return len(folded) - folded.count("\n")


def open_core(folder: Path) -> Core:
    """The core in a folder. Raises SearchIndexError where a file is absent or damaged."""
    try:
        with np.load(folder / _ARRAYS) as kept:
            arrays: dict[str, Ints] = {name: kept[name].astype(np.int64) for name in kept.files}
        names = json.loads((folder / _NAMES).read_text("utf-8"))
        forms = mapped(folder / _FORMS, np.dtype("<u2"))
        ids = tuple(names["ids"])
        core = Core(
            forms=forms,
            pairs=Pairs(folder, forms),
            ends=Ends(folder, forms),
            ids=ids,
            # Without copies and second forms they are the same, and a million strings need be held but once.
            row_ids=ids if names["row_ids"] == names["ids"] else tuple(names["row_ids"]),
            region_codes=tuple(names["regions"]),
            topic_names=tuple(names["topics"]),
            **arrays,
        )
    # What numpy and zipfile raise for files that are not what they wrote.
    except (OSError, ValueError, KeyError, TypeError, EOFError, NotImplementedError, BadZipFile) as error:
        raise SearchIndexError(f"{folder}: cannot be read ({error}); run `zhengbao build --full`") from error
    if len(forms) != core.row_start[-1] or len(core.row_ids) != len(core.row_work):
        raise SearchIndexError(f"{folder}: its files disagree; run `zhengbao build --full`")
    return core
