"""The words figures are read by: units, approximations, changes, and what looks like a number and is none. Folded text.

Each table is alternatives, joined longest first; a regular expression where it says so.
"""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """A pattern for any of the words, the longest that fits."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words.split()), key=len, reverse=True))) + ")"


MAGNITUDE = "[十百千万亿]"

UNITS = any_of("""
    % ‰ 个百分点 百分点 成 倍 折 番 元 美元 欧元 英镑 日元 港元 港币 人民币 元人民币 卢布 人 人次 名 位 户 户次
    家 家次 口 对 组 队 支 团 批 批次 班 人份 人天 个 项 项次 件 件次 起 宗 例 次 场 场次 期 份 条 条次 部 册
    册次 篇 本 套 封 通 单 笔 票 种 类 门 课时 学时 间 座 栋 幢 台 台次 辆 辆次 架 架次 艘 艘次 列 班次 车次 张
    只 头 匹 羽 株 棵 枚 块 枝 片 支队 所 处 口井 眼 孔 条线 幅 平方公里 平方千米 平方米 立方米 亿立方米 公里
    千米 里 米 厘米 毫米 海里 亩 亩次 公顷 顷 吨 公斤 千克 斤 克 毫克 微克 担 箱 桶 包 匹布 升 标箱 标准箱 标台
    吨标准煤 吨标煤 重量箱 千瓦 兆瓦 千瓦时 度 焦 卡 大卡 马力 锭 吨公里 人公里 立方 岁 年 天 日 工作日 个工作日
    小时 分钟 秒 个月 分 美分 床 床位 学位 赫兹 比特 字节 公里/小时 mw gw kw kwh pflops eflops p tb pb
""")
_RATE = rf"(?:(?:/|每){UNITS}|/年|/平方米|/立方米)"
UNIT = rf"{UNITS}{_RATE}?"

SMALL_UNITS = frozenset(["%", "‰", "个百分点", "百分点", "成", "倍", "元", "美元"])
"""With these a single Chinese numeral is a figure; elsewhere it mostly is an article or a slogan (一批, 两个, 三项)."""

_BEFORE = """
    约 大约 近 将近 接近 超 超过 逾 突破 破 不少于 不低于 不超过 不高于 不小于 不大于 低于 高于 略高于 略低于
    多于 少于 大于 小于 至少 最多 最高 最低 不足 不到 达到或略高于
"""
AFTER = any_of("及以上 及以下 及以内 左右 以上 以下 以内 上下 之内 之上 开外 多 余")

_CHANGES = """
    增长 增加 增产 增收 增 提高 提升 上升 上涨 上调 上浮 扩大 扩展 攀升 跃升 拓展 延长 调高 升 涨 加快 下降 降低
    减少 减产 减 回落 下调 下浮 下跌 改善 压缩 压减 压降 缩小 缩短 缩减 收窄 调低 降 跌 调整
"""
_LEVELS = """
    达 达到 为 是 有 共有 保持 保持在 稳定 稳定在 控制在 维持在 处于 完成 实现 迈上 跨上 站上 跃上 登上 迈过
    合计 总计 共计 累计 累计达 累计达到 达成 安排 计划 按 定为 设定为 有望 可达 可达到 下达 已达 已达到 仅 只有
    仅有 仅为 分别达 分别达到 分别为 涉及
"""

_ADVERBS = """
    又 再 也 仅 只 已 已经 共 共计 合计 累计 总计 总共 均 都 全 各 分别 依次 实际 名义 预计 计划 拟 力争 年均
    平均 平均每年 每年 年平均 只有 即 并 还 将 要 按可比价格计算 按可比价计算 按现价计算 按不变价格计算
    扣除价格因素 可比口径 同口径 历史性 首次 大幅 大幅度 净 分 由 从 再次 率先 全部 比上年 比上年末 比上年同期
    比去年 比去年同期 比年初 比上年底 较上年 较上年末 较上年同期 较去年 较去年同期 较年初 比前一年 比上一年
    比上月 同比 环比 去年 上年 今年 全年 上年同期 年末 年底 最长 最短 最多 最高 目前 近期 当年 当月 年内 期末
    期间 以来 持续 稳步 进一步 基本 每人 每年每人 与上年 同上年相比 与上年相比 现在的 目前的 当前的 比 较 比上
    较上 比前 转为 相比 在上年 在 的基础上 基础上 之后 后 时 顺利 超额 成功 连续 逐年 逐步 快速 明显 显著 小幅
