"""Bodies of the whole country, and the laws they make."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BODY = re.compile(
    r"中共中央|中央(?:军委|办公厅|纪委|全面)|国务院|全国人(?:民代表)?大会?|最高人民(?:法院|检察院)|中华人民共和国|中国公民|中国人民政治协商会议"
)
_AGENCY = re.compile(
    r"国家[\u4e00-\u9fff]{2,14}?(?:总局|局|委员会|委|办公室)|中国(?:人民银行|银保监会|证监会|民用航空局)|海关总署|审计署|(?:税务|市场监管|工商|质检|广电|体育)总局"
)
_MINISTRY = re.compile(
    r"(?:外交|国防|教育|科技|科学技术|工业和信息化|公安|安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和?城乡建设|建设|交通运输|交通|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|退役军人事务|应急管理)部(?!门)"
)
_MAKER = re.compile(
    r"国务院令|第.{1,4}届全国人民代表大会"
    r"|\d日\s*(?:国务院|中央军事委员会|中央军委|最高人民法院|最高人民检察院)[^。]{0,20}(?:发布|批准|公布|通过)"
)
_SCOPE = re.compile(r"中华人民共和国(?:境内|领域|领海|管辖)|在我国境内")
_LOCAL_SCOPE = re.compile(r"[本全我][省市州县区]|自治区实际")


@dataclass(frozen=True, slots=True)
class NationalBody:
    """Where its name ends; `has_branches`: offices in the provinces bear its name before their own
    (国家税务总局北京市税务局)."""

    stop: int
    has_branches: bool


def national_body(text: str, at: int = 0) -> NationalBody | None:
    """The body of the whole country whose name stands there, in plain form."""
    if found := _AGENCY.match(text, at):
        return NationalBody(found.end(), has_branches=True)
    found = _BODY.match(text, at) or _MINISTRY.match(text, at)
    return NationalBody(found.end(), has_branches=False) if found else None


def is_national_law(opening: str) -> bool:
    """Whether a law whose title names no division is the country's, by its maker or where it applies."""
    return bool(_MAKER.search(opening) or (_SCOPE.search(opening) and not _LOCAL_SCOPE.search(opening)))
