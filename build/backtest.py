"""Back-test of the year-end forecast on published national series; prints the tables of docs/forecast.md.

    .venv/bin/python build/backtest.py --series data/series

The series are not part of the project. Put CSV files with the columns `period` (2023-09: cumulative from January to September), `value`
and `yoy_pct` (either may be empty) into the folder: one file a series. Growth is taken as published, else from the levels; where levels
do not chain with the published growth within one point, last year's months are taken as twelfths, and only growth is tested.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import mean, median

from parkbook.indicators import year_end as method
from parkbook.indicators.rounding import half_up

MONTHS = range(2, 12)
SHOCK = (2020, 2021)
CHOSEN_UNTIL = 2017
TOLERANCE = Decimal("0.01")
Levels = dict[int, dict[int, Decimal]]
Forecast = Callable[[method.Year, method.Year, int], Decimal | None]


@dataclass(frozen=True)
class Case:
    """One year of one series: this year's and last year's cumulative figures, on one scope."""

    series: str
    year: int
    now: Mapping[int, Decimal]
    before: Mapping[int, Decimal]


@dataclass(frozen=True)
class Error:
    series: str
    year: int
    month: int
    relative: float


def read_series(path: Path) -> tuple[Levels, Levels]:
    levels: Levels = {}
    rates: Levels = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, month = map(int, row["period"].split("-"))
            for column, into in (("value", levels), ("yoy_pct", rates)):
                if row[column]:
                    into.setdefault(year, {})[month] = Decimal(row[column])
    return levels, rates


def cases(path: Path) -> list[Case]:
    """Every complete year with a year before it."""
    levels, rates = read_series(path)
    found = []
    for year in sorted(set(levels) | set(rates)):
        before = levels.get(year - 1, {})
        grown = {m: 1 + rate / 100 for m, rate in rates.get(year, {}).items()}
        if len(grown) < 6:  # a series of levels
            now = {m: v for m, v in levels.get(year, {}).items() if m >= 2 and m in before}
            base = {m: v for m, v in before.items() if m >= 2}
        else:
            chains = all(
                m in before and m in levels.get(year, {}) and abs(levels[year][m] / before[m] - g) <= TOLERANCE
                for m, g in grown.items()
            )
            base = {m: before[m] for m in before if m >= 2} if chains else {m: Decimal(m) / 12 for m in range(2, 13)}
            now = {m: base[m] * g for m, g in grown.items() if m in base}
        if 12 in now and 12 in base:
            found.append(Case(path.stem, year, now, base))
    return found


# --- candidates -----------------------------------------------------------------------------------------------------


def damped(months: int, weight: str, revert: str = "0") -> Callable[[Case, Case | None], Forecast]:
    """Recent growth with a weight, and a pull towards last year's growth."""

    def make(case: Case, earlier: Case | None) -> Forecast:
        def forecast(now: method.Year, before: method.Year, month: int) -> Decimal | None:
            overall = method.cumulative_growth(now, before, month)
            if overall is None:
                return None
            rate = overall
            behind = [m for m in now if m <= month - months and m in before]
            recent = method.cumulative_growth(now, before, month, max(behind)) if behind else None
            if recent is not None:
                rate += Decimal(weight) * (recent - overall)
            if earlier is not None:
                rate += Decimal(revert) * (earlier.now[12] / earlier.before[12] - 1 - overall)
            return now[month] + (before[12] - before[month]) * (1 + rate)

        return forecast

    return make


def mean_share(years: int) -> Callable[[Case, list[Case]], Forecast]:
    """The mean share of progress of k years; only where levels chain."""

    def make(case: Case, history: list[Case]) -> Forecast:
        def forecast(now: method.Year, before: method.Year, month: int) -> Decimal | None:
            past = [before, *(c.before for c in sorted(history, key=lambda c: -c.year)[: years - 1])]
            if len(past) < years or any(month not in p or 12 not in p for p in past):
                return None
            return now[month] / (sum(p[month] / p[12] for p in past) / years)

        return forecast

    return make


