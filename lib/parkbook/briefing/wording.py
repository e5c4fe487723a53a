"""What is said of a row, in the office's words.

下降X%, never 增长-X%; 快于/慢于序时进度X个百分点; a rank carries its denominator, or 参评数未公布; masked figures are not
spoken of in sentences but listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import compared_words, direction_words, number_text, unit_words, value_text
from parkbook.briefing.phrases import level_phrase
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.drivers import Drivers
from parkbook.indicators.formulas import IMPLIED_NOTE, published
from parkbook.indicators.growth import AVERAGE_NOTE, Swing, Turn, Turning
from parkbook.indicators.rounding import decimals, half_up
from parkbook.indicators.targets import MONTHS, required_pace, stated_base, states_base
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, SourceKind, Transformation
from parkbook.observations.ranked import ranked
from parkbook.observations.reconcile.interval import is_count
from parkbook.periods import Basis, Period
from parkbook.units import dimension


def row_sentence(row: IndicatorRow, spoken_period: Period | None, *, full: bool = True) -> Sentence:
    """One row as a clause without a full stop: 工业产值1769.6亿元，同比增长38.8%. Empty when nothing of it is a number."""
    if full and award_words(row):
        return award_words(row)
    clauses = [_level_clause(row, spoken_period), _growth_clause(row)]
    if full:
        clauses += [
            _completion_clause(row),
            *(_share_clause(value) for value in row.shares),
            *(_other_clause(value, row.label) for value in row.others),
        ]
    spoken = [clause for clause in clauses if clause]
    if not spoken:
        return Sentence()
    if not clauses[0]:
        head = Sentence(_named(row, spoken_period))
        return head.extend(_joined(spoken))
    return _joined(spoken)


def _joined(clauses: Sequence[Sentence]) -> Sentence:
    """Clauses with a comma between them, but before one in brackets."""
    result = Sentence()
    for clause in clauses:
        result.say("，" if result and not clause.text.startswith("（") else "").extend(clause)
    return result


def _named(row: IndicatorRow, spoken: Period | None, name: str = "") -> str:
    """The row's name, with its own period where it is not the one already said, or that none is stated."""
    if spoken is None or same_time(row.period, spoken):
        return name or row.label
    return f"{name or row.label}（{row.period.label_zh}）"


def same_time(period: Period, spoken: Period) -> bool:
    """The same months, or the state of things at their end."""
    return period.key == spoken.key or (period.basis is Basis.POINT and period.end == spoken.end)


def _estimated(value: IndicatorValue, name: str = "") -> str:
    """预计, unless the name just said has it already."""
    return "预计" if value.status is ObsStatus.ESTIMATED and not value.computed and "预计" not in name else ""


def _level_clause(row: IndicatorRow, spoken: Period | None) -> Sentence:
    if row.level is None or (row.level.value is None and row.level.low is None):
        return Sentence()
    if dimension(row.level.unit) == "rank" and row.level.value is not None:
        return Sentence(_named(row, spoken)).figure(row.level, f"第{number_text(row.level)}位").say("（参评数未公布）")
    joint = "为" if row.label[-1:].isascii() else ""
    if row.level.value is not None and row.level.value < 0 and "利润" in row.indicator.label_zh:
        name = f"{_named(row, spoken)}{_estimated(row.level, row.label)}为亏损"
        return Sentence(name).figure(row.level, value_text(row.level, absolute=True))
    if phrase := level_phrase(row):
        head, tail = phrase
        name = _named(row, spoken, head) + _estimated(row.level, head)
        return Sentence(name).figure(row.level, value_text(row.level)).say(tail)
    return Sentence(_named(row, spoken) + _estimated(row.level, row.label) + joint).figure(
        row.level, value_text(row.level)
    )


