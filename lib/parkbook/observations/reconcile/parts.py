"""Parts and totals: `part_of` of the catalogue, the 其中 parent in the source's own words, declared sums and orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

from parkbook.catalogue import Catalogue
from parkbook.errors import Severity
from parkbook.model import Comparison, Observation, ObsStatus, Transformation
from parkbook.observations.reconcile.declared import Order, Sum
from parkbook.observations.reconcile.interval import is_count
from parkbook.observations.reconcile.result import (
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
from parkbook.observations.reconcile.series import (
    ADDITIVE,
    AllSeries,
    Number,
    Series,
    SeriesKey,
    at,
    beside,
    in_unit,
    is_sum,
    series_key,
)

WordKey = tuple[str, str, object, str]


def check_parts(levels: AllSeries, known: Catalogue) -> Check:
    """Where a part is more than its total, of the same period, subject and 口径."""
    results = []
    by_words = _by_words(levels)
    for key, line in levels.items():
        if not is_sum(key.indicator_id, known, ADDITIVE):
            continue
        total_id = known.get(key.indicator_id).part_of
        totals = beside(levels, key, total_id) if total_id else {}
        for period, part in line.items():
            total = totals.get(period) or by_words.get(_word_key(part.observation, part.observation.parent))
            said = in_unit(part, total.unit) if total is not None and total is not part else None
            if total is not None and said is not None and total.value >= 0:
                results.append(_part(said, total))
    return Check.of(CheckKind.PARTS, results)


def _by_words(levels: AllSeries) -> dict[WordKey, Number]:
    """The park's own figures by their printed words, for a parent that is named in words."""
    return {
        _word_key(number.observation, number.observation.reported_label): number
        for line in levels.values()
        for number in line.values()
        if not number.observation.subject
    }


def _word_key(observation: Observation, label: str) -> WordKey:
    return observation.ref_area, observation.source.source_id, observation.period.key, label


def _part(part: Number, total: Number) -> list[AuditFinding]:
    if part.value <= total.value + total.rounding + part.rounding:
        return []
    unit = total.unit
    return [
        found(
            CheckKind.PARTS,
            f"{titled(part.observation)} 大于其总数{name_of(total.observation)}",
            [part.observation, total.observation],
            "part_total",
            expected=f"不大于 {plain(total.value, unit)}",
            said=f"{plain(part.value, unit)}，多 {plain(part.value - total.value, unit)}",
            difference=f"多 {plain(part.value - total.value, unit)}",
            cause="分项或总数填错，或口径不同",
        )
    ]


# -- declared sums ----------------------------------------------------------------------------------------------------


def check_sums(levels: AllSeries, growth: AllSeries, sums: Sequence[Sum], known: Catalogue) -> Check:
    """Declared totals against their parts, and the total's growth against theirs."""
    results: list[list[AuditFinding] | None] = []
    for declared in sums:
        for key, line in levels.items():
            if key.indicator_id == declared.whole:
                results += [_sum(whole, _terms(levels, key, declared, whole), declared) for whole in line.values()]
        counted = is_count(known.get(declared.whole).parsed_unit)  # of counts, the sums themselves say it exactly
        if declared.complete and not declared.minus and not counted:
            results += _growth_ranges(growth, declared)
    return Check.of(CheckKind.SUMS, results)


def _terms(levels: AllSeries, key: SeriesKey, declared: Sum, whole: Number) -> list[tuple[int, Number]]:
    """The parts of the whole's period that are there, in its unit, each with its sign."""
    signed = [(1, part) for part in declared.plus] + [(-1, part) for part in declared.minus]
    terms = []
    for sign, part_id in signed:
        number = at(beside(levels, key, part_id), whole.observation.period)
        same = in_unit(number, whole.unit) if number is not None else None
        if same is not None:
            terms.append((sign, same))
    return terms


def _sum(whole: Number, terms: Sequence[tuple[int, Number]], declared: Sum) -> list[AuditFinding] | None:
    """Where all parts do not make the total; where only some are there, or the list is open, where they exceed it.
    A count that is one off is a note: one thing counted twice or not at all changes nothing that is decided on it."""
    total = sum((sign * number.value for sign, number in terms), Decimal(0))
    allowed = whole.rounding + sum((number.rounding for _, number in terms), Decimal(0))
    full = declared.complete and len(terms) == len(declared.plus) + len(declared.minus)
    if not full and (len(terms) < 2 or declared.minus):
        return None
    if abs(total - whole.value) <= allowed or (not full and total < whole.value):
        return []
    unit, gap = whole.unit, whole.value - total
    words = "".join(
        f"{'−' if sign < 0 else '＋' if number_at else ''}{plain(number.value)}"
        for number_at, (sign, number) in enumerate(terms)
    )
    difference = f"相差 {plain(gap, unit)}" if full else f"分项多 {plain(-gap, unit)}"
    by_one = is_count(unit) and abs(gap) <= 1
    report = partial(note, certainty=Certainty.CERTAIN) if by_one else found
    return [
        report(
            CheckKind.SUMS,
            f"{titled(whole.observation)} {'不等于' if full else '小于'}{'有关各项的合计' if declared.minus else '各分项之和'}",
            [whole.observation, *(number.observation for _, number in terms)],
            "sum",
            expected=f"{plain(total, unit)}（{words}）",
            said=f"{plain(whole.value, unit)}，{difference}",
            difference=difference.replace("-", ""),
            cause="个别对象重复计入或漏计" if by_one else "总数或分项填错，或分项口径有交叉、缺漏",
        )
    ]


