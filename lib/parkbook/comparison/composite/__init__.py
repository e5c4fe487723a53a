"""Composite indices (综合指数) in steps that can be read, rebuilt and varied: screen, impute, treat, normalise, weight, aggregate.

    composite = build(matrix, Recipe(weight=Weight(method="entropy")))
    composite.scores, composite.ranks, composite.log          what came out, and what each step did to whom
    build(matrix, composite.recipe) == composite              a recipe is the whole of it
    compare(composite, build(matrix, composite.recipe.varied(weight=Weight())))      a variant is one changed entry

What a method cannot do honestly (a constant column, a zero under a geometric mean, too few parks) is a `CompositeError`
in words, never a NaN. Scores are analysis, not an official assessment (分析用，非官方考核).
"""

from parkbook.comparison.composite.build import Composite, build
from parkbook.comparison.composite.compare import Variant, compare
from parkbook.comparison.composite.matrix import CompositeError, IndicatorColumn, Matrix
from parkbook.comparison.composite.recipe import Aggregate, Impute, Normalise, Recipe, Screen, Treat, Weight

__all__ = [
    "Aggregate",
    "Composite",
    "CompositeError",
    "Impute",
    "IndicatorColumn",
    "Matrix",
    "Normalise",
    "Recipe",
    "Screen",
    "Treat",
    "Variant",
    "Weight",
    "build",
    "compare",
]
