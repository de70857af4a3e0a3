"""The commands of the crawler as a person meets them: on the shipped configuration, and on the fictional web."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from demo.web import FictionalWeb
from reports.config import load_config
from zhengbao import main

ROOT = Path(__file__).parents[1]
HOST = "www.moudi.gov.example"
LIST = "http://www.tangpu.gov.example/fzzf/"


def run(*arguments: str | Path, say: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=say)


@pytest.fixture(scope="module")
def web() -> Iterator[FictionalWeb]:
    with FictionalWeb() as web:
        yield web


def configuration(folder: Path, connect_to: tuple[str, ...], more: str = "") -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[corpus]\npath = "corpus"\n[regions]\nextra = ["{ROOT}/corpus/demo/divisions.csv"]\n'
        '[crawl]\nproject = "http://a.example/"\ncontact = "a@a.example"\ndelay_s = 0.0\n'
        f"connect_to = {json.dumps(list(connect_to))}\n{more}",
        "utf-8",
    )
    return file


@pytest.fixture
def file(tmp_path: Path, web: FictionalWeb) -> Path:
    return configuration(tmp_path, web.connect_to)


# The configuration as it is shipped


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **_: object) -> NoReturn:
        raise AssertionError(f"the network was asked: {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.mark.usefixtures("no_network")
def test_a_dry_run_of_the_shipped_sources_explains_each_and_asks_nobody(tmp_path: Path) -> None:
    told = run("--config", ROOT / "config.toml", "--corpus", tmp_path / "none", "crawl", "--dry-run")
    assert told.exit_code == 0
    assert told.stdout.startswith("[crawl] project and contact are missing")
    for source in load_config(ROOT / "config.toml").source:
        (part,) = re.findall(rf"^{source.name}\n((?:  .+\n)+)", told.stdout, re.MULTILINE)
        assert all(words in part for words in (source.urls[0], *source.kinds, f"({source.region})", "never looked at"))
        assert "due now" in part
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "arguments",
    [["crawl"], ["crawl", "--due"], ["crawl", "--json"], ["sources", "--check"], ["add", "http://www.example.org/"]],
)
def test_without_project_and_contact_nobody_is_asked_and_it_says_so(arguments: list[str], tmp_path: Path) -> None:
    told = run("--config", ROOT / "config.toml", "--corpus", tmp_path / "none", *arguments)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "[crawl] project and contact are missing" in told.stderr
    assert not (tmp_path / "none").exists()


# Adding, checking, crawling: the way of docs/how-to/add-a-source.md


def test_from_an_address_to_its_reports(file: Path) -> None:
    declined = run("--config", file, "add", LIST, say="n\n")
    assert (declined.exit_code, load_config(file).source) == (0, ())
    agreed = run("--config", file, "add", LIST, say="y\n")
    assert agreed.exit_code == 0, agreed.stderr
    assert "takes   棠浦区人民政府2024年度法治政府建设情况报告" in agreed.stdout
    assert [source.name for source in load_config(file).source] == ["棠浦区"]
    again = run("--config", file, "add", "--yes", LIST)
    assert (again.exit_code, "is a list of the source '棠浦区' already" in again.stderr) == (1, True)

    checked = run("--config", file, "sources", "--check")
    assert checked.exit_code == 0
    assert checked.stdout == "棠浦区: answers, 5 of 6 links would be taken (robots.txt allows it)\n"
    crawled = run("--config", file, "crawl", "--source", "棠浦区", "--json")
    summary = json.loads(crawled.stdout)
    assert list(summary) == documented("crawl")
    assert summary["added"] == 8
    assert "last answered 20" in run("--config", file, "sources").stdout

    second = run("--config", file, "crawl", "--due")
    assert second.exit_code == 0
    assert second.stdout == "0 requests: 0 added, 0 changed, 0 unchanged\n"
    assert re.fullmatch(r"nothing is due before \d{4}-\d\d-\d\d \d\d:\d\d \(棠浦区\)\n", second.stderr)
    unknown = run("--config", file, "crawl", "--source", "某区")
    assert (unknown.exit_code, unknown.stderr) == (1, "zhengbao: no source is called '某区'; known: 棠浦区\n")
    assert run("--config", file, "crawl", "--limit", "0").exit_code == 2


def documented(command: str) -> list[str]:
    """The keys of the JSON that stands under a command's heading."""
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8").split(f"## `{command}`")[1]
    return list(json.loads(re.split(r"```(?:json)?\n", text)[1]))


def test_what_a_crawl_left_queued_is_taken_up_though_nothing_is_due(file: Path) -> None:
    run("--config", file, "add", "--yes", LIST)
    first = json.loads(run("--config", file, "crawl", "--limit", "3", "--json").stdout)
    assert re.fullmatch(r"www\.tangpu\.gov\.example: \d addresses stay queued for the next crawl", first["notes"][0])
    second = json.loads(run("--config", file, "crawl", "--due", "--json").stdout)
    assert second["added"] == 8 - first["added"] > 0


