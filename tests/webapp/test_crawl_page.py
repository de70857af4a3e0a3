"""采集状况: everything not fetched is shown with its reason, escaped, and its JSON twin says the same."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webapp.fakes import HOSTILE


def test_the_page_names_hosts_left_alone_and_every_reason(client: FlaskClient) -> None:
    page = client.get("/crawl").get_data(as_text=True)
    assert all(
        words in page for words in ("it answered 503", "robots.txt forbids it", "4 addresses stay queued", "云岫")
    )
    assert HOSTILE not in page


def test_the_twin_gives_times_in_utc(client: FlaskClient) -> None:
    state = client.get("/api/crawl").get_json()
    assert state["runs"][0]["started_at"] == "2024-06-01T01:30:00+00:00"
    assert state["queue"] == {"done": 5, "queued": 4}
    assert state["not_fetched"][0]["why"] == "robots.txt forbids it"


def test_the_twin_refuses_what_it_does_not_know(client: FlaskClient) -> None:
    assert client.get("/api/crawl?page=2").status_code == 400
