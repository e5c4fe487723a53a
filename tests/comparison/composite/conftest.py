"""Three parks, two indicators: small enough to compute every step by hand."""

from __future__ import annotations

import numpy as np
import pytest

from parkbook.comparison.composite import IndicatorColumn, Matrix


def make_matrix(values, higher=None, **fields):
    """Parks a, b, c … and indicators i0, i1 …; a test says only what it is about."""
    values = np.array(values, dtype=float)
    directions = higher or [True] * values.shape[1]
    known = {
        "parks": tuple(chr(97 + i) if i < 26 else f"p{i}" for i in range(len(values))),
        "indicators": tuple(IndicatorColumn(f"i{j}", higher=up) for j, up in enumerate(directions)),
        "values": values,
    }
    return Matrix(**(known | fields))


@pytest.fixture
def matrix_of():
    """The builder of matrices: `matrix_of([[1, 10], [2, 30]], higher=[True, False])`."""
    return make_matrix


@pytest.fixture
def small():
    """a: 1, 10; b: 2, 30; c: 3, 20."""
    return make_matrix([[1, 10], [2, 30], [3, 20]])
