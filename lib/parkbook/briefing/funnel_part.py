"""招商漏斗 on a page: what the leads of the register became, by cohort, channel and sector.

Conversion is said of cohorts watched for the whole window only; younger ones are shown apart as 观察期未满. Where leads carry no
dates there is only 同期落地洽谈比, and the page says that it is no conversion rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, paragraph
from parkbook.briefing.format import DASH, value_text
from parkbook.briefing.register_charts import FunnelBar, funnel_bars, heat_table
from parkbook.briefing.register_words import count_cell, counted, right, shown
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.indicators.families import own_level
from parkbook.indicators.funnel import (
    NOT_CONVERSION,
    STEP_ZH,
    STEPS,
    Cohort,
    Funnel,
    Group,
    Lead,
    Step,
    funnel,
    same_period_ratio,
    window_rate,
)
from parkbook.indicators.register_rows import RegisterRow
from parkbook.indicators.rounding import half_up

RATED = (Step.SIGNED, Step.LANDED, Step.STARTED)
FEWEST = 10
"""A rate of fewer leads than this is not shown: one lead more would move it by more than ten points."""


def funnel_blocks(view: ParkView) -> list[Block]:
    """The whole part; without dated leads the same-period ratio only, and empty where even that is not known."""
    found = funnel(view.data.observations, view.period)
    if found is None:
        return _same_period(view)
    return [
        Heading(level=3, text="招商项目台账分析"),
        paragraph(_stock_sentence(found)),
        *_chart(found),
        paragraph(_conversion_sentence(found)),
        *_cohort_table(found),
        *_group_table(found, "channel", "来源渠道"),
        *_group_table(found, "sector", "行业"),
        *_rates_chart(found),
        *_doubts(found),
    ]


def _rows(leads: Sequence[Lead]) -> list[RegisterRow]:
    return [lead.row for lead in leads]


def _same_period(view: ParkView) -> list[Block]:
    """同期落地洽谈比, computed where the two counts are there and the ratio is not printed."""
    indicator = view.catalogue.get("landed_to_negotiated_ratio")
    if own_level(view.index, indicator.id, view.period) is not None:
        return []
    landed = own_level(view.index, "projects_landed", view.period)
    talks = own_level(view.index, "projects_negotiated", view.period)
    value = same_period_ratio(indicator, landed, talks) if landed is not None and talks is not None else None
    if value is None:
        return []
    sentence = Sentence("同期落地洽谈比").figure(value, value_text(value))
    return [paragraph(sentence.say(f"（{NOT_CONVERSION}；项目没有逐个登记日期，转化率无从计算）。"))]


def _stock_sentence(found: Funnel) -> Sentence:
    whole = found.whole
    first = min(lead.first for lead in found.leads)
    end = found.as_of
    sentence = Sentence(f"台账在册项目（{first.year}年{first.month}月以来首次对接，截至{end.year}年{end.month}月末）")
    sentence.extend(counted(_rows(found.leads), "个", "在册"))
    done = [
        Sentence(f"已{STEP_ZH[step]}").extend(counted(_rows(whole.reached(step)), "个", f"已{STEP_ZH[step]}"))
        for step in STEPS[1:]
        if whole.reached(step)
    ]
    if done:
        sentence.say("，其中").extend(Sentence.join(done, "、"))
    sentence.say("；尚未签约的项目中，在谈").extend(counted(_rows(whole.open), "个", "在谈"))
    if whole.closed:
        sentence.say("、已搁置").extend(counted(_rows(whole.closed), "个", "已搁置"))
    return sentence.say("。")


def _chart(found: Funnel) -> list[Block]:
    whole = found.whole
    bars = [FunnelBar(STEP_ZH[Step.NEGOTIATED], len(whole.leads))]
    for before, after in pairwise(STEPS):
        days = whole.duration(before, after).days
        note = f"用时中位数{half_up(days.value, 0)}天" if days is not None and days.value is not None else ""
        bars.append(FunnelBar(STEP_ZH[after], len(whole.reached(after)), note))
    chart = funnel_bars("在册项目到达各阶段的数量", [bar for bar in bars if bar.count])
    return present(chart)


def _conversion_sentence(found: Funnel) -> Sentence:
    """Of cohorts watched for twelve months; what is too young is said to be so."""
    watched = found.watched()
    young = [lead for cohort in found.cohorts() if not cohort.is_watched for lead in cohort.leads]
    sentence = Sentence("转化情况按首次对接的季度分批观察。")
    if watched:
        old = [cohort for cohort in found.cohorts() if cohort.is_watched]
        span = old[0].name if len(old) == 1 else f"{old[0].name}至{old[-1].name}"
        sentence.say(f"{span}首次对接的").extend(counted(_rows(watched), "个", "观察期已满")).say(
            "项目均已观察满一年，一年内"
        )
        rates = [(step, rate) for step in RATED if (rate := window_rate("观察期已满项目", watched, step)) is not None]
        sentence.extend(
            Sentence.join([Sentence(STEP_ZH[step]).figure(rate, value_text(rate)) for step, rate in rates], "、")
        ).say("；")
    if young:
        waiting = [lead for lead in young if lead.last_step is Step.NEGOTIATED and not lead.is_closed]
        sentence.say("其后对接的").extend(counted(_rows(young), "个", "观察期未满")).say(
            "观察期未满，不计转化率，其中仍在谈"
        )
        sentence.extend(counted(_rows(waiting), "个", "观察期未满、仍在谈"))
    return sentence.say("。")


def _cohort_table(found: Funnel) -> list[Block]:
    columns = [
        Column(label="首次对接季度", weight=1.5),
        right("对接", 0.8),
        *(right(STEP_ZH[step], 0.8) for step in STEPS[1:]),
        right("在谈", 0.8),
        right("已搁置", 0.9),
        *(right(f"12个月内{STEP_ZH[step]}", 1.1) for step in RATED),
    ]
    builder = TableBuilder("招商项目按首次对接季度分批的进展", columns)
    for cohort in found.cohorts():
        builder.row(
            cohort.name,
            *_counts(builder, cohort),
            *(_rate_cell(builder, cohort, step) for step in RATED),
        )
    table = builder.build(
        notes=[
            "各阶段为截至报告期末已到达的项目数；同一项目计入其经过的每个阶段",
            f"“未满”指该批项目对接至今不足12个月；该批不足{FEWEST}个的不列比率（“—”）",
        ]
    )
    return present(table)


def _counts(builder: TableBuilder, group: Group) -> list[Runs | str]:
    counts = [count_cell(builder, _rows(group.leads), "个", f"{group.name}首次对接")]
    counts += [
        count_cell(builder, _rows(group.reached(step)), "个", f"{group.name}已{STEP_ZH[step]}") for step in STEPS[1:]
    ]
    counts.append(count_cell(builder, _rows(group.open), "个", f"{group.name}在谈"))
    counts.append(count_cell(builder, _rows(group.closed), "个", f"{group.name}已搁置"))
    return counts


def _rate_cell(builder: TableBuilder, cohort: Cohort, step: Step) -> Runs | str:
    if not cohort.is_watched:
        return "未满"
    return shown(builder, cohort.rate(step)) if len(cohort.leads) >= FEWEST else DASH


def _group_table(found: Funnel, attribute: str, words: str) -> list[Block]:
    """Counts and the median days of each step by channel or sector; steps that nobody took have a dash."""
    groups = found.by(attribute)
    if len(groups) < 2:
        return []
    steps = list(pairwise(STEPS))
    columns = [
        Column(label=words, weight=1.7),
        right("对接", 0.8),
        *(right(STEP_ZH[step], 0.8) for step in STEPS[1:]),
        right("在谈", 0.8),
        right("已搁置", 0.9),
        *(right(f"{STEP_ZH[a][-2:]}至{STEP_ZH[b]}", 1.1) for a, b in steps),
    ]
    builder = TableBuilder(f"招商项目分{words}进展和各环节用时", columns)
    for group in groups:
        durations = [group.duration(before, after) for before, after in steps]
        builder.row(group.name, *_counts(builder, group), *(shown(builder, d.days) for d in durations))
    table = builder.build(
        notes=["“至”列为用时，系已走完该环节的项目用时的中位数；尚在该环节的项目未计入，实际用时会更长"]
    )
    return present(table)


def _rates_chart(found: Funnel) -> list[Block]:
    """Rates within twelve months by channel and by sector, of leads watched that long."""
    watched = {id(lead.row) for lead in found.watched()}
    charts = [_rates_of(found, watched, *spec) for spec in (("channel", "来源渠道"), ("sector", "行业"))]
    return present(*charts)


def _rates_of(found: Funnel, watched: set[int], attribute: str, words: str) -> Block | None:
    names, lines = [], []
    for group in found.by(attribute):
        leads = [lead for lead in group.leads if id(lead.row) in watched]
        if len(leads) >= FEWEST:
            names.append(f"{group.name}（{len(leads)}个）")
            rates = [window_rate(group.name, leads, step) for step in RATED]
            lines.append([rate.value if rate is not None else None for rate in rates])
    if len(names) < 2:
        return None
    return heat_table(f"观察期已满项目12个月内转化率，分{words}", names, [STEP_ZH[step] for step in RATED], lines)


def _doubts(found: Funnel) -> list[Block]:
    """Rows that could not be used as they are."""
    said = []
    if found.undated:
        said.append(
            Sentence("没有首次对接日期、未计入分析的项目").extend(counted(found.undated, "个", "无首次对接日期"))
        )
    if found.disorder:
        rows = _rows(found.disorder)
        said.append(Sentence("各阶段日期先后不合、用时可能有误的项目").extend(counted(rows, "个", "日期先后不合")))
    return [paragraph(Sentence.join(said, "；").say("，请核对台账。"), "note")] if said else []
