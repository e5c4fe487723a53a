"""The sections of a page: which systems stand together, in which order, under which words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page and the rows of the systems table that it holds."""

    id: str
    title: str
    systems: tuple[str, ...]


SECTIONS = (
    Section("economy", "经济运行", ("S1", "S3", "S4", "S30")),
    Section("investment", "投资与项目建设", ("S2", "S7", "S8")),
    Section("promotion", "招商引资与资本", ("S5", "S6", "S19")),
    Section("land", "土地、载体与地块", ("S9", "S10")),
    Section("innovation", "科技创新与人才", ("S12", "S13", "S14", "S18")),
    Section("services", "企业服务与营商环境", ("S11", "S28", "S29")),
    Section("safety", "绿色、安全与信访", ("S15", "S16", "S17")),
    Section("standing", "品牌荣誉与党建", ("S20", "S21")),
)
HEADLINE_SYSTEMS = ("S1", "S2", "S5", "S3", "S7", "S12", "S6", "S9", "S14", "S20")
"""Where the key figures of a first page are sought, in this order."""
FALLING_SYSTEMS = HEADLINE_SYSTEMS[:4]
"""Of which a fall is a problem told in a sentence of its own."""

_DIGITS = "一二三四五六七八九"
CHINESE_NUMERALS = (
    *_DIGITS,
    "十",
    *(f"十{digit}" for digit in _DIGITS),
    *(f"{tens}十{digit}" for tens in _DIGITS[1:] for digit in ("", *_DIGITS)),
)
"""一 to 九十九, from index 0."""


def section(section_id: str) -> Section:
    return next(item for item in SECTIONS if item.id == section_id)
