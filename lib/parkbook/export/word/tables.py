"""Tables as Word has them: three lines, a header that repeats on every page, rows that are not cut."""

from __future__ import annotations

from typing import Final

from parkbook.briefing.blocks import Column, KeyFigure, KeyFigures, Run, Runs, Table
from parkbook.briefing.fragments import column_groups, plain, table_rows
from parkbook.export.keeping import kept_rows
from parkbook.export.measure import CELL_INSET, Widths, column_widths, header_lines, text_width
from parkbook.export.tables import column_contents
from parkbook.export.word.package import StyleIds
from parkbook.export.word.page import TEXT_TWIPS
from parkbook.export.word.words import attribute, paragraph, run

_TALL: Final = 8
"""Lines of a cell from which its row may be cut between two pages."""
_RULE: Final = '<w:tcBorders><w:bottom w:val="single" w:sz="{size}" w:space="0" w:color="auto"/></w:tcBorders>'
_ALIGN: Final = {"left": "", "center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}


def words(runs: Runs, *, style: str = "") -> str:
    """Runs in order, neighbours in one format joined, as a person would have typed them."""
    joined: list[tuple[str, bool]] = []
    for one in runs:
        if joined and joined[-1][1] == one.strong:
            joined[-1] = (joined[-1][0] + one.text, one.strong)
        else:
            joined.append((one.text, one.strong))
    return "".join(run(text, strong=strong, style=style) for text, strong in joined)


def table(block: Table, styles: StyleIds, *, description: str, noted: bool = False) -> str:
    """A table with at least one column, as wide as the text; the end of one that is `noted` stays with what is below it."""
    widths = column_widths(column_contents(block))
    return _Table(block, styles, widths, noted=noted).xml(description)


class _Table:
    def __init__(self, block: Table, styles: StyleIds, widths: Widths, *, noted: bool) -> None:
        self.block, self.styles, self.widths, self.noted = block, styles, widths, noted
        self.style = styles[f"table-{widths.size:g}"]
        self.twips = _shares(widths.columns)

    def xml(self, description: str) -> str:
        inset = round(CELL_INSET / 2 * self.widths.size * 20)
        margins = "".join(
            f'<w:{side} w:w="{space}" w:type="dxa"/>'
            for side, space in (("top", 50), ("left", inset), ("bottom", 50), ("right", inset))
        )
        said = f'<w:tblCaption w:val="{attribute(description)}"/>' if description.strip() else ""
        properties = (
            f'<w:tblPr><w:tblStyle w:val="{self.styles["table"]}"/><w:tblW w:w="{TEXT_TWIPS}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"{said}</w:tblPr>"
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.twips)
        body = table_rows(self.block)
        kept = kept_rows(len(body), noted=self.noted)
        rows = "".join(self._row(row, keep=at in kept) for at, row in enumerate(body))
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{self._head()}{rows}</w:tbl>"

    # -- header

    def _head(self) -> str:
        """One row, or two where neighbouring columns share a header."""
        groups = column_groups(self.block.columns)
        two = any(name for name, _ in groups)
        top, low, place = "", "", 0
        for name, members in groups:
            end = place + len(members)
            labels = [(member.label, place + at, place + at + 1) for at, member in enumerate(members)]
            if name:
                top += self._head_cell(name, place, end, rule=4)
                low += "".join(self._head_cell(label, start, stop, rule=6) for label, start, stop in labels)
            else:
                top += self._head_cell(*labels[0], rule=6, merge="restart" if two else "")
                low += self._head_cell("", place, end, rule=6, merge="continue")
            place = end
        return _head_row(top) + (_head_row(low) if two else "")

    def _head_cell(self, label: str, start: int, end: int, *, rule: int, merge: str = "") -> str:
        room = sum(self.widths.columns[start:end]) - CELL_INSET
        span = f'<w:gridSpan w:val="{end - start}"/>' if end - start > 1 else ""
        merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        inner = run(header_lines(label, room), style=self.styles["table-head"])
        text = paragraph(self.style, inner, properties='<w:keepNext/><w:jc w:val="center"/>')
        return _cell(text, sum(self.twips[start:end]), span + merged + _RULE.format(size=rule))

    # -- body

    def _row(self, row: tuple[Runs, ...], *, keep: bool) -> str:
        stay = "<w:keepNext/>" if keep else ""
        cells = "".join(
            _cell(paragraph(self.style, words(runs), properties=stay + _ALIGN[column.align]), width)
            for runs, column, width in zip(row, self.block.columns, self.twips, strict=True)
        )
        tall = any(
            text_width(plain(runs)) > _TALL * width for runs, width in zip(row, self.widths.columns, strict=True)
        )
        return f"<w:tr>{'' if tall else '<w:trPr><w:cantSplit/></w:trPr>'}{cells}</w:tr>"


def _head_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _shares(columns: list[float]) -> list[int]:
    """Whole twips in proportion that add up to the width of the text."""
    total, ends, seen = sum(columns), [], 0.0
    for width in columns:
        seen += width
        ends.append(int(TEXT_TWIPS * seen / total + 0.5))
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def key_figures_table(block: KeyFigures) -> Table:
    """The figures of the first page as a table: what is known beside the figure on one line, the verdict below it."""
    columns = (Column(label="指标"), Column(label="数值", align="right"), Column(label="情况", weight=2))
    return Table(caption="", columns=columns, rows=tuple(map(_key_row, block.items)), refs=block.refs)


def _key_row(item: KeyFigure) -> tuple[Runs, ...]:
    line = (Run(text="\n"),) if item.details and item.verdict else ()
    verdict = (Run(text=item.verdict, strong=item.tone == "bad"),) if item.verdict else ()
    value = item.value.model_copy(update={"strong": True})
    return ((Run(text=item.label),), (value,), (*item.details, *line, *verdict))
