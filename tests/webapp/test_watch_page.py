"""The watch page, its twins and its calendar, over invented divisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import feedparser
import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from reports.report import Kind
from reports.watch import State
from tests.webapp.fakes import LIST, FakeLibrary
from webapp.app import create_app
from webapp.ical import LONGEST_LINE, Event, document
from webapp.words import label

KIND = quote(Kind.RULE_OF_LAW)


def got(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_json() if response.is_json else response.text


def states(client: FlaskClient, query: str = "") -> dict[tuple[str, int], str]:
    rows = got(client, f"/api/watch{query}")["rows"]
    return {(row["name"] or row["region"], cell["year"]): cell["state"] for row in rows for cell in row["cells"]}


def test_the_page_says_how_many_in_words_and_what_needs_attention(client: FlaskClient) -> None:
    page = got(client, "/watch")
    assert "2022 年度：" in page
    assert "页面日期 2023-04-12，最后按时日 2023-03-31，逾期 12 天。" in page
    assert "截至 2024-06-01 09:30（北京时间）未见：" in page
    assert f'<a href="{LIST}" rel="nofollow noopener">' in page
    assert "已改动" in page
    assert "《法治政府建设与责任落实督察工作规定》第二十四条" in page
    assert "“未见”只说明" in page


def test_the_json_says_the_same(client: FlaskClient) -> None:
    found = states(client)
    assert found["云岫省临溪市石桥区", 2022] == State.LATE
    assert found["云岫省临溪市白鹭县", 2021] == State.UNSEEN
    assert found["海岬省望潮市", 2020] == State.UNLOOKED
    assert found["云岫省青塘市", 2020] == State.WITHDRAWN
    answer = got(client, "/api/watch")
    assert answer["counts"][1] == {"year": 2022, "punctual": 6, "late": 1, "unlooked": 1}
    assert [each["last_day"] for each in answer["duties"]] == ["03-31"] * 3
    unseen = next(cell for row in answer["rows"] for cell in row["cells"] if cell["state"] == "unseen")
    assert unseen["looks"] == [{"urls": [LIST], "at": "2024-06-01T01:30:00+00:00"}]


def test_the_counts_are_of_the_cells(client: FlaskClient) -> None:
    found = states(client)
    for counts in got(client, "/api/watch")["counts"]:
        year = counts.pop("year")
        assert counts == {
            state: sum(1 for (_, of), each in found.items() if (of, each) == (year, state)) for state in counts
        }
        assert sum(counts.values()) == sum(of == year and each != "outside" for (_, of), each in found.items())


@pytest.mark.parametrize(
    ("query", "who", "years"),
    [
        (
            "?region=临溪市",
            {"云岫省临溪市", "云岫省临溪市白鹭县", "云岫省临溪市石桥区"},
            {2019, 2020, 2021, 2022, 2023},
        ),
        ("?region=970101&year=2021", {"云岫省临溪市白鹭县"}, {2021}),
        ("?state=late", {"云岫省临溪市石桥区"}, {2019, 2020, 2021, 2022, 2023}),
        ("?state=late&year=2021", set(), set()),
        ("?region=999999", set(), set()),
        (f"?kind={quote('统计公报')}", set(), set()),
    ],
)
def test_it_can_be_narrowed(client: FlaskClient, query: str, who: set[str], years: set[int]) -> None:
    found = states(client, query)
    assert {name for name, _ in found} == who
    assert {year for _, year in found} == years
    assert client.get("/watch" + query).status_code == 200


def test_without_a_basis_the_page_says_so(client: FlaskClient) -> None:
    assert "没有依据，就不判断是否按时。" in got(client, "/watch?kind=统计公报")


def test_every_state_has_its_word_and_stands_in_the_grid_as_text(client: FlaskClient) -> None:
    assert all(label("watch_state", state) != state for state in State)
    page = got(client, "/watch")
    for word in ("按时", "未见", "未查看", "已撤下"):
        assert f">{word}" in page[page.index("<table") :]


@pytest.mark.parametrize("path", ["/watch", "/api/watch", "/feed/watch.atom", "/watch.ics"])
def test_what_cannot_be_meant_is_refused_all_at_once(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?kind=x&year=21&region=某某&state=bad&foo=1")
    assert response.status_code == 400
    said = "".join(response.get_json()["problems"]) if response.is_json else response.text
    assert all(name in said for name in ("foo", "kind", "year", "region", "state"))
    if path.endswith(("atom", "ics")):
        assert response.mimetype == "text/plain"


# The feed


def test_the_feed_tells_what_is_late_unseen_or_withdrawn(client: FlaskClient) -> None:
    response = client.get("/feed/watch.atom")
    assert response.mimetype == "application/atom+xml"
    feed = feedparser.parse(response.data)
    assert not feed.bozo
    assert {entry.title for entry in feed.entries} == {
        "云岫省临溪市石桥区 2022 年法治政府建设年度报告：逾期",
        "云岫省临溪市白鹭县 2021 年法治政府建设年度报告：未见",
        "云岫省青塘市 2020 年法治政府建设年度报告：已撤下",
    }
    unseen = next(entry for entry in feed.entries if entry.title.endswith("未见"))
    assert unseen.updated == "2022-03-31T16:00:00Z"
    assert LIST in unseen.summary
    assert len({entry.id for entry in feed.entries}) == 3


def test_the_feed_and_the_calendar_come_once_for_one_who_has_them(client: FlaskClient) -> None:
    for path in ("/feed/watch.atom", "/watch.ics"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_page_leads_to_its_feed(client: FlaskClient) -> None:
    page = got(client, "/watch?region=970100")
    assert f'href="/feed/watch.atom?kind={KIND}&amp;region=970100"' in page
    assert len(feedparser.parse(client.get(f"/feed/watch.atom?kind={KIND}&region=970100").data).entries) == 2


# The calendar


def days(app: Flask, path: str = "/watch.ics") -> list[Any]:
    response = app.test_client().get(path)
    assert response.mimetype == "text/calendar"
    return list(icalendar.Calendar.from_ical(response.data).walk("VEVENT"))


def test_the_calendar_has_one_day_for_all_reports_due_on_it(app: Flask) -> None:
    events = days(app)
    found = {(event.start, str(event["SUMMARY"])) for event in events}
    assert (date(2022, 3, 31), "2021 年度法治政府建设年度报告（政府）：最后按时日，1 份未收录") in found
    assert len({event["UID"] for event in events}) == len(events)
    assert all(event.errors == [] for event in events)


def test_the_next_day_is_in_it_until_every_report_is_in() -> None:
    app = create_app(FakeLibrary(watched_to=0))
    [event] = [event for event in days(app) if event.start == date(2025, 3, 31) and "政府）" in event["SUMMARY"]]
    assert "应报 7 份，尚未收录 7 份：云岫省、临溪市、" in event["DESCRIPTION"]
    assert "第二十四条" in event["DESCRIPTION"]


def test_a_day_on_which_nothing_is_outstanding_is_past(app: Flask) -> None:
    assert [event.start for event in days(app, "/watch.ics?region=970101")] == [date(2022, 3, 31)]


def test_the_same_knowledge_makes_the_same_calendar(app: Flask) -> None:
    first, second = (app.test_client().get("/watch.ics").data for _ in range(2))
    assert first == second


TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@given(TEXT, TEXT)
def test_any_text_comes_back_and_no_line_is_too_long(title: str, text: str) -> None:
    event = Event("urn:x", date(2024, 3, 31), title, text, "http://a.example/", datetime(2024, 1, 1, tzinfo=UTC))
    written = document("日历", (event,))
    assert written.endswith(b"END:VCALENDAR\r\n")
    for line in written.split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode("utf-8")
    [read] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (read["SUMMARY"], read["DESCRIPTION"]) == (_plain(title), _plain(text))


def _plain(text: str) -> str:
    """Without the control characters that no calendar may hold."""
    return "".join(char for char in text if char in "\n\t" or (char >= " " and char != "\x7f"))