"""

BEFORE = any_of(_BEFORE)
CHANGES = any_of(_CHANGES)
"""What makes a figure a change of what stood before it; with 到 or 至 behind, the level it came to."""

VERBS = any_of(_CHANGES + _LEVELS)
ADVERBS = any_of(_ADVERBS)
WORDS = any_of(_ADVERBS + _LEVELS + _CHANGES + _BEFORE + "了 到 至")
"""All that may stand between what is spoken of and its figure where a clause speaks of nothing else."""

# What of the text is no number although it is written with digits or numerals; regular expressions, in order.
_COUNT = r"(?:(?<![\d.])\d{1,3}|[一二两三四五六七八九十几]{1,3})"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
# The first class is there for speed: it is what they all begin with.
_BEGIN = r"(?=[\da-z一二两三四五六七八九十几百千万比较自同前近过连最后今每这未居全列位第双统唯进单])"
NOT_NUMBERS = re.compile(
    _BEGIN
    + "(?:"
    + "|".join(
        (
            rf"{_YEAR}(?:年度?)?(?:[-至到~]|年至){_YEAR}(?:年度?)?(?:末|底|初|间|期间)?的?",
            rf"(?:比|较|自|同)?{_YEAR}年度?(?:末|底|初|间|上半年|下半年)?(?:\d{{1,2}}月(?:\d{{1,2}}日)?(?:份|底|末|初)?)?的?(?:相比|以来)?",
            r"\d{1,2}(?:[-至到~]\d{1,2})?月份?(?:\d{1,2}日|底|末|初|中旬|上旬|下旬)?",
            r"[一二三四五六七八九十]{1,2}月份?(?:[一二三四五六七八九十]{1,3}日|底|末|初)?",
            r"\d{1,2}月?\d{1,2}日",
            r"前?[一二三四1-4]个?季度",
            r"第(?:\d+|[一二三四五六七八九十百]+)(?:个五年(?:计划|规划)|[个届次名位批期号轮条章部产][^,、]?)?",
            r"[八九十]?[一二三四五六七八九十]五(?=规划|计划|时期|期间|以来|末|普法|开局|收官)",
            rf"(?:近|过去|连续|最近|前|后|今后|每|这|这个|未来|三)?{_COUNT}[多余]?个?年(?!级|期|龄|制)(?:来|内|间|以来|中|时间|里)?的?",
            rf"(?:近|过去|连续|最近|前|今后){_COUNT}[多余]?个?(?:季度|月|周|天|个月)",
            rf"(?:前|居全国|列全国|位居全国){_COUNT}[位名强]?",
            r"(?<![a-z])pm(?:2\.5|10)",
            r"(?:每[十百千万]+|(?<![\d十百千万一二两三四五六七八九多余])[百千万])(?:人口|户|人)(?=口|拥|均|高|有|发|的|以)",
            r"一带一路|双一流|四上|三农|两新|两重|两会|三次产业|一般|统一|一体化?|唯一|进一步|一定|一批|一系列|万元(?=gdp|国内|地区)|单一|每万元|十分|千方百计|一次性",
            r"\d+[a-z]+\d*|[a-z]+[-]?\d+(?:\.\d+)?",
        )
    )
    + ")"
)

# Words with a conjunction's character that joins nothing.
NOT_JOINING = re.compile("参与|和谐|和平|普及|共和|温和|缓和|饱和|以及其|与会|涉及|和美|及时|及格|和睦")

# An item of a list that begins so is another act, not another subject of the same figure.
ACTS = re.compile(
    any_of("""
    新增 新建 完成 建成 建设 实施 开展 培育 累计 推进 实现 打造 新改建 改造 组织 开通 淘汰 完善 优化 提升 强化 加强 推动
""")
)
