"""The analyst's remarks: each on its period, or on all; a period that is none is refused with the file's name."""

from __future__ import annotations

import pytest

from parkbook.errors import DataError
from parkbook.periods import parse_period
from parkbook.sources.notes import Note, Notes, _yaml_notes


def test_a_remark_stands_in_documents_of_its_period():
    note = Note(text="甲", period="2025")
    assert note.speaks_of(parse_period("2025年"))
    assert not note.speaks_of(parse_period("2025年1-9月"))
    assert not note.speaks_of(None)
    assert Note(text="乙").speaks_of(parse_period("2024-03")) and Note(text="乙").speaks_of(None)


def test_lists_are_cut_to_a_period():
    notes = Notes(
        problems=(Note(text="甲", period="2025"), Note(text="乙")), highlights=(Note(text="丙", period="2024"),)
    )
    cut = notes.of_period(parse_period("2025"))
    assert [note.text for note in cut.problems] == ["甲", "乙"]
    assert cut.highlights == ()


@pytest.mark.parametrize("period", ["胡说", "近年来"])
def test_a_period_that_is_none_is_refused(tmp_path, period):
    path = tmp_path / "notes.yaml"
    path.write_text(f'problems:\n  - {{text: 甲, period: "{period}"}}\n', encoding="utf-8")
    with pytest.raises(DataError, match="补充说明文件不合规则"):
        _yaml_notes(path)


def test_a_bare_year_is_a_period(tmp_path):
    path = tmp_path / "notes.yaml"
    path.write_text("highlights:\n  - {text: 甲, period: 2025}\n", encoding="utf-8")
    assert _yaml_notes(path).highlights[0].speaks_of(parse_period("2025"))
