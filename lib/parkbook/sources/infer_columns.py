"""What a column header says: level or growth, month or cumulative, this year or last; or that it says none of this.

    本月 / 绝对量            level, month             本月止累计 / 同比增长（%）   growth, yoy, ytd
    上年同期                level, a year earlier    完成年度目标（%）           completion
    年度目标 / 力争          target, stretch, year    增速全市位次              rank, yoy, 全市

A header that these words do not explain whole is `unknown`: it goes into the proposal as a column that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from parkbook.errors import PeriodError
from parkbook.periods import parse_period
from parkbook.sources.infer_names import without_unit
from parkbook.sources.infer_row import NUMBER_WORDS
from parkbook.sources.layout import normal_words

_SINCE_START = re.compile(r"开工以来|设立以来|成立以来|历年|建设以来|签约以来")
_RANK = re.compile(r"位次|排名|名次|排位")
_RANK_SCOPE = re.compile(r"全国|全省|全市|全区|全县|全州")
_COMPLETION = re.compile(
    r"完成(?:年度|全年|本年|年)?(?:目标|任务|计划)(?:任务)?(?:的)?(?:%|率|进度|比例|比重)?\Z|占(?:年度|全年|年)?(?:目标|计划|任务)(?:任务)?(?:的)?(?:比重|比例|%)?\Z"
    r"|(?:目标|任务|计划|年度)?完成(?:率|进度)\Z"
)
_STRETCH, _BASE = re.compile(r"力争|奋斗"), re.compile(r"确保|目标|任务|计划")
_GROWTH = re.compile(r"同比|增长|增速|增幅|±%|比上年|较上年|比去年|较去年|比同期")
_CHAIN = re.compile(r"环比|比上月|较上月|比上季|较上季")
_OTHER_BASE = re.compile(r"两年平均|三年平均|年均|比20\d\d年|较20\d\d年|复合")
_AMOUNT = re.compile(r"增减额|增长额|增加额|增量|增减量|净增|增加数|增减数|百分点")
_CHANGE = re.compile(r"增减|升降")
_ABSOLUTE = re.compile(r"绝对|[额量数]\Z")
_LAST_MONTH = re.compile(r"(?<![比较与同])上(?:个)?(?:月|季|期)")
_PERCENT = ("%", "％", "百分点")
_SHARE = re.compile(r"占比|比重|构成|占.{1,8}比例")
_PULL = re.compile(r"拉动|贡献")
_FORECAST = re.compile(r"预计|预测|预估")
_PART = re.compile(r"其中")
_LAST_YEAR_END = re.compile(r"上年末|上年底|去年末|去年底|年初数|年初余额|期初")
_LAST_YEAR = re.compile(r"上年|去年|同期")
_YTD = re.compile(r"累计|年初至今|自年初|1-本月|1-本季|至本月|1至本月")
_MONTH, _QUARTER = re.compile(r"本月|当月|单月"), re.compile(r"本季|当季|单季")
_POINT = re.compile(r"期末|月末|季末|年末|月底|季底|年底|时点|余额")
_YEAR = re.compile(r"全年|年度|当年|本年(?!累计)")
_LEVEL = re.compile(
    r"绝对量|绝对额|绝对值|完成额|完成数|完成量|完成情况|实际完成|完成|数值|数量|本期|实绩|金额|总量|实际|数额|累计|期末|数"
)
_NEUTRAL = re.compile(r"\A(?:指标|主要指标|主要经济指标|当年效益|效益|情况|合计|其他)?\Z")
META = {
    "number": NUMBER_WORDS,
    "unit": re.compile(r"\A(?:计量)?单位\Z"),
    "remark": re.compile(r"备注|说明|附注"),
}


@dataclass(frozen=True)
class ColumnGuess:
    """What a header says of its column: fields of a ColumnSpec; `doubt` why it is not sure; `known` whether it is read."""

    fields: dict[str, Any] = field(default_factory=dict)
    known: bool = False
    doubt: str = ""
    unit: str = ""


def guess_column(words: Sequence[str], named: bool = False) -> ColumnGuess:
    """The guess for a header path. `named`: one of its words is an indicator and has been taken out, so that nothing more
    need be said: a column under 税收 is the level of it."""
    parts = [without_unit(word) for word in words]
    unit = next((unit for _, unit in reversed(parts) if unit), "")
    text = "/".join(normal_words(part) for part, _ in parts).replace("增加值", "")
    unread = _never_read(text, unit)
    if unread:
        return ColumnGuess(doubt=unread, unit=unit)
    basis = _basis(text)
    kind = _kind(text, unit)
    if kind is None:
        plain = named and all(_NEUTRAL.match(part) or basis for part in text.split("/"))
        if not plain:
            return ColumnGuess(doubt="看不出是哪一类数", unit=unit)
        kind = {}
    fields = {**kind, **basis, **_implied_basis(kind, basis, text)}
    return ColumnGuess(fields, True, "", unit)


def _implied_basis(kind: dict[str, Any], basis: dict[str, Any], text: str) -> dict[str, Any]:
    """Months that the kind of figure gives: targets are a year's, a completion rate is of the cumulative figure, last
    year's result (but not the same months of last year) is of the whole year."""
    if kind.get("transformation") == "completion":
        return {} if basis.get("basis") in ("month", "quarter") else {"basis": "ytd"}
    if basis:
        return {}
    if kind.get("transformation") == "target" or (kind.get("year_offset") and "同期" not in text):
        return {"basis": "year"}
    return {}


