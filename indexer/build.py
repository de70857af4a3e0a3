"""Corpus to index: a new generation is made beside the one in use, then swapped in.

index/CURRENT names the generation in use; gen-N/ holds core/, engine/ and a manifest.json that
says from what and by which rules it was made. Readers never see half of one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.analysis import Segmenter
from indexer.corefile import CoreWriter, open_core
from indexer.documents import documents
from indexer.engines import Document, open_engine
from indexer.phrases import write_offers
from indexer.works import works
from reports import fold
from reports.errors import SearchIndexError
from reports.store import Store
from reports.topics import topic_names

SCHEMA = 9
_CURRENT, _MANIFEST = "CURRENT", "manifest.json"

Progress = Callable[[int, int], None]
"""Told how many documents are indexed, of how many."""


def in_silence(done: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an index depends on beside the corpus; where one differs, it is built anew."""

    schema: int
    engine: str
    segmenter: str
    folding: str
    topics: str

    @classmethod
    def of(cls, engine: str, segmenter: Segmenter) -> Rules:
        """The rules of this program, as it stands."""
        return cls(SCHEMA, engine, segmenter.name, fold.rules_digest(), "、".join(topic_names()))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from: `seqs` gives each work's last change, `files` what each file was then."""

    rules: Rules
    seqs: dict[str, int]
    files: dict[str, Fingerprint]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's SHA-256, size in bytes and time of change in ns."""

    sha256: str
    size: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> Fingerprint:
        """What the file is now."""
        digest, stat = sha256(), path.stat()
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return cls(digest.hexdigest(), stat.st_size, stat.st_mtime_ns)

    def fits(self, path: Path, *, thoroughly: bool) -> bool:
        """Whether the file is still what it was; unless `thoroughly`, size and time are believed."""
        try:
            stat = path.stat()
            if not thoroughly and (stat.st_size, stat.st_mtime_ns) == (self.size, self.changed_ns):
                return True
            return stat.st_size == self.size and Fingerprint.of(path).sha256 == self.sha256
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    works: int
    changed: int
    removed: int
    anew: bool
    why: str

    def summary(self) -> str:
        """The same in one line."""
        if not self.changed and not self.removed and not self.anew:
            return f"up to date: {self.works} works"
        anew = f" anew ({self.why})" if self.anew else ""
        return f"built{anew}: {self.works} works, {self.changed} indexed, {self.removed} removed"


