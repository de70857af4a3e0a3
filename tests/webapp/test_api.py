from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.answer import Sort
from reports.report import SectionKind
from tests.webapp.fakes import FakeLibrary
from webapp.reading import SEARCH_NAMES
from webapp.words import catalogue

Q = quote("“每月一题”")
REPORT = FakeLibrary().reports[0].id
HIT_KEYS = (
    *("id", "title", "url", "region_code", "region", "place", "issuer", "body", "year", "kind", "published"),
    *("copies", "occurrences", "exact", "withdrawn", "versions", "snippets"),
)
ANSWER_KEYS = (
    *("query", "understood", "notes", "total", "exact", "occurrences", "held", "took_ms"),
    *("page", "pages", "hits", "facets", "nothing"),
)


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.mimetype == "application/json"
    return response.json


def test_an_answer_has_the_documented_keys_in_order(client: FlaskClient) -> None:
    answer = get(client, f"/api/search?q={Q}")
    assert tuple(answer) == ANSWER_KEYS
    assert tuple(answer["hits"][0]) == HIT_KEYS
    assert list(answer["facets"]) == ["region", "year", "topic", "kind", "body"]
    assert list(answer["facets"]["region"][0]) == ["value", "label", "parent", "level", "count", "selected"]


def test_marks_are_offsets_into_their_text(client: FlaskClient) -> None:
    for hit in get(client, f"/api/search?q={Q}")["hits"]:
        for snippet in hit["snippets"]:
            assert {snippet["text"][start:stop] for start, stop in snippet["marks"]} == {"每月一题"}


def test_chinese_stays_readable_in_the_json(client: FlaskClient) -> None:
    assert "每月一题" in client.get(f"/api/search?q={Q}").text


def test_a_report_comes_with_its_copies_and_marks(client: FlaskClient) -> None:
    report = get(client, f"/api/report/{REPORT}?q={Q}")
    assert report["copies"] == ["c0c0c0c0c0c0c0c0"]
    assert {report["text"][start:stop] for start, stop in report["marks"]} == {"每月一题"}


def test_coverage_has_a_cell_for_every_year(client: FlaskClient) -> None:
    coverage = get(client, "/api/coverage")
    assert coverage["kind"] == "法治政府建设年度报告"
    assert {len(row["cells"]) for row in coverage["rows"]} == {len(coverage["years"])}
    assert {cell["held"] for row in coverage["rows"] for cell in row["cells"]} == {"works", "missing", "outside"}


def test_home_tells_what_is_held(client: FlaskClient) -> None:
    home = get(client, "/api/")
    assert home["demo"] is True
    assert home["works"] == sum(1 for report in FakeLibrary().reports if report.copy_of is None)
    assert home["newest"][0]["snippets"] == []


@pytest.mark.parametrize(
    "path", ["/api/search?foo=1", "/api/report/nope", "/api/coverage?kind=x", "/api/nowhere", "/api"]
)
def test_a_failure_is_json_with_its_problems(client: FlaskClient, path: str) -> None:
    failure = client.get(path, follow_redirects=path == "/api").json
    assert failure is not None
    assert path == "/api" or (failure["error"] and failure["problems"])


def test_health(client: FlaskClient) -> None:
    assert get(client, "/healthz")["ok"] is True


def test_the_documentation_names_every_parameter_and_key() -> None:
    said = (Path(__file__).parents[2] / "docs/reference/api.md").read_text("utf-8")
    for name in SEARCH_NAMES:
        assert f"| `{name}` |" in said
    for key in (*ANSWER_KEYS, *HIT_KEYS):
        assert f'"{key}"' in said
    for value in (*SectionKind, *Sort):
        assert f"`{value}`" in said


def test_the_words_that_are_fixed_are_the_words_in_use() -> None:
    said = (Path(__file__).parents[2] / "docs/reference/terms.md").read_text("utf-8")
    used = "\n".join(catalogue().values())
    lines = (line for line in said.splitlines() if line.startswith("| ") and "*later.*" not in line)
    fixed = [line.split("|")[1].strip() for line in lines]
    plain = [term for term in fixed if re.fullmatch(r"[\u4e00-\u9fff]+", term)]
    assert len(plain) > 10
    assert [term for term in plain if term not in used] == []
