"""The five transcribed reports: what was counted by hand in their texts stands in data/parks.

The texts are not in the repository, so the spans are checked for order and form only; that each span holds its figure was
checked against the texts when they were transcribed, and the sha256 says which texts those were.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.catalogue import read_catalogue
from parkbook.model import Comparison, ObsStatus, Qualifier, TargetKind, Transformation
from parkbook.periods import PeriodStatus, parse_period
from parkbook.units import parse_unit

DATA = Path(__file__).resolve().parent.parent / "data"
HEADER = (
    "source,reported_label,indicator_id,subject,parent,period,period_status,transformation,comparison,base_period,"
    "price_basis,scope_basis,fiscal_basis,target_kind,rank_scope,rank_denominator,value,value_low,value_high,unit,"
    "unit_inferred,obs_status,qualifier,scope,locator,source_text,note"
)

# Counted in the texts. Masks: 84, 144, 31 and 14 signs stand in the four masked reports, of which 12, 42, 7 and 0 hide names,
# months and years and are no figures; one figure of the Hohhot report, a range, has two signs.
STATUSES = {
    "ningbo-software": {"masked": 72, "reported": 1, "estimated": 1},
    "qilu": {"reported": 53, "estimated": 4},
    "wangchun": {"masked": 102, "reported": 4},
    "hohhot-science-city": {"masked": 23, "reported": 2},
    "anonymous-2021": {"masked": 14, "reported": 6},
}
PERIOD_STATUSES = {
    "ningbo-software": {"unknown": 74},
    "qilu": {"stated": 14, "inferred": 43},
    "wangchun": {"unknown": 50, "masked": 34, "inferred": 11, "stated": 11},
    "hohhot-science-city": {"masked": 7, "inferred": 10, "unknown": 8},
    "anonymous-2021": {"stated": 7, "inferred": 10, "unknown": 3},
}
TRANSFORMATIONS = {
    "ningbo-software": {"level": 44, "growth": 9, "completion": 21},
    "qilu": {"level": 42, "growth": 3, "completion": 3, "share": 5, "rank": 4},
    "wangchun": {"level": 84, "growth": 12, "completion": 2, "target": 7, "rank": 1},
    "hohhot-science-city": {"level": 25},
    "anonymous-2021": {"level": 18, "target": 2},
}
SHA256 = {
    "ningbo-software": "52b0c20956f6c04755dae5140e6d5d4e0f94b31fd7a61a53752bb4355d4d279e",
    "qilu": "c7be1973313604f7bce095e49f825f7037b71ea0e34db2b3cf614bdf0bc5c4eb",
    "wangchun": "bd2926537194197be3fbdbe71a17182d64ff7e7088d1e675bb3b26fd48a71e74",
    "hohhot-science-city": "539077ff7a298f7b79db3802bff99eb345d49b6e9326fe589253c827723a60b9",
    "anonymous-2021": "8490268f99ec3d0522c9de997c83f75828023df65c8c2ce5d5018ac64d6ba85e",
}
PARKS = sorted(STATUSES)
# Numbers that the reports print in words: value, words.
IN_WORDS = {
    ("1", "亿元"),
    ("2", "两"),
    ("1", "首位"),
    ("4", "第四"),
    ("1000", "千余家"),
    ("3", "三家"),
    ("1", "第一"),
    ("4", "四宗"),
    ("3", "三次"),
    ("6", "六大"),
}


def park_file(park: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / "parks" / park / "park.yaml").read_text(encoding="utf-8"))
    return content


def rows(park: str) -> list[dict[str, str]]:
    with (DATA / "parks" / park / "published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def span(row: dict[str, str]) -> tuple[int, int]:
    found = re.fullmatch(r"字符 (\d+)-(\d+)", row["locator"])
    assert found, row["locator"]
    return int(found[1]), int(found[2])


@pytest.mark.parametrize("park", PARKS)
def test_park_is_a_third_party_known_by_its_hash(park: str) -> None:
    content = park_file(park)
    assert content["id"] == park
    assert content["relation"] == "third_party"
    assert content["synthetic"] is False
    (source,) = content["sources"]
    assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
    assert source["sha256"] == SHA256[park]
    assert (source["kind"], source["grade"]) == ("report", "official")
    assert (source["publisher"], source["published"], source["address"]) == ("", "", "")
    assert {row["source"] for row in rows(park)} == {source["id"]}
    assert not (DATA / "parks" / park / "notes.yaml").exists(), "no problem or measure is invented for a third party"
    if content["period"]:
        assert parse_period(content["period"]).known


@pytest.mark.parametrize("park", PARKS)
def test_counts_equal_those_of_the_text(park: str) -> None:
    table = rows(park)
    assert Counter(row["obs_status"] for row in table) == STATUSES[park]
    assert Counter(row["period_status"] for row in table) == PERIOD_STATUSES[park]
    assert Counter(row["transformation"] for row in table) == TRANSFORMATIONS[park]


@pytest.mark.parametrize("park", PARKS)
def test_codes_periods_and_units_parse(park: str) -> None:
    catalogue = read_catalogue(DATA / "catalogue")
    for row in rows(park):
        assert ",".join(row) == HEADER
        where = f"{park} {row['locator']} {row['reported_label']}"
        assert row["indicator_id"] in catalogue, where
        Transformation(row["transformation"])
        Qualifier(row["qualifier"])
        if row["comparison"]:
            Comparison(row["comparison"])
        if row["target_kind"]:
            TargetKind(row["target_kind"])
        assert (row["transformation"] == "growth") == bool(row["comparison"]), where
        assert row["unit_inferred"] in ("", "true"), where
        parse_unit(row["unit"])
        status = PeriodStatus(row["period_status"])
        assert parse_period(row["period"]).known == (status in (PeriodStatus.STATED, PeriodStatus.INFERRED)), where
        assert bool(row["period"]) == (status in (PeriodStatus.STATED, PeriodStatus.INFERRED)), where


@pytest.mark.parametrize("park", PARKS)
def test_a_masked_figure_has_no_value_and_every_other_one_has(park: str) -> None:
    for row in rows(park):
        numbers = (row["value"], row["value_low"], row["value_high"])
        if ObsStatus(row["obs_status"]) is ObsStatus.MASKED:
            assert numbers == ("", "", ""), row
            assert re.search(r"[*X]", row["source_text"]), row
        else:
            assert Decimal(row["value"]) > 0, row


@pytest.mark.parametrize("park", PARKS)
def test_the_words_around_a_figure_are_few_and_hold_it(park: str) -> None:
    for row in rows(park):
        words = unicodedata.normalize("NFKC", row["source_text"])
        assert 0 < len(row["source_text"]) <= 30, row
        assert len(row["reported_label"]) <= 24, "a label is no sentence"
        assert "\n" not in row["source_text"]
        printed = re.search(rf"(?<![\d.]){re.escape(row['value'])}(?![\d.])", words) if row["value"] else True
        assert printed or any(row["value"] == value and text in words for value, text in IN_WORDS), row


@pytest.mark.parametrize("park", PARKS)
def test_spans_are_in_order_and_overlap_only_when_equal(park: str) -> None:
    spans = [span(row) for row in rows(park)]
    assert all(start < end <= start + 20 for start, end in spans)
    for first, second in pairwise(spans):
        assert first == second or first[1] <= second[0], (first, second)
    # 总量和完成率均居首位 is two ranks, and one share is said of three kinds of enterprises
    shared = {key: count for key, count in Counter(spans).items() if count > 1}
    assert shared == ({(974, 976): 2, (1956, 1959): 3} if park == "qilu" else {})


@pytest.mark.parametrize("park", PARKS)
def test_a_rank_has_its_scope_and_no_denominator(park: str) -> None:
    for row in rows(park):
        assert (row["transformation"] == "rank") == bool(row["rank_scope"]), row
        assert row["rank_denominator"] == "", "none of the reports says how many were ranked"


SPOT = [
    # park, indicator, transformation, subject, value, unit, qualifier, status, period
    ("qilu", "gross_industrial_output", "level", "", "1769.6", "亿元", "exact", "reported", "2025"),
    ("qilu", "gross_industrial_output", "growth", "", "38.8", "%", "exact", "reported", "2025"),
    ("qilu", "total_trade", "level", "", "1083.7", "亿元", "exact", "reported", "2025"),
    ("qilu", "total_trade", "growth", "", "33.3", "%", "exact", "reported", "2025"),
    ("qilu", "projects_negotiated", "level", "", "214", "个", "exact", "reported", "2025"),
    ("qilu", "projects_landed", "level", "", "69", "个", "exact", "reported", "2025"),
    ("qilu", "fdi_received", "level", "", "39577", "万美元", "exact", "reported", "2025"),
    ("qilu", "fdi_received", "completion", "", "316.6", "%", "exact", "reported", "2025"),
    ("qilu", "fdi_received", "rank", "", "1", "名次", "exact", "reported", "2025"),
    ("qilu", "occupancy_rate", "level", "人工智能岛", "93.8", "%", "exact", "reported", "2025"),
    ("qilu", "municipal_key_project_investment", "level", "", "62.3", "亿元", "exact", "estimated", "2025"),
    ("qilu", "municipal_key_project_investment", "completion", "", "140", "%", "exact", "estimated", "2025"),
    ("qilu", "industrial_investment", "growth", "", "22.6", "%", "exact", "estimated", "2025"),
    ("qilu", "data_records_pooled", "level", "", "7000", "万条", "above", "reported", "2025"),
    ("qilu", "data_service_calls", "level", "", "1.2", "亿次", "above", "reported", "2025"),
    ("qilu", "data_award_amount", "level", "", "1411.61", "万元", "exact", "reported", "2025"),
    ("qilu", "compute_capacity", "level", "", "2287", "PFlops", "exact", "reported", "2025"),
    ("qilu", "intelligent_compute_share", "level", "", "86.4", "%", "exact", "reported", "2025"),
    ("qilu", "tech_smes_passed", "level", "", "2275", "家", "exact", "reported", "2025"),
    ("qilu", "tech_smes_passed", "share", "", "74.4", "%", "exact", "reported", "2025"),
    ("qilu", "little_giants_new", "share", "", "50", "%", "above", "reported", "2025"),
    ("qilu", "national_overseas_talent_selected", "level", "", "4", "人", "exact", "reported", "2025"),
    ("qilu", "national_overseas_talent_selected", "share", "", "57", "%", "exact", "reported", "2025"),
    ("qilu", "software_park_rank", "rank", "", "4", "名次", "exact", "reported", "2025"),
    ("qilu", "key_taxpayers_followed", "level", "", "1000", "家", "above", "reported", "2025"),
    ("ningbo-software", "output_above_size_enterprises", "level", "", "", "亿元", "exact", "masked", ""),
    ("ningbo-software", "operating_revenue", "growth", "金唐软件", "", "倍", "exact", "masked", ""),
    (
        "ningbo-software",
        "project_construction_installation",
        "completion",
        "鲲鹏生态产业园",
        "",
        "%",
        "exact",
        "masked",
        "",
    ),
    ("ningbo-software", "financing_amount", "level", "隔空智能", "1", "亿元", "above", "reported", ""),
    ("wangchun", "below_size_sample_value_added", "rank", "", "1", "名次", "exact", "reported", "2023-Q3"),
    ("wangchun", "land_parcels_sold", "level", "", "4", "宗", "exact", "reported", "2023-Q1"),
    ("wangchun", "fdi_received", "target", "", "", "万美元", "exact", "masked", "2023"),
    ("wangchun", "safety_fines", "level", "", "", "万元", "below", "masked", ""),
    ("wangchun", "industrial_output_above_size", "target", "", "", "%", "above", "masked", "2024"),
    ("hohhot-science-city", "funds_established", "level", "", "", "支", "range", "masked", "2022"),
    ("hohhot-science-city", "safety_trainings", "level", "", "3", "次", "exact", "reported", "2022-S1"),
    ("anonymous-2021", "land_parcels_sold", "level", "", "5", "宗", "exact", "reported", "2021"),
    ("anonymous-2021", "idle_land_and_factories", "level", "", "60", "万平方米", "about", "reported", ""),
    ("anonymous-2021", "land_to_be_planned", "target", "", "10000", "亩", "above", "reported", "2022"),
    ("anonymous-2021", "land_available", "target", "", "8000", "亩", "about", "reported", "2022"),
]


@pytest.mark.parametrize("expected", SPOT, ids=lambda expected: "-".join(expected[:4]))
def test_spot_check(expected: tuple[str, ...]) -> None:
    park, indicator, transformation, subject, *figure = expected
    (row,) = [
        row
        for row in rows(park)
        if (row["indicator_id"], row["transformation"], row["subject"]) == (indicator, transformation, subject)
    ]
    assert [
        row["value"],
        row["unit"],
        row["qualifier"],
        row["obs_status"],
        parse_period(row["period"]).time_period,
    ] == figure


def test_the_annual_plan_of_last_year_is_the_target_of_last_year() -> None:
    targets = {
        (row["indicator_id"], parse_period(row["period"]).time_period)
        for row in rows("wangchun")
        if row["transformation"] == "target"
    }
    assert targets == {
        ("domestic_investment_outside_city", "2023"),
        ("domestic_investment_outside_city", "2022"),
        ("zheshang_return_investment", "2023"),
        ("zheshang_return_investment", "2022"),
        ("fdi_received", "2023"),
        ("industrial_output_above_size", "2024"),
        ("hightech_new", "2024"),
    }


def test_a_printed_minus_before_a_mask_is_kept_in_the_note() -> None:
    falling = [row for row in rows("wangchun") if "-*%" in row["source_text"]]
    assert [row["indicator_id"] for row in falling] == [
        "industrial_output_above_size",
        "industrial_value_added",
        "wholesale_sales_above_quota",
    ]
    assert all(row["transformation"] == "growth" and row["note"] == "原文带负号" for row in falling)
