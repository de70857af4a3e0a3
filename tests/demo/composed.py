"""The fictional web, composed once for all tests of it."""

from __future__ import annotations

from functools import cache

from demo.compose import SITES, files, files_beside, written
from demo.report import Written

DEMO = SITES.parent


@cache
def everything() -> tuple[Written, ...]:
    """What lies under sites, as written."""
    return written()


@cache
def composed() -> dict[str, bytes]:
    """What a fresh composition puts under sites."""
    return files()


@cache
def beside() -> dict[str, bytes]:
    """What a fresh composition puts beside."""
    return files_beside()


def lists_of(host: str) -> str:
    """All pages of a site's column, joined."""
    return "".join(page_text(f"sites/{name}") for name in composed() if name.startswith(f"{host}/fzzf/index"))


def page_text(name: str) -> str:
    """A tracked page, decoded; `name` is relative to corpus/demo."""
    encoding = "gb18030" if "dizhou" in name else "utf-8"
    return (DEMO / name).read_bytes().decode(encoding)
