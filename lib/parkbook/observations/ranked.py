"""What of an indicator a rank is of: its growth or its size, as the words of the source say."""

from __future__ import annotations

from typing import Final

from parkbook.model import Observation, Transformation

RANKED: Final = ("增速", "总量")


def ranked(observation: Observation) -> str:
    """增速 or 总量 of a rank, from its label and the headers above it; empty where they do not say, and of other figures."""
    if observation.transformation is not Transformation.RANK or observation.reported_label.endswith("完成率"):
        return ""
    words = observation.reported_label + "".join(observation.header_cells)
    return next((what for what in RANKED if what in words), "")
