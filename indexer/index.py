"""The index as a reader sees it: the generation in use, opened once, and again when a build swaps another in."""

from __future__ import annotations

import threading
from pathlib import Path

from indexer.analysis import Segmenter, segmenter
from indexer.build import Built, Manifest, Progress, Rules, build, current, damage, generation_name, in_silence
from indexer.corefile import Core, open_core
from indexer.engines import Reader, open_engine
from indexer.phrases import FILE as PHRASES
from indexer.searcher import Searcher
from indexer.suggest import Suggester
from reports.config import Config
from reports.errors import SearchIndexError
from reports.regions import Regions
from reports.store import Store

FOLDER = "index"
_WHOOSH_WORKS = 20_000


class Index:
    """A corpus's index, kept open. Safe to share between threads."""

    def __init__(self, config: Config, regions: Regions) -> None:
        self._config, self._regions = config, regions
        self.folder = config.corpus.path / FOLDER
        self._opened: tuple[str, Suggester] | None = None
        self._lock = threading.Lock()
        self._here = threading.local()

    def searcher(self) -> Searcher:
        """The searcher over the generation in use. Raises SearchIndexError with what to run if there is none."""
        return self.suggester().searcher

    def suggester(self) -> Suggester:
        """The same, to complete questions with. Raises SearchIndexError with what to run if there is none."""
        name = generation_name(self.folder)
        with self._lock:
            if self._opened is None or self._opened[0] != name:
                self._opened = (name, self._open())
            return self._opened[1]

    def store(self) -> Store:
        """This thread's own connection to the corpus."""
        if not hasattr(self._here, "store"):
            self._here.store = Store(self._config.corpus.path, create=False, mapped=True)
        store: Store = self._here.store
        return store

    def build(self, *, full: bool = False, progress: Progress = in_silence) -> Built:
        """Bring the index up to date with the corpus."""
        segment = self._segmenter()
        rules = Rules.of(self._config.index.engine, segment)
        return build(self.store(), self.folder, rules, segment, full=full, progress=progress)

    def outgrown(self, built: Built) -> bool:
        """Whether the corpus has more works than its engine is meant for."""
        return self._config.index.engine == "whoosh" and built.works > _WHOOSH_WORKS

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the index, or out of date; empty when it is whole."""
        try:
            generation, manifest = current(self.folder)
            found = damage(generation, manifest, thoroughly=True)
            if not found:
                self._check_rules(manifest)
                self._read(generation)
        except SearchIndexError as error:
            return (str(error),)
        seqs = {each: seq for each, seq, _ in self.store().works()}
        behind = sum(manifest.seqs.get(each) != seq for each, seq in seqs.items()) + len(manifest.seqs.keys() - seqs)
        return (
            *found,
            *([f"{behind} works have changed since the last build; run `zhengbao build`"] if behind else ()),
        )

    def _segmenter(self) -> Segmenter:
        return segmenter(self._config.index.terms, fast=self._config.index.engine == "tantivy")

    def _open(self) -> Suggester:
        generation, manifest = current(self.folder)
        self._check_rules(manifest)
        try:
            if damaged := damage(generation, manifest, thoroughly=False):
                raise SearchIndexError(damaged[0])
            core, reader = self._read(generation)
            phrases = _bytes(generation / "core" / PHRASES)
        except SearchIndexError:
            if generation.name == generation_name(self.folder):
                raise
            return self._open()  # a build has just swapped this generation for another
        searcher = Searcher(core, reader, self._segmenter().words, self._regions, self.store)
        return Suggester(searcher, phrases)

    def _check_rules(self, manifest: Manifest) -> None:
        if manifest.rules != Rules.of(self._config.index.engine, self._segmenter()):
            raise SearchIndexError(f"{self.folder}: made by other rules than this program's; run `zhengbao build`")

    def _read(self, generation: Path) -> tuple[Core, Reader]:
        core = open_core(generation / "core")
        numbers = {each: number for number, each in enumerate(core.ids)}
        return core, open_engine(self._config.index.engine, generation / "engine").reader(numbers)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SearchIndexError(f"{path}: cannot be read ({error}); run `zhengbao build --full`") from error
