"""Numbers with their units and marks; the last piece of a body with what closes it."""

from __future__ import annotations

import pytest

from parkbook.export.keeping import kept_with_closing, whole_pieces


@pytest.mark.parametrize(("texts", "wholes"), [
    (["同比增长", "11.3%", "；下降"], ["11.3%；"]),
    (["（", "共12个", "），为"], ["12个），"]),
    (["共（12个）家"], ["（12个）"]),
    (["2025年1—9月，增速7.1个百分点。"], ["1—9月，", "7.1个"]),
    (["没有数字。"], []),
    (["1.5万亿元、", "3家"], ["1.5万亿元、", "3家"]),
])  # fmt: skip
def test_numbers_keep_their_units_and_marks(texts: list[str], wholes: list[str]) -> None:
    pieces = whole_pieces([(text, False) for text in texts], 27)
    assert [piece["text"] for piece in pieces if piece["whole"]] == wholes
    assert "".join(piece["text"] for piece in pieces) == "".join(texts)


def test_a_number_wider_than_the_room_may_be_broken() -> None:
    assert not any(piece["whole"] for piece in whole_pieces([("123456.78亿元", True)], 3))


def test_of_a_list_the_last_entry_is_bound_and_numbers_go_on() -> None:
    body = [{"kind": "bullets", "title": "", "ordered": True, "items": ["a", "b", "c"]}]
    first, last = kept_with_closing(body)
    assert first["items"] == ["a", "b"] and "keep" not in first
    assert last["items"] == ["c"] and last["start"] == 3 and last["keep"]


def test_a_figure_is_passed_over_and_a_long_table_is_not_bound() -> None:
    figure = {"kind": "figure"}
    assert kept_with_closing([figure]) == [figure]
    paragraph, behind = kept_with_closing([{"kind": "paragraph"}, figure])
    assert paragraph["keep"] and "keep" not in behind
    assert [kept_with_closing([{"kind": "table", "rows": [0] * rows}])[0]["keep"] for rows in (15, 16)] == [True, False]
