"""How long and how much memory rank bands take: 10,000 draws of weights over 2,500 parks x 50 indicators.

    python build/bench_robustness.py            prints seconds, peak memory, and the time as a multiple of one plain sort of the draws

The project asks for under 20 s and 2 GB. Machines differ, so the ratio to a plain sort of the same figures is printed too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import numpy as np

from parkbook.comparison.composite import Aggregate, IndicatorColumn, Matrix, Recipe, build
from parkbook.comparison.robustness import weight_noise


def peak_megabytes() -> float:
    """The most memory this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    """Build a composite of random figures, draw, and print what it took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--parks", type=int, default=2500)
    options.add_argument("--indicators", type=int, default=50)
    options.add_argument("--draws", type=int, default=10_000)
    options.add_argument("--method", default="arithmetic", choices=["arithmetic", "geometric", "topsis", "gra"])
    chosen = options.parse_args()
    values = np.random.default_rng(1).lognormal(size=(chosen.parks, chosen.indicators))
    matrix = Matrix(
        tuple(f"p{i}" for i in range(chosen.parks)),
        tuple(IndicatorColumn(f"i{j}") for j in range(chosen.indicators)),
        values,
    )
    recipe = Recipe.model_validate({"normalise": {"low": 1}, "aggregate": Aggregate(method=chosen.method)})
    composite = build(matrix, recipe)
    begun = time.monotonic()
    bands = weight_noise(composite, draws=chosen.draws)
    seconds = time.monotonic() - begun
    begun = time.monotonic()
    for _ in range(chosen.draws // 100):
        np.argsort(values[:, 0])
    plain = (time.monotonic() - begun) * 100
    result = {
        "parks": chosen.parks,
        "indicators": chosen.indicators,
        "draws": chosen.draws,
        "method": chosen.method,
        "seconds": round(seconds, 1),
        "peak_megabytes": round(peak_megabytes()),
        "times_a_plain_sort": round(seconds / plain, 1),
        "mean_band_width": round(float((bands.high - bands.low).mean()), 1),
    }
    print(json.dumps(result))
    return 0 if seconds < 20 and peak_megabytes() < 2000 else 1


if __name__ == "__main__":
    sys.exit(main())