def errors_of(one: Case, forecast: Forecast) -> list[Error]:
    found = []
    for month in MONTHS:
        if month not in one.now or month not in one.before:
            continue
        seen = {m: v for m, v in one.now.items() if m <= month}
        value = forecast(seen, one.before, month)
        if value is not None:
            found.append(Error(one.series, one.year, month, float(value / one.now[12] - 1)))
    return found


def all_errors(listed: list[Case], make: Callable[[Case, list[Case]], Forecast]) -> list[Error]:
    found: list[Error] = []
    for one in listed:
        history = [c for c in listed if c.series == one.series and c.year < one.year and c.year >= one.year - 5]
        history = [c for c in history if (max(c.before) == 12 and c.before[12] != 1) == (one.before[12] != 1)]
        found += errors_of(one, make(one, history))
    return found


def previous(listed: list[Case], one: Case) -> Case | None:
    return next((c for c in listed if c.series == one.series and c.year == one.year - 1), None)


def mape(errors: Iterable[Error]) -> float:
    values = [abs(e.relative) for e in errors]
    return 100 * mean(values) if values else math.nan


def by_own_errors(
    listed: list[Case], forecasts: Mapping[tuple[str, int], tuple[list[Error], list[Error]]]
) -> list[Error]:
    """For each series and year the naive forecast or the method, whichever erred less in the years just before, as for a park."""
    found: list[Error] = []
    for one in listed:
        naive, recent = forecasts[one.series, one.year]
        years = range(one.year - method.OWN_YEARS, one.year)
        past = [forecasts[one.series, year] for year in years if (one.series, year) in forecasts]
        sums = [sum(abs(e.relative) for pair in past for e in pair[which]) for which in (0, 1)]
        found += naive if sums[0] < sums[1] else recent
    return found


def both(listed: list[Case]) -> dict[tuple[str, int], tuple[list[Error], list[Error]]]:
    """The errors of the naive forecast and of the method for each series and year."""
    return {
        (one.series, one.year): (errors_of(one, method.naive_year_end), errors_of(one, method.year_end))
        for one in listed
    }


def calm(errors: Iterable[Error]) -> list[Error]:
    return [e for e in errors if e.year not in SHOCK]


# --- intervals ------------------------------------------------------------------------------------------------------


def quantile(values: list[float], share: float) -> float:
    """The value that `share` of the ordered values do not exceed, linear between neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def by_month(errors: list[Error], share: float | None) -> dict[int, float]:
    """Mean absolute error (`share` None) or a quantile of it for each month, in %, never rising towards the year's end."""
    table: dict[int, float] = {}
    for month in MONTHS:
        values = [100 * abs(e.relative) for e in errors if e.month == month]
        if values:
            table[month] = mean(values) if share is None else quantile(values, share)
    least = 0.0
    for month in sorted(table, reverse=True):
        least = table[month] = max(least, table[month])
    return table


def leave_one_out(errors: list[Error], *, widened: bool, least: float = 1.0) -> list[tuple[Error, float]]:
    """Each error beside the half width (in %) that the other series give, widened by the series' own earlier errors as a park's are."""
    found = []
    for name in sorted({e.series for e in errors}):
        others = calm(e for e in errors if e.series != name)
        width, typical = by_month(others, 0.8), by_month(others, None)
        for one in (e for e in errors if e.series == name):
            own = [e for e in errors if e.series == name and e.year < one.year]
            factor = 1.0
            if widened:
                if not own:
                    continue
                ratio = sum(100 * abs(e.relative) for e in own) / sum(typical[e.month] for e in own)
                factor = max(least, ratio)
            found.append((one, width[one.month] * factor))
    return found


def coverage(pairs: Iterable[tuple[Error, float]]) -> str:
    inside = [100 * abs(e.relative) <= width for e, width in pairs]
    return f"{100 * mean(inside):.0f}% of {len(inside)}" if inside else "—"


