"""Chinese words for the codes of the vocabulary, and the sentinels that stand for a status in a cell."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TypeVar

from parkbook.errors import UnknownCodeError, did_you_mean
from parkbook.model import ObsStatus, SourceGrade, TargetKind, Transformation
from parkbook.periods import Basis, PeriodStatus

Code = TypeVar("Code", bound=StrEnum)


class Relation(StrEnum):
    """Whose park it is: only an own park gets documents in its name."""

    OWN = "own"
    THIRD_PARTY = "third_party"


class Audience(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"


class DocumentState(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    FINAL = "final"


class ParkType(StrEnum):
    SOFTWARE = "software"
    HIGH_TECH = "high_tech"
    ECONOMIC = "economic"
    INDUSTRIAL = "industrial"
    BONDED = "bonded"
    FUNCTIONAL = "functional"
    REFORM = "reform"
    UNSTATED = "unstated"


class AdminLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    UNSTATED = "unstated"


_LABELS: tuple[dict[StrEnum, str], ...] = (
    {
        ObsStatus.REPORTED: "已公布",
        ObsStatus.PROVISIONAL: "初步数",
        ObsStatus.ESTIMATED: "预计或推算",
        ObsStatus.MASKED: "原文隐去",
        ObsStatus.WITHHELD: "未公布",
        ObsStatus.CONFIDENTIAL: "按保密规定不对外列示",
        ObsStatus.MISSING: "缺报",
        ObsStatus.ERROR: "单元格错误",
        ObsStatus.DOUBTFUL: "存疑",
        ObsStatus.NOT_STATED: "未填数",
        ObsStatus.NOT_APPLICABLE: "不计算",
    },
    {
        Transformation.LEVEL: "数值",
        Transformation.GROWTH: "增速",
        Transformation.CHANGE: "增减量",
        Transformation.SHARE: "占比",
        Transformation.COMPLETION: "完成率",
        Transformation.TARGET: "目标",
        Transformation.CONTRIBUTION: "贡献",
        Transformation.RANK: "位次",
        Transformation.MULTIPLE: "倍数",
        Transformation.RATIO: "比值",
        Transformation.THRESHOLD: "门槛",
    },
    {TargetKind.BASE: "确保", TargetKind.STRETCH: "力争", TargetKind.GROWTH: "增长目标"},
    {
        SourceGrade.OFFICIAL: "官方公布",
        SourceGrade.OFFICIAL_REPRINT: "官方发布的转载",
        SourceGrade.UNLOCATED: "媒体报道，未核对原文",
    },
    {Basis.MONTH: "当月", Basis.YTD: "累计", Basis.PERIOD: "时段", Basis.POINT: "期末"},
    {
        PeriodStatus.STATED: "原文载明",
        PeriodStatus.INFERRED: "据上下文推断",
        PeriodStatus.MASKED: "原文隐去",
        PeriodStatus.UNKNOWN: "未载明",
    },
    {Relation.OWN: "本单位", Relation.THIRD_PARTY: "其他单位"},
    {Audience.INTERNAL: "内部使用", Audience.EXTERNAL: "对外公开"},
    {DocumentState.DRAFT: "草稿", DocumentState.REVIEWED: "已审核", DocumentState.FINAL: "已定稿"},
    {
        ParkType.SOFTWARE: "软件园",
        ParkType.HIGH_TECH: "高新区",
        ParkType.ECONOMIC: "经开区",
        ParkType.INDUSTRIAL: "工业园区",
        ParkType.BONDED: "保税区",
        ParkType.FUNCTIONAL: "城市功能区",
        ParkType.REFORM: "综改示范区",
        ParkType.UNSTATED: "类型未载明",
    },
    {
        AdminLevel.NATIONAL: "国家级",
        AdminLevel.PROVINCIAL: "省级",
        AdminLevel.MUNICIPAL: "市级",
        AdminLevel.DISTRICT: "区县级",
        AdminLevel.UNSTATED: "级别未载明",
    },
)
LABELS_ZH: dict[tuple[type[StrEnum], str], str] = {
    (type(code), code.value): label for table in _LABELS for code, label in table.items()
}
"""By type and code: members of two lists may share a code (growth is a transformation and a kind of target)."""

SENTINELS: dict[str, ObsStatus] = {
    "*": ObsStatus.MASKED,
    "**": ObsStatus.MASKED,
    "***": ObsStatus.MASKED,
    "x": ObsStatus.MASKED,
    "xx": ObsStatus.MASKED,
    "xxx": ObsStatus.MASKED,
    "×": ObsStatus.MASKED,
    "××": ObsStatus.MASKED,
    "○": ObsStatus.MASKED,
    "保密": ObsStatus.WITHHELD,
    "未公布": ObsStatus.WITHHELD,
    "--": ObsStatus.WITHHELD,
    "——": ObsStatus.WITHHELD,
    "—": ObsStatus.MISSING,
    "-": ObsStatus.MISSING,
    "/": ObsStatus.MISSING,
    "…": ObsStatus.MISSING,
    "...": ObsStatus.MISSING,
    "n/a": ObsStatus.MISSING,
    "na": ObsStatus.MISSING,
    "不可比": ObsStatus.MISSING,
    "不详": ObsStatus.MISSING,
    "暂无": ObsStatus.MISSING,
    "未报": ObsStatus.MISSING,
    "缺报": ObsStatus.MISSING,
    "待报": ObsStatus.MISSING,
    "": ObsStatus.MISSING,
    "#n/a": ObsStatus.ERROR,
    "#div/0!": ObsStatus.ERROR,
    "#ref!": ObsStatus.ERROR,
    "#value!": ObsStatus.ERROR,
    "#name?": ObsStatus.ERROR,
    "#num!": ObsStatus.ERROR,
    "#null!": ObsStatus.ERROR,
}


def sentinel_status(text: str) -> ObsStatus | None:
    """The status that a cell's words stand for; None when they are no sentinel. A sentinel is never zero."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return SENTINELS.get(plain, SENTINELS.get(text.strip()))


def label_zh(code: StrEnum) -> str:
    return LABELS_ZH[type(code), code.value]


def parse_code(kind: type[Code], text: str, where: str = "") -> Code:
    """A member of a code list from its code or its Chinese label."""
    for member in kind:
        if text in (member.value, LABELS_ZH.get((kind, member.value))):
            return member
    raise UnknownCodeError(
        f"未知代码“{text}”",
        where=where,
        expected="、".join(m.value for m in kind),
        cause=did_you_mean(text, [m.value for m in kind]),
        remedy="改用代码表中的写法",
    )