@pytest.mark.parametrize(
    ("sources", "arguments", "said"),
    [
        ("", ["crawl"], "there is no [[source]] in the configuration"),
        ("", ["crawl", "--dry-run"], "there is no [[source]] in the configuration"),
        ("", ["sources"], "there is no [[source]] in the configuration"),
        ("off", ["crawl"], "every [[source]] is disabled"),
    ],
)
def test_without_sources_it_says_so(sources: str, arguments: list[str], said: str, tmp_path: Path) -> None:
    more = f'[[source]]\nname = "停"\nurls = ["{LIST}"]\nenabled = false\n' if sources else ""
    told = run("--config", configuration(tmp_path, (), more), *arguments)
    assert told.exit_code == 1
    assert said in told.stderr


def test_a_disabled_source_is_listed_and_crawled_only_by_name(tmp_path: Path) -> None:
    more = f'[[source]]\nname = "停"\nurls = ["{LIST}"]\nenabled = false\n'
    file = configuration(tmp_path, (), more)
    assert "checked by a person: never; disabled" in run("--config", file, "sources").stdout
    assert "due now" in run("--config", file, "crawl", "--source", "停", "--dry-run").stdout


# Places that do not give what was hoped for

LOGIN = (
    "<html><head><title>统一身份认证</title></head><body><form action='/sso/login'>"
    "用户名<input name=username>密码<input type=password></form></body></html>"
)
REPORTS = "".join(
    f"<li><a href='/a/{year}.html'>棠浦区{year}年法治政府建设年度报告</a><span>{year + 1}-03-01</span></li>"
    for year in range(2019, 2025)
)
PAGES = {
    "/robots.txt": (200, "User-agent: *\nDisallow: /forbidden/\n"),
    "/list/": (200, f"<html><body><ul>{REPORTS}</ul></body></html>"),
    "/forbidden/": (200, f"<html><body><ul>{REPORTS}</ul></body></html>"),
    "/gone/": (404, "gone"),
    "/moved/": (301, "/list/"),
    "/refresh/": (200, "<html><head><meta http-equiv=refresh content='0;url=/list/'></head><body></body></html>"),
    "/round/": (302, "/round2/"),
    "/round2/": (302, "/round/"),
    "/secret/": (302, "/sso/login"),
    "/login/": (200, LOGIN),
    "/challenge/": (412, "<html><head><script>var __jsl_clearance='x'</script></head><body></body></html>"),
    "/empty/": (200, "<html><body><p>建设中</p></body></html>"),
}


class _Odd(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = PAGES.get(self.path, (404, ""))
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", body)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Not a word."""


@pytest.fixture(scope="module")
def odd() -> Iterator[tuple[str, ...]]:
    """Where a site of odd pages is connected to."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield (f"{HOST}=127.0.0.1:{server.server_port}",)
        server.shutdown()
        thread.join()


SAID = {
    "/list/": "answers, 6 of 6 links would be taken (robots.txt allows it)",
    "/moved/": f"moved to http://{HOST}/list/; put that into the configuration; answers, 6 of 6 links would be taken",
    "/refresh/": f"moved to http://{HOST}/list/; put that into the configuration; answers, 6 of 6",
    "/forbidden/": "robots.txt forbids it",
    "/gone/": "it answered 404",
    "/round/": "it leads on and on",
    "/secret/": "it leads on to a login",
    "/login/": "a login",
    "/challenge/": "it answered 412 Precondition Failed, an anti-bot challenge",
    "/empty/": "no links were found",
}


def test_a_check_names_what_is_wrong_with_each_source(tmp_path: Path, odd: tuple[str, ...]) -> None:
    tables = "".join(f'[[source]]\nname = "{path}"\nurls = ["http://{HOST}{path}"]\n' for path in SAID)
    told = run("--config", configuration(tmp_path, odd, tables), "sources", "--check")
    assert told.exit_code == 1
    lines = dict(line.split(": ", 1) for line in told.stdout.splitlines())
    assert {path: said for path, said in SAID.items() if said not in lines[path]} == {}


@pytest.mark.parametrize("path", ["/forbidden/", "/challenge/", "/secret/"])
def test_nothing_is_proposed_where_nothing_could_be_read(path: str, tmp_path: Path, odd: tuple[str, ...]) -> None:
    file = configuration(tmp_path, odd)
    before = file.read_bytes()
    told = run("--config", file, "add", "--yes", f"http://{HOST}{path}")
    assert (told.exit_code, told.stdout) == (1, "")
    assert SAID[path] in told.stderr
    assert told.stderr.count("\n") == 1
    assert file.read_bytes() == before


def test_a_list_that_moved_is_proposed_where_it_is_now(tmp_path: Path, odd: tuple[str, ...]) -> None:
    file = configuration(tmp_path, odd)
    assert "nothing was written" in run("--config", file, "add", "--dry-run", f"http://{HOST}/list/").stderr
    assert load_config(file).source == ()
    assert run("--config", file, "add", "--yes", f"http://{HOST}/moved/").exit_code == 0
    (source,) = load_config(file).source
    assert (source.urls, source.region, source.checked) == ((f"http://{HOST}/list/",), "990102", "never")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://a.example/", "not an http address"),
        ("a.example/list", "not an http address"),
        ("http://[", "not an http address"),
        ("http://intranet/", "a name of a local network"),
        ("http://127.0.0.1/", "127.0.0.1 is this machine itself"),
        ("http://me@www.moudi.gov.example/", "holds a user name or password"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused_in_one_line(url: str, said: str, tmp_path: Path) -> None:
    told = run("--config", configuration(tmp_path, ()), "add", url)
    assert told.exit_code == 1
    assert said in told.stderr
    assert told.stderr.count("\n") == 1
