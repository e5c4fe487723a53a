"""What the lamps of an own park say under 存在问题: one sentence a topic, each with its figures and the rule that lit it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.briefing.alarm_words import item_name, measure_words, set_words, shown_figure
from parkbook.briefing.alarms_part import found_alarms
from parkbook.briefing.claims import Sentence
from parkbook.briefing.row_words import reworded
from parkbook.briefing.sections import FALLING_SYSTEMS
from parkbook.briefing.view import ParkView
from parkbook.codelists import Audience
from parkbook.indicators.alarms import Alarm, ParkAlarms
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow

NAMED = 3
"""Projects, enterprises and rates that a sentence names; the table of lamps has them all."""


KIND_WORDS = {
    "annual_target": "年度目标",
    "project_plan": "项目投资进度",
    "project_start": "项目开工",
    "project_entry": "项目入库",
    "project_delay": "项目节点",
    "approval": "前期手续",
    "accident": "安全事故",
    "enterprise_growth": "企业降幅",
    "rate": "管理指标",
    "idle_stock": "闲置空间",
    "lower_rate": "用时单耗",
    "rank": "考评位次",
    "indicator_growth": "指标升降",
}
"""What a kind of item is called where its rules are named."""
NOTE_END = "逐项清单、规则出处和督办清单见数据分析页“运行预警与督办”。"
Weight = tuple[int, bool]
NO_LAMP: Weight = (0, False)


@dataclass(frozen=True)
class Problem:
    """A sentence with its heaviest lamp (3 red, 2 orange, 1 yellow, 0 none) and whether an official rule lit it."""

    weight: Weight
    sentence: Sentence
    system: str = ""
    kinds: tuple[str, ...] = ()
    """Kinds of the lamps that it tells of."""
    name: str = ""
    """What it is called where a list has no room for its sentence."""


class Evidence:
    """The lamps of a park as problems; `of_row` for the rows that the page speaks of anyway, `topics` for the rest. Readers outside
    are told what is wrong, not its lamp: the rules are the office's own."""

    def __init__(self, view: ParkView) -> None:
        self.view = view
        self.found: ParkAlarms = found_alarms(view)
        self.lamps_told = view.choices.audience is Audience.INTERNAL

    def of_row(self, row: IndicatorRow, *kinds: str) -> tuple[Weight, str]:
        """The heaviest lit lamp of a row, and its name: 红灯; no weight and no name where none is lit."""
        mine = self._of_row(row, kinds)
        return _weight(mine), _colour(mine) if mine and self.lamps_told else ""

    def _of_row(self, row: IndicatorRow, kinds: Sequence[str]) -> list[Alarm]:
        return [
            alarm
            for alarm in self.found.of(kinds)
            if alarm.lit and alarm.item.indicator_id == row.indicator.id and not alarm.item.subject
        ]

    def months_running(self, row: IndicatorRow) -> int:
        """For how many months running its cumulative growth fell, where a rule counted them; else 0."""
        return max((a.judgement.escalated for a in self._of_row(row, ("indicator_growth",))), default=0)

    def rules_note(self, kinds: Iterable[str]) -> str:
        """By which rules the lamps of these kinds were lit, said once: （红灯）等为预警灯色：项目开工按银川2025年规则；…"""
        by_rules: dict[str, dict[str, None]] = {}
        for kind in dict.fromkeys(kinds):
            lit = self._lit(kind)
            if lit:
                names = dict.fromkeys(set_words(a.rules) for a in lit)
                by = "比照" if all(a.borrowed for a in lit) else "按"
                by_rules.setdefault(by + "、".join(names), {})[KIND_WORDS.get(kind, kind)] = None
        if not by_rules or not self.lamps_told:
            return ""
        told = "；".join(f"{'、'.join(of)}{rules}" for rules, of in by_rules.items())
        own = "。本系统规则为初设，无官方依据" if "本系统" in told else ""
        return f"括号内为预警灯色：{told}{own}。{NOTE_END}"

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
        makers: tuple[tuple[str, str, Callable[[Sequence[Alarm]], Sentence]], ...] = (
            ("project_plan", "重点项目推进滞后", self._projects),
            ("project_start", "项目未按期开工", self._starts),
            ("project_entry", "项目未及时入库", self._entries),
            ("project_delay", "项目节点滞后", self._delays),
            ("approval", "前期手续逾期", self._approvals),
            ("accident", "安全生产事故", self._accidents),
            ("enterprise_growth", "部分企业降幅较大", self._enterprises),
            ("rate", "部分管理指标走低", self._rates),
            ("idle_stock", "闲置低效空间增加", self._idle),
            ("lower_rate", "用时单耗上升", self._lower_rates),
            ("rank", "考评位次后退", self._ranks),
        )
        problems = []
        for kind, name, make in makers:
            lit = self._lit(kind, subject=True if kind == "project_plan" else None)
            lit = [alarm for alarm in lit if not systems or self._system(alarm) in systems]
            if lit:
                sentence = self._told(make(lit), lit)
                problems.append(Problem(_weight(lit), sentence, self._system(lit[0]), (kind,), name))
        return sorted(problems, key=lambda problem: problem.weight, reverse=True)

    def _told(self, sentence: Sentence, lit: Sequence[Alarm]) -> Sentence:
        """The sentence, for readers outside without the lamp at its end."""
        if self.lamps_told:
            return sentence
        return reworded(sentence, lambda text: text.replace(f"（{_colour(lit)}）。", "。"))

    def _system(self, alarm: Alarm) -> str:
        known = self.view.catalogue
        return known.get(alarm.item.indicator_id).system if alarm.item.indicator_id in known else ""

    def _projects(self, lit: Sequence[Alarm]) -> Sentence:
        """Projects by their worst lamp, the furthest behind by name; those without any investment together."""
        worst = max(alarm.weight for alarm in lit)
        heavy = [alarm for alarm in sorted(lit, key=_done) if alarm.weight == worst]
        first = {alarm.item.name: alarm for alarm in reversed(heavy)}
        names = list(dict.fromkeys(alarm.item.name for alarm in heavy))
        sentence = Sentence("重点项目推进滞后：")
        total = next((a.item for a in self.found.of(("project_plan",)) if not a.item.subject), None)
        if total is not None and total.indicator_id == PROJECT_DONE:
            sentence.say("完成年度计划投资的").extend(shown_figure(total.figure)).say("，")
        sentence.count(len(names), "个", f"亮{_colour(heavy)}的项目", names).say(f"项目亮{_colour(heavy)}，其中")
        idle = [name for name in names if _done(first[name]) == 0]
        told = [Sentence(f"{'、'.join(idle[:NAMED])}{_more(idle)}尚无投资")] if idle else []
        begun = [name for name in names if name not in idle][: max(1, NAMED - len(idle))]
        told += [_with_figure(item_name(first[name].item, self.view.period), first[name]) for name in begun]
        return _closed(sentence.extend(Sentence.join(told, "，")), heavy)

    def _starts(self, lit: Sequence[Alarm]) -> Sentence:
        """Those that are excused are told too, or their number would not be that of the register."""
        sentence = self._listed("计划开工项目未按期开工：", lit)
        excused = [a for a in self.found.of(("project_start",)) if a.exemption is not None and a.judgement.weight]
        if not excused:
            return sentence
        told = [Sentence(item_name(a.item, self.view.period)).extend(measure_words(a)) for a in excused]
        end = sentence.runs.pop()  # the full stop, with the colour before it
        sentence.say(end.text.removesuffix("。")).say("；另有").extend(Sentence.join(told, "、"))
        return sentence.say(f"，有正当理由，{still_counted(self.found, excused[0])}。")

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
        ordered = sorted(lit, key=_change, reverse=True)
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

    def amounts(self, systems: Sequence[str] = ()) -> list[Problem]:
        """What fell in other systems than those of which the page tells each fall in a sentence; the heaviest lamps only."""
        lit = [alarm for alarm in self._lit("indicator_growth") if alarm.item.system not in FALLING_SYSTEMS]
        lit = [alarm for alarm in lit if not systems or alarm.item.system in systems]
        if not lit:
            return []
        heavy = [alarm for alarm in lit if alarm.weight == _weight(lit)[0]]
        name = f"{heavy[0].item.name}{f'等{len(heavy)}项' if len(heavy) > 1 else ''}下降"
        sentence = self._told(self._listed("", heavy), heavy)
        return [Problem(_weight(heavy), sentence, heavy[0].item.system, ("indicator_growth",), name)]

    def _figures(self, head: str, lit: Sequence[Alarm]) -> Sentence:
        """The largest change by name and figures, the others by name."""
        ordered = sorted(lit, key=_change, reverse=True)
        told = [
            Sentence(item_name(a.item, self.view.period))
            .extend(shown_figure(a.item.figure))
            .say("，")
            .extend(measure_words(a))
            for a in ordered[:NAMED]
        ]
        more = f"（共{len(ordered)}项）" if len(ordered) > NAMED else ""
        sentence = Sentence(f"{head}{more}：").extend(Sentence.join(told, "；"))
        if len(ordered) > NAMED:
            sentence.say(f"；其余为{'、'.join(item_name(a.item, self.view.period) for a in ordered[NAMED:])}")
        return _closed(sentence, ordered)

    def _accidents(self, lit: Sequence[Alarm]) -> Sentence:
        told = [
            Sentence(f"发生{item_name(a.item, self.view.period).removesuffix('起数')}").extend(
                shown_figure(a.item.figure)
            )
            for a in lit
        ]
        return _closed(Sentence.join(told, "；"), lit)


