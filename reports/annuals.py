"""Annual reports as the corpus holds them: one value a work, with what bears on whether it came in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from reports.database import Connection
from reports.expected import expected
from reports.report import Body, Kind


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept report of a work: the original where `copy_of` is None. `withdrawn_at`: since when it is gone."""

    report_id: str
    copy_of: str | None
    url: str | None
    kind: Kind
    body: Body
    region_code: str | None
    place: str | None
    issuer: str | None
    year: int | None
    published: date | None
    arrived_at: datetime | None
    withdrawn_at: datetime | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Annual:
    """A held annual report of a known division and year; `name` is who reports, "" for the division's government.

    `published`: the earliest day a government's page gives for it. `withdrawn_at`: when the last page
    with it was found gone. `changed`: its text was changed after it was first held. `arrived_at` None: not noted.
    """

    report_id: str
    kind: Kind
    body: Body
    region_code: str
    name: str
    year: int
    published: date | None
    arrived_at: datetime | None
    withdrawn_at: datetime | None = None
    changed: bool = False


def kept_annuals(db: Connection) -> Iterator[Kept]:
    """Every report of a kind that is due somewhere, copies too. Read from the index report_annual alone."""
    kinds = tuple(dict.fromkeys(each.kind.value for each in expected()))
    rows = db.execute(
        "SELECT r.id, r.copy_of, r.url, r.kind, r.body, r.region_code, r.place, r.issuer, r.year, r.published, a.at,"
        " w.since, EXISTS (SELECT 1 FROM version v WHERE v.report_id = r.id)"
        " FROM report r LEFT JOIN arrival a ON a.report_id = r.id"
        " LEFT JOIN withdrawal w ON w.report_id = r.id AND w.lifted IS NULL"
        f" WHERE r.kind IN ({', '.join('?' * len(kinds))})",
        kinds,
    )
    for report_id, copy_of, url, kind, body, code, place, issuer, year, published, arrived, gone, changed in rows:
        yield Kept(
            report_id,
            copy_of,
            url,
            Kind(kind),
            Body(body),
            code,
            place,
            issuer,
            year,
            date.fromisoformat(published) if published else None,
            datetime.fromisoformat(arrived) if arrived else None,
            datetime.fromisoformat(gone) if gone else None,
            bool(changed),
        )


def annuals_of(kept: Iterable[Kept]) -> tuple[Annual, ...]:
    """Copies gathered into works, by the original's id; left out is what nobody knows the issuer or year of."""
    works: defaultdict[str, list[Kept]] = defaultdict(list)
    for each in kept:
        works[each.copy_of or each.report_id].append(each)
    found = (_annual(works[report_id]) for report_id in sorted(works))
    return tuple(each for each in found if each and (each.name or each.body is Body.GOVERNMENT))


def _annual(copies: list[Kept]) -> Annual | None:
    original = next((each for each in copies if each.copy_of is None), None)
    if original is None or original.region_code is None or original.year is None:
        return None
    # A reprint's date is its own; a government's page that showed the report earlier proves that it was out.
    dates = [each.published for each in copies if each.published and (each is original or _of_government(each.url))]
    gone = [each.withdrawn_at for each in copies if each.withdrawn_at]
    return Annual(
        original.report_id,
        original.kind,
        original.body,
        original.region_code,
        reporter_name(original.body, original.place, original.issuer),
        original.year,
        min(dates, default=None),
        original.arrived_at,
        max(gone) if len(gone) == len(copies) else None,
        any(each.changed for each in copies),
    )


def reporter_name(body: Body, place: str | None, issuer: str | None) -> str:
    """Who reports, one name for one body: a town by its place, without what its government calls itself."""
    if body is Body.GOVERNMENT:
        return ""
    name = (place or issuer or "") if body is Body.TOWN else (issuer or "")
    return name.removesuffix("人民政府").removesuffix("办事处") if body is Body.TOWN else name


def _of_government(url: str | None) -> bool:
    return ".gov." in f".{urlsplit(url).hostname or ''}." if url else False
