"""Works: a report with its copies folded in, in the forms it is matched by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.fold import fold, second_form
from reports.report import Report, Script, Section
from reports.store import Store


@dataclass(frozen=True, slots=True)
class Form:
    """One matching form of one report: the title as first paragraph, unless the text begins with it.

    `title_stop` and `text_start` are code points of `folded`; `sections` are spans of it.
    """

    report_id: str
    folded: str
    title_stop: int
    text_start: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What a hit stands for. A phrase in any of `forms` matches it; the original's come first."""

    report: Report
    copies: int
    forms: tuple[Form, ...]


def works(store: Store) -> Iterator[Work]:
    """Every work of the corpus; the ones shown first come first: newest year, then id."""
    copies = {original_id: count for original_id, _, count in store.works()}
    for report in store.get_many(copies):
        yield _work(report, store.copies(report.id) if copies[report.id] else ())


def _work(report: Report, copies: tuple[Report, ...]) -> Work:
    forms: dict[Form, Form] = {}
    for each in (report, *copies):
        for form in forms_of(each):
            # Of the same text another copy may have another title in it, or other sections.
            forms.setdefault(replace(form, report_id=report.id), form)
    return Work(report, len(copies), tuple(forms.values()))


def forms_of(report: Report) -> tuple[Form, ...]:
    """The matching forms of one report: a second one where its script is traditional."""
    title, text = fold(report.title).replace("\n", ""), fold(report.text)
    within = text.startswith(title)
    folded, text_start = (text, 0) if within else (f"{title}\n{text}", len(title) + 1)
    first = Form(report.id, folded, len(title), text_start, _spans(report, text_start))
    second = second_form(folded)
    if report.script is not Script.HANT or second == folded:
        return (first,)
    return first, Form(report.id, second, first.title_stop, text_start, first.sections)


def _spans(report: Report, text_start: int) -> tuple[Section, ...]:
    spans, at = [], text_start
    for section in report.sections:
        stop = at + len(fold(report.text[section.start : section.stop]))
        spans.append(Section(section.heading, section.kind, at, stop))
        at = stop
    return tuple(spans)
