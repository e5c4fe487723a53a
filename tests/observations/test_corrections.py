"""Corrections guard themselves: what no longer holds is not applied, and is an error with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.errors import Severity
from parkbook.model import Observation, ObsStatus
from parkbook.observations.corrections import Correction, apply_corrections, read_corrections

Figure = Callable[..., Observation]


def correction(**changes: Any) -> Correction:
    base = {
        "id": "c1",
        "source": "01.xlsx",
        "locator": "9月!C5",
        "reported_label": "工业总产值",
        "expect": {"value": 123456, "unit": "亿元"},
        "set": {"value": "12.3456"},
        "reason": "单位填错",
        "by": "甲",
        "date": "2026-01-08",
    }
    return Correction.model_validate(base | changes)


def test_a_correction_remembers_what_was_there(figure: Figure) -> None:
    corrected, findings = apply_corrections(
        [figure("123456亿元"), figure("1亿元", locator="9月!C6")], [correction()], "corrections.yaml"
    )
    assert findings == []
    assert (corrected[0].obs_value, corrected[0].corrected_from) == (Decimal("12.3456"), "123456亿元（单位填错）")
    assert corrected[0].note == "更正：单位填错（甲，2026-01-08）"
    assert corrected[0].obs_id == figure("123456亿元").obs_id
    assert corrected[1].corrected_from == ""


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"set": {"unit": "万元"}}, "unit_mult", 4),
        ({"set": {"indicator_id": "firms"}}, "indicator_id", "firms"),
        ({"set": {"value": "", "obs_status": "masked"}}, "obs_status", ObsStatus.MASKED),
        ({"expect": {"value": "123456.0"}}, "obs_value", Decimal("12.3456")),
        ({"reported_label": ""}, "obs_value", Decimal("12.3456")),
        (
            {"expect": {"value": "123456", "period": "2025-09", "transformation": "level"}},
            "obs_value",
            Decimal("12.3456"),
        ),
    ],
)
def test_what_may_be_set_and_expected(figure: Figure, changes: dict[str, Any], field: str, value: Any) -> None:
    corrected, findings = apply_corrections([figure("123456亿元")], [correction(**changes)], "c")
    assert findings == []
    assert getattr(corrected[0], field) == value


@pytest.mark.parametrize(
    ("changes", "message", "found"),
    [
        ({"locator": "9月!C7"}, "更正找不到对应的数", "没有这样的数"),
        ({"source": "02.xlsx"}, "更正找不到对应的数", "没有这样的数"),
        ({"reported_label": "工业产值"}, "更正找不到对应的数", "没有这样的数"),
        ({"expect": {"value": "123457"}}, "更正的前提不再成立", "value=123456"),
        ({"expect": {"value": "123456", "unit": "万元"}}, "更正的前提不再成立", "unit=亿元"),
        ({"expect": {"value": ""}}, "更正的前提不再成立", "value=123456"),
        ({"set": {"obs_status": "masked"}}, "更正后状态与数值矛盾", "masked，123456"),
        ({"set": {"value": "12,3"}}, "更正的数值不是数", "12,3"),
        ({"set": {"obs_status": "hidden"}}, "未知代码“hidden”", ""),
        ({"set": {"unit": "亿圆"}}, "未知的计量单位“亿圆”", ""),
    ],
)
def test_a_guard_that_does_not_hold_is_an_error(
    figure: Figure, changes: dict[str, Any], message: str, found: str
) -> None:
    before = [figure("123456亿元")]
    corrected, findings = apply_corrections(before, [correction(**changes)], "data/parks/alpha/corrections.yaml")
    assert corrected == before
    assert len(findings) == 1
    assert message in findings[0].what
    assert findings[0].severity is Severity.ERROR
    assert found in findings[0].found
    assert findings[0].remedy


def test_a_ledger_that_is_there_and_was_not_read(figure: Figure) -> None:
    entry = correction(source="02.xlsx")
    (finding,) = apply_corrections([figure("123456亿元")], [entry], "c", {"02.xlsx"})[1]
    assert (finding.what, finding.where) == ("要更正的文件没有读入，更正未采用", "c（c1）")
    (finding,) = apply_corrections([figure("123456亿元")], [entry], "c", {"03.xlsx"})[1]
    assert finding.what == "更正找不到对应的数，未采用"


def test_an_entry_that_fits_two_figures_is_not_applied(figure: Figure) -> None:
    twins = [figure("123456亿元", comparison=None), figure("123456亿元", subject="甲公司")]
    corrected, findings = apply_corrections(twins, [correction()], "c")
    assert corrected == twins
    assert findings[0].what == "更正对应不止一个数，未采用"
    corrected, findings = apply_corrections(twins, [correction(subject="甲公司")], "c")
    assert (findings, corrected[1].obs_value) == ([], Decimal("12.3456"))


def write(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


GOOD = {"id": "a", "source": "s", "locator": "l", "expect": {"value": 1}, "set": {"value": 2}, "reason": "r"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (GOOD | {"set": {"vale": 2}}, "set 中的字段“vale”不可用。您是不是要用 value"),
        (GOOD | {"set": {}}, "set"),
        (GOOD | {"expect": {"unit": "亿元"}}, "expect 须写明 value"),
        (GOOD | {"reson": "x"}, "reson"),
        ({"id": "a"}, "source"),
    ],
)
def test_broken_entries_are_findings_and_the_others_are_read(
    tmp_path: Path, entry: dict[str, Any], message: str
) -> None:
    corrections, findings = read_corrections(write(tmp_path, [GOOD, entry | {"id": "b"}]))
    assert [item.id for item in corrections] == ["a"]
    assert findings[0].where == "corrections.yaml 第 2 项"
    assert message in findings[0].found


def test_repeated_ids_no_file_and_no_list(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none.yaml") == ([], [])
    assert read_corrections(write(tmp_path, None)) == ([], [])
    assert read_corrections(write(tmp_path, {"a": 1}))[1][0].what == "更正文件不是一个列表"
    assert read_corrections(write(tmp_path, [GOOD, GOOD]))[1][0].what == "更正代码“a”重复"
    (tmp_path / "corrections.yaml").write_text("- [", encoding="utf-8")
    assert "无法解析" in read_corrections(tmp_path / "corrections.yaml")[1][0].what
