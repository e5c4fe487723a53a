"""Reading a finished document against the rules of the office's language and of numbers; findings in words.

- phrases an office never writes: 增长-3%, 下降2倍, 增速回落0.8% (百分点 is meant), doubled punctuation, what a program says
  when it has nothing to say (None, NaN);
- every number of a sentence is a figure with its provenance, and says the number that the provenance says; digits outside
  figures are periods, or part of a name that a source or an analyst gives;
- one figure shows one number in text and table, up to rounding;
- a rank has its denominator, or 参评数未公布; a figure that is no number is never printed as one;
- a third-party page speaks for nobody.

Out of scope: whether the words 约, 近, 超 fit; they are printed as the source has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from parkbook.briefing.blocks import (
    AnyBlock,
    Block,
    Bullets,
    Cover,
    Heading,
    KeyFigures,
    Paragraph,
    Run,
    Table,
    Workbook,
)
from parkbook.codelists import label_zh
from parkbook.errors import Finding
from parkbook.model import NUMERIC, ObsStatus

PHRASES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(增长|上升|提高)[-−▼]\s*\d"), "负数不写“增长”，应写“下降”"),
    (re.compile(r"(下降|减少|降低)[-−▲▼]\s*\d"), "“下降”后不带符号"),
    (re.compile(r"下降\d+(\.\d+)?倍"), "没有“下降几倍”的说法"),
    (re.compile(r"(加快|回落|收窄|扩大)\d+(\.\d+)?%"), "增速之差应写“个百分点”"),
    (re.compile(r"(增长|下降)0(\.0+)?%"), "应写“持平”"),
    (re.compile(r"None|NaN|nan\b|Decimal|\bE\+|<[a-z]+ "), "程序的值混入文字"),
    (re.compile(r"[，。；：、]{2,}|（）|《》"), "标点重复或括号为空"),
    (
        re.compile(r"^\d{4}年[^，（）]{0,6}，[^，；。（]*（(?:\d{4}年|报告期未载明)"),
        "句首的报告期与所说数字的报告期不同",
    ),
    (re.compile(r"预计[^，。；\d]{1,12}预计\d"), "“预计”重复"),
    (re.compile(r"(?<!\d)0个同比"), "没有的不计数，写“均同比增长”"),
    (re.compile(r"\b[a-z]+(?:-[a-z]+)*-s\d+\b"), "来源代码混入文字"),
)
CODES = re.compile(r"(?<![A-Za-z_])(?:masked|withheld|confidential|missing|error)(?![A-Za-z_])")
"""Codes of statuses, for which readers have words."""
RANK = re.compile(r"第\d+位(?!（(共\d+个|参评\d+个|参评数未公布)）)")
SPEAKING = re.compile("我们|我园|我区|我市|本园")
PROBLEM_HEADINGS = re.compile("存在问题|存在的主要问题|下一步|举措|汇报")
PERIODS = re.compile(
    r"\d{4}年(?:上半年|下半年|[一二三四]季度|前三季度|\d{1,2}月末|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}—\d{1,2}月|末|底)?"
    r"|\d{1,2}—\d{1,2}月|\d{1,2}月(?:\d{1,2}日|末|底)?|余下\d{1,2}个月|前\d{1,2}个月|\d{4}-\d{2}-\d{2}"
)
COUNTED = re.compile(
    r"(?<=[共等前评])\d+(?=[项个条家种])|\d+(?=份来源|条)|(?<=其余)\d+(?=[项个])|(?<=另有)\d+(?=[项个条])|(?<=最大的)\d+(?=家)"
)
"""Counts that a page makes of its own lists."""
ROUNDED = re.compile("^(约|不足|近|超)|以上$")
"""A figure that is said in round terms on purpose: 约70%, 不足10%, 90%以上."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FORECAST: Final = label_zh(ObsStatus.ESTIMATED)
_HIDDEN: Final = frozenset(label_zh(status) for status in ObsStatus if status not in NUMERIC)


@dataclass
class _Reading:
    """What is collected over a document."""

    names: Sequence[str]
    findings: list[Finding] = field(default_factory=list)
    shown: dict[str, dict[Decimal, str]] = field(default_factory=dict)
    """For each figure the numbers it is printed as, with the text."""

    def found(self, what: str, text: str, remedy: str = "") -> None:
        self.findings.append(Finding(what=what, where=text[:60], remedy=remedy, code="wording"))


def lint(blocks: Iterable[Block | AnyBlock], names: Iterable[str] = ()) -> list[Finding]:
    """What is wrong with a document; `names` are labels of the sources that may hold digits of their own."""
    listed = list(blocks)
    reading = _Reading(sorted({name for name in names if re.search(r"\d", name)}, key=len, reverse=True))
    third_party = any(isinstance(block, Cover) and block.relation == "third_party" for block in listed)
    for block in listed:
        for runs in _texts(block):
            _read(reading, block, runs, spoken=not isinstance(block, Table | KeyFigures))
        _forecasts_are_named(reading, block)
        _shares_are_marked(reading, block)
        if isinstance(block, Cover):
            _title(reading, block)
        if isinstance(block, Workbook):
            _codes(reading, block)
        if third_party:
            _speaks_for_nobody(reading, block)
    _one_number_each(reading)
    return reading.findings


