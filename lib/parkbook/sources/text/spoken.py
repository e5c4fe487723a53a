"""What a clause without figures says for those that follow: modality, parts, a subject, a topic.

"恒睿光电项目进展顺利，"  subject 恒睿光电项目      "外资方面，"  topic 外资      "营业收入中，"  parts of 营业收入
"""

from __future__ import annotations

import re
from dataclasses import replace

from parkbook.sources.text import heads, modality, names, phrases
from parkbook.sources.text.names import Follows
from parkbook.sources.text.parts import Parts, Whole, whole_name
from parkbook.sources.text.scope import Clause, Scope
from parkbook.sources.text.vocabulary import unspelled

_IN_IT = re.compile(r"(?:在)?(?P<whole>[^,，。;；]{2,14}?)(?:当)?中\Z")
_ENUMERATED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]|一方面)")
_MAIN = re.compile(r"(?:主要|重点)?(?:行业|产业|企业|项目|片区|区域|板块|领域)(?:当)?中\Z")
_SUCH_AS = re.compile(r"(?:分别)?(?:即|为|是)")
_TOWARDS = re.compile(r"对([^,，。]{2,10})(?:而言|来说)\Z")
_TOPIC = re.compile(r"(?:方面|(?<![规限以四])上|来看|端|一栏|情况|这一块)\Z")
_ANNOUNCES = re.compile(
    r"(?:企业|公司|单位|项目|机构|大户|平台|载体|街道|地块|园区|[名位强家])(?:名单|情况)?(?:依次|分别|主要)?(?:为|有|是|包括|如下)?\Z"
)
_IS = re.compile(
    r"(?P<name>[^,，。;；:：()《》]{2,22}?)(?:(?:是|系|作为)(?!由)|被(?:认定|评|列|授予|纳入|确定|命名)|获评|获批|荣获|荣膺|获得?[^,，]{0,16}(?:称号|认定|奖|荣誉)|入选|入围|跻身|上榜|晋级|通过[^,，]{2,16}(?:认定|验收|评审|认证)|位于|坐落|地处|(?:正式)?(?:成立|创建|组建|设立)(?!以来)|始建|创立|隶属|专注|主要从事|主营|"
    r"深耕|前身|为(?=[^,，。]{0,14}(?:企业|平台|公司|基地|中心|机构|院校|高校|工厂|冠军|小巨人”?)\Z)|"
    r"(?:建设)?(?:进展|推进|运行|运转)(?:总体|整体)?(?:顺利|良好|平稳|正常|有序)|(?:已)?(?:正式|顺利|全面|全部|如期|成功|提前)?(?:开工|竣工|投产|投用|封顶|交付|开园|开业|落户|签约|上市|建成|启用|投入使用|通车|贯通|通水|通气|投运|运行|试运行|亮相|挂牌|揭牌|成立|获批|通过验收)(?:建设|投产|投用|使用|运营|通车|运行|启用|交付)*\Z)"
)
"""恒睿光电是链主企业, 恒睿光电项目顺利投产: who the next clauses are about."""
_LEANING = re.compile(
    r"(?:主要)?(?:依托|通过|借助|由|以|在)(?P<name>[^,，。;；:：()《》]{3,22}?)(?:等?(?:平台|载体)?(?:建设)?|为(?:载体|依托|平台|核心|主体))\Z"
)
_AT_LAST = re.compile(r"[^,，。;；:：()《》]*(?:的是|的为|的)(?![是为])(?P<name>[^的,，。;；:：()《》、]{3,20})\Z")
_DASHED = re.compile(r"[^,，。;；:：]*(?:——|—|--)(?P<name>[^,，。;；:：()《》]{3,20})\Z")
_BROUGHT = re.compile(
    r"[^,，。;；:：()《》]{0,12}?(?:引进|引入|签约|招引|落户|落地|开工|组建|设立|成立|建设|建成|启动|实施|投产|迎来|推进|推动)(?:了|落户|落地|建设|开工|投产|投用|成立|实施)*"
    r"(?P<name>[^的,，。;；:：()《》、]{3,22}?)(?:成功|顺利|正式|如期)?(?:落户|落地|开工|签约|投产|建设|入驻|投用|增资|扩产|竣工|上市)*\Z"
)
_ITS_ATTRIBUTE = re.compile(
    r"[,，](?:该?(?:项目|公司|企业|工程|基金|平台))?(?:计划|协议|预计|建成|达产|投产|满产|全部|一期|拟|合同|其)*(?:后|时)?(?:预计|可|将|年|实现)*"
    r"(?:总投资|投资|占地|用地|注册资[金本]|总?建筑面积|规划|年产|总规模|设计|建设|产能|营业?收|年?产值|税收|总面积|员工|首期)"
)
"""What a project that was brought has; behind anything else the park speaks on."""
_COMPARED = re.compile(r"(?:比|较|同|与)[^,，。]{2,14}(?:相比|比较)")


