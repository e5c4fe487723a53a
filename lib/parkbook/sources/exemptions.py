"""exemptions.yaml: things of a park for which a lamp is not lit, each with its reason (正当理由) and who says so.

    - {subject: 样例项目, rules: [yinchuan-2025.start], reason: 汛期停工令, by: 示例分析员, until: "2025-09"}

`subject` is the item as the page names it; `rules` are ids of `indicators.alarms.alarm_ids()` or of whole sets; without
`until` it holds for all periods, else for those that end by then.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from parkbook.datafiles import read_entries
from parkbook.periods import Month
from parkbook.project import parks_directory

EXEMPTIONS_FILE = "exemptions.yaml"


class Exemption(BaseModel):
    """One exemption; a reason is not optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    subject: Annotated[str, Field(min_length=1)]
    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    until: Annotated[str, Field(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")] = ""

    def holds(self, subject: str, rule_key: str, end: Month) -> bool:
        in_time = not self.until or end <= Month.parse(self.until)
        return in_time and subject == self.subject and bool({rule_key, rule_key.partition(".")[0]} & set(self.rules))


def read_exemptions(park_id: str) -> tuple[Exemption, ...]:
    """The exemptions of a park, none where there is no file; DataError with the entry that breaks a rule."""
    path = parks_directory() / park_id / EXEMPTIONS_FILE
    if not path.is_file():
        return ()
    entries = read_entries(
        Exemption,
        path,
        what="不亮灯事项不合规则",
        expected="列表，每项有 subject、rules、reason（理由）、by（由谁提出）",
        remedy="按 parkbook.sources.exemptions 开头的格式修改",
    )
    return tuple(exemption for exemption, _ in entries)
