"""Citations of a report or of a sentence: GB/T 7714—2025, and BibTeX with the fields biblatex and gbt7714 read.

GB/T 7714—2025 (in force since 2026-07-01) puts full-width ，：（） between the elements of an entry and gives the day
of access for web pages only. What is not known is left out: no 佚名, no guessed date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.report import Kind, Report

_REPORTS = frozenset({Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE, Kind.STATISTICS})
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%#$_"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One source as a reference list has it, in a line, and as an entry for BibTeX.

    `sentence` is what is quoted, `link` the address that leads to it; both "" for a whole report.
    """

    gbt: str
    bibtex: str
    sentence: str = ""
    link: str = ""


def cite(report: Report, accessed: date) -> Citation:
    """The citation of a report: 8.8 报告 for the annual kinds, 8.11 网页 for others."""
    return Citation(_gbt(report, accessed), _bibtex(report, accessed, ""))


def cite_sentence(report: Report, accessed: date, sentence: str, link: str) -> Citation:
    """The citation of a sentence: its report's; web pages have no page numbers, so `link` says where it stands."""
    note = f"引文：“{sentence}”；定位：{link}"
    return Citation(_gbt(report, accessed), _bibtex(report, accessed, note), sentence, link)


def _gbt(report: Report, accessed: date) -> str:
    author = f"{_line(report.issuer).rstrip('.')}. " if report.issuer else ""
    number = f"：{_line(report.doc_no)}" if report.doc_no else ""
    link = _web(report.url)
    parts = [f"{author}{_line(report.title)}{number}[{_mark(report)}]", _dated(report, accessed), link]
    return ". ".join(part for part in parts if part) + "."


def _mark(report: Report) -> str:
    """文献类型标识/载体标识."""
    return ("R" if report.kind in _REPORTS else "EB") + ("/OL" if _web(report.url) else "")


def _dated(report: Report, accessed: date) -> str:
    """When it was published; of a page, or where that is not known, when it was seen."""
    published = report.published.isoformat() if report.published else ""
    seen = f"[{accessed.isoformat()}]"
    if report.kind in _REPORTS:
        return published or (seen if _web(report.url) else "")
    return (f"（{published}）" if published else "") + (seen if _web(report.url) else "")


def _bibtex(report: Report, accessed: date, note: str) -> str:
    annual, link = report.kind in _REPORTS, _web(report.url)
    fields = {
        "author": _text(report.issuer),
        "title": _text(report.title),
        "institution": _text(report.issuer) if annual else "",
        "number": _text(report.doc_no),
        "date": report.published.isoformat() if report.published else "",
        "year": str(report.published.year) if report.published else "",
        "url": link,
        "urldate": accessed.isoformat() if link else "",
        "note": _text(note),
        "langid": "chinese",
    }
    # The second pair of braces keeps a name whole and a title's letters as they are.
    whole = {"author", "title", "institution"}
    lines = [
        f"  {name} = {{{{{value}}}}}," if name in whole else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{'techreport' if annual else 'online'}{{zhengbao-{report.id},", *lines, "}"])


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _text(text: str | None) -> str:
    return "".join(_ESCAPED.get(char, char) for char in _line(text))


def _web(url: str | None) -> str:
    """The address, if it is one of the web, with what BibTeX stumbles over percent-encoded."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return ""
    return "".join(f"%{ord(char):02X}" if char in "{}\\ \t\n\r" else char for char in url)
