"""Who is expected to report, from which year on, and which sources would show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.annuals import reporter_name
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.expected import duty
from reports.regions import COUNTRY
from reports.report import Body, Kind


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who publishes one annual report a year: a division's government (`name` ""), or a department or town of it."""

    kind: Kind
    body: Body
    region_code: str
    name: str = ""

    @property
    def is_street_office(self) -> bool:
        """Whether it is a 街道办事处, which is no level of government."""
        return self.body is Body.TOWN and "街道" in self.name


def first_years(held: Mapping[Reporter, Iterable[int]], config: Config) -> dict[Reporter, int]:
    """Everyone expected, with the first report year expected of them.

    A government, and whoever a source names, from the first year there is a duty; a department or town that is
    known by its reports alone, from the first of them: since when it has existed is not known.
    """
    found = {reporter: _duty_year(reporter) for source in config.source for reporter in _named_by(source)}
    for reporter, years in held.items():
        first = _duty_year(reporter) if reporter.body is Body.GOVERNMENT else min(years, default=0)
        found.setdefault(reporter, first)
    return {
        reporter: first
        for reporter, first in found.items()
        if duty(reporter.kind, reporter.body)
        and (config.watch.streets or not reporter.is_street_office)
        # The State Council is not among the local governments the provisions speak of; its departments are.
        and not (reporter.body is Body.GOVERNMENT and reporter.region_code == COUNTRY)
    }


def sources_by_region(sources: Iterable[SourceConfig]) -> Mapping[str, tuple[SourceConfig, ...]]:
    """The sources in use by the divisions whose reports ought to appear there."""
    found: defaultdict[str, list[SourceConfig]] = defaultdict(list)
    for source in sources:
        for code in _divisions(source) if source.enabled else ():
            found[code].append(source)
    return {code: tuple(each) for code, each in found.items()}


def looks_at(sources: Mapping[str, tuple[SourceConfig, ...]], reporter: Reporter) -> tuple[SourceConfig, ...]:
    """The sources on whose lists this report ought to appear."""
    return tuple(each for each in sources.get(reporter.region_code, ()) if _shows(each, reporter))


def _shows(source: SourceConfig, reporter: Reporter) -> bool:
    body = source.body or Body.GOVERNMENT
    named = not source.issuer or reporter_name(reporter.body, None, source.issuer) == reporter.name
    return reporter.kind in source.kinds and body == reporter.body and named


def _named_by(source: SourceConfig) -> Iterable[Reporter]:
    """Those a source names: governments by their divisions, others by their issuer."""
    body = Body(source.body or Body.GOVERNMENT)
    name = reporter_name(body, None, source.issuer)
    if not source.enabled or (body is not Body.GOVERNMENT and not name):
        return
    for code in _divisions(source):
        yield from (Reporter(Kind(kind), body, code, name) for kind in source.kinds)


def _divisions(source: SourceConfig) -> tuple[str, ...]:
    return source.expects or ((source.region,) if source.region else ())


def _duty_year(reporter: Reporter) -> int:
    found = duty(reporter.kind, reporter.body)
    return found.from_year if found else 0
