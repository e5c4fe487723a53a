"""build/backtest.py on two small series: what it prints is what the series say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def write_series(folder: Path, name: str, growth: dict[int, float], *, turns: bool) -> None:
    """Levels of 10 a month grown by `growth` a year; where a year `turns`, its growth comes in the second half only."""
    lines = ["period,value,yoy_pct"]
    level = dict.fromkeys(range(1, 13), 10.0)
    for year in range(2010, 2020):
        rate = growth.get(year, 0.0)
        level = {m: v * (1 + (rate if not turns or m > 6 else 0.0)) for m, v in level.items()}
        lines += [f"{year}-{m:02d},{sum(level[k] for k in range(1, m + 1)):.6f}," for m in range(2, 13)]
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def backtest(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "build/backtest.py", "--series", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    write_series(folder, "even", dict.fromkeys(range(2010, 2020), 0.05), turns=False)
    write_series(folder, "turning", dict.fromkeys(range(2010, 2020), 0.2), turns=True)
    done = backtest(folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def row(printed, name):
    line = next(line for line in printed.splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_year_and_month_is_forecast(printed):
    assert "2 series, 18 years, 180 forecasts" in printed


def test_a_series_that_grows_evenly_is_foreseen_exactly(printed):
    assert row(printed, "even")[1:] == ["0.00"] * 4


def test_where_growth_turns_recent_months_beat_last_years_share(printed):
    naive, method = map(float, row(printed, "turning")[1:3])
    assert 0 < method < naive


def test_constants_that_are_not_those_of_the_series_are_said_to_differ(printed):
    assert "TYPICAL_ERROR" in printed and "DIFFERS" in printed


def test_a_folder_without_series_is_refused(tmp_path):
    done = backtest(tmp_path)
    assert done.returncode != 0
    assert "no CSV files" in done.stderr