def _never_read(text: str, unit: str) -> str:
    """Why a column of these words is not read whatever else they say; empty for the others."""
    reasons = (
        (_OTHER_BASE, "与其他年份比较，须写明基期"),
        (_SINCE_START, "开工以来的累计，须写明指标"),
        (_FORECAST, "预计数，须写明指标和状态"),
        (_PULL, "拉动或贡献，须写明对谁而言"),
        (_PART, "其中项，须写明指标"),
        (_AMOUNT, "增减的绝对数，须写明单位和基期"),
        (_SHARE, "占比，须写明占谁的比重"),
        (_LAST_MONTH, "上月或上期的数，须写明报告期"),
    )
    found = next((reason for pattern, reason in reasons if pattern.search(text)), "")
    found = found or _change_of_amount(text, unit)
    return found or ("增减的百分点，须写明基期" if unit == "百分点" else "")


def _change_of_amount(text: str, unit: str) -> str:
    """Why a column of changes is not one of rates: 比上年增减（亿元）, 同比增长/绝对额; 增减 alone may be either."""
    above, _, leaf = text.rpartition("/")
    rate = unit in _PERCENT[:2] or "%" in text
    changes = _GROWTH.search(leaf) or _CHAIN.search(leaf) or _CHANGE.search(text)
    if changes and unit and unit not in _PERCENT:
        return f"增减的绝对数（{unit}），须写明单位和基期"
    if _GROWTH.search(above) and not _GROWTH.search(leaf) and not rate and _ABSOLUTE.search(leaf):
        return "增减的绝对数，须写明单位和基期"
    return "增减，没有写明是百分数还是绝对数" if _CHANGE.search(text) and not rate and unit != "百分点" else ""


def _kind(text: str, unit: str) -> dict[str, Any] | None:
    """Transformation and comparison; None when the words say neither kind nor level."""
    leaf = text.rpartition("/")[2]
    percent = unit in ("%", "％") or leaf.endswith("%")
    if _RANK.search(text):
        scope = _RANK_SCOPE.search(text)
        growth = {"comparison": "yoy"} if _GROWTH.search(text) else {}
        return {"transformation": "rank", **growth, **({"rank_scope": scope[0]} if scope else {})}
    if _COMPLETION.search(leaf):
        return {"transformation": "completion"}
    target = _BASE.search(text) or _STRETCH.search(text)
    if _CHAIN.search(text) and not target:
        return {"transformation": "growth", "comparison": "mom"}
    if _GROWTH.search(leaf) and target:
        return {"transformation": "target", "target_kind": "growth", "unit": "%"}
    if _GROWTH.search(leaf):
        return {"transformation": "growth", "comparison": "yoy"}
    if target:
        return {"transformation": "target", "target_kind": "stretch" if _STRETCH.search(text) else "base"}
    if percent:
        return None
    if _LAST_YEAR_END.search(text):
        return {"basis": "last_year_end"}
    if _LAST_YEAR.search(text):
        return {"year_offset": -1}
    return {} if _LEVEL.search(text) or _basis(text) or _has_period(text) else None


def _basis(text: str) -> dict[str, Any]:
    """The months that the words speak of."""
    if _LAST_YEAR_END.search(text):
        return {"basis": "last_year_end"}
    for pattern, basis in ((_YTD, "ytd"), (_MONTH, "month"), (_QUARTER, "quarter"), (_POINT, "point"), (_YEAR, "year")):
        # 本月止累计 is cumulative, 年度目标 of a month's form is the year's
        if pattern.search(text):
            return {"basis": basis}
    return {}


def _has_period(text: str) -> bool:
    return any(is_period(part) for part in text.split("/"))


def is_period(words: str) -> bool:
    """Whether header words are a period and nothing else."""
    try:
        return parse_period(normal_words(words), 2000).known
    except PeriodError:
        return False
