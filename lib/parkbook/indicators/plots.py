"""地块评价: what each plot yields, against which denominator; low-efficiency plots with their reasons; idle buildings.

Per-mu indicators divide by the plot's land as the register defines it (证载面积 in most forms); the whole list's figure is the
ratio of sums, never the mean of ratios. An 亩均 figure that the register prints is shown as printed and held against its own parts.
A plot is scored elsewhere (`comparison.scoring`): this module gives the table of values and who is exempt.

Attributes of a row: user, district, sector, grade_before, exempt (why a plot gets no grade).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.indicators.register_rows import RegisterRow, as_printed, derived, register_rows
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.units import convert, parse_unit

LAND = "plot_land_area"
BELOW_SHARE = Decimal("0.5")
"""Below this part of the list's own 亩均 (ratio of sums) a plot is named as low; this tool's line, not an official one."""


@dataclass(frozen=True, slots=True)
class PlotMeasure:
    """One indicator of plots: numerator over denominator in `top` per `bottom`; without a denominator the register's own figure.

    `printed` is the register's column of the same; `higher` says which way is better.
    """

    id: str
    label_zh: str
    formula: str
    numerator: str = ""
    top: str = ""
    denominator: str = ""
    bottom: str = ""
    printed: str = ""
    higher: bool = True

    @property
    def unit(self) -> str:
        if not self.denominator:
            return "万元/亩" if self.id == "investment_intensity" else "无量纲"
        return "%" if self.top == self.bottom else f"{self.top}/{self.bottom}"


_VALUE_ADDED, _OUTPUT, _SALES = "industrial_value_added", "gross_industrial_output", "industrial_sales_revenue"
MEASURES = (
    PlotMeasure("tax_per_mu", "亩均税收", "税收 ÷ 用地面积", "tax_revenue", "万元", LAND, "亩", "tax_per_mu"),
    PlotMeasure("output_per_mu", "亩均产值", "工业总产值 ÷ 用地面积", _OUTPUT, "万元", LAND, "亩", "output_per_mu"),
    PlotMeasure("value_added_per_mu", "亩均增加值", "工业增加值 ÷ 用地面积", _VALUE_ADDED, "万元", LAND, "亩"),
    PlotMeasure("sales_per_mu", "亩均销售收入", "工业销售收入 ÷ 用地面积", _SALES, "万元", LAND, "亩", "sales_per_mu"),
    PlotMeasure("investment_intensity", "投资强度", "登记表所列", printed="investment_intensity"),
    PlotMeasure("floor_area_ratio", "容积率", "登记表所列", printed="floor_area_ratio"),
    PlotMeasure(
        "energy_per_output", "单位产值能耗", "综合能耗 ÷ 工业总产值", "energy_consumption", "吨标准煤", _OUTPUT, "万元",
        higher=False,
    ),
    PlotMeasure(
        "value_added_per_energy", "单位能耗增加值", "工业增加值 ÷ 综合能耗", _VALUE_ADDED, "万元", "energy_consumption", "吨标准煤"
    ),
    PlotMeasure(
        "value_added_per_emission", "单位排放增加值", "工业增加值 ÷ 主要污染物排放量", _VALUE_ADDED, "万元", "pollutant_emissions", "吨"
    ),
    PlotMeasure(
        "labour_productivity", "全员劳动生产率", "工业增加值 ÷ 年平均从业人员", _VALUE_ADDED, "万元", "average_employees", "人"
    ),
    PlotMeasure(
        "rd_share_of_sales", "研发经费占销售收入比重", "研发经费投入 ÷ 工业销售收入", "rd_spending", "万元", _SALES, "万元"
    ),
)  # fmt: skip
LOW_MEASURES = ("tax_per_mu", "output_per_mu")
"""Which indicators make a plot low: what it yields, not how much was once built on it."""


def measure(measure_id: str) -> PlotMeasure:
    return next(item for item in MEASURES if item.id == measure_id)


@dataclass(frozen=True)
class Plot:
    """One plot of the register."""

    row: RegisterRow

    @property
    def code(self) -> str:
        return self.row.subject

    @property
    def exempt(self) -> str:
        """Why it gets no grade, in the register's words; empty where it does."""
        return self.row.attribute("exempt")

    @property
    def land(self) -> Observation | None:
        return self.row.number(LAND)

    @property
    def idle_floor(self) -> Observation | None:
        """Idle floor area, when there is any."""
        found = self.row.number("idle_floor_area")
        return found if found is not None and found.obs_value else None

    def value(self, item: PlotMeasure) -> IndicatorValue | None:
        """The measure as printed, else computed; None where a part of it is no number."""
        if item.printed:
            printed = self.row.number(item.printed)
            if printed is not None:
                return as_printed(printed, item.label_zh)
        return self.computed(item)

    def computed(self, item: PlotMeasure) -> IndicatorValue | None:
        if not item.denominator:
            return None
        return ratio(
            f"{self.code}{item.label_zh}",
            item,
            [self.row.number(item.numerator)],
            [self.row.number(item.denominator)],
            self.code,
        )

    def misprint(self, item: PlotMeasure) -> IndicatorValue | None:
        """The recomputed value, where the printed one differs from it by more than its own rounding."""
        printed, again = self.row.number(item.printed) if item.printed else None, self.computed(item)
        if printed is None or printed.obs_value is None or again is None or again.value is None:
            return None
        shown = convert(printed.obs_value, printed.unit, parse_unit(item.unit))
        places = decimals(printed.obs_value)
        slack = Decimal(1).scaleb(-places)
        return again if abs(half_up(again.value, places) - shown) > slack else None