def _growth_clause(row: IndicatorRow) -> Sentence:
    if row.change is not None:
        return change_words(row)
    if row.growth is not None and (row.growth.value is not None or row.growth.low is not None):
        if not row.growth.value and row.growth.value is not None and row.level is not None and is_count(row.level.unit):
            return Sentence(f"与{against_words(row.growth.period)}").figure(row.growth, "持平")
        turned = turning_words(row)
        between = "" if turned.text.startswith("（") else "，"
        said = Sentence.join([growth_words(row.growth), turned], between)
        return Sentence.join([said, average_words(row)], "，")
    if row.implied is not None and (row.growth is None or not row.growth.is_number):
        return growth_words(row.implied).say("（推算）")
    return swing_words(row)


def change_words(row: IndicatorRow) -> Sentence:
    """比上年增加5个, 比上年同期降低8.4个百分点, 比上年前移1位, 与上年持平; （上年同期为零） where all of it is new."""
    if row.change is None or row.change.value is None:
        return Sentence()
    against, before = against_words(row.change.period), row.change.inputs[1].obs_value
    if dimension(row.change.unit) == "rank":
        against = against.removesuffix("末")
    if not row.change.value:
        return Sentence(f"与{against}持平")
    if not before and is_count(row.change.unit):
        return Sentence(f"（{against}为零）")
    return Sentence(f"比{against}").figure(row.change, difference_words(row.change))


def against_words(period: Period) -> str:
    """What a figure is held against: 上年, 上年同期, 上年末, 上年同期末."""
    whole = period.end is not None and period.end.month == MONTHS and period.basis is not Basis.MONTH
    return f"上年{'' if whole else '同期'}{'末' if period.basis is Basis.POINT else ''}"


def difference_words(change: IndicatorValue) -> str:
    """增加5个, 降低8.4个百分点, 前移1位: a lower place is a better one."""
    size = number_text(change).removeprefix("-") + unit_words(change.unit)
    if dimension(change.unit) == "rank":
        return ("前移" if change.value is not None and change.value < 0 else "后移") + size
    return direction_words(change)


TURNS = {
    Turn.FASTER: "加快",
    Turn.SLOWER: "回落",
    Turn.FALL_NARROWS: "收窄",
    Turn.FALL_WIDENS: "扩大",
}


SMALL_BASE: Final = Decimal(50)
"""From this rate on (in %), this one or the one before, the base is so small that the points between two rates say nothing of
the pace: 增长206% and then 27.6% is no 回落178.4个百分点."""
TINY_BASE: Final = Decimal(100)
"""From this rate on a turn is told without the rate that it came from."""


def steady_turning(row: IndicatorRow) -> Turning | None:
    """How the rate moved, where both rates are such that their difference says something, or the sign turned."""
    found = row.turning
    if found is None or found.change.value is None:
        return None
    signs = (Turn.FALL_TO_RISE, Turn.RISE_TO_FALL)
    return found if largest_rate(found) < SMALL_BASE or found.turn in signs else None


def largest_rate(found: Turning) -> Decimal:
    """The larger of the two rates, without its sign."""
    return max(abs(o.obs_value or Decimal(0)) for o in found.change.inputs)


def turning_words(row: IndicatorRow) -> Sentence:
    """比1—11月加快0.8个百分点, 降幅比1—11月收窄0.8个百分点, 由降转增（1—11月下降2.1%）, 增速与1—11月持平.

    Empty where nothing moved or the rates rest on a small base, and for the parts of a whole unless they turned.
    """
    found = steady_turning(row)
    if found is None:
        return Sentence()
    before = published(found.previous, row.indicator)
    since = span_words(found.previous.period, row.period)
    if found.turn in (Turn.FALL_TO_RISE, Turn.RISE_TO_FALL, Turn.TO_FLAT):
        mark = (
            {Turn.FALL_TO_RISE: "由降转增", Turn.RISE_TO_FALL: "由增转降"}.get(found.turn, "") if before.value else ""
        )
        if largest_rate(found) >= TINY_BASE:
            return Sentence(mark)
        return Sentence(f"{mark}（{since}").figure(before, direction_words(before)).say("）")
    if row.indicator.part_of:
        return Sentence()
    if found.turn is Turn.SAME:
        return _unmoved_words(found, before, since)
    fall = "降幅" if found.turn in (Turn.FALL_NARROWS, Turn.FALL_WIDENS) else ""
    size = number_text(found.change).removeprefix("-") + "个百分点"
    return Sentence(f"{fall}比{since}{TURNS[found.turn]}").figure(found.change, size)


