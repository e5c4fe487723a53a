"""The review list: what is doubtful, for an analyst to decide, and her decisions applied on the next reading.

review.csv, one row a doubtful figure: `file, start, end, words, source_text, reason, label, value, unit, transformation, decision,
set_label, set_value, set_unit, indicator_id, by`. `decision` is empty, 采用, 剔除 or 更正. A decision holds for the words it was made on: when the
text has changed under it, it is refused and nothing of it is applied. What a row says and what its decision is must agree:
采用 and 剔除 set nothing, 更正 sets something, one place has one decision (`decided` has what a 更正 may set).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from parkbook.errors import CorrectionError, Finding, Severity
from parkbook.sources.text.decided import decided
from parkbook.sources.text.review_list import COLUMNS, read_list, write_list

if TYPE_CHECKING:
    from parkbook.sources.text.extract import TextFigure

DECISIONS = ("采用", "剔除", "更正")
SET = ("set_label", "set_value", "set_unit")
FILLED = ("decision", *SET, "indicator_id", "by")
"""The columns that are the analyst's."""
DOUBTFUL = Decimal("0.5")
_SPAN = ("start", "end")
_MAX_DIGITS = 9
"""Of a position in a text."""


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
    decisions: dict[tuple[int, int], Decision] = {}
    for number, row in read_list(path):
        where = f"{path.name} 第 {number} 行"
        if row["file"] != file or not _is_decided(row, where):
            continue
        decision = Decision(row, where)
        first = decisions.setdefault(decision.span, decision)
        if any(first.row[name] != row[name] for name in FILLED if name != "by"):
            raise CorrectionError(
                "同一处有两条不同的复核意见，均未采用",
                where=f"{first.place}，{where}",
                found=f"{_said(first.row)}；{_said(row)}",
                expected="一处一条",
                remedy="留下对的一条，删去另一行",
            )
    return list(decisions.values())


def _said(row: dict[str, str]) -> str:
    return " ".join(row[name] for name in FILLED if row[name])


def _is_decided(row: dict[str, str], where: str) -> bool:
    """Whether a row has a decision; CorrectionError when it contradicts what else the row says."""
    decision, filled = row["decision"], "、".join(name for name in SET if row[name])
    if not decision and filled:
        raise CorrectionError(
            "填了更正的内容，没有填复核意见", where=where, found=filled, remedy="decision 填“更正”，或清空这几格"
        )
    if not decision:
        return False
    if decision not in DECISIONS:
        raise CorrectionError(
            "复核意见无法识别",
            where=where,
            expected="、".join(DECISIONS),
            found=decision,
            remedy="改为上列之一，或留空",
        )
    if not all(row[name].isascii() and row[name].isdecimal() and len(row[name]) <= _MAX_DIGITS for name in _SPAN):
        raise CorrectionError(
            "复核清单的位置不是数字",
            where=where,
            found=f"{row['start']}-{row['end']}",
            remedy="不要改动 start、end 两列",
        )
    if decision != "更正" and filled:
        raise CorrectionError(
            f"意见是“{decision}”，却填了更正的内容，未采用",
            where=where,
            found=filled,
            remedy="要改数的，decision 填“更正”；否则清空这几格",
        )
    if decision == "更正" and not filled and not row["indicator_id"]:
        raise CorrectionError(
            "意见是“更正”，没有填更正为什么，未采用",
            where=where,
            expected="set_label、set_value、set_unit、indicator_id 至少一项",
            remedy="填写正确的内容；原读数无误的，decision 填“采用”",
        )
    return True


def decisions_without_file(path: Path, folder: Path) -> list[Finding]:
    """Decisions of the list on files that are not in the folder: most often a report was renamed."""
    names = [row["file"] for _, row in read_list(path) if row["decision"]]
    gone = sorted({name for name in names if not name or not (folder / name).is_file()})
    count = sum(name in gone for name in names)
    if not gone:
        return []
    return [
        Finding(
            what=f"{count}条复核意见没有对应的文件，未采用",
            where=path.name,
            expected="file 一列与报告的文件名相同",
            found="、".join(name or "（空）" for name in gone[:5]) + ("等" if len(gone) > 5 else ""),
            cause="报告已改名、移走或删去",
            remedy="文件已改名的，把 file 一列改成新名；不再需要的删去该行",
            code="review",
            severity=Severity.WARNING,
        )
    ]


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
            or found.strip() != decision.row["words"]
            or figure.observation.source_text.strip() != decision.row["source_text"]
        ):
            raise CorrectionError(
                "复核意见所依据的原文已变动",
                where=decision.place,
                expected=decision.row["source_text"] or decision.row["words"],
                found=figure.observation.source_text if figure else found,
                remedy="对照新的原文重新复核，或删去该行",
            )
        ordered[decision.span] = decided(figure, decision.row, decision.place)
    return [figure for figure in ordered.values() if figure is not None]


def write_review(path: Path, file: str, text: str, figures: Iterable[TextFigure]) -> int:
    """Writes the doubtful figures of a file into the list, keeping all that is not its own to renew; how many are open.

    Kept are the rows of other files, and those of this one in which anything was filled in.
    """
    kept = [row for _, row in read_list(path) if row["file"] != file or _is_filled(row)]
    known = {(row["file"], row["start"], row["end"]) for row in kept}
    fresh = [_row(file, text, figure) for figure in figures if is_doubtful(figure) and figure.start is not None]
    fresh = [row for row in fresh if (row["file"], row["start"], row["end"]) not in known]
    write_list(path, [*kept, *fresh])
    return sum(row["file"] == file and not row["decision"] for row in (*kept, *fresh))


def _is_filled(row: dict[str, str]) -> bool:
    """Whether an analyst wrote anything into a row, also in a column of her own."""
    return any(text for name, text in row.items() if name in FILLED or name not in COLUMNS)


def _row(file: str, text: str, figure: TextFigure) -> dict[str, str]:
    observation = figure.observation
    value = "" if figure.printed is None else str(figure.printed)
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
