"""How wide text is on paper, and what follows from it: the lines of a title, the columns of a table.

Widths are in em: a Chinese character is 1, a Latin letter or digit about a half. That is exact enough to choose between
sizes and shares; the typesetter measures the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

TEXT_WIDTH: Final = 442.2
"""Points in 156 mm, the width of the type area."""
TABLE_SIZES: Final = (12.0, 10.5, 9.0)
"""小四, 五号, 小五: a table takes the first in which its figures fit on one line; less than 小五 is not read, so a table
that needs more than the page in it comes in parts."""

CELL_INSET: Final = 0.85
"""What the space on both sides of a cell takes, in em, and a hair more: a header as wide as its column is not broken."""
_TOKEN: Final = re.compile(r"[!-~\u00a1-\u024f]+")
_BREAK_AFTER: Final = re.compile(r"(?<=[/\\&?=_,;.\-])")
_BEFORE_BRACKET: Final = re.compile(r"(?=（)|\s+")
_WORD_LIST: Final = """
园区 工作 情况 汇报 总结 公开 数据 概览 指标 对比 比较 分析 经济 运行 发展 报告 简报 通报 主要 完成 全年 年度 半年 季度 月度 上半年 下半年
前三季度 一季度 二季度 三季度 四季度 软件园 高新区 开发区 科技城 工业园 产业园 科学城 示范区 自贸区 经开区 新区 园区 招商 引资 招商引资 专报
固定资产 投资 项目 建设 企业 服务 创新 科技 产业 工业 软件 信息 人才 安全 绿色 环境 营商环境 重点 重大 任务 目标 考核 评价 综合 监测 督查 调度
一园一页 关于 推进 推动 加快 高质量 质量 体系 管委会 管理 委员会 中心 技术 信息化 数字 智能 制造 制造业 服务业 来源 覆盖 方法 清单 附表
山东省 济南市 浙江省 宁波市 北京市 内蒙古 呼和浩特市
"""
_WORDS: Final = sorted(set(_WORD_LIST.split()), key=lambda word: (-len(word), word))
_PERIOD: Final = re.compile(r"[0-9—–\-~～至]+[年月日季度]*|第?[一二三四五六七八九十]+[年月季度章节个]+")
_NO_START: Final = set("的与和及、，：；。）》”’·年月日）")


def text_width(text: str) -> float:
    """The width of a text in em."""
    return sum(map(_character_width, text))


@lru_cache(maxsize=8192)
def _character_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return 0.0 if unicodedata.combining(character) else 0.55 if not character.isupper() else 0.7


def greatest_width(text: str) -> float:
    """No text is wider than this, in em, in any of the faces."""
    return sum(map(_greatest_width, text))


@lru_cache(maxsize=8192)
def _greatest_width(character: str) -> float:
    """Digits take at most 0.6, Latin letters (the W of 仿宋) 1.02, Chinese 1; of other scripts and dashes some take 2.5."""
    if character in "0123456789.,;:-()/ ":
        return 0.6
    if character.isascii():
        return 1.05
    return 1.0 if character in "—▲▼“”·×" or unicodedata.east_asian_width(character) in "WF" else 2.5


# -- titles ------------------------------------------------------------------------------------------------------------


def title_lines(title: str, limit: float, names: Sequence[str] = ()) -> list[str]:
    """A title in lines no wider than `limit`, as few and as even as can be, broken between words only.

    There is no dictionary behind it: words are the `names` given (a park's), the words titles are made of, periods,
    Latin words and figures; what stands between those is taken as one word unless it fills a line.
    """
    words = [
        piece for word in _title_words(title, limit, names) for piece in ([word] if text_width(word) <= limit else word)
    ]
    for count in range(1, len(words) + 1):
        lines = _even_lines(words, count, limit)
        if lines:
            return [line.strip() for line in lines if line.strip()]
    return []


def _title_words(title: str, limit: float, names: Sequence[str]) -> list[str]:
    known = [name for name in sorted(names, key=len, reverse=True) if 0 < text_width(name) <= limit]
    pattern = re.compile("|".join((*map(re.escape, (*known, *_WORDS)), _PERIOD.pattern, _TOKEN.pattern, r"\s+")))
    words: list[str] = []
    place = 0
    for found in pattern.finditer(title):
        words += [*_pieces(title[place : found.start()], limit), found[0]]
        place = found.end()
    return _glued(words + _pieces(title[place:], limit))


def _pieces(text: str, limit: float) -> list[str]:
    """Unknown words: cut behind punctuation, and anywhere only when they would fill a line."""
    parts = [part for part in re.split(r"(?<=[的与和及、，：；。）》”])", text) if part]
    return [piece for part in parts for piece in ([part] if text_width(part) <= limit / 2 else list(part))]


def _glued(words: list[str]) -> list[str]:
    """Words with what may not begin a line joined to the word before it, and an opening bracket to the one behind."""
    glued: list[str] = []
    for word in words:
        if glued and (word[0] in _NO_START or glued[-1][-1] in "（《“‘"):
            glued[-1] += word
        else:
            glued.append(word)
    return glued


def _even_lines(words: list[str], count: int, limit: float) -> list[str]:
    """Words in exactly `count` lines no wider than `limit`, the lines as even as can be; none when they do not fit."""
    return ["".join(words[start:end]) for start, end in _even_cuts([text_width(word) for word in words], count, limit)]


def _even_cuts(widths: Sequence[float], count: int, limit: float) -> list[tuple[int, int]]:
    """Neighbours in exactly `count` groups no wider than `limit`, as even as can be: where each begins and ends; none
    when they do not fit.

    `best[n]` is the least unevenness of the first n in the groups so far, with the places of the cuts.
    """
    ends = list(accumulate(widths, initial=0.0))
    mean = ends[-1] / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(count):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, len(widths) + 1):
                width = ends[end] - ends[start]
                if width > limit:
                    break
                # of equally even lines, the wider stands on top
                option = (cost + (width - mean) ** 2 + 1e-6 * line * width, (*cuts, end))
                longer[end] = min(longer.get(end, option), option)
        best = longer
    return list(pairwise(best[len(widths)][1])) if len(widths) in best else []


# -- tables ------------------------------------------------------------------------------------------------------------


class ColumnContent(NamedTuple):
    """What decides a column's width: its header, its cells, whether it holds figures, its declared share and its group."""

    header: str
    cells: Sequence[str]
    figures: bool
    weight: float
    group: str = ""


class Widths(NamedTuple):
    """The type size of a table in points, and the width of each column in em of that size."""

    size: float
    columns: list[float]


def column_widths(columns: Sequence[ColumnContent], total: float = TEXT_WIDTH) -> Widths:
    """The largest type in which no figure is broken, and widths that give each column what it needs."""
    least = _leasts(columns)
    natural = [max(need, min(_natural(column) + CELL_INSET, 18)) for column, need in zip(columns, least, strict=True)]
    halves = [max(need, want / 2 + CELL_INSET) for need, want in zip(least, natural, strict=True)]
    size = next(
        (
            size
            for wanted, sizes in ((natural, TABLE_SIZES[:2]), (halves, TABLE_SIZES[:2]), (least, TABLE_SIZES[1:]))
            for size in sizes
            if sum(wanted) * size <= total
        ),
        TABLE_SIZES[-1],
    )
    available = total / size
    roomy = [max(need, _whole_header(column.header) + CELL_INSET) for column, need in zip(columns, least, strict=True)]
    least = roomy if sum(roomy) <= available else least
    if sum(least) > available:
        return Widths(size, [width * available / sum(least) for width in least])
    return Widths(size, _shared(least, natural, available, [column.weight for column in columns]))


def column_parts(columns: Sequence[ColumnContent], total: float = TEXT_WIDTH) -> list[list[int]]:
    """The places of the columns that go together: all of them, or, when 小五 cannot hold them, parts as few and as even as
    can be in 五号, each behind the first column. 当月 and 当月同比, or columns of one group, are not parted."""
    least = _leasts(columns)
    if sum(least) * TABLE_SIZES[-1] <= total or len(columns) < 3:
        return [list(range(len(columns)))]
    room = total / TABLE_SIZES[1] - least[0]
    units: list[list[int]] = []
    for place in range(1, len(columns)):
        width = sum(least[at] for at in units[-1]) + least[place] if units else 0.0
        if place > 1 and _together(columns[place - 1], columns[place]) and width <= room:
            units[-1].append(place)
        else:
            units.append([place])
    widths = [sum(least[at] for at in unit) for unit in units]
    for count in range(1, len(units) + 1):
        cuts = _even_cuts(widths, count, max(room, *widths))
        if cuts:
            return [[0, *(at for unit in units[start:end] for at in unit)] for start, end in cuts]
    return [list(range(len(columns)))]


def _together(column: ColumnContent, following: ColumnContent) -> bool:
    return following.header.startswith(column.header) or (column.group != "" and column.group == following.group)


def _leasts(columns: Sequence[ColumnContent]) -> list[float]:
    return [_least(column, 4.2 if place else 6.2) + CELL_INSET for place, column in enumerate(columns)]


def _shared(least: list[float], wanted: list[float], available: float, weights: list[float]) -> list[float]:
    """Each column its least; of the rest, what it wants in proportion; of what is left then, a share by its weight."""
    wishes = [max(want - need, 0.0) for want, need in zip(wanted, least, strict=True)]
    part = min(1.0, (available - sum(least)) / sum(wishes)) if sum(wishes) else 0.0
    widths = [need + wish * part for need, wish in zip(least, wishes, strict=True)]
    left = available - sum(widths)
    return [width + left * weight / sum(weights) for width, weight in zip(widths, weights, strict=True)]


def _natural(column: ColumnContent) -> float:
    return max((text_width(line) for cell in (column.header, *column.cells) for line in cell.split("\n")), default=1.0)


def _least(column: ColumnContent, few: float) -> float:
    """Figures stay whole; words may be broken, but not the longest Latin word, and not to less than a few characters."""
    cells = [line for cell in column.cells for line in cell.split("\n")]
    header = max(_header_least(text_width(column.header)), _longest_token(column.header))
    if column.figures:
        return max([header, *(min(text_width(piece), 12) for cell in cells for piece in _BEFORE_BRACKET.split(cell))])
    body = max((max(min(text_width(cell), few), min(_longest_token(cell), 9)) for cell in cells), default=1.0)
    return max(header, body)


def _header_least(width: float) -> float:
    """A short header stays on one line, a longer one may take two or three even ones."""
    return width if width <= 4.2 else max(width / 2 + 0.5, 3.2) if width <= 8.2 else max(width / 3 + 0.5, 4.2)


def _whole_header(header: str) -> float:
    """What a header wants where there is room: one line, if it is not long."""
    return min(text_width(header), 8.2)


def header_lines(header: str, room: float) -> str:
    """A header in even lines, so that no single character is left on the last."""
    return "\n".join(title_lines(header, room)) if text_width(header) > room else header


def _longest_token(text: str) -> float:
    return max((text_width(token) for token in _TOKEN.findall(text)), default=0.0)


def breakable(text: str, width: float) -> str:
    """Text in which no Latin word is wider than `width` em: longer ones may be broken, at their punctuation first."""
    return _TOKEN.sub(lambda found: _opened(found[0], width) if text_width(found[0]) > width else found[0], text)


def _opened(token: str, width: float) -> str:
    step = max(int(width / 0.7), 1)
    parts = [part[start : start + step] for part in _BREAK_AFTER.split(token) for start in range(0, len(part), step)]
    return "\u200b".join(parts)
