"""Files of the project that break their schema are refused with file, place, field and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from parkbook.datafiles import load_yaml, read_entries, read_model
from parkbook.errors import DataError, Finding


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    threshold: int = 0


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    parts: tuple[Inner, ...] = ()


@pytest.fixture
def home(project: Callable[..., Path]) -> Path:
    return project([])


def written(home: Path, text: str) -> Path:
    path = home / "data" / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, key: str | None = None) -> Finding:
    """What is said of a file that is read as one set of fields or, with a key, as a list."""
    words = {"what": "甲文件不合规则", "expected": "id、parts", "remedy": "照现有文件修改"}
    with pytest.raises(DataError) as caught:
        read_model(Outer, path, **words) if key is None else list(read_entries(Outer, path, key, **words))
    return caught.value.finding


def test_a_broken_field_is_told_with_file_place_and_what_it_may_be_meant_for(home: Path) -> None:
    found = refused(written(home, "id: a\nparts:\n  - {treshold: 1}\n"))
    assert (found.what, found.where, found.expected) == ("甲文件不合规则", "data/a.yaml", "id、parts")
    assert found.found.startswith("parts.0.treshold：")
    assert found.cause == "您是不是要用 threshold？"
    assert found.remedy == "照现有文件修改"


def test_an_empty_file_lacks_the_fields_it_must_have(home: Path) -> None:
    assert refused(written(home, "")).found.startswith("id：")


@pytest.mark.parametrize("text", ["- 1\n", "一句话\n"])
def test_a_file_that_is_no_set_of_fields(home: Path, text: str) -> None:
    assert refused(written(home, text)).found == "不是一组字段"


def test_entries_come_with_their_places(home: Path) -> None:
    words = {"what": "", "remedy": ""}
    path = written(home, "listed:\n  - {id: a}\n  - {id: b}\n")
    assert [(entry.id, where) for entry, where in read_entries(Outer, path, "listed", **words)] == [
        ("a", "data/a.yaml 第 1 项（a）"),
        ("b", "data/a.yaml 第 2 项（b）"),
    ]
    assert [entry.id for entry, _ in read_entries(Outer, written(home, "- {id: a}\n"), **words)] == ["a"]
    assert not list(read_entries(Outer, written(home, "listed:\n"), "listed", **words))
    assert not list(read_entries(Outer, written(home, ""), "listed", **words))


def test_a_broken_entry_is_named_by_its_number_or_code(home: Path) -> None:
    assert refused(written(home, "- {id: a}\n- {parts: []}\n"), "").where == "data/a.yaml 第 2 项"
    assert refused(written(home, "listed:\n  - {id: a, part: []}\n"), "listed").where == "data/a.yaml 第 1 项（a）"


@pytest.mark.parametrize(("text", "key"), [("id: a\n", ""), ("lists: []\n", "listed"), ("listed: 3\n", "listed")])
def test_a_list_that_is_not_there_is_not_an_empty_one(home: Path, text: str, key: str) -> None:
    assert refused(written(home, text), key).found == "不是列表"


def test_yaml_that_does_not_parse_names_the_line(home: Path) -> None:
    with pytest.raises(DataError, match=r"data/a\.yaml 第 3 行"):
        load_yaml(written(home, "id: a\nparts: [\n"))
