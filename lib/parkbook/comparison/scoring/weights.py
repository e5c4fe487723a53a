"""The weight that counts for an item: its own points, or the group's weight shared out by multipliers.

Where a group has a weight and its items have 赋权 around 1, an item weighs group x multiplier / sum of the group's multipliers. That needs
every item of the group: while some are not known there is no weight, and none is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.comparison.scoring.result import WEIGHT_WANTED
from parkbook.comparison.scoring.schema import Framework, Item


def effective_weight(framework: Framework, item: Item, given: Decimal | None = None) -> tuple[Decimal | None, str]:
    """Points, or None and what is missing. `given` comes from the analyst's table and wins over nothing but a blank."""
    if item.weight is not None:
        return item.weight, ""
    if given is not None:
        return given, ""
    group = next((group for group in framework.groups if group.id == item.group), None)
    if group is None or group.weight is None:
        return None, WEIGHT_WANTED
    if item.multiplier is None:
        return None, f"{WEIGHT_WANTED}（{group.label_zh}{group.weight}分，本项赋权未取得）"
    members = [other for other in framework.items_of(item.column) if other.group == group.id]
    known = [other.multiplier for other in members if other.multiplier is not None]
    if not group.items_known or len(known) < len(members):
        return None, f"{WEIGHT_WANTED}（{group.label_zh}各项赋权不全，无法折算）"
    return group.weight * item.multiplier / sum(known, Decimal(0)), ""


def total(weights: Sequence[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(weights) else None
