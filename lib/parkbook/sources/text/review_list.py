"""The file of the review list: read whatever an office program saved it as, and written so that Excel opens it.

Comma, semicolon or tab; UTF-8, GB18030 or UTF-16. The header is checked before anything else: a list that cannot be read
whole is refused with what is wrong, and never written over, because it holds an analyst's work. Columns that she added are kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from parkbook.errors import DataError

COLUMNS: Final = (
    "file",
    "start",
    "end",
    "words",
    "source_text",
    "reason",
    "label",
    "value",
    "unit",
    "transformation",
    "decision",
    "set_label",
    "set_value",
    "set_unit",
    "indicator_id",
    "by",
)
SEPARATORS: Final = (",", ";", "\t", "，", "；")
_KEEP_COLUMNS: Final = "恢复表头各列的名称，或移走该文件后重新生成清单；该文件没有改动"


class ReviewListError(DataError):
    """A review list that cannot be read; it is left as it is."""

    code = "review"


def read_list(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with their number in the file (the header is 1), every cell without the spaces around it; none without a file."""
    if not path.exists():
        return []
    lines = _lines(_text(path), path.name)
    number, header = next(lines, (0, []))
    if not header:
        return []
    _check_header(header, f"{path.name} 第 {number} 行")
    return [(number, _row(header, cells, f"{path.name} 第 {number} 行")) for number, cells in lines]


def write_list(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """All rows, with the columns that an analyst added last; first beside the old list, so that it is never half a list."""
    rows = list(rows)
    added = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    waiting = path.with_name(f"{path.name}.part")
    try:
        with waiting.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, (*COLUMNS, *added), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise _refused(path.name, error, "写入") from error


def _text(path: Path) -> str:
    from parkbook.sources.delimited import decoded  # most reports are read without a list
    from parkbook.sources.package import FileError

    try:
        return decoded(path.read_bytes(), path.name)[0]
    except OSError as error:
        raise _refused(path.name, error, "打开") from error
    except FileError as error:
        raise ReviewListError(
            "复核清单不是文字，或编码无法识别",
            where=path.name,
            expected="parkbook extract 报告文件 --review 写出的 CSV 文件",
            cause="文件已损坏，或实为其他格式而改了扩展名",
            remedy="在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”；该文件没有改动",
        ) from error


def _refused(name: str, error: OSError, doing: str) -> ReviewListError:
    return ReviewListError(
        f"复核清单无法{doing}",
        where=name,
        cause=error.strerror or type(error).__name__,
        remedy="核对路径；正在 Excel 或 WPS 中打开的，先关闭",
    )


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with their number."""
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=lambda mark: len({cell.strip('" \r') for cell in first.split(mark)} & {*COLUMNS}))
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise ReviewListError(
            "复核清单无法拆分成单元格",
            where=name,
            cause="引号不成对，或单元格过长",
            remedy="在 Excel 或 WPS 中打开，核对后另存为“CSV UTF-8（逗号分隔）”；该文件没有改动",
        ) from error


def _check_header(header: Sequence[str], where: str) -> None:
    missing = [column for column in COLUMNS if column not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if missing:
        raise ReviewListError(
            "复核清单的表头缺列，未采用",
            where=where,
            expected="、".join(missing),
            found="、".join(name or "（空）" for name in header),
            cause="表头被改动或删去，或不是复核清单",
            remedy=_KEEP_COLUMNS,
        )
    if twice:
        raise ReviewListError(
            "复核清单的表头有重复的列，未采用", where=where, found="、".join(twice), remedy=_KEEP_COLUMNS
        )


def _row(header: Sequence[str], cells: Sequence[str], where: str) -> dict[str, str]:
    nameless = [cell for place, cell in enumerate(cells) if cell and (place >= len(header) or not header[place])]
    if nameless:
        raise ReviewListError(
            "复核清单的一行有没有列名的内容，未采用",
            where=where,
            found="、".join(nameless),
            cause="多了分隔符，或列名被删去",
            remedy="移到 decision 等有列名的列中，或为该列填上列名；该文件没有改动",
        )
    found = dict(zip(header, cells, strict=False))
    return {name: found.get(name, "") for name in header if name}
