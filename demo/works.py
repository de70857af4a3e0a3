"""What is no 法治政府 report: three 政府工作报告 and the news."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from demo.draw import chance, figures, one, some
from demo.material import frame, rows, table, themes
from demo.phrases import may_stand
from demo.places import Issuer, governments
from demo.report import Block, Written
from demo.style import NUMERALS

TREATED = ("经济与产业", "营商环境与放管服", "民生与社会保障", "生态环境", "基层治理与社区", "数字政府")


def work_reports() -> Iterator[Written]:
    """The 政府工作报告, each of the year it was delivered in."""
    for row in table("issuers.toml")["work"]:
        issuer = next(issuer for issuer in governments() if issuer.code == row["code"])
        yield _work_report(issuer, row)


def news() -> Iterator[Written]:
    """The news, as written."""
    return _as_written("news")


def notices() -> Iterator[Written]:
    """What is announced beside the reports: plans, inspections, explanations."""
    return _as_written("notices")


def _as_written(name: str) -> Iterator[Written]:
    for site, day, title, column, source, *paragraphs in rows(f"{name}.txt"):
        published = dt.date.fromisoformat(day)
        blocks = tuple(Block("p", text) for text in paragraphs)
        yield Written(f"{name}-{day}", site, title, source, published.year, published, blocks, column)


def _work_report(issuer: Issuer, row: dict[str, Any]) -> Written:
    year, rng = row["year"], chance("work", issuer.key, row["year"])
    forms = ("{year}年{name}人民政府工作报告", "{name}人民政府工作报告（{year}年）", "{name}政府工作报告（{year}年）")
    published = dt.date(year, 1, 20) + dt.timedelta(days=int(12 * rng.random()))
    return Written(
        key=f"work-{issuer.key}",
        site=issuer.site,
        title=one(rng, forms).format(year=year, name=issuer.name),
        issuer=issuer.signature,
        year=year,
        published=published,
        blocks=tuple(_speech(issuer, row, rng)),
        column="政府工作报告",
    )


def _speech(issuer: Issuer, row: dict[str, Any], rng: random.Random) -> Iterator[Block]:
    year = row["year"]
    yield Block("p", f"——{year}年{row['session']}")
    yield Block("p", "各位代表：")
    yield Block("p", "现在，我代表人民政府向大会报告工作，请予审议，并请政协委员和其他列席人员提出意见。")
    yield Block("h1", f"一、{year - 1}年工作回顾")
    opening, thanks = some(rng, frame("回顾", "work.txt", "=")[:2], 1)[0], frame("回顾", "work.txt", "=")[2]
    yield Block("p", opening.text.replace("{名}", issuer.name))
    for place, theme in enumerate(TREATED):
        yield from _review(issuer, year - 1, place, theme, rng)
    yield Block("p", thanks.text.replace("{名}", issuer.name))
    yield Block("p", one(rng, frame("困难", "work.txt", "=")).text)
    yield Block("h1", f"二、{year}年重点工作")
    for place, plan in enumerate(some(rng, frame("安排", "work.txt", "="), 6)):
        yield Block("p", f"（{NUMERALS[place]}）{plan.text}")


def _review(issuer: Issuer, year: int, place: int, name: str, rng: random.Random) -> Iterator[Block]:
    theme = themes()[name]
    yield Block("h2", f"（{NUMERALS[place]}）{one(rng, theme.headings)}")
    usable = [entry for entry in theme.paragraphs if may_stand(entry, issuer.code, year)]
    told = [entry for entry in theme.sentences if may_stand(entry, issuer.code, year)]
    first, second = some(rng, usable, 2)
    yield Block("p", issuer.speak(figures(rng, one(rng, told).text, issuer.scale) + first.text, year))
    yield Block("p", issuer.speak(second.text, year))