def _unmoved_words(found: Turning, before: IndicatorValue, since: str) -> Sentence:
    """增速与一季度持平, 降幅与一季度持平; of two rates of zero, that the earlier one was zero too."""
    if before.value == 0:
        return Sentence(f"（{since}也").figure(before, direction_words(before)).say("）")
    what = "降幅" if before.value is not None and before.value < 0 else "增速"
    return Sentence(f"{what}与{since}").figure(found.change, "持平")


def span_words(period: Period, beside: Period) -> str:
    """A period without its year, beside one of the same year: 1—11月, 上半年, 11月."""
    if period.end is None or beside.end is None or period.end.year != beside.end.year:
        return period.label_zh
    return period.label_zh.removeprefix(f"{period.end.year}年")


def average_words(row: IndicatorRow) -> Sentence:
    """两年平均增长2.3%（按公布增速推算）."""
    if row.average is None or row.average.value is None:
        return Sentence()
    return Sentence("两年平均").figure(row.average, direction_words(row.average)).say(f"（{AVERAGE_NOTE}）")


def swing_words(row: IndicatorRow) -> Sentence:
    """扭亏为盈 with the absolute change, for a base that is zero or negative; 盈 and 亏 are said of profits only."""
    found = row.swing
    if found is None or found.change.value is None:
        return Sentence()
    size = number_text(found.change).removeprefix("-") + unit_words(found.change.unit)
    verb = "增加" if found.change.value > 0 else "减少"
    if found.swing is Swing.SAME:
        return Sentence("与上年同期持平（推算）")
    change = Sentence(f"比上年同期{verb}").figure(found.change, size).say("（推算）")
    if found.swing is Swing.FROM_ZERO:
        return Sentence("上年同期为零，").extend(change)
    if "利润" not in row.indicator.label_zh:
        return change
    if found.swing in (Swing.LOSS_SHRINKS, Swing.LOSS_GROWS):
        return Sentence(found.swing.value).figure(found.change, size).say("（推算）")
    return Sentence(f"{found.swing.value}，").extend(change)


def growth_words(value: IndicatorValue) -> Sentence:
    """同比增长38.8% as one figure of a sentence."""
    head = _estimated(value) + compared_words(value)
    if value.value is None:
        return Sentence(head + "增长").figure(value, value_text(value))
    return Sentence(head).figure(value, direction_words(value))


def _completion_clause(row: IndicatorRow) -> Sentence:
    if row.completion is None or row.completion.value is None:
        return Sentence()
    if row.label.endswith("率") and row.level is None:
        sentence = Sentence(_estimated(row.completion)).figure(row.completion, value_text(row.completion))
    elif not states_base(row.completion):
        name = f"{completion_name(row)}{_estimated(row.completion)}"
        sentence = Sentence(name).figure(row.completion, value_text(row.completion))
    else:
        sentence = Sentence(f"{_estimated(row.completion)}完成{target_words(row)}的").figure(
            row.completion, value_text(row.completion)
        )
    stated = row.completion.inputs[0].source.kind is SourceKind.REPORT
    mere = whole_year(row) and not stated  # 100 % less the completion: the table has it
    schedule = Sentence() if mere else schedule_words(row)
    return sentence.say("，").extend(schedule) if schedule else sentence


def target_words(row: IndicatorRow) -> str:
    """年度目标 where the target is known (调整后年度目标 where it replaced one), a report's own words (年度任务), or 目标."""
    if row.earlier_target is not None:
        return "调整后年度目标"
    said = stated_base(row.completion) if row.completion is not None and not row.completion.computed else ""
    if said:
        return said
    stated = row.completion is not None and any("年" in o.source_text for o in row.completion.inputs)
    return "年度目标" if row.target is not None or stated else "目标"


