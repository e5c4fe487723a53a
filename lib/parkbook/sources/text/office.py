"""docx: paragraphs as lines, tables as grids of cells. The package is checked before anything in it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from parkbook.errors import Finding, Severity
from parkbook.sources.text.read import Document, ReportError, noticed
from parkbook.sources.text.word_table import WordBody
from parkbook.sources.text.word_text import W, WordText, styles_with

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
        body = WordBody(WordText(styles_with(document, "vanish"), styles_with(document, "strike", "dstrike")))
        body.read(document.element.body)
        notes = tuple(_notes(document, name))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise ReportError(
            "Word 文件已损坏或不完整",
            where=name,
            cause=type(error).__name__,
            remedy="重新下载，或在 Word 中打开后另存为 .docx",
        ) from error
    layout = body.layout
    if not layout.text.strip():
        raise ReportError(
            "Word 文件中没有文字", where=name, cause="可能只有图片或扫描件", remedy="先作文字识别，另存为 .docx"
        )
    findings = (*noticed(layout.text, name), *body.reader.findings(name), *notes)
    return Document(name, sha256, layout.text, "docx", tuple(layout.blocks), tuple(layout.tables), findings)


_NOTES = {"footnotes": "脚注", "endnotes": "尾注"}
_DIGIT = re.compile(r"[0-9０-９]")


def _notes(document: Any, name: str) -> Iterator[Finding]:
    """Footnotes and endnotes with numbers: they are not read, and that is said."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        kind = _NOTES.get(relation.reltype.rsplit("/", 1)[-1])
        if kind is None or relation.is_external:
            continue
        notes = ["".join(one.itertext(W + "t")) for one in parse_xml(relation.target_part.blob)]
        numbered = [note.strip() for note in notes if _DIGIT.search(note)]
        if numbered:
            yield Finding(
                what=f"{kind}中有数字，未读入",
                where=name,
                found="；".join(note[:20] for note in numbered[:4])
                + (f" 等 {len(numbered)} 处" if len(numbered) > 4 else ""),
                remedy=f"核对{kind}；需要读入的请移到正文",
                code="report",
                severity=Severity.WARNING,
            )


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
