"""A corpus made by chance, always the same: few places, years and phrases, so that everything meets everything."""

from __future__ import annotations

from random import Random

from reports.report import Body, Kind, Report, Script, Section, SectionKind
from reports.topics import topic_names
from tests.indexer.made import report

PLACES = ("330000", "330100", "330102", "330104", "330106", "110000", "110101", "110103", "530100", "000000", None)
"""110103 (崇文区) went into 110101; 330104 (江干区) into several; of 530000 nothing is held but its capital."""
YEARS = (2017, 2018, 2019, 2020, 2021, 2023, 2024, None)
PHRASES = ("每月一题", "每月一題", "一题", "营商环境", "营商", "环境", "信息公开", "解决率", "接诉即办", "没有这个词")
ISSUERS = ("司法局", "上城区司法局", "东城区司法局", "财政局", "昆明市司法局", None)
KINDS = (*[Kind.RULE_OF_LAW] * 6, *[Kind.WORK] * 4, Kind.DISCLOSURE, Kind.STATISTICS, Kind.NEWS, Kind.OTHER)
_FILLING = ("法治政府建设", "工作", "推进", "，", "。", "改革", " ", "\n", "为民服务", "题", "每月", "資訊公開", "環境")


def made_corpus(seed: int = 5, works: int = 150) -> list[Report]:
    """So many works, some with copies."""
    chance = Random(seed)
    made: list[Report] = []
    for number in range(works):
        work = _work(chance, f"http://{number}.example/a")
        made.append(work)
        if chance.random() < 0.1:
            made.append(_again(work, f"http://{number}.example/copy"))
    return made


def _again(work: Report, url: str) -> Report:
    return report(work.text, title=work.title, url=url, sections=work.sections, year=1999, kind=Kind.NEWS)


def _work(chance: Random, url: str) -> Report:
    traditional = chance.random() < 0.15
    title = chance.choice(("某市法治政府建设报告", "某市营商环境报告", "每月一题"))
    parts = [
        "".join(chance.choices(PHRASES[:-1] + _FILLING, k=chance.randint(0, 30))) for _ in range(chance.randint(1, 4))
    ]
    if chance.random() < 0.2:
        parts[0] = title + "\n" + parts[0]
    parts[0] = parts[0].strip() or "报告"
    text, sections = _sections(chance, parts)
    body = chance.choice((*[Body.GOVERNMENT] * 5, Body.DEPARTMENT, Body.DEPARTMENT, Body.TOWN))
    year = chance.choice(YEARS)
    kind = chance.choice(KINDS)
    return report(
        text,
        title=title,
        url=url,
        sections=sections,
        kind=kind,
        body=body,
        region_code=chance.choice(PLACES),
        place=chance.choice(("某镇", "某街道", None)) if body is Body.TOWN else None,
        issuer=chance.choice(ISSUERS) if body is not Body.GOVERNMENT else None,
        year=year,
        covers=chance.choice((None, year and year - (kind is Kind.WORK))),
        topics=frozenset(chance.sample(topic_names()[:5], chance.randint(0, 3))),
        script=Script.HANT if traditional else Script.HANS,
    )


def _sections(chance: Random, parts: list[str]) -> tuple[str, tuple[Section, ...]]:
    at, sections = 0, list[Section]()
    # Each part but the last ends its paragraph: a section is a paragraph's end.
    parts = [part + "\n" * (number < len(parts) - 1) for number, part in enumerate(parts)]
    for part in parts:
        sections.append(Section("", chance.choice(tuple(SectionKind)), at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(sections)