def reliability(pairs: list[tuple[Error, float]]) -> list[tuple[str, float, int]]:
    """How often the year ended at or above a target, by the probability stated, for targets 0, 1 and 3 % around the forecast."""
    bins: dict[str, list[tuple[float, bool]]] = {}
    for error, width in pairs:
        for offset in (-3.0, -1.0, 0.0, 1.0, 3.0):
            forecast, target = Decimal(100), Decimal(repr(100 * (1 + offset / 100)))
            stated = float(method.probability(forecast, target, Decimal(repr(width / 100))))
            met = 100 / (1 + error.relative) >= float(target)
            bins.setdefault(
                f"{int(min(stated, 99.9) // 20 * 20)}–{int(min(stated, 99.9) // 20 * 20) + 20}%", []
            ).append((stated, met))
    return [(name, 100 * mean(met for _, met in seen), len(seen)) for name, seen in sorted(bins.items())]


# --- report ---------------------------------------------------------------------------------------------------------


def report(folder: Path) -> None:
    files = sorted(folder.glob("*.csv"))
    if not files:
        sys.exit(f"no CSV files in {folder}")
    listed = [one for path in files for one in cases(path)]
    chosen = by_own_errors(listed, both(listed))
    naive = all_errors(listed, lambda one, _: method.naive_year_end)
    print(f"{len(files)} series, {len(listed)} years, {len(chosen)} forecasts\n")
    candidates(listed)
    print(
        "\n| month | n | naive | method | naive, without 2020-21 | method, without 2020-21 | typical error | 80% half width |"
    )
    print("|---|---|---|---|---|---|---|---|")
    typical, width = by_month(calm(chosen), None), by_month(calm(chosen), 0.8)
    for month in MONTHS:
        here, there = ([e for e in errors if e.month == month] for errors in (naive, chosen))
        print(
            f"| {month} | {len(there)} | {mape(here):.2f} | {mape(there):.2f} | {mape(calm(here)):.2f} |"
            f" {mape(calm(there)):.2f} | {typical[month]:.2f} | {width[month]:.2f} |"
        )
    print("\n| series | naive | method | naive, without 2020-21 | method, without 2020-21 |\n|---|---|---|---|---|")
    for path in files:
        here, there = ([e for e in errors if e.series == path.stem] for errors in (naive, chosen))
        print(
            f"| {path.stem} | {mape(here):.2f} | {mape(there):.2f} | {mape(calm(here)):.2f} | {mape(calm(there)):.2f} |"
        )
    intervals(chosen)
    noise(listed)
    constants(typical, width)


def candidates(listed: list[Case]) -> None:
    tried: dict[str, Callable[[Case, list[Case]], Forecast]] = {
        "naive: last year's share": lambda one, _: method.naive_year_end,
        "the method: recent 2 months, weight 0.5": lambda one, _: method.year_end,
    }
    for months, weight, revert in (
        (1, "0.5", "0"),
        (1, "0.75", "0"),
        (2, "0.25", "0"),
        (2, "0.75", "0"),
        (2, "0.5", "0.1"),
        (3, "0.5", "0"),
        (3, "1", "0"),
        (6, "0.5", "0"),
        (2, "0", "0.2"),
    ):
        make = damped(months, weight, revert)
        name = f"recent {months}, weight {weight}" + (f", back to last year's growth {revert}" if revert != "0" else "")
        tried[name] = lambda one, _, make=make: make(one, previous(listed, one))
    for years in (2, 3):
        tried[f"mean share of {years} years (levels that chain)"] = mean_share(years)
    print(
        "| candidate | n | all | without 2020-21 | to 2017 | 2018, 2019, 2022 on | naive on the same, without 2020-21 |"
    )
    print("|---|---|---|---|---|---|---|")
    naive = {(e.series, e.year, e.month): e for e in all_errors(listed, lambda one, _: method.naive_year_end)}
    results = {name: all_errors(listed, make_any) for name, make_any in tried.items()}
    results["the method or the naive, by own earlier errors"] = by_own_errors(listed, both(listed))
    for name, errors in results.items():
        quiet = calm(errors)
        early = [e for e in quiet if e.year <= CHOSEN_UNTIL]
        late = [e for e in quiet if e.year > CHOSEN_UNTIL]
        same = [naive[e.series, e.year, e.month] for e in quiet]
        print(
            f"| {name} | {len(errors)} | {mape(errors):.2f} | {mape(quiet):.2f} | {mape(early):.2f} | {mape(late):.2f} |"
            f" {mape(same):.2f} |"
        )


