"""A report file as text with stable positions: txt, md, docx, pdf. What cannot be read is refused in one sentence.

txt and md are decoded (UTF-8, GB18030, UTF-16) and otherwise untouched: a position is a code point of the file as read with
`newline=''`. Of docx and pdf the paragraphs stand one a line, and `blocks` say which paragraph, page or cell a position is in;
their tables stand in the text too, a row a line (see `layout`), and `tables` says where each cell is. The tables of txt and
md are found in the text (see `grid`).
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from parkbook.errors import DataError, Finding, Severity
from parkbook.sources.text.invisible import ZERO_WIDTH

MAX_BYTES = 20_000_000
"""A report of more than this is none: 20 MB are some ten thousand pages of text."""
MAX_OFFICE_BYTES = 60_000_000
"""Word and PDF files carry pictures."""


class ReportError(DataError):
    """A report file that cannot be read."""

    code = "report"


@dataclass(frozen=True, slots=True)
class Block:
    """Where a stretch of the text stands in the file: 第12段, 第3页."""

    start: int
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cell texts, and where it stands.

    `spans`: where each cell's words stand in the text; `heads`: how many rows are known to be headers; `above`: the last
    lines before the table, nearest first (a caption, 单位：万元); `below`: a note right under it.
    """

    place: str
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    heads: int = 0
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, its tables, and what was noticed while reading."""

    name: str
    sha256: str
    text: str
    encoding: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()

    def place_of(self, position: int) -> str:
        """The paragraph or page of a position; empty for plain text."""
        index = bisect_right([block.start for block in self.blocks], position) - 1
        return self.blocks[index].place if index >= 0 else ""


NOTE = re.compile(r"\s*[(（]?(?:备注|说明|附注|注)\s*\d?\s*[:：]")
"""How a note right under a table begins."""


def letters(column: int) -> str:
    """The letters of a table's column, counted from nought: A, B … Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


_SAVE_AS = {
    ".doc": "在 Word 中另存为 .docx",
    ".wps": "在 WPS 文字中另存为 .docx",
    ".et": "在 WPS 表格中另存为 .xlsx，并作为台账导入",
    ".ofd": "在 OFD 阅读器中导出为 PDF 或复制为 .docx",
    ".rtf": "在 Word 中另存为 .docx",
    ".xls": "作为台账导入，或另存为 .xlsx",
    ".xlsx": "作为台账导入",
    ".odt": "另存为 .docx",
    ".html": "另存为 .docx 或 .txt",
    ".htm": "另存为 .docx 或 .txt",
    ".zip": "解压后逐个导入",
    ".jpg": "先作文字识别，另存为 .docx 或 .txt",
    ".png": "先作文字识别，另存为 .docx 或 .txt",
}
_MAGIC = (
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、WPS 文件或加密的 Office 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)


def read_report(path: Path) -> Document:
    """The document of a file, by its ending; ReportError for what is no readable report."""
    ending = path.suffix.lower()
    if ending in _SAVE_AS:
        raise ReportError(f"不能直接读取 {ending} 文件", where=path.name, remedy=_SAVE_AS[ending])
    if ending not in (".txt", ".md", ".docx", ".pdf"):
        raise ReportError(
            "无法识别的报告格式",
            where=path.name,
            expected=".txt、.md、.docx 或 .pdf",
            found=ending or "没有扩展名",
            remedy="另存为上列格式之一",
        )
    data = _bytes(path, MAX_BYTES if ending in (".txt", ".md") else MAX_OFFICE_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    if ending == ".docx":
        from parkbook.sources.text.office import read_docx

        return read_docx(path.name, data, digest)
    if ending == ".pdf":
        from parkbook.sources.text.pdf import read_pdf

        return read_pdf(path.name, data, digest)
    text, encoding = decode(data, path.name)
    return Document(path.name, digest, text, encoding, findings=tuple(noticed(text, path.name)))


def _bytes(path: Path, limit: int) -> bytes:
    """The file's bytes, its size checked first."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReportError(
                "文件过大，不像一份报告",
                where=path.name,
                expected=f"不超过 {limit // 1_000_000} MB",
                found=f"{size / 1_000_000:.0f} MB",
                remedy="按章节拆分，或删去附图、附录后再导入",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(
            "文件无法打开", where=path.name, cause=error.strerror or str(error), remedy="核对文件是否存在、是否被占用"
        ) from error
    if not data.strip():
        raise ReportError("文件是空的", where=path.name, remedy="核对是否导出完整")
    return data


# ---------------------------------------------------------------- encodings
def decode(data: bytes, name: str) -> tuple[str, str]:
    """Bytes as text, with the encoding found: a byte order mark, else UTF-8, UTF-16 by its zeros, GB18030."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReportError(
                "文件内容不是纯文本", where=name, found=kind, remedy="改回原来的扩展名；图片和程序不能作为报告导入"
            )
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_prose(text):
            return text.removeprefix("\ufeff") if encoding == "utf-8-sig" else text, encoding
    raise ReportError(
        "文件内容不是文字，或编码无法识别",
        where=name,
        expected="UTF-8、GB18030 或 UTF-16 编码的文本",
        cause="可能是改了扩展名的二进制文件，或文件已损坏",
        remedy="在记事本或 WPS 中打开，另存为 UTF-8 文本",
    )


def _candidates(data: bytes) -> list[str]:
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    sample = data[:20000]
    if b"\x00" in sample:
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        return ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]
    return ["utf-8", "gb18030", "utf-16-le", "utf-16-be"]


_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")
_USUAL = re.compile(r"[\s!-~一-鿿　-〿＀-￮‘’“”—…·±×÷%℃㎡²³①-⑩Ⅰ-Ⅻ–－α-ωΑ-Ω○●■□◆◇★☆△▲]")


def _is_prose(text: str) -> bool:
    """Few control and private characters, and mostly Chinese, letters and punctuation."""
    sample = text[:20000] + text[len(text) // 2 : len(text) // 2 + 5000]
    if len(_STRANGE.findall(sample)) > max(4, len(sample) // 200):
        return False
    return len(_USUAL.findall(sample)) >= 0.7 * len(sample)


_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def noticed(text: str, name: str) -> list[Finding]:
    """Characters that can make a text look other than it is."""
    found = []
    for pattern, what in (
        (_DIRECTION, "文中有改变文字方向的控制字符，所在行的数据须人工核对"),
        (_CONTROL, "文中有不可见的控制字符"),
        (ZERO_WIDTH, "文中有不占位置的不可见字符，读数时已略过"),
    ):
        place = pattern.search(text)
        if place is not None:
            found.append(
                Finding(
                    what=what,
                    where=f"{name}，字符 {place.start()}",
                    found=f"U+{ord(place[0]):04X}",
                    remedy="在原文中删去这些字符",
                    code="report",
                    severity=Severity.WARNING,
                )
            )
    return found
