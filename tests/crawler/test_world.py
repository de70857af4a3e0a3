"""The world that politeness is measured in keeps its own promises."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract.page import Given
from crawler.extract.reader import read_bytes
from reports.config import load_config
from reports.regions import load_regions
from reports.report import Kind
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs
from tests.crawler.world_log import Seen
from tests.crawler.world_pages import LIST_PATH, lines_of, path_of, title_of


@pytest.fixture
def world() -> Iterator[World]:
    with World(sites=2, pages_per_site=45) as world:
        yield world


def ask(world: World, path: str, at: int = 0, **headers: str) -> tuple[int, bytes, str]:
    """Status, body and ETag; status 0 where no whole answer came."""
    connection = http.client.HTTPConnection(*_address(world, at), timeout=5)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("ETag", "")
    except (http.client.HTTPException, ConnectionError):
        return 0, b"", ""
    finally:
        connection.close()


def _address(world: World, at: int) -> tuple[str, int]:
    host, _, port = world.connect_to[at].partition("=")[2].partition(":")
    return host, int(port)


def seen(began_s: float, ended_s: float, path: str = "/", host: str = "www.w00.gov.example") -> Seen:
    return Seen(host, path, began_s, ended_s, 0.0, 200, 0)


def test_the_columns_lead_to_every_report_of_the_host(world: World) -> None:
    first = ask(world, LIST_PATH)[1].decode()
    pages = int(re.findall(r"createPageHTML\((\d+)", first)[0])
    lists = [first, *(ask(world, f"{LIST_PATH}index_{page}.html")[1].decode() for page in range(1, pages))]
    found = re.findall(r'href="(/fzzf/[^"]+)">([^<]+)<', "".join(lists))
    assert found == [(path_of(number), title_of("www.w00.gov.example", number)) for number in range(45)]
    assert ask(world, f"{LIST_PATH}index_{pages}.html")[0] == 404


def test_its_reports_are_read_whole(world: World) -> None:
    regions = load_regions(())
    for number in (0, 9, 44):
        body = ask(world, path_of(number))[1]
        report = read_bytes(body, html=True, origin="x", given=Given(), regions=regions)
        assert report.title == title_of("www.w00.gov.example", number)
        assert report.kind == Kind.RULE_OF_LAW
        assert report.year == 2015 + number % 10
        assert report.published is not None
        assert tuple(report.text.split("\n")) == lines_of("www.w00.gov.example", number)
        assert not report.quality
        assert len(re.findall(r"[一-鿿]", report.text)) >= 300


def test_no_two_reports_are_alike() -> None:
    told = [(f"www.w{at:02}.gov.example", number) for at in range(5) for number in range(300)]
    assert len({title_of(*each) for each in told}) == len(told)
    assert len({lines_of(*each) for each in told}) == len(told)
    paragraphs = [line for host, number in told[:300] for line in lines_of(host, number) if len(line) > 25]
    assert len(set(paragraphs)) == len(paragraphs)


def test_a_visit_counter_changes_the_bytes_and_not_the_text(world: World) -> None:
    first, second = (ask(world, path_of(3))[1] for _ in range(2))
    texts = {
        read_bytes(body, html=True, origin="x", given=Given(), regions=load_regions(())).text
        for body in (first, second)
    }
    assert first != second
    assert len(texts) == 1


def test_a_changed_page_has_another_text_and_another_etag(world: World) -> None:
    _, before, etag = ask(world, path_of(3))
    assert ask(world, path_of(3), If_None_Match=etag) == (304, b"", etag)
    world.knobs.editions[path_of(3)] = 1
    status, after, other = ask(world, path_of(3), If_None_Match=etag)
    assert (status, other != etag) == (200, True)
    assert lines_of("www.w00.gov.example", 3, 1)[2] in after.decode()
    assert lines_of("www.w00.gov.example", 3, 1)[2] not in before.decode()


def test_without_validators_a_page_is_always_sent(world: World) -> None:
    etag = ask(world, path_of(3))[2]
    world.knobs.validators = False
    assert ask(world, path_of(3), If_None_Match=etag)[::2] == (200, "")


def test_what_is_turned_for_one_host_is_not_turned_for_another(world: World) -> None:
    world.knobs.status[f"www.w01.gov.example{path_of(1)}"] = 410
    world.knobs.robots["www.w01.gov.example"] = 503
    assert [ask(world, path_of(1), at)[0] for at in (0, 1)] == [200, 410]
    assert [ask(world, "/robots.txt", at)[0] for at in (0, 1)] == [200, 503]


@pytest.mark.parametrize(("fault", "status"), [("500", 500), ("drop", 0), ("torn", 0)])
def test_faults_come_as_often_as_asked_and_never_to_robots(world: World, fault: str, status: int) -> None:
    world.knobs = Knobs(error_rate=1.0, faults=(fault,))
    assert ask(world, path_of(0))[0] == status
    assert ask(world, "/robots.txt")[0] == 200


def test_every_request_is_written_down(world: World, tmp_path: Path) -> None:
    world.knobs.slow_s[path_of(2)] = 0.05
    ask(world, path_of(2), 1, User_Agent="Zhengbao")
    ask(world, "/nothing")
    world.save_log(tmp_path / "log.jsonl")
    first, second = (json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines())
    assert (first["host"], first["path"], first["agent"]) == ("www.w01.gov.example", path_of(2), "Zhengbao")
    assert first["ended_s"] - first["began_s"] >= 0.05
    assert abs(first["at"] - time.time()) < 60
    assert second["status"] == 404


def test_a_request_that_was_given_up_is_written_down_as_unanswered(world: World) -> None:
    world.knobs.slow_s[path_of(0)] = 60
    with socket.create_connection(_address(world, 0)) as asker:
        asker.sendall(f"GET {path_of(0)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.05)
    deadline = time.monotonic() + 5
    while not world.seen and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [each.status for each in world.seen] == [0]


SOON = [
    ("far enough apart", [seen(0, 1), seen(2, 3)], "end", 0),
    ("sooner after the end", [seen(0, 1), seen(1.5, 3)], "end", 1),
    ("far enough from the begin", [seen(0, 1), seen(1.5, 3)], "begin", 0),
    ("overlapping", [seen(0, 3), seen(2, 4)], "begin", 1),
    ("overlapping one before the last", [seen(0, 9), seen(10, 30), seen(12, 13), seen(14, 15)], "begin", 2),
    ("another host", [seen(0, 3), seen(2, 4, host="www.w01.gov.example")], "end", 0),
    ("not written down in order", [seen(2, 3), seen(0, 1)], "end", 0),
]


@pytest.mark.parametrize(("what", "requests", "since", "count"), SOON, ids=[row[0] for row in SOON])
def test_what_comes_too_soon_is_found(world: World, what: str, requests: list[Seen], since: str, count: int) -> None:
    world.seen[:] = requests
    assert len(world.violations(1.0, since=since)) == count


def test_an_asker_that_waits_breaks_nothing_and_one_that_does_not_is_found(world: World) -> None:
    for _ in range(3):
        ask(world, LIST_PATH)
        time.sleep(0.03)
    assert world.violations(0.03) == []
    askers = [threading.Thread(target=ask, args=(world, LIST_PATH)) for _ in range(4)]
    world.knobs.latency_s = 0.05
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    assert len([each for each in world.violations(0.0) if each.gap_s < 0]) == 3


def test_what_robots_forbids_is_found(world: World) -> None:
    ask(world, "/admin/preview_0.html")
    ask(world, LIST_PATH)
    assert [each.path for each in world.forbidden()] == ["/admin/preview_0.html"]
    world.knobs.robots["www.w00.gov.example"] = "User-agent: *\nDisallow:\n"
    assert world.forbidden() == []


def test_its_config_is_one_that_loads(world: World, tmp_path: Path) -> None:
    path = world.config_toml(tmp_path / "config.toml", 0.1, crawl='hours = "00:00-23:59"', source='take = "年度报告"')
    config = load_config(path, required=True)
    assert config.crawl.delay_s == 0.1
    assert config.crawl.connect_to == world.connect_to
    assert [source.name for source in config.source] == list(world.hosts)
    assert config.corpus.path.parent == tmp_path


def test_nothing_listens_when_it_is_closed() -> None:
    with World(sites=1) as world:
        address = _address(world, 0)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=5)
