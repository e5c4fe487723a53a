"""全年预计: for each indicator with a target, where the year is heading, how sure that is, and what a month it takes.

A forecast is marked as one everywhere (预计) and never stands among the results. A year that is over is not forecast: its page shows what
the method would have said in mid-year beside what came.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing import growth_charts
from parkbook.briefing.blocks import Block, Column, Run, Runs, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, plain, unit_words, value_text
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import pace_text
from parkbook.indicators.forecast import Forecast, LookBack, forecast, look_back
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import IndicatorValue

MOST_CHARTS, MOST_NAMED = 2, 3
METHOD_NOTE = (
    "预计数＝本期累计＋上年余下月份数按近期增速（累计增速与最近两个月增速的平均；以往年份按累计增速更准的指标，只用累计增速）"
    "外推，未计入已知的项目投产、停产等变动"
)
LIKELY, HARDLY = 80, 40
"""In the back-test 91 % of the targets with a stated probability above 80 % were met, and 7 % of those between 20 and 40 %."""
PROBABILITY_NOTE = "可能性按误差分布推算；回测中所述可能性低于40%的，实际很少完成"
INTERVAL_NOTE = "80%区间取自对全国月度序列的回测误差，并按本园区历年误差放宽；遇重大冲击的年份会超出区间"


def forecast_part(view: ParkView) -> list[Block]:
    """Sentence, table and fan charts for the forecasts of the period; for a whole year the look back; empty when there is neither."""
    found = [made for row in view.rows if (made := forecast(view.index, row)) is not None]
    if not found:
        return _looking_back(view)
    blocks: list[Block] = [paragraph(summary(found))]
    blocks.append(_table(found))
    ranged = _ranges(found)
    blocks += present(ranged)
    telling = sorted((one for one in found if one.low is not None), key=_chance)
    blocks += [chart for one in telling[:MOST_CHARTS] if (chart := _fan(one)) is not None]
    return blocks


def _chance(found: Forecast) -> Decimal:
    """Those in doubt first: how far the probability is from a half; what is met comes last."""
    if found.probability is None or found.probability.value is None:
        return Decimal(100)
    return abs(found.probability.value - 50)


def chance_words(value: Decimal) -> str:
    """In tens, as sure as the back-test is: 不足10%, 约60%, 90%以上."""
    if value < 10:
        return "不足10%"
    if value >= 90:
        return "90%以上"
    return f"约{plain(half_up(value / 10, 0) * 10)}%"


def summary(found: Sequence[Forecast]) -> Sentence:
    """按目前进度，甲完成全年目标把握较大；乙能否完成尚不确定；丙完成全年目标难度较大，全年预计……"""
    sure = [one for one in found if one.met or _at_least(one, LIKELY)]
    hard = [one for one in found if not one.met and one.probability is not None and not _at_least(one, HARDLY)]
    open_ = [one for one in found if one.probability is not None and one not in sure and one not in hard]
    unknown = [one for one in found if one.probability is None and not one.met]
    clauses = [
        Sentence(f"{'、'.join(one.row.label for one in sure)}完成全年目标把握较大") if sure else Sentence(),
        Sentence(f"{'、'.join(one.row.label for one in open_)}能否完成尚不确定") if open_ else Sentence(),
        _hard(hard),
        Sentence(f"{'、'.join(one.row.label for one in unknown)}只列预计数，不作判断") if unknown else Sentence(),
    ]
    return Sentence("按目前进度，").extend(Sentence.join(clauses, "；")).say("。")


def _at_least(one: Forecast, percent: int) -> bool:
    return one.probability is not None and one.probability.value is not None and one.probability.value >= percent


def _hard(found: Sequence[Forecast]) -> Sentence:
    """Those that will hardly be met, and how far the three that fall shortest are foreseen to come."""
    if not found:
        return Sentence()
    sentence = Sentence(f"{'、'.join(one.row.label for one in found)}完成全年目标难度较大")
    short = sorted((one for one in found if one.completion is not None), key=_foreseen_completion)[:MOST_NAMED]
    clauses = [
        Sentence(f"{one.row.label}全年预计")
        .figure(one.point, _text(one.point, one))
        .say("，为年度目标的")
        .figure(one.completion, f"{plain(half_up(_foreseen_completion(one), 1))}%")
        for one in short
        if one.completion is not None
    ]
    return sentence.say("，其中" if len(found) > 1 else "，").extend(Sentence.join(clauses, "；"))


def _foreseen_completion(found: Forecast) -> Decimal:
    value = found.completion.value if found.completion is not None else None
    return value if value is not None else Decimal(0)


def _places(found: Forecast) -> int:
    """A forecast is no surer than the figure it starts from: its decimals, one at most."""
    value = found.row.level.value if found.row.level is not None else None
    return min(decimals(value), 1) if value is not None else 0


def _text(value: IndicatorValue, found: Forecast) -> str:
    return plain(half_up(value.value or Decimal(0), _places(found))) + unit_words(value.unit)


def _table(found: Sequence[Forecast]) -> Block:
    periods = {one.row.period.key for one in found}
    caption = "年度目标指标全年预计" + (f"（截至{found[0].row.period.label_zh}）" if len(periods) == 1 else "")
    until = [Column(label="截至", weight=1.1)] if len(periods) > 1 else []
    columns = [
        Column(label="指标", weight=2),
        *until,
        Column(label="累计", align=RIGHT, weight=1.2),
        Column(label="年度目标", align=RIGHT, weight=1.3),
        Column(label="预计全年", align=RIGHT, weight=1.3),
        Column(label="80%区间", align=RIGHT, weight=1.8),
        Column(label="完成目标的可能性", align=RIGHT, weight=1.1),
        Column(label="所需月均（前期月均）", align=RIGHT, weight=2),
    ]
    builder = TableBuilder(caption, columns)
    for one in found:
        row = one.row
        builder.row(
            row.label,
            *([row.period.label_zh] if until else []),
            builder.figure(row.level, value_text(row.level)),
            builder.figure(row.target, ("调" if row.earlier_target is not None else "") + value_text(row.target)),
            builder.figure(one.point, _text(one.point, one)),
            _interval(builder, one),
            _probability(builder, one),
            _pace(builder, one),
        )
    table = builder.build(notes=_notes(found))
    if table is None:  # there is a forecast at least
        raise ValueError(builder.caption)
    return table


def _interval(builder: TableBuilder, found: Forecast) -> Runs | str:
    if found.low is None or found.high is None:
        return DASH
    number = plain(half_up(found.low.value or Decimal(0), _places(found)))
    return (*builder.figure(found.low, number), Run(text="—"), *builder.figure(found.high, _text(found.high, found)))


def _probability(builder: TableBuilder, found: Forecast) -> Runs | str:
    if found.met:
        return "已完成"
    if found.probability is None or found.probability.value is None:
        return "不作判断"
    return builder.figure(found.probability, chance_words(found.probability.value))


def _pace(builder: TableBuilder, found: Forecast) -> Runs | str:
    if found.pace is None:
        return DASH
    needed = builder.figure(found.pace.needed, pace_text(found.pace.needed))
    so_far = builder.figure(found.pace.so_far, pace_text(found.pace.so_far))
    return (*needed, Run(text="（"), *so_far, Run(text="）"))


def _notes(found: Sequence[Forecast]) -> list[str]:
    notes = [METHOD_NOTE]
    if any(one.low is not None for one in found):
        notes += [INTERVAL_NOTE, PROBABILITY_NOTE]
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.reason:
            reasons.setdefault(one.reason, []).append(one.row.label)
    notes += [f"{'、'.join(labels)}{reason}" for reason, labels in reasons.items()]
    if any(one.row.earlier_target is not None for one in found):
        notes.append("带“调”字的目标为年中调整后的目标")
    return notes


def _ranges(found: Sequence[Forecast]) -> Block | None:
    """All forecasts as per cent of their targets, the surest first."""
    lines = []
    for one in found:
        point, low, high = (v.value if v is not None else None for v in (one.point, one.low, one.high))
        percent = _foreseen_completion(one)
        if point and low is not None and high is not None and percent:
            edges = [half_up(value / point * percent, 1) for value in (low, high)]
            text = f"{plain(half_up(percent, 1))}%（{plain(edges[0])}%—{plain(edges[1])}%）"
            lines.append(growth_charts.Range(one.row.label, edges[0], half_up(percent, 1), edges[1], text))
    lines.sort(key=lambda line: line.point, reverse=True)
    return growth_charts.ranges("全年预计相当于年度目标的比例", lines, "年度目标")


def _fan(found: Forecast) -> Block | None:
    """Last year, this year so far, and the band to the year's end; months as surveys have them, no January where there is none."""
    if found.low is None or found.high is None or found.row.period.end is None:
        return None
    year = found.row.period.end.year
    point, low, high = (v.value or Decimal(0) for v in (found.point, found.low, found.high))
    done = found.now.values[found.month]
    foreseen = found.path()
    share = {m: (v - done) / (point - done) if point > done else Decimal(0) for m, v in foreseen.items()}
    target = found.row.target
    return growth_charts.fan(
        f"{found.row.label}{year}年累计与全年预计",
        unit=str(found.point.unit),
        last=(f"{year - 1}年", dict(found.before.values)),
        now=(f"{year}年", found.now.until(found.month)),
        foreseen=foreseen,
        low={m: value - (point - low) * share[m] for m, value in foreseen.items()},
        high={m: value + (high - point) * share[m] for m, value in foreseen.items()},
        target=(value_text(target), target.value) if target is not None and target.value is not None else None,
        places=_places(found),
    )


