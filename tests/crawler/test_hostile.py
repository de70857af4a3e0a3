"""Markup built to exhaust a reader is refused, or read, in bounded time."""

from __future__ import annotations

import time

import pytest

from crawler.extract.body import read_html, read_text
from crawler.extract.decode import MAX_BYTES
from reports.errors import ReadError

PROSE = "<p>各部门按照要求开展工作，全年办结事项一千二百件，群众满意度持续提升，较上年提高三个百分点。</p>" * 3
SECONDS = 20.0


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<p " + " ".join(f'a{n}="x"' for n in range(200_000)) + ">" + PROSE, "thousands of attributes"),
        ("<div>" * 100_000 + PROSE + "</div>" * 100_000, "tags within one another"),
        ("<font>" * 100_000 + PROSE, "tags within one another"),
        ("<table><tr><td>" * 30_000 + PROSE, "tags within one another"),
        ("<div>" + "（" * 1_000_000 + "</div>", "no body"),
        ("字" * (MAX_BYTES + 1), "larger than the limit"),
    ],
    ids=["attributes", "depth", "unclosed", "tables", "brackets", "size"],
)
def test_a_bomb_is_refused_with_its_reason(html: str, why: str) -> None:
    started = time.monotonic()
    with pytest.raises(ReadError, match=why):
        read_html(html)
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 50_000,
        "<br>" * 100_000,
        "<a name=x>" * 50_000,
        "<p>" + " " * 3_000_000,
        "<!--x-->" * 100_000,
        "\0" * 100_000,
    ],
    ids=["unclosed paragraphs", "breaks", "anchors", "spaces", "comments", "zeros"],
)
def test_clumsy_markup_does_not_hide_the_text(html: str) -> None:
    started = time.monotonic()
    assert len(read_html(html + PROSE).paragraphs) == 3
    assert time.monotonic() - started < SECONDS


def test_an_image_written_into_its_tag_is_no_bomb() -> None:
    image = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 100_000}==">'
    assert len(read_html(image + PROSE).paragraphs) == 3


def test_a_text_of_one_endless_line_is_read() -> None:
    assert len(read_text("工作有序开展，" * 300_000).paragraphs) == 1