def ratio(
    label: str,
    item: PlotMeasure,
    numerators: Sequence[Observation | None],
    denominators: Sequence[Observation | None],
    subject: str = "",
) -> IndicatorValue | None:
    """Sum over sum in the measure's unit; None when a part is no number or the denominator is not positive."""
    parts, bases = [o for o in numerators if o is not None], [o for o in denominators if o is not None]
    if len(parts) < len(numerators) or len(bases) < len(denominators) or not parts:
        return None
    over, under = _sum(parts, item.top), _sum(bases, item.bottom)
    if under <= 0:
        return None
    return derived(
        label,
        over / under * (100 if item.unit == "%" else 1),
        parse_unit(item.unit),
        Transformation.SHARE if item.unit == "%" else Transformation.RATIO,
        f"Σ{item.formula.replace(' ÷ ', ' ÷ Σ')}" if len(parts) > 1 else item.formula,
        [*parts, *bases],
        subject=subject,
        indicator_id=item.printed,
        period=parts[0].period,
    )


def _sum(observations: Sequence[Observation], unit: str) -> Decimal:
    wanted = parse_unit(unit)
    return sum((convert(o.obs_value, o.unit, wanted) for o in observations if o.obs_value is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class LowReason:
    """One indicator of a plot that lies below the line: the plot's value and the line it is held against."""

    measure: PlotMeasure
    value: IndicatorValue
    line: IndicatorValue


@dataclass(frozen=True, slots=True)
class LowPlot:
    """A low-efficiency plot with all its reasons."""

    plot: Plot
    reasons: tuple[LowReason, ...]


@dataclass(frozen=True)
class PlotRegister:
    """The plots of the list in its order; a list of some plots says nothing of the others."""

    plots: tuple[Plot, ...]

    @property
    def year(self) -> int:
        return self.plots[0].row.as_of.year

    @property
    def evaluated(self) -> list[Plot]:
        """Plots that may get a grade."""
        return [plot for plot in self.plots if not plot.exempt]

    @property
    def exempt(self) -> dict[str, str]:
        """Plots that get none, with the register's reason."""
        return {plot.code: plot.exempt for plot in self.plots if plot.exempt}

    def whole(self, item: PlotMeasure) -> IndicatorValue | None:
        """The list's figure: ratio of sums over the plots that have both parts."""
        if not item.denominator:
            return None
        pairs = [
            (top, bottom)
            for plot in self.plots
            if (top := plot.row.number(item.numerator)) is not None
            and (bottom := plot.row.number(item.denominator)) is not None
        ]
        if not pairs:
            return None
        return ratio(f"所列地块{item.label_zh}", item, [top for top, _ in pairs], [bottom for _, bottom in pairs])

    def ranked(self, item: PlotMeasure) -> list[tuple[Plot, IndicatorValue]]:
        """Plots with a value, best first; on full precision."""
        pairs = [(plot, value) for plot in self.plots if (value := plot.value(item)) is not None and value.is_number]
        return sorted(pairs, key=lambda pair: _order(pair[1]), reverse=item.higher)

    def available(self, item: PlotMeasure) -> int:
        """How many plots have the measure."""
        return sum(1 for plot in self.plots if (value := plot.value(item)) is not None and value.is_number)

    def table(self, items: Sequence[PlotMeasure] = MEASURES) -> dict[str, dict[str, Decimal | None]]:
        """Plot to measure to value, None where it is missing: what a framework scores. Exempt plots are in it too."""
        return {
            plot.code: {item.id: value.value if (value := plot.value(item)) is not None else None for item in items}
            for plot in self.plots
        }

    def low(self) -> list[LowPlot]:
        """Plots below half of the list's own 亩均税收 or 亩均产值, the lowest 亩均税收 first; exempt ones are not in it."""
        lines = {item_id: self._line(measure(item_id)) for item_id in LOW_MEASURES}
        found = []
        for plot in self.evaluated:
            reasons = tuple(
                LowReason(measure(item_id), value, line)
                for item_id, line in lines.items()
                if line is not None and (value := plot.value(measure(item_id))) is not None and _below(value, line)
            )
            if reasons:
                found.append(LowPlot(plot, reasons))
        return sorted(found, key=lambda low: min(_order(reason.value) for reason in low.reasons))

    def _line(self, item: PlotMeasure) -> IndicatorValue | None:
        whole = self.whole(item)
        if whole is None or whole.value is None:
            return None
        return derived(
            f"{item.label_zh}偏低线",
            whole.value * BELOW_SHARE,
            whole.unit,
            Transformation.RATIO,
            f"所列地块{item.label_zh}（总量比）× {BELOW_SHARE}",
            whole.inputs,
        )

    @property
    def idle(self) -> list[Plot]:
        """Plots with idle floor area, the largest first."""
        some = [plot for plot in self.plots if plot.idle_floor is not None]
        return sorted(some, key=lambda plot: _size(plot.idle_floor), reverse=True)

    @property
    def land(self) -> IndicatorValue | None:
        """Land of all listed plots together."""
        areas = [area for plot in self.plots if (area := plot.land) is not None]
        if not areas:
            return None
        return derived(
            "所列地块用地面积", _sum(areas, "亩"), parse_unit("亩"), Transformation.LEVEL, "Σ用地面积", areas
        )


def _order(value: IndicatorValue) -> Decimal:
    return value.value if value.value is not None else Decimal("-Infinity")


def _size(observation: Observation | None) -> Decimal:
    return observation.obs_value if observation is not None and observation.obs_value is not None else Decimal(0)


def _below(value: IndicatorValue, line: IndicatorValue) -> bool:
    return value.value is not None and line.value is not None and value.value < line.value


def plot_register(observations: Sequence[Observation], period: Period | None) -> PlotRegister | None:
    """The register of plots that answers for the period; None where no ledger lists plots with their land."""
    rows = register_rows(observations, (LAND,), period)
    return PlotRegister(tuple(Plot(row) for row in rows)) if rows else None
