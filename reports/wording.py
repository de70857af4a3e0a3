"""What a heading says its section is for.

The kinds are those of art. 24 of 《法治政府建设与责任落实督察工作规定》. The wording is free, so a heading
belongs to the kind it names first: “存在的问题及下一步打算” is about problems.
"""

from __future__ import annotations

import re

from reports.fold import simplify
from reports.report import SectionKind

# A plan that is said to have been carried out is an account, not a plan.
_NOT_DONE = r"(?!.{0,8}(?:完成|落实|执行|推进|实施|进展|开展)情况|.{0,4}回顾)"

_NAMES = {
    SectionKind.LEADERSHIP: (
        r"第一责任人|党政主要(?:负责|领导)|主要(?:负责人|负责同志|领导).{0,12}(?:履行|履职|职责|责任)|责任人履职"
    ),
    SectionKind.OTHERS: r"其[他它].{0,6}(?:报告|说明)|需要?(?:报告|说明)的其[他它]|其[他它](?:有关)?(?:情况|事项)",
    SectionKind.PROBLEMS: r"问题(?!的?(?:整改|处理|解决))|不足|差距|短板|困难|薄弱|弱项|挑战|主要原因",
    SectionKind.PLANS: (
        r"下一?步|下一?年|下一?阶段|来年|明年|今后|未来|努力方向|改进方向"
        r"|(?:(?<!统筹)安排|打算|(?<!五年)计划|思路|展望|目标|总体要求|总体部署|重点工作|工作重点|任务|主要考虑|工作的?建议)"
        + _NOT_DONE
    ),
    SectionKind.ACHIEVEMENTS: (
        r"过去[一五几两三]年|去年|举措|成效|成绩|成就|回顾|总结|做法|亮点|主要工作|(?:工作|任务|计划|安排)?(?:推进|开展|完成|落实|执行|实施)情况|情况|进展"
    ),
}
_NAMED = re.compile("|".join(f"(?P<{kind.name}>{names})" for kind, names in _NAMES.items()))


def kind_named(heading: str) -> SectionKind | None:
    """The kind a heading names first, in either script; None where it names none.

    >>> kind_named("二、2021年推進法治政府建設存在的不足和原因")
    <SectionKind.PROBLEMS: 'problems'>
    """
    found = _NAMED.search(simplify(heading))
    return SectionKind[found.lastgroup] if found and found.lastgroup else None
