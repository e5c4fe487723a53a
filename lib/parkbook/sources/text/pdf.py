"""pdf: the text of its pages with lines joined to paragraphs, and its tables. A scanned one is refused."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from parkbook.sources.text.read import Block, Document, ReportError, Table, noticed

MAX_PAGES = 600
_ENDS = re.compile(r"[。！？；：.!?;:]\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部]|—\s?\d+\s?—)"
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
    paragraphs: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    position = characters = pictures = 0
    for number, page in enumerate(pages, start=1):
        found = page.find_tables()
        for table in found:
            rows = tuple(tuple((cell or "").strip().replace("\n", "") for cell in row) for row in table.extract())
            tables.append(Table(f"第{number}页表{len(tables) + 1}", rows))
        boxes = [table.bbox for table in found]
        words = (
            page.filter(lambda item, boxes=boxes: not _inside(item, boxes)).extract_text()
            if boxes
            else page.extract_text()
        )
        characters += len(page.chars)
        pictures += len(page.images)
        blocks.append(Block(position, f"第{number}页"))
        for paragraph in joined(words or ""):
            paragraphs.append(paragraph)
            position += len(paragraph) + 1
        page.close()
    if characters < 10 * len(pages) and not tables:
        cause = "每页都是图片" if pictures else "页面上没有文字"
        raise ReportError(
            "PDF 是扫描件，没有可读的文字",
            where=name,
            cause=cause,
            remedy="先作文字识别（OCR），另存为文字版 PDF 或 .docx",
        )
    text = "\n".join(paragraphs)
    return Document(name, sha256, text, "pdf", tuple(blocks), tuple(tables), tuple(noticed(text, name)))


def _inside(item: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    """Whether a character lies in a table."""
    if "x0" not in item or "top" not in item:
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def joined(words: str) -> list[str]:
    """Printed lines put together to paragraphs: a full line without a full stop goes on in the next."""
    lines = [line.rstrip() for line in words.split("\n") if line.strip() and not _PAGE_NUMBER.match(line)]
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    for line in lines:
        goes_on = (
            bool(paragraphs)
            and not _ENDS.search(paragraphs[-1])
            and not _BEGINS.match(line)
            and len(paragraphs[-1].split("\n")[-1]) >= 0.6 * longest
        )
        if goes_on:
            paragraphs[-1] += line.lstrip()
        else:
            paragraphs.append(line)
    return paragraphs
