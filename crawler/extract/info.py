"""Labels and values that stand around a body: the 信息公开 table, the line of source and date."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LABELS = (
    "信息索引号|索引号|索取号|主题分类|体裁分类|信息分类|组配分类|服务对象|公文种类|发文机关|发文单位|发布机构|发布机关|发布单位|"
    "制发单位|公开机构|责任部门|成文日期|成文时间|生成日期|生成时间|印发日期|发文日期|发文时间|发布日期|发布时间|公开日期|公开时间|"
    "公开方式|公开时限|公开范围|公开形式|更新时间|发文字号|文件编号|文号|有效性|效力状态|时效性|是否有效|实施日期|施行日期|废止日期|"
    "关键词|主题词|标题|名称|信息名称|信息来源|文章来源|稿件来源|来源|作者|责任编辑|时间|日期|浏览次数|阅读次数|访问量|点击数|字号|字体"
)
_WORDS = "|".join(r"[ \u3000\xa0]*".join(label) for label in _LABELS.split("|"))
_TRADITIONAL = str.maketrans(
    "号题类裁组务对关单发构责门时间开范围式更编文实废键词标称来源览阅访问击",
    "號題類裁組務對關單發構責門時間開範圍式更編文實廢鍵詞標稱來源覽閱訪問擊",
)
_LABEL = re.compile(rf"(?:^|(?<=[\s|【（(\[】）)\]]))({_WORDS}|{_WORDS.translate(_TRADITIONAL)})[ \u3000]*[:：]")
_LONGEST = 400
_TRIM = " \u3000\xa0|【】[]（）()　"


def pairs(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Labels, without inner spaces, and the values after them, in order; a label without a value is left out.

    >>> pairs(["索 引 号： | 000014349/2018-00215 | 发文机关： | 国务院办公厅", "来源："])
    (('索引号', '000014349/2018-00215'), ('发文机关', '国务院办公厅'))
    """
    found: list[tuple[str, str]] = []
    open_label = ""
    for line in lines:
        if len(line) > _LONGEST:
            open_label = ""
            continue
        labels = list(_LABEL.finditer(line))
        if open_label and (first := line[: labels[0].start()] if labels else line).strip(_TRIM):
            found.append((open_label, first.strip(_TRIM)))
        open_label = ""
        stops = [*(label.start() for label in labels[1:]), len(line)]
        for label, stop in zip(labels, stops, strict=False):
            name, value = re.sub(r"\s", "", label[1]), line[label.end() : stop].strip(_TRIM)
            open_label = "" if value else name
            if value:
                found.append((name, value))
    return tuple(dict.fromkeys(found))
