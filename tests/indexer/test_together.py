"""Terms that stand together, on every engine: what is found is what looking at every place finds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.analysis import segmenter
from indexer.ask import Question, ask, every
from indexer.evaluate import Evaluator
from indexer.query import And, Node, Not, Or, Scope, Term, Together, Unit
from indexer.searcher import Searcher
from reports.fold import fold, is_traditional
from reports.report import Report, Section, SectionKind, text_sha256
from tests.indexer.made import ENGINES, report, searcher_of
from tests.indexer.meaning import Meaning
from tests.real import json_lines, real_folder

MADE, REAL = 150, 30
QUERIES = 200


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def searcher(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    text = "甲事优先；乙事次之。甲乙并举，各有所成。\n丙事另说。\n甲事再议，丁事亦然。"
    at = text.index("丙")
    sections = (Section("", SectionKind.ACHIEVEMENTS, 0, at), Section("", SectionKind.PROBLEMS, at, len(text)))
    one = report(text, title="己庚年报", sections=sections)
    other = report("落实《法治纲要》。\n依《关于印发〈实施方案〉的通知》办理。", title="辛年报")
    return searcher_of([one, other], tmp_path_factory.mktemp("together"), engine)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("同句(“甲事” “乙事”)", 0),
        ("同句(“甲” “乙”)", 1),
        ("同段(“甲事” “乙事”)", 1),
        ("同段(“甲事” “丙事”)", 0),
        ("同节(“甲事” “丙事”)", 1),
        ("同节(“乙事” “丙事”)", 0),
        ("同句(“己” “庚”)", 1),
        ("同节(“己” “甲”)", 0),
        ("同句(“甲” -“乙”)", 1),
        ("同句(“乙事” -“次之”)", 0),
        ("同段(“丙” -“甲”)", 1),
        ("同句(“乙事” (“甲事” 或 “次之”))", 1),
        ("同段(“先；乙” “并举”)", 1),
        ("同句(“先；乙” “事”)", 0),
        ("近2(“甲事” “乙事”)", 0),
        ("近3(“甲事” “乙事”)", 1),
        ("近3(“乙事” “甲事”)", 1),
        ("近0(“甲” “乙”)", 1),
        ("近0(“甲乙” “乙并”)", 1),
        ("近100(“甲事” “丙事”)", 0),
        ("近(“甲事” (“乙事” 或 “没有”) “先”)", 1),
        ("标题:同句(“己” “年报”)", 1),
        ("标题:同句(“甲” “乙”)", 0),
        ("章节:问题 同句(“甲” “丁”)", 1),
        ("章节:成效 同句(“甲” “丁”)", 0),
        ("-同句(“甲” “乙”)", 1),
        ("《法治纲要》", 1),
        ("〈法治纲要〉", 1),
        ("《纲要》", 0),
        ("《实施方案》", 1),
        ("《法治", 1),
        ("《关于印发《实施方案》的通知》", 1),
    ],
)
def test_terms_stand_together_exactly_so(searcher: Searcher, query: str, total: int) -> None:
    assert ask(Question(query), searcher).total == total


def test_the_terms_of_an_operator_are_counted_and_marked(searcher: Searcher) -> None:
    answer = ask(Question("近3(“甲事” “乙事”)"), searcher)
    assert answer.occurrences == 3
    (hit,) = answer.hits
    assert {piece.text[a:b] for piece in hit.snippets for a, b in piece.marks} == {"甲事", "乙事"}


ALPHABET = "甲乙丙丁 。；！\n，a资讯"


def made_reports(chance: random.Random) -> Iterator[Report]:
    """Short texts of few characters, some in traditional script, with sections that begin anywhere."""
    for number in range(MADE):
        text = "".join(chance.choices(ALPHABET, k=chance.randint(1, 60))).strip() or "甲"
        text = ("資訊機關體制" if number % 4 == 0 else "") + text
        yield report(text, title=chance.choice(["", text[:3].strip(), "甲乙"]), sections=_sections(text, chance))


def real_reports(chance: random.Random) -> Iterator[Report]:
    docs = real_folder() / "docs"
    lines = [*json_lines(docs / "national_work_reports.jsonl.gz"), *json_lines(docs / "govcn_policies_2019.jsonl.gz")]
    for line in chance.sample(lines, min(REAL, len(lines))):
        text = "\n".join(part.strip() for part in line["text"].split("\n") if part.strip())[:1500].strip()
        yield report(text, title=line["title"], sections=_sections(text, chance))


def _sections(text: str, chance: random.Random) -> tuple[Section, ...]:
    cuts = sorted({0, len(text), *chance.choices(range(len(text)), k=chance.randint(0, 3))})
    kinds = [SectionKind.PROBLEMS, SectionKind.PLANS]
    return tuple(Section("", chance.choice(kinds), a, b) for a, b in pairwise(cuts))


def questions(texts: list[str], chance: random.Random) -> Iterator[Node]:
    """Questions with an operator in each, their phrases cut from a text so that they may stand together."""
    for _ in range(QUERIES):
        source = chance.choice(texts)
        begin = chance.randrange(len(source))
        near = source[begin : begin + 80]

        def term(near: str = near) -> Term:
            while True:
                at, length = chance.randrange(len(near)), chance.randint(1, 4)
                text = near[at : at + length].split("\n", maxsplit=1)[0]
                if fold(text) and any(map(str.isalnum, fold(text))):
                    break
                if not any(map(str.isalnum, near)):
                    near = "甲乙"
            scope = chance.choice([Scope.TITLE] + [Scope.ANYWHERE] * 9)
            sections = frozenset({SectionKind.PLANS} if scope is Scope.ANYWHERE and chance.random() < 0.1 else ())
            return Term(text, fold(text), chance.random() < 0.7, scope, sections)

        within = chance.choice([*Unit, *Unit, 0, 3, 10, 30, 100])
        loose = Or((term(), And((term(), term())))) if chance.random() < 0.3 else term()
        parts: list[Node] = [term(), loose]
        if isinstance(within, Unit) and chance.random() < 0.4:
            parts.append(Not(term() if chance.random() < 0.7 else Or((term(), term()))))
        asked: Node = Together(And(tuple(parts)), within)
        yield chance.choice([asked, asked, Not(asked), And((asked, Not(term()))), Or((asked, term()))])


@dataclass(frozen=True)
class Trial:
    """Reports, and what looking at every place finds for each question: all, and those as typed."""

    reports: list[Report]
    expected: list[tuple[Node, frozenset[str], frozenset[str]]]


@cache
def trial(source: Callable[[random.Random], Iterator[Report]]) -> Trial:
    chance = random.Random(25)
    reports = list({text_sha256(fold(each.text)): each for each in source(chance)}.values())
    meaning, nodes = Meaning(reports, segmenter().words), questions([each.text for each in reports], chance)
    return Trial(reports, [(node, meaning.matching(node), meaning.matching(node, exact=True)) for node in nodes])


@pytest.mark.parametrize("source", [made_reports, real_reports])
def test_questions_mean_what_looking_at_every_place_finds(
    engine: str, source: Callable[[random.Random], Iterator[Report]], tmp_path: Path
) -> None:
    asked = trial(source)
    assert source is real_reports or any(is_traditional(each.text) for each in asked.reports)
    searcher = searcher_of(asked.reports, tmp_path, engine)
    assert len(searcher.core.ids) == len(asked.reports)
    evaluator = Evaluator(searcher.core, searcher._reader, searcher.words)
    wrong = []
    for node, loose, exact in asked.expected:
        matched = evaluator.match(node)
        found = [{searcher.core.ids[number] for number in mask.nonzero()[0]} for mask in (matched.all, matched.exact)]
        wrong += [node] if found != [loose, exact] else []
    assert wrong == []
    assert sum(bool(loose) for _, loose, _ in asked.expected) > QUERIES / 2


def test_a_smaller_unit_is_never_wider(searcher: Searcher) -> None:
    for words in ("“甲” “乙”", "“甲” (“丙” 或 “乙”)", "“己” “庚”", "甲事 “丁”"):
        found = [set(every(Question(f"{unit}({words})"), searcher)) for unit in ("同句", "同段", "同节", "")]
        assert found == sorted(found, key=len)
        assert all(one <= other for one, other in pairwise(found))
