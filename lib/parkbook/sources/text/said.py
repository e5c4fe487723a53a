"""What is said of one figure: itself and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from parkbook.sources.text.around import Place
from parkbook.sources.text.lex import Token
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import Quantity


@dataclass(slots=True)
class Said:
    """A figure and the words around it.

    `words`: those before it, without periods; `cut`: where one was taken out of them, or 0. `lead`: a threshold right before
    the words (产值超10亿元的企业…), part of the phrase, not of the cue. `after`: the words up to the next figure; `around`: those
    before it as written; `before`: the figure right in front of them; `separator`: the sign between the two; `year_ago`: 上年 or
    2021年 where it is of 同期; `compared`: whether it is what another is compared with (比2022年的268家增长10.8%).
    """

    token: Token
    quantity: Quantity
    words: str
    cut: int
    lead: str
    place: Place
    after: str
    around: str
    before: Reading | None
    separator: str = ""
    year_ago: str = ""
    aimed: bool = False
    compared: bool = False
