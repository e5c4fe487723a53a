"""What the notebooks call: open a park, a comparison or the coverage, and ask for the parts of the page.

    book = workbook.open_park(globals())     # parameters checked, sources read
    book.cover()                             # blocks; the notebook shows them, the exporters print them
    book.part("summary")

A part without anything to say is empty; parts are numbered in the order of the page, not of execution, so a cell can be run again.
"""

from __future__ import annotations

from parkbook.workbook.audit import AuditBook, open_audit
from parkbook.workbook.book import Blocks, for_audience
from parkbook.workbook.comparison import ComparisonBook, comparison_book, open_comparison
from parkbook.workbook.coverage import CoverageBook, open_coverage
from parkbook.workbook.park import ParkBook, open_park, park_book

__all__ = [
    "AuditBook",
    "Blocks",
    "ComparisonBook",
    "CoverageBook",
    "ParkBook",
    "comparison_book",
    "for_audience",
    "open_audit",
    "open_comparison",
    "open_coverage",
    "open_park",
    "park_book",
]
