"""Figures against each other: months against cumulatives, parts against totals, and slips of a power of ten.

Nothing is changed; each finding says what, where (the cells), and by how much. Rounding is granted: an identity is broken
only when the difference is more than the printed decimals can hide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from parkbook.catalogue import Catalogue, IndicatorBasis
from parkbook.errors import Finding, Severity, UnitError
from parkbook.model import Observation, Transformation
from parkbook.observations.duplicates import half_unit
from parkbook.periods import Basis, Month, Period, ytd_period
from parkbook.sources.plausibility import place_of
from parkbook.units import Unit, convert

SLIP_POWERS = (1, 2, 3, 4, 8)
SLIP_BAND = (Decimal("0.8"), Decimal("1.25"))
TYPED_DECIMALS = 4
"""More decimals than anyone types: a computed number, which says nothing of how its neighbours were rounded."""
STEADY = Decimal(3)
"""A slip is only claimed where the neighbours are within this factor of each other."""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in the unit of its series, and what rounding may hide of it."""

    observation: Observation
    value: Decimal
    rounding: Decimal
    unit: Unit


Series = dict[tuple[Month | None, Month | None, Basis | None], Number]
SeriesKey = tuple[str, ...]
AllSeries = dict[SeriesKey, Series]


def series_of(observations: Iterable[Observation], transformation: Transformation = Transformation.LEVEL) -> AllSeries:
    """Numbers by indicator, subject and 口径, then by period. Of several sayings the first published counts: figures that
    were published together fit together, a later revision of one of them need not."""
    series: AllSeries = {}
    for observation in observations:
        if (
            observation.obs_value is None
            or not observation.is_number
            or not observation.indicator_id
            or not observation.period.known
            or observation.transformation is not transformation
        ):
            continue
        key = (
            observation.ref_area,
            observation.indicator_id,
            observation.subject,
            observation.parent if observation.subject else "",
            observation.scope,
            observation.price_basis or "",
            observation.fiscal_basis or "",
        )
        line = series.setdefault(key, {})
        number = _number(observation, next(iter(line.values()), None))
        earlier = line.get(observation.period.key)
        if number is not None and (earlier is None or observation.vintage < earlier.observation.vintage):
            line[observation.period.key] = number
    return {key: _evenly_rounded(line) for key, line in series.items()}


def _evenly_rounded(line: Series) -> Series:
    """The series with the rounding that each source shows over all of it: a 12 beside 12.4 is 12.0."""
    finest: dict[tuple[str, Unit], Decimal] = {}
    for number in line.values():
        key = (number.observation.source.source_id, number.observation.unit)
        if decimals(number.observation.obs_value or Decimal(0)) <= TYPED_DECIMALS:
            finest[key] = min(number.rounding, finest.get(key, number.rounding))
    return {
        period: replace(number, rounding=min(number.rounding, finest.get(key, number.rounding)))
        for period, number in line.items()
        for key in [(number.observation.source.source_id, number.observation.unit)]
    }


