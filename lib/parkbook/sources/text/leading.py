"""What stands before a time and leaves it to the whole sentence, and what goes on with a date.

受需求下行影响，|3月份产值…；税收…      the circumstances name nobody: taxes are of March too
年末|企业90家，高新技术企业30家        so many there are on a date, both
"""

from __future__ import annotations

import re

_CIRCUMSTANCES = re.compile(
    r"(?:受(?!理|训|让|益企)|面[对临]|在[^,，]{2,24}[下中里]|随着|尽管|虽然?|由于|因(?!地)|按照?|依据|根据|鉴于|得益于|总[体的]来?[看说]"
    r"|(?P<aspect>[从分][^,，]{1,8}看|[^,，]{2,8}方面))[^,，。;；\n]{0,30}[,，]\Z"
)
"""What stands before the time that a sentence is of, and names nobody whose the time is; behind an `aspect` only the sentence is."""
_STOCK = re.compile(r"(?:企业|人员|员工|职工|用工|人口|居民|余额)(?:总[数量]|约|达|共|有)*\Z")
_MOVES = re.compile(r"(?<!高)新|净|引|签|招|增|认定|培育|申报|获|服务|走访|惠及|入库|孵化|培训|检查|支持|帮|评|处罚")


def led_in(plain: str, start: int, end: int) -> re.Match[str] | None:
    """受需求下行影响，3月份产值…: the sentence before `end` in a line from `start`, where it only says under which circumstances."""
    return _CIRCUMSTANCES.match(plain, max(start, plain.rfind("。", start, end) + 1), end)


def is_stock(own: str) -> bool:
    """年末在园企业90家，高新技术企业30家: of the date too, for so many there are, and nothing was done."""
    return _STOCK.search(own) is not None and _MOVES.search(own) is None
