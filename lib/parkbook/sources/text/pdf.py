"""pdf: the text of its pages with lines joined to paragraphs, and its tables in their places. A scanned one is refused."""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_right
from typing import Any

from parkbook.sources.text.layout import CellWords, Layout
from parkbook.sources.text.read import Document, ReportError, noticed

MAX_PAGES = 600
Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page."""
_ENDS = re.compile(r"[。！？；：.!?;:]\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部]|—\s?\d+\s?—|\d{1,2}[.、．](?!\s?\d))"
)
_PAGE_NUMBER = re.compile(r"\s*[—-]?\s*\d{1,4}\s*[—-]?\s*\Z")


def read_pdf(name: str, data: bytes, sha256: str) -> Document:
    """The paragraphs of a text PDF, page by page."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError

    if not data.lstrip().startswith(b"%PDF"):
        raise ReportError("文件内容不是 PDF", where=name, remedy="核对扩展名，或重新下载")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise ReportError(
                    "PDF 页数过多，不像一份报告",
                    where=name,
                    expected=f"不超过 {MAX_PAGES} 页",
                    found=f"{len(document.pages)} 页",
                    remedy="按章节拆分后再导入",
                )
            return _document(name, sha256, document.pages)
    except ReportError:
        raise
    except Exception as error:  # pdfminer and its parsers raise anything on a broken file
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise ReportError(
                "PDF 文件有密码", where=name, remedy="在阅读器中输入密码打开，另存为不加密的 PDF"
            ) from error
        cause = "文件结构不完整" if isinstance(error, PDFSyntaxError) else type(error).__name__
        raise ReportError(
            "PDF 文件已损坏或不完整", where=name, cause=cause, remedy="重新下载，或用阅读器打开后另存"
        ) from error


def _document(name: str, sha256: str, pages: list[Any]) -> Document:
    layout = Layout()
    characters = pictures = 0
    for number, page in enumerate(pages, start=1):
        found = sorted(page.find_tables(), key=lambda table: table.bbox[1])
        bands = flowing(_bands(page, [table.bbox for table in found]))
        characters += len(page.chars)
        pictures += len(page.images)
        for index, paragraphs in enumerate(bands):
            for paragraph in paragraphs:
                layout.line(paragraph, f"第{number}页")
            if index < len(found):
                layout.table(f"第{number}页表{len(layout.tables) + 1}", _rows(found[index]))
        page.close()
    if characters < 10 * len(pages) and not layout.tables:
        cause = "每页都是图片" if pictures else "页面上没有文字"
        raise ReportError(
            "PDF 是扫描件，没有可读的文字",
            where=name,
            cause=cause,
            remedy="先作文字识别（OCR），另存为文字版 PDF 或 .docx",
        )
    text = layout.text
    return Document(name, sha256, text, "pdf", tuple(layout.blocks), tuple(layout.tables), tuple(noticed(text, name)))


def _rows(table: Any) -> list[list[CellWords]]:
    """The cells of a table; a line end inside a cell is one of the printed page."""
    return [[CellWords((cell or "").strip().replace("\n", "")) for cell in row] for row in table.extract()]


def _bands(page: Any, boxes: list[Box]) -> list[str]:
    """The words of a page above its first table, between tables, and below the last."""
    if not boxes:
        return [page.extract_text() or ""]
    tops = [box[1] for box in boxes]
    return [
        page.filter(lambda item, band=band: not _inside(item, boxes) and _band_of(item, tops) == band).extract_text()
        or ""
        for band in range(len(boxes) + 1)
    ]


def _band_of(item: dict[str, Any], tops: list[float]) -> int:
    """How many tables begin above a character."""
    return bisect_right(tops, (item["top"] + item["bottom"]) / 2) if "top" in item else 0


def _inside(item: dict[str, Any], boxes: list[Box]) -> bool:
    """Whether a character lies in a table."""
    if "x0" not in item or "top" not in item:
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def flowing(bands: list[str]) -> list[list[str]]:
    """Printed lines put together to paragraphs: a full line without a full stop goes on in the next, past a table too."""
    lines = [
        (band, line.rstrip())
        for band, words in enumerate(bands)
        for line in words.split("\n")
        if line.strip() and not _PAGE_NUMBER.match(line)
    ]
    longest = max((len(line) for _, line in lines), default=0)
    paragraphs: list[tuple[int, str]] = []
    printed = ""
    for band, line in lines:
        ended = _ENDS.search(printed) is not None or len(printed) < 0.6 * longest
        goes_on = bool(paragraphs) and not ended and not _BEGINS.match(line)
        if goes_on:
            begun, words = paragraphs[-1]
            paragraphs[-1] = (begun, words + line.lstrip())
        else:
            paragraphs.append((band, line))
        printed = line
    return [[words for begun, words in paragraphs if begun == band] for band in range(len(bands))]
