"""Which links are a source's business, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.scope import Scope, host_of
from crawler.sights import Link
from reports.crawl_config import SourceConfig

LIST = "http://www.moudi.gov.example/fzzf/"
SOURCE = SourceConfig("某地", (LIST,))
REPORT = "某地2024年法治政府建设年度报告"


def why(source: SourceConfig, title: str = REPORT, url: str = "http://www.moudi.gov.example/a.html") -> str | None:
    return Scope(source).left(Link(url, title), 1)


@pytest.mark.parametrize(
    ("url", "within", "is_taken"),
    [
        ("http://www.moudi.gov.example/a.html", (), True),
        ("https://moudi.gov.example/a.html", (), True),
        ("http://WWW.MOUDI.GOV.EXAMPLE:80/a.html", (), True),
        ("http://www.moudi.gov.example:8080/a.html", (), False),
        ("http://sfj.moudi.gov.example/a.html", (), False),
        ("http://sfj.moudi.gov.example/a.html", ("*.moudi.gov.example",), True),
        ("http://sfj.moudi.gov.example/a.html", ("SFJ.Moudi.gov.example",), True),
        ("http://moudi.gov.example.evil.example/a.html", ("*.moudi.gov.example",), False),
        ("http://evilmoudi.gov.example/a.html", ("*.moudi.gov.example",), False),
        ("http://www.example.org/a.html", ("www.example.org",), True),
    ],
)
def test_only_the_sources_own_hosts_are_asked(url: str, within: tuple[str, ...], is_taken: bool) -> None:
    said = why(replace(SOURCE, within=within), url=url)
    assert (said is None) is is_taken
    assert said is None or "within" in said


@pytest.mark.parametrize(
    ("title", "keys", "said"),
    [
        (REPORT, {}, None),
        ("", {}, None),
        ("某地2024年政府工作报告", {}, "it is 政府工作报告"),
        ("某地2024年政府工作报告", {"kinds": ("政府工作报告",)}, None),
        ("某地召开法治政府建设推进会", {}, "not an annual report"),
        ("某地法治白皮书", {"take": "白皮书"}, None),
        (REPORT, {"leave": "年度报告$"}, "the source leaves"),
        (REPORT, {"leave": "年度报告$", "take": "."}, "the source leaves"),
    ],
)
def test_titles_decide_and_the_source_has_the_last_word(title: str, keys: dict[str, str], said: str | None) -> None:
    found = why(replace(SOURCE, **keys), title)  # type: ignore[arg-type]
    assert found is None if said is None else said in (found or "")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://a.example/", "a.example"),
        ("https://a.example.:443/", "a.example"),
        ("https://a.example:80/", "a.example:80"),
        ("mailto:x@a.example", ""),
        ("http://[", ""),
        ("http://a.example:x/", ""),
        ("", ""),
    ],
)
def test_a_host_is_named_with_its_port_where_that_is_unusual(url: str, host: str) -> None:
    assert host_of(url) == host