def intervals(errors: list[Error]) -> None:
    print("\n| 80% interval, width from the other series | all years | without 2020-21 | 2020-21 |\n|---|---|---|---|")
    for label, widened, least in (
        ("as it is", False, 1.0),
        ("widened by own earlier errors", True, 1.0),
        ("widened by own earlier errors, at least as for a park", True, float(method.LEAST_WIDENING)),
    ):
        pairs = leave_one_out(errors, widened=widened, least=least)
        shock = [(e, w) for e, w in pairs if e.year in SHOCK]
        quiet = [(e, w) for e, w in pairs if e.year not in SHOCK]
        print(f"| {label} | {coverage(pairs)} | {coverage(quiet)} | {coverage(shock)} |")
    quiet = [(e, w) for e, w in leave_one_out(errors, widened=True) if e.year not in SHOCK]
    print("\n| probability stated | target met | cases |\n|---|---|---|")
    for name, met, count in reliability(quiet):
        print(f"| {name} | {met:.0f}% | {count} |")
    worst = max(mape(calm(e for e in errors if e.series == name)) for name in {e.series for e in errors})
    print(f"\nmost volatile series / all: {worst / mape(calm(errors)):.2f} (LEAST_WIDENING {method.LEAST_WIDENING})")
    ratios = [abs(e.relative) * 100 / w for e, w in quiet]
    print(f"\nmedian |error| / half width {median(ratios):.2f} (Laplace 0.43, normal 0.53)")


def noisy(one: Case, sigma: float, chance: random.Random) -> Case:
    """The case with every month of both years multiplied by a random factor (log-normal, `sigma`): a stand-in for a smaller unit."""

    def shaken(year: Mapping[int, Decimal]) -> dict[int, Decimal]:
        months = sorted(year)
        total, made = Decimal(0), {}
        for number, month in enumerate(months):
            step = year[month] - (year[months[number - 1]] if number else Decimal(0))
            spread = sigma / math.sqrt(month if number == 0 else month - months[number - 1])
            total += step * Decimal(repr(math.exp(chance.gauss(0, spread))))
            made[month] = total
        return made

    return Case(one.series, one.year, shaken(one.now), shaken(one.before))


def noise(listed: list[Case], draws: int = 8) -> None:
    """What is left of the advantage when months scatter as a small unit's do; without 2020-21, where levels chain."""
    levels = [one for one in listed if one.before[12] != 1 and one.year not in SHOCK]
    methods: dict[str, Forecast] = {"naive": method.naive_year_end, "method": method.year_end}
    for months, weight in ((1, "0.5"), (2, "0.25")):
        methods[f"recent {months}, weight {weight}"] = damped(months, weight)(levels[0], None)
    print("\n| noise on each month | " + " | ".join([*methods, "by own earlier errors"]) + " |")
    print("|---" * (len(methods) + 2) + "|")
    for sigma in (0.0, 0.03, 0.05, 0.1):
        found: dict[str, list[Error]] = {name: [] for name in (*methods, "by own earlier errors")}
        for draw in range(draws if sigma else 1):
            chance = random.Random(draw)
            shaken = [noisy(one, sigma, chance) for one in levels]
            for name, forecast in methods.items():
                found[name] += [error for one in shaken for error in errors_of(one, forecast)]
            found["by own earlier errors"] += by_own_errors(shaken, both(shaken))
        print(f"| {100 * sigma:.0f}% | " + " | ".join(f"{mape(errors):.2f}" for errors in found.values()) + " |")


def constants(typical: dict[int, float], width: dict[int, float]) -> None:
    """The tables of parkbook.indicators.year_end, and whether they are those of this run."""
    for name, table, have in (
        ("TYPICAL_ERROR", typical, method.TYPICAL_ERROR),
        ("HALF_WIDTH", width, method.HALF_WIDTH),
    ):
        made = {month: half_up(Decimal(repr(value)), 2) for month, value in table.items()}
        print(f"{name} = {{{', '.join(f'{m}: {v}' for m, v in made.items())}}}", "same" if made == have else "DIFFERS")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=Path, default=Path("data/series"), help="folder of CSV files")
    report(parser.parse_args().series)


if __name__ == "__main__":
    main()
