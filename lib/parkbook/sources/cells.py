"""What one ledger cell says: a number with its qualifier, or a status, never a guess.

A number is exact: the float 12.3 is Decimal('12.3'), taken to the 15 significant digits that Excel keeps; a percent
format is undone (0.123 shown as 12.3% is 12.3 in %), and the decimals that the format prints are kept (12 shown as
12.0 is Decimal('12.0')). Numbers typed as text are read (full width, thousands separators) and marked as such.
Sentinels (—, *, /, 未报) and numbers with hidden digits (29XX6, **万元) become a status; error cells and formulas without
a stored value are `error`. Other words in a column of figures are `error` too, and so are dates and several numbers in one
cell: they are shown with their address, not interpreted. A footnote's mark behind a number (100①, 12.5²) is no digit of it.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from parkbook.codelists import sentinel_status
from parkbook.errors import UnitError
from parkbook.model import ObsStatus, Qualifier
from parkbook.sources.grid import Cell
from parkbook.sources.marks import is_mark
from parkbook.units import parse_unit

SIGNIFICANT_DIGITS = 15
"""What Excel keeps of a number; further digits of a float are noise of its binary form."""

_NUMBER = r"[+\-−]?\d+(?:\.\d+)?|[+\-−]?\.\d+"
_TEXT_NUMBER = re.compile(
    rf"(?P<estimated>预计|预估)?(?P<before>约|近|超过|超|逾)?(?P<low>{_NUMBER})"
    rf"(?:(?P<first_percent>%)?[-~—–至](?P<high>{_NUMBER}))?(?P<percent>%)?(?P<after>余|多|以上|左右)?\Z"
)
_BEFORE = {
    "约": Qualifier.ABOUT,
    "近": Qualifier.BELOW,
    "超过": Qualifier.ABOVE,
    "超": Qualifier.ABOVE,
    "逾": Qualifier.ABOVE,
}
_AFTER = {"余": Qualifier.ABOVE, "多": Qualifier.ABOVE, "以上": Qualifier.ABOVE, "左右": Qualifier.ABOUT}
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f\u3000]\d{3})+(?!\d)")
_APART = re.compile(r"[\d.]\s+[\d.]|\d[^\n]*\n[^\n]*\d")
_DATE = re.compile(r"(?:19|20)\d{2}[-~—–至](?:0?[1-9]|1[0-2])|.*(?<![\d.])0\d.*")
"""2025-06 and 06-30: no range of figures is written so."""
_HIDDEN = re.compile(r"[+\-−]?[\d.,]*[*x×○□][\d.,*x×○□]*(?P<unit>.*)\Z", re.IGNORECASE)
_PRODUCT = re.compile(r"[\d.,]+×[\d.,]+")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PRINTED = re.compile(r"[#0?,]*[#0?](?:\.([0#?]+))?(,*)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell of figures says.

    `problem` is empty, or says in Chinese why there is no number; beside a value, what stands in the cell besides it.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    status: ObsStatus = ObsStatus.REPORTED
    qualifier: Qualifier = Qualifier.EXACT
    percent: bool = False
    as_text: bool = False
    scaled: bool = False
    blank: bool = False
    problem: str = ""


def read_figure(cell: Cell) -> Reading:
    """The figure in a cell, or the status that stands for it."""
    value = cell.value
    if cell.uncached:
        return Reading(status=ObsStatus.ERROR, problem="公式没有保存计算结果")
    if value is None:
        return Reading(status=ObsStatus.MISSING, blank=True)
    if isinstance(value, bool):
        return Reading(status=ObsStatus.ERROR, problem="是逻辑值，不是数")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return Reading(status=ObsStatus.ERROR, problem="是日期或时间，不是数")
    if isinstance(value, int | float):
        return _read_number(value, cell.number_format)
    return _read_text(str(value))


def _read_number(value: int | float, number_format: str) -> Reading:
    number = exact(value)
    decimals, percent, scaled = _printed(number_format)
    if percent:
        number = number.scaleb(2)
    return Reading(value=_padded(number, decimals), percent=percent, scaled=scaled)


def exact(value: int | float) -> Decimal:
    """A stored number as Excel means it: the shortest decimal of the float, to 15 significant digits."""
    number = Decimal(repr(value))
    digits = number.as_tuple().digits
    if isinstance(value, int) or len(digits) <= SIGNIFICANT_DIGITS:
        return number if number else Decimal(0)
    return Decimal(f"{value:.{SIGNIFICANT_DIGITS - 1}e}").normalize()


def _padded(number: Decimal, decimals: int) -> Decimal:
    """The number with the decimals that are printed; never with fewer than it has."""
    exponent = number.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return Decimal(format(number, f".{max(own, decimals, 0)}f"))


def _printed(number_format: str) -> tuple[int, bool, bool]:
    """Decimals that a number format prints, whether it is a percent format, whether it divides by thousands."""
    section = _QUOTED.sub("", number_format.split(";")[0])
    if section in ("General", "@", "") or "/" in section or "E" in section:
        return 0, False, False
    found = _PRINTED.search(section)
    decimals = (found[1] or "").count("0") if found else 0
    return decimals, "%" in section, bool(found and found[2]) or "0!." in section


def plain_text(text: str) -> str:
    """Words of a number in one width, without spaces and thousands separators."""
    plain = _THOUSANDS.sub(lambda found: re.sub(r"\s", "", found[0]), unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub(r"\s+", "", plain)).lstrip("'")


def _without_mark(text: str) -> tuple[str, str]:
    """The words, and the mark of a footnote behind them."""
    words = text.rstrip()
    end = len(words)
    while end and is_mark(words[end - 1]):
        end -= 1
    return (words[:end], words[end:]) if end else (words, "")


def _no_figure(text: str) -> str:
    """Why words are no figure although their digits would make one; empty where they may be."""
    if any(unicodedata.category(character) == "No" for character in text):
        return "有上标、带圈数字或分数，不能确定是什么数"
    plain = _THOUSANDS.sub("0", unicodedata.normalize("NFKC", text).strip())
    if _APART.search(plain):
        return "中有不止一个数"
    return ""


def _is_hidden(plain: str) -> bool:
    """Whether digits of a number are hidden: 29XX6, 12.**, **.*%, **万元; 3×4 is a product."""
    found = _HIDDEN.match(plain)
    if found is None or _PRODUCT.match(plain):
        return False
    try:
        return not found["unit"] or bool(parse_unit(found["unit"]))
    except UnitError:
        return False


def _read_text(text: str) -> Reading:
    status = sentinel_status(text)
    if status is ObsStatus.ERROR:
        return Reading(status=status, problem="是公式错误值")
    if status is not None:
        return Reading(status=status, blank=not text.strip())
    words, mark = _without_mark(text)
    problem = _no_figure(words)
    if problem:
        return Reading(status=ObsStatus.ERROR, problem=problem)
    plain = plain_text(words)
    found = _TEXT_NUMBER.match(plain)
    if found is not None:
        return _number_of_text(found, mark)
    if _is_hidden(plain):
        return Reading(status=ObsStatus.MASKED)
    return Reading(
        status=ObsStatus.ERROR, problem="是公式文字，没有计算" if plain.startswith("=") else "是文字，不是数"
    )


def _number_of_text(found: re.Match[str], mark: str) -> Reading:
    """The number or range of matched words; a date or a range that falls is none."""
    low = _decimal(found["low"])
    qualifier = _BEFORE.get(found["before"] or "") or _AFTER.get(found["after"] or "") or Qualifier.EXACT
    status = ObsStatus.ESTIMATED if found["estimated"] else ObsStatus.REPORTED
    percent = bool(found["percent"] or found["first_percent"])
    problem = f"数后带注码“{mark}”" if mark else ""
    if found["high"]:
        high = _decimal(found["high"])
        if low > high or _DATE.match(found[0]):
            cause = "像是日期，不是数" if _DATE.match(found[0]) else "中范围的起点大于终点"
            return Reading(status=ObsStatus.ERROR, problem=cause)
        return Reading(low=low, high=high, status=status, qualifier=Qualifier.RANGE, percent=percent, problem=problem)
    words = bool(found["estimated"] or found["before"] or found["after"] or mark)
    return Reading(value=low, status=status, qualifier=qualifier, percent=percent, as_text=not words, problem=problem)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def shown(cell: Cell) -> str:
    """A cell as a reader sees it: 12.3%, 1,234.5, 2025-09-30; words as they stand."""
    value = cell.value
    if cell.uncached:
        return "（公式无结果）"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return as_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell.text
    decimals, percent, _ = _printed(cell.number_format)
    number = exact(value).scaleb(2) if percent else exact(value)
    general = cell.number_format in ("General", "@")
    text = format(
        number.normalize() if general else _rounded(number, decimals), ",f" if "," in cell.number_format else "f"
    )
    return text + ("%" if percent else "")


def _rounded(number: Decimal, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = max(28, number.adjusted() + decimals + 2)
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def as_date(value: datetime.datetime | datetime.date | datetime.time | datetime.timedelta) -> str:
    """An ISO date; the time only where there is one."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
