"""Whose work a report gives an account of: the government's, a department's, a town's."""

from __future__ import annotations

import re

from crawler.extract.clues import Clues, plain
from reports.report import Body, Kind

# 城镇 and 乡镇 are words; a town is named with its own name before 镇.
_TOWN = re.compile(
    r"(?P<town>[\u4e00-\u9fff]{1,8}?(?:街道|(?<![城乡市])镇|(?<![城下])乡|苏木))"
    r"(?=办事处|人民政府|政府|党|\d{4}|关于|法治|依法|$|》)"
)
_NO_TOWN = re.compile(r"^(?:各|全|本|我|乡|区|县|市|.*(?:推进|开展|加强|做好|关于))")
_COMMISSIONS = "发改|卫健|国资|住建|经信|改革|健康|民宗"
_OFFICES = rf"[\u4e00-\u9fff][局厅]|办公[厅室]|政府办|(?:{_COMMISSIONS})委|委员会|海关|中心|总队|支队|大队"
_OFFICE = re.compile(rf"(?:{_OFFICES}|总署|审计署|检察院|法院|[\u4e00-\u9fff]{{2}}部|公司|学院|大学|医院)$")
_OFFICE_IN_TITLE = re.compile(
    rf"^[^《》]{{2,40}}?(?:{_OFFICES})(?=关于|\d{{4}}|法治政府|依法行政|政府信息公开|信息公开)"
)
# The committee of a zone or park governs in the government's place, yet is not the county's government.
_ZONE = re.compile(r"[区园城带]管(?:理委员|委)会(?:$|(?=关于|\d{4}))")
_COURT = re.compile(r"最高人民(?:法院|检察院)")
_JURISDICTION = re.compile(r"[我全本][省市县区州盟旗]|[省市县区州盟旗](?:人民)?政府高度重视")
_JURISDICTION_NAMED = re.compile(
    r"[省市县区州盟旗](?:人民政府)?(?:关于)?\d{4}年|[省市县区州盟旗]人民政府|\d{4}年[^局厅委办]{2,12}[省市县区州盟旗]"
)
# 全局 is a word: 统筹全局.
_SPEAKER = re.compile(
    r"(?:[我本](?P<what>[局厅委办镇乡]|街道|中心|支队|大队)|全(?P<town>[镇乡]|街道))(?![们区市县地工法])|[局厅]党[组委]"
)


def body_of(clues: Clues, kind: Kind, issuer: str | None, place: str | None) -> Body:
    """The body; 政府 where nothing says another, 其他 for what is no account of anyone's work."""
    if kind is Kind.NEWS:
        return Body.OTHER
    if kind is Kind.LAW:
        return Body.OTHER if _COURT.search(clues.title + (issuer or "")) else Body.GOVERNMENT
    if kind in (Kind.WORK, Kind.STATISTICS):
        return Body.TOWN if place and kind is Kind.WORK else Body.GOVERNMENT
    if place or town_in(clues.title):
        return Body.TOWN
    if kind is Kind.POLICY:
        return _of_policy(plain(issuer or ""))
    return _of_account(clues, plain(issuer or ""))


def town_in(text: str, after: int = 0) -> str | None:
    """The street or town named from there on, in plain form: 王庄集镇."""
    found = _TOWN.search(text, after)
    return found["town"].removeprefix("人民政府") if found and not _NO_TOWN.match(found["town"]) else None


def _of_policy(issuer: str) -> Body:
    # A government's office issues in its government's name (国办发, 政办发).
    if issuer.endswith(("政府办公室", "政府办公厅", "国务院办公厅")) or not _OFFICE.search(issuer):
        return Body.GOVERNMENT
    return Body.DEPARTMENT


def _of_account(clues: Clues, issuer: str) -> Body:
    if _ZONE.search(clues.title) or _ZONE.search(issuer):
        return Body.OTHER
    if _OFFICE_IN_TITLE.search(clues.title):
        return Body.DEPARTMENT
    if _JURISDICTION_NAMED.search(clues.title):
        return Body.GOVERNMENT
    # The office that publishes a government's account is often its author, not its subject:
    # it counts only where the text does not speak for all.
    if spoken := _SPEAKER.search(clues.lead):
        return Body.TOWN if (spoken["what"] or spoken["town"]) in ("镇", "乡", "街道") else Body.DEPARTMENT
    return Body.DEPARTMENT if _OFFICE.search(issuer) and not _JURISDICTION.search(clues.lead) else Body.GOVERNMENT
