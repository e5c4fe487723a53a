"""What counts as having an indicator, and what is said where too few have it."""

import pytest

from parkbook.catalogue import catalogue
from parkbook.comparison.coverage import CellState, coverage
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, ObsStatus, SourceGrade, Transformation
from parkbook.observations.read import read_park

GROWTH = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
TARGET = {"transformation": Transformation.TARGET}
RANK = {"transformation": Transformation.RANK, "unit": "名次"}
SHARE = {"transformation": Transformation.SHARE, "unit": "%"}
COMPLETION = {"transformation": Transformation.COMPLETION, "unit": "%"}
HIDDEN = {"value": None, "obs_status": ObsStatus.MASKED}
UNLOCATED = {"grade": SourceGrade.UNLOCATED}


def state_of(observe, *figures, indicator="gross_industrial_output"):
    found = [observe(**({"value": "1", "indicator_id": indicator} | figure)) for figure in figures]
    (row,) = coverage(catalogue(), {"a": FigureIndex(found)})
    return row.cells["a"].state


@pytest.mark.parametrize(
    ("figures", "state"),
    [
        ([{}], CellState.VALUE),
        ([SHARE], CellState.VALUE),
        ([COMPLETION], CellState.VALUE),
        ([GROWTH], CellState.GROWTH_ONLY),
        ([GROWTH, {"value": None, "obs_status": ObsStatus.WITHHELD}], CellState.GROWTH_ONLY),
        ([GROWTH, COMPLETION], CellState.VALUE),
        ([TARGET], CellState.TARGET_ONLY),
        ([RANK], CellState.RANK_ONLY),
        ([TARGET, RANK], CellState.TARGET_ONLY),
        ([TARGET, {}], CellState.VALUE),
        ([RANK, HIDDEN], CellState.MASKED),
        ([RANK, GROWTH | HIDDEN], CellState.MASKED),
        ([TARGET, HIDDEN], CellState.MASKED),
        ([TARGET, {"value": None, "obs_status": ObsStatus.NOT_APPLICABLE}], CellState.TARGET_ONLY),
        ([TARGET | HIDDEN, RANK], CellState.RANK_ONLY),
        ([TARGET | HIDDEN], CellState.MASKED),
        ([UNLOCATED, TARGET], CellState.UNLOCATED),
        ([TARGET | UNLOCATED], CellState.UNLOCATED),
    ],
)
def test_a_target_or_a_rank_is_no_figure_of_what_was_reached(observe, figures, state):
    assert state_of(observe, *figures) is state


def test_of_an_indicator_that_is_a_place_the_rank_is_the_figure(observe):
    assert state_of(observe, RANK, indicator="software_park_rank") is CellState.VALUE


def comparable(observe, *parks, synthetic=()):
    """What is said of parks a, b, c …, each with its figures."""
    named = dict(zip("abcdef", parks, strict=False))
    made = {
        name: FigureIndex([observe(**({"value": "1", "ref_area": name} | figure)) for figure in figures])
        for name, figures in named.items()
    }
    (row,) = coverage(catalogue(), made, synthetic)
    return row.comparable


WITHHELD = {"value": None, "obs_status": ObsStatus.WITHHELD}


@pytest.mark.parametrize(
    ("parks", "words"),
    [
        ([[{}]], "仅1个真实园区有此指标"),
        ([[HIDDEN]], "仅1个真实园区提及，数值隐去"),
        ([[WITHHELD]], "仅1个真实园区提及，数值未公布"),
        ([[UNLOCATED]], "仅1个真实园区提及，未核对原文"),
        ([[TARGET]], "仅1个真实园区提及，只有目标"),
        ([[RANK]], "仅1个真实园区提及，只有位次"),
        ([[HIDDEN], [HIDDEN]], "2个真实园区提及，数值均隐去"),
        ([[HIDDEN], [UNLOCATED], [TARGET]], "3个真实园区提及，均无已核对的数"),
        ([[{}], [HIDDEN]], "仅1个真实园区有已核对的数"),
        ([[SHARE], [COMPLETION]], "没有真实园区有载明报告期的数值或增速"),
        ([[{}], [SHARE]], "仅1个真实园区有载明报告期的数值或增速"),
    ],
)
def test_a_park_that_only_mentions_an_indicator_does_not_have_it(observe, parks, words):
    assert comparable(observe, *parks) == words


def test_a_synthetic_park_counts_for_nothing(observe):
    assert comparable(observe, [{}], synthetic=("a",)) == "仅示例园区有此指标"
    assert comparable(observe, [{}], [HIDDEN], synthetic=("a",)) == "仅1个真实园区提及，数值隐去"


@pytest.mark.parametrize(
    ("park", "indicator", "state"),
    [
        ("kunming-etdz", "main_business_revenue", CellState.TARGET_ONLY),
        ("kunming-etdz", "general_public_budget_revenue", CellState.TARGET_ONLY),
        ("kunming-etdz", "domestic_investment_received", CellState.TARGET_ONLY),
        ("anonymous-2021", "land_available", CellState.TARGET_ONLY),
        ("qilu", "fdi_completion_rate", CellState.RANK_ONLY),
        ("wangchun", "below_size_sample_value_added", CellState.MASKED),
        ("qilu", "software_park_rank", CellState.VALUE),
    ],
)
def test_what_real_parks_have(park, indicator, state):
    rows = coverage(catalogue(), {park: FigureIndex(read_park(park).observations)})
    assert next(row for row in rows if row.indicator.id == indicator).cells[park].state is state
