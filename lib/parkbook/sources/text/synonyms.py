"""Verbs of rise and fall that mean what a usual one means: the rules of the grammar know only the usual ones.

"同比滑坡" 6.7%     as 同比下降          "税收反弹" 3.2%           as 税收上升
"同比少增" 3亿元     as 同比减少          "增幅缩小" 1.2个百分点     as 增幅收窄

Each has two characters, and so has what stands for it: places in the words hold.
"""

from __future__ import annotations

import re

from parkbook.sources.text.values import AMOUNT, COUNT, PERCENT, POINT, UnitClass

_FALLS = """
    滑坡 跳水 缩水 减缓 降速 下行 趋缓 趋弱 下探 锐减 锐降 骤减 骤降 剧减 剧降 陡降 猛降 猛跌 暴跌 大跌 狂跌 急跌 急降 走低 走弱 走软 转弱 下挫 走跌
    缩量 回吐 回撤 回调 递减 跌落 滑落 下坠 腰斩 翻绿 下移 衰减 崩跌 重挫 受挫 大降 下沉 缩短 压缩 压减 压降 下浮 下调
"""
_RISES = """
    反弹 攀高 走高 跃增 猛增 激增 飙升 走强 回暖 翻红 飙涨 暴涨 大涨 猛涨 劲升 劲增 骤增 陡增 剧增 急增 蹿升 窜升 跳升 跳涨 走升 转强 回弹 递增 抬高
    拔高 冲高 见涨 上行 上扬 上探 转暖 趋升 大增 倍增 上移 上浮 上调
"""
_SHIFTS = {"缩小": "收窄", "减小": "收窄", "加深": "扩大", "拉大": "扩大", "加剧": "扩大"}
_TWICE = {
    "少增": "减少",
    "多增": "增加",
    "少降": "上升",
    "多降": "下降",
    "少减": "增加",
    "多减": "减少",
    "少跌": "上升",
}
"""少增 is a fall, 少降 a rise: what grew, grew by less."""
_USUAL = dict.fromkeys(_FALLS.split(), "下降") | dict.fromkeys(_RISES.split(), "上升") | _SHIFTS | _TWICE
_RATES = {
    "流失": "下降",
    "节约": "下降",
    "节省": "下降",
    "增收": "上升",
    "减收": "下降",
    "增产": "上升",
    "减产": "下降",
    "增支": "上升",
    "减支": "下降",
}
"""Of a percentage; 流失120人 says how many."""
_BEHIND = frozenset("了至到为")
_ENDS = _BEHIND.union(word[-1] for word in (*_USUAL, *_RATES))
_AT_MOST = ("最", "至")
"""最多增 and 至少增 are of 最多 and 至少."""
_THAN = {"弱于": "低于", "逊于": "低于", "劣于": "低于", "不及": "低于", "强于": "高于", "胜于": "高于"}
_COMPARING = re.compile(r"(?:弱于|逊于|劣于|强于|胜于|不及(?=[一-龥]))(?![^,，。]*的\Z)")


def usual(words: str, unit: UnitClass) -> str:
    """The words before a figure with the usual verb at their end, or the usual word of comparison."""
    if words[-1:] in _ENDS:
        end = len(words) - (words[-1] in _BEHIND)
        verb = words[end - 2 : end]
        other = _USUAL.get(verb) or (_RATES.get(verb) if unit is PERCENT else None)
        if other and not (verb in _TWICE and words[: end - 2].endswith(_AT_MOST)):
            return words[: end - 2] + other + words[end:]
    if (
        (unit is POINT or unit is PERCENT)
        and ("于" in words or "不及" in words)
        and (than := _COMPARING.search(words)) is not None
    ):
        return words[: than.start()] + _THAN[than[0]] + words[than.end() :]
    return words


_GAP = re.compile(r"差|缺口|亏损|赤字|敞口|距离")


def of_itself(words: str, unit: UnitClass) -> bool:
    """Whether 收窄 and 扩大 are of the thing itself (a gap, a deficit, an amount), not of the rate at which it grows or falls."""
    return unit in (AMOUNT, COUNT, PERCENT) or _GAP.search(words) is not None