def completion_name(row: IndicatorRow) -> str:
    """投资完成率: what the source calls a completion of it does not say what, less the words that the row's name has."""
    if row.completion is None:
        return ""
    printed = row.completion.inputs[0].reported_label
    same = next(
        (n for n, pair in enumerate(zip(printed, row.label, strict=False)) if pair[0] != pair[1]), len(row.label)
    )
    rest = printed[same:]
    return rest if rest.endswith("完成率") else "完成率"


def award_words(row: IndicatorRow) -> Sentence:
    """在“…”评选中居全国第4位（参评数未公布）: a place on a list is the park's, the list is no subject. Empty for other rows."""
    places = [value for value in row.others if value.transformation is Transformation.RANK and value.value is not None]
    if len(places) != 1 or row.level is not None or dimension(row.indicator.parsed_unit) != "rank":
        return Sentence()
    first = places[0].inputs[0]
    if "评选" not in first.source_text:
        return Sentence()
    name = first.reported_label.removesuffix("评选")
    return Sentence(f"在{name if '“' in name else f'“{name}”'}评选中").extend(rank_words(places[0], row.label))


def schedule_words(row: IndicatorRow) -> Sentence:
    """快于序时进度1.8个百分点; for a whole year, how far the target is passed or missed."""
    if row.gap is None or row.gap.value is None:
        return Sentence()
    shown = half_up(row.gap.value, 1)
    size = number_text(row.gap).removeprefix("-") + "个百分点"
    if whole_year(row):
        if shown == 0:
            return Sentence(f"完成{target_words(row)}")
        return Sentence(f"超出{target_words(row)}" if shown > 0 else f"距{target_words(row)}差").figure(row.gap, size)
    schedule = f"序时进度（{row.schedule.short_zh}）" if row.schedule.short_zh else "序时进度"
    if shown == 0:
        return Sentence(f"与{schedule}持平")
    return Sentence(f"快于{schedule}" if shown > 0 else f"慢于{schedule}").figure(row.gap, size)


def ahead_words(rows: Sequence[IndicatorRow]) -> str:
    """快于序时进度, 与序时进度持平 or 快于或持平序时进度: what is so of all these rows, none of which is behind."""
    level = {row.gap is not None and row.gap.value is not None and half_up(row.gap.value, 1) == 0 for row in rows}
    if level == {True}:
        return "与序时进度持平"
    return "快于或持平序时进度" if True in level else "快于序时进度"


def pace_words(row: IndicatorRow) -> Sentence:
    """，余下3个月月均需完成15.2亿元（前9个月月均9.8亿元）: what the target still takes; empty at the year's end or once it is met."""
    if row.level is None or row.target is None or row.level.computed:
        return Sentence()
    pace = required_pace(row.indicator, row.level.inputs[0], row.target.inputs[0])
    if pace is None:
        return Sentence()
    months = row.period.end.month if row.period.end else 0
    needed = Sentence(f"，余下{pace.months}个月月均需完成").figure(pace.needed, pace_text(pace.needed))
    return needed.say(f"（前{months}个月月均").figure(pace.so_far, pace_text(pace.so_far)).say("）")


def pace_text(value: IndicatorValue) -> str:
    """A monthly mean, with a decimal also for things that are counted: 3.7个."""
    printed = max(decimals(o.obs_value) for o in value.inputs if o.obs_value is not None)
    places = 1 if is_count(value.unit) else min(printed, 2)
    return f"{half_up(value.value or Decimal(0), places):f}{unit_words(value.unit)}"


def whole_year(row: IndicatorRow) -> bool:
    """Whether the row's completion is of the whole year, so that schedule is no question any more."""
    period = row.gap.period if row.gap is not None else row.period
    ended = period.basis is Basis.YTD and period.end is not None and period.end.month == 12
    return ended and row.passed in (None, 100)  # a cut-off inside December leaves part of the year


def _share_clause(value: IndicatorValue) -> Sentence:
    if value.computed or (value.value is None and value.low is None):
        return Sentence()  # a computed share stands in the table only
    of = value.inputs[0].parent or value.inputs[0].scope or value.inputs[0].rank_scope
    return Sentence(f"占{of}" if of else "占比").figure(value, value_text(value))


