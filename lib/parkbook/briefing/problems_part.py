"""存在问题: the missed targets in one sentence, then what the lamps and the figures say, red ones first, then the analyst's own.

Every sentence ends with the colour of its heaviest lamp; the rules that lit the lamps are named once, in the note below.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from parkbook.briefing.alarm_problems import NO_LAMP, Evidence, Problem, Weight
from parkbook.briefing.blocks import Block
from parkbook.briefing.claims import Sentence, bullets, words
from parkbook.briefing.format import direction_words, number_text, value_text
from parkbook.briefing.headlines import NAMED_TARGETS
from parkbook.briefing.sections import CHINESE_NUMERALS, FALLING_SYSTEMS, HEADLINE_SYSTEMS
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import pace_words, whole_year
from parkbook.catalogue import Direction, IndicatorBasis, Release
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.periods import Basis, ytd_period

MOST_FALLING: Final = {True: 4, False: 2}
"""Falls that are told: where the economy is the subject, and in other documents."""
MONTHS_JOINT: Final = 2
"""The month of a year's first reading where January and February are one figure."""
LAMPS: Final = {3: "红灯", 2: "橙灯", 1: "黄灯"}
ECONOMY: Final = ("S1", "S2")
"""Systems whose document, when both are among its own, tells problems by the importance of the indicator."""


def problems(view: ParkView, *, systems: Sequence[str] = (), total: int = 0) -> list[Block]:
    """Drafted from the figures and lamps of an own park, each with its evidence; the analyst's own are marked as hers. Of some
    systems only, and no more than `total` drafted ones, where these are given."""
    evidence = Evidence(view)
    rows = [row for row in view.numeric_rows if not systems or row.indicator.system in systems]
    by_importance = set(ECONOMY) <= set(systems)
    missed = _missed_targets(rows, evidence)
    others = [
        *evidence.topics(systems),
        *_planned(rows, evidence),
        *_falling(view, rows, evidence, by_importance=by_importance),
        *evidence.amounts(systems),
    ]
    others.sort(key=lambda problem: _order(problem, by_importance=by_importance))
    ordered = ([missed] if missed is not None else []) + others
    room = total - 1 if 0 < total < len(ordered) else len(ordered)  # the last of a full list names what is cut
    ordered, cut = ordered[:room], ordered[room:]
    notes = [note for note in view.notes.problems if not systems or note.system in ("", *systems)]
    own = [Sentence(f"{note.text}（分析人员补充）") for note in notes]
    drafted = [problem.sentence for problem in ordered] + ([_cut_words(cut, evidence)] if cut else [])
    listed: list[Block] = [bullets([*drafted, *own], ordered=True)] if drafted or own else []
    note = evidence.rules_note(kind for problem in ordered for kind in problem.kinds)
    return listed + ([words(note, "note")] if note else [])


def _cut_words(cut: Sequence[Problem], evidence: Evidence) -> Sentence:
    """另有前期手续逾期、企业融资金额下降两类红灯事项，见…: what a short list leaves out is named, so that nothing red goes unsaid."""
    by_lamp: dict[int, list[str]] = {}
    for problem in sorted(cut, key=lambda problem: -problem.weight[0]):
        by_lamp.setdefault(problem.weight[0], []).append(problem.name)
    told = "，".join("、".join(names) + _kinds_words(names, LAMPS.get(weight, "")) for weight, names in by_lamp.items())
    where = "见数据分析页“运行预警与督办”" if evidence.found.alarms else "本文从略"
    return Sentence(f"另有{told}，{where}。")


def _kinds_words(names: Sequence[str], lamp: str) -> str:
    """两类红灯事项 behind several names, 的红灯事项 behind one."""
    if len(names) == 1:
        return f"的{lamp}事项" if lamp else ""
    return f"{'两' if len(names) == 2 else CHINESE_NUMERALS[len(names) - 1]}类{lamp}事项"


def _order(problem: Problem, *, by_importance: bool) -> tuple[object, ...]:
    """The heaviest lamp first, an official one before our own; where the economy is told, the headline systems first."""
    colour, official = problem.weight
    place = HEADLINE_SYSTEMS.index(problem.system) if problem.system in HEADLINE_SYSTEMS else len(HEADLINE_SYSTEMS)
    place = -1 if "accident" in problem.kinds else place
    return (place, -colour, not official) if by_importance else (-colour, not official, place)


def _missed_targets(rows: Sequence[IndicatorRow], evidence: Evidence) -> Problem | None:
    """年度目标完成不理想：12项中9项未完成，差距较大的是…（完成79.9%，差20.1个百分点）…；其余为…; 推进偏慢 and the pace of the first while
    the year runs. Of few targets all are told: 3项年度目标均未完成：…."""
    aimed = [row for row in rows if _has_gap(row) and row.indicator.id != PROJECT_DONE]
    behind = sorted((row for row in aimed if row.verdict is Verdict.BEHIND), key=_gap)
    if not behind:
        return None
    full = all(whole_year(row) for row in aimed)
    told = "未完成" if full else "慢于序时进度"
    named, rest = behind[:NAMED_TARGETS], behind[NAMED_TARGETS:]
    all_aimed = ("项", "设定年度目标的指标", [row.label for row in aimed])
    sentence = Sentence(f"年度目标{'完成不理想' if full else '推进偏慢'}：" if rest else "").count(
        len(aimed), *all_aimed
    )
    sentence.say("" if rest else "年度目标")
    if len(behind) == len(aimed) > 1:
        sentence.say(f"均{told}")
    else:
        sentence.say("中").count(len(behind), "项", f"{told}的指标", [row.label for row in behind]).say(told)
    sentence.say("，差距较大的是" if rest else "：")
    sentence.extend(Sentence.join([_with_gap(row, evidence, full=full) for row in named], "、"))
    if rest:
        sentence.say(f"；其余为{'、'.join(row.label for row in rest)}")
    pace = pace_words(behind[0])
    if pace:
        sentence.say(f"。其中{behind[0].label}").extend(_without_comma(pace))
    weights = [evidence.of_row(row, "annual_target")[0] for row in behind]
    return Problem(max(weights), sentence.say("。"), behind[0].indicator.system, ("annual_target",), "年度目标未完成")