def _growth_ranges(growth: AllSeries, declared: Sum) -> list[list[AuditFinding]]:
    """A total grows neither faster than its fastest part nor slower than its slowest, in one kind of growth."""
    results = []
    for key, line in growth.items():
        if key.indicator_id != declared.whole:
            continue
        for period, whole in line.items():
            parts = [beside(growth, key, part).get(period) for part in declared.plus]
            same = [p for p in parts if p is not None and _same_growth(p.observation, whole.observation)]
            if len(same) == len(declared.plus):
                results.append(_growth_range(whole, same))
    return results


def _same_growth(part: Observation, whole: Observation) -> bool:
    return (
        part.growth_kind == whole.growth_kind
        and part.unit == whole.unit
        and part.source.source_id == whole.source.source_id
        and whole.comparison is Comparison.YOY
    )


def _growth_range(whole: Number, parts: Sequence[Number]) -> list[AuditFinding]:
    low = min(parts, key=lambda part: part.value)
    high = max(parts, key=lambda part: part.value)
    if low.value - low.rounding - whole.rounding <= whole.value <= high.value + high.rounding + whole.rounding:
        return []
    gap = max(low.value - whole.value, whole.value - high.value)
    return [
        found(
            CheckKind.SUMS,
            f"{titled(whole.observation)} 的增速不在各分项增速之间",
            [whole.observation, low.observation, high.observation],
            "growth_range",
            expected=f"{plain(low.value)}% 至 {plain(high.value)}%",
            said=f"{plain(whole.value)}%，超出 {plain(gap)} 个百分点",
            difference=f"超出 {plain(gap)} 个百分点",
            cause="其中一个增速填错，或各增速的价格基准、口径不同",
            certainty=Certainty.LIKELY,
        )
    ]


# -- declared orders --------------------------------------------------------------------------------------------------


def check_orders(levels: AllSeries, observations: Iterable[Observation], orders: Sequence[Order]) -> Check:
    """Declared pairs of which one cannot be more than the other: 入选 and 申报, 办结 and 受理."""
    compared, findings = 0, list[AuditFinding]()
    hidden = _hidden(observations)
    for order in orders:
        for key, line in levels.items():
            if key.indicator_id == order.smaller:
                result = [_order(number, beside(levels, key, order.larger), order) for number in line.values()]
                compared += sum(item is not None for item in result)
                findings += [finding for item in result if item for finding in item]
            if key.indicator_id in (order.smaller, order.larger):
                other = order.larger if key.indicator_id == order.smaller else order.smaller
                findings += _uncheckable(line, hidden.get(key._replace(indicator_id=other), []))
    return Check(CheckKind.ORDERS, compared, tuple(findings))


def _order(small: Number, larger: Series, order: Order) -> list[AuditFinding] | None:
    large = at(larger, small.observation.period)
    same = in_unit(small, large.unit) if large is not None else None
    if large is None or same is None:
        return None
    if same.value <= large.value + large.rounding + same.rounding:
        return []
    gap = f"多 {plain(same.value - large.value, large.unit)}"
    return [
        found(
            CheckKind.ORDERS,
            f"{titled(small.observation)} 大于{name_of(large.observation)}",
            [small.observation, large.observation],
            "order",
            expected=f"不大于 {plain(large.value, large.unit)}",
            said=f"{plain(same.value, large.unit)}，{gap}",
            difference=gap,
            cause=order.why or "其中一个填错，或两数所指时段、口径不同",
            certainty=order.certainty,
            severity=Severity.NOTE if order.certainty is Certainty.POSSIBLE else Severity.WARNING,
        )
    ]


def _hidden(observations: Iterable[Observation]) -> dict[SeriesKey, list[Observation]]:
    """Levels that the source hides."""
    hidden: dict[SeriesKey, list[Observation]] = {}
    for o in observations:
        if o.transformation is Transformation.LEVEL and o.obs_status in (ObsStatus.MASKED, ObsStatus.WITHHELD):
            hidden.setdefault(series_key(o), []).append(o)
    return hidden


def _uncheckable(line: Series, hidden: Sequence[Observation]) -> list[AuditFinding]:
    """A pair of which the source prints one and hides the other."""
    return [
        note(
            CheckKind.ORDERS,
            f"{titled(number.observation)} 与{name_of(other)}无法核对",
            [number.observation, other],
            "not_checkable",
            said=f"{plain(number.value, number.unit)}；{name_of(other)}原文隐去",
            cause="原文隐去其中一个数",
            remedy="取得未隐去的原文后再核对",
        )
        for number in line.values()
        for other in hidden
        if other.period.key == number.observation.period.key
    ]
