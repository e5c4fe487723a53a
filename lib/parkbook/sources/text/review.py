"""The review list: what is doubtful, for an analyst to decide, and her decisions applied on the next reading.

review.csv, one row a doubtful figure: `file, start, end, words, source_text, reason, label, value, unit, transformation, decision,
set_label, set_value, set_unit, indicator_id, by`. `decision` is empty, 采用, 剔除 or 更正. A decision holds for the words it was made on: when the
text has changed under it, it is refused and nothing of it is applied.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from parkbook.catalogue import catalogue
from parkbook.errors import CorrectionError
from parkbook.units import parse_unit

if TYPE_CHECKING:
    from parkbook.sources.text.extract import TextFigure

COLUMNS = (
    "file",
    "start",
    "end",
    "words",
    "source_text",
    "reason",
    "label",
    "value",
    "unit",
    "transformation",
    "decision",
    "set_label",
    "set_value",
    "set_unit",
    "indicator_id",
    "by",
)
DECISIONS = ("采用", "剔除", "更正")
DOUBTFUL = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the list that the analyst has filled in."""

    row: dict[str, str]
    place: str

    @property
    def span(self) -> tuple[int, int]:
        return int(self.row["start"]), int(self.row["end"])


def is_doubtful(figure: TextFigure) -> bool:
    return figure.observation.confidence < DOUBTFUL


def read_decisions(path: Path, file: str) -> list[Decision]:
    """The decisions on one file; none when there is no list."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    decisions = []
    for number, row in enumerate(rows, start=2):
        where = f"{path.name} 第 {number} 行"
        plain = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if plain["file"] != file or not plain["decision"]:
            continue
        if plain["decision"] not in DECISIONS:
            raise CorrectionError(
                "复核意见无法识别",
                where=where,
                expected="、".join(DECISIONS),
                found=plain["decision"],
                remedy="改为上列之一，或留空",
            )
        if not (plain["start"].isdigit() and plain["end"].isdigit()):
            raise CorrectionError(
                "复核清单的位置不是数字",
                where=where,
                found=f"{plain['start']}-{plain['end']}",
                remedy="不要改动 start、end 两列",
            )
        decisions.append(Decision(plain, where))
    return decisions


def apply_decisions(figures: Iterable[TextFigure], text: str, decisions: Iterable[Decision]) -> list[TextFigure]:
    """The figures as decided; CorrectionError when the text under a decision is no longer what it was."""
    by_span = {
        (figure.start, figure.end): figure for figure in figures if figure.start is not None and figure.end is not None
    }
    ordered: dict[tuple[int, int], TextFigure | None] = dict(by_span)
    for decision in decisions:
        figure = by_span.get(decision.span)
        start, end = decision.span
        found = text[start:end]
        if (
            figure is None
            or found != decision.row["words"]
            or figure.observation.source_text != decision.row["source_text"]
        ):
            raise CorrectionError(
                "复核意见所依据的原文已变动",
                where=decision.place,
                expected=decision.row["source_text"] or decision.row["words"],
                found=figure.observation.source_text if figure else found,
                remedy="对照新的原文重新复核，或删去该行",
            )
        ordered[decision.span] = _decided(figure, decision)
    return [figure for figure in ordered.values() if figure is not None]


def _decided(figure: TextFigure, decision: Decision) -> TextFigure | None:
    row = decision.row
    if row["decision"] == "剔除":
        return None
    observation = replace(
        figure.observation,
        confidence=Decimal(1),
        note=f"人工复核：{row['decision']}" + (f"（{row['by']}）" if row["by"] else ""),
    )
    if row["indicator_id"]:
        catalogue().get(row["indicator_id"], where=decision.place)
        observation = replace(observation, indicator_id=row["indicator_id"])
    if row["decision"] != "更正":
        return replace(figure, observation=observation, doubtful="")
    if row["set_value"]:
        try:
            observation = replace(
                observation, obs_value=Decimal(row["set_value"]), corrected_from=str(observation.obs_value)
            )
        except InvalidOperation as error:
            raise CorrectionError(
                "更正的数值不是数字", where=decision.place, found=row["set_value"], remedy="只填数字，负数前加 -"
            ) from error
    if row["set_unit"]:
        unit = parse_unit(row["set_unit"])
        observation = replace(observation, unit_measure=unit.measure, unit_mult=unit.mult)
    if row["set_label"]:
        observation = replace(observation, reported_label=row["set_label"])
    return replace(figure, observation=observation, unit=row["set_unit"] or figure.unit, doubtful="")


def write_review(path: Path, file: str, text: str, figures: Iterable[TextFigure]) -> int:
    """Writes the doubtful figures of a file into the list, keeping other files' rows and all decisions; how many are open."""
    kept: list[dict[str, str]] = []
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            kept = [
                {column: row.get(column) or "" for column in COLUMNS}
                for row in csv.DictReader(stream)
                if row.get("file") != file or (row.get("decision") or "").strip()
            ]
    decided = {(row["file"], row["start"], row["end"]) for row in kept}
    fresh = [_row(file, text, figure) for figure in figures if is_doubtful(figure) and figure.start is not None]
    fresh = [row for row in fresh if (row["file"], row["start"], row["end"]) not in decided]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *fresh])
    return len(fresh)


def _row(file: str, text: str, figure: TextFigure) -> dict[str, str]:
    observation = figure.observation
    value = "" if observation.obs_value is None else str(observation.obs_value)
    return dict.fromkeys(COLUMNS, "") | {
        "file": file,
        "start": str(figure.start),
        "end": str(figure.end),
        "words": text[figure.start : figure.end],
        "source_text": observation.source_text,
        "reason": figure.doubtful or "没有找到所指的指标",
        "label": observation.reported_label,
        "value": value,
        "unit": figure.unit,
        "transformation": observation.transformation.value,
    }
