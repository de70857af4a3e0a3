"""A library of invented reports. No place, office or sentence here exists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from compare.scope import Ground
from indexer.amend import Amendment, How
from indexer.answer import PAGE_SIZE, Answer, Facets, FacetValue, Hit, Snippet, Sort
from indexer.ask import Question
from indexer.phrases import OfferKind
from indexer.query import UNKNOWN
from indexer.suggest import Suggestion
from reports.annuals import Annual
from reports.config import Config
from reports.crawl_config import SourceConfig, WatchConfig
from reports.crawl_state import CrawlState, NotFetched, SourceState
from reports.errors import QueryError
from reports.region_table import COUNTRY, Region, Row
from reports.regions import Regions
from reports.report import Body, Kind, Report, Script, Section, SectionKind, report_id, text_sha256
from reports.versions import Happening, Version
from reports.watch import Watch, watch
from tests.webapp import fake_crawl
from tests.webapp.fake_compare import FakeKept, ground_of
from tests.webapp.fake_history import CORRECTED, GONE, happenings, standing, versions
from webapp.params import SearchParams
from webapp.sources import Arrival, HeldYear, Holdings, HoldingsRow, Instead, Place, ReportView

PLACES = {
    "970000": ("云岫省", 1, None),
    "970100": ("临溪市", 2, "970000"),
    "970101": ("白鹭县", 3, "970100"),
    "970102": ("石桥区", 3, "970100"),
    "970200": ("青塘市", 2, "970000"),
    "980000": ("海岬省", 1, None),
    "980100": ("望潮市", 2, "980000"),
}
PHRASES = (("营商环境", "yingshanghuanjing"), ("每月一题", "meiyueyiti"), ("营商环境评议", "yingshanghuanjingpingyi"))
TOPICS = ("接诉即办与热线", "营商环境与放管服", "行政复议与应诉", "队伍建设与培训")
MISSING = {("970101", 2021), ("980100", 2020)}
FIRST_ARRIVAL = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
LOOKED = datetime(2024, 6, 1, 1, 30, tzinfo=UTC)
LIST = "https://www.example.invalid/fzzf/"
LATE, WITHDRAWN, REVISED = ("970102", 2022), GONE, CORRECTED
HOSTILE = "<script>alert(1)</script>\"'&<b>年报</b>"

PARTS = (
    (
        SectionKind.LEAD,
        "",
        "{year}年，{name}围绕“把群众的事一件一件办完”这个目标推进法治政府建设，现将有关情况报告如下。",
    ),
    (
        SectionKind.ACHIEVEMENTS,
        "一、主要举措和成效",
        "（一）办好群众来电\n推行“每月一题”，由分管负责人每月领办一件难办的事，全年办结{n}件，回访满意率比上年提高三个百分点。"
        "来电多的河岸路灯、渡口候船亭和旧楼电梯三类事项，都先后列入“每月一题”清单，办完一件，公开一件。\n"
        "（二）改善营商环境\n把开办茶馆、船坞和印坊的材料由九份减到三份，窗口设在离码头最近的街口，营商环境评议结果每季度张榜。\n"
        "项目|{prev}年|{year}年\n办结来电（件）|{m}|{n}\n公开清单（期）|10|12",
    ),
    (
        SectionKind.PROBLEMS,
        "二、存在的不足和原因",
        "一是个别单位对出庭应诉准备不足，答辩材料送达偏晚；二是山区渡口的执法力量单薄，夜间巡查还有空档。"
        "原因在于人手紧、培训少，对新设事项的规矩还不够熟悉。",
    ),
    (
        SectionKind.LEADERSHIP,
        "三、主要负责人履行第一责任人职责",
        "主要负责人全年听取专题汇报四次，带头旁听庭审两次，对久拖未决的三件难事逐件约谈、逐件销账。",
    ),
    (
        SectionKind.PLANS,
        "四、下一年度工作安排",
        "继续做好“每月一题”，把渡口安全、雨季排水和老街修缮列为明年头三件；补齐执法培训，年内轮训一遍。",
    ),
    (SectionKind.UNRECOGNISED, "", "{name}人民政府\n{next}年3月{day}日"),
)


def make_report(code: str | None, year: int | None, **changes: object) -> Report:
    """An invented annual report of a place; `changes` replace fields."""
    name = PLACES[code][0] if code else "某地"
    shown = year or 2020
    text, sections = _write(name, shown)
    url = f"https://www.example.invalid/{code}/{year}.html"
    report = Report(
        id=report_id(url, text),
        url=url,
        origin=url,
        title=f"{name}人民政府{shown}年法治政府建设年度报告",
        title_inferred=False,
        text=text,
        sections=sections,
        kind=Kind.RULE_OF_LAW,
        region_code=code,
        place=None,
        issuer=f"{name}人民政府",
        body=Body.GOVERNMENT,
        year=year,
        year_from="title" if year else None,
        covers=year,
        published=date(shown + 1, 3, 1 + shown % 20) if year else None,
        doc_no=None,
        topics=frozenset(TOPICS[: 1 + shown % 4]),
        script=Script.HANS,
        copy_of=None,
        quality=frozenset(),
        read_by="text",
        sha256=text_sha256(text),
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def _write(name: str, year: int) -> tuple[str, tuple[Section, ...]]:
    text, sections = "", []
    for kind, heading, body in PARTS:
        said = body.format(name=name, year=year, prev=year - 1, next=year + 1, n=40 + year % 9, m=31, day=1 + year % 20)
        part = (f"{heading}\n" if heading else "") + said
        start = len(text) + bool(text)
        text = f"{text}\n{part}" if text else part
        if heading or kind is SectionKind.LEAD:
            sections.append((heading, kind, start))
    stops = [start for _, _, start in sections[1:]] + [len(text)]
    return text, tuple(Section(*section, stop) for section, stop in zip(sections, stops, strict=True))


def shelf() -> tuple[Report, ...]:
    """All reports: annual ones of seven places, then the awkward ones."""
    held = [
        make_report(code, year)
        for code in PLACES
        for year in range(2018, 2024)
        if (code, year) not in MISSING and not (code == "980000" and year < 2021)
    ]
    hostile = make_report(
        None, None, id="bad0bad0bad0bad0", title=HOSTILE, url="javascript:alert(1)", origin=HOSTILE,
        issuer="<img src=x onerror=alert(1)>", quality=frozenset({"damaged"}), title_inferred=True,
    )  # fmt: skip
    original = held[0]
    copy = replace(original, id="c0c0c0c0c0c0c0c0", url="https://mirror.example.invalid/1.html", copy_of=original.id)
    hant = make_report(
        "980100", 2017, script=Script.HANT, body=Body.DEPARTMENT, issuer="望潮市渡口管理局",
        text="望潮市渡口管理局工作報告\n繼續推行“每月一题”，資訊公開。", sections=(), doc_no="望渡发〔2018〕3号",
    )  # fmt: skip
    return (*held, hostile, copy, hant)


@dataclass(slots=True)
class FakeLibrary:
    """Finds reports whose text or title holds every word of the question, quotes aside."""

    reports: tuple[Report, ...] = ()
    is_demo: bool = True
    examples: tuple[str, ...] = ("“每月一题”", "营商环境", "章节:问题 “出庭应诉”")
    topics: tuple[str, ...] = TOPICS
    failure: Exception | None = None
    watched_to: int = 2023

    def __post_init__(self) -> None:
        self.reports = self.reports or shelf()

    def region_codes(self, name: str) -> frozenset[str]:
        return frozenset(code for code, place in PLACES.items() if name in (place[0], place[0][:-1]))

    def search(self, params: SearchParams) -> Answer:
        self._fail()
        if params.q.count("(") > 32:
            raise QueryError("问题里的条件太多：最多 32 个", "括号没有配对")
        words = _words(params.q)
        matched = [report for report in self._works() if all(word in report.title + report.text for word in words)]
        found = [report for report in matched if _passes(report, params, "")]
        found.sort(key=lambda report: (-(report.year or 0), report.id))
        if params.sort is Sort.OLDEST:
            found.reverse()
        hits = tuple(self._hit(report, words) for report in found[(params.page - 1) * PAGE_SIZE :][:PAGE_SIZE])
        return Answer(
            query=params.q,
            understood=f"含{'和'.join(f'“{word}”' for word in words)}的报告" if words else "全部报告",
            notes=("没有叫“{}”的地区".format("某处"),) if "某处" in params.q else (),
            total=len(found),
            exact=len(found) - ("营商环境" in words),
            occurrences=sum(len(self.marks(report, params.q)) for report in found) if words else None,
            held=sum(_passes(report, params, "") for report in self._works()),
            took_ms=1.23456,
            page=params.page,
            pages=max(1, -(-len(found) // PAGE_SIZE)),
            hits=hits,
            facets=_facets(matched, params),
        )

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Phrases by their beginning or their pinyin's."""
        self._fail()
        asked = (("“" + text + "”", text, read) for text, read in PHRASES)
        return tuple(
            Suggestion(OfferKind.PHRASE, text, question, self.search(SearchParams(q=question)).total)
            for question, text, read in asked
            if typed and (text.startswith(typed.strip("“")) or read.startswith(typed))
        )

    def instead(self, params: SearchParams) -> Instead:
        """Without the years, where that finds something."""
        wider = replace(params, filters=replace(params.filters, years=frozenset()))
        total = self.search(wider).total
        question = Question(params.q, wider.filters, params.sections)
        found = (Amendment(How.WITHOUT_FILTER, "年份", question, total),) if total and wider != params else ()
        return Instead(found, (params.filters,), "某处" in params.q)

    def report(self, report_id: str) -> ReportView | None:
        self._fail()
        by_id = {report.id: report for report in self.reports}
        report = by_id.get(report_id)
        if report is None:
            return None
        region = tuple(Place(code, PLACES[code][0]) for code in reversed(_upward(report.region_code)))
        return ReportView(report, region, by_id.get(report.copy_of or ""), *standing(report))

    def happenings(self, count: int, report_id: str | None = None) -> tuple[Happening, ...]:
        self._fail()
        return tuple(each for each in happenings(self.reports) if report_id in (None, each.report_id))[:count]

    def version(self, report_id: str, number: int) -> Version | None:
        kept = (each for each in versions(self.reports) if (each.report_id, each.number) == (report_id, number))
        return next(kept, None)

    def copies(self, report_id: str) -> tuple[Report, ...]:
        return tuple(report for report in self.reports if report.copy_of == report_id)

    def exported(self, report: Report) -> dict[str, object]:
        return {"id": report.id, "title": report.title, "url": report.url, "text": report.text}

    def marks(self, report: Report, q: str) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(span for word in set(_words(q)) for span in _spans(report.text, word)))

    def holdings(self, kind: Kind | None = None, body: Body | None = None) -> Holdings:
        self._fail()
        held = [r for r in self._works() if kind in (None, r.kind) and body in (None, r.body)]
        by_place: defaultdict[str | None, defaultdict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
        for report in held:
            by_place[report.region_code][report.year].append(report.id)
        codes = [code for code in PLACES if any(code in _upward(place) for place in by_place)]
        rows = [HoldingsRow(code, *PLACES[code], _years(by_place[code])) for code in codes]
        if None in by_place:
            rows.append(HoldingsRow(None, "", 1, None, _years(by_place[None])))
        return Holdings(tuple(rows), len(held), len(self.reports) - len(self._works()))

    def newest(self, count: int) -> tuple[Hit, ...]:
        self._fail()
        dated = sorted((r for r in self._works() if r.published), key=lambda r: (r.published, r.id), reverse=True)
        return tuple(replace(self._hit(report, ()), snippets=()) for report in dated[:count])

    def region_name(self, code: str) -> str:
        return "".join(PLACES[each][0] for each in reversed(_upward(code))) if code in PLACES else ""

    def arrivals(self, params: SearchParams, count: int) -> tuple[Arrival, ...]:
        self._fail()
        if params.q.count("(") > 32:
            raise QueryError("问题里的条件太多：最多 32 个")
        words = _words(params.q)
        found = [
            Arrival(report, self.region_name(report.region_code or ""), FIRST_ARRIVAL + timedelta(hours=number))
            for number, report in enumerate(self._works())
            if all(word in report.title + report.text for word in words) and _passes(report, params, "")
        ]
        return tuple(reversed(found))[:count]

    def watch(self, kind: Kind | None = None, regions: frozenset[str] | None = None) -> Watch:
        self._fail()
        codes = None if regions is None else frozenset(code for code in PLACES if regions & {*_upward(code)})
        source = SourceConfig("云岫", (LIST,), expects=("970100", "970101", "970102"))
        config = Config(source=(source,), watch=WatchConfig(to_year=self.watched_to))
        states = {"云岫": SourceState("云岫", LOOKED.timestamp(), LOOKED.timestamp(), "")}
        return watch(map(_annual, filter(_is_due, self._works())), states, config, LOOKED, _divisions()).of(kind, codes)

    def crawl_state(self, source: str | None = None) -> CrawlState:
        self._fail()
        return fake_crawl.state(source)

    def not_fetched(
        self, groups: Sequence[Sequence[str]], count: int, offset: int = 0, source: str | None = None
    ) -> tuple[NotFetched, ...]:
        return fake_crawl.not_fetched(groups, count, offset, source)

    def ground(self) -> Ground:
        self._fail()
        return ground_of(self.reports, _divisions())

    def as_of(self) -> date | None:
        return FIRST_ARRIVAL.date()

    def kept(self) -> FakeKept:
        return FakeKept(self.reports)

    def _works(self) -> tuple[Report, ...]:
        return tuple(report for report in self.reports if report.copy_of is None)

    def _fail(self) -> None:
        if self.failure:
            raise self.failure

    def _hit(self, report: Report, words: tuple[str, ...]) -> Hit:
        title_marks = tuple(sorted(span for word in words for span in _spans(report.title, word)))
        name = "".join(PLACES[code][0] for code in reversed(_upward(report.region_code))) or None
        return Hit(
            id=report.id,
            title=Snippet(report.title, title_marks),
            url=report.url,
            region_code=report.region_code,
            region=name,
            place=report.place,
            issuer=report.issuer,
            body=report.body,
            year=report.year,
            kind=report.kind,
            published=report.published,
            copies=len(self.copies(report.id)),
            occurrences=sum(report.text.count(word) for word in words) if words else None,
            exact=bool(words),
            snippets=_snippets(report, words),
            withdrawn=standing(report)[0],
            versions=standing(report)[1],
        )


def _is_due(report: Report) -> bool:
    return report.region_code is not None and report.year is not None


def _annual(report: Report) -> Annual:
    key = (report.region_code, report.year)
    return Annual(
        report.id,
        report.kind,
        report.body,
        report.region_code or "",
        "" if report.body is Body.GOVERNMENT else report.issuer or "",
        report.year or 0,
        date(2023, 4, 12) if key == LATE else report.published,
        FIRST_ARRIVAL,
        FIRST_ARRIVAL if key == WITHDRAWN else None,
        key == REVISED,
    )


@cache
def _divisions() -> Regions:
    country = Row(Region(COUNTRY, "全国", None, 0, 1949, None, ()), ())
    rows = (
        Row(Region(code, name, parent or COUNTRY, level, 1990, None, ()), ())
        for code, (name, level, parent) in PLACES.items()
    )
    return Regions((country, *rows))


def _words(q: str) -> tuple[str, ...]:
    kept = (word.strip('“”"') for word in q.split() if not word.startswith(("-", "章节:")))
    return tuple(dict.fromkeys(word for word in kept if word))


def _spans(text: str, word: str) -> tuple[tuple[int, int], ...]:
    spans, at = [], text.find(word)
    while at >= 0:
        spans.append((at, at + len(word)))
        at = text.find(word, at + len(word))
    return tuple(spans)


def _snippets(report: Report, words: tuple[str, ...]) -> tuple[Snippet, ...]:
    lines = [line for line in report.text.split("\n") if any(word in line for word in words)][:2]
    return tuple(Snippet(line, tuple(sorted(s for word in words for s in _spans(line, word)))) for line in lines)


def _upward(code: str | None) -> tuple[str, ...]:
    found = []
    while code:
        found.append(code)
        code = PLACES[code][2]
    return tuple(found)


def _values(report: Report, facet: str) -> tuple[str, ...]:
    match facet:
        case "region":
            return _upward(report.region_code) or (UNKNOWN,)
        case "year":
            return (str(report.year or UNKNOWN),)
        case "topic":
            return tuple(report.topics)
        case "kind":
            return (report.kind.value,)
    return (report.body.value,)


def _passes(report: Report, params: SearchParams, but: str) -> bool:
    chosen = {name: {value for key, value in params.pairs() if key == name} for name in _FACETS}
    return all(name == but or not want or want & set(_values(report, name)) for name, want in chosen.items())


_FACETS = ("region", "year", "topic", "kind", "body")


def _facets(matched: list[Report], params: SearchParams) -> Facets:
    def counted(facet: str) -> tuple[FacetValue, ...]:
        counts = Counter(v for r in matched if _passes(r, params, facet) for v in _values(r, facet))
        chosen = {value for key, value in params.pairs() if key == facet}
        order = list(PLACES) if facet == "region" else sorted({*counts, *chosen} - {UNKNOWN}, reverse=facet == "year")
        values = [value for value in order if counts[value] or value in chosen]
        values += [UNKNOWN] if counts[UNKNOWN] or UNKNOWN in chosen else []
        return tuple(_value(facet, value, counts[value], value in chosen) for value in values)

    return Facets(*map(counted, _FACETS))


def _value(facet: str, value: str, count: int, selected: bool) -> FacetValue:
    if facet != "region" or value == UNKNOWN:
        return FacetValue(value, "不详" if value == UNKNOWN else value, count, selected)
    name, level, parent = PLACES[value]
    return FacetValue(value, name, count, selected, parent, level)


def _years(by_year: dict[int | None, list[str]]) -> tuple[HeldYear, ...]:
    return tuple(HeldYear(year, len(ids), ids[0] if len(ids) == 1 else None) for year, ids in by_year.items())
