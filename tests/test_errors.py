"""What a finding quotes from a file: short, on one line, and nothing in it that cannot be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parkbook.errors import FIELD, PIECE, QUOTED, DataError, Finding, plain_words


def test_control_and_direction_marks_are_shown_as_escapes() -> None:
    finding = Finding(what="未登记的行“总\u202e产值\n（亿元）”", where="a\x00.xlsx 6月!A\t9", found="\u200b5\ud800")
    assert finding.what == r"未登记的行“总\u202e产值\n（亿元）”"
    assert (finding.where, finding.found) == (r"a\x00.xlsx 6月!A\t9", r"\u200b5\ud800")
    str(finding).encode("utf-8")


def test_words_that_are_meant_to_be_there_are_left() -> None:
    words = "同比增长\u3000（%）\xa0A1—B2 𠮷 ² ①"
    assert plain_words(words) == words


def test_long_quotations_are_cut() -> None:
    cell = "很长，" * 10_000
    finding = Finding(what=f"不认识的行名“{cell}”，未读", found="9" * 32_000, cause=f"像“{cell}”")
    assert finding.what == f"不认识的行名“{cell[: QUOTED - 1]}…”，未读"
    assert finding.found == "9" * (QUOTED - 1) + "…"
    assert Finding(what="", found=cell).found == cell[: PIECE - 1] + "…"
    assert len(Finding(what="", found="一、二；" * 10_000).found) == FIELD
    assert replace(finding, where="b") == replace(finding, where="b", what=finding.what)
    assert replace(finding).at("a").what == finding.what


def test_fingerprints_places_and_remedies_stay_whole() -> None:
    place = "、".join(f"15信访.xlsx 2025年3季度!C{row}" for row in range(60))
    finding = Finding(what="", found="a" * 64, where=place, remedy="b" * 90)
    assert (finding.found, finding.where, finding.remedy) == ("a" * 64, place, "b" * 90)


@pytest.mark.parametrize("text", ["a\nb", "\u202eabc", "x" * 32_000])
def test_an_error_says_the_same_as_its_finding(text: str) -> None:
    error = DataError(f"不认识的“{text}”", found=text)
    assert str(error) == str(error.finding)
    assert str(error).isprintable()
    assert len(str(error)) < 200


def test_a_list_of_places_stays_whole() -> None:
    listed = "；".join(f"{number}亿元（p.xlsx {number}月!C4，2025-{number}）" for number in range(10, 30))
    assert Finding(what="", found=listed).found == listed
    many_lines = "\n".join("第几行有什么不对" * 3 for _ in range(20))
    assert Finding(what="", cause=many_lines).cause == many_lines.replace("\n", r"\n")
