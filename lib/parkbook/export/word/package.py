"""The file around the text: its parts, its styles (ours, or an office's template's), and equal bytes for equal content.

An office's template gives its styles, theme and fonts; its text, page and headers are left out, since the notices must
stand on every page. A style is found by its name (heading 1, 正文文本 is Body Text …), which is the same in every
language of Word; one that the template lacks is taken from ours, and said.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from parkbook.errors import RenderError
from parkbook.export.archive import EPOCH, steady

log = logging.getLogger(__name__)

PARTS: Final = Path(__file__).parents[1] / "templates" / "word"
WORDPROCESSING: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_AFTER_ENDNOTES: Final = tuple(
    qn(f"w:{name}")
    for name in (
        "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults",
        "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip

STYLES: Final[Mapping[str, str]] = {
    "normal": "Normal", "body": "Body Text", "title": "Title", "subtitle": "Subtitle", "heading1": "heading 1",
    "heading2": "heading 2", "heading3": "heading 3", "heading4": "heading 4", "header": "header", "footer": "footer",
    "caption": "caption", "bullet": "List Bullet", "number": "List Number", "endnote": "endnote text",
    "endnote-mark": "endnote reference", "note": "说明", "warning": "提示", "table-12": "表格文字", "table-10.5": "表格文字 五号",
    "table-9": "表格文字 小五", "table-7.5": "表格文字 六号", "table-head": "表头", "key-figure": "关键数字", "unit": "计量单位",
    "table-note": "图表注", "figure": "图形", "appendix": "附件标识", "appendix-title": "附件标题", "attachments": "附件名称",
    "signature": "署名和日期", "output": "原样输出", "table": "三线表", "plain-table": "Normal Table",
    "letterhead": "发文机关标志", "document-number": "发文字号", "signer": "签发人",
}  # fmt: skip
"""What the renderer asks for, by the name under which Word knows the style."""
OFFICE_STYLES: Final[Mapping[str, str]] = {
    "Normal": "正文", "Body Text": "正文文本", "Title": "标题", "Subtitle": "副标题", "heading 1": "标题 1", "heading 2": "标题 2",
    "heading 3": "标题 3", "heading 4": "标题 4", "header": "页眉", "footer": "页脚", "caption": "题注", "List Bullet": "列表项目符号",
    "List Number": "列表编号", "endnote text": "尾注文本", "endnote reference": "尾注引用",
}  # fmt: skip
"""The styles that a template is expected to have, with their names in Chinese Word; the others are our own."""

StyleIds = dict[str, str]


class Package:
    """A Word document that is being made; `styles` are the ids of the styles to use."""

    def __init__(self, template: Path | None = None) -> None:
        self.word = _opened(template) if template else docx.Document(io.BytesIO(_base()))
        if template:
            self._emptied()
        self.styles, self.missing = self._styles()
        if template and self.missing:
            log.warning("模板 %s 缺少样式：%s；已用内置样式代替", template.name, "、".join(self.missing))

    @property
    def part(self) -> Any:
        """The main part, to which the others are related."""
        return self.word.part

    def _emptied(self) -> None:
        """Without the template's text, headers, footers and notes."""
        body = self.word.element.body
        for child in list(body):
            body.remove(child)
        left_out = (RT.HEADER, RT.FOOTER, RT.ENDNOTES, RT.FOOTNOTES, RT.COMMENTS, RT.IMAGE, RT.HYPERLINK)
        for relation in list(self.part.rels.values()):
            if relation.reltype in left_out:
                del self.part.rels[relation.rId]
        settings = self.word.settings.element
        for name in ("w:footnotePr", "w:endnotePr", "w:attachedTemplate", "w:documentProtection", "w:mailMerge"):
            for child in settings.findall(qn(name)):
                settings.remove(child)

    # -- styles

    def _styles(self) -> tuple[StyleIds, list[str]]:
        """The ids by which to name the styles, and which of an office's styles had to be added."""
        root = self.word.styles.element
        have = {_style_key(style): style.get(qn("w:styleId")) for style in root.findall(qn("w:style"))}
        ids, added, missing = dict(have), [], []
        for style in _own_styles():
            key = _style_key(style)
            if key not in have:
                added.append(deepcopy(style))
                ids[key] = _free_id(style.get(qn("w:styleId")), ids.values())
                if (name := style.find(qn("w:name")).get(qn("w:val"))) in OFFICE_STYLES:
                    missing.append(f"{OFFICE_STYLES[name]}（{name}）")
        renamed = {style.get(qn("w:styleId")): ids[_style_key(style)] for style in _own_styles()}
        defaults = {style.get(qn("w:type")) for style in root.findall(qn("w:style")) if style.get(qn("w:default"))}
        for style in added:
            _adapt(style, renamed, defaults)
            root.append(style)
        return {key: ids[name.lower()] for key, name in STYLES.items()}, missing

    # -- parts

    def add_part(self, name: str, kind: str, relation: str, content: str) -> str:
        """Another part of the main one, written as XML; the relation's id."""
        uri = PackURI(f"/word/{name}.xml")
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
        parse_xml(blob)
        made = Part(uri, f"{WORDPROCESSING}.{kind}+xml", blob, self.part.package)
        return str(self.part.relate_to(made, relation))

    def add_picture(self, content: bytes) -> str:
        """A bitmap as a part (equal ones once); the relation's id."""
        relation, _ = self.part.get_or_add_image(io.BytesIO(content))
        return str(relation)

    def add_lists(self) -> tuple[int, int]:
        """Our two kinds of lists among those of the document; the numbers by which `new_list` knows them."""
        root = self.part.numbering_part.element
        taken = [int(one.get(qn("w:abstractNumId"))) for one in root.findall(qn("w:abstractNum"))]
        first = max(taken, default=-1) + 1
        place = len(taken)
        for step, declared in enumerate(parse_xml((PARTS / "numbering.xml").read_bytes())):
            declared.set(qn("w:abstractNumId"), str(first + step))
            root.insert(place + step, declared)
        return first, first + 1

    def new_list(self, kind: int) -> int:
        """A list of that kind, numbered from 1; its number."""
        root = self.part.numbering_part.element
        number = max((int(one.get(qn("w:numId"))) for one in root.findall(qn("w:num"))), default=0) + 1
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        made = f'<w:num xmlns:w="{_W}" w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>'
        last = root.findall(qn("w:num"))
        place = root.index(last[-1]) + 1 if last else len(root.findall(qn("w:abstractNum")))
        root.insert(place, parse_xml(made))
        return number

    def use_endnotes(self) -> None:
        """Endnotes stand at the document's end and are numbered 1, 2, 3."""
        settings = self.word.settings.element
        made = parse_xml(
            f'<w:endnotePr xmlns:w="{_W}"><w:pos w:val="docEnd"/><w:numFmt w:val="decimal"/>'
            '<w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
        )
        later = [child for child in settings if child.tag in _AFTER_ENDNOTES or not child.tag.startswith(f"{{{_W}}}")]
        place = settings.index(later[0]) if later else len(settings)
        settings.insert(place, made)

    def saved(self, title: str) -> bytes:
        """The file. No author, and the same times always."""
        properties = self.word.core_properties
        properties.title, properties.author, properties.last_modified_by = title[:255], "", ""
        properties.comments = properties.keywords = properties.subject = properties.category = ""
        properties.created = properties.modified = properties.last_printed = EPOCH
        properties.revision, properties.language = 1, "zh-CN"
        buffer = io.BytesIO()
        self.word.save(buffer)
        return steady(buffer.getvalue())


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _opened(template: Path) -> WordDocument:
    try:
        return docx.Document(str(template))
    except (OpcError, BadZipFile, ValueError, KeyError, OSError, SyntaxError) as problem:
        raise RenderError(
            "模板无法打开",
            where=template.name,
            expected="Word 文档（.docx），未加密",
            found=type(problem).__name__,
            remedy="在 Word 或 WPS 中另存为 .docx（不是 .dotx、.doc），或移走该模板",
        ) from None


