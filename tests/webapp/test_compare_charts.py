"""Charts are pure functions from numbers to places on paper."""

from __future__ import annotations

import doctest
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from flask import Flask, render_template
from hypothesis import given
from hypothesis import strategies as st

import webapp.chart_cells
import webapp.charts
from webapp.chart_cells import Box, BoxRow, Fill, cell_chart, shade_of
from webapp.chart_dots import First, Known, dot_chart
from webapp.chart_lines import Reading, Series, line_chart
from webapp.charts import MOST_LINES, apart, nice_ticks, shortened, text_px, wrapped

YEARS = st.lists(st.tuples(st.integers(1950, 2030), st.none() | st.floats(0, 1e6)), max_size=30)


@pytest.mark.parametrize("module", [webapp.charts, webapp.chart_cells])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def series(*values: float | None) -> Series:
    return Series("甲", tuple(Reading(2020 + at, value) for at, value in enumerate(values)))


def test_a_year_that_is_not_held_breaks_the_line() -> None:
    (line,) = line_chart("", "", "", [series(1, 2, None, 3, 4)]).lines
    assert len(line.strokes) == 2
    assert len(line.points) == 4


def test_a_year_that_is_left_out_breaks_the_line_too() -> None:
    readings = (Reading(2020, 1), Reading(2021, 1), Reading(2024, 1), Reading(2025, 1))
    (line,) = line_chart("", "", "", [Series("甲", readings)]).lines
    assert len(line.strokes) == 2


def test_nothing_is_drawn_at_the_place_of_a_gap() -> None:
    chart = line_chart("", "", "", [series(0, None, 0)])
    assert chart.lines[0].strokes == ()
    assert {point.y for point in chart.lines[0].points} == {chart.bottom}


def test_a_step_holds_until_the_next_year() -> None:
    (line,) = line_chart("", "", "", [series(1, 3)], steps=True).lines
    assert [part for part in line.strokes[0] if part.isalpha()] == ["M", "H", "V"]


def test_lines_differ_by_shape_and_stroke_and_too_many_are_counted() -> None:
    chart = line_chart("", "", "", [series(1, 2)] * (MOST_LINES + 3))
    assert len({(line.shape, line.dash) for line in chart.lines}) == MOST_LINES
    assert chart.left_out == 3


@given(st.lists(YEARS, max_size=8))
def test_every_mark_and_label_stands_on_the_paper(many: list[list[tuple[int, float | None]]]) -> None:
    lines = [Series("临溪市白鹭县", tuple(Reading(*each) for each in sorted(dict(one).items()))) for one in many]
    chart = line_chart("", "", "", lines)
    for line in chart.lines:
        assert all(chart.left <= point.x <= chart.right for point in line.points)
        assert all(0 <= point.y <= chart.bottom for point in line.points)
        assert 0 <= line.label_y <= chart.height
    labels = sorted(line.label_y for line in chart.lines)
    assert all(later - earlier >= 17 for earlier, later in pairwise(labels))


@given(st.floats(0.001, 1e9))
def test_ticks_are_few_and_reach_the_highest(highest: float) -> None:
    ticks = nice_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert 2 <= len(ticks) <= 7


@given(st.lists(st.floats(0, 300), max_size=12))
def test_labels_keep_their_order(wanted: list[float]) -> None:
    found = apart(wanted, 18, 0, 300)
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    assert [found[number] for number in order] == sorted(found)


@given(st.text(max_size=60), st.floats(20, 400))
def test_what_is_shortened_or_wrapped_has_room(text: str, most: float) -> None:
    assert text_px(shortened(text, most)) <= most or shortened(text, most) == "…"
    assert "".join(wrapped(text, most)) == text


def test_a_dot_tells_how_well_its_year_is_known() -> None:
    firsts = [First("甲", 2020, Known.LEFT), First("乙", 2022, Known.INTERVAL, 2020), First("丙", 2022)]
    left, interval, exact = dot_chart("", "", firsts).dots
    assert left.tail_x is not None
    assert left.tail_x < left.x
    assert interval.tail_x == left.x
    assert exact.tail_x is None
    assert left.y < interval.y < exact.y


def test_shades_grow_with_the_share_of_the_highest() -> None:
    shades = [shade_of(value, 50) for value in range(51)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[50]) == (0, 1, 5)


def test_a_drawing_that_stands_alone_is_xml_with_title_words_and_whole_addresses(app: Flask) -> None:
    boxes = (Box("12", 3, href="/x?a=1&b=2"), Box("未收录", 0, Fill.MISSING), Box("<—>", 0, Fill.OUTSIDE))
    charts = (
        cell_chart("表 & 名", "说明", ["2020", "2021", "2022"], [BoxRow("甲", 0, boxes)]),
        dot_chart("点", "说明", [First("甲", 2020, Known.LEFT, said="甲：2020", href="/y")]),
        line_chart("线", "说明", "次", [series(1, None, 2)]),
    )
    for chart in charts:
        with app.test_request_context():
            svg = render_template(
                "chart.svg", chart=chart, title=chart.title, notes=("注",), base="http://a", note_px=11
            )
        root = ET.fromstring(svg)
        said = "".join(root.itertext())
        assert chart.title in said
        assert chart.desc in said
        assert "style" not in svg
        links = [each.get("href") for each in root.iter("{http://www.w3.org/2000/svg}a")]
        assert all(link and link.startswith("http://a/") for link in links)
