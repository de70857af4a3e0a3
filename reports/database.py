"""The corpus's SQLite file: opened, made where it is not, and its faults told in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from reports.errors import CorpusError

_PATIENCE_S = 30


def open_database(path: Path, *steps: str) -> Connection:
    """The database at a path. Raises CorpusError where it cannot be used, naming it.

    `steps`: the files of this room that bring it from nothing to schema 1, from 1 to 2, and so on; those it
    has not had are run. Opening what is up to date takes no lock: a reader need not wait for whoever writes.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S, factory=Connection)
    except (OSError, sqlite3.Error) as error:
        raise CorpusError(f"{path}: cannot be opened as a corpus: {error}") from error
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    if _version(db) < len(steps):
        _bring_up_to_date(db, steps)
    if _version(db) != len(steps):
        raise CorpusError(f"{path}: schema {_version(db)}, this program reads schema {len(steps)}")
    return db


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """All of what happens within it, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # SQLite has ended it itself where the disk is full
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _bring_up_to_date(db: Connection, steps: tuple[str, ...]) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    with transaction(db):
        for step in steps[_version(db) :]:
            lines = files("reports").joinpath(step).read_text("utf-8").splitlines()
            schema = "\n".join(line.partition("--")[0] for line in lines)
            for statement in filter(str.strip, schema.split(";")):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(steps)}")


def _version(db: Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


class _Cursor(sqlite3.Cursor):
    """Tells what SQLite finds wrong (a full disk, a damaged page) as a CorpusError, whenever it finds it."""

    def execute(self, *arguments: Any) -> Self:
        with _told():
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Self:
        with _told():
            return super().executemany(*arguments)

    def __next__(self) -> Any:
        with _told():
            return super().__next__()

    def fetchone(self) -> Any:
        with _told():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with _told():
            return super().fetchall()


class Connection(sqlite3.Connection):
    """A connection whose every fault is a CorpusError."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """See sqlite3.Connection."""
        return self.cursor(_Cursor).execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        """See sqlite3.Connection."""
        return self.cursor(_Cursor).executemany(*arguments)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CorpusError(f"the corpus database: {error}") from error
