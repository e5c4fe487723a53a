"""What a decision of the review list makes of a figure.

A 更正 says what the words say and the reader did not see: the number, the unit, whose or what it is. It cannot give a number
where the words hide one, nor make a rate of an amount: such a change needs a reason, and corrections.yaml asks for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from parkbook.catalogue import catalogue
from parkbook.errors import CorrectionError, ParkbookError, UnitError
from parkbook.model import NUMERIC, Observation, Qualifier, Transformation
from parkbook.units import Unit, parse_unit

if TYPE_CHECKING:
    from parkbook.sources.text.extract import TextFigure

_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,24}(?:\.[0-9]{1,12})?")
_RATES: Final = frozenset({"%", "‰", "百分点"})
_OF_RATES: Final = frozenset(
    {Transformation.GROWTH, Transformation.SHARE, Transformation.COMPLETION, Transformation.CONTRIBUTION}
)


def decided(figure: TextFigure, row: Mapping[str, str], place: str) -> TextFigure | None:
    """The figure as a checked row decides; None when it is dropped. CorrectionError for what a list cannot set."""
    if row["decision"] == "剔除":
        return None
    observation = replace(
        figure.observation,
        confidence=Decimal(1),
        note=f"人工复核：{row['decision']}" + (f"（{row['by']}）" if row["by"] else ""),
    )
    if row["indicator_id"]:
        catalogue().get(row["indicator_id"], where=place)
        observation = replace(observation, indicator_id=row["indicator_id"])
    if row["set_value"]:
        observation = _with_value(observation, row["set_value"], place)
    if row["set_unit"]:
        observation = _with_unit(figure.observation, observation, row["set_unit"], place)
    if row["set_label"]:
        observation = replace(observation, reported_label=row["set_label"])
    return replace(figure, observation=observation, unit=row["set_unit"] or figure.unit, doubtful="")


def _with_value(observation: Observation, text: str, place: str) -> Observation:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise CorrectionError(
            "更正的数值不是数字",
            where=f"{place} set_value 列",
            found=text,
            expected="如 12.3",
            remedy="只填数字，负数前加 -，不带千分位、单位和科学记数",
        )
    if observation.obs_status not in NUMERIC:
        raise CorrectionError(
            "原文没有给出这个数，不能在复核清单中填数",
            where=f"{place} set_value 列",
            found=f"{observation.source_text} → {text}",
            cause="隐去的数不是数；另有来源的须写明依据",
            remedy="decision 填“采用”，再在 corrections.yaml 中更正：set 写 value 和 obs_status，reason 写明依据",
        )
    return replace(
        observation,
        obs_value=Decimal(plain),
        value_low=None,
        value_high=None,
        qualifier=Qualifier.EXACT if observation.qualifier is Qualifier.RANGE else observation.qualifier,
        corrected_from=_number(observation),
    )


def _number(observation: Observation) -> str:
    """The number that the reader saw, or its range."""
    numbers = (observation.obs_value, observation.value_low, observation.value_high)
    return "至".join(format(number, "f") for number in numbers if number is not None)


def _with_unit(read: Observation, observation: Observation, text: str, place: str) -> Observation:
    try:
        unit = parse_unit(text)
    except UnitError as error:
        raise _at(error, f"{place} set_unit 列") from error
    if not _fits(observation, unit):
        raise CorrectionError(
            "更正的单位与这个数的性质不符，未采用",
            where=f"{place} set_unit 列",
            found=f"{read.unit if read.unit_measure else '无单位'} → {text}",
            expected="总量用总量的单位；增速、占比、完成率用 %",
            cause="总量与比率不能互改，复核清单不改 transformation",
            remedy="剔除该数，对照原文写入 published.csv；确为比率型指标的，填写其 indicator_id",
        )
    was = f"{_number(read)}{read.unit if read.unit_measure else ''}"
    return replace(observation, unit_measure=unit.measure, unit_mult=unit.mult, corrected_from=was)


def _fits(observation: Observation, unit: Unit) -> bool:
    """Whether a figure of this kind can have the unit: a rate stays a rate, an amount an amount."""
    if observation.transformation in _OF_RATES:
        return unit.measure in _RATES
    if observation.unit_measure and (unit.measure in _RATES) != (observation.unit_measure in _RATES):
        known = catalogue()
        named = known.get(observation.indicator_id).unit if observation.indicator_id in known else ""
        return unit.measure in _RATES and named in _RATES
    return True


def _at(error: ParkbookError, where: str) -> CorrectionError:
    found = error.finding
    return CorrectionError(found.what, where=where, expected=found.expected, cause=found.cause, remedy=found.remedy)
