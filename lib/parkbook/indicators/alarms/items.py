"""What may carry a lamp: a target, a project, an approval, an enterprise, a rate; with the measures its figures allow.

Items are found among the rows of a park's page, so that a lamp judges the very figure that the page shows. An item without
the figures for a measure simply has none: a rule that found no item is reported as such (`park.unused_rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from parkbook.catalogue import Direction, IndicatorBasis
from parkbook.indicators.alarms import measures
from parkbook.indicators.alarms.dated import dated_items
from parkbook.indicators.alarms.item import Item, attribute, latest, measured, only
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import PERCENT, POINTS, comparable_units, published
from parkbook.indicators.register_rows import ENTERPRISE_FIGURES, REMAINDER
from parkbook.model import Comparison, IndicatorValue, Observation, SourceKind, Transformation
from parkbook.periods import Basis, Period, ytd_period
from parkbook.units import convert

PROJECT_DONE, PROJECT_TOTAL = "project_investment_done", "project_total_investment"
PLACES = "名次"


def items(
    index: FigureIndex, rows: Sequence[IndicatorRow], subjects: Sequence[IndicatorRow], period: Period
) -> list[Item]:
    """Everything of a park that may carry a lamp in `period`; none for a period that is not known."""
    if period.end is None:
        return []
    return [
        *_targets(index, rows),
        *_projects(subjects),
        *dated_items(subjects),
        *_declines(index, rows),
        *_enterprises(subjects),
        *_rates(index, rows),
        *_better_lower(index, rows),
        *_ranks(index, rows),
        *_counts(rows),
    ]


# -- targets and projects against the schedule ------------------------------------------------------------------------


def _targets(index: FigureIndex, rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    for row in rows:
        if row.indicator.direction is Direction.LOWER:  # below a ceiling is not behind
            continue
        kind = "project_plan" if row.indicator.id == PROJECT_DONE else "annual_target"
        item = _scheduled(row, kind, "重点项目完成投资（合计）" if kind == "project_plan" else row.label)
        if item is not None:
            yield replace(item, office=_target_office(index, row))


def _projects(subjects: Iterable[IndicatorRow]) -> Iterator[Item]:
    sizes = {
        row.key.subject: row.level.inputs[0] for row in subjects if row.indicator.id == PROJECT_TOTAL and row.level
    }
    for row in latest([row for row in subjects if row.indicator.id == PROJECT_DONE]):
        item = _scheduled(row, "project_plan", row.key.subject)
        if item is not None:
            yield replace(
                item,
                subject=True,
                office=attribute(row, "office"),
                due=attribute(row, "planned_completion"),
                total_investment=sizes.get(row.key.subject),
            )


def _scheduled(row: IndicatorRow, kind: str, name: str) -> Item | None:
    """Completion against the schedule that the page's own gap was taken against."""
    done, gap = row.completion, row.gap
    if done is None or done.value is None or gap is None or gap.value is None:
        return None
    passed = done.value - gap.value
    time = measured(done, passed, PERCENT, f"时间进度，见“{gap.formula}”", Transformation.SHARE)
    share = f"时间进度 {_plain(passed)}%"
    below = replace(gap, value=-gap.value, formula=f"{share} − 完成率")
    return Item(
        kind=kind,
        name=name,
        system=row.indicator.system,
        indicator_id=row.indicator.id,
        figure=done,
        period=done.period,
        passed=time,
        measures=only(
            points_below=below,
            schedule_ratio=measured(
                done, measures.schedule_ratio(done.value, passed), PERCENT, f"完成率 ÷ {share}", Transformation.SHARE
            ),
            schedule_shortfall=measured(
                done,
                measures.schedule_shortfall(done.value, passed),
                PERCENT,
                f"（{share} − 完成率）÷ 时间进度",
                Transformation.SHARE,
            ),
        ),
        cases={"done_and_schedule": measures.done_and_schedule(done.value, passed)},
    )


def _plain(value: Decimal) -> str:
    text = format(value.quantize(Decimal("0.01")), "f")
    return text.rstrip("0").rstrip(".")


def _target_office(index: FigureIndex, row: IndicatorRow) -> str:
    """Who answers for a target, where a ledger of targets says so for the year."""
    year = row.period.end.year if row.period.end is not None else 0
    named = [
        o.attribute("office")
        for o in index.of_indicator(row.indicator.id, Transformation.TARGET)
        if not o.subject and o.period.end is not None and o.period.end.year == year and o.attribute("office")
    ]
    return named[-1] if named else ""


# -- growth, rates, stocks, counts ------------------------------------------------------------------------------------


