"""What every export says of itself: the question as understood, what was counted in, when, by which program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from compare.asking import Asked
from compare.sheet import Note

FICTIONAL = "虚构演示：所收录的全部为编造的示例，不得引用。"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an export does not learn from the question. `made`: now; `corpus`: the day the texts counted are as of,
    None if nobody knows; `version`: of this program; `site`: its address for links, "" without one; `fictional`:
    whether all that is held is invented.
    """

    made: datetime
    version: str
    corpus: date | None = None
    site: str = ""
    fictional: bool = False

    def link(self, path: str) -> str | None:
        """The whole address of a page of the site; None where it has none."""
        return self.site.rstrip("/") + path if self.site else None


def notes_of(asked: Asked, stamp: Stamp, definitions: Sequence[str] = ()) -> tuple[Note, ...]:
    """The notes of a table: query, what is compared, coverage, dates, version, definitions."""
    pairs = [*_asked(asked), *_made(stamp), *(("口径", each) for each in definitions)]
    return tuple(Note(label, text) for label, text in pairs if text)


def _asked(asked: Asked) -> Iterator[tuple[str, str]]:
    held, span = asked.coverage, ""
    if held.first_year:
        span = f"，{held.first_year}年" + (f"至{held.last_year}年" if held.last_year != held.first_year else "")
    yield "检索式", asked.comparison.text
    yield "检索", asked.understood
    yield "对照", asked.heading
    yield "提示", "；".join(asked.notes)
    yield "收录", f"筛选条件之内收录 {held.works} 份，{held.chars} 字（不计空白），{held.regions} 个地区{span}"


def _made(stamp: Stamp) -> Iterator[tuple[str, str]]:
    yield "数据截至", stamp.corpus.isoformat() if stamp.corpus else ""
    yield "导出时间", stamp.made.isoformat(sep=" ", timespec="minutes")
    yield "程序", f"政报 Zhengbao {stamp.version}"
    yield "说明", FICTIONAL if stamp.fictional else ""
