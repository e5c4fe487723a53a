"""What the parts about registers share: counted figures in sentences, cells, and tables cut to their first rows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from parkbook.briefing.blocks import Column, Runs
from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import DASH, value_text
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.indicators.formulas import published
from parkbook.indicators.register_rows import RegisterRow, count_of
from parkbook.model import IndicatorValue, Observation
from parkbook.units import Unit

MOST_ROWS = 12


def right(label: str, weight: float = 1.0) -> Column:
    return Column(label=label, align=RIGHT, weight=weight)


def counted(rows: Sequence[RegisterRow], unit: str, words: str) -> Sentence:
    """23个 as a figure that leads to its rows; 没有 where there is none."""
    value = count_of(words, rows, f"登记表逐行计数（{words}）", Unit(unit))
    return Sentence("没有") if value is None else Sentence().figure(value, value_text(value))


def cell(builder: TableBuilder, observation: Observation | None) -> Runs | str:
    """A printed figure; a dash where the row has none."""
    return DASH if observation is None else builder.figure(published(observation, None), _bare(observation))


def _bare(observation: Observation) -> str:
    value = published(observation, None)
    return value_text(value)


def shown(builder: TableBuilder, value: IndicatorValue | None) -> Runs | str:
    return DASH if value is None else builder.figure(value, value_text(value))


def day_words(day: datetime.date | None) -> str:
    return DASH if day is None else f"{day.year}-{day.month:02d}-{day.day:02d}"


def month_words(day: datetime.date | None) -> str:
    return DASH if day is None else f"{day.year}年{day.month}月"


def rest_note(total: int, shown_rows: int, words: str) -> list[str]:
    """其余11个见登记表; nothing where all are shown."""
    return [f"{words}；其余{total - shown_rows}项见台账原表"] if total > shown_rows else []


def names(words: Sequence[str], most: int = 3) -> str:
    """甲、乙、丙等5个."""
    head = "、".join(words[:most])
    return head if len(words) <= most else f"{head}等{len(words)}个"


def count_cell(builder: TableBuilder, rows: Sequence[RegisterRow], unit: str, words: str) -> Runs | str:
    """How many rows, as a figure; 0 without one, since there is no row to point at."""
    value = count_of(words, rows, f"登记表逐行计数（{words}）", Unit(unit))
    return "0" if value is None else builder.figure(value, str(len(rows)))
