"""Charts for registers: a funnel of counts, paired progress, shares by group as a heat table; alt text from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from parkbook.briefing.blocks import Figure
from parkbook.briefing.charts import ACCENT, GRID, INK, MM, SOFT, _style, _svg
from parkbook.indicators.rounding import half_up


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """One step: how many reached it, and what stands beside the bar."""

    name: str
    count: int
    note: str = ""


def funnel_bars(caption: str, bars: Sequence[FunnelBar], unit: str = "个") -> Figure | None:
    """Centred bars, one a step, with counts; None for fewer than two steps."""
    if len(bars) < 2:
        return None
    widest = max(bar.count for bar in bars) or 1
    with _style():
        canvas = Canvas(figsize=(150 * MM, (10 + 10 * len(bars)) * MM))
        axes = canvas.subplots()
        for position, bar in enumerate(bars):
            axes.barh(position, bar.count, left=-bar.count / 2, height=0.66, color=INK)
            axes.text(-widest * 0.56, position, bar.name, ha="right", va="center", fontsize=9)
            inside = bar.count > widest * 0.12
            axes.text(
                0 if inside else bar.count / 2 + widest * 0.015,
                position,
                f"{bar.count}{unit}",
                ha="center" if inside else "left",
                va="center",
                fontsize=9,
                color="white" if inside else INK,
            )
            axes.text(widest * 0.56, position, bar.note, ha="left", va="center", fontsize=8, color=INK)
        axes.set_ylim(len(bars) - 0.5, -0.6)
        axes.set_xlim(-widest * 0.75, widest * 1.1)
        axes.set_axis_off()
        svg = _svg(canvas)
    alt = f"{caption}：" + "；".join(
        f"{bar.name}{bar.count}{unit}{f'，{bar.note}' if bar.note else ''}" for bar in bars
    )
    return Figure(caption=caption, alt=alt, svg=svg)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values in % of one thing."""

    name: str
    first: Decimal
    second: Decimal


def paired_progress(caption: str, pairs: Sequence[Pair], first: str, second: str) -> Figure | None:
    """A line from one value to the other for each thing: filled dot `first`, open square `second`. None for fewer than two."""
    if len(pairs) < 2:
        return None
    with _style():
        canvas = Canvas(figsize=(150 * MM, (18 + 7.4 * len(pairs)) * MM))
        axes = canvas.subplots()
        for position, pair in enumerate(pairs):
            one, two = float(pair.first), float(pair.second)
            axes.plot([one, two], [position, position], color=SOFT, linewidth=2.2, zorder=1)
            axes.scatter([one], [position], s=26, color=INK, zorder=3, label=first if position == 0 else None)
            axes.scatter(
                [two], [position], s=30, marker="s", facecolor="white", edgecolor=ACCENT, linewidth=1.3, zorder=2,
                label=second if position == 0 else None,
            )  # fmt: skip
            gap = half_up(pair.first - pair.second, 1)
            axes.text(max(one, two) + 2.2, position, f"{'+' if gap > 0 else ''}{gap}", va="center", fontsize=8)
        _pair_axes(axes, pairs)
        svg = _svg(canvas)
    alt = f"{caption}：" + "；".join(
        f"{pair.name}{first}{half_up(pair.first, 1)}%、{second}{half_up(pair.second, 1)}%" for pair in pairs
    )
    return Figure(caption=f"{caption}（右侧数字为两者之差，百分点）", alt=alt, svg=svg)


def _pair_axes(axes: Axes, pairs: Sequence[Pair]) -> None:
    axes.set_yticks(range(len(pairs)), [pair.name for pair in pairs])
    axes.set_ylim(len(pairs) - 0.4, -0.7)
    axes.set_xlim(0, 112)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25%", "50%", "75%", "100%"])
    axes.grid(axis="x", color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2, frameon=False, fontsize=8)


def heat_table(
    caption: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[Decimal | None]],
    *,
    unit: str = "%",
    blank: str = "—",
    places: int = 0,
) -> Figure | None:
    """A grid of numbers on grey from white (0) to dark (the largest); the number stands in every cell. None without numbers."""
    known = [value for line in values for value in line if value is not None]
    if not known or not rows:
        return None
    top = float(max(known)) or 1.0
    with _style():
        canvas = Canvas(figsize=(150 * MM, (12 + 6.6 * len(rows)) * MM))
        axes = canvas.subplots()
        for y, line in enumerate(values):
            for x, value in enumerate(line):
                share = float(value) / top if value is not None else 0.0
                shade = 1 - 0.72 * max(share, 0.0)
                face = (shade * 0.98, shade * 0.99, min(1.0, shade * 1.01 + 0.03)) if value is not None else "white"
                axes.add_patch(_square(x, y, face))
                text = blank if value is None else f"{half_up(value, places)}"
                axes.text(x, y, text, ha="center", va="center", fontsize=8.5, color="white" if shade < 0.62 else INK)
        _grid_axes(axes, rows, columns)
        svg = _svg(canvas)
    alt = f"{caption}（{unit}）：" + "；".join(
        f"{name}："
        + "、".join(f"{c}{blank if v is None else half_up(v, places)}" for c, v in zip(columns, line, strict=True))
        for name, line in zip(rows, values, strict=True)
    )
    return Figure(caption=f"{caption}（{unit}，颜色越深数值越大）", alt=alt, svg=svg)


def _square(x: int, y: int, face: str | tuple[float, float, float]) -> Rectangle:

    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor="white", linewidth=1.5)


def _grid_axes(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks(range(len(columns)), list(columns), fontsize=8)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), list(rows), fontsize=8.5)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
