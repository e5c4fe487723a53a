"""Numbers printed in unusual ways: what they look like, and what they say.

总投资1亿2000万元          1.2 亿元: one amount in two units
营收12，345.6亿元          12345.6 亿元: the comma of thousands in full width
营收1,2345万元, 3 0家      12345 万元, 30 家, both doubtful: never the tail of a number alone
走访三四十家               30 to 40
注册资本港币3000万元       3000 万港元: the currency before the number
税收同比↓2.1%             read as 同比降2.1%

The patterns are those of rules of the lexicon; all see half-width text. What is doubtful says why, in Chinese.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

ODD, PERCENTS = "写法特殊的数", "百分之几到几"
"""The rules of the lexicon whose numbers are read here."""

# ---------------------------------------------------------------- arrows and signs
_ARROW, _UP, _DOWN = re.compile("[↑↓▲▼⬆⬇]"), re.compile(r"[↑▲⬆](?=\s?\d)"), re.compile(r"[↓▼⬇](?=\s?\d)")
_ABROAD = re.compile(r"[yYqQ](?:(?<=[yY])[oO][yY]|[oO][qQ])(?=[\s:]?[+增降-]?\d)")
_AFTER_GROWTH = re.compile(r"\+(?:(?<=[长加减滑幅速率]\+)|(?<=[长加减滑幅速率][:为达是]\+))(?=\d)")
_PLUS = re.compile(
    r"\+(?:(?:(?<=[同环]比\+)|(?<=比[ :(]\+))(?=\d)"
    r"|(?<=[(,，、;；:\s一-龥]\+)(?=\d{1,4}(?:\.\d+)?\s?(?:%|个百分点)(?:[,，、。;；()\s]|$)))"
)


def arrows_as_words(plain: str) -> str:
    """↓2.1%, +3.2% with the sign as a verb of one character, so that positions stay: 降2.1%, 增3.2%."""
    if _ARROW.search(plain) is not None:
        plain = _DOWN.sub("降", _UP.sub("增", plain))
    if _ABROAD.search(plain) is not None:
        plain = _ABROAD.sub(lambda found: " 同比" if found[0] in ("yoy", "YoY", "YOY") else " 环比", plain)
    return _PLUS.sub("增", _AFTER_GROWTH.sub(" ", plain)) if "+" in plain else plain


# ---------------------------------------------------------------- one amount in several units
_SIZE = r"(?:万亿|[千百十]?[亿万]|[千百])"
BEHIND = r"(?=[,，。;、)(\s以的左和]|$)"
"""What may stand behind a power of ten without a measure."""


_SEVERAL = (
    rf"(?P<parts>\d{{1,15}}(?:,\d{{3}}){{0,4}}(?:\.\d+)?(?P<first>{_SIZE})[零〇]?\d+(?:\.\d+)?(?:{_SIZE}[零〇]?\d+(?:\.\d+)?){{0,2}})"
    r"(?P<more>[千百](?=[余多][万亿]))?"
)
"""1亿2000万元, 3万5千人, 12亿零500万元, 5亿3千多万元, up to the power of ten of the unit."""
_PART = re.compile(rf"(\d+(?:\.\d+)?)({_SIZE})?")
_POWERS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11}
_POWERS |= {"万亿": 12, "": 0}
NOT_SMALLER = "相连的两个数量级不是由大到小，按相加读入，请核对原文"
SPACED = "数字之间有空格，按一个数读入，请核对原文"
GROUPED = "分节符不合每三位一节的写法，按去掉分节符的数读入，请核对原文"
ONE_OR_TWO = "全角逗号可能是分节符，也可能隔开两个数，按一个数读入，请核对原文"
POINTED = "数的写法不常见（小数点前没有数字，或以间隔号作小数点），请核对原文"
HYPHENED = "负数之后的连接号可能是负号，区间的上限请核对原文"


class Read(NamedTuple):
    """A number as it is read, and why it is doubtful."""

    value: Decimal
    doubt: str = ""


def sum_of_parts(parts: str, first: str, last: int) -> Read:
    """3亿5 in 亿 with `last`, the power of ten of the 5, 7: 3.5; doubtful when a part is not smaller than one of the power before it."""
    total, limit, doubt = Decimal(0), None, ""
    found = _PART.findall(re.sub("[零〇,]", "", parts))
    for number, (digits, size) in enumerate(found):
        value = Decimal(digits).scaleb(_POWERS[size] if number + 1 < len(found) else last)
        if "." in digits or (limit is not None and value >= limit):
            doubt = NOT_SMALLER
        total += value
        limit = Decimal(1).scaleb(_POWERS[size])
    return Read(total.scaleb(-_POWERS[first]), doubt)


def power_of(size: str | None) -> int:
    return _POWERS[size or ""]


WITHOUT_SIZE = re.compile(_SIZE)

# ---------------------------------------------------------------- digits with signs between them
_GROUPS = r"\d{1,3}(?:[,，'’‘]\d{3}){1,6}(?![\d,，'’‘])"
_ODD_GROUPS = (
    r"\d{1,3}(?:,\d{2,3}){0,5},\d{3}(?![\d,])|\d{1,3}(?:,\d{3}){1,5}(?:,\d{1,2}|\d{1,9})(?![\d,])"
    r"|\d{1,9},\d{1,9}(?![\d,])|\d{1,3}(?:\.\d{3}){2,5}(?![\d.])"
)
_SPACED = r"(?!(?:19|20)\d\d )\d{1,9} \d{1,9}(?:(?<= \d) \d){0,12}(?! ?\d)"
_SEPARATED = (
    rf"(?:(?P<groups>{_GROUPS})|(?P<odd>{_ODD_GROUPS})|(?P<spaced>{_SPACED})|(?P<dotted>\d{{1,9}}(?=[·•]\d)))"
    r"(?P<rest>\s?[.·•]\s?\d{1,9})?"
)
_LEADING_POINT = r"(?<![\d.A-Za-z)])(?P<point>\.\d{1,9})"
POINTS = r"\d+(?:\.\d+){2,9}(?![.\d])"


def odd(unit: str, magnitude: str) -> str:
    """A number of any of these kinds with its unit."""
    return rf"(?:{_SEVERAL}|{_SEPARATED}|{_LEADING_POINT})(?P<inf>余|多)?\s?(?P<unit>{unit}|{magnitude}{BEHIND})"


IN_A_LIST = r"(?:分别|依次|各)[^。;；]{0,12}|[前第\d][\s,]?"
"""3,5,8家 behind 分别 are three things."""
OF_A_PICTURE = r"(?:(?<=[表图])|(?<=[表图] ))\d{1,3}(?:[-.]\d{1,3}){0,2}(?=[\s:,，。、)]|$)"
NO_PICTURE = r"(?:[代发列报年]表|[试地意企]图)\s?"
NUMBERED = r"(?:(?<![代发列报年])表|(?<![试地意企])图|附件|图表|专栏|序号|编号|第|No\.?)\s?"
_TWO_THINGS = re.compile(r"(?:[长加降滑跌升减幅速]|指数|得分|容积率)(?:了|为|达|至|到)*\Z")
_MONEY = re.compile(r"[元%吨亩]|平方|千瓦|标准煤")


def separated(groups: dict[str, str | None], before: str, unit: str) -> Read:
    """12，345.6; doubtful when the groups are not of three digits, or may be two things (增长12，345家)."""
    words = groups["groups"] or groups["odd"] or groups["spaced"] or groups["dotted"] or "0"
    rest = "".join((groups["rest"] or "").split()).replace("·", ".").replace("•", ".")
    value = Decimal(re.sub(r"[^\d]", "", words) + rest)
    if groups["spaced"]:
        return Read(value, SPACED)
    if groups["dotted"]:
        return Read(value, POINTED)
    if groups["odd"]:
        return Read(value, GROUPED)
    once = words.count("，") == 1 and len(words) < 8
    sure = not once or ((bool(rest) or _MONEY.search(unit) is not None) and _TWO_THINGS.search(before) is None)
    return Read(value, "" if sure else ONE_OR_TWO)


# ---------------------------------------------------------------- Chinese numerals
_DIGIT = "〇零一二三四五六七八九"
_UP_TO = "[〇零一二两三四五六七八九十百千]"
CHINESE_POINT = (
    rf"(?<![{_DIGIT}两十百千万亿点午晨晚日间上])(?:{_UP_TO}|[万亿]){{1,12}}点[{_DIGIT}]{{1,6}}"
    r"(?=[余多]?(?:[万亿倍亩元吨米%]|公[里顷]|平方|立方|个?百分点|千瓦|美元))"
)
CHINESE_LONG = rf"(?<![{_DIGIT}两十百千万亿])(?:{_UP_TO}{{1,9}}亿{_UP_TO}{{1,9}}万{_UP_TO}{{0,9}}|{_UP_TO}{{1,9}}[亿万]{_UP_TO}{{2,9}}|一亿)"
"""一亿两千万, 三百二十五亿六千万, 三万五千: more than one power of ten thousand, or digits behind one."""
_PAIRS = "一二|二三|两三|三四|三五|四五|五六|六七|七八|八九"
PAIR = rf"(?<![{_DIGIT}两十百千万亿])(?P<lead>[二三四五六七八九]?十)?(?P<pair>{_PAIRS})(?P<power>[十百千])?"
"""三四十, 五六百, 十五六, 七八: from one to the other."""
_TO = "(?:——|[到至~—–-])"
_TENTH = "[一两二三四五六七八九]"
TENTHS = (
    rf"(?:(?<![由从])(?P<low>{_TENTH})(?:成?{_TO})?(?={_TENTH}成))?(?P<tenths>{_TENTH})成"
    rf"(?:(?P<half>[一二三四五六七八九半])?(?P<inf>多)?(?![为立效果功员本长就都熟品型交分套份群绩])"
    rf"|(?<=[近超逾过约占有]{_TENTH}成)(?=为(?!功)|员工|本科))"
)
"""七成五, 三到五成; 近五成为, where a word of measure says that it is no 成为."""
FOREIGN = "美元|欧元|港元|日元|英镑"
OF_PAIRS = "(?:个?百分点|个(?!月|小时|工作))"
OF_DECIMALS = "(?:(?:万亿|亿|万)?(?:公顷|立方米|米|千瓦时?|%|台|套|个(?!百分))|个?百分点)"
"""Measures of pairs and of decimals, besides those of all numerals."""


def percents(chinese: str) -> str:
    """百分之五到百分之八."""
    number = rf"(?:{chinese}(?:点[{_DIGIT}]+)?|\d+(?:\.\d+)?)"
    return rf"百分之(?P<low>{number}){_TO}(?:百分之)?(?P<high>{number})"


def percent_of(words: str) -> Decimal:
    """三点二, 十, 5.6."""
    return Decimal(words) if words[0].isdecimal() else chinese_number(words)


# ---------------------------------------------------------------- the numbers of numerals
_VALUES = {character: index for index, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 1, "百": 2, "千": 3}


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> Decimal:
    """三十八, 一百二十, 三千万, 一亿两千万, 一点五, 二〇二三; the digits of a string without powers stand side by side."""
    whole, _, decimals = text.partition("点")
    if decimals:
        return chinese_number(whole) + Decimal("0." + "".join(str(_VALUES[character]) for character in decimals))
    if not any(character in "十百千万亿" for character in text):
        return Decimal("".join(str(_VALUES[character]) for character in text) or 0)
    hundred_millions = ten_thousands = section = digit = 0
    for character in text:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _TENS:
            section += (digit or 1) * 10 ** _TENS[character]
            digit = 0
        elif character == "万":
            ten_thousands = (ten_thousands + section + digit or 1) * 10**4
            section = digit = 0
        else:
            hundred_millions = (hundred_millions + ten_thousands + section + digit or 1) * 10**8
            ten_thousands = section = digit = 0
    return Decimal(hundred_millions + ten_thousands + section + digit)


def in_largest(text: str) -> tuple[Decimal, str]:
    """一亿两千万 as 1.2 and 亿."""
    largest = "亿" if "亿" in text else "万"
    return chinese_number(text).scaleb(-_POWERS[largest]), largest


def between(lead: str | None, pair: str, power: str | None) -> tuple[Decimal, Decimal]:
    """三四十: 30 and 40; 十五六: 15 and 16."""
    low, high = (chinese_number((lead or "") + digit + (power or "")) for digit in pair)
    return low, high


# ---------------------------------------------------------------- currencies before the number
CURRENCIES = {
    "港币": "港元",
    "港元": "港元",
    "港纸": "港元",
    "美元": "美元",
    "美金": "美元",
    "欧元": "欧元",
    "英镑": "英镑",
    "日元": "日元",
    "日币": "日元",
    "新加坡元": "新加坡元",
    "新币": "新加坡元",
    "新元": "新加坡元",
    "新台币": "新台币",
    "澳元": "澳元",
    "澳币": "澳元",
    "澳门元": "澳门元",
    "澳门币": "澳门元",
    "加元": "加元",
    "加币": "加元",
    "瑞士法郎": "瑞士法郎",
    "瑞郎": "瑞士法郎",
    "卢布": "卢布",
    "韩元": "韩元",
    "韩币": "韩元",
    "泰铢": "泰铢",
    "人民币": "元",
    "USD": "美元",
    "US$": "美元",
    "HKD": "港元",
    "HK$": "港元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "SGD": "新加坡元",
    "RMB": "元",
    "CNY": "元",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
    "¥": "元",
    "￥": "元",
}
_NAMES = tuple(CURRENCIES)
_SAID = " 约超过逾近"
CURRENCY_ENDS = frozenset(name[-1] for name in CURRENCIES) | frozenset(_SAID)
"""The last character of all words that may end with a currency."""


def currency_before(words: str) -> str:
    """The unit that words before a number end with (港币约, USD); empty when there is none."""
    words = words.rstrip(_SAID)
    if not words.endswith(_NAMES):
        return ""
    return CURRENCIES[max((name for name in _NAMES if words.endswith(name)), key=len)]


# ---------------------------------------------------------------- letters before a number
_SHORT = "R&D|GDP|GNP|PCT|FDI|IPO|GMV|COD|BOD|PUE|PMI|DAU|MAU|EPC|CPI|PPI|SCI|LED|LCD|OLED|APP|USD|US|HKD|HK|EUR|GBP|JPY|SGD|RMB|CNY"
_FORMULAS = "(?:PM|CO|SO|NO|CH|NH|TOP|Top|top)(?=\\d)"


def letters_before() -> str:
    """GDP350亿元, PCT120件, LED500万套: letters that end where a figure begins; GB50016, A320, MT700 go on."""
    digits = r"(?=\$?\d[\d,]*(?:\.\d+)?\s?[余多]?"
    counted = "[件家人项个套台篇次宗笔户亩吨]|万|亿|元|%|毫克|mg"
    return (
        rf"(?:{_SHORT}){digits}(?:{counted}))"
        rf"|(?!{_FORMULAS})[A-Za-z]{{2,12}}(?:[&/-][A-Za-z]{{1,8}})?{digits}(?:[百千]?[万亿](?=[元美件家人项个套台篇次户亩吨平千兆只片块辆])|元|%|个百分点))"
    )