def still_counted(found: ParkAlarms, excused: Alarm) -> str:
    """开工预警不亮灯（投资进度仍计）: a reason excuses from one rule, not from the others."""
    subject = excused.item.name
    others = [a for a in found.alarms if a.lit and a.item.subject and a.item.name.startswith(subject)]
    kinds = dict.fromkeys(_kind_words(a) for a in others if a.item.kind != excused.item.kind)
    counted = f"（{'、'.join(kinds)}仍计）" if kinds else ""
    return f"{_kind_words(excused)}预警不亮灯{counted}"


def _kind_words(alarm: Alarm) -> str:
    return KIND_WORDS.get(alarm.item.kind, alarm.rule.label).removeprefix("项目")


def _with_figure(name: str, alarm: Alarm) -> Sentence:
    return Sentence(f"{name}完成年度计划的").extend(shown_figure(alarm.item.figure))


def _more(names: Sequence[str]) -> str:
    return f"等{len(names)}个" if len(names) > NAMED else ""


def _change(alarm: Alarm) -> Decimal:
    """How large the measure is, whichever way it points."""
    return abs(alarm.measure.value) if alarm.measure is not None and alarm.measure.value is not None else Decimal(0)


def _done(alarm: Alarm) -> Decimal:
    return alarm.item.figure.value if alarm.item.figure.value is not None else Decimal(0)


def _colour(lit: Sequence[Alarm]) -> str:
    """The names of the lit lamps, the heaviest only."""
    weight = max(alarm.weight for alarm in lit)
    return next(a.judgement.lamp.label for a in lit if a.weight == weight and a.judgement.lamp is not None)


def _weight(lit: Sequence[Alarm]) -> Weight:
    """The heaviest lamp, an official rule's before one of our own of the same colour."""
    return max(((alarm.weight, alarm.rules.official) for alarm in lit), default=NO_LAMP)


def _closed(sentence: Sentence, lit: Sequence[Alarm]) -> Sentence:
    """…（红灯）。"""
    return sentence.say(f"（{_colour(lit)}）。")
