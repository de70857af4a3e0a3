"""Which reports are one work: gateway twins and pages with the same folded text."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlsplit

from reports.fold import fold, second_form
from reports.report import Report, report_id
from reports.urls import ungated

# Below this many characters two reports may be alike by chance: their titles must be alike too.
_TELLING_CHARS = 200


def work_key(report: Report) -> str:
    """Equal for reports whose text is the same but for script, regional words and paragraph breaks."""
    form = second_form(fold(report.text)).replace("\n", "")
    if len(form) < _TELLING_CHARS:
        form = f"{second_form(fold(report.title))}\n{form}"
    return sha256(form.encode()).hexdigest()[:32]


def gate_of(report: Report) -> str | None:
    """The id of the report this one shows through a script gateway."""
    original = ungated(report.url) if report.url else None
    return report_id(original, "") if original else None


def rank(id_: str, url: str | None, script: str, published: str | None) -> tuple[bool, bool, bool, str, str]:
    """Sorts the original before its copies: the government's own page, not through a gateway,
    in simplified script, the earliest; the id settles the rest, so the order of arrival does not matter."""
    host = urlsplit(url).hostname or "" if url else ""
    own = ".gov." in f".{host}."
    return (not own, bool(url and ungated(url)), script == "hant", published or "9999", id_)
