"""docs/performance.md: a section a benchmark, each with the machine and the command it was made by."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.material import CHARS, SEED

PAGE = Path(__file__).parents[1] / "docs/performance.md"
_HEAD = """# Performance

Measured, not promised: recombined real reports of about {chars:,} characters, seed {seed}. Each section is written by
the command it names (with `--write`); run it again on your machine. Times are milliseconds where nothing else is said,
of one run on a machine that may be busy: trust the ratios.
"""


def put(section: str, text: str, lines: Sequence[str]) -> None:
    """Put the section in place of the one of that name, or at the end."""
    head, *sections = (PAGE.read_text("utf-8") if PAGE.exists() else "").split("\n## ")
    kept = {each.split("\n", 1)[0]: each.split("\n", 1)[1] for each in sections}
    kept[section] = "\n" + "\n".join((text.strip(), "", f"{_where()}. `{_command()}`", "", *lines, ""))
    head = _HEAD.format(chars=CHARS, seed=SEED)
    PAGE.write_text(head + "".join(f"\n## {name}\n{body.rstrip()}\n" for name, body in kept.items()), "utf-8")


def _where() -> str:
    cores = f"{os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores}"


def _command() -> str:
    name = Path(sys.argv[0]).stem
    options = [each for each in sys.argv[1:] if each != "--write"]
    kept = [each for at, each in enumerate(options) if each != "--keep" and options[at - 1 : at] != ["--keep"]]
    return " ".join(("python -m", f"benchmarks.{name}", *kept))
