"""notes.yaml: the analyst's own problems, measures and highlights. They are shown as hers, and nothing is added to them.

The sheet 问题与举措 of the park's 填报表.xlsx says the same; the lists are united, those of the YAML file first.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from parkbook.datafiles import read_model
from parkbook.errors import PeriodError
from parkbook.periods import Period, parse_period
from parkbook.project import parks_directory


class Note(BaseModel):
    """One remark; `by` is who says so, `system` the row of the systems table it belongs to, `public` whether readers outside
    may see it: as remarks name enterprises, they do not unless the analyst says so. `period` is the one the remark speaks of
    (2025, 2025年1-9月); without it the remark stands in the documents of every period."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    by: str = ""
    system: str = ""
    public: bool = False
    period: str = ""

    @field_validator("period", mode="before")
    @classmethod
    def _known_period(cls, value: object) -> str:
        """Told as text or as a year; one that names no period is refused while the file is read."""
        text = "" if value is None else str(value).strip()
        if text:
            try:
                known = parse_period(text).known
            except PeriodError as error:
                raise ValueError(str(error)) from error
            if not known:
                raise ValueError(f"“{text}”不是确定的报告期")
        return text

    def speaks_of(self, period: Period | None) -> bool:
        """Whether the remark may stand in a document of that period."""
        return not self.period or (period is not None and parse_period(self.period).key == period.key)


class Notes(BaseModel):
    """The three lists of notes.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    problems: tuple[Note, ...] = ()
    measures: tuple[Note, ...] = ()
    highlights: tuple[Note, ...] = ()

    def of_period(self, period: Period | None) -> Notes:
        """The remarks on that period, and those that name none."""
        return Notes(
            problems=tuple(note for note in self.problems if note.speaks_of(period)),
            measures=tuple(note for note in self.measures if note.speaks_of(period)),
            highlights=tuple(note for note in self.highlights if note.speaks_of(period)),
        )

    def for_outside(self) -> Notes:
        """The remarks that readers outside may see."""
        return Notes(
            problems=tuple(note for note in self.problems if note.public),
            measures=tuple(note for note in self.measures if note.public),
            highlights=tuple(note for note in self.highlights if note.public),
        )

    def joined(self, other: Notes) -> Notes:
        """These notes, then what the other ones add: a remark in the same words is one remark."""
        return Notes(
            problems=_joined(self.problems, other.problems),
            measures=_joined(self.measures, other.measures),
            highlights=_joined(self.highlights, other.highlights),
        )


def _joined(first: tuple[Note, ...], second: tuple[Note, ...]) -> tuple[Note, ...]:
    said = {note.text for note in first}
    return (*first, *(note for note in second if note.text not in said))


def read_notes(park_id: str) -> Notes:
    """The park's notes, of notes.yaml and of its form; empty where there is neither. Wrong cells are `read_park`'s to report."""
    from parkbook.sources.form.parts import FORM_FILE
    from parkbook.sources.form.read import read_form  # which reads notes itself

    folder = parks_directory() / park_id
    return _yaml_notes(folder / "notes.yaml").joined(read_form(folder / FORM_FILE).notes)


def _yaml_notes(path: Path) -> Notes:
    if not path.is_file():
        return Notes()
    return read_model(
        Notes,
        path,
        what="补充说明文件不合规则",
        expected="problems、measures、highlights 三个列表，每条含 text",
        remedy="按 docs/architecture.md 的格式修改",
    )