def build(store: Store, folder: Path, rules: Rules, segmenter: Segmenter, *, full: bool, progress: Progress) -> Built:
    """Bring the index up to date with the corpus; anew if `full` or made by other rules.

    Raises SearchIndexError if another build is at work or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "build.lock", timeout=0), store.snapshot():
            return _Build(store, folder, rules, segmenter, progress).run(full=full)
    except Timeout:
        raise SearchIndexError(f"{folder}: another build is at work; wait for it to end") from None
    except OSError as error:
        raise SearchIndexError(f"{folder}: cannot be written: {error}") from error


@dataclass(frozen=True, slots=True)
class _Build:
    store: Store
    folder: Path
    rules: Rules
    segmenter: Segmenter
    progress: Progress

    def run(self, *, full: bool) -> Built:
        before, why = _previous(self.folder, self.rules)
        if full:
            before, why = None, "asked for"
        seqs = {each: seq for each, seq, _ in self.store.works()}
        old = before[1].seqs if before else {}
        changed = {each for each, seq in seqs.items() if old.get(each) != seq}
        removed = old.keys() - seqs.keys()
        if before and not changed and not removed:
            return Built(len(seqs), 0, 0, anew=False, why="nothing has changed")
        generation = self._fresh(before[0] if before else None)
        try:
            self._write(generation, seqs, changed, removed)
            _swap(self.folder, generation)
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise
        return Built(len(seqs), len(changed), len(removed), anew=before is None, why=why)

    def _fresh(self, base: Path | None) -> Path:
        numbers = [int(each.name[4:]) for each in self.folder.glob("gen-*") if each.name[4:].isdigit()]
        generation = self.folder / f"gen-{max(numbers, default=0) + 1:06}"
        generation.mkdir()
        if base:
            # An engine never writes into a file it has committed: linking is enough, and instant.
            shutil.copytree(base / "engine", generation / "engine", copy_function=_link)
        return generation

    def _write(self, generation: Path, seqs: dict[str, int], changed: set[str], removed: Iterable[str]) -> None:
        core = generation / "core"
        engine = open_engine(self.rules.engine, generation / "engine")
        # Closed before the folder is removed where something fails: their files, threads and processes are in it.
        with (
            closing(CoreWriter(core, topic_names()).written(works(self.store))) as written,
            closing(documents((each for each in written if each.report.id in changed), self.segmenter)) as made,
        ):
            engine.update(self._watched(made, len(changed)), tuple(removed))
        write_offers(open_core(core), self.segmenter.words, core)
        filled = sorted(each for each in generation.rglob("*") if each.is_file() and each.stat().st_size)
        files = {each.relative_to(generation).as_posix(): Fingerprint.of(each) for each in filled}
        manifest = json.dumps(asdict(Manifest(self.rules, seqs, files)), ensure_ascii=False)
        (generation / _MANIFEST).write_text(manifest, "utf-8")

    def _watched(self, items: Iterable[Document], count: int) -> Iterator[Document]:
        for number, item in enumerate(items, 1):
            yield item
            self.progress(number, count)


def generation_name(folder: Path) -> str:
    """The name of the generation in use. Raises SearchIndexError if there is none."""
    try:
        return (folder / _CURRENT).read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise SearchIndexError(f"{folder}: there is no index yet; run `zhengbao build`") from error
    except (OSError, ValueError) as error:
        raise SearchIndexError(f"{folder / _CURRENT}: cannot be read ({error}); run `zhengbao build --full`") from error


def current(folder: Path) -> tuple[Path, Manifest]:
    """The generation in use. Raises SearchIndexError if there is none or its manifest is damaged."""
    generation = folder / generation_name(folder)
    try:
        kept = json.loads((generation / _MANIFEST).read_text("utf-8"))
        files = {name: Fingerprint(**each) for name, each in kept["files"].items()}
        return generation, Manifest(Rules(**kept["rules"]), dict(kept["seqs"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SearchIndexError(f"{generation}: damaged ({error}); run `zhengbao build --full`") from error


def damage(generation: Path, manifest: Manifest, *, thoroughly: bool) -> tuple[str, ...]:
    """Files that are not what the build wrote; unless `thoroughly`, those unchanged in size and time are believed."""
    return tuple(
        f"{generation / name}: {'damaged' if (generation / name).exists() else 'missing'}; run `zhengbao build --full`"
        for name, fingerprint in manifest.files.items()
        if not fingerprint.fits(generation / name, thoroughly=thoroughly)
    )


def _previous(folder: Path, rules: Rules) -> tuple[tuple[Path, Manifest] | None, str]:
    """The generation to go on from, or why there is none."""
    if not (folder / _CURRENT).exists():
        return None, "there was none"
    try:
        generation, manifest = current(folder)
        if manifest.rules != rules:
            return None, "the one there was made by other rules"
    except SearchIndexError:
        return None, "the one there was damaged"
    if damage(generation, manifest, thoroughly=True):
        return None, "the one there was damaged"
    return (generation, manifest), ""


def _swap(folder: Path, generation: Path) -> None:
    pointer = folder / f"{_CURRENT}.new"
    pointer.write_text(generation.name, "utf-8")
    pointer.replace(folder / _CURRENT)
    for each in folder.glob("gen-*"):
        if each != generation:
            # Where a reader still holds it open (Windows), it goes with the next build.
            shutil.rmtree(each, ignore_errors=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
