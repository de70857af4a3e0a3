"""`zhengbao compare`: each view as a table, as JSON, as files; the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from compare.present import table_lines
from compare.sheet import Format, Note, Sheet, SheetColumn
from reports.report import Report, report_id
from reports.store import Store
from tests.indexer.made import report
from zhengbao import main

VIEWS = ("matrix", "concordance", "first", "trend", "wordlist")


def made(code: str, year: int, text: str) -> Report:
    url = f"https://www.example.gov.cn/{code}/{year}.html"
    return replace(report(text, url=url), id=report_id(url, text), region_code=code, year=year)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare") / "corpus"
    with Store(folder) as store:
        for code in ("431222", "431200"):
            for year in (2020, 2021, 2022):
                said = "推行“每月一题”，解决率86.52%。" if year > 2020 else "办好民生实事。"
                store.put(made(code, year, said * (year - 2019) + f"\n{code}的{year}年。"))
    assert CliRunner().invoke(main, ["--corpus", str(folder), "build"]).exit_code == 0
    return folder


def run(corpus: Path, *arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--corpus", str(corpus), "compare", *map(str, arguments)], input=given)


def asked(view: str) -> tuple[str, ...]:
    return (view, "--list", "-") if view == "wordlist" else (view, "“每月一题”")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_table_that_says_what_it_was_made_of(corpus: Path, view: str) -> None:
    result = run(corpus, *asked(view), given="每月一题\n")
    assert result.exit_code == 0, result.stderr
    for said in ("对照：法治政府建设年度报告", "收录：筛选条件之内收录 6 份", "口径：", "程序：政报"):
        assert said in result.stdout


@pytest.mark.parametrize("view", VIEWS)
def test_json_is_one_object_alone_on_stdout(corpus: Path, view: str) -> None:
    result = run(corpus, *asked(view), "--json", given="每月一题\n")
    found = json.loads(result.stdout)
    assert list(found) == ["view", "query", "understood", "heading", "notes", "coverage", "tables", "made"]
    assert (found["view"], found["coverage"]["works"]) == (view, 6)
    assert all(set(table) == {"name", "title", "notes", "columns", "rows", "footnotes"} for table in found["tables"])


def test_table_json_and_files_have_the_same_numbers(corpus: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"a.{form}" for form in ("csv", "xlsx")]
    result = run(corpus, "matrix", "“每月一题”", "--csv", files[0], "--xlsx", files[1], "--json")
    table = json.loads(result.stdout)["tables"][0]
    row = next(row for row in table["rows"] if row[1] == "431222")
    by_year = dict(zip((column["heading"] for column in table["columns"]), row, strict=True))
    assert (by_year["2020年"], by_year["2021年"], by_year["2022年"], by_year["合计"]) == (0, 2, 3, 5)
    lines = list(csv.reader(io.StringIO(files[0].read_bytes().decode("utf-8-sig"))))
    assert [str(each) for each in row] in lines
    book = load_workbook(files[1])
    assert row in [list(each) for each in book["次数"].iter_rows(values_only=True)]
    assert result.stderr.count("written: ") == 2


def test_figures_are_given_as_published(corpus: Path) -> None:
    result = run(corpus, "matrix", "“解决率”", "--measure", "figures", "--region", "沅陵县", "--json")
    assert "86.52%；86.52%" in json.dumps(json.loads(result.stdout)["tables"][0], ensure_ascii=False)


def test_sentences_become_a_document(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    assert run(corpus, "concordance", "“每月一题”", "--beside", "沅陵县", "--docx", file).exit_code == 0
    assert file.read_bytes()[:2] == b"PK"
    assert run(corpus, "matrix", "“每月一题”", "--docx", file).exit_code == 2


def test_a_trend_takes_further_phrases_and_places(corpus: Path) -> None:
    result = run(corpus, "trend", "每月一题", "--phrase", "民生", "--beside", "沅陵县", "--beside", "431200", "--json")
    assert len(json.loads(result.stdout)["tables"][0]["rows"]) == 4


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("matrix", "x", "--region", "火星", "--year", "2024-2020", "--preset", "moons"), 1, ("火星", "2024", "moons")),
        (("concordance", "x", "--beside", "火星", "--beside", "木星"), 1, ("火星", "木星")),
        (("matrix", ""), 1, ("没有要比较的词语",)),
        (("wordlist",), 2, ("--list",)),
        (("timeline", "x"), 2, ("timeline",)),
        (("matrix", "x", "--measure", "weight"), 2, ("weight",)),
    ],
)
def test_what_cannot_be_meant_is_told_at_once(
    corpus: Path, arguments: tuple[str, ...], status: int, said: tuple[str, ...]
) -> None:
    result = run(corpus, *arguments)
    assert result.exit_code == status
    assert [each for each in said if each not in result.stderr] == []
    assert "Traceback" not in result.output


def test_a_list_that_is_too_long_is_refused(corpus: Path) -> None:
    result = run(corpus, "wordlist", "--list", "-", given="\n".join(f"词语{number}" for number in range(10_000)))
    assert result.exit_code == 1
    assert "最多 200 行" in result.stderr


def test_columns_of_a_table_stand_under_each_other_in_a_terminal() -> None:
    columns = (SheetColumn("地区"), SheetColumn("次", Format.WHOLE), SheetColumn("空"))
    rows = (("白鹭县", 12, None), ("石桥区人民政府办公室及其所属的各个部门和派出机构都在这里", 1234, None))
    lines = list(table_lines(Sheet("表", "表", columns, rows, (Note("收录", "2 份"),))))
    assert lines[0] == "表"
    assert "空" not in lines[2]
    assert lines[3].endswith("   12")
    assert "…" in lines[4]
    assert lines[4].endswith("1,234")
    assert lines[-1] == "收录：2 份"
