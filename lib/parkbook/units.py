"""Units as Chinese reports print them, with exact conversion.

A printed unit is a unit of `data/codelists/units.csv` behind an optional power of ten: 亿元 is 元 with `unit_mult` 8,
万平方米 is 平方米 with 4, 万元/亩 is 元/亩 with 4. Factors are exact fractions (1 亩 = 2000/3 平方米), values are Decimal, and
two units convert only inside one dimension: % and 百分点, 人 and 人次, 元 and 美元 do not.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from parkbook.errors import UnitError, did_you_mean
from parkbook.project import data_directory

MAGNITUDES = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
_GLYPHS = {
    8: "亿",
    4: "万",
    12: "万亿",
    0: "",
    3: "千",
    2: "百",
    7: "千万",
    6: "百万",
    5: "十万",
    9: "十亿",
    10: "百亿",
    11: "千亿",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its power of ten, as printed: Unit('元', 8) is 亿元."""

    measure: str
    mult: int = 0

    def __str__(self) -> str:
        return _GLYPHS[self.mult] + self.measure


@dataclass(frozen=True, slots=True)
class UnitDefinition:
    """One row of units.csv; `factor` turns one of the unit into base units."""

    unit: str
    dimension: str
    base_unit: str
    factor: Fraction
    label_en: str


class Definitions(dict[str, UnitDefinition]):
    """Units by spelling; what is asked for and is none may be a unit over units, made of theirs (千克标准煤/标准箱)."""

    def __missing__(self, measure: str) -> UnitDefinition:
        made = _compound(measure)
        if made is None:
            raise KeyError(measure)
        return made


@lru_cache(maxsize=1)
def unit_definitions() -> Definitions:
    """Every known spelling (unit or alias) of every unit."""
    known = Definitions()
    with (data_directory() / "codelists" / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            definition = UnitDefinition(
                row["unit"], row["dimension"], row["base_unit"], Fraction(row["factor"]), row["label_en"]
            )
            for spelling in (row["unit"], *filter(None, row["aliases"].split("|"))):
                if known.setdefault(spelling, definition) is not definition:
                    raise UnitError(
                        f"单位“{spelling}”登记了两次", where="data/codelists/units.csv", remedy="删去其中一处"
                    )
    return known


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Read a printed unit (亿元, 万美元, 个百分点, 万平方米, 万元/亩); UnitError with a suggestion when unknown."""
    definitions = unit_definitions()
    plain = (
        unicodedata.normalize("NFKC", text.strip()).replace(" ", "")
        if text.strip() not in definitions
        else text.strip()
    )
    candidates = [(plain, 0)] + [
        (plain[len(glyph) :], mult) for glyph, mult in MAGNITUDES.items() if plain.startswith(glyph)
    ]
    for measure, mult in candidates:
        if measure in definitions:
            return Unit(definitions[measure].unit, mult)
    for measure, mult in candidates if _OVER.search(plain) is not None else ():
        if (made := _compound(measure)) is not None:
            return Unit(made.unit, mult)
    raise UnitError(
        f"未知的计量单位“{text}”",
        expected="data/codelists/units.csv 中登记的单位",
        cause=did_you_mean(plain, definitions),
        remedy="改用已登记的写法，或在 units.csv 中登记该单位",
    )


_OVER = re.compile("[/每·(（]+")
_BRACKETS = re.compile("[)）]")


@lru_cache(maxsize=4096)
def _compound(measure: str) -> UnitDefinition | None:
    """The definition of a unit over one or more (元/平方米·月, 元每平方米, 标箱/小时); None where one of them is unknown.

    Its name is that of its units: 千克标煤/标箱 is 千克标准煤/标准箱. 元/平方米/月 is by 平方米 and by 月, so it is 元/平方米·月.
    """
    known = unit_definitions()
    whole, *parts = _OVER.split(_BRACKETS.sub("", measure).replace("千瓦·时", "千瓦时"))
    top = known.get(whole)
    below = [(power, known.get(name)) for power, name in map(_sized, parts)]
    if top is None or not below:
        return None
    factor, names, bases, kinds = top.factor, [], [], []
    for power, one in below:
        if one is None:
            return None
        factor /= one.factor * 10**power
        names.append(_GLYPHS[power] + one.unit.replace("个月", "月"))
        bases.append(one.base_unit)
        kinds.append(one.dimension)
    name = f"{top.unit}/{'·'.join(names)}"
    registered = known.get(name)
    if registered is not None:
        return registered
    dimension = f"{top.dimension}_per_{'_'.join(kinds)}"
    return UnitDefinition(name, dimension, f"{top.base_unit}/{'·'.join(bases)}", factor, "")


def _sized(words: str) -> tuple[int, str]:
    """万元 as a power of ten and a unit; 百 alone is neither."""
    known = unit_definitions()
    if words in known:
        return 0, words
    return next(
        ((mult, words[len(glyph) :]) for glyph, mult in MAGNITUDES.items() if words.startswith(glyph)), (0, words)
    )


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal:
    """`value` in `source`, said in `target`; exact, or to 28 digits where the factor has no finite decimal."""
    if source == target:
        return value
    definitions = unit_definitions()
    old, new = definitions[source.measure], definitions[target.measure]
    if old.dimension != new.dimension:
        raise UnitError(
            f"{source}不能换算为{target}",
            expected=f"与{target}同类的单位",
            found=str(source),
            cause="百分数与百分点、人与人次、人民币与外币不能直接换算",
            remedy="外币须先声明汇率及日期；其他情形请核对单位",
        )
    if source.measure == target.measure:
        return value.scaleb(source.mult - target.mult)
    factor = old.factor / new.factor * Fraction(10) ** (source.mult - target.mult)
    with localcontext() as context:
        context.prec = 28
        return value * factor.numerator / factor.denominator


def dimension(unit: Unit) -> str:
    return unit_definitions()[unit.measure].dimension