def _with_gap(row: IndicatorRow, evidence: Evidence, *, full: bool) -> Sentence:
    """实际利用外资（完成57.1%，慢17.9个百分点，黄灯）; 差 instead of 慢 at the year's end."""
    sentence = Sentence(f"{row.label}（")
    if row.completion is not None:
        sentence.say("完成").figure(row.completion, value_text(row.completion)).say("，")
    if row.gap is not None:
        sentence.say("差" if full else "慢").figure(row.gap, f"{number_text(row.gap).removeprefix('-')}个百分点")
    lamp = evidence.of_row(row, "annual_target")[1]
    return sentence.say(f"，{lamp}）" if lamp else "）")


def _without_comma(sentence: Sentence) -> Sentence:
    first, *rest = sentence.runs
    sentence.runs = [first.model_copy(update={"text": first.text.removeprefix("，")}), *rest]
    return sentence


def _has_gap(row: IndicatorRow) -> bool:
    return row.gap is not None and row.gap.value is not None


def _gap(row: IndicatorRow) -> Decimal:
    return row.gap.value if row.gap is not None and row.gap.value is not None else Decimal(0)


def _planned(rows: Sequence[IndicatorRow], evidence: Evidence) -> list[Problem]:
    """The investment of all projects against the year's plan, where the projects themselves are no topic."""
    if evidence.has_projects:
        return []
    found = []
    for row in rows:
        if row.indicator.id == PROJECT_DONE and row.verdict is Verdict.BEHIND and row.completion is not None:
            weight, lamp = evidence.of_row(row, "project_plan")
            sentence = Sentence(f"{row.label}完成年度计划投资的").figure(row.completion, value_text(row.completion))
            if row.gap is not None:
                sentence.say("，距年度计划差" if whole_year(row) else "，慢于序时进度")
                sentence.figure(row.gap, f"{number_text(row.gap).removeprefix('-')}个百分点")
            found.append(_closed(sentence, weight, lamp, row, "project_plan"))
    return found


def _falling(view: ParkView, rows: Sequence[IndicatorRow], evidence: Evidence, *, by_importance: bool) -> list[Problem]:
    """Wholes that ought to grow and fell, the most important first of those with the same lamp; those that missed their target
    are told there, and again only where the economy is the subject."""
    fallen = []
    for row in rows:
        falls = row.growth is not None and row.growth.value is not None and row.growth.value < 0
        whole = row.indicator.basis is IndicatorBasis.FLOW and not row.indicator.part_of
        if not (falls and whole and row.indicator.direction is Direction.HIGHER and row.level is not None):
            continue
        told = row.verdict is Verdict.BEHIND and not by_importance
        if row.level.is_number and row.indicator.system in FALLING_SYSTEMS and not told:
            month = row.period.basis is Basis.MONTH  # the rule is one of cumulative growth
            weight, lamp = (NO_LAMP, "") if month else evidence.of_row(row, "indicator_growth")
            sentence = _fall(view, row, evidence.months_running(row))
            fallen.append(_closed(sentence, weight, lamp, row, "indicator_growth"))
    fallen.sort(key=lambda problem: (-problem.weight[0], HEADLINE_SYSTEMS.index(problem.system)))
    return fallen[: MOST_FALLING[by_importance]]


def _fall(view: ParkView, row: IndicatorRow, months: int) -> Sentence:
    """利润总额同比下降8.2%，累计同比连续7次下降, 年初以来累计同比持续下降 where each reading of the year fell; 当月同比 on the page
    of a single month."""
    if row.growth is None:
        return Sentence()
    named = (
        row.label
        if view.period is None or row.period.end == view.period.end
        else f"{row.label}（{row.period.label_zh}）"
    )
    month = view.period is not None and view.period.basis is Basis.MONTH
    sentence = Sentence(f"{named}{'当月' if month else ''}同比").figure(row.growth, direction_words(row.growth))
    if months < 2 or month or row.period.end is None:
        return sentence
    ends = [row.period.end.shift(-back) for back in reversed(range(months))]
    told = [ytd_period(end.year, end.month).label_zh for end in ends]
    first = MONTHS_JOINT if row.indicator.release is Release.JAN_FEB_JOINT else 1
    if ends[0].month <= first:
        return sentence.say("，年初以来累计同比持续下降")
    return sentence.say("，累计同比连续").count(months, "次", f"{row.label}累计同比连续下降", told).say("下降")


def _closed(sentence: Sentence, weight: Weight, lamp: str, row: IndicatorRow, kind: str) -> Problem:
    said = sentence.say(f"（{lamp}）。" if lamp else "。")
    name = f"{row.label}下降" if kind == "indicator_growth" else "重点项目推进滞后"
    return Problem(weight, said, row.indicator.system, (kind,) if lamp else (), name)
