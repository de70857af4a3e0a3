"""The words of the interface, by key: one catalogue a language, `zh.toml` here."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).with_name("zh.toml")


@cache
def catalogue() -> dict[str, str]:
    """All words, keyed `table.key`."""
    return dict(_flat("", tomllib.loads(CATALOGUE.read_text("utf-8"))))


def say(key: str, **values: object) -> str:
    """The words for `key`, numbers among the values with their thousands apart.

    Raises KeyError for words nobody wrote.
    """
    return catalogue()[key].format(**{name: shown(value) for name, value in values.items()})


def label(table: str, value: str) -> str:
    """The word for a value that comes from data; the value itself where there is none."""
    return catalogue().get(f"{table}.{value}", value)


def shown(value: object) -> object:
    """A count as people read it: 12,345. Years are counted by nobody: pass them as text."""
    return f"{value:,}" if isinstance(value, int) else value


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(f"{prefix}{key}.", value) if isinstance(value, dict) else [(prefix + key, str(value))]
    return found