def _texts(block: Block | AnyBlock) -> Iterator[Sequence[Run]]:
    """The pieces of a block that are read as one text."""
    match block:
        case Paragraph(runs=runs):
            yield runs
        case Bullets(items=items):
            yield from items
        case KeyFigures(items=entries):
            for entry in entries:
                yield (entry.value,)
                yield entry.details
        case Table(rows=rows):
            for row in rows:
                yield from row


def _read(reading: _Reading, block: Block | AnyBlock, runs: Sequence[Run], *, spoken: bool) -> None:
    text = "".join(run.text for run in runs)
    for pattern, remedy in PHRASES:
        if pattern.search(text):
            reading.found(f"不合行文习惯：{pattern.search(text)[0]}", text, remedy)  # type: ignore[index]
    if spoken and RANK.search(text):
        reading.found("位次未写明参评数", text, "写“（参评N个）”或“（参评数未公布）”")
    for run in runs:
        if run.ref:
            _figure(reading, block, run)
        elif spoken and "分析人员" not in text:
            _stray_digits(reading, run.text, text)


def _forecasts_are_named(reading: _Reading, block: Block | AnyBlock) -> None:
    """A published figure that the source calls a forecast has 预计 beside it: in its sentence, its cell or its row's name."""
    if isinstance(block, KeyFigures):
        beside = [(item.label, (item.value, *item.details)) for item in block.items]
    elif isinstance(block, Table):
        beside = [("".join(run.text for run in row[0]), cell) for row in block.rows for cell in row]
    elif isinstance(block, Paragraph | Bullets):
        beside = [("", tuple(runs)) for runs in _texts(block)]
    else:
        return
    for name, runs in beside:
        text = name + "".join(run.text for run in runs)
        for run in runs:
            source = block.refs.get(run.ref) if run.ref else None
            if source is not None and source.status == _FORECAST and not source.formula and "预计" not in text:
                reading.found(f"{run.text}是预计数，没有注明", text, "数字后写“（预计）”")


def _shares_are_marked(reading: _Reading, block: Block | AnyBlock) -> None:
    """A share that the page computes does not look like a published one."""
    for run in (run for row in block.rows for cell in row for run in cell) if isinstance(block, Table) else ():
        source = block.refs.get(run.ref) if run.ref else None
        if source is not None and source.formula and run.text.startswith("占"):
            reading.found(f"{run.text}是推算的占比，没有注明", run.text, "前面加“推”字")


def _title(reading: _Reading, cover: Cover) -> None:
    if "（）" in cover.title:
        reading.found("标题中括号为空", cover.title, "没有报告期时去掉括号")


def _codes(reading: _Reading, workbook: Workbook) -> None:
    for sheet in workbook.sheets:
        for row in sheet.cells():
            for column, text in zip(sheet.columns, row, strict=True):
                if "代码" not in column.label and "编号" not in column.label and CODES.search(text):
                    reading.found(f"附表“{sheet.name}”的{column.label}栏有状态代码", text, "改写为中文")


def _figure(reading: _Reading, block: Block | AnyBlock, run: Run) -> None:
    source = block.refs.get(run.ref)
    if source is None:
        reading.found(f"数字“{run.text}”没有出处", run.text)
        return
    printed = _NUMBER.findall(re.sub(r"/\d+$", "", run.text))  # a rank and its denominator
    if source.status in _HIDDEN and printed:
        reading.found(f"“{source.label}”为{source.status}，却印出了数字", run.text)
    for number in printed if not ROUNDED.search(run.text) else ():
        if not _says(number, source.value):
            reading.found(f"正文的{run.text}与出处的{source.value}不一致", run.text)
    if len(printed) == 1:
        reading.shown.setdefault(run.ref, {})[Decimal(printed[0])] = run.text


def _says(number: str, value: str) -> bool:
    """Whether a provenance's value holds the number, as it stands, rounded, or in another power of ten."""
    return any(_agree(Decimal(number), told) for told in map(Decimal, _NUMBER.findall(value)))


def _same(first: Decimal, second: Decimal) -> bool:
    """Equal to within half a unit of the last place of the coarser one: 29.6 is 29.65, which is itself 29.646 rounded."""
    places = min(max(0, -int(value.as_tuple().exponent)) for value in (first, second))
    return abs(first - second) <= Decimal(5).scaleb(-places - 1)


def _stray_digits(reading: _Reading, text: str, whole: str) -> None:
    rest = text
    for name in reading.names:
        rest = rest.replace(name, "")
    rest = COUNTED.sub("", PERIODS.sub("", rest))
    if re.search(r"\d", rest):
        reading.found(f"数字没有出处：{rest.strip()[:30]}", whole)


def _speaks_for_nobody(reading: _Reading, block: Block | AnyBlock) -> None:
    if isinstance(block, Heading) and PROBLEM_HEADINGS.search(block.text):
        reading.found("第三方园区的材料不写问题和举措", block.text)
    if isinstance(block, Paragraph | Bullets):
        text = "".join(run.text for runs in _texts(block) for run in runs)
        if SPEAKING.search(text):
            reading.found("第三方园区的材料不用第一人称", text)


def _one_number_each(reading: _Reading) -> None:
    for texts in reading.shown.values():
        numbers = list(texts)
        if any(not _agree(numbers[0], other) for other in numbers[1:]):
            reading.found(f"同一数字前后写法不一：{'、'.join(texts.values())}", next(iter(texts.values())))


def _agree(first: Decimal, second: Decimal) -> bool:
    return any(_same(first, second.scaleb(power)) for power in (0, 2, -2, 4, -4, 8, -8))