def _other_clause(value: IndicatorValue, named: str) -> Sentence:
    """Rank, change, pull, growth on another base."""
    if value.value is None:
        return Sentence()
    if value.transformation is Transformation.RANK:
        return rank_words(value, named)
    if value.transformation is Transformation.CONTRIBUTION:
        return Sentence("拉动增长").figure(value, value_text(value))
    if value.transformation in (Transformation.CHANGE, Transformation.GROWTH):
        return Sentence(compared_words(value)).figure(value, direction_words(value))
    return Sentence("为").figure(value, value_text(value))


def rank_words(value: IndicatorValue, named: str = "") -> Sentence:
    """增速居全市第8位（参评12个）, or 居全国第4位（参评数未公布）: what takes part is said of no source but in its number."""
    observation = value.inputs[0]
    denominator = observation.rank_denominator
    known = f"（参评{denominator}个）" if denominator else "（参评数未公布）"
    return (
        Sentence(f"{rank_subject(observation, named)}居{observation.rank_scope}")
        .figure(value, f"第{number_text(value)}位")
        .say(known)
    )


def rank_subject(observation: Observation, named: str = "") -> str:
    """What of the indicator is ranked, where the words say so and the name just said does not."""
    what = ranked(observation)
    return "" if what in named else what


def verdict_words(row: IndicatorRow) -> str:
    """Better or worse, against what; or which figures are missing to say so."""
    verdict = row.verdict
    if verdict in (Verdict.AHEAD, Verdict.BEHIND):
        return schedule_words(row).text
    if row.growth is not None and row.growth.value is not None:
        base = "较上年同期" if row.growth.comparison is Comparison.YOY else ""
        return (
            base
            + {
                Verdict.BETTER: "好转" if row.indicator.direction == "lower" else "上升",
                Verdict.WORSE: "下降" if row.indicator.direction == "higher" else "上升（应降）",
                Verdict.FLAT: "持平",
                Verdict.CHANGED: "有变动，不评优劣",
            }[verdict]
        )
    return f"缺{row.missing}"


SAME_GROWTH: Final = Decimal("0.3")
"""So many points may lie between published growth and the pulls together: rounding, and a revised base of last year. More is
another 口径 (可比口径 against published amounts), and the pulls do not explain the published rate."""


def adds_up(row: IndicatorRow, total: IndicatorValue) -> bool:
    """Whether the pulls together, the growth from published amounts, are the published growth that stands beside them."""
    if row.growth is None or row.growth.value is None or total.value is None:
        return True
    return abs(half_up(total.value, 1) - half_up(row.growth.value, 1)) <= SAME_GROWTH


def driver_sentence(row: IndicatorRow, found: Drivers) -> Sentence:
    """Which parts pulled the total up and down, and what all the others did together, so that the pulls add up.

    Empty where together they are another growth than the published one.
    """
    if not adds_up(row, found.total):
        return Sentence()
    telling = [d for d in found.drivers if d.pull.value is not None and half_up(d.pull.value, 1)]
    up = [d for d in telling if d.pull.value is not None and d.pull.value > 0][:2]
    down = [d for d in reversed(telling) if d.pull.value is not None and d.pull.value < 0][:2]
    named = [Sentence(d.name).extend(_pull_words(d.pull)) for d in (*up, *down)]
    if not named:
        return Sentence()
    rest = found.remainder(tuple(d.pull for d in (*up, *down)))
    if rest is not None and rest.value is not None and half_up(rest.value, 1):
        named.append(Sentence("其余合计").extend(_pull_words(rest)))
    return Sentence(f"从{row.label}构成看，").extend(Sentence.join(named, "，")).say(f"，为{IMPLIED_NOTE}")


def _pull_words(pull: IndicatorValue) -> Sentence:
    rising = pull.value is not None and pull.value > 0
    size = number_text(pull).removeprefix("-")
    return Sentence("拉动增长" if rising else "下拉").figure(pull, f"{size}个百分点")
