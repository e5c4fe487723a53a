"""Which parameters each notebook has, what they mean, and where a value can come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOTEBOOK_PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "park": (
        "park",
        "period",
        "indicators",
        "exclude",
        "progress",
        "rules",
        "peers",
        "framework",
        "audience",
        "state",
        "reviewer",
        "title",
    ),
    "briefing": (
        "park",
        "period",
        "kind",
        "length",
        "since",
        "indicators",
        "progress",
        "rules",
        "audience",
        "state",
        "reviewer",
        "date",
        "addressee",
        "letterhead",
        "document_number",
        "signer",
        "title",
    ),
    "comparison": ("parks", "period", "kind", "indicators", "weights", "audience", "state", "reviewer", "title"),
    "coverage": ("parks", "audience"),
    "audit": ("park", "period", "audience", "state", "reviewer", "title"),
}
"""What each notebook may be given, and makes use of; `park`, where it is there, must be. A parameter that would do nothing
(剔除 has no place in a briefing) is left out, so that it is refused and not passed over."""

PARAMETER_HELP: Final[Mapping[str, str]] = {
    "park": "园区代码",
    "parks": "园区代码，多个用逗号分隔",
    "period": "报告期，如 2025、2016-S1、2023年1-9月",
    "indicators": "指标代码，多个用逗号分隔",
    "exclude": "剔除的企业或项目名称，多个用逗号分隔；largest:3 为最大的3家；仅供内部使用",
    "progress": "序时进度的算法：month、half_month、day:日期、day_of_month:日期、window:起始月:月数，可加 rounded；不填为月份数÷12",
    "rules": "预警规则的代码或名称（data/alarms），多个用逗号分隔，并列比照",
    "weights": "综合指数的权重：equal、entropy、critic、pca，或 given:指标代码=权重,…；只供分析用",
    "peers": "比较的园区代码，多个用逗号分隔；不填则按 park.yaml",
    "framework": "评价体系的代码或名称（data/frameworks），如 huangyan-2022；不填则不计分",
    "audience": "internal 内部使用，external 对外公开",
    "state": "draft 草稿，reviewed 已审核，final 已定稿",
    "reviewer": "审核人",
    "kind": "文种，如 annual 工作汇报、half_year 半年、quarterly 季度、monthly 经济运行分析，比较用 bulletin 通报；不填则按报告期，比较为分析页",
    "length": "full 全文，one_page 一页",
    "since": "与哪一期简报相比，写那一期的报告期",
    "date": "成文日期，如 2026-01-15",
    "addressee": "主送机关，如 市政府",
    "letterhead": "版头的发文机关名称；不填则没有版头",
    "document_number": "发文字号，如 示管发〔2026〕1号",
    "signer": "签发人",
    "title": "标题",
}

ORIGIN_DEFAULT: Final = "默认值"
ORIGIN_PARK: Final = "park.yaml"
ORIGIN_KIND: Final = "随文种"
ORIGIN_CELL: Final = "参数单元"
ORIGIN_PAPERMILL: Final = "papermill 命令"
ORIGIN_BATCH: Final = "批量命令"

ORIGIN_VARIABLE: Final = "PARKBOOK_ORIGIN"
"""Environment variable of a kernel that the batch starts: JSON, injected name to origin."""

CELL_MARK: Final = "# 参数"
INJECTED_MARK: Final = "# Parameters"
