"""The names of tables of one question: rows, a dash, columns."""

from __future__ import annotations

from enum import StrEnum

from compare.scales import Axis


class By(StrEnum):
    """What a table has as rows and as columns."""

    REGION_YEAR = "region-year"
    REGION_TOPIC = "region-topic"
    REGION_KIND = "region-kind"
    TOPIC_YEAR = "topic-year"
    SECTION_YEAR = "section-year"

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """Rows and columns.

        >>> By.TOPIC_YEAR.axes == (Axis.TOPIC, Axis.YEAR)
        True
        """
        rows, _, columns = self.value.partition("-")
        return Axis(rows), Axis(columns)
