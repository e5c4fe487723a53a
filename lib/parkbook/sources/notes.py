"""notes.yaml: the analyst's own problems, measures and highlights. They are shown as hers, and nothing is added to them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from parkbook.catalogue import explain, load_yaml
from parkbook.errors import DataError
from parkbook.project import parks_directory, relative_name


class Note(BaseModel):
    """One remark; `by` is who says so, `system` the row of the systems table it belongs to."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    by: str = ""
    system: str = ""


class Notes(BaseModel):
    """The three lists of notes.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    problems: tuple[Note, ...] = ()
    measures: tuple[Note, ...] = ()
    highlights: tuple[Note, ...] = ()


def read_notes(park_id: str) -> Notes:
    """The park's notes; empty when there is no file."""
    path = parks_directory() / park_id / "notes.yaml"
    if not path.is_file():
        return Notes()
    try:
        return Notes.model_validate(load_yaml(path) or {})
    except ValidationError as error:
        raise DataError(
            "补充说明文件不合规则",
            where=relative_name(path),
            found=explain(error),
            expected="problems、measures、highlights 三个列表，每条含 text",
            remedy="按 docs/architecture.md 的格式修改",
        ) from error
