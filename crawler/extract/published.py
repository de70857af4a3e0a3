"""The date of a report. Of the dates a page bears the first of these is believed:

1. for laws, the last of the dates of passing, amending and promulgating in the note under the
   title or in the signature (never the day it comes into force);
2. what a label calls the date of making (成文日期, 发文日期, 印发日期);
3. for a 政府工作报告, the day of the congress it was delivered to;
4. the signature's date;
5. what a label calls the date of publishing (发布日期, 公布日期, before 更新时间);
6. the date a government site's address files it under.

A date of making outranks one of publishing, because sites publish again when they move house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from crawler.extract.clues import Clues
from crawler.extract.dates import Dated, date_in_address, dates_in
from reports.report import Kind

_MADE = re.compile(r"(?:成文|发文|印发|生成|签发|制发|落款)(?:日期|时间)[】\]]?\s*:?\s*$")
_PUBLISHED = re.compile(
    r"(?:发布|公布|公开|发表|发稿|上传|录入)(?:日期|时间)?[】\]]?\s*:?\s*$|^(?:pubdate|publishdate|publish_time)$"
)
_UPDATED = re.compile(r"(?:更新日期|更新时间|日期|时间)为?[】\]]?\s*:?\s*$")
_SESSION = re.compile(r"人民代表大会.{0,12}会议")
_ENACTED = re.compile(r"^[^\d]{0,3}[^年]{0,60}?(?:通过|修正|修订|修改|公布|发布|批准|公告|令第)")
_COMES_INTO_FORCE = re.compile(r"^\s*(?:起|施行|实施|生效)")
_LAW_BEGINS = re.compile(r"^第[一1]\s*[章条编]|^目\s*录")
_AFTER_SIGNATURE = re.compile(r"^[(（].{2,12}[)）]$|^(?:附件|抄送|主动公开)")
_SIGNER = re.compile(r"[^。,，;；:：]{2,40}")
_SIGNED_LINE_CHARS = 60


def date_of(clues: Clues, kind: Kind) -> date | None:
    """The day the report bears, None if it bears none."""
    for rule in _rules(kind):
        if day := rule(clues):
            return day
    return None


def session_date(clues: Clues) -> date | None:
    """The day of the people's congress the report was delivered to, from the title or the lines under it."""
    text = f"{clues.title}\n{clues.lead}"
    if not _SESSION.search(text):
        text = clues.title
    free = [dated for dated in dates_in(text) if not _labelled(text, dated)]
    return free[0].date if free else None


def _rules(kind: Kind) -> Iterator[Callable[[Clues], date | None]]:
    if kind is Kind.LAW:
        yield _enacted
    yield lambda clues: _by_label(clues, _MADE)
    if kind is Kind.WORK:
        yield session_date
    yield _signed
    yield lambda clues: _by_label(clues, _PUBLISHED)
    yield lambda clues: _by_label(clues, _UPDATED)
    yield lambda clues: date_in_address(clues.url or "")


def _labelled(text: str, dated: Dated) -> bool:
    before = text[max(0, dated.start - 12) : dated.start]
    return any(label.search(before) for label in (_MADE, _PUBLISHED, _UPDATED))


def _by_label(clues: Clues, label: re.Pattern[str]) -> date | None:
    for name, value in clues.labels:
        if label.search(name) and (found := dates_in(value)):
            return found[0].date
    for line in (*clues.around, *clues.head):
        for dated in dates_in(line):
            if label.search(line[max(0, dated.start - 12) : dated.start]):
                return dated.date
    return None


def _signed(clues: Clues) -> date | None:
    """The date alone on a line under a signer's name, else the one that ends the text."""
    for signer, line in clues.signed:
        found = dates_in(line)
        if found and (found[0].start, found[0].stop) == (0, len(line)) and _SIGNER.fullmatch(signer):
            return found[0].date
    return _at_end(clues)


def _at_end(clues: Clues) -> date | None:
    for line in reversed(clues.tail):
        bare = line.strip(" ()（）")
        found = dates_in(bare)
        if found and found[-1].stop == len(bare) and _is_signature(bare, found[-1]):
            return found[-1].date
        if not _AFTER_SIGNATURE.search(line) and len(line) > _SIGNED_LINE_CHARS:
            return None
    return None


def _is_signature(line: str, dated: Dated) -> bool:
    if _labelled(line, dated):
        return False
    return not line[: dated.start].strip() or line[dated.start - 1].isspace()


def _enacted(clues: Clues) -> date | None:
    days = [day for line in _notes(clues.opening) for day in _enactments(line)]
    signed = _signed(clues)
    return max((*days, signed) if signed else days, default=None)


def _notes(head: Iterable[str]) -> Iterator[str]:
    for line in head:
        if _LAW_BEGINS.search(line):
            return
        yield line


def _enactments(line: str) -> Iterator[date]:
    for dated in dates_in(line):
        after = line[dated.stop :]
        if _ENACTED.search(after) and not _COMES_INTO_FORCE.search(after):
            yield dated.date
