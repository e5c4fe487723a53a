"""Charts of comparisons, in the visual system of `charts`: rank bands, quadrant, heat table, radar of groups.

Everything is told twice: by place or shade, and by a number or sign; lines differ in dash and marker, not in colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from parkbook.briefing.blocks import Figure
from parkbook.briefing.charts import ACCENT, GRID, INK, MM, SOFT, _style, _svg

MOST_BANDS = 40
"""More parks than this make a chart nobody reads."""
MOST_RADAR = 5
WIDE_RATIO = 8
"""Beyond this ratio of largest to smallest a linear axis crowds all but one point."""


@dataclass(frozen=True, slots=True)
class RankBand:
    """One park's rank and the ranks it may have."""

    name: str
    rank: int
    low: int
    high: int

    @property
    def text(self) -> str:
        return f"第{self.rank}位" if self.low == self.high else f"第{self.rank}位（{self.low}—{self.high}）"


def rank_bands(caption: str, bands: Sequence[RankBand], of: int, *, meaning: str) -> Figure | None:
    """A dot at each rank and a bar over the ranks it may have; `meaning` says what makes the bar. None for fewer than two."""
    if len(bands) < 2:
        return None
    shown = sorted(bands, key=lambda band: (band.rank, band.low, band.high))[:MOST_BANDS]
    with _style():
        canvas = Canvas(figsize=(150 * MM, (16 + 7 * len(shown)) * MM))
        axes = canvas.subplots()
        for position, band in enumerate(shown):
            axes.plot([band.low, band.high], [position, position], color=SOFT, linewidth=6, solid_capstyle="round")
            axes.plot([band.rank], [position], marker="o", markersize=5.5, color=INK)
            axes.annotate(
                band.text,
                (max(band.high, band.rank), position),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
            )
        axes.set_yticks(range(len(shown)), [band.name for band in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        last = max(of, *(band.high for band in shown))
        axes.set_xlim(0.6, last + max(1.0, 0.28 * last))
        step = max(1, -(-last // 10))
        axes.set_xticks(range(1, last + 1, step))
        axes.set_title("名次（左为前）", loc="left", fontsize=8.5)
        axes.grid(axis="x", color=GRID, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        svg = _svg(canvas)
    rest = f"；其余{len(bands) - len(shown)}个略" if len(bands) > len(shown) else ""
    alt = f"{caption}，横条为{meaning}：" + "；".join(f"{band.name}{band.text}" for band in shown) + rest
    return Figure(caption=f"{caption}（横条为{meaning}）", alt=alt, svg=svg)


@dataclass(frozen=True, slots=True)
class Point:
    """One park by two figures, with their words for the alt text."""

    name: str
    x: Decimal
    y: Decimal
    words: str


def quadrant(
    caption: str, points: Sequence[Point], labels: tuple[str, str], middles: tuple[Decimal, Decimal]
) -> Figure | None:
    """Points in four fields cut at the medians; below zero they are hollow. None for fewer than three."""
    if len(points) < 3:
        return None
    low = min(point.x for point in points)
    wide = low > 0 and max(point.x for point in points) / low > WIDE_RATIO
    with _style():
        canvas = Canvas(figsize=(150 * MM, 92 * MM))
        axes = canvas.subplots()
        if wide:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
            axes.xaxis.set_minor_formatter(lambda value, _: f"{value:g}" if f"{value:e}"[0] in "25" else "")
        axes.axvline(float(middles[0]), color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)))
        axes.axhline(float(middles[1]), color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)))
        if min(point.y for point in points) < 0:
            axes.axhline(0, color=INK, linewidth=0.7)
        for point in points:
            face = "white" if point.y < 0 else INK
            axes.plot(
                float(point.x), float(point.y), marker="o", markersize=6, color=INK, markerfacecolor=face, linestyle=""
            )
        axes.margins(x=0.16, y=0.14)
        _name_points(axes, points)
        axes.set_xlabel(labels[0] + ("（对数刻度）" if wide else ""), fontsize=8.5)
        axes.set_ylabel(labels[1], fontsize=8.5)
        axes.tick_params(labelsize=8)
        svg = _svg(canvas)
    alt = (
        f"{caption}："
        + "；".join(f"{point.name}{point.words}" for point in points)
        + "。虚线为中位数，空心点为同比下降"
    )
    hollow = "，空心点为同比下降" if any(point.y < 0 for point in points) else ""
    return Figure(caption=f"{caption}（虚线为中位数{hollow}）", alt=alt, svg=svg)


Box = tuple[float, float, float, float]
SIDES = ((8.0, 0.0, "left"), (-8.0, 0.0, "right"), (0.0, 10.0, "center"), (0.0, -10.0, "center"))
"""Where a name may stand beside its point, in points of type: right, left, above, below."""


def _name_points(axes: Axes, points: Sequence[Point]) -> None:
    """Names beside their points, on the first side where they cover neither a point nor another name nor the frame."""
    axes.set_xlim(axes.get_xlim())  # fixes the limits, which places rest on
    axes.set_ylim(axes.get_ylim())
    places = [axes.transData.transform((float(point.x), float(point.y))) for point in points]
    taken: list[Box] = [(x - 5, x + 5, y - 5, y + 5) for x, y in places]
    frame = axes.get_window_extent()
    scale = axes.figure.dpi / 72
    for point, (x, y) in sorted(zip(points, places, strict=True), key=lambda item: -item[1][1]):
        width, height = 8.5 * len(point.name) * scale, 9.5 * scale
        tries = [(dx * far, dy * far, ha) for far in (1, 2, 3) for dx, dy, ha in SIDES]
        chosen = next((t for t in tries if _free(_box(x, y, t, width, height, scale), taken, frame)), tries[0])
        taken.append(_box(x, y, chosen, width, height, scale))
        axes.annotate(
            point.name,
            (float(point.x), float(point.y)),
            xytext=chosen[:2],
            textcoords="offset points",
            ha=chosen[2],
            va="center",
            fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
        )


def _box(x: float, y: float, side: tuple[float, float, str], width: float, height: float, scale: float) -> Box:
    start = x + side[0] * scale - {"left": 0.0, "right": width, "center": width / 2}[side[2]]
    middle = y + side[1] * scale
    return start, start + width, middle - height / 2, middle + height / 2


def _free(box: Box, taken: Sequence[Box], frame: Bbox) -> bool:
    inside = frame.x0 <= box[0] and box[1] <= frame.x1 and frame.y0 <= box[2] and box[3] <= frame.y1
    return inside and not any(box[0] < b[1] and b[0] < box[1] and box[2] < b[3] and b[2] < box[3] for b in taken)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share from 0 (last) to 1 (first) and its words; None where there is nothing to compare, with the reason in words."""

    share: Decimal | None
    text: str


def heat(
    caption: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[HeatCell]]
) -> Figure | None:
    """A table whose cells are the darker the nearer to the first place; cells without a rank are hatched."""
    if len(rows) < 2 or not columns:
        return None
    with _style():
        canvas = Canvas(figsize=(150 * MM, (20 + 7.5 * len(rows)) * MM))
        axes = canvas.subplots()
        for i, line in enumerate(cells):
            for j, cell in enumerate(line):
                _draw_cell(axes, i, j, cell)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        size = 8.5 if len(columns) < 6 else 7.5
        axes.set_xticks([j + 0.5 for j in range(len(columns))], [_folded(name) for name in columns], fontsize=size)
        axes.set_yticks([i + 0.5 for i in range(len(rows))], rows)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        svg = _svg(canvas)
    lines = (
        f"{row}："
        + "，".join(f"{column.replace(chr(10), '')}{cell.text}" for column, cell in zip(columns, line, strict=True))
        for row, line in zip(rows, cells, strict=True)
    )
    return Figure(caption=f"{caption}（颜色越深名次越前）", alt=f"{caption}。" + "；".join(lines), svg=svg)


def _draw_cell(axes: Axes, i: int, j: int, cell: HeatCell) -> None:
    share = None if cell.share is None else float(cell.share)
    shade = "white" if share is None else _shade(share)
    hatch = "////" if share is None else None
    axes.add_patch(Rectangle((j, i), 1, 1, facecolor=shade, edgecolor=GRID, linewidth=0.8, hatch=hatch))
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2} if share is None else None
    dark = share is not None and share > 0.55
    axes.text(
        j + 0.5, i + 0.5, cell.text, ha="center", va="center", fontsize=8.5, color="white" if dark else INK, bbox=box
    )


def _shade(share: float) -> str:
    """From near white to ink: one hue, so that grey print keeps the order."""
    light, dark = (244, 246, 250), (31, 42, 68)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _folded(name: str, width: int = 9) -> str:
    """A long heading on two lines or three."""
    return "\n".join(part[i : i + width] for part in name.split("\n") for i in range(0, len(part), width))


LINES = (("-", "o"), ("--", "s"), ("-.", "^"), (":", "D"), ((0, (6, 2, 1, 2, 1, 2)), "v"))


def radar(caption: str, groups: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Figure | None:
    """Scores of groups, 0 to 100, of a few parks; None for fewer than three groups."""
    if len(groups) < 3 or not series:
        return None
    angles = [2 * math.pi * k / len(groups) for k in range(len(groups))]
    with _style():
        canvas = Canvas(figsize=(150 * MM, 96 * MM))
        axes = canvas.add_subplot(projection="polar")
        axes.set_theta_offset(math.pi / 2)  # type: ignore[attr-defined]
        axes.set_theta_direction(-1)  # type: ignore[attr-defined]
        for (name, scores), (dash, marker), colour in zip(
            series[:MOST_RADAR], LINES, (INK, ACCENT, SOFT, INK, ACCENT), strict=False
        ):
            axes.plot(
                [*angles, angles[0]], [*scores, scores[0]], linestyle=dash, marker=marker, markersize=4, color=colour,
                linewidth=1.4, label=name,
            )  # fmt: skip
        axes.set_xticks(angles, groups, fontsize=8.5)
        for angle, label in zip(angles, axes.get_xticklabels(), strict=True):
            side = math.sin(angle)
            label.set_horizontalalignment("center" if abs(side) < 0.2 else "left" if side > 0 else "right")
        axes.tick_params(axis="x", pad=3)
        axes.set_ylim(0, 100)
        axes.set_yticks([25, 50, 75, 100], ["25", "50", "75", "100"], fontsize=7, color=SOFT)
        axes.grid(color=GRID, linewidth=0.6)
        axes.spines["polar"].set_color(GRID)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, frameon=False, fontsize=8.5)
        svg = _svg(canvas)
    lines = "；".join(
        name + "，".join(f"{group}{score:.1f}分" for group, score in zip(groups, scores, strict=True))
        for name, scores in series[:MOST_RADAR]
    )
    return Figure(caption=caption, alt=f"{caption}：{lines}", svg=svg)