def _declines(index: FigureIndex, rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    """Wholes that ought to grow, by their published cumulative growth, with the months before; so also where a page is of a
    single month, whose own rate is no cumulative one."""
    for row in rows:
        indicator = row.indicator
        growing = indicator.basis is IndicatorBasis.FLOW and indicator.direction is Direction.HIGHER
        growth = _cumulative_growth(index, row)
        if growing and not indicator.part_of and growth is not None and growth.is_number and growth.unit == PERCENT:
            name = row.label if growth is row.growth else f"{row.label}（{growth.period.label_zh}）"
            item = _plainly(
                "indicator_growth", row, name, growth, growth=growth, months={"growth": _history(index, row)}
            )
            yield replace(item, office=_target_office(index, row))


def _cumulative_growth(index: FigureIndex, row: IndicatorRow) -> IndicatorValue | None:
    """The row's growth; for a row of one month that of the year up to its end, where it is published."""
    end = row.period.end
    if row.period.basis is not Basis.MONTH or end is None:
        return row.growth
    wanted = ytd_period(end.year, end.month).key
    rates = [
        o
        for o in index.series(row.key, Transformation.GROWTH)
        if o.comparison is Comparison.YOY and o.is_number and o.period.key == wanted
    ]
    return published(rates[-1], row.indicator) if rates else None


def _plainly(
    kind: str,
    row: IndicatorRow,
    name: str,
    figure: IndicatorValue,
    *,
    months: dict[str, tuple[Decimal | None, ...]] | None = None,
    **found: IndicatorValue | None,
) -> Item:
    return Item(
        kind=kind,
        name=name,
        system=row.indicator.system,
        indicator_id=row.indicator.id,
        figure=figure,
        period=figure.period,
        measures=only(**found),
        months=months or {},
        subject=bool(row.key.subject),
        office=attribute(row, "office"),
    )


def _history(index: FigureIndex, row: IndicatorRow) -> tuple[Decimal | None, ...]:
    """Cumulative growth of the months of the year, January only where it is there."""
    end = row.period.end
    if end is None or row.period.basis not in (Basis.YTD, Basis.MONTH):
        return (row.growth.value if row.growth is not None else None,)
    told = {
        o.period.key: o.obs_value
        for o in index.series(row.key, Transformation.GROWTH)
        if o.comparison is Comparison.YOY and o.is_number and o.unit_measure == "%"
    }
    line = [told.get(ytd_period(end.year, month).key) for month in range(1, end.month + 1)]
    while line and line[0] is None:
        line.pop(0)
    return tuple(line)


def _enterprises(subjects: Sequence[IndicatorRow]) -> Iterator[Item]:
    """Enterprises of a ledger by the growth it prints of their output, else of their revenue."""
    by_name: dict[str, dict[str, IndicatorRow]] = {}
    for row in latest([row for row in subjects if row.indicator.id in ENTERPRISE_FIGURES]):
        if not row.key.subject.startswith(REMAINDER) and _from_ledger(row):
            by_name.setdefault(row.key.subject, {})[row.indicator.id] = row
    for name, found in by_name.items():
        row = next(found[figure] for figure in ENTERPRISE_FIGURES if figure in found)
        if row.growth is not None and row.growth.is_number and row.growth.unit == PERCENT:
            yield _plainly("enterprise_growth", row, f"{name}{_column(row)}", row.growth, growth=row.growth)


def _column(row: IndicatorRow) -> str:
    """What the register's column is called: an enterprise's output is 工业总产值, not 规上."""
    printed = row.growth.inputs[0].reported_label.partition("/")[0] if row.growth is not None else ""
    return printed or row.indicator.label_zh


def _from_ledger(row: IndicatorRow) -> bool:
    return all(o.source.kind is SourceKind.LEDGER for value in row.values for o in value.inputs)


def _before(index: FigureIndex, row: IndicatorRow) -> Observation | None:
    """The level of the same months of the year before."""
    if not row.period.known:
        return None
    wanted = row.period.shift_years(-1).key
    found = [o for o in index.series(row.key, Transformation.LEVEL) if o.period.key == wanted and o.is_number]
    return found[-1] if found else None


def _rates(index: FigureIndex, rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    for row in rows:
        level, before = row.level, _before(index, row)
        if level is None or level.value is None or before is None or before.obs_value is None:
            continue
        if row.indicator.basis is not IndicatorBasis.RATE or level.unit != PERCENT or before.unit != PERCENT:
            continue
        change = measured(
            level, level.value - before.obs_value, POINTS, "本期比率 − 上年同期比率", Transformation.CHANGE, before
        )
        yield _plainly("rate", row, row.label, level, points_change=change)


_LOWER_KINDS = {IndicatorBasis.STOCK: "idle_stock", IndicatorBasis.RATE: "lower_rate"}


def _better_lower(index: FigureIndex, rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    """Things of which there should be less (idle space; days or energy for one unit), against the same time of the year before."""
    for row in rows:
        level, before = row.level, _before(index, row)
        kind = _LOWER_KINDS.get(row.indicator.basis, "")
        if row.indicator.direction is not Direction.LOWER or not kind or row.indicator.unit in (str(PERCENT), PLACES):
            continue
        if level is None or level.value is None or before is None or before.obs_value is None:
            continue
        if not comparable_units(level.inputs[0], before):
            continue
        base = convert(before.obs_value, before.unit, level.unit)
        if base > 0:
            rate = (level.value / base - 1) * 100
            formula = "本期末 ÷ 上年同期末 − 1" if kind == "idle_stock" else "本期 ÷ 上年同期 − 1"
            growth = measured(level, rate, PERCENT, formula, Transformation.GROWTH, before)
            yield _plainly(kind, row, row.label, level, growth=growth)


def _ranks(index: FigureIndex, rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    """Places in one ranking, against the year before; how many were ranked then and now is not asked."""
    for row in rows:
        level, before = row.level, _before(index, row)
        if row.indicator.unit != PLACES or level is None or level.value is None:
            continue
        if before is not None and before.obs_value is not None:
            lost = level.value - before.obs_value
            change = measured(level, lost, level.unit, "本期位次 − 上年同期位次", Transformation.CHANGE, before)
            yield _plainly("rank", row, row.label, level, places_lost=change)


def _counts(rows: Iterable[IndicatorRow]) -> Iterator[Item]:
    for row in rows:
        if (
            row.indicator.basis is IndicatorBasis.FLOW
            and row.indicator.direction is Direction.LOWER
            and row.level is not None
        ):
            yield _plainly("accident", row, row.label, row.level, count=row.level if row.level.is_number else None)
