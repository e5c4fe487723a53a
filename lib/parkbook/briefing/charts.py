"""Charts in one visual system: outlines for glyphs, readable in grey, one decimal on labels, alt text from the data.

Rising and falling are told by ▲▼ and by fill against hatch, never by colour alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from parkbook.briefing.blocks import Figure
from parkbook.fonts import matplotlib_families, register_with_matplotlib
from parkbook.indicators.rounding import half_up

INK, SOFT, GRID, ACCENT = "#1f2a44", "#8a94a6", "#d9dde5", "#b0413e"
MM = 1 / 25.4
LABEL_SHARE = 0.25
"""A bar of at least this share of the axis has room for its label."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One labelled length; `text` stands at its end, `marked` fills it with hatch (behind, falling, the park in question)."""

    name: str
    value: Decimal
    text: str
    marked: bool = False


@contextmanager
def _style() -> Iterator[None]:
    register_with_matplotlib()
    settings: dict[Any, Any] = {
        "font.family": matplotlib_families("hei"),
        "font.size": 9,
        "axes.unicode_minus": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "parkbook",
        "axes.edgecolor": SOFT,
        "axes.linewidth": 0.6,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "hatch.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(settings):
        yield


def _svg(canvas: Canvas) -> str:
    """The drawing as SVG without date, creator, comments or font references."""
    buffer = io.StringIO()
    canvas.savefig(
        buffer,
        format="svg",
        metadata={"Date": None, "Creator": None},
        bbox_inches="tight",
        pad_inches=0.04,
        transparent=True,
    )
    text = re.sub(r"\s*<!--.*?-->", "", buffer.getvalue(), flags=re.DOTALL)
    return text[text.index("<svg") :]


def ranked_bars(
    caption: str,
    bars: Sequence[Bar],
    *,
    source_line: str = "",
    mark_words: str = "",
    reference: tuple[Decimal, str] | None = None,
) -> Figure | None:
    """Horizontal bars in the order given; marked ones are hatched. None for fewer than two bars."""
    if len(bars) < 2:
        return None
    with _style():
        canvas = Canvas(figsize=(150 * MM, (14 + 8.2 * len(bars)) * MM))
        axes = canvas.subplots()
        _draw_bars(axes, bars, inside=reference is not None)
        if reference is not None:
            axes.axvline(float(reference[0]), color=ACCENT, linewidth=1, linestyle=(0, (4, 2)), zorder=3)
            axes.text(
                float(reference[0]),
                -0.75,
                reference[1],
                ha="center",
                va="bottom",
                fontsize=8,
                color=ACCENT,
                zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
        svg = _svg(canvas)
    alt = f"{caption}：" + "；".join(f"{bar.name}{bar.text}" for bar in bars)
    if mark_words:
        alt += f"。斜纹：{mark_words}"
        caption = f"{caption}（斜纹为{mark_words}）"
    return Figure(caption=caption, alt=alt, svg=svg, source_line=source_line)


def _draw_bars(axes: Axes, bars: Sequence[Bar], *, inside: bool = False) -> None:
    """`inside`: labels stand in the ends of the bars, off the line that marks a target."""
    positions = range(len(bars))
    lengths = [float(bar.value) for bar in bars]
    for position, bar, length in zip(positions, bars, lengths, strict=True):
        axes.barh(
            position,
            length,
            height=0.62,
            color="white" if bar.marked else INK,
            edgecolor=INK,
            linewidth=0.8,
            hatch="////" if bar.marked else None,
        )
    low, high = min(0.0, *lengths), max(0.0, *lengths)
    span = (high - low) or 1.0
    for position, bar, length in zip(positions, bars, lengths, strict=True):
        offset = span * 0.012
        within = inside and length > span * LABEL_SHARE
        axes.text(
            length + offset if length >= 0 and not within else length - offset,
            position,
            bar.text,
            va="center",
            ha="left" if length >= 0 and not within else "right",
            fontsize=8.5,
            zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
    axes.set_yticks(list(positions), [bar.name for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.9)
    axes.set_xlim(low - (span * 0.18 if low < 0 else 0), high + (span * 0.18 if high > 0 else span * 0.02))
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    if low < 0:
        axes.tick_params(axis="y", pad=6)


def cumulative_trend(
    caption: str,
    months: Sequence[str],
    levels: Sequence[Decimal | None],
    unit: str,
    growth: Sequence[Decimal | None],
    *,
    source_line: str = "",
) -> Figure | None:
    """Bars of cumulative levels and a line of their published growth below, on one time axis; no January point where none is released."""
    points = [(m, v, g) for m, v, g in zip(months, levels, growth, strict=True) if v is not None or g is not None]
    if len(points) < 3:
        return None
    with _style():
        rates = sum(g is not None for _, _, g in points)
        canvas = Canvas(figsize=(150 * MM, (84 if rates > 1 else 52) * MM))
        if rates > 1:
            upper, lower = canvas.subplots(2, 1, sharex=True, height_ratios=(3, 2), gridspec_kw={"hspace": 0.3})
            _draw_growth(lower, points)
        else:
            upper = lower = canvas.subplots()
        _draw_levels(upper, points, unit)
        _label_months(lower, points)
        svg = _svg(canvas)
    return Figure(caption=caption, alt=_trend_alt(caption, points, unit), svg=svg, source_line=source_line)


Point = tuple[str, Decimal | None, Decimal | None]


def _draw_levels(axes: Axes, points: Sequence[Point], unit: str) -> None:
    heights = [float(v) if v is not None else 0.0 for _, v, _ in points]
    axes.bar(range(len(points)), heights, width=0.6, color=INK)
    last = len(points) - 1
    axes.text(last, heights[last], f"{(points[last][1] or Decimal(0)):f}", ha="center", va="bottom", fontsize=8)
    axes.set_title(f"累计（{unit}）", loc="left", fontsize=9)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)


def _draw_growth(axes: Axes, points: Sequence[Point]) -> None:
    seen = [(x, float(g)) for x, (_, _, g) in enumerate(points) if g is not None]
    axes.axhline(0, color=SOFT, linewidth=0.8)
    axes.plot([x for x, _ in seen], [g for _, g in seen], color=ACCENT, marker="o", markersize=3.2, linewidth=1.3)
    if seen:
        last, rate = seen[-1]
        shown = f"{half_up(points[last][2] or Decimal(0), 1)}%"
        axes.annotate(shown, (last, rate), (6, 0), textcoords="offset points", ha="left", va="center", fontsize=8)
    axes.set_title("累计同比（%）", loc="left", fontsize=9)
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.margins(x=0.04)


def _label_months(axes: Axes, points: Sequence[Point]) -> None:
    """At most seven labels, counted back from the last point."""
    step = -(-len(points) // 7)
    ticks = sorted(range(len(points) - 1, -1, -step))
    axes.set_xticks(ticks, [points[tick][0] for tick in ticks], fontsize=8)


def _moved(rate: Decimal) -> str:
    shown = half_up(rate, 1)
    return "持平" if shown == 0 else f"{'增长' if shown > 0 else '下降'}{abs(shown)}%"


def _trend_alt(caption: str, points: Sequence[Point], unit: str) -> str:
    parts = [
        f"{m}{'' if v is None else f'{half_up(v, 1)}{unit}'}{'' if g is None else f'，同比{_moved(g)}'}"
        for m, v, g in points
    ]
    return f"{caption}：" + "；".join(parts)
