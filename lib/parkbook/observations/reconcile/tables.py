"""The rows of a ledger's table against its total row, and the completion in a row against the figures beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from parkbook.catalogue import Catalogue
from parkbook.errors import UnitError
from parkbook.model import Observation, ObsStatus, TargetKind, Transformation
from parkbook.observations.duplicates import half_unit
from parkbook.observations.reconcile.interval import rounded
from parkbook.observations.reconcile.result import (
    NOTHING_TO_DO,
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    found,
    name_of,
    note,
    plain,
    titled,
)
from parkbook.observations.reconcile.series import ADDITIVE, TYPED_DECIMALS, decimals, is_sum
from parkbook.units import convert

LAYOUT_RULE = "layout:"
"""How the rule of a figure begins that was read from a ledger by its layout."""


def check_tables(observations: Iterable[Observation], known: Catalogue) -> Check:
    """Where the 合计 row of a ledger's table is not the sum of its rows, column by column."""
    columns: dict[tuple[str, ...], list[Observation]] = {}
    for observation in observations:
        sheet, _, cell = observation.locator.partition("!")
        if (
            observation.rule.startswith(LAYOUT_RULE)
            and observation.transformation in (Transformation.LEVEL, Transformation.TARGET)
            and is_sum(observation.indicator_id, known, ADDITIVE)
        ):
            key = (
                observation.source.source_id,
                sheet,
                observation.rule,
                cell.rstrip("0123456789"),
                observation.period.time_period,
            )
            columns.setdefault(key, []).append(observation)
    return Check.of(CheckKind.TABLES, map(_total, columns.values()))


def _total(column: Sequence[Observation]) -> list[AuditFinding] | None:
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
        return None
    values = [o.obs_value for o in rows if o.obs_value is not None]
    said, added = totals[0].obs_value, sum(values, Decimal(0))
    finest = min((half_unit(value) for value in (said, *values) if decimals(value) <= TYPED_DECIMALS), default=None)
    allowed = sum((min(half_unit(value), finest or half_unit(value)) for value in (said, *values)), Decimal(0))
    if abs(added - said) <= allowed:
        return []
    unit = totals[0].unit
    gap = f"相差 {plain(said - added, unit)}"
    size = f"相差 {plain(abs(said - added), unit)}"
    return [
        found(
            CheckKind.TABLES,
            f"{name_of(totals[0])} 的合计与各行之和不符",
            [totals[0]],
            "table_total",
            expected=f"{plain(added, unit)}（{len(rows)} 行之和）",
            said=f"{plain(said, unit)}，{gap}",
            difference=size,
            cause="合计未随明细更新，或明细有缺漏",
        )
    ]


# -- completion -------------------------------------------------------------------------------------------------------


def check_completion(observations: Sequence[Observation], result_of: Mapping[str, str]) -> Check:
    """Where a completion is not the figure over the target: those of its own row in a ledger, of its own source elsewhere.
    `result_of` names the figures that are the target of another one."""
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for observation in observations:
        if observation.obs_value is not None and observation.is_number and observation.indicator_id:
            groups.setdefault(_together(observation, result_of), []).append(observation)
    results = (
        _completion(completion, group, result_of)
        for group in groups.values()
        for completion in group
        if completion.transformation is Transformation.COMPLETION
    )
    return Check.of(CheckKind.COMPLETION, results)


def _together(observation: Observation, result_of: Mapping[str, str]) -> tuple[object, ...]:
    """What a completion shares with its figure and its target."""
    common = (observation.source.source_id, result_of.get(observation.indicator_id, observation.indicator_id))
    if observation.rule.startswith(LAYOUT_RULE):
        sheet, _, cell = observation.locator.partition("!")
        return (*common, sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    end = observation.period.end
    return (*common, observation.subject, observation.scope, end.year if end else None)


def _completion(
    completion: Observation, group: Sequence[Observation], result_of: Mapping[str, str]
) -> list[AuditFinding] | None:
    targets = [o for o in group if is_target(o, result_of)]
    levels = [
        o
        for o in group
        if o.transformation is Transformation.LEVEL
        and o.period.key == completion.period.key
        and o.indicator_id == completion.indicator_id
        and (o.obs_status is ObsStatus.ESTIMATED) == (completion.obs_status is ObsStatus.ESTIMATED)
    ]
    if len(targets) != 1 or len(levels) != 1:
        return None
    low, high = implied_ratio(levels[0], targets[0])
    said = completion.obs_value or Decimal(0)
    if low is None or high is None:
        return None
    if low - half_unit(said) <= said <= high + half_unit(said):
        return []
    exact = _exact_ratio(levels[0], targets[0])
    gap = f"相差 {plain(rounded(abs(Fraction(said) - Fraction(exact)), max(decimals(said), 2)))} 个百分点"
    shown = f"{low:.2f}% 至 {high:.2f}%"
    figures = [completion, levels[0], targets[0]]
    if _cut_off(said, low, high):
        return [
            note(
                CheckKind.COMPLETION,
                f"{titled(completion)} 的完成率截去了尾数，没有四舍五入",
                figures,
                "completion_truncated",
                expected=shown,
                said=f"{plain(said)}%，按截尾可得",
                difference=gap,
                cause="按截尾取数",
                remedy=NOTHING_TO_DO,
                certainty=Certainty.LIKELY,
            )
        ]
    return [
        found(
            CheckKind.COMPLETION,
            f"{titled(completion)} 的完成率与数值和目标不符",
            figures,
            "completion",
            expected=shown,
            said=f"{plain(said)}%",
            difference=gap,
            cause="完成率未随数值更新，或目标已调整",
        )
    ]


def _cut_off(said: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether cutting off decimals of a ratio in the interval gives the printed figure."""
    step = Decimal(1).scaleb(-decimals(said))
    return low < said + step and said <= high and said >= 0


def _exact_ratio(level: Observation, target: Observation) -> Decimal:
    """level / target in per cent, as printed; `implied_ratio` has seen to it that there is one."""
    base = convert(target.obs_value or Decimal(1), target.unit, level.unit)
    return (level.obs_value or Decimal(0)) / base * 100


def is_target(o: Observation, result_of: Mapping[str, str]) -> bool:
    """A target in the unit of its result, or a figure that is one."""
    if o.transformation is Transformation.TARGET:
        return o.target_kind is not TargetKind.GROWTH
    return o.transformation is Transformation.LEVEL and o.indicator_id in result_of


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
