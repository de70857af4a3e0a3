from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from indexer.filters import SECTION_NAMES, Vocabulary
from indexer.lexer import Label
from indexer.parse import MAX_CHARS, MAX_CLAUSES, parse
from indexer.printing import print_query
from indexer.query import MAX_NEAR_CHARS, NEAR_CHARS, Unit
from indexer.restate import restate

PAGE = Path(__file__).parents[2].joinpath("docs/reference/query-language.md").read_text("utf-8")
REGIONS = {"110000": "北京市", "310000": "上海市", "320106": "鼓楼区", "350102": "鼓楼区"}
VOCABULARY = Vocabulary(
    ("营商环境与放管服", "政务服务", "政务公开"),
    lambda name: tuple(code for code, full in REGIONS.items() if name in {full, full[:-1]}),
    REGIONS.get,
)


def examples() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each query of the page, what it says is understood, and the notes."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for line in "".join(re.findall(r"```query\n(.*?)```", PAGE, re.DOTALL)).splitlines():
        if line.startswith("! "):
            text, words, notes = found.pop()
            found.append((text, words, (*notes, line[2:])))
        else:
            text, words = line.split(" => ")
            found.append((text, words, ()))
    return found


@pytest.mark.parametrize(("text", "words", "notes"), examples())
def test_the_page_says_what_is_understood(text: str, words: str, notes: tuple[str, ...]) -> None:
    query = parse(text, vocabulary=VOCABULARY, today=date(2024, 6, 1))
    assert (restate(query, VOCABULARY), query.notes) == (words, notes)


@pytest.mark.parametrize("text", [text for text, _, _ in examples()])
def test_the_examples_print_back(text: str) -> None:
    query = parse(text, vocabulary=VOCABULARY, today=date(2024, 6, 1))
    again = parse(print_query(query), vocabulary=VOCABULARY, today=date(2024, 6, 1))
    assert (again.root, again.filters) == (query.root, query.filters)


def test_the_page_names_every_label_section_and_limit() -> None:
    labels = [f"`{name}:`" for label in Label for name in (label.value, label.name.lower())]
    labels += [f"`{name}(…)`" for unit in Unit for name in (unit.value, unit.name.lower())]
    sections = [", ".join((*names, kind.value)) for kind, names in SECTION_NAMES.items()]
    limits = [f"{MAX_CHARS} characters", f"{MAX_CLAUSES} terms", f"it is {NEAR_CHARS}; the most is {MAX_NEAR_CHARS}"]
    assert [missing for missing in labels + sections + limits if missing not in PAGE] == []
