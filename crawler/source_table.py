"""A source as it stands in config.toml, and how it gets there."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields
from datetime import date
from pathlib import Path

from reports.config import load_config
from reports.crawl_config import SourceConfig
from reports.errors import ConfigError

_ALWAYS = ("name", "urls", "kinds", "checked")


def as_toml(source: SourceConfig, proposed: date) -> str:
    """The table, with a line that says where it comes from; keys that have their default are left out."""
    lines = [
        f"# Proposed by `zhengbao add` on {proposed} from one look at it; nobody has checked it since.",
        "[[source]]",
    ]
    for each in fields(source):
        value = getattr(source, each.name)
        if each.name in _ALWAYS or value != each.default:
            lines.append(f"{each.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def append(file: Path, table: str) -> None:
    """Write a table at the end of a configuration, which is made where there is none.

    Raises ConfigError, and leaves the file as it was, where it could not be read any more, and OSError where it
    cannot be written.
    """
    before = file.read_text("utf-8") if file.exists() else ""
    apart = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    added = apart + table
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / file.name
        tried.write_text(before + added, "utf-8")
        try:
            load_config(tried)
        except ConfigError as error:
            why = str(error).removeprefix(f"{tried}: ")
            raise ConfigError(f"{file}: with this table it could not be read ({why}); nothing was written") from error
    with file.open("a", encoding="utf-8") as end:
        end.write(added)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # Of a string or a number JSON's form is TOML's too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
