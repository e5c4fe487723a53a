"""Charts of change and of the year's end: waterfall, forecast ranges against the target, fan of cumulative figures.

Falls are hatched; what is foreseen is dotted or open; an axis that does not begin at zero says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from parkbook.briefing.blocks import Figure
from parkbook.briefing.charts import ACCENT, GRID, INK, MM, SOFT, _style, _svg
from parkbook.briefing.format import plain
from parkbook.errors import RenderError
from parkbook.indicators.rounding import half_up

DASHED, DOTTED = (0, (4, 2)), (0, (1, 1.5))


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a waterfall: a whole (the first and the last), or a change; `text` stands at its end."""

    name: str
    value: Decimal
    text: str
    whole: bool = False


def waterfall(caption: str, steps: Sequence[Step], unit: str, *, source_line: str = "") -> Figure:
    """From last year's figure by the changes to this year's, top to bottom; falls are hatched.

    RenderError when the changes do not lead from the first whole to the last, exactly.
    """
    first, *changes, last = steps
    edges = [first.value]
    for step in changes:
        edges.append(edges[-1] + step.value)
    if edges[-1] != last.value:
        raise RenderError(f"图“{caption}”各项相加不等于本期数", expected=f"{last.value}", found=f"{edges[-1]}")
    floor = _floor(edges)
    with _style():
        canvas = Canvas(figsize=(150 * MM, (14 + 7.6 * len(steps)) * MM))
        axes = canvas.subplots()
        _draw_steps(axes, steps, edges, floor)
        axes.set_title(f"单位：{unit}" + ("；横轴未从零起" if floor else ""), loc="right", fontsize=8)
        svg = _svg(canvas)
    alt = f"{caption}：" + "；".join(f"{step.name}{step.text}" for step in steps) + f"（{unit}）。斜纹：下降"
    return Figure(caption=f"{caption}（斜纹为下降）", alt=alt, svg=svg, source_line=source_line)


def _floor(edges: Sequence[Decimal]) -> float:
    """Where the axis begins: at zero, or below the lowest edge where the changes are small beside the wholes."""
    low, high = float(min(edges)), float(max(edges))
    span = high - low
    return 0.0 if low <= 0 or span > 0.25 * high else low - 0.35 * span


def _draw_steps(axes: Axes, steps: Sequence[Step], edges: Sequence[Decimal], floor: float) -> None:
    reach = (max(map(float, edges)) - floor) or 1.0
    before = float(edges[0])
    for position, step in enumerate(steps):
        after = float(step.value) if step.whole else before + float(step.value)
        left, right = (min(floor, after), after) if step.whole else (min(before, after), max(before, after))
        falling = not step.whole and step.value < 0
        axes.barh(
            position,
            right - left,
            left=left,
            height=0.62,
            color=INK if step.whole else "white" if falling else SOFT,
            edgecolor=INK,
            linewidth=0.8,
            hatch="////" if falling else None,
        )
        axes.text(right + reach * 0.012, position, step.text, va="center", ha="left", fontsize=8.5)
        if position < len(steps) - 1:
            axes.plot([after, after], [position - 0.31, position + 1.31], color=SOFT, linewidth=0.6, zorder=0)
        before = after
    axes.set_yticks(range(len(steps)), [step.name for step in steps])
    axes.set_ylim(len(steps) - 0.4, -0.6)
    axes.set_xlim(min(floor, *map(float, edges)), floor + reach * 1.18)
    _bare(axes)


def _bare(axes: Axes) -> None:
    """No horizontal axis: the labels say the numbers."""
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


@dataclass(frozen=True, slots=True)
class Range:
    """A forecast as per cent of its target, with its interval; `text` stands at its right."""

    name: str
    low: Decimal
    point: Decimal
    high: Decimal
    text: str