def _looking_back(view: ParkView) -> list[Block]:
    """For a year that is over: what the method would have said at mid-year and after nine months, beside what came."""
    found = [(row, past) for row in view.rows if row.target is not None and (past := look_back(view.index, row))]
    if not found:
        return []
    months = sorted({one.month for _, past in found for one in past})
    columns = [Column(label="指标", weight=2), Column(label="全年实际", align=RIGHT, weight=1.3)]
    for month in months:
        columns += [
            Column(label="预计", align=RIGHT, weight=1.2, group=f"按1—{month}月数"),
            Column(label="误差", align=RIGHT, weight=0.9, group=f"按1—{month}月数"),
        ]
    builder = TableBuilder("年中预计与全年实际对照", columns)
    for row, past in found:
        by_month = {one.month: one for one in past}
        cells: list[Runs | str] = [row.label, builder.figure(row.level, value_text(row.level))]
        for month in months:
            cells += _past_cells(builder, by_month.get(month), row.level)
        builder.row(*cells)
    table = builder.build(notes=[METHOD_NOTE, "误差＝预计÷实际−1"])
    lead = words(
        f"{view.period_label}已经结束，不再预计；下表是用同一方法按年中数据作出的预计与全年实际的对照，供判断预计的可靠程度。"
    )
    return [lead, table] if table is not None else []


def _past_cells(builder: TableBuilder, one: LookBack | None, level: IndicatorValue | None) -> list[Runs | str]:
    if one is None or one.point.value is None or one.error.value is None:
        return [DASH, DASH]
    places = min(decimals(level.value), 1) if level is not None and level.value is not None else 0
    error = half_up(one.error.value, 1)
    mark = "▲" if error > 0 else "▼" if error < 0 else ""
    return [
        builder.figure(one.point, plain(half_up(one.point.value, places)) + unit_words(one.point.unit)),
        builder.figure(one.error, f"{mark}{plain(abs(error))}%"),
    ]


__all__ = ["chance_words", "forecast_part", "summary"]