def decimals(value: Decimal) -> int:
    """How many decimals are printed."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _number(observation: Observation, first: Number | None) -> Number | None:
    """The figure in the unit of the first of its series; None when the units do not convert."""
    unit = first.unit if first is not None else observation.unit
    value = observation.obs_value or Decimal(0)
    try:
        return Number(
            observation, convert(value, observation.unit, unit), convert(half_unit(value), observation.unit, unit), unit
        )
    except (UnitError, KeyError):
        return None


def check_observations(observations: Sequence[Observation], known: Catalogue) -> list[Finding]:
    """Every cross-check of this version."""
    levels, targets = series_of(observations), series_of(observations, Transformation.TARGET)
    return [
        *month_findings(levels, known),
        *part_findings(levels, known),
        *table_findings(observations, known),
        *completion_findings(observations),
        *slip_findings(levels),
        *slip_findings(targets),
    ]


def _is_sum(indicator_id: str, known: Catalogue, bases: Sequence[IndicatorBasis]) -> bool:
    return indicator_id in known and known.get(indicator_id).basis in bases


def _finding(
    what: str, numbers: Sequence[Number | Observation], code: str, *, expected: str, found: str, cause: str
) -> Finding:
    observations = [number.observation if isinstance(number, Number) else number for number in numbers]
    return Finding(
        what=what,
        where="、".join(place_of(observation) for observation in observations),
        expected=expected,
        found=found,
        cause=cause,
        remedy="与原表核对；有误的请报送单位改正，或写入 corrections.yaml",
        code=code,
        severity=Severity.WARNING,
    )


def _said(value: Decimal, unit: object = "") -> str:
    text = format(value, "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"


def _name(observation: Observation) -> str:
    return f"{observation.subject}{observation.reported_label}" if observation.subject else observation.reported_label


# -- a month is the difference of two cumulatives ---------------------------------------------------------------------


def month_findings(levels: AllSeries, known: Catalogue) -> list[Finding]:
    """Where cumulative(m) - cumulative(m-1) is not the month m, for flows with all three."""
    findings = []
    for key, line in levels.items():
        if not _is_sum(key[1], known, (IndicatorBasis.FLOW,)):
            continue
        for period, month in line.items():
            if period[2] is Basis.MONTH and period[1] is not None:
                findings += _month_finding(month, period[1], line)
    return findings


def _month_finding(month: Number, end: Month, line: Series) -> list[Finding]:
    now = line.get(ytd_period(end.year, end.month).key)
    before = line.get(ytd_period(end.year, end.month - 1).key) if end.month > 1 else None
    if now is None or (before is None and end.month > 1):
        return []
    implied = now.value - (before.value if before else 0)
    allowed = now.rounding + month.rounding + (before.rounding if before else 0)
    if abs(implied - month.value) <= allowed:
        return []
    unit = month.unit
    numbers = [month, now, *([before] if before else [])]
    return [
        _finding(
            f"{_name(month.observation)} {month.observation.period.label_zh} 的当月数与累计数之差不符",
            numbers,
            "month_ytd",
            expected=f"{_said(implied, unit)}（累计 {_said(now.value)} 减上月累计 {_said(before.value) if before else 0}）",
            found=f"当月 {_said(month.value, unit)}，相差 {_said(month.value - implied, unit)}",
            cause="当月数或累计数填错，或累计数作过修订",
        )
    ]


# -- parts and totals -------------------------------------------------------------------------------------------------


def part_findings(levels: AllSeries, known: Catalogue) -> list[Finding]:
    """Where a part (`part_of` of the catalogue) is more than its total, of the same period, subject and 口径."""
    findings = []
    for key, line in levels.items():
        total_id = known.get(key[1]).part_of if key[1] in known else ""
        totals = (
            levels.get((key[0], total_id, *key[2:])) or levels.get((key[0], total_id, *key[2:4], "", *key[5:])) or {}
        )
        for period, part in line.items():
            total = totals.get(period)
            if total is not None and _is_sum(key[1], known, (IndicatorBasis.FLOW, IndicatorBasis.STOCK)):
                findings += _part_finding(part, total)
    return findings


def _part_finding(part: Number, total: Number) -> list[Finding]:
    try:
        value = convert(part.value, part.unit, total.unit)
    except UnitError:
        return []
    if value <= total.value + total.rounding + part.rounding or total.value < 0:
        return []
    unit = total.unit
    return [
        _finding(
            f"{_name(part.observation)} {part.observation.period.label_zh} 大于其总数{_name(total.observation)}",
            [part, total],
            "part_total",
            expected=f"不大于 {_said(total.value, unit)}",
            found=f"{_said(value, unit)}，多 {_said(value - total.value, unit)}",
            cause="分项或总数填错，或口径不同",
        )
    ]


# -- the rows of a table and its total row ----------------------------------------------------------------------------


def table_findings(observations: Iterable[Observation], known: Catalogue) -> list[Finding]:
    """Where the 合计 row of a ledger's table is not the sum of its rows, column by column."""
    columns: dict[tuple[str, ...], list[Observation]] = {}
    for observation in observations:
        sheet, _, cell = observation.locator.partition("!")
        if (
            observation.rule.startswith("layout:")
            and observation.transformation in (Transformation.LEVEL, Transformation.TARGET)
            and _is_sum(observation.indicator_id, known, (IndicatorBasis.FLOW, IndicatorBasis.STOCK))
        ):
            key = (
                observation.source.source_id,
                sheet,
                observation.rule,
                cell.rstrip("0123456789"),
                observation.period.time_period,
            )
            columns.setdefault(key, []).append(observation)
    return [finding for column in columns.values() for finding in _total_finding(column)]


def _total_finding(column: Sequence[Observation]) -> list[Finding]:
    subjects = {observation.subject for observation in column if observation.subject}
    rows = [o for o in column if o.subject and o.parent not in subjects]
    totals = [o for o in column if not o.subject]
    if (
        len(totals) != 1
        or not rows
        or totals[0].obs_value is None
        or any(o.unit != totals[0].unit for o in rows)
        or any(not o.is_number for o in rows)
    ):
        return []
    values = [o.obs_value for o in rows if o.obs_value is not None]
    said, added = totals[0].obs_value, sum(values, Decimal(0))
    finest = min((half_unit(value) for value in (said, *values) if decimals(value) <= TYPED_DECIMALS), default=None)
    allowed = sum((min(half_unit(value), finest or half_unit(value)) for value in (said, *values)), Decimal(0))
    if abs(added - said) <= allowed:
        return []
    unit = totals[0].unit
    return [
        _finding(
            f"{_name(totals[0])} 的合计与各行之和不符",
            [totals[0]],
            "table_total",
            expected=f"{_said(added, unit)}（{len(rows)} 行之和）",
            found=f"{_said(said, unit)}，相差 {_said(said - added, unit)}",
            cause="合计未随明细更新，或明细有缺漏",
        )
    ]