def ranges(caption: str, lines: Sequence[Range], reference: str) -> Figure | None:
    """Point and 80 % interval of each forecast against the target at 100 %, in the order given; None for fewer than two."""
    if len(lines) < 2:
        return None
    low = min(98.0, *(float(line.low) for line in lines))
    high = max(102.0, *(float(line.high) for line in lines))
    span = high - low
    with _style():
        canvas = Canvas(figsize=(150 * MM, (16 + 7.2 * len(lines)) * MM))
        axes = canvas.subplots()
        axes.plot([100, 100], [-0.6, len(lines) - 0.5], color=ACCENT, linewidth=1, linestyle=DASHED, zorder=0)
        axes.text(100, -0.75, reference, ha="center", va="bottom", fontsize=8, color=ACCENT)
        for position, line in enumerate(lines):
            axes.plot([float(line.low), float(line.high)], [position, position], color=SOFT, linewidth=4.5)
            axes.plot([float(line.point)], [position], marker="o", markersize=4.5, color=INK)
            axes.text(high + span * 0.03, position, line.text, va="center", ha="left", fontsize=8.5)
        axes.set_yticks(range(len(lines)), [line.name for line in lines])
        axes.set_ylim(len(lines) - 0.4, -1.1)
        axes.set_xlim(low - span * 0.04, high + span * 0.5)
        _bare(axes)
        svg = _svg(canvas)
    alt = f"{caption}：" + "；".join(f"{line.name}{line.text}" for line in lines)
    return Figure(caption=f"{caption}（点为预计，横条为80%区间）", alt=alt, svg=svg)


def fan(
    caption: str,
    *,
    unit: str,
    last: tuple[str, Mapping[int, Decimal]],
    now: tuple[str, Mapping[int, Decimal]],
    foreseen: Mapping[int, Decimal],
    low: Mapping[int, Decimal],
    high: Mapping[int, Decimal],
    target: tuple[str, Decimal] | None,
    places: int,
) -> Figure:
    """Cumulative figures over the last months and those to come: last year dashed, this year solid, the forecast dotted with its band."""
    month, end = max(now[1]), max(foreseen)
    first = max(min(now[1]), month - 2)
    with _style():
        canvas = Canvas(figsize=(150 * MM, 78 * MM))
        axes = canvas.subplots()
        _line(axes, _from(last[1], first), color=SOFT, linestyle=DASHED, linewidth=1.1, label=last[0])
        _line(axes, _from(now[1], first), color=INK, marker="o", markersize=3.2, linewidth=1.5, label=now[0])
        joined = {month: now[1][month], **foreseen}
        _line(axes, joined, color=INK, linestyle=DOTTED, linewidth=1.5, label="预计")
        months = sorted(joined)
        lower, upper = ([float(now[1][month] if m == month else side[m]) for m in months] for side in (low, high))
        axes.fill_between(months, lower, upper, color=SOFT, alpha=0.4, linewidth=0, label="80%区间")
        if target is not None:
            axes.axhline(float(target[1]), color=ACCENT, linewidth=1, linestyle=DASHED)
            axes.text(first, float(target[1]), f"年度目标{target[0]}", ha="left", va="bottom", fontsize=8, color=ACCENT)
        shown = plain(half_up(foreseen[end], places))
        axes.text(end + 0.08, float(foreseen[end]), shown, ha="left", va="center", fontsize=8.5)
        _finish(axes, unit, first, end)
        svg = _svg(canvas)
    span = f"{plain(half_up(low[end], places))}—{plain(half_up(high[end], places))}{unit}"
    alt = f"{caption}：1—{month}月{plain(now[1][month])}{unit}；预计全年{shown}{unit}，80%区间{span}"
    alt += f"；年度目标{target[0]}" if target is not None else ""
    return Figure(caption=caption, alt=alt, svg=svg)


def _finish(axes: Axes, unit: str, first: int, end: int) -> None:
    axes.set_title(f"累计（{unit}；纵轴未从零起）", loc="left", fontsize=9)
    step = 1 if end - first < 7 else 2
    ticks = list(range(end, first - 1, -step))
    axes.set_xticks(ticks, ["1月" if m == 1 else f"1—{m}月" for m in ticks], fontsize=8)
    axes.set_xlim(first - 0.3, end + 0.06 * (end - first) + 0.4)
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.legend(loc="lower right", fontsize=8, frameon=False)


def _from(values: Mapping[int, Decimal], first: int) -> dict[int, Decimal]:
    return {m: value for m, value in values.items() if m >= first}


def _line(axes: Axes, values: Mapping[int, Decimal], **look: Any) -> None:
    axes.plot(sorted(values), [float(values[m]) for m in sorted(values)], **look)
