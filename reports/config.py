"""config.toml as one frozen value, loaded once and passed on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_type_hints

from reports.crawl_config import CrawlConfig, SourceConfig, WatchConfig, check_crawl, check_source
from reports.errors import ConfigError


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """Where reports are kept: a folder."""

    path: Path = Path("corpus")


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """How reports are searched; `terms` is a file of words jieba must not split."""

    engine: str = "whoosh"
    terms: Path | None = None


@dataclass(frozen=True, slots=True)
class ReadingConfig:
    """Bounds on reading one page or file, in a process of its own."""

    timeout_s: float = 20.0
    workers: int = 2


@dataclass(frozen=True, slots=True)
class RegionsConfig:
    """Tables of further divisions: development zones, new areas, fictional ones."""

    extra: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Where the pages are served and what the home page offers to try."""

    host: str = "127.0.0.1"
    port: int = 8000
    examples: tuple[str, ...] = ("“每月一题”", "“接诉即办”", "营商环境", "章节:问题 “出庭应诉”")
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a person may change. Paths are relative to the file they stand in."""

    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    index: IndexConfig = field(default_factory=IndexConfig)
    reading: ReadingConfig = field(default_factory=ReadingConfig)
    regions: RegionsConfig = field(default_factory=RegionsConfig)
    crawl: CrawlConfig = field(default_factory=CrawlConfig)
    source: tuple[SourceConfig, ...] = ()
    watch: WatchConfig = field(default_factory=WatchConfig)
    web: WebConfig = field(default_factory=WebConfig)

    def with_corpus(self, path: Path) -> Config:
        """The same with another corpus folder."""
        return replace(self, corpus=replace(self.corpus, path=path))


def load_config(path: Path, *, required: bool = False) -> Config:
    """What `path` says, defaults where it is silent. Without the file: all defaults.

    Raises ConfigError for a missing file that is `required`, bad TOML, an unknown table or key,
    or a value of the wrong type or out of range; the message names the table and the key.
    """
    if not path.exists():
        if required:
            raise ConfigError(f"{path}: no such file")
        return Config()
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    try:
        config = Config(**_read_tables(tables, path.parent))
        _check(config)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
    return config


def _read_tables(tables: Mapping[str, Any], base: Path) -> dict[str, Any]:
    kinds = get_type_hints(Config)
    for name in tables:
        if name not in kinds:
            raise ConfigError(f"unknown table [{name}]; known: {', '.join(kinds)}")
        if not _is_table(tables[name], many=name == _MANY):
            raise ConfigError(
                f"{name} must be a table, [[{name}]]" if name == _MANY else f"{name} must be a table, [{name}]"
            )
    return {
        name: tuple(_read_source(each, number, base) for number, each in enumerate(values, 1))
        if name == _MANY
        else _read_table(kinds[name], name, values, base)
        for name, values in tables.items()
    }


def _is_table(value: object, *, many: bool) -> bool:
    if many:
        return isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict)


def _read_source(values: Mapping[str, Any], number: int, base: Path) -> SourceConfig:
    for key in ("name", "urls"):
        if not values.get(key):
            raise ConfigError(f"[[source]] {values.get('name', f'number {number}')}: {key} is missing")
    source: SourceConfig = _read_table(SourceConfig, _MANY, values, base)
    return source


def _read_table(kind: type, table: str, values: Mapping[str, Any], base: Path) -> Any:
    hints = get_type_hints(kind)
    known = {key.name for key in fields(kind)}
    for key in values:
        if key not in known:
            raise ConfigError(f"unknown key {key!r} in [{table}]; known: {', '.join(sorted(known))}")
    return kind(**{key: _value(hints[key], value, f"[{table}] {key}", base) for key, value in values.items()})


def _value(kind: Any, value: Any, where: str, base: Path) -> Any:
    if kind in (Path, Path | None) and isinstance(value, str) and (value or kind != Path):
        return base / value if value else None
    if kind in (tuple[str, ...], tuple[Path, ...]) and _is_strings(value):
        return tuple(base / each for each in value) if kind == tuple[Path, ...] else tuple(value)
    if kind is float and type(value) in (int, float):
        return float(value)
    if type(value) is kind:
        return value
    raise ConfigError(f"{where} must be {_NAMES.get(kind, 'a string')}, not {value!r}")


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_MANY = "source"  # the one table that may stand many times
_NAMES: dict[Any, str] = {
    Path: "a path",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple[str, ...]: "a list of strings",
    tuple[Path, ...]: "a list of paths",
}


# Libraries an engine needs beyond the default install: the extra `fast`.
_ENGINES: dict[str, tuple[str, ...]] = {"whoosh": (), "tantivy": ("tantivy", "rjieba"), "memory": ()}


def _check_engine(engine: str) -> None:
    if engine not in _ENGINES:
        raise ConfigError(f"[index] engine must be one of {', '.join(_ENGINES)}, not {engine!r}")
    if absent := [library for library in _ENGINES[engine] if find_spec(library) is None]:
        raise ConfigError(
            f'[index] engine = "{engine}" needs {" and ".join(absent)}, which this installation has not: '
            "pip install -c constraints.txt -e '.[fast]'"
        )


def _check(config: Config) -> None:
    _check_engine(config.index.engine)
    if not 0 <= config.web.port <= 65535:
        raise ConfigError(f"[web] port must be 0 to 65535, not {config.web.port}")
    if not 1 <= config.reading.workers <= 64:
        raise ConfigError(f"[reading] workers must be 1 to 64, not {config.reading.workers}")
    if not 0 < config.reading.timeout_s <= 3600:
        raise ConfigError(f"[reading] timeout_s must be above 0 and at most 3600, not {config.reading.timeout_s}")
    check_crawl(config.crawl)
    for source in config.source:
        check_source(source)
    names = [source.name for source in config.source]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"[[source]] name {twice!r} stands twice")
