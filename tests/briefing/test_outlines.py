"""Glyph outlines in few bytes: the shape stays, within half a step of the coarser grid."""

import re

from hypothesis import given
from hypothesis import strategies as st

from parkbook.briefing.outlines import COARSER, shortened_outline

number = st.integers(-6400, 6400)
point = st.tuples(number, number)
step = st.one_of(
    st.tuples(st.just("L"), st.lists(point, min_size=1, max_size=1)),
    st.tuples(st.just("Q"), st.lists(point, min_size=2, max_size=2)),
    st.tuples(st.just("C"), st.lists(point, min_size=3, max_size=3)),
)
contour = st.tuples(point, st.lists(step, max_size=8))


def written(contours: list[tuple[tuple[int, int], list[tuple[str, list[tuple[int, int]]]]]]) -> str:
    """Contours as matplotlib writes them: absolute, each command with its letter."""
    text = ""
    for start, steps in contours:
        text += f"M{start[0]} {start[1]}"
        text += "".join(letter + " ".join(f"{x} {y}" for x, y in points) for letter, points in steps) + "z"
    return text


def drawn(path: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """What a path draws, in absolute points: a small reader of SVG paths, apart from the code under test."""
    tokens = re.findall(r"[A-Za-z]|-?\d+(?:\.\d+)?", path)
    result: list[tuple[str, list[tuple[float, float]]]] = []
    here = start = (0.0, 0.0)
    letter, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            letter, at = tokens[at], at + 1
        if letter in "zZ":
            here = start
            result.append(("Z", []))
            continue
        size = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6}[letter.lower()]
        values = [float(value) for value in tokens[at : at + size]]
        at += size
        if letter == "h":
            points = [(here[0] + values[0], here[1])]
        elif letter == "v":
            points = [(here[0], here[1] + values[0])]
        else:
            pairs = list(zip(values[::2], values[1::2], strict=True))
            points = [(here[0] + x, here[1] + y) for x, y in pairs] if letter.islower() else pairs
        here = points[-1]
        start = here if letter in "mM" else start
        result.append(({"h": "L", "v": "L"}.get(letter, letter.upper()), points))
    return result


def test_a_known_outline() -> None:
    square = "M160 160L1600 160L1600 1600L160 1600L160 160z"
    assert COARSER == 16
    assert shortened_outline(square) == "M10 10h90v90h-90v-90z"
    assert shortened_outline("M0 0L160 320L320 160Q480 0 480 -160z") == "M0 0l10 20 10-10q10-10 10-20z"


@given(st.lists(contour, min_size=1, max_size=3))
def test_the_shape_stays_within_half_a_step(
    contours: list[tuple[tuple[int, int], list[tuple[str, list[tuple[int, int]]]]]],
) -> None:
    whole = drawn(written(contours))
    short = iter(drawn(shortened_outline(written(contours))))
    here = (0.0, 0.0)
    for letter, points in whole:
        grid = [(_nearest(x), _nearest(y)) for x, y in points]
        if letter == "L" and grid[0] == here:
            continue  # a line to the spot where the pen is
        assert next(short) == (letter, grid)
        if letter == "M":
            start = grid[0]
        here = grid[-1] if grid else start
    assert list(short) == []


def _nearest(value: float) -> float:
    return (value + COARSER / 2) // COARSER


def test_other_outlines_are_left_alone() -> None:
    for path in ("", "m1 1l2 2z", "M1 1 2 2z", "M1 1A5 5 0 0 1 2 2", "M1 1L2", "M1 1L2 <z", "M1 1L2 Q"):
        assert shortened_outline(path) == ""
