"""Topics: what a part's heading names, or its text is dense in."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.body import read_text
from crawler.extract.sections import sections_of
from reports.errors import ConfigError
from reports.report import Kind, SectionKind
from reports.topic_words import Topic, TopicWords
from reports.topics import topic_names, topics_of, topics_of_part

ACHIEVEMENTS = SectionKind.ACHIEVEMENTS
FILLER = "全县上下认真落实各项工作要求，取得了新的进展。"


def test_the_topics_are_the_listed_ones_in_order() -> None:
    names = topic_names()
    assert len(set(names)) == len(names) == 22
    assert (names[0], names[-1]) == ("接诉即办与热线", "经济与产业")


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("（一）深化接诉即办改革", {"接诉即办与热线"}),
        ("（二）持续打造一流营商环境", {"营商环境与放管服"}),
        ("（三）提升政务服务便利度", {"政务服务"}),
        ("（四）深入推進政務公開", {"政务公开"}),
        ("（五）推进严格规范公正文明执法", {"行政执法"}),
        ("（六）认真做好行政复议和行政应诉工作", {"行政复议与应诉"}),
        ("（七）加强规范性文件监督管理", {"规范性文件与合法性审核"}),
        ("（八）完善重大行政决策程序", {"重大行政决策"}),
        ("（八）完善重大行政決策程式", {"重大行政决策"}),
        ("（九）加强重点领域政府立法", {"立法与制度建设"}),
        ("（十）深入开展法治宣传教育", {"普法与法治宣传"}),
        ("（十一）有效化解矛盾纠纷", {"矛盾调解与信访"}),
        ("（十二）健全公共法律服务体系", {"公共法律服务"}),
        ("（十三）扎实推进示范创建", {"法治督察与示范创建"}),
        ("（十四）加强法治工作队伍建设", {"队伍建设与培训"}),
        ("（十五）自觉接受人大监督、政协监督", {"人大政协与审计监督"}),
        ("（十六）加快数字政府建设", {"数字政府"}),
        ("（十七）创新基层治理", {"基层治理与社区"}),
        ("（十八）抓好生活垃圾分类和物业管理", {"物业与垃圾分类"}),
        ("（十九）统筹疫情防控", {"疫情防控与应急"}),
        ("（二十）打好污染防治攻坚战", {"生态环境"}),
        ("（二十一）保障和改善民生", {"民生与社会保障"}),
        ("（二十二）加快构建现代化产业体系", {"经济与产业"}),
        ("（一）坚持党的领导", set()),
        ("（一）优化发展的政治生态", set()),
        ("（一）贯彻落实党中央决策部署", set()),
        ("（一）落实生态环境保护督察整改", {"生态环境"}),
    ],
)
def test_a_heading_decides(heading: str, topics: set[str]) -> None:
    assert topics_of_part(heading, FILLER, ACHIEVEMENTS) == topics


@pytest.mark.parametrize(
    ("heading", "text", "topics"),
    [
        ("（一）落实责任", "受理复议案件八件。" + FILLER, set()),
        ("（一）落实责任", FILLER + "受理复议案件八件，应诉两件，无一败诉。", {"行政复议与应诉"}),
        ("（一）落实责任", FILLER * 60 + "受理复议案件八件，应诉两件，无一败诉。", set()),
        ("（一）落实责任", "加强信访工作。" + FILLER + "调解三十起。", {"矛盾调解与信访"}),
        ("（一）落实责任", FILLER + "在信访和调解方面也有进步。", set()),
        ("（一）做好政务公开", FILLER + "受理复议案件八件，应诉两件，无一败诉。", {"政务公开"}),
    ],
    ids=[
        "one mention",
        "three mentions",
        "thinly spread",
        "a small heading weighs double",
        "inside",
        "beside a heading",
    ],
)
def test_a_text_has_a_topic_when_dense_in_it(heading: str, text: str, topics: set[str]) -> None:
    assert topics_of_part(heading, text, ACHIEVEMENTS) == topics


def test_a_lead_needs_more_than_a_section_of_its_own() -> None:
    text = FILLER * 18 + "今年推进政务公开、信息公开、政策解读。"
    assert topics_of_part("", text, ACHIEVEMENTS) > topics_of_part("", text, SectionKind.LEAD) == frozenset()


def test_a_report_has_the_topics_that_take_up_a_twentieth_of_it() -> None:
    text = "\n".join(["一、工作成效", "（一）政务公开", "照办。", "（二）政务服务", FILLER * 4, "二、存在问题", FILLER])
    sections = sections_of(text, Kind.RULE_OF_LAW)
    assert topics_of(text, sections) == {"政务公开", "政务服务"}
    longer = text + FILLER * 8
    assert topics_of(longer, sections_of(longer, Kind.RULE_OF_LAW)) == {"政务服务"}


@given(st.text(alphabet="一二、（）行政执法复议信访 調解垃圾分類\n。；", max_size=200))
def test_only_listed_topics_come_out(text: str) -> None:
    assert topics_of(text, sections_of(text, Kind.OTHER)) <= set(topic_names())


@given(st.text(alphabet="行政执法复议诉讼决策", max_size=60))
def test_the_pattern_finds_the_longest_word_at_each_place(text: str) -> None:
    listed = ("行政", "行政执法", "执法", "行政复议", "复议", "决策")
    found, at = [], 0
    while at < len(text):
        word = max((word for word in listed if text.startswith(word, at)), key=len, default=text[at])
        found += [word] if word in listed else []
        at += len(word)
    words = TopicWords([Topic(name=word, headings=(word,), terms=()) for word in listed], {})
    assert list(words.counted_in(text)) == found


def test_a_longer_word_hides_its_parts_from_one_topic_only() -> None:
    air = Topic(name="空气", headings=("环保",), terms=())
    audit = Topic(name="督察", headings=("督察",), terms=(), exceptions=("环保督察",))
    assert list(TopicWords([air, audit], {}).counted_in("环保督察与督察")) == ["空气", "督察"]


def test_a_word_listed_twice_is_an_error_that_names_it() -> None:
    with pytest.raises(ConfigError, match="topic 甲: listed twice: 复议"):
        Topic(name="甲", headings=("复议",), terms=("复议",))


@pytest.mark.skipif("ZHENGBAO_REAL" not in os.environ, reason="ZHENGBAO_REAL names no folder of real reports")
def test_real_reports_have_the_topics_they_were_labelled_with() -> None:
    real = Path(os.environ["ZHENGBAO_REAL"])
    for line in (real / "gold/seeds.jsonl").read_text("utf-8").splitlines():
        seed = json.loads(line)
        text = "\n".join(read_text((real / seed["file"]).read_text("utf-8")).paragraphs)
        topics = topics_of(text, sections_of(text, Kind(seed["kind"])))
        assert topics >= set(seed["topics_include"]), seed["file"]
        assert not topics & set(seed["topics_exclude"]), seed["file"]