# -- completion -------------------------------------------------------------------------------------------------------


def completion_findings(observations: Sequence[Observation]) -> list[Finding]:
    """Where a ledger's completion is not the figure over the target that stand in its own row."""
    rows: dict[tuple[str, str, str, str], list[Observation]] = {}
    for observation in observations:
        if observation.rule.startswith("layout:") and observation.obs_value is not None:
            rows.setdefault((observation.source.source_id, *_row(observation), observation.indicator_id), []).append(
                observation
            )
    findings = []
    for row in rows.values():
        for completion in row:
            if completion.transformation is Transformation.COMPLETION:
                findings += _completion_finding(completion, row)
    return findings


def _row(observation: Observation) -> tuple[str, str]:
    sheet, _, cell = observation.locator.partition("!")
    return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _completion_finding(completion: Observation, row: Sequence[Observation]) -> list[Finding]:
    targets = [o for o in row if o.transformation is Transformation.TARGET]
    levels = [o for o in row if o.transformation is Transformation.LEVEL and o.period.key == completion.period.key]
    if len(targets) != 1 or len(levels) != 1:
        return []
    low, high = implied_ratio(levels[0], targets[0])
    said = completion.obs_value or Decimal(0)
    if low is None or high is None or low - half_unit(said) <= said <= high + half_unit(said):
        return []
    return [
        _finding(
            f"{_name(completion)} {completion.period.label_zh} 的完成率与数值和目标不符",
            [completion, levels[0], targets[0]],
            "completion",
            expected=f"{low:.2f}% 至 {high:.2f}%",
            found=f"{_said(said)}%",
            cause="完成率未随数值更新，或目标已调整",
        )
    ]


def implied_ratio(level: Observation, target: Observation) -> tuple[Decimal | None, Decimal | None]:
    """The interval in per cent that the rounding of both allows for level / target."""
    if level.obs_value is None or target.obs_value is None:
        return None, None
    try:
        base, slack = (
            convert(value, target.unit, level.unit) for value in (target.obs_value, half_unit(target.obs_value))
        )
    except UnitError:
        return None, None
    if base <= slack:
        return None, None
    own = half_unit(level.obs_value)
    return (level.obs_value - own) / (base + slack) * 100, (level.obs_value + own) / (base - slack) * 100


# -- slips of a power of ten ------------------------------------------------------------------------------------------


def slip_findings(series: AllSeries) -> list[Finding]:
    """Figures that are a power of ten off the neighbours of their series."""
    return [
        finding
        for line in series.values()
        if len(line) > 2
        for number in line.values()
        for finding in _slip_finding(number, line)
    ]


def _slip_finding(number: Number, line: Series) -> list[Finding]:
    neighbours = _neighbours(number, line)
    values = [abs(other.value) for other in neighbours if other.value]
    if len(values) < 2 or not number.value or max(values) > STEADY * min(values):
        return []
    usual = median(values)
    power = slip_power(abs(number.value) / usual)
    if not power:
        return []
    unit = number.unit
    times = f"10^{abs(power)}" if abs(power) > 1 else "10"
    return [
        _finding(
            f"{_name(number.observation)} {number.observation.period.label_zh} 的数疑似错了 {times} 倍",
            [number],
            "unit_slip",
            expected=f"约 {_said(usual.quantize(Decimal(1).scaleb(usual.adjusted() - 3)), unit)}（相邻各期）",
            found=f"{_said(number.value, unit)}，{'大' if power > 0 else '小'} {times} 倍上下",
            cause="计量单位或小数点填错",
        )
    ]


def _neighbours(number: Number, line: Series) -> list[Number]:
    """The same months a year before and after, and for months, points and years the adjacent ones."""
    period = number.observation.period
    found = [line.get(other.key) for other in _near_periods(period)]
    return [other for other in found if other is not None]


def _near_periods(period: Period) -> list[Period]:
    if period.start is None or period.end is None:
        return []
    years = [period.shift_years(-1), period.shift_years(1)]
    step = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if period.basis is Basis.YTD:
        ends = [month for month in (period.end.month - 1, period.end.month + 1) if 1 <= month <= 12]
        return years + [ytd_period(period.end.year, month) for month in ends if step < 12 or month < 12]
    return years + [Period(period.start.shift(n * step), period.end.shift(n * step), period.basis) for n in (-1, 1)]


def slip_power(ratio: Decimal) -> int:
    """The power of ten that a ratio is near to, signed; 0 when it is near none."""
    low, high = SLIP_BAND
    for power in SLIP_POWERS:
        for sign in (1, -1):
            if low <= ratio.scaleb(-sign * power) <= high:
                return sign * power
    return 0
