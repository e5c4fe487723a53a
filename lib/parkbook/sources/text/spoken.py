"""What a clause without figures says for those that follow: modality, parts, a subject, a topic.

"恒睿光电项目进展顺利，"  subject 恒睿光电项目      "外资方面，"  topic 外资      "营业收入中，"  parts of 营业收入
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from parkbook.sources.text import aims, heads, introduced, modality, names, phrases
from parkbook.sources.text.kinds import THINGS
from parkbook.sources.text.names import WHOLE, WHOLE_BEGINS, Follows
from parkbook.sources.text.parts import Parts, Whole, named_wholes, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Clause, Scope, Unheard
from parkbook.sources.text.vocabulary import unspelled

_BUILT = ("项目", "工程")
_JOINING = (
    "同时",
    "其中",
    "此外",
    "另外",
    "然而",
    "不过",
    "目前",
    "日前",
    "近日",
    "截至目前",
    "同样",
    "例如",
    "比如",
    "反之",
    "相反",
    "以来",
    "反观",
)
_OF_KINDS = frozenset("看面上中分业域品种态式块")
_WITH = ("与", "同", "跟", "联合")
"""与恒睿光电合作，盘活厂房: with whom something was done."""
_BEGINS = ("", "。", "；", ";")
"""Signs behind which a sentence or an item begins."""
_JOINS = re.compile(r"[^与和及、][与及、]|[^与和及、]{2}和[^与和及、]{2}")
_IN_IT = re.compile(r"(?:在)?(?P<whole>[^,，。;；]{2,14}?)(?:当)?中\Z")
_MADE_OF = re.compile(
    r"(?P<whole>[^,，。;；由]{2,14}?)(?:主要)?(?:由[^,，。;；]{0,12}?(?:构成|组成)|(?:分为|分成)[^,，。;；]{0,8}[块类部级])\Z"
)
_ENDS_WHOLE = ("中", "成", "块", "类", "部", "级")
"""How all ends that either finds."""
_ENUMERATED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}(?:是|[看抓盯保促强稳要][一-龥])|第[一二三四五六七八九十]|一方面)"
)
_NUMBER = re.compile(r"(?:\A|\s)\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)\Z")
_MAIN = re.compile(r"(?:主要|重点)?(?:行业|产业|企业|项目|片区|区域|板块|领域)(?:当)?中\Z")
_SUCH_AS = re.compile(r"(?:其次|最[高低大多好快慢]的?|分别)?(?:即|为|是)")
_TOWARDS = re.compile(r"对([^,，。]{2,10})(?:而言|来说)\Z")
_ITEM_TITLE = 20
_TOPIC = re.compile(r"(?:方面|(?<![规限以四])上|来看|端|一栏|情况|这一块)\Z")
_ANNOUNCES = re.compile(
    r"(?:企业|公司|单位|项目|机构|大户|平台|载体|街道|地块|园区|[名位强家])(?:名单|情况)?(?:依次|分别|主要)?(?:为|有|是|包括|如下)?\Z"
)
_SPANS = ("年来", "年间")
"""五年来，: growth is on the year in which they began."""
_COMPARED = re.compile(r"(?:比|较|同|与)[^,，。]{2,14}(?:相比|比较)")


def joins(plain: str, start: int) -> bool:
    """与此同时，恒睿…: whether a clause begins behind words that only join sentences."""
    return plain.endswith(_JOINING, start - 6 if start > 6 else 0, start - 1)


def hear(scope: Scope, clause: Clause, words: str, plain: str, before: list[Reading], cut: int = 0) -> bool:
    """Takes what the words of a clause say into the scope; whether they only say what is compared with.

    `before`: all figures so far; `cut`: where a period was taken out of the words, or 0.
    """
    if not words.endswith(("目标", "任务", "指标")) or clause.closed == ":":
        modality.hear(scope, words, modality.TARGET_CLAUSE)
        scope.listed_targets = bool(scope.target) and clause.closed == ":"
    aims.hear(scope, words, clause, True)
    listed = scope.parts is not None
    if words[1:2] == "是":
        scope.begin_item(words)
    name = heads.unnumbered(words)
    if clause.closed == ":" and not scope.announced:
        scope.announced = _ANNOUNCES.search(name) is not None
    if words[-1:] in _OF_KINDS and heads.by_kind(words.lstrip()):
        scope.by_kind = True
    if heads.opens(words) or (name.endswith("中") and _MAIN.match(name)):
        scope.open_parts()
        if clause.closed == ":" and scope.parts is not None:
            scope.parts = replace(scope.parts, colon=True)
    compared = (
        _COMPARED.search(plain, clause.start, clause.end) if plain.find("比", clause.start, clause.end) >= 0 else None
    )
    if compared is not None:
        scope.comparison = compared[0]
        return True
    if clause.end - clause.start < 8 and plain.endswith(_SPANS, clause.start, clause.end):
        scope.comparison = plain[clause.start : clause.end]
    if scope.parts is None and name[:1] in WHOLE_BEGINS and WHOLE.match(name) is not None:
        if scope.place.endswith(_BUILT) and clause.opened in ("", "。"):  # 下一步，园区将倒排工期
            scope.place = ""
        if not scope.place:
            scope.subject = scope.host = ""
    whole = name.endswith(_ENDS_WHOLE)
    made_of = whole and _MADE_OF.match(name) is not None and _hear_whole(scope, name, before)
    if not (
        made_of or _hear_heading(scope, clause, words, name, plain) or (whole and _hear_whole(scope, name, before))
    ):
        _hear_subject(scope, clause, words, name, listed, plain, cut)
    return False


def _hear_heading(scope: Scope, clause: Clause, words: str, name: str, plain: str) -> bool:
    """恒睿光电项目。 and 恒睿光电项目: in front of figures."""
    numbered = clause.opened == ")" and _NUMBER.search(plain, max(clause.start - 5, 0), clause.start) is not None
    title = clause.closed == "。" and (clause.opened in ("", "。") or numbered) and _ENUMERATED.match(words) is None
    if not (title or (clause.closed == ":" and (clause.opened in ("", "。", ";") or numbered))):
        return False
    item = numbered or _NUMBERED.search(plain, max(clause.start - 5, 0), clause.start + 6) is not None
    if title and (item or name.startswith("“")):
        whom = _EVENT.sub("", name).strip("“”")
        name = whom if names.is_typed(whom) and unspelled(whom)[1] > 1 else name
    strange = item and not title and _is_strange(name)
    if not (_heads(name, title) or strange or (title and item and _is_described(name, plain, clause.end))):
        return False
    place = _placed(name)
    if title or not clause.opened:
        scope.place = place
    scope.subject = "" if title else place
    return True


_YEAR = re.compile(r"\d{4}年")
_NUMBERED = re.compile(r"(?:\A|\n)\s*(?:\d{1,2}[.、]|[(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)])")
_DESCRIBES = re.compile(
    r"。(?:项目|该|企业|公司)?(?:计划|位于|由)?(?:总投资|投资|占地|用地|建设|规划|年产|注册|主营|员工|实控)"
)


def _is_described(name: str, plain: str, end: int) -> bool:
    """1.金蟒再生铜。总投资23亿元: an item whose next sentence says what projects and firms have."""
    return (
        2 < len(name) < 16
        and unspelled(name)[1] > 1
        and names.could_be(name)
        and _DESCRIBES.match(plain, end) is not None
    )


_EVENT = re.compile(r"(?:整体|异地)?(?:搬迁|迁建|扩产|扩建|技改|复产|重整|改制|停产|增资)\Z")
"""润禾农化搬迁。 what befalls the one that is spoken of."""
_OFFICE = re.compile(
    r"[一-龥]{2,14}(?<![格布结开大变全时破当])(?<!(?<!创)新)局|建设(?:与|和)?[一-龥]{0,8}(?:局|办|处)|(?!做|培|壮|组|引|打|推|国资国企)[一-龥]{2,10}(?:投资|建设|发展|运营|开发|国资|国有)[一-龥]{0,4}集团|[一-龥]{2,10}(?:工作|管理|信息化|规划|建设|综合|财务|人事|谋划|服务|合作|投资|产业|企业|项目)科"
)
"""建设与生态环境局, 国有投资集团: as a heading of its own."""
_FACILITY = re.compile(
    r"(?!特色|重点|各|主要|功能|专业|公共|新|在|抓|做|建|打|推|加|用|管)[一-龥]{1,9}(?:中心站|[公铁空水陆]港|公路港|口岸|机场|码头|物流中心)(?:\([A-Z一-龥]{1,4}\))?"
)
"""铁路集装箱中心站, 保税物流中心（B型）: of which a park has one."""
_NO_NAME = re.compile(r"\d{4}年|(?:[格布结开大变全时破当]|(?<!创)新)局\Z|\A“?十[一二三四五]五")
_WORTH = re.compile(r"(?:计划|协议)?(?:总投资|投资)?(?:额|约)?\d[\d.]*[亿万]元的")
_QUOTED = re.compile(
    r"[“\"](?!十[一二三四五]五)[^“”\"]{2,12}[”\"][一-龥A-Za-z\d]{0,8}?(?:产线|生产线|中试线|项目|基地|中心|平台|工厂|厂|园区?|谷|小镇|社区|街区|大厦|班列|专线|快线|实验室)"
)
_OF_FIRM = re.compile(r"[^,，。;]{4,20}公司[^,，。;]{2,22}(?:项目|基地|工程|产线|生产线|工厂|产业园)")
"""恒睿资源科技有限公司退役电池综合利用项目."""
_TOPICS = ("工程", "行动", "计划", "平台", "项目")
_PHASE_IN_BRACKETS = re.compile(r"(?<=[一-龥]{3})\([^()]{0,12}(?:期|项目|工程|基地|扩产|迁建)\)\Z")
_LINE = re.compile(r"(?:中试线|产线|生产线)\Z")
_TOPIC_PLAN = re.compile(
    r"(?:[下后]一?[步段]|工作|经营|发展|今后|近期|年度|全年|[上下]半年|建设|投资|招商|未来|主要|重点|阶段|总体|行动|实施|推进|利润|预算|的|和|与|及|、)+(?:计划|打算|安排|目标|平台|项目|工程)"
)
_CASE = re.compile(r"\s*(?:典型|企业|项目|成功)?(?:案例|样本|镜头|个案|故事)[一二三四五六七八九十\d]{0,3}\s*[:：]\s*")
_DESCRIBED = re.compile(
    r"\((?:与|由|位于|占|牵头|负责|即|含|原|共|总|规划|责任|协)[^()]*\)\Z|\([^()]*(?:共建|牵头|负责|建设|投资)\)\Z"
)


_LATIN = re.compile(r"[A-Za-z][A-Za-z\d]+[一-龥]{2,8}")
_CAPACITY = re.compile(
    r"[一-龥A-Za-z“”()]{2,16}?(?:年产|日产|年处理|日处理|年加工|年制)?\d[\d.]{0,6}[万亿]?(?:千瓦时?|[吨台套件辆只片米吉兆]瓦?时?|[GM]Wh?|平方米|立方米)/?[年日]?[一-龥A-Za-z\d()]{2,20}?(?:项目|工程|基地|产线|工厂)(?:[一二三四]期)?"
)
"""宏远年产20万吨再生铝项目."""
_MAKES = re.compile(r"年产|日产|年处理|日处理|年加工|年制|\d")
_CAPACITY_HEAD = re.compile(
    rf"\s*(?:[一二三四五六七八九十]{{1,3}}、|[(][一二三四五六七八九十\d]{{1,3}}[)]|\d{{1,2}}[.、])?\s*(?P<name>{_CAPACITY.pattern})[。:：]"
)


def headed_with_capacity(plain: str, start: int, end: int) -> str:
    """宏远年产20万吨再生铝项目。 at the beginning of a paragraph: a name with a figure in it."""
    found = _CAPACITY_HEAD.match(plain, start, end)
    return found["name"] if found is not None and _is_of_capacity(found["name"]) else ""


def _is_of_capacity(name: str) -> bool:
    """Whether what stands before the capacity is a name, or nothing does: 年产5万吨铜箔项目, not 推进30万平方米厂房工程."""
    front = _MAKES.split(name, maxsplit=1)[0]
    return not front or (unspelled(front)[1] > 1 and names.could_be(front))


def _is_strange(name: str) -> bool:
    """易丰数娱, KOMO科沐户外: no common word, in front of the colon of a numbered item."""
    if _LATIN.fullmatch(name) is not None:
        return True
    return 3 < len(name) < 15 and unspelled(name)[1] > 1 and names.could_be(name) and _JOINS.search(name) is None


def _heads(name: str, title: bool) -> bool:
    """Whether a heading names one that acts: a name whose ending says what it is, or an organ; before a colon any name."""
    if title:
        if _NO_NAME.search(name) is not None:
            return False
        if _CAPACITY.fullmatch(name) is not None:
            return _is_of_capacity(name)
        if _FACILITY.fullmatch(name) is not None:
            return True
        if names.is_organ(name) or _OFFICE.fullmatch(name) is not None or _QUOTED.fullmatch(name) is not None:
            return True
        if _TOPIC_PLAN.fullmatch(name) is not None:
            return False
        if _OF_FIRM.fullmatch(name) is not None:
            return True
        if not unspelled(name)[0] and (name.endswith(_TOPICS) or not THINGS.of(name)):
            return False
        if _LINE.search(name) is not None and unspelled(name)[1] > 1:
            return names.could_be(name)
        known = names.is_typed(name) or (len(name) < 7 and unspelled(name)[0] == len(name))
        alone = _JOINS.search(name) is None or (unspelled(name)[1] > 1 and len(_JOINT.findall(name)) == 1)
        return known and alone and names.named(name, Follows.HEADING) != ""
    return bool(names.named(name, Follows.HEADING) or names.named(name, Follows.PERIOD)) or names.is_organ(name)


_JOINT = re.compile("[与和及、]")


def headed(line: str) -> str:
    """The name that a heading in a line of its own is: 二、启航片区; empty when it is none."""
    case = _CASE.match(line)
    name = _DESCRIBED.sub("", line[case.end() :].strip() if case is not None else heads.unnumbered(line))
    name = _PHASE_IN_BRACKETS.sub("", name) if name.endswith(")") else name
    name = _WORTH.sub("", name.rstrip("。 "), count=1)
    if not 2 < len(name) < 36 or len(name) == len(line.strip()) or line.rstrip().endswith((":", "：")):
        return ""
    if _YEAR.match(name) is not None:  # 五、2024年经营计划
        return ""
    if case is not None and len(name) < 8 and names.could_be(name) and _JOINS.search(name) is None:
        return name
    return _placed(name) if _heads(name, True) else ""


def _placed(name: str) -> str:
    """The name that a heading is of; a line with a name of its own is no part of a firm."""
    whole = _QUOTED.fullmatch(name) or _LINE.search(name) or _OF_FIRM.fullmatch(name)
    return name if whole else names.named(name, Follows.HEADING) or name


_PART_OF_PLACE = re.compile(
    r"(?:项目)?[一二三四五]期(?:工程|项目)?|(?:[A-Z\d一二三四]{1,2}|[东南西北中])(?:区|地块|标段|组团)|(?:[\d一二三四]{1,2}号)?[一-龥]{0,5}(?:车间|装置|机组|产线|生产线|储罐区?|厂房|仓库|号库|洁净室|设备|土建|桩基)"
    r"(?:设备)?(?:安装|施工|建设|改造)?|[一-龥]{0,4}某[一-龥]{1,4}"
)


def is_part_of_place(subject: str) -> bool:
    """A区, 洁净室, 2号车间设备: a part of the project or park that a heading names."""
    return _PART_OF_PLACE.fullmatch(subject) is not None


def _hear_whole(scope: Scope, name: str, before: list[Reading]) -> bool:
    """营业收入中，…: what follows is part of it, where it is measured or was said before."""
    within = _IN_IT.match(name) if name.endswith("中") else _MADE_OF.match(name)
    if within is None:
        return False
    said = [reading.base for reading in before[-8:]]
    said += [whole.base for whole in named_wholes(scope.stated + scope.earlier)]
    spoken = any(base and (base in within["whole"] or base.startswith(within["whole"])) for base in said)
    if not spoken and not phrases.MEASURED.search(within["whole"]):
        return False
    scope.parts = Parts((Whole(whole_name(within["whole"]), ""),), scope.subject)
    scope.parent = scope.base = scope.measure = within["whole"]
    return True


def _hear_subject(scope: Scope, clause: Clause, words: str, name: str, listed: bool, plain: str, cut: int) -> None:
    """The name that a clause is or begins with, and its topic; `listed`: whether it stands among parts."""
    if name.startswith("由") and name.endswith(introduced.BUILDS):  # 由恒睿集团投资建设，总投资…: of what is built
        return
    of = _SUCH_AS.match(name)
    if of is not None and names.named(name[of.end() :], Follows.DOING, True):
        scope.subject = name[of.end() :]
        return
    if "业" in name or "领域" in name or "板块" in name:
        sector = _SECTOR.fullmatch(name)
        scope.sector = sector["of"] if sector is not None else scope.sector
    subject, phrase = phrases.split_head(words)
    follows = (plain, clause.end) if clause.closed != "(" else None
    first = clause.opened in _BEGINS or joins(plain, clause.start)
    scope.said = Unheard(partial(_named_in, words, subject, phrase, listed, name, follows, cut, first), scope.said)
    towards = _TOWARDS.match(name) if name.endswith(("而言", "来说")) else None
    if towards is not None:
        scope.region = towards[1]
    elif clause.closed in (",", "，", ":", "(", ")") or _is_item_title(clause):
        _hear_topic(scope, phrase)


def _is_item_title(clause: Clause) -> bool:
    """1.营业收入。1-6月完成…: the first words of a line, closed like a sentence."""
    return clause.closed == "。" and clause.opened in ("", "\n") and clause.end - clause.start <= _ITEM_TITLE


def _named_in(
    words: str,
    subject: str,
    phrase: str,
    listed: bool,
    name: str,
    follows: tuple[str, int] | None,
    cut: int,
    first: bool,
) -> str:
    """The name of a clause: whom it introduces, before its verb, all of its phrase, or what its words begin with."""
    if words.lstrip("，, ").startswith(_WITH) and "的" not in words:
        return ""
    about = introduced.about(name, *follows) if follows is not None else ""
    if cut > 2 and not about:
        about = heads.before_period(words[:cut])
    if about:
        return about
    named = names.named(subject, Follows.DOING) or names.named(heads.unnumbered(phrase), Follows.HEADING)
    if named and not names.is_typed(named) and unspelled(named)[0] < len(named):
        named = ""
    heard = heads.split(words if named else words[:30], 0, listed, "", first)
    if named:
        return heard.name if heard.doing and heard.name and named.startswith(heard.name) else named
    return heard.name if heard.rest or heard.doing else ""


_SECTOR = re.compile(
    r"(?P<of>[一-龥、]{2,10}?(?:产业|制造业|加工业|物流业|服务业|行业|领域|板块|集群))(?:进一步|正在|继续|恢复|增势|发展|加快|提速|回升|回暖|向好"
    r"|由|保持|持续|稳步|平稳|快速|逆势|呈|较快|高速|势头|态势|运行|表现|趋于|趋缓|在|增长|下滑|回落|明显|有所|受|较|仍|全面|逐步|依旧)[^,，。;]*"
)
"""电子信息产业增势较强，…: the course of a line of business is told, and what is measured next is its."""


def _hear_topic(scope: Scope, phrase: str) -> None:
    """工业投资逆势增长，… / 外资方面，… / 大市外内资，全年任务为…"""
    changing = phrases.CHANGING.search(phrase, 2)
    mark = _TOPIC.search(phrase)
    topic = phrase[: changing.start()] if changing is not None else phrase if mark is None else phrase[: mark.start()]
    if not 2 <= len(topic) <= 18 or (mark is None and changing is None and scope.base):
        return
    if mark is not None or phrases.MEASURED.search(topic) is not None:
        scope.topic = scope.base = scope.measure = topic
