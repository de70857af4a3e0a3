"""The real material that tests may use where it is present; see CONTRIBUTING.md."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def real_folder() -> Path:
    """The folder of real reports; skips the test, saying why, where there is none."""
    named = os.environ.get("ZHENGBAO_REAL")
    if not named:
        pytest.skip("ZHENGBAO_REAL is not set: no real reports to test on")
    folder = Path(named)
    if not (folder / "gold").is_dir():
        pytest.skip(f"ZHENGBAO_REAL={named} holds no real reports")
    return folder.resolve()


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
