"""The shape of the house: which room may call which, and that each library is spoken to in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_USE = {
    "reports": set(),
    "crawler": {"reports"},
    "indexer": {"reports"},
    "compare": {"indexer", "reports"},
    "webapp": {"compare", "indexer", "reports"},
    "demo": set(),
    "front": {"compare", "crawler", "demo", "indexer", "reports", "webapp"},
}
SPOKEN_TO_IN = {
    "whoosh": {"indexer/engines/whoosh.py"},
    "tantivy": {"indexer/engines/tantivy.py"},
    "jieba": {"indexer/analysis.py"},
    "rjieba": {"indexer/analysis.py"},
    "httpx": {"crawler/fetch.py"},
    "flask": {"webapp/", "demo/"},
    "waitress": {"webapp/serve.py"},
    "bs4": {"crawler/extract/"},
    "opencc": {"reports/fold.py", "demo/"},
    "sqlite3": {"reports/database.py"},
    "filelock": {"indexer/build.py", "crawler/crawl.py"},
    "click": {"zhengbao.py", "front/"},
    "w3lib": {"reports/urls.py"},
    "warcio": {"crawler/warc_records.py"},
    "pypdfium2": {"crawler/extract/pdf.py"},
    "pypinyin": {"crawler/extract/pinyin.py", "indexer/pinyin.py", "reports/data/make_divisions.py"},
    "docx": {"crawler/extract/word.py", "crawler/extract/numbering.py", "compare/docx_file.py"},
    "openpyxl": {"compare/workbook.py"},
}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The top-level names a file imports, wherever in it they stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("room", [room for room in MAY_USE if (ROOT / room).is_dir()])
def test_rooms_use_only_the_rooms_they_may(room: str) -> None:
    used = {name for path in sources(room) for name in imported(path)} & (
        MAY_USE.keys() | {"zhengbao", "tests", "benchmarks"}
    )
    assert used - {room} <= MAY_USE[room]


@pytest.mark.parametrize("library", SPOKEN_TO_IN)
def test_each_library_is_spoken_to_in_one_place(library: str) -> None:
    files = [ROOT / "zhengbao.py", *(path for room in MAY_USE for path in sources(room))]
    users = {path.relative_to(ROOT).as_posix() for path in files if library in imported(path)}
    assert {user for user in users if not user.startswith(tuple(SPOKEN_TO_IN[library]))} == set()


def test_nothing_tracked_names_this_machine() -> None:
    here = str(ROOT.parent) + "/"
    found = [path for room in ("docs", *MAY_USE) for path in (ROOT / room).rglob("*") if _says(path, here)]
    assert found == []


def _says(path: Path, words: str) -> bool:
    return path.suffix in {".py", ".md", ".toml", ".txt"} and words in path.read_text("utf-8")
