"""What every command works with: the configuration, what it leads to, and how it speaks to the terminal."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

import click

from reports.config import Config
from reports.errors import ZhengbaoError
from reports.regions import Regions, load_regions
from reports.store import Store

if TYPE_CHECKING:
    from compare.scope import Ground
    from indexer.index import Index


@dataclass
class Desk:
    """What every command works with: the configuration and its file, and what it leads to, opened when needed."""

    config: Config
    file: Path = Path("config.toml")

    @cached_property
    def regions(self) -> Regions:
        """The table of divisions, with the configured further ones."""
        return load_regions(self.config.regions.extra)

    @cached_property
    def index(self) -> Index:
        """The index beside the corpus."""
        from indexer.index import Index  # noqa: PLC0415 - not for who only crawls

        return Index(self.config, self.regions)

    def ground(self) -> Ground:
        """What comparisons are made over."""
        from compare.scope import Ground  # noqa: PLC0415 - only for who compares

        return Ground(self.index.searcher(), self.regions, self.index.store, self.config)

    def store(self, *, create: bool = False) -> Store:
        """The corpus."""
        return Store(self.config.corpus.path, create=create)

    def serve(self, host: str | None, port: int | None, links: tuple[str, ...] = ()) -> None:
        """Serve the pages over the index until interrupted."""
        from webapp.app import create_app  # noqa: PLC0415 - only for who serves
        from webapp.library import IndexedLibrary  # noqa: PLC0415
        from webapp.serve import serve as serve_app  # noqa: PLC0415

        web = self.config.web
        app = create_app(IndexedLibrary(self.index, self.regions, self.config))
        Thread(target=self._warm, daemon=True).start()
        serve_app(app, host or web.host, web.port if port is None else port, links)

    def _warm(self) -> None:
        """Read what the first question and the first keystroke would wait for: seconds, for a large corpus."""
        with suppress(ZhengbaoError):
            suggester = self.index.suggester()
            _ = tuple(suggester.searcher.words("预热"))
            suggester.warm()


class Later(MutableMapping[str, click.Command]):
    """Commands by name, each imported ("module:name") when it is first asked for."""

    def __init__(self, places: dict[str, str]) -> None:
        self._places = places
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module, _, attribute = self._places[name].partition(":")
            self._loaded[name] = getattr(import_module(module), attribute)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command
        self._places.setdefault(name, "")

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Front(click.Group):
    """Ends with status 1 and one line for what is the person's to mend; usage errors end with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese shows codes
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (ZhengbaoError, OSError) as error:
            fail(str(error))


def fail(why: str) -> NoReturn:
    """One line on stderr, and status 1."""
    click.echo(f"zhengbao: {why}", err=True)
    sys.exit(1)


def readable(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An argument as text: what the locale could not decode must not become another question."""
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise click.BadParameter("cannot be decoded: set a UTF-8 locale", ctx, param)
    return value


@contextmanager
def counter(did: str) -> Iterator[Callable[[int, int | None], None]]:
    """Progress on stderr: a line that counts, at most ten times a second, and only on a terminal."""
    last = 0.0

    def at(done: int, of: int | None) -> None:
        nonlocal last
        if sys.stderr.isatty() and time.monotonic() - last > 0.1:
            last = time.monotonic()
            click.echo(f"\r{done}{f' of {of}' if of else ''} {did}", err=True, nl=False)

    yield at
    if last:
        click.echo("\r\x1b[K", err=True, nl=False)


def show_json(value: object) -> None:
    """One JSON object on one line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))
