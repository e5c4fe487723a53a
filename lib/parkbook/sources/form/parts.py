"""What stands where in a 填报表: sheets, columns, fields, lists of choices. Writer and reader share it, so neither can drift.

A list sheet has its title in row 1, what to do in row 2, headers in row 3, a grey example in row 4 whose 序号 says
示例（不读取）, and input from row 5 on. Column A is 序号. 园区信息 has one field a row instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from openpyxl.utils import get_column_letter

from parkbook.catalogue import catalogue
from parkbook.codelists import AdminLevel, ParkType, Relation, label_zh
from parkbook.model import TargetKind
from parkbook.units import unit_definitions

FORM_FILE: Final = "填报表.xlsx"
CODE_SHEET: Final = "代码表"
HEADER_ROW, EXAMPLE_ROW, FIRST_ROW = 3, 4, 5
EXAMPLE_MARK: Final = "示例（不读取）"
NUMBER_HEADER: Final = "序号"
STEPS_LABEL: Final = "填报办法"
"""The row of 园区信息 from which on there is nothing to read."""


class Choice(StrEnum):
    """The lists of 代码表."""

    RELATION = "关系"
    TYPE = "园区类型"
    LEVEL = "级别"
    YES_NO = "是否"
    PARK = "园区"
    TARGET_KIND = "目标类别"
    NOTE_KIND = "问题、举措或亮点"
    SYSTEM = "所属领域"
    UNIT = "计量单位"
    INDICATOR = "指标目录"


class Input(StrEnum):
    """What is typed into a cell: words, or a number. Words are never turned into dates or formulas by Excel."""

    WORDS = "words"
    YEAR = "year"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list sheet. `strict`: Excel refuses what is not in the list; else it only asks. `unless`: may be blank
    where another column says this."""

    key: str
    header: str
    width: float
    example: str | int
    help: str
    choice: Choice | None = None
    strict: bool = True
    input: Input = Input.WORDS
    needed: bool = False
    unless: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheet:
    """A sheet of rows."""

    name: str
    title: str
    intro: str
    columns: tuple[Column, ...]
    rows: int

    def letter(self, key: str) -> str:
        return get_column_letter(self.number(key))

    def number(self, key: str) -> int:
        """The column's number; column A holds 序号."""
        return next(number for number, column in enumerate(self.columns, start=2) if column.key == key)

    def header(self, key: str) -> str:
        return next(column.header for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A row of 园区信息. `fixed`: filled in by the program and locked."""

    key: str
    label: str
    help: str
    choice: Choice | None = None
    strict: bool = True
    fixed: bool = False


PARK_SHEET: Final = "园区信息"
PEER_FIELDS: Final = 5
FIELDS: Final = (
    Field(key="id", label="园区代码", help="由程序填写，与文件夹名相同，不能修改", fixed=True),
    Field(key="name", label="园区名称", help="报告和页面上使用的全称，如“某某高新技术产业开发区”"),
    Field(
        key="relation",
        label="关系",
        help="本单位：可生成以本园区名义的汇报；其他单位：只生成公开数据概览",
        choice=Choice.RELATION,
    ),
    Field(key="type", label="园区类型", help="从下拉列表选择；不清楚的留空", choice=Choice.TYPE),
    Field(key="level", label="级别", help="批准设立的级别，从下拉列表选择；不清楚的留空", choice=Choice.LEVEL),
    Field(key="area", label="所在地", help="省、市、区（县），如“浙江省宁波市”；不清楚的留空"),
    Field(
        key="period",
        label="默认报告期",
        help="页面默认显示的时期，如 2025、2025年1-9月；留空则取有数据的最近一期",
    ),
    *(
        Field(
            key=f"peer{number}",
            label=f"参照园区{number}",
            help="与哪个园区比较，从下拉列表选择；没有的留空",
            choice=Choice.PARK,
            strict=False,
        )
        for number in range(1, PEER_FIELDS + 1)
    ),
    Field(
        key="synthetic",
        label="是否示例数据",
        help="选“是”时，每页都印“示例数据”；真实数据留空",
        choice=Choice.YES_NO,
    ),
    Field(key="note", label="备注", help="需要说明的其他情况"),
)
STEPS: Final = (
    "1. 只在白色单元格中填写；灰色和蓝色部分已锁定（没有密码），不用改。",
    "2. 点选后右侧出现▼的单元格，从下拉列表选择；鼠标停在表头上可看到填写要求，红字表头为必填。",
    "3. 每张表第 4 行是示例，不会被读取；从第 5 行起填写，一行一项，不要合并单元格。",
    "4. 原始台账不要改动，放在 ledgers 文件夹；台账有错的，在“更正”表中写明。",
    "5. 填好后保存关闭，由分析人员运行 parkbook check；有问题时会指明表名和单元格。",
)

TARGETS: Final = ListSheet(
    name="年度目标",
    title="年度目标",
    intro="每个目标一行。同一指标既有确保目标又有力争目标的，填两行；目标调整后另起一行，写明新的确定日期，原来的一行保留。",
    columns=(
        Column(
            key="indicator", header="指标", width=30, example="规上工业总产值", choice=Choice.INDICATOR, needed=True,
            help="从下拉列表选择指标目录中的名称。规上与全口径是不同的指标，请选准确。",
        ),
        Column(
            key="year", header="年份", width=9, example=2026, input=Input.YEAR, needed=True,
            help="目标所属年度，四位年份，如 2026。",
        ),
        Column(
            key="kind", header="目标类别", width=11, example="确保", choice=Choice.TARGET_KIND, needed=True,
            help="确保：必须完成的数；力争：争取达到的数；增长：要求的增长幅度。",
        ),
        Column(
            key="value", header="目标值", width=13, example=120, input=Input.NUMBER, needed=True,
            help="只填数字，单位填在右边一列。增长 8% 的填 8，单位选 %。",
        ),
        Column(
            key="unit", header="单位", width=11, example="亿元", choice=Choice.UNIT, strict=False,
            needed=True, unless=("kind", "增长"),
            help="目标值的计量单位，从下拉列表选择；目标类别为“增长”的可以留空，按 % 计。",
        ),
        Column(key="responsible", header="责任单位", width=18, example="经济发展局", help="负责完成该目标的部门或单位。"),
        Column(
            key="vintage", header="确定日期", width=13, example="2026-01",
            help="目标下达或调整的年月，如 2026-01 或 2026-01-15。调整过的目标以日期较晚的为准。",
        ),
        Column(key="note", header="备注", width=28, example="工作要点第二条", help="文件名、文号或其他说明。"),
    ),
    rows=60,
)  # fmt: skip
NOTES: Final = ListSheet(
    name="问题与举措",
    title="问题、举措与亮点",
    intro="每条一行，写入汇报时不增不改。只有“本单位”的园区在页面上显示。",
    columns=(
        Column(
            key="kind", header="类别", width=11, example="问题", choice=Choice.NOTE_KIND, needed=True,
            help="问题：存在的困难和不足；举措：下一步工作；亮点：取得的成效。",
        ),
        Column(
            key="text", header="内容", width=72, example="两宗重点项目卡在用地报批环节，年内难以开工", needed=True,
            help="一句完整的话，原样写入汇报。",
        ),
        Column(key="by", header="提出人", width=16, example="投资服务科", help="提出该条的部门或人员。"),
        Column(
            key="system", header="所属领域", width=22, example="前期手续", choice=Choice.SYSTEM,
            help="从下拉列表选择；不好归类的留空。",
        ),
    ),
    rows=40,
)  # fmt: skip
CORRECTIONS: Final = ListSheet(
    name="更正",
    title="更正",
    intro="台账或公布数中已核实的错误，每处一行。原文件不改动；原值与文件不符时不更正并提示。三个“更正为”至少填一个。",
    columns=(
        Column(
            key="source", header="文件或来源", width=26, example="01主要经济指标2026.xlsx", needed=True,
            help="出错的台账文件名（含 .xlsx），或来源代码。",
        ),
        Column(
            key="locator", header="位置", width=14, example="4月!D23", needed=True,
            help="工作表名!单元格，如 4月!D23；报告中的数为 字符 588-596。",
        ),
        Column(
            key="label", header="指标原文", width=20, example="进出口总额",
            help="该处在原表中的指标名称。同一位置有几个指标时必须填写。",
        ),
        Column(
            key="value", header="原值", width=13, example=107000, input=Input.NUMBER,
            help="原表现在的数，用来核对。原表该处没有数的留空。",
        ),
        Column(
            key="unit", header="原单位", width=10, example="亿元", choice=Choice.UNIT, strict=False,
            help="原表该处的单位，用来核对；可以留空。",
        ),
        Column(
            key="set_value", header="更正为：数值", width=13, example="10.7", input=Input.NUMBER,
            help="正确的数。应为没有数的，填“未报”或“保密”。",
        ),
        Column(
            key="set_unit", header="更正为：单位", width=13, example="", choice=Choice.UNIT, strict=False,
            help="单位错了才填。",
        ),
        Column(
            key="set_indicator", header="更正为：指标", width=22, example="", choice=Choice.INDICATOR,
            help="指标认错了才填，从下拉列表选择。",
        ),
        Column(
            key="reason", header="理由", width=32, example="按万元填报，该行以亿元计", needed=True,
            help="为什么要改，依据是什么。会印在数据来源中。",
        ),
        Column(key="by", header="更正人", width=11, example="张某", help="核实并负责的人。"),
        Column(key="date", header="日期", width=13, example="2026-05-08", help="更正日期，如 2026-05-08。"),
    ),
    rows=40,
)  # fmt: skip
NAMES: Final = ListSheet(
    name="名称对照",
    title="名称对照",
    intro="台账或报告中的指标名称与指标目录不同的，在这里对上。只填确认是同一口径的；拿不准的不填，该数仍保留，只是不参加计算。",
    columns=(
        Column(
            key="name", header="表中名称", width=34, example="规模以上工业产值", needed=True,
            help="台账或报告中的写法，照抄，不带序号和“其中”。",
        ),
        Column(
            key="indicator", header="指标目录名称", width=34, example="规上工业总产值", choice=Choice.INDICATOR,
            needed=True, help="从下拉列表选择意思相同的指标。",
        ),
        Column(
            key="reason", header="依据", width=40, example="统计科确认为同一口径", help="谁确认的、依据哪个文件。",
        ),
    ),
    rows=80,
)  # fmt: skip
LIST_SHEETS: Final = (TARGETS, NOTES, CORRECTIONS, NAMES)
SHEETS: Final = (PARK_SHEET, *(sheet.name for sheet in LIST_SHEETS))

TARGET_KINDS: Final = {"确保": TargetKind.BASE, "力争": TargetKind.STRETCH, "增长": TargetKind.GROWTH}
NOTE_KINDS: Final = {"问题": "problems", "举措": "measures", "亮点": "highlights"}
YES_NO: Final = {"是": True, "否": False}
SYSTEMS_ZH: Final = {
    "经济运行监测": "S1", "固定资产投资": "S2", "商贸": "S3", "重点企业": "S4", "市场主体": "S30", "招商引资任务": "S5",
    "招商洽谈与合作": "S6", "项目建设": "S7", "前期手续": "S8", "土地与载体": "S9", "地块评价": "S10",
    "企业服务与政策兑现": "S11", "科创企业培育": "S12", "人才": "S13", "研发、平台与专利": "S14", "绿色低碳": "S15",
    "安全生产": "S16", "信访与劳动纠纷": "S17", "数据要素与算力": "S18", "资本招商与基金": "S19", "品牌与排名": "S20",
    "党建与群团": "S21", "基础设施与市政环境": "S28", "规划与审批改革": "S29",
}  # fmt: skip
"""所属领域 to the row of the systems table."""

_COMMON_UNITS: Final = (
    "亿元",
    "万元",
    "元",
    "%",
    "百分点",
    "家",
    "个",
    "人",
    "项",
    "亩",
    "万平方米",
    "平方米",
    "万美元",
    "亿美元",
)


def choices(parks: tuple[tuple[str, str], ...] = ()) -> dict[Choice, list[str]]:
    """Every list of 代码表; `parks` are ids and names."""
    labels = [indicator.label_zh for indicator in catalogue()]
    units = [*_COMMON_UNITS, *(indicator.unit for indicator in catalogue())]
    return {
        Choice.RELATION: [label_zh(code) for code in Relation],
        Choice.TYPE: [label_zh(code) for code in ParkType if code is not ParkType.UNSTATED],
        Choice.LEVEL: [label_zh(code) for code in AdminLevel if code is not AdminLevel.UNSTATED],
        Choice.YES_NO: list(YES_NO),
        Choice.PARK: [f"{park} {name}".strip() for park, name in parks],
        Choice.TARGET_KIND: list(TARGET_KINDS),
        Choice.NOTE_KIND: list(NOTE_KINDS),
        Choice.SYSTEM: list(SYSTEMS_ZH),
        Choice.UNIT: list(dict.fromkeys(units)),
        Choice.INDICATOR: labels,
    }


def known_units() -> list[str]:
    """Every registered spelling of a unit, to suggest the nearest."""
    return [*_COMMON_UNITS, *unit_definitions()]
