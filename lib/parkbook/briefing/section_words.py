"""What is said of a section: a sentence or two for each of its systems, and which rates nobody could give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parkbook.briefing.blocks import Block
from parkbook.briefing.claims import Sentence, words
from parkbook.briefing.hidden_words import HIDDEN_NAMES
from parkbook.briefing.row_words import (
    HONOURS,
    honours_sentence,
    implied_once,
    month_sentence,
    small_part,
    spoken,
)
from parkbook.briefing.sections import Section
from parkbook.briefing.telling import telling_rows
from parkbook.briefing.view import CONDITIONS, ParkView
from parkbook.briefing.wording import row_sentence, same_time
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.figures import SeriesKey
from parkbook.model import ObsStatus
from parkbook.periods import UNSTATED_ZH, Period

SPOKEN_PER_SYSTEM, MOST_WITH_VERDICT = 4, 8
"""Rows of one system that are said in a sentence, and those of them that say better or worse; the table has them all."""


def section_sentences(view: ParkView, part: Section, rows: Sequence[IndicatorRow]) -> list[Sentence]:
    """One paragraph for each system; a mostly masked park gets one sentence for the whole section. Of an own park
    only what tells a leader something."""
    period = view.period if view.period is not None and view.period.known else None
    if view.own:
        chosen = telling_rows(part, rows)
        said = [of for system in part.systems if (of := [row for row in chosen if row.indicator.system == system])]
    else:
        said = [of for system in part.systems if (of := spoken_rows([r for r in rows if r.indicator.system == system]))]
    told = {row.key: honours_sentence(view, row) for row in rows if row.indicator.id == HONOURS}
    told |= {row.key: month_sentence(row, period) for row in rows if not view.own}
    groups: list[Sentence] = []
    for group in said:
        groups.append(speak(group, period, dated=not says_period(groups, period), told=told))
    if view.mostly_masked:
        return groups[:1]
    return [implied_once(Sentence.join(groups, ""))] if groups and part.brief and view.own else groups


def honours_told(rows: Sequence[IndicatorRow]) -> bool:
    """Whether the sentence of the total names the honours already."""
    return any(row.indicator.id == HONOURS and row.level is not None and row.level.is_number for row in rows)


def says_period(sentences: Iterable[Sentence], period: Period | None) -> bool:
    """Whether the page's period has been said in one of them."""
    return period is not None and any(f"{period.label_zh}，" in sentence.text for sentence in sentences)


def spoken_rows(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """What of a system is said: wholes with a verdict first, then others up to SPOKEN_PER_SYSTEM; the stated parts of a whole
    all together or not at all, those of hardly any size left out."""
    rows = [row for row in rows if row.indicator.id not in CONDITIONS]
    present = {row.indicator.id for row in rows}
    wholes = [row for row in rows if row.indicator.part_of not in present or not _stated_part(row)]
    judged = [row for row in wholes if row.verdict is not Verdict.UNKNOWN]
    telling = sorted(judged, key=lambda row: row.gap is None)[:MOST_WITH_VERDICT]  # those with a target first
    rest = [row for row in wholes if row not in telling][: max(0, SPOKEN_PER_SYSTEM - len(telling))]
    chosen: list[IndicatorRow] = []
    for row in wholes:
        if row in telling or row in rest:
            parts = [
                p for p in rows if p.indicator.part_of == row.indicator.id and _stated_part(p) and not small_part(p)
            ]
            chosen += [row, *(parts if len(parts) <= SPOKEN_PER_SYSTEM else [])]
    return chosen


def speak(
    rows: Sequence[IndicatorRow],
    period: Period | None,
    *,
    dated: bool,
    told: Mapping[SeriesKey, Sentence] | None = None,
) -> Sentence:
    """Rows as sentences; figures that the source gives as parts of the one before follow with 其中.

    With `dated`, the period is said before the first figure that is of it; figures of other times carry their own. `told` has
    the clauses of rows that are said in words of their own.
    """
    result = Sentence()
    whole, inside = "", False
    undated = [row for row in rows if period is not None and not row.period.known]
    for row in rows:
        if row in undated:
            continue
        clause = (told or {}).get(row.key) or spoken(row, period)
        if not clause:
            continue
        part = bool(whole) and row.indicator.part_of == whole and _stated_part(row)
        between = ("；" if inside else "，其中") if part else ("。" if inside else "；")
        opens = dated and period is not None and same_time(row.period, period) and not says_period([result], period)
        opening = f"{period.label_zh}，" if opens and period is not None else ""
        result.say((between if result else "") + opening).extend(clause)
        inside = part
        whole = whole if part else row.indicator.id
    if result:
        result.say("。")
    return implied_once(result.extend(_undated(undated)))


def _undated(rows: Sequence[IndicatorRow]) -> Sentence:
    """A sentence of their own for figures whose period is not stated, which no other period may govern."""
    clauses = [clause for row in rows if (clause := spoken(row, row.period))]
    opening = f"另有{UNSTATED_ZH}的："
    return Sentence(opening).extend(Sentence.join(clauses, "；")).say("。") if clauses else Sentence()


def _stated_part(row: IndicatorRow) -> bool:
    return any(o.parent for value in row.values for o in value.inputs)


def speak_subjects(view: ParkView, rows: Sequence[IndicatorRow], *, dated: bool) -> Sentence:
    """One clause a row behind the name of whom it is of, in one sentence; the period before the first that is of it."""
    period = view.period if view.period is not None and view.period.known else None
    result = Sentence()
    for row in rows:
        clause = row_sentence(row, period)
        if not clause:
            continue
        opens = dated and period is not None and same_time(row.period, period) and not says_period([result], period)
        opening = f"{period.label_zh}，" if opens and period is not None else ""
        result.say(("；" if result else "") + opening + row.key.subject).extend(clause)
    return result.say("。") if result else result


def not_counted(view: ParkView, part: Section) -> list[Block]:
    """Rates that nobody could give, with why: 投产项目数上年同期为0，不计算增速；样例储能上年无数，不计算增速."""
    names: dict[str, dict[str, None]] = {}
    for row in (*view.rows, *view.subject_rows):
        if row.indicator.system in part.systems:
            for o in (o for value in row.values for o in value.inputs if o.obs_status is ObsStatus.NOT_APPLICABLE):
                names.setdefault(o.note, {})[o.subject or row.label] = None
    told = [_listed(list(of)) + reason for reason, of in names.items()]
    return [words(f"{'；'.join(told)}。", "note")] if told else []


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:HIDDEN_NAMES]) + (f"等{len(names)}个" if len(names) > HIDDEN_NAMES else "")
