"""Drawings that stand in a page beside others: cleaned, made small, their ids kept apart.

matplotlib writes every glyph of every chart as an outline, under ids that are the same in each. Here an outline is kept
once for the whole page (`Shapes`), as is a hatching, ids that nothing refers to are dropped, the others numbered behind the drawing's
prefix, and coordinates cut to two decimals (a hundredth of a point). Scripts, style sheets, event handlers and addresses
outside the drawing do not pass. Style attributes become presentation attributes, for the page's policy allows no style but
its own sheet.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from parkbook.briefing.outlines import COARSER, SCALE, shortened_outline
from parkbook.errors import RenderError

Shapes = dict[str, str]
"""The id of each outline and each hatching that is already in the page, by what it draws."""

_FORBIDDEN = {"script", "foreignObject", "metadata", "style", "iframe", "title", "desc"}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_LONG_DECIMAL = re.compile(r"(\.\d\d)\d+")
_AROUND_COMMAND = re.compile(r" ?([MLHVQTCSZmlhvqtcsz]) ?")
_TRANSLATION = re.compile(r"translate\([^)]*\)")
_ALONG = re.compile(r"translate\((-?[\d.]+) 0\)")
_FONT = re.compile(r"(?:\w+ )*?([\d.]+(?:px|pt)) (.+)")
PRESENTATION = re.compile(
    "color|display|dominant-baseline|opacity|text-anchor|text-decoration|vector-effect|visibility|clip-(path|rule)|mask|"
    "fill(-opacity|-rule)?|font-(family|size|style|weight)|stop-(color|opacity)|paint-order|"
    "stroke(-dasharray|-dashoffset|-linecap|-linejoin|-miterlimit|-opacity|-width)?"
)
"""What a style attribute may say that an attribute of its own can say as well."""
_COORDINATES = frozenset({"d", "points", "x", "y", "width", "height"})
_SVG = "{http://www.w3.org/2000/svg}"
# what XML 1.0 does not allow
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_svg(svg: str, where: str = "") -> ElementTree.Element:
    """The root of a drawing, without all that does not pass."""
    if "<!ENTITY" in svg:
        raise RenderError(
            "图形的 SVG 声明了实体", where=where, cause="实体可以使文件在读取时无限膨胀", remedy="检查生成该图的代码"
        )
    try:
        root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>\[]*>", "", _CONTROLS.sub("", svg), count=1))
    except ElementTree.ParseError as problem:
        raise RenderError("图形不是有效的 SVG", where=where, found=str(problem), remedy="检查生成该图的代码") from None
    if root.tag.removeprefix(_SVG) != "svg":
        raise RenderError("图形不是 SVG", where=where, found=root.tag, remedy="检查生成该图的代码")
    _strip(root)
    return root


def inline_svg(svg: str, alt: str, prefix: str, shapes: Shapes | None = None, width_mm: float = 0) -> str:
    """A drawing as HTML, with its alt text; its width is a wish (0: none) that the page may cut, its height follows."""
    root = parse_svg(svg, alt)
    _measure(root, width_mm)
    for element in root.iter():
        _present(element)
        element.attrib = {name: _shortened(name, text) for name, text in element.attrib.items()}
        _shorten_outline(element)
        element.tail = None
        element.text = element.text if element.tag in ("text", "tspan") else None
    _rename(root, _names(root, prefix, {} if shapes is None else shapes))
    _prune(root)
    # what matplotlib says in its style sheet, which would hold for the whole page
    root.attrib |= {"role": "img", "aria-label": alt, "stroke-linejoin": "round", "stroke-linecap": "butt"}
    root.attrib.pop("version", None)
    # ">" stands in no attribute and no text unescaped, so that " />" is always the end of an element
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _present(element: ElementTree.Element) -> None:
    """What the style attribute says, as attributes; these are weaker, so they replace what was there."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font" and (found := _FONT.match(value)):
            element.attrib |= {"font-size": found[1], "font-family": found[2]}
        elif PRESENTATION.fullmatch(name) and value:
            element.set(name, value)


