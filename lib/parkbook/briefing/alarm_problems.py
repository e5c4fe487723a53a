"""What the lamps of an own park say under 存在问题: one sentence a topic, each with its figures and the rule that lit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.briefing.alarm_words import item_name, measure_words, set_words, shown_figure
from parkbook.briefing.alarms_part import found_alarms
from parkbook.briefing.claims import Sentence
from parkbook.briefing.view import ParkView
from parkbook.indicators.alarms import Alarm, ParkAlarms
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow

NAMED = 3
"""Projects, enterprises and rates that a sentence names; the table of lamps has them all."""


LAMPS_NOTE = (
    "灯色后写明所依规则，逐项清单、规则出处和督办清单见数据分析页“运行预警与督办”；本系统规则为初设，无官方依据。"
)
Weight = tuple[int, bool]
NO_LAMP: Weight = (0, False)


@dataclass(frozen=True)
class Problem:
    """A sentence with its heaviest lamp (3 red, 2 orange, 1 yellow, 0 none) and whether an official rule lit it."""

    weight: Weight
    sentence: Sentence


class Evidence:
    """The lamps of a park as problems; `of_row` for the rows that the page speaks of anyway, `topics` for the rest."""

    def __init__(self, view: ParkView) -> None:
        self.view = view
        self.found: ParkAlarms = found_alarms(view)

    def of_row(self, row: IndicatorRow, *kinds: str) -> tuple[Weight, str]:
        """The heaviest lit lamp of a row, and ，按…为红灯; no weight and no words where none is lit."""
        mine = [
            alarm
            for alarm in self.found.of(kinds)
            if alarm.lit and alarm.item.indicator_id == row.indicator.id and not alarm.item.subject
        ]
        return _weight(mine), _lit_words(mine)

    @property
    def has_projects(self) -> bool:
        """Whether the projects are a topic of their own, so that their total need not be said again."""
        return bool(self._lit("project_plan", subject=True))

    def _lit(self, kind: str, *, subject: bool | None = None) -> list[Alarm]:
        return [
            alarm
            for alarm in self.found.of((kind,))
            if alarm.lit and (subject is None or alarm.item.subject is subject)
        ]

    def topics(self, systems: Sequence[str] = ()) -> list[Problem]:
        """Projects, starts, approvals, enterprises, rates, idle space, accidents, of these systems or of all; red ones first."""
        makers: tuple[tuple[str, Callable[[Sequence[Alarm]], Sentence]], ...] = (
            ("project_plan", self._projects),
            ("project_start", self._starts),
            ("project_entry", self._entries),
            ("project_delay", self._delays),
            ("approval", self._approvals),
            ("accident", self._accidents),
            ("enterprise_growth", self._enterprises),
            ("rate", self._rates),
            ("idle_stock", self._idle),
            ("lower_rate", self._lower_rates),
            ("rank", self._ranks),
        )
        problems = []
        for kind, make in makers:
            lit = self._lit(kind, subject=True if kind == "project_plan" else None)
            lit = [alarm for alarm in lit if not systems or self._system(alarm) in systems]
            if lit:
                problems.append(Problem(_weight(lit), make(lit)))
        return sorted(problems, key=lambda problem: problem.weight, reverse=True)

    def _system(self, alarm: Alarm) -> str:
        known = self.view.catalogue
        return known.get(alarm.item.indicator_id).system if alarm.item.indicator_id in known else ""

    def _projects(self, lit: Sequence[Alarm]) -> Sentence:
        """Projects by their worst lamp, the furthest behind by name."""
        worst = max(alarm.weight for alarm in lit)
        names = list(dict.fromkeys(a.item.name for a in sorted(lit, key=_done) if a.weight == worst))
        sentence = Sentence("重点项目推进滞后：")
        total = next((a.item for a in self.found.of(("project_plan",)) if not a.item.subject), None)
        if total is not None and total.indicator_id == PROJECT_DONE:
            sentence.say("完成年度计划投资的").extend(shown_figure(total.figure)).say("，")
        first = {a.item.name: a for a in lit if a.weight == worst}
        told = [_with_figure(item_name(first[name].item, self.view.period), first[name]) for name in names[:NAMED]]
        more = "完成率较低的为" if len(names) > NAMED else "完成率为"
        sentence.say(f"亮{_colour(lit, worst)}的共{len(names)}项，{more}")
        return _closed(sentence.extend(Sentence.join(told, "、")), [a for a in lit if a.weight == worst])

    def _starts(self, lit: Sequence[Alarm]) -> Sentence:
        return self._listed("计划开工项目未按期开工：", lit)

    def _entries(self, lit: Sequence[Alarm]) -> Sentence:
        return self._listed("项目开工后未及时入库：", lit)

    def _delays(self, lit: Sequence[Alarm]) -> Sentence:
        return self._listed("项目节点滞后：", lit)

    def _approvals(self, lit: Sequence[Alarm]) -> Sentence:
        return self._listed("前期手续逾期在办：", lit)

    def _enterprises(self, lit: Sequence[Alarm]) -> Sentence:
        return self._listed("部分企业降幅较大：", lit)

    def _listed(self, head: str, lit: Sequence[Alarm]) -> Sentence:
        """The worst by name, with what is measured of them."""
        ordered = sorted(lit, key=lambda a: abs(a.measure.value) if a.measure and a.measure.value else 0, reverse=True)
        told = [Sentence(item_name(a.item, self.view.period)).extend(measure_words(a)) for a in ordered[:NAMED]]
        more = f"等{len(ordered)}项" if len(ordered) > NAMED else ""
        return _closed(Sentence(head).extend(Sentence.join(told, "、")).say(more), lit)

    def _rates(self, lit: Sequence[Alarm]) -> Sentence:
        return self._figures("部分管理指标走低", lit)

    def _idle(self, lit: Sequence[Alarm]) -> Sentence:
        return self._figures("闲置低效空间增加", lit)

    def _lower_rates(self, lit: Sequence[Alarm]) -> Sentence:
        return self._figures("用时、单耗上升", lit)

    def _ranks(self, lit: Sequence[Alarm]) -> Sentence:
        return self._figures("考评位次后退", lit)

    def _figures(self, head: str, lit: Sequence[Alarm]) -> Sentence:
        ordered = sorted(lit, key=lambda alarm: -alarm.weight)
        told = [
            Sentence(item_name(a.item, self.view.period))
            .extend(shown_figure(a.item.figure))
            .say("，")
            .extend(measure_words(a))
            for a in ordered[:NAMED]
        ]
        more = f"（共{len(ordered)}项）" if len(ordered) > NAMED else ""
        return _closed(Sentence(f"{head}{more}：").extend(Sentence.join(told, "；")), ordered)

    def _accidents(self, lit: Sequence[Alarm]) -> Sentence:
        told = [
            Sentence(f"发生{item_name(a.item, self.view.period).removesuffix('起数')}").extend(
                shown_figure(a.item.figure)
            )
            for a in lit
        ]
        return _closed(Sentence.join(told, "；"), lit)


def _with_figure(name: str, alarm: Alarm) -> Sentence:
    return Sentence(f"{name}（").extend(shown_figure(alarm.item.figure)).say("）")


def _done(alarm: Alarm) -> Decimal:
    return alarm.item.figure.value if alarm.item.figure.value is not None else Decimal(0)


def _colour(lit: Sequence[Alarm], weight: int) -> str:
    return next(a.judgement.lamp.label for a in lit if a.weight == weight and a.judgement.lamp is not None)


def _weight(lit: Sequence[Alarm]) -> Weight:
    """The heaviest lamp, an official rule's before one of our own of the same colour."""
    return max(((alarm.weight, alarm.rules.official) for alarm in lit), default=NO_LAMP)


def _lit_words(lit: Sequence[Alarm]) -> str:
    """，按银川2025年规则、三亚2022年规则为红灯; empty without a lamp. 比照 where the rule was made for something else."""
    colours: dict[tuple[str, str], dict[str, None]] = {}
    for alarm in sorted(lit, key=lambda a: -a.weight):
        if alarm.judgement.lamp is not None:
            by = "比照" if alarm.borrowed else "按"
            colours.setdefault((by, set_words(alarm.rules)), {})[alarm.judgement.lamp.label] = None
    grouped: dict[tuple[str, str], list[str]] = {}
    for (by, name), labels in colours.items():
        grouped.setdefault((by, "、".join(labels)), []).append(name)
    return "".join(f"，{by}{'、'.join(names)}为{labels}" for (by, labels), names in grouped.items())


def _closed(sentence: Sentence, lit: Sequence[Alarm]) -> Sentence:
    return sentence.say(_lit_words(lit)).say("。")
