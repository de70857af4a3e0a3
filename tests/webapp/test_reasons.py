"""Reasons in Chinese: none the crawler writes is left out, none that it does not write is kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.reason_examples import EXAMPLES
from webapp.reasons import OTHER, group_title, in_chinese, told, wording_of, wordings

ROOT = Path(__file__).parents[2]
MODULES = (
    *("visits", "endings", "turns", "scope", "articles", "traps", "locate", "addresses", "fetch", "inflate", "robots"),
    *("crawl", "looking", "listing", "warc_files"),
    *(f"extract/{name}" for name in ("wanted", "barriers", "body", "decode", "documents", "pdf", "word", "outline")),
    *(f"extract/{name}" for name in ("feeds", "links", "shown", "bombs", "worker")),
)
# What is called or raised with a reason, and what is returned or kept as one.
CALLED = {"Refused", "Failed", "Left", "Said", "Seen", "Sight", "ReadError", "ListPage", "Unsound"}
CALLED |= {"_give_up", "_try_again", "_decide", "_without_report", "note"}
RETURNING = {"_path_trap", "_query_trap", "trap", "left", "outside", "unwanted_reason", "_why", "_words", "_told"}
NAMED = {"why", "IMAGE_ONLY", "OLD_WORD", "problem", "what"}
TABLES = {"_IPV4_NOT_PUBLIC", "_IPV6_NOT_PUBLIC", "_BINARY"}
# Names of things, which stay what they are in any language.
NAMES = {"robots.txt", "config.toml", "[crawl]", "[regions]", "extra", "project", "contact", "within", "max_pages"}
NAMES |= {
    "PDF",
    "DOCX",
    "docx",
    "xlsx",
    "ofd",
    "zip",
    ".doc",
    "doc",
    "xls",
    "RTF",
    "Word",
    "Office",
    "gzip",
    "XML",
    "MB",
}
NAMES |= {"http", "https", "IPv6", "6to4", "Teredo", "CSS"}


def written() -> Iterator[tuple[str, str]]:
    """Every reason in the crawler's source, as a pattern of what it can become."""
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / "crawler" / f"{module}.py").read_text("utf-8"))):
            yield from ((module, _pattern(said)) for part in _reasons(node, module) for said in _said(part))


def _reasons(node: ast.AST, module: str) -> Iterator[ast.AST]:
    called = CALLED | ({"ValueError"} if module in ("addresses", "locate") else set())
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in called:
            yield from (*node.args, *(each.value for each in node.keywords))
        case ast.FunctionDef(name=name) if name in RETURNING:
            yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMED:
            yield value
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=rows)) if name in TABLES:
            yield from (row.elts[1] for row in rows if isinstance(row, ast.Tuple))
        case ast.ClassDef(name="Barrier", body=body):
            yield from (each.value for each in body if isinstance(each, ast.Assign))


def _said(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The sentences in an expression: not the single words in it, which are names and keys."""
    if isinstance(node, ast.JoinedStr | ast.Constant):
        if " " in "".join(_fixed(node)).strip():
            yield node
    elif not isinstance(node, ast.Call):
        for part in ast.iter_child_nodes(node):
            yield from _said(part)


def _fixed(node: ast.Constant | ast.JoinedStr) -> Iterator[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _pattern(node: ast.Constant | ast.JoinedStr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".*" for each in parts)


def within(reason: str) -> Iterator[str]:
    """A reason and those it quotes."""
    yield reason
    found = wording_of(reason)
    fit = found.pattern.fullmatch(reason) if found else None
    if fit and "why" in fit.groupdict():
        yield from within(fit["why"])


def test_every_reason_the_crawler_writes_has_an_example() -> None:
    patterns = sorted(set(written()))
    assert len(patterns) > 120
    assert [each for each in patterns if not any(re.search(each[1], example) for example in EXAMPLES)] == []


@pytest.mark.parametrize("reason", EXAMPLES)
def test_every_example_becomes_chinese_and_has_a_group(reason: str) -> None:
    found = told(reason)
    assert found.group != OTHER
    assert group_title(found.group)
    assert re.search(r"[\u4e00-\u9fff]", found.text)
    assert found.text != reason


def test_no_chinese_wording_is_left_half_in_english() -> None:
    told_in = (re.sub(r"\{\w+\}", "", each.chinese) for each in wordings())
    assert {word for text in told_in for word in re.findall(r"[\w.\[\]]*[A-Za-z][\w.\[\]]+", text, re.ASCII)} <= NAMES


def test_every_wording_is_met_with_and_none_stands_before_it_in_its_way() -> None:
    met = {wording_of(reason) for example in EXAMPLES for reason in within(example)}
    assert [each.english for each in wordings() if each not in met] == []


def test_a_wording_quotes_only_what_it_finds() -> None:
    for each in wordings():
        assert set(re.findall(r"\{(\w+)\}", each.chinese)) <= set(each.pattern.groupindex), each.english
        assert each.group or "why" in each.pattern.groupindex, each.english


def test_reasons_within_reasons_are_told_and_grouped_by_the_innermost() -> None:
    reason = "attachment http://a.example/b.pdf: it answered 500; asked 4 times"
    assert told(reason).text == "附件 http://a.example/b.pdf：答复 500；问过 4 次，不再问"
    assert told(reason).group == told("it answered 403").group


@pytest.mark.parametrize("reason", ["", "the moon was full", "the moon was full; to be asked again", "{why}", "{0}"])
def test_what_is_not_known_is_shown_as_it_is(reason: str) -> None:
    assert (in_chinese(reason), told(reason).group) == (reason, OTHER)


def test_a_reason_wound_up_by_a_server_is_unwound_only_so_far() -> None:
    wound = "it answered 500" + "; to be asked again" * 2_000
    assert in_chinese(wound) == wound


@given(st.text(), st.sampled_from(EXAMPLES))
def test_whatever_a_server_writes_into_a_reason_is_no_error(text: str, example: str) -> None:
    for reason in (
        text,
        f"attachment http://a.example: {text}",
        f"the report is in an attachment: {text}",
        example + text,
    ):
        assert in_chinese(reason) or not reason