def hear(scope: Scope, clause: Clause, words: str, plain: str, said: list[str]) -> bool:
    """Takes what the words of a clause say into the scope; whether they only say what is compared with."""
    if not words.endswith("目标") or clause.closed == ":":
        modality.hear(scope, words, modality.TARGET_CLAUSE)
        scope.listed_targets = bool(scope.target) and clause.closed == ":"
    listed = scope.parts is not None
    name = heads.unnumbered(words)
    scope.announced = scope.announced or (clause.closed == ":" and _ANNOUNCES.search(name) is not None)
    if heads.opens(words) or _MAIN.match(name):
        scope.open_parts()
        if clause.closed == ":" and scope.parts is not None:
            scope.parts = replace(scope.parts, colon=True)
    compared = _COMPARED.search(plain, clause.start, clause.end)
    if compared is not None:
        scope.comparison = compared[0]
        return True
    if not (_hear_heading(scope, clause, words, name) or _hear_whole(scope, name, said)):
        _hear_subject(scope, clause, words, name, listed, plain)
    return False


def _hear_heading(scope: Scope, clause: Clause, words: str, name: str) -> bool:
    """恒睿光电项目。 and 恒睿光电项目: in front of figures."""
    title = clause.closed == "。" and clause.opened in ("", "。") and _ENUMERATED.match(words) is None
    if not (title or (clause.closed == ":" and clause.opened in ("", "。", ";"))):
        return False
    if not names.named(name, Follows.HEADING) and (title or not names.named(name, Follows.PERIOD)):
        return False
    if title or not clause.opened:
        scope.place = name
    scope.subject = "" if title else name
    return True


def _hear_whole(scope: Scope, name: str, said: list[str]) -> bool:
    """营业收入中，…: what follows is part of it, where it is measured or was said before."""
    within = _IN_IT.match(name)
    if within is None:
        return False
    said = said + [whole.base for whole in scope.wholes + scope.earlier]
    spoken = any(base and (base in within["whole"] or base.startswith(within["whole"])) for base in said)
    if not spoken and not phrases.MEASURED.search(within["whole"]):
        return False
    scope.parts = Parts((Whole(whole_name(within["whole"]), ""),), scope.subject)
    scope.parent = scope.base = scope.measure = within["whole"]
    return True


def _hear_subject(scope: Scope, clause: Clause, words: str, name: str, listed: bool, plain: str) -> None:
    """The name that a clause is or begins with, and its topic; `listed`: whether it stands among parts."""
    of = _SUCH_AS.match(name)
    if of is not None and names.named(name[of.end() :], Follows.DOING, True):
        scope.subject = name[of.end() :]
        return
    subject, phrase = phrases.split_head(words)
    about = _about(name, clause, plain)
    if about:
        scope.subject = about
        return
    named = names.named(subject, Follows.DOING) or names.named(heads.unnumbered(phrase), Follows.HEADING)
    if not named and len(words) <= 30:
        heard = heads.split(words, 0, listed)
        named = heard.name if heard.rest else ""
    scope.subject = named or scope.subject
    towards = _TOWARDS.match(name)
    if towards is not None:
        scope.region = towards[1]
    elif clause.closed in (",", "，", ":", "(", ")"):
        _hear_topic(scope, phrase)


def _about(name: str, clause: Clause, plain: str) -> str:
    """Whom a clause introduces, in whatever place: 恒睿光电是…, 依托青禾科技园, 位于西区的青禾项目, 引进了恒睿光电."""
    if len(name) > 40 or clause.closed == "(" or (unspelled(name)[0] < 2 and "“" not in name):
        return ""
    found = _IS.match(name)
    if found is not None and (heard := heads.whose(found["name"])):
        return heard
    found = _LEANING.match(name) or _AT_LAST.match(name) or _DASHED.match(name)
    if found is not None and (heard := heads.whose(found["name"])):
        return heard
    if _ITS_ATTRIBUTE.match(plain, clause.end) is None:
        return ""
    found = _BROUGHT.match(name)
    return heads.whose(found["name"]) if found is not None else ""


def _hear_topic(scope: Scope, phrase: str) -> None:
    """工业投资逆势增长，… / 外资方面，… / 大市外内资，全年任务为…"""
    changing = phrases.CHANGING.search(phrase, 2)
    marked = _TOPIC.search(phrase) is not None
    topic = phrase[: changing.start()] if changing is not None else _TOPIC.sub("", phrase)
    measured = phrases.MEASURED.search(topic) is not None
    if 2 <= len(topic) <= 18 and (marked or (measured and (changing is not None or not scope.base))):
        scope.topic = scope.base = scope.measure = topic
