"""docx: paragraphs as lines, tables as grids. The package is checked before anything in it is opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from parkbook.sources.text.read import Block, Document, ReportError, Table, noticed
from parkbook.sources.text.word_text import WordText, hidden_styles

MAX_UNPACKED = 300_000_000
MAX_RATIO = 150
MAX_PARTS = 5_000
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def read_docx(name: str, data: bytes, sha256: str) -> Document:
    """The paragraphs and tables of a Word file, in reading order."""
    _check_package(name, data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(data))
        reader = WordText(hidden_styles(document))
        lines, tables = _contents(document, reader)
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise ReportError(
            "Word 文件已损坏或不完整",
            where=name,
            cause=type(error).__name__,
            remedy="重新下载，或在 Word 中打开后另存为 .docx",
        ) from error
    if not any(line.strip() for line in lines) and not tables:
        raise ReportError(
            "Word 文件中没有文字", where=name, cause="可能只有图片或扫描件", remedy="先作文字识别，另存为 .docx"
        )
    blocks, position = [], 0
    for number, line in enumerate(lines, start=1):
        blocks.append(Block(position, f"第{number}段"))
        position += len(line) + 1
    text = "\n".join(lines)
    findings = (*noticed(text, name), *reader.findings(name))
    return Document(name, sha256, text, "docx", tuple(blocks), tuple(tables), findings)


def _check_package(name: str, data: bytes) -> None:
    """Sizes, ratios and entities of the package, before any part is parsed."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReportError(
            "Word 文件已加密，或其实是旧版 .doc", where=name, remedy="在 Word 中打开，取消密码，另存为 .docx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(name, package)
            for part in package.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        head = stream.read(4096)
                    if any(mark in head for mark in _FORBIDDEN):
                        raise ReportError(
                            "Word 文件含有实体定义，按不安全文件拒绝",
                            where=name,
                            found=part.filename,
                            remedy="在 Word 中打开后另存为新文件",
                        )
            if "word/document.xml" not in package.namelist():
                raise ReportError(
                    "不是 Word 文件",
                    where=name,
                    expected="含 word/document.xml 的 .docx",
                    remedy="核对扩展名；表格请作为台账导入",
                )
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReportError(
            "Word 文件已损坏或不完整", where=name, cause=str(error), remedy="重新下载，或在 Word 中打开后另存为 .docx"
        ) from error
    except ValueError as error:
        raise ReportError("Word 文件已损坏或不完整", where=name, cause=str(error), remedy="重新下载后再导入") from error


def _check_sizes(name: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > 10_000_000 and unpacked / packed > MAX_RATIO):
        raise ReportError(
            "Word 文件解压后异常巨大，按压缩炸弹拒绝",
            where=name,
            expected=f"解压后不超过 {MAX_UNPACKED // 1_000_000} MB、压缩比不超过 {MAX_RATIO}",
            found=f"{unpacked / 1_000_000:.0f} MB，压缩比 {unpacked / packed:.0f}",
            remedy="在 Word 中打开后另存为新文件",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise ReportError("Word 文件已加密", where=name, remedy="在 Word 中打开，取消密码，另存为 .docx")


def _contents(document: Any, reader: WordText) -> tuple[list[str], list[Table]]:
    """Paragraph texts in order (an empty line where a table stands) and the tables."""
    from docx.table import Table as WordTable

    lines: list[str] = []
    tables: list[Table] = []
    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            lines.append("")
            above = tuple(line.strip() for line in reversed(lines[-4:-1]) if line.strip())
            tables.append(Table(f"表{len(tables) + 1}", tuple(_rows(item, reader)), above=above))
        else:
            lines += reader.words(item._p).split("\n")
    return lines, tables


def _rows(table: Any, reader: WordText) -> Iterator[tuple[str, ...]]:
    """Rows of cell texts; a merged cell says its words in each place it covers."""
    for row in table.rows:
        yield tuple("\n".join(reader.words(part._p) for part in cell.paragraphs).strip() for cell in row.cells)
