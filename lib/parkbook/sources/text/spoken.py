"""What a clause without figures says for those that follow: modality, parts, a subject, a topic.

"恒睿光电项目进展顺利，"  subject 恒睿光电项目      "外资方面，"  topic 外资      "营业收入中，"  parts of 营业收入
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from parkbook.sources.text import heads, introduced, modality, names, phrases
from parkbook.sources.text.names import WHOLE, Follows
from parkbook.sources.text.parts import Parts, Whole, whole_name
from parkbook.sources.text.scope import Clause, Scope, Unheard
from parkbook.sources.text.vocabulary import unspelled

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
_ENUMERATED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]|一方面)")
_NUMBER = re.compile(r"(?:\A|\s)\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)\Z")
_MAIN = re.compile(r"(?:主要|重点)?(?:行业|产业|企业|项目|片区|区域|板块|领域)(?:当)?中\Z")
_SUCH_AS = re.compile(r"(?:分别)?(?:即|为|是)")
_TOWARDS = re.compile(r"对([^,，。]{2,10})(?:而言|来说)\Z")
_TOPIC = re.compile(r"(?:方面|(?<![规限以四])上|来看|端|一栏|情况|这一块)\Z")
_ANNOUNCES = re.compile(
    r"(?:企业|公司|单位|项目|机构|大户|平台|载体|街道|地块|园区|[名位强家])(?:名单|情况)?(?:依次|分别|主要)?(?:为|有|是|包括|如下)?\Z"
)
_COMPARED = re.compile(r"(?:比|较|同|与)[^,，。]{2,14}(?:相比|比较)")


def hear(scope: Scope, clause: Clause, words: str, plain: str, said: list[str], cut: int = 0) -> bool:
    """Takes what the words of a clause say into the scope; whether they only say what is compared with.

    `cut`: where a period was taken out of the words, or 0.
    """
    if not words.endswith("目标") or clause.closed == ":":
        modality.hear(scope, words, modality.TARGET_CLAUSE)
        scope.listed_targets = bool(scope.target) and clause.closed == ":"
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
    if WHOLE.match(name) is not None and scope.parts is None and not scope.place:
        scope.subject = scope.host = ""
    made_of = _MADE_OF.match(name) is not None and _hear_whole(scope, name, said)
    if not (made_of or _hear_heading(scope, clause, words, name, plain) or _hear_whole(scope, name, said)):
        _hear_subject(scope, clause, words, name, listed, plain, cut)
    return False


def _hear_heading(scope: Scope, clause: Clause, words: str, name: str, plain: str) -> bool:
    """恒睿光电项目。 and 恒睿光电项目: in front of figures."""
    numbered = clause.opened == ")" and _NUMBER.search(plain, max(clause.start - 5, 0), clause.start) is not None
    title = clause.closed == "。" and (clause.opened in ("", "。") or numbered) and _ENUMERATED.match(words) is None
    if not (title or (clause.closed == ":" and clause.opened in ("", "。", ";"))):
        return False
    item = numbered or _NUMBERED.search(plain, max(clause.start - 5, 0), clause.start + 4) is not None
    if not _heads(name, title) and not (title and item and _is_described(name, plain, clause.end)):
        return False
    place = names.named(name, Follows.HEADING) or name
    if title or not clause.opened:
        scope.place = place
    scope.subject = "" if title else place
    return True


_YEAR = re.compile(r"\d{4}年")
_NUMBERED = re.compile(r"(?:\A|\n)\s*\d{1,2}[.、]")
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


def _heads(name: str, title: bool) -> bool:
    """Whether a heading names one that acts: a name whose ending says what it is, or an organ; before a colon any name."""
    if title:
        if names.is_organ(name):
            return True
        known = names.is_typed(name) or (len(name) < 7 and unspelled(name)[0] == len(name))
        return known and _JOINS.search(name) is None and names.named(name, Follows.HEADING) != ""
    return names.named(name, Follows.HEADING) != "" or names.named(name, Follows.PERIOD) != ""


def headed(line: str) -> str:
    """The name that a heading in a line of its own is: 二、启航片区; empty when it is none."""
    name = heads.unnumbered(line)
    if not 2 < len(name) < 20 or len(name) == len(line.strip()) or line.rstrip().endswith((":", "：")):
        return ""
    if _YEAR.match(name) is not None:  # 五、2024年经营计划
        return ""
    return (names.named(name, Follows.HEADING) or name) if _heads(name, True) else ""


def _hear_whole(scope: Scope, name: str, said: list[str]) -> bool:
    """营业收入中，…: what follows is part of it, where it is measured or was said before."""
    within = _IN_IT.match(name) if name.endswith("中") else _MADE_OF.match(name)
    if within is None:
        return False
    said = said + [whole.base for whole in scope.wholes + scope.earlier]
    spoken = any(base and (base in within["whole"] or base.startswith(within["whole"])) for base in said)
    if not spoken and not phrases.MEASURED.search(within["whole"]):
        return False
    scope.parts = Parts((Whole(whole_name(within["whole"]), ""),), scope.subject)
    scope.parent = scope.base = scope.measure = within["whole"]
    return True


def _hear_subject(scope: Scope, clause: Clause, words: str, name: str, listed: bool, plain: str, cut: int) -> None:
    """The name that a clause is or begins with, and its topic; `listed`: whether it stands among parts."""
    of = _SUCH_AS.match(name)
    if of is not None and names.named(name[of.end() :], Follows.DOING, True):
        scope.subject = name[of.end() :]
        return
    subject, phrase = phrases.split_head(words)
    follows = (plain, clause.end) if clause.closed != "(" else None
    scope.said = Unheard(
        partial(_named_in, words, subject, phrase, listed, name, follows, cut, clause.opened in _BEGINS), scope.said
    )
    towards = _TOWARDS.match(name) if name.endswith(("而言", "来说")) else None
    if towards is not None:
        scope.region = towards[1]
    elif clause.closed in (",", "，", ":", "(", ")"):
        _hear_topic(scope, phrase)


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
        about = names.named(heads.unnumbered(words[:cut]), Follows.PERIOD)
    if about:
        return about
    named = names.named(subject, Follows.DOING) or names.named(heads.unnumbered(phrase), Follows.HEADING)
    if named and not names.is_typed(named) and unspelled(named)[0] < len(named):
        named = ""
    heard = heads.split(words if named else words[:30], 0, listed, "", first)
    if named:
        return heard.name if heard.doing and heard.name and named.startswith(heard.name) else named
    return heard.name if heard.rest else ""


def _hear_topic(scope: Scope, phrase: str) -> None:
    """工业投资逆势增长，… / 外资方面，… / 大市外内资，全年任务为…"""
    changing = phrases.CHANGING.search(phrase, 2)
    mark = _TOPIC.search(phrase)
    topic = phrase[: changing.start()] if changing is not None else phrase if mark is None else phrase[: mark.start()]
    if not 2 <= len(topic) <= 18 or (mark is None and changing is None and scope.base):
        return
    if mark is not None or phrases.MEASURED.search(topic) is not None:
        scope.topic = scope.base = scope.measure = topic
