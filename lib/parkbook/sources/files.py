"""Any file an office calls a ledger, as a workbook of grids: what it is goes by its content, not by its name.

.xlsx and .xlsm by `xlsx`; .xls by `xls`; .csv, .tsv and the tab-separated or HTML "exports" that are named .xls by
`delimited` and `html`. What is not read is refused by name, with what to save it as.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from parkbook.errors import Finding, Severity
from parkbook.project import relative_name
from parkbook.sources.delimited import decoded, read_delimited
from parkbook.sources.formats import READ, REFUSED
from parkbook.sources.grid import Grid, Workbook
from parkbook.sources.html import read_html
from parkbook.sources.package import FileError, encrypted
from parkbook.sources.xls import read_xls
from parkbook.sources.xlsx import READ_ERRORS, read_xlsx

MAX_BYTES = 300_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
    (b"\x1f\x8b", "压缩文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"SQLite format 3", "数据库"),
)


def read_workbook(path: Path) -> Workbook:
    """Every table of a file; FileError with a remedy when it cannot be read."""
    place = relative_name(path)
    ending = path.suffix.lower()
    if ending not in READ:
        raise FileError(
            f"台账格式 {ending or '（无扩展名）'} 不能读取",
            where=place,
            expected="、".join(READ),
            remedy=REFUSED.get(ending, "在 Excel 或 WPS 中另存为 .xlsx"),
        )
    content = _content(path, place)
    try:
        kind, grids, findings = _read(path, place, content)
    except READ_ERRORS as error:  # a file that no reader foresaw is one file that is not read, not the end of a run
        raise FileError(
            "文件内容无法读取",
            where=place,
            found=type(error).__name__,
            cause="文件由不常见的软件导出，内容不合格式",
            remedy="在 Excel 或 WPS 中打开，核对后另存为 .xlsx",
        ) from error
    if kind != ending.lstrip(".") and (kind, ending) != ("csv", ".tsv"):
        findings = (_misnamed(place, ending, kind), *findings)
    return Workbook(path.name, place, hashlib.sha256(content).hexdigest(), grids, kind, findings)


def _content(path: Path, place: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(
                "文件过大，未打开",
                where=place,
                expected=f"不超过 {MAX_BYTES // 1_000_000} MB",
                found=f"{size / 1_000_000:.0f} MB",
                remedy="按年度拆成几个文件，删去图片和附件",
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileError(
            "文件无法打开",
            where=place,
            cause=error.strerror or type(error).__name__,
            remedy="核对文件是否存在、是否正被 Excel 占用",
        ) from error
    if not content.strip(b"\0 \r\n\t"):
        raise FileError("文件是空的", where=place, remedy="核对是否导出完整，请报送单位重发")
    return content


def _read(path: Path, place: str, content: bytes) -> tuple[str, tuple[Grid, ...], tuple[Finding, ...]]:
    """What the file is, its tables, and what was noticed."""
    if content.startswith(_ZIP) or (content.startswith(b"PK") and path.suffix.lower() in (".xlsx", ".xlsm")):
        grids, findings = read_xlsx(path, place)
        return ("xlsm" if path.suffix.lower() == ".xlsm" else "xlsx"), grids, findings
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise encrypted(place)
        grids, findings = read_xls(path, place, content)
        return "xls", grids, findings
    for magic, what in _OTHER:
        if content.startswith(magic):
            raise _not_a_table(place, what)
    return _read_text(path, place, content)


def _read_text(path: Path, place: str, content: bytes) -> tuple[str, tuple[Grid, ...], tuple[Finding, ...]]:
    """HTML, separated values, or a refusal that says what else the text is."""
    if path.suffix.lower() in (".xlsx", ".xlsm") and b"\0" in content[:4096]:
        raise _not_a_table(place, "二进制内容")
    text, encoding = decoded(content, place)
    start = text[:4096].lstrip("\ufeff \r\n\t").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise FileError("文件是 XML 表格 2003，不能读取", where=place, remedy="在 Excel 或 WPS 中打开后另存为 .xlsx")
    if start.startswith("mime-version:"):
        raise FileError("文件是单个网页文件（.mht），不能读取", where=place, remedy="在 Excel 中打开后另存为 .xlsx")
    if start.startswith("<") and any(word in text[:200_000].lower() for word in ("<html", "<table", "<!doctype html")):
        return "html", read_html(text, place), ()
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise _not_a_table(place, f"{encoding} 文本")
    return "csv" if path.suffix.lower() != ".xls" else "tsv", (read_delimited(text, path.stem, place),), ()


def _not_a_table(place: str, what: str) -> FileError:
    return FileError(
        "Excel 文件无法打开" if not place.lower().endswith((".csv", ".tsv")) else "文件不是文本表格，无法读取",
        where=place,
        found=what,
        cause="实为其他格式而改了扩展名，或文件损坏",
        remedy="改回原来的扩展名；表格在 Excel 或 WPS 中另存为 .xlsx",
    )


_KINDS = {
    "html": "网页表格（HTML）",
    "tsv": "制表符分隔的文本",
    "csv": "分隔文本",
    "xlsx": ".xlsx",
    "xls": ".xls",
    "xlsm": ".xlsm",
}


def _misnamed(place: str, ending: str, kind: str) -> Finding:
    return Finding(
        what=f"文件扩展名是 {ending}，内容是{_KINDS[kind]}，已按内容读取",
        where=place,
        cause="业务系统导出的“Excel”常是改了扩展名的网页或文本",
        remedy="在 Excel 中打开核对后另存为 .xlsx，以保留数字格式",
        code="misnamed",
        severity=Severity.NOTE,
    )
