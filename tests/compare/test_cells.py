"""What one figure knows of what it was counted from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compare.cells import Cell, Measure
from compare.matrix import SHAPES, matrix
from reports.report import Kind
from tests.compare.grounds import asked_of, ground_of, said


def test_titles_have_reports_and_shares_but_no_occurrences(tmp_path: Path) -> None:
    reports = [
        said("每月一题。", number, region_code="330100", year=year, kind=Kind.WORK, title=title)
        for number, (year, title) in enumerate([(2020, "每月一题报告"), (2021, "别的报告")])
    ]
    ground = ground_of(reports, tmp_path)
    found = matrix(ground, asked_of(ground, "标题:每月一题", years=[2020, 2021]), *SHAPES[0])
    shown = {measure: [found.cell(-1, at).value(measure) for at in (0, 1)] for measure in Measure}
    assert shown[Measure.OCCURRENCES] == shown[Measure.RATE] == [None, None]
    assert shown[Measure.SHARE] == [1, 0]
    assert np.isnan(found.counts.values(Measure.OCCURRENCES)).all()


@pytest.mark.parametrize(
    ("cell", "partial"),
    [
        (Cell(held=2, matching=1, occurrences=1, chars=9, missing=1), True),
        (Cell(held=2, chars=9, missing=1), True),
        (Cell(held=2, matching=1, occurrences=1, chars=9), False),
        (Cell(held=2, missing=1), False),
        (Cell(missing=1), False),
    ],
)
def test_a_figure_of_held_reports_knows_that_further_ones_are_expected(cell: Cell, partial: bool) -> None:
    assert cell.partial is partial
