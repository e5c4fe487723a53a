"""The zip file of an Office document, opened with its limits checked first, and its XML read without entities.

Sizes are those of the zip directory, before anything is unpacked; `zipfile` never gives more than the directory says.
A document type declaration has no place in an Office file and is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from parkbook.errors import DataError

MAX_TOTAL = 1_200_000_000
MAX_PART = 700_000_000
MAX_SMALL_PART = 64_000_000
MAX_RATIO = 250
RATIO_MATTERS = 20_000_000
"""A part below this may be packed as tightly as it likes."""
MAX_PARTS = 20_000


class FileError(DataError):
    """A ledger file that cannot be read."""

    code = "file"


def open_package(path: Path, place: str) -> zipfile.ZipFile:
    """The zip file, when its directory is sound; FileError otherwise."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileError(
            "Excel 文件不完整，无法打开",
            where=place,
            cause="下载或拷贝时中断，文件被截断或损坏",
            remedy="重新下载或请报送单位重发；能在 Excel、WPS 中打开的，另存为新的 .xlsx",
        ) from error
    try:
        _check_sizes(archive, place)
    except FileError:
        archive.close()
        raise
    return archive


def _check_sizes(archive: zipfile.ZipFile, place: str) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    tight = [
        part
        for part in parts
        if part.file_size > RATIO_MATTERS and part.file_size > MAX_RATIO * max(1, part.compress_size)
    ]
    if len(parts) > MAX_PARTS:
        raise FileError(
            "文件的部件过多，未打开",
            where=place,
            expected=f"不超过 {MAX_PARTS} 个部件",
            found=f"{len(parts)} 个部件",
            cause="表中有大量图片或附件，或文件被恶意改动",
            remedy="把数据复制到新建的工作簿后另存为 .xlsx；来历不明的文件不要打开",
        )
    if total > MAX_TOTAL or largest > MAX_PART or tight:
        raise FileError(
            "文件解压后过大，未打开",
            where=place,
            expected=f"解压后不超过 {MAX_TOTAL // 1_000_000} MB，单个部件不超过 {MAX_PART // 1_000_000} MB，压缩比不超过 {MAX_RATIO}",
            found=f"解压后 {total / 1_000_000:.0f} MB，最大的部件 {largest / 1_000_000:.0f} MB"
            + (f"，压缩比 {tight[0].file_size // max(1, tight[0].compress_size)}" if tight else ""),
            cause="压缩炸弹，或表中有大片空格、空行",
            remedy="在 Excel 中删去多余的行列和空格后另存；来历不明的文件不要打开",
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise encrypted(place)


def encrypted(place: str) -> FileError:
    """The refusal of a file with a password."""
    return FileError(
        "文件已加密，无法读取",
        where=place,
        cause="文件设有打开密码",
        remedy="在 Excel 或 WPS 中用密码打开，取消密码后另存为 .xlsx",
    )


def broken(place: str, part: str, error: BaseException) -> FileError:
    """The refusal of a file whose contents contradict its format."""
    return FileError(
        "Excel 文件无法打开",
        where=place,
        found=" ".join(filter(None, (part, _described(error)))),
        cause="文件损坏、加密，或实为其他格式而改了扩展名",
        remedy="在 Excel 或 WPS 中打开并另存为不加密的 .xlsx",
    )


def _described(error: BaseException) -> str:
    """What is wrong, as far as the kind of error says."""
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (ElementTree.ParseError, "XML 中断或不成立"),
        (zipfile.BadZipFile, "压缩包不完整"),
        (EOFError, "压缩包不完整"),
        (LookupError, "缺少部件或引用了不存在的内容"),
        (OSError, "读取中断"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), "内容自相矛盾")


def small_part(archive: zipfile.ZipFile, name: str, place: str) -> bytes | None:
    """The bytes of a part that is never large; None when there is none."""
    try:
        size = archive.getinfo(name).file_size
    except KeyError:
        return None
    if size > MAX_SMALL_PART:
        raise FileError(
            "文件的样式或目录部分过大，未打开",
            where=place,
            found=f"{name} {size / 1_000_000:.0f} MB",
            expected=f"不超过 {MAX_SMALL_PART // 1_000_000} MB",
            remedy="把数据复制到新建的工作簿后另存为 .xlsx",
        )
    return archive.read(name)


def parse_xml(content: bytes, place: str) -> ElementTree.Element:
    """An XML part; FileError when it declares a document type."""
    refuse_declarations(content, place)
    return ElementTree.fromstring(content)


def refuse_declarations(content: bytes, place: str) -> None:
    """Entities are never expanded: an Office file has none."""
    if b"<!DOCTYPE" in content.replace(b"\0", b"") or b"<!ENTITY" in content.replace(b"\0", b""):
        raise FileError(
            "文件含有实体声明，未读取",
            where=place,
            cause="Excel 不会写出实体声明，文件可能被恶意改动（实体炸弹）",
            remedy="不要打开该文件；请报送单位用 Excel 或 WPS 重新导出",
        )


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]
