"""What the documentation says, held against the program: keys, commands, links, answers, pins."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from reports.config import load_config
from reports.crawl_config import SourceConfig
from zhengbao import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted((*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "corpus/demo/README.md"))
COMMANDS = DOCS / "reference/commands.md"
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `([^`|]+)`(?:, `([^`|]+)`)? \|", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SHOWN_IN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]


def parts(page: Path) -> dict[str, str]:
    """The page's text by the code words of its second-level headings; what stands before them under ""."""
    first, *rest = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
    headed = (part.split("\n", 1) for part in rest)
    return {"": first} | {heading.strip("`"): text for heading, text in headed}


def blocks(page: Path, *languages: str) -> Iterator[str]:
    for language, text in FENCE.findall(page.read_text("utf-8")):
        if language in languages:
            yield text


# Configuration


def test_every_configuration_key_is_documented_with_its_default() -> None:
    documented = {
        heading.strip("[]"): dict(_keys(text))
        for heading, text in parts(DOCS / "reference/config.md").items()
        if heading
    }
    written = tomllib.loads((ROOT / "config.toml").read_text("utf-8"))
    of_sources = documented.pop("source")
    del written["source"]
    assert documented == written
    assert of_sources == {each.name: _default(each) for each in dataclasses.fields(SourceConfig)}


def _default(field: dataclasses.Field[Any]) -> object:
    """What a source has where its table is silent; `name` and `urls` must not be."""
    if field.default is dataclasses.MISSING:
        return "" if field.name == "name" else []
    return list(field.default) if isinstance(field.default, tuple) else field.default


def test_every_shipped_source_says_what_supports_it_and_was_never_run() -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    assert re.findall(r"^# .+\n\[\[source\]\]$", text, re.MULTILINE).__len__() == text.count("\n[[source]]") > 2
    assert {source.checked for source in load_config(ROOT / "config.toml").source} == {"never"}


def _keys(text: str) -> Iterator[tuple[str, object]]:
    for line in text.splitlines():
        if line.startswith("| `"):
            _, key, default, *_ = (cell.strip(" `") for cell in line.split("|"))
            yield key, tomllib.loads(f"default = {default}")["default"]


# Commands


def named(command: click.Command) -> str:
    """A command as its heading names it: `import PATHS...`."""
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    names = [(each.name or "").upper() + ("..." if each.nargs == -1 else "") for each in arguments]
    return " ".join((command.name or "", *names))


def options(command: click.Command) -> set[str]:
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts}


def test_every_command_and_option_is_documented() -> None:
    documented = {heading: _options(text) for heading, text in parts(COMMANDS).items()}
    of_all = documented.pop("")
    assert of_all == options(main) | {"--help", "-h"}
    assert documented == {named(command): options(command) for command in main.commands.values()}


def _options(text: str) -> set[str]:
    return {name for row in ROW.findall(text) for name in row if name.startswith("-")}


def test_the_sorts_that_are_documented_are_taken() -> None:
    sorts = re.search(r"^\| `--sort` \| (.*) \|$", COMMANDS.read_text("utf-8"), re.MULTILINE)
    assert sorts
    for sort in re.findall(r"`(\w+)`", sorts[1]):
        _parse(["search", "x", "--sort", sort])


# Command lines


def command_lines() -> list[tuple[str, str]]:
    return [
        (page.relative_to(ROOT).as_posix(), line)
        for page in SHOWN_IN
        for block in blocks(page, "sh", "console", "powershell")
        for line in re.split(r"\n|&&|;", block)
        if line.strip()
    ]


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_every_command_line_shown_can_be_typed(page: str, line: str) -> None:
    words = [word for word in shlex.split(line.replace("\\", "/")) if not re.fullmatch(r"[A-Z]+=\S*", word)]
    program, arguments = words[0].rsplit("/", 1)[-1], words[1:]
    if program == "zhengbao":
        _parse(arguments[: arguments.index(">")] if ">" in arguments else arguments)
    elif program == "make":
        assert set(arguments) <= _targets()
    else:
        assert program in {"python", "python3", "pip"}, f"{page}: nobody knows the program {program}"