def _shorten_outline(element: ElementTree.Element) -> None:
    """A glyph on a coarser grid, and its place in a line as a number."""
    if element.tag == "path" and element.get("transform") == SCALE:
        shorter = shortened_outline(element.get("d", ""))
        if shorter:
            element.set("d", shorter)
            element.set("transform", f"scale({COARSER / 64:g})")
    elif element.tag == "use" and "x" not in element.attrib:
        along = _ALONG.fullmatch(element.get("transform", ""))
        if along:
            del element.attrib["transform"]
            element.set("x", along[1])


def _strip(element: ElementTree.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.attrib = {name.rpartition("}")[2]: text for name, text in element.attrib.items() if _harmless(name, text)}
    for child in list(element):
        if child.tag.rpartition("}")[2] in _FORBIDDEN:
            element.remove(child)
        else:
            _strip(child)


def _harmless(name: str, text: str) -> bool:
    short = name.rpartition("}")[2]
    if short == "href":
        return text.startswith(("#", "data:image/"))
    outside = "url(" in _REFERENCE.sub("", text)
    return not (short.lower().startswith("on") or outside or "{http://www.w3.org/XML" in name)


def _prune(element: ElementTree.Element, stroked: bool = False) -> None:
    """Take out what shows nothing, and open groups that say nothing; `stroked`: a group around it gives lines a colour."""
    for child in list(element):
        within = stroked or child.get("stroke", "none") != "none"
        _prune(child, within)
        if (child.tag in ("g", "defs") and not len(child)) or (_colourless(child) and not within):
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            place = list(element).index(child)
            element[place : place + 1] = list(child)


def _colourless(element: ElementTree.Element) -> bool:
    """A path without a filling, such as the ground that matplotlib leaves transparent."""
    return element.tag == "path" and element.get("fill") == "none"


def _measure(root: ElementTree.Element, width_mm: float) -> None:
    """Keep the drawing's proportions; its size is what the page asks for."""
    size = [re.match(r"[\d.]+", root.attrib.pop(side, "")) for side in ("width", "height")]
    if "viewBox" not in root.attrib and size[0] and size[1]:
        root.set("viewBox", f"0 0 {size[0][0]} {size[1][0]}")
    if width_mm:
        root.set("width", f"{width_mm:g}mm")


def _shortened(name: str, text: str) -> str:
    if name in _COORDINATES:
        return _AROUND_COMMAND.sub(r"\1", " ".join(_LONG_DECIMAL.sub(r"\1", text).split()))
    if name == "transform":
        return _TRANSLATION.sub(lambda found: _LONG_DECIMAL.sub(r"\1", found[0]), text)
    return text


def _names(root: ElementTree.Element, prefix: str, shapes: Shapes) -> dict[str, str]:
    """New ids for old ones; outlines that the page already has are taken out of the drawing."""
    wanted = {name for element in root.iter() for text in element.attrib.values() for name in _references(text)}
    names: dict[str, str] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.get("id", "")
            if name not in wanted or name in names:
                continue
            shape = _drawn(child)
            outline = parent.tag == "defs" and child.tag in ("path", "pattern")
            if outline and shape in shapes:
                parent.remove(child)
            names[name] = shapes[shape] if outline and shape in shapes else f"{prefix}-{len(names)}"
            if outline:
                shapes[shape] = names[name]
    return names


def _drawn(element: ElementTree.Element) -> str:
    """What an outline or a hatching draws, whatever its name."""
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in element)
    said = sorted((name, text) for name, text in element.attrib.items() if name != "id")
    return f"{element.tag}{said}{inside}"


def _references(text: str) -> list[str]:
    return [text[1:]] if text.startswith("#") else _REFERENCE.findall(text)


def _rename(root: ElementTree.Element, names: dict[str, str]) -> None:
    for element in root.iter():
        old = element.attrib.pop("id", "")
        if old in names:
            element.set("id", names[old])
        for name, text in element.attrib.items():
            if name == "href" and text.startswith("#"):
                element.set(name, f"#{names.get(text[1:], text[1:])}")
            elif "url(" in text:
                element.set(name, _REFERENCE.sub(lambda found: f"url(#{names.get(found[1], found[1])})", text))