def _style_key(style: Any) -> str:
    """A style's name; Word does not tell Heading 1 from heading 1."""
    name = style.find(qn("w:name"))
    return str(name.get(qn("w:val"))).lower() if name is not None else ""


def _free_id(wanted: str, taken: Any) -> str:
    """An id that no style of the template has."""
    used = {str(one).lower() for one in taken}
    return next(one for one in (wanted, *(f"{wanted}P{n}" for n in range(1, 100))) if one.lower() not in used)


def _adapt(style: Any, ids: Mapping[str, str], defaults: set[str]) -> None:
    """One of our styles with the ids of the document it goes into; a document has one default style of a kind."""
    style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
    if style.get(qn("w:default")) and style.get(qn("w:type")) in defaults:
        del style.attrib[qn("w:default")]
    for name in ("w:basedOn", "w:next"):
        for child in style.findall(qn(name)):
            child.set(qn("w:val"), ids[child.get(qn("w:val"))])


def _own_styles() -> list[Any]:
    return list(_declared_styles().findall(qn("w:style")))


@cache
def _declared_styles() -> Any:
    return parse_xml((PARTS / "styles.xml").read_bytes())


@cache
def _base() -> bytes:
    """An empty document of our own: what a template would give."""
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        "numbering": "numbering",
    }
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORDPROCESSING}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for place, name in enumerate(list(kinds)[1:], start=1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
        for name in kinds:
            lists = name == "numbering"  # its lists are added as to any other document
            file.writestr(
                f"word/{name}.xml", f'<w:numbering xmlns:w="{_W}"/>' if lists else (PARTS / f"{name}.xml").read_bytes()
            )
    return buffer.getvalue()


_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