def _parse(arguments: list[str]) -> None:
    """Raises click.UsageError for what the program would not take; runs nothing."""
    at = next((at for at, word in enumerate(arguments) if word in main.commands), len(arguments) - 1)
    context = main.make_context("zhengbao", arguments[: at + 1])
    name, rest = arguments[at], arguments[at + 1 :]
    main.commands[name].make_context(name, rest, parent=context)


def _targets() -> set[str]:
    return set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def modules_shown() -> set[str]:
    shown = re.compile(r"python -m ((?:benchmarks|demo)[\w.]*)")
    return {name for page in PAGES for name in shown.findall(page.read_text("utf-8"))}


@pytest.mark.parametrize("module", sorted(modules_shown()))
def test_every_module_shown_can_be_run(module: str) -> None:
    path = ROOT.joinpath(*module.split("."))
    assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


# Links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_lead_to_files(page: Path) -> None:
    links = LINK.findall(FENCE.sub("", page.read_text("utf-8")))
    relative = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in relative if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = DOCS / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text("utf-8")))
    assert listed == {page.name for page in folder.glob("0*.md")}


# JSON and answers


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs the program on a corpus of the fictional reports; gives its stdout."""
    folder = tmp_path_factory.mktemp("docs")
    demo = ROOT / "corpus/demo"

    def run(*arguments: str) -> str:
        asked = ["--config", str(demo / "config.toml"), "--corpus", str(folder / "corpus"), *arguments]
        return CliRunner().invoke(main, asked, catch_exceptions=False).stdout

    run("import", str(demo / "sites"))
    run("build")
    return run


def documented_json(command: str) -> Any:
    found = FENCE.findall(parts(COMMANDS)[command])
    return json.loads(next(text for language, text in found if language == "json"))


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("import PATHS...", ["import", str(ROOT / "corpus/demo/sites"), "--json"]),
        ("search QUERY", ["search", "“每月一题”", "--json"]),
        ("compare VIEW QUERY", ["compare", "matrix", "“每月一题”", "--json"]),
        ("export", ["export", "--query", "“红篷船调解”"]),
        ("status", ["status", "--json"]),
    ],
)
def test_the_documented_json_has_the_keys_of_the_real_one(
    run: Callable[..., str], command: str, arguments: list[str]
) -> None:
    real, documented = json.loads(run(*arguments).splitlines()[0]), documented_json(command)
    assert list(real) == list(documented)
    for name in ("hits", "sections", "failed"):
        if name in documented:
            assert list(real[name][0]) == list(documented[name][0])
    for name, values in documented.get("facets", {}).items():
        assert not values or list(real["facets"][name][0]) == list(values[0])


def answers() -> list[tuple[str, str]]:
    lines = [line for block in blocks(DOCS / "tutorial.md", "answers") for line in block.splitlines()]
    return [(query, said) for query, _, said in (line.strip().partition(" => ") for line in lines)]


@pytest.mark.parametrize(("query", "said"), answers())
def test_the_tutorial_gives_the_answers_one_gets(run: Callable[..., str], query: str, said: str) -> None:
    assert run("search", query).split("\n\n")[0].splitlines()[-1].startswith(said)


def test_the_tutorial_shows_what_the_demo_prints(run: Callable[..., str]) -> None:
    imported = json.loads(run("import", str(ROOT / "corpus/demo/sites"), "--json"))
    status = json.loads(run("status", "--json"))
    text = (DOCS / "tutorial.md").read_text("utf-8")
    assert f"{imported['unchanged']} added, 0 changed, 0 unchanged, {len(imported['failed'])} failed" in text
    assert f"{status['works']} works, {status['works']} indexed" in text


# Versions


def direct_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    return {_distribution(each) for each in wanted}


def test_constraints_are_exact_versions_of_every_direct_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []
    assert pins == sorted(pins, key=str.lower)
    assert direct_dependencies() <= {_distribution(pin) for pin in pins}


def test_every_direct_dependency_is_explained() -> None:
    explained = set(re.findall(r"^\| ([\w-]+) \|", (DOCS / "dependencies.md").read_text("utf-8"), re.MULTILINE))
    assert direct_dependencies() <= {_distribution(each) for each in explained}


def _distribution(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()
