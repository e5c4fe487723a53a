"""The sections of a page: which systems stand together, in which order, under which words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page and the rows of the systems table that it holds."""

    id: str
    title: str
    systems: tuple[str, ...]
    headlines: tuple[str, ...] = ()
    """Indicators that a report says however little they moved."""
    most: int = 8
    """Indicators without a target or a rank that a report says of it; the Excel file has them all."""
    brief: bool = False
    """Whether one paragraph says it all: a section of process."""


SECTIONS = (
    Section(
        "economy",
        "经济运行",
        ("S1", "S3", "S4", "S30"),
        (
            "gdp",
            "value_added_secondary",
            "value_added_tertiary",
            "industrial_output_above_size",
            "industrial_value_added_above_size",
            "hightech_manufacturing_value_added",
            "services_revenue_above_size",
            "software_revenue_above_size",
            "total_profit",
            "tax_revenue",
            "general_public_budget_revenue",
            "total_trade",
            "exports",
            "imports",
            "retail_sales_of_consumer_goods",
            "wholesale_sales_above_quota",
            "growing_enterprise_share",
            "loss_making_enterprises",
            "enterprise_count",
            "enterprises_new_in_statistics",
        ),
        most=16,
    ),
    Section(
        "investment",
        "投资与项目建设",
        ("S2", "S7", "S8"),
        (
            "fixed_asset_investment",
            "real_estate_investment",
            "infrastructure_investment",
            "provincial_key_project_investment",
            "municipal_key_project_investment",
            "project_investment_done",
            "projects_started",
            "projects_completed",
            "projects_commissioned",
            "overdue_procedures",
        ),
        most=12,
    ),
    Section(
        "promotion",
        "招商引资与资本",
        ("S5", "S6", "S19"),
        (
            "domestic_investment_received",
            "domestic_investment_attracted",
            "fdi_received",
            "fdi_contracted",
            "projects_introduced",
            "strong_projects_landed",
            "projects_signed",
            "agreed_investment",
            "projects_landed",
            "financing_events",
            "financing_amount",
            "special_bond_amount",
        ),
        most=14,
    ),
    Section(
        "land",
        "土地、载体与地块",
        ("S9", "S10"),
        ("land_parcels_sold", "land_area_sold", "land_sale_amount", "occupancy_rate", "tax_per_mu"),
        most=6,
        brief=True,
    ),
    Section(
        "innovation",
        "科技创新与人才",
        ("S12", "S13", "S14", "S18"),
        (
            "hightech_enterprises",
            "hightech_new",
            "talent_selected",
            "rd_spending",
            "invention_patents_granted",
            "technology_contract_value",
        ),
        most=8,
    ),
    Section(
        "services",
        "企业服务与营商环境",
        ("S11", "S28", "S29"),
        ("policy_fund_paid", "policy_fund_payout_rate", "request_closing_rate", "agency_services"),
        most=6,
        brief=True,
    ),
    Section(
        "safety",
        "绿色、安全与信访",
        ("S15", "S16", "S17"),
        (
            "energy_consumption",
            "hazard_rectification_rate",
            "safety_accidents",
            "petitions_received",
            "petition_closing_rate",
        ),
        most=6,
        brief=True,
    ),
    Section(
        "standing",
        "品牌荣誉与党建",
        ("S20", "S21"),
        ("evaluation_rank", "honours", "brand_events", "party_activities"),
        most=4,
        brief=True,
    ),
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
