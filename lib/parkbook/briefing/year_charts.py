"""Charts of a year: completion of targets against the time passed, level and growth over the months."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing import charts
from parkbook.briefing.blocks import Block, present
from parkbook.briefing.format import value_text
from parkbook.briefing.view import ParkView
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, Transformation
from parkbook.periods import Basis
from parkbook.units import convert, dimension


def completion_chart(title: str, rows: Sequence[IndicatorRow]) -> list[Block]:
    """Completion of targets against the time passed, worst first."""
    done = [
        row for row in rows if row.completion is not None and row.completion.value is not None and row.gap is not None
    ]
    if len(done) < 3:
        return []
    done.sort(
        key=lambda row: row.completion.value if row.completion and row.completion.value is not None else Decimal(0)
    )
    bars = [
        charts.Bar(row.label, row.completion.value, value_text(row.completion), row.verdict is Verdict.BEHIND)
        for row in done
        if row.completion is not None and row.completion.value is not None
    ]
    passed = done[0].passed
    full = passed == 100
    mark = (passed, "年度目标" if full else f"序时进度{half_up(passed, 1)}%") if passed is not None else None
    behind = any(bar.marked for bar in bars[:12])
    chart = charts.ranked_bars(
        f"{title}年度目标完成率",
        bars[:12],
        reference=mark,
        mark_words=("未完成年度目标" if full else "慢于序时进度") if behind else "",
    )
    return present(chart)


def trends(view: ParkView, most: int = 3) -> list[Block]:
    """Cumulative level and growth over the months, for headline indicators with a monthly series."""
    found: list[Block] = []
    for row in view.headline_rows:
        chart = trend_chart(view, row)
        if chart is not None and len(found) < most:
            found.append(chart)
    return found


def trend_chart(view: ParkView, row: IndicatorRow) -> Block | None:
    """Cumulative level and growth of one row over the months of its year; None with fewer than three points."""
    if row.level is None or row.period.end is None or row.period.basis is not Basis.YTD:
        return None
    levels = {
        o.period.end: o
        for o in view.index.series(row.key, Transformation.LEVEL)
        if o.period.basis is Basis.YTD and o.period.end and o.period.end.year == row.period.end.year and o.is_number
    }
    rates = {
        o.period.end: o
        for o in view.index.series(row.key, Transformation.GROWTH)
        if o.period.basis is Basis.YTD and o.comparison is Comparison.YOY and o.unit_measure == "%" and o.is_number
    }
    ends = sorted(end for end in levels if end <= row.period.end)
    if len(ends) < 3 or any(dimension(levels[end].unit) != dimension(row.level.unit) for end in ends):
        return None
    told = [rates[end].obs_value if end in rates else None for end in ends]
    rated = sum(rate is not None for rate in told) > 1
    return charts.cumulative_trend(
        f"{row.period.end.year}年{row.label}累计{'及同比' if rated else ''}",
        ["1月" if end.month == 1 else f"1—{end.month}月" for end in ends],
        [convert(levels[end].obs_value or Decimal(0), levels[end].unit, row.level.unit) for end in ends],
        str(row.level.unit),
        told,
    )
