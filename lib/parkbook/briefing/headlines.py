"""Which figures stand on a first page, and in which order: what misses its target, then the main indicators.

The same few words (规上工业总产值, 工业总产值, 支柱产业总产值) are one thing seen three times: of such a family one figure is a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from parkbook.briefing.sections import HEADLINE_SYSTEMS
from parkbook.catalogue import IndicatorBasis
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow, Verdict

MOST_HEADLINES: Final = 8
MOST_BEHIND: Final = 4
"""Of a first page's eight figures, those that are picked for being behind; the main indicators are told too."""
NAMED_TARGETS: Final = 3
"""Missed targets that 存在问题 tells with their figures: each of them is on the first page."""
MOST_OF_A_SYSTEM: Final = 4
MAIN: Final = (
    "gdp",
    "fixed_asset_investment",
    "tax_revenue",
    "general_public_budget_revenue",
    "industrial_output_above_size",
    "industrial_value_added_above_size",
    "gross_industrial_output",
    "operating_revenue",
    "total_trade",
    "fdi_received",
    "domestic_investment_received",
    "domestic_investment_outside_city",
    "retail_sales_of_consumer_goods",
)
"""The main indicators of a work report, in the order in which they are told."""

FAMILIES: Final = (
    (
        "industrial_output_above_size",
        "gross_industrial_output",
        "pillar_industries_output",
        "output_above_size_enterprises",
    ),
    ("operating_revenue", "income_total", "total_income", "main_business_revenue", "industrial_sales_revenue"),
    ("tax_revenue", "taxes_and_fees_paid"),
    ("general_public_budget_revenue", "fiscal_revenue", "general_fiscal_income"),
    ("total_trade", "total_trade_usd"),
    ("fdi_received", "fdi_contracted"),
    (
        "domestic_investment_received",
        "domestic_investment_attracted",
        "domestic_investment_outside_city",
        "funds_from_outside_province",
    ),
    ("project_investment_done", "provincial_key_project_investment", "municipal_key_project_investment"),
    ("enterprises_above_size", "units_above_size_secondary_tertiary"),
)
"""Indicators that say nearly the same of a park; the first that has a figure stands for them where only one is shown."""
_FAMILY: Final = {name: family for family in FAMILIES for name in family}


def related(row: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether two rows are of one family; of one indicator in two scopes they are not, each says another thing."""
    mine, its = row.indicator.id, other.indicator.id
    return mine != its and its in _FAMILY.get(mine, ())


def one_of_each(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """Of each family the member that is declared first; all other rows, in their order."""
    ids = {row.indicator.id for row in rows}
    first = {family: next(name for name in family if name in ids) for family in FAMILIES if ids & set(family)}
    return [
        row for row in rows if row.indicator.id not in _FAMILY or first[_FAMILY[row.indicator.id]] == row.indicator.id
    ]


def headlines(rows: Sequence[IndicatorRow], *, own: bool = True) -> list[IndicatorRow]:
    """At most eight rows for a first page: behind their target (worst on top), then the others with a target and the main
    indicator without one, by their order, then what has a verdict, a rank, a level. Of a park that is not one's `own`, targets
    are read here and there and lead nothing: after what is behind, the systems in their order."""
    able = [row for row in rows if _able(row)]
    behind = sorted((row for row in able if _is_behind(row)), key=_gap)
    named = [row for row in behind if row.indicator.id != PROJECT_DONE][:NAMED_TARGETS]
    chosen: list[IndicatorRow] = []
    for row in behind:
        if len(chosen) < MOST_BEHIND and (row in named or not any(related(row, other) for other in chosen)):
            chosen.append(row)
    rest = sorted((row for row in able if row not in chosen), key=_rest_order if own else _plain_order)
    untargeted = [row for row in rest if own and not _has_gap(row) and row.indicator.id == MAIN[0]][:1]
    room = MOST_HEADLINES - len(untargeted)
    for row in rest:
        if own and _has_gap(row) and len(chosen) < room and _adds(row, chosen):
            chosen.append(row)
    for row in (*untargeted, *rest):
        if row not in chosen and len(chosen) < MOST_HEADLINES and _adds(row, chosen):
            chosen.append(row)
    return chosen


def _able(row: IndicatorRow) -> bool:
    """A located figure of the park; a part of another one only where it has a target of its own."""
    return (
        any(value is not None and value.is_number for value in (row.level, row.growth))
        and row.indicator.system in HEADLINE_SYSTEMS
        and (not row.indicator.part_of or _has_gap(row))
    )


def _adds(row: IndicatorRow, chosen: Sequence[IndicatorRow]) -> bool:
    same = sum(other.indicator.system == row.indicator.system for other in chosen)
    return same < MOST_OF_A_SYSTEM and not any(related(row, other) for other in chosen)


def _has_gap(row: IndicatorRow) -> bool:
    return row.gap is not None and row.gap.value is not None


def _is_behind(row: IndicatorRow) -> bool:
    return row.verdict is Verdict.BEHIND and _has_gap(row)


def _gap(row: IndicatorRow) -> Decimal:
    return row.gap.value if row.gap is not None and row.gap.value is not None else Decimal(0)


def _rest_order(row: IndicatorRow) -> tuple[object, ...]:
    main = MAIN.index(row.indicator.id) if row.indicator.id in MAIN else len(MAIN)
    telling, *others = _plain_order(row)
    return (not _has_gap(row), telling, main, *others)


def _plain_order(row: IndicatorRow) -> tuple[object, ...]:
    telling = 0 if row.verdict is not Verdict.UNKNOWN else 1 if row.others or row.shares or row.completion else 2
    system = HEADLINE_SYSTEMS.index(row.indicator.system)
    return (telling, system, row.indicator.basis is not IndicatorBasis.FLOW)
