"""The phrase that names a figure: from its own words, from behind it, or from what was named before.

"规上工业总产值" 512亿元, "同比增长" 6.4%          规上工业总产值, twice
"申报项目" 31个、"获批" 19个                        申报项目, 获批项目
"远图数据" 5亿元、"明川软件" 3亿元                      what was measured before, of the subjects 远图数据 and 明川软件
"占全区" 19.4%                                      科技型中小企业占全区
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parkbook.model import Transformation
from parkbook.sources.text import attach, goods, grammar, heads, labels, names, phrases
from parkbook.sources.text.names import Follows
from parkbook.sources.text.parts import alike, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Scope
from parkbook.sources.text.values import AMOUNT, COUNT, NONE, PERCENT, POINT, PrintedUnit, Quantity, UnitClass
from parkbook.sources.text.vocabulary import unspelled

T = Transformation
_CHANGE, _COMPLETION, _GROWTH, _SHARE, _THRESHOLD = T.CHANGE, T.COMPLETION, T.GROWTH, T.SHARE, T.THRESHOLD
_COUNTED_OR_MEASURED = frozenset({T.LEVEL, T.TARGET, T.THRESHOLD, T.MULTIPLE, T.CHANGE})
_STATED = frozenset({T.LEVEL, T.TARGET})
_OF_NOTHING = frozenset({T.RANK, T.MULTIPLE})
_THINGS = frozenset({COUNT, AMOUNT, NONE})
_TOTAL = re.compile(r"(?:全部|其)?总(?:数|量|额|值|和|体|规模|面积|人数|户数)")
"""占总数的38%: of all that was counted before."""
_THIS_ONE = re.compile(r"\s*该(?:项目|公司|企业|基金|平台)")
_OF_YEAR = frozenset({"年", "年度", "本年"})
"""What is left of 年任务75亿元: the task of what was named before."""
_INVESTED = frozenset({"投", "到投", "已投"})
_ENTERPRISES = frozenset({"家", "户", "个"})
_NAMED_BY_CUE = frozenset({"增速", "增速变至", "完成率", "占比", "贡献率"})
"""Rules whose cue is a name of its own where nothing else is named (增速为5%)."""
_MONEY = frozenset({"元", "美元", "欧元"})
_BARE = re.compile(r"(?:平均)?(?:[一-龥]{2,3}率|均价|单价|货值|租金|库存|单机效率)")
"""办结率 behind 办结209件: of what was counted or measured right before."""
_ACT_ON_PROJECT = re.compile(
    r"(?:当年|年内|累计|已|新|正式|尚未|未|全部|集中|顺利|陆续|实际|竣工|开工|投产)*(?:开工|复工|开复工|竣工|投产|签约|落地|入库|动工|达产|续建|新建|履约|纳统|供地|试生产)(?:建设|投产|达效|入统)?"
)
"""新开工21个: projects, which alone are counted so by 个."""
_IMPROVED = re.compile(r"提升|提高|降低")


@dataclass(slots=True)
class Namer:
    """Names the figures of a line. `sentence` are the readings of the sentence so far, `earlier` all of the document."""

    line_start: int
    earlier: list[Reading]
    scope: Scope = field(default_factory=Scope)
    sentence: list[Reading] = field(default_factory=list)
    unit: PrintedUnit | None = None
    doubt: str = ""

    @property
    def before(self) -> Reading | None:
        return self.sentence[-1] if self.sentence else None

    def spoke_only_of(self, subject: str) -> bool:
        """Whether all figures of the line so far were of one subject."""
        spoken = False
        for reading in reversed(self.earlier[-40:]):
            if reading.token.start < self.line_start:
                break
            if reading.subject != subject:
                return False
            spoken = True
        return spoken

    def name(
        self, head: str, after: str, quantity: Quantity, transformation: Transformation, cue: grammar.Cue
    ) -> tuple[str, str]:
        """(label of the figure, phrase that later figures inherit)."""
        self.unit = quantity.unit
        phrase = self._phrase(head, transformation, cue)
        inherited = self.scope.base or self.scope.topic
        if phrase in ("最高", "最低"):
            inherited = inherited.removesuffix("最高").removesuffix("最低")
        if phrase and inherited and phrase[0] in phrases.ASPECTS and phrases.ASPECT.fullmatch(phrase):
            return (labels.with_cue(inherited + phrase, cue) if cue.keep else inherited + phrase), inherited
        if phrase and inherited and quantity.unit.kind is not COUNT and labels.OWN_AREA.fullmatch(phrase) is not None:
            phrase, inherited = "", labels.OF_AREA.sub("", inherited, count=1)  # 全市增加值增长6.8%，我区增长5.9%
        phrase = self._whose_measure(head, phrase, inherited) + phrase if phrase else phrase
        if quantity.unit.kind is COUNT and (among := _ranked_among(phrase, after)):
            self.scope.base = labels.PLACED.sub("", phrase) or self.scope.base
            return among, self.scope.base
        base = phrase
        if transformation in _COUNTED_OR_MEASURED and quantity.unit.kind in _THINGS:
            base = self._thing(phrase, after, quantity.unit.kind, cue)
        if not base and not cue.rule and (quantity.unit.kind is PERCENT or after.startswith("的")):
            base = phrases.counted_thing(after)
        elif transformation is _SHARE and after.startswith(("的", "以上的")):
            base = labels.of_some(phrase or cue.cue, after)
            if not phrase and cue.keep:
                self.scope.base = base
                return base, base
        elif phrase and transformation is _GROWTH and self.scope.parent and not phrases.MEASURED.search(phrase):
            base = self._growth_of_part(phrase)
        base = base or inherited or (phrases.strip_lead(cue.cue) if cue.rule in _NAMED_BY_CUE else "")
        if phrases.MEASURED.search(phrase):
            self.scope.measure = phrase
        if transformation is not _THRESHOLD and base:
            self.scope.base, self.scope.topic = base, ""
        label = self._labelled(base, phrase, quantity, transformation, cue)
        if base == phrase and not cue.rule and _BARE.fullmatch(phrase):
            label = self._whose_attribute(phrase) + label
        return label, base

    def _phrase(self, head: str, transformation: Transformation, cue: grammar.Cue) -> str:
        """The phrase of the head; none where it only says among whom there is a rank."""
        phrase = self._stood_for(self._own_phrase(head))
        if transformation is T.RANK and phrase and (labels.is_scope_of_rank(phrase) or self._is_among(phrase)):
            return ""
        judged = phrase in labels.JUDGEMENTS and cue.cue[:2] in ("排名", "排位")
        return phrase + cue.cue[:2] if judged else phrase

    def _is_among(self, phrase: str) -> bool:
        """列全市12个园区第3位: whether a phrase is what was counted right before."""
        before = self.before
        return before is not None and before.quantity.unit.kind is COUNT and before.label == phrase

    def _whose_measure(self, head: str, phrase: str, inherited: str) -> str:
        """The line of business (电子信息产业增势较强，产值…) or the counted ones (纺织鞋服13户实现产值…) that a bare measure is of."""
        scope, before = self.scope, self.before
        sector = ""
        if scope.sector and labels.BARE_MEASURE.fullmatch(phrase) and not scope.subject and scope.parts is None:
            sector = scope.sector
        counted = before is not None and before.quantity.unit.kind is COUNT and before.base
        if not counted or not head.startswith(phrases.THEY_DID) or phrases.COUNTED_NOUN.search(counted) is not None:
            return sector
        return inherited + sector if phrases.MEASURED.search(sector + phrase) is not None else sector

    def _labelled(
        self, base: str, phrase: str, quantity: Quantity, transformation: Transformation, cue: grammar.Cue
    ) -> str:
        if quantity.unit.kind is POINT and not phrase:
            return self._rate_label(base, cue)
        if cue.keep and cue.cue:
            own = not phrase and cue.rule == "贡献率" and not cue.cue.startswith(("对", "贡献率", "的", "增长"))
            return phrases.strip_lead(cue.cue) if own else labels.with_cue(base, cue)
        if transformation is _GROWTH and phrase and _IMPROVED.search(cue.cue):
            return base + phrases.strip_lead(cue.cue)
        before = self.before
        if phrase or before is None or before.base != base:
            return base
        if before.transformation is _SHARE:
            return before.label if transformation is _SHARE else base
        return before.label if before.label.endswith(base) else base

    def parent(self, base: str, quantity: Quantity, transformation: Transformation, cue: grammar.Cue) -> str:
        """The 其中 parent while its parts go on in one unit; of a share, the whole (占全区: 全区)."""
        scope, region = self.scope, labels.region_of(cue.cue)
        if transformation is _SHARE and (whole := self._whole_of_share(base, cue, region)) is not None:
            return whole
        if transformation is _GROWTH and scope.parts is not None and not scope.parts.items:
            return ""  # 投资增长9%，其中工业投资增长31%: a rate is no part of anything
        if transformation in _OF_NOTHING or (transformation is _CHANGE and quantity.unit.text == "位"):
            return ""
        if transformation is _CHANGE and cue.keep and region is not None:
            scope.region = region[1]
        of_plan = (
            labels.SHARE_OF.search(cue.cue) if transformation is _COMPLETION and cue.cue.startswith("占") else None
        )
        if of_plan is not None:
            return of_plan[1]
        if scope.parent == base and not scope.subject and (scope.parts is None or transformation not in _STATED):
            return ""
        return scope.parent

    def _whole_of_share(self, base: str, cue: grammar.Cue, region: re.Match[str] | None) -> str | None:
        """What a share is of by its own words, or by those of the share or the level before; None where neither says."""
        scope, before = self.scope, self.before
        if not cue.keep and before is not None and before.transformation is _SHARE:
            return before.parent if before.base == base else scope.parent  # 占全区的比重由3%升到5%
        if region is not None:
            total = self._total(base, region[1]) if _TOTAL.fullmatch(region[1]) is not None else ""
            scope.region = total or labels.whole_of(region[1])
            return scope.region
        if cue.cue != "占":
            return None
        own = cue.head.strip(",，").removesuffix("分别").removesuffix("依次")
        if (
            not own
            and before is not None
            and before.parent
            and before.transformation is T.LEVEL
            and scope.parts is None
        ):
            return before.parent
        of_part = scope.parts is not None and (scope.parts.items > 0 or bool(scope.stated))
        if scope.region and not of_part:
            counted = own and not scope.parent and before is not None and before.quantity.unit.kind is COUNT
            return (self._share_of_before() if counted else "") or scope.region  # 员工9万人，本科以上占八成
        return self._share_of_before() if own and not scope.parent else None

    def share_of(self, label: str, parent: str, transformation: Transformation, cue: grammar.Cue) -> str:
        """出口9亿元，占30% behind 占全市进出口的70%: what it is a share of, which the words leave out; else it is just a 占比."""
        if transformation is not _SHARE or cue.cue != "占" or not label.endswith("占"):
            return label
        return label + parent if parent and parent not in label else label + "比"

    def _total(self, base: str, total: str) -> str:
        """占总数的38%: the whole of the parts, else what was counted or measured before, of the same kind if any was."""
        if self.scope.parts is not None and self.scope.parts.items:
            return self.scope.parent
        nearest = ""
        for reading in reversed(self.earlier[-12:]):
            if reading.token.start < self.line_start:
                break
            if reading.transformation is not T.LEVEL or reading.parent:
                continue
            if reading.base == base and reading.subject == self.scope.subject:
                continue
            if alike(base, reading.base) or alike(total, reading.base):
                return whole_name(reading.base)
            if reading in self.sentence and reading.quantity.unit.kind is COUNT:
                nearest = nearest or whole_name(reading.base)
        return nearest

    def _share_of_before(self) -> str:
        """员工1043人，本科以上学历占71.5%: a share of the level right before it, and so is the next such share."""
        before = self.before
        if before is not None and before.transformation is _SHARE and before.label.endswith("占" + before.parent):
            return before.parent
        if before is None or before.transformation is not T.LEVEL or before.quantity.unit.kind not in (COUNT, AMOUNT):
            return ""
        return whole_name(before.base)

    # ------------------------------------------------------------ own words
    def _own_phrase(self, head: str) -> str:
        """The phrase of the head; a name in front of it becomes the subject."""
        if not head:
            return ""
        subject, phrase = phrases.split_head(head)
        if phrase in _OF_YEAR or labels.is_set(phrase):
            return ""
        before = self.before
        if phrase in _INVESTED and before is not None:
            return before.base.partition("总投资")[0] + "完成投资" if "总投资" in before.base else "完成投资"
        counted = before is not None and before.quantity.unit.kind is COUNT
        if subject and before is not None and counted and before.base.endswith(subject):
            if labels.AREAS.fullmatch(subject) is None:
                return subject + phrase
            self.scope.subject = subject
            return phrase
        name = names.named(subject, Follows.DOING) if subject else ""
        if name:
            self.scope.subject = name
        elif subject and phrases.MEASURED.search(phrase) and labels.is_kind(subject):
            return subject + phrase
        elif "该" in head and _THIS_ONE.match(head) and self.scope.last_subject:
            self.scope.subject = self.scope.subject or self.scope.last_subject
        return self._without_name(self._without_place(phrase))

    def _without_place(self, phrase: str) -> str:
        """泰安高新区财政总收入: the place becomes the subject; 园区 in general is dropped before verbs (园区共签约)."""
        if phrases.PLACES.isdisjoint(phrase):
            return phrase
        generic = phrases.GENERIC_PLACE.match(phrase)
        if generic is not None:
            rest = phrases.strip_lead(phrase[generic.end() :])
            doing = phrase.startswith(("将", "拟", "共", "已", "累计", "计划"), generic.end())
            return phrase if phrases.MEASURED.search(rest) and not doing else rest
        found = phrases.PLACE.fullmatch(phrase)
        if found is None or not (phrases.MEASURED.search(found["rest"]) or phrases.DOING.match(found["rest"])):
            return phrase
        before, place = self.before, found["place"]
        of_counted = before is not None and before.quantity.unit.kind is COUNT and before.base.endswith(place)
        owns = not goods.own_nothing(place, found["rest"], "") and names.named(place, Follows.MEASURE)
        if not of_counted and not owns:
            return found["rest"] if labels.FOR_PLACE.match(place) is not None else phrase
        self.scope.subject = place
        return found["rest"]

    def _without_name(self, phrase: str) -> str:
        """湖心岛入驻率: the name in front of what the catalogue knows becomes the subject."""
        ending = attach.name_at_end(phrase)
        name = phrase[: len(phrase) - len(ending)].removesuffix("的")
        unit = "count" if self.unit is not None and self.unit.kind is COUNT else ""
        named = ending and name and names.named(name, Follows.MEASURE)
        if not named or goods.own_nothing(name, ending, unit):
            return phrase
        self.scope.subject = name
        return ending

    def _stood_for(self, phrase: str) -> str:
        """Pronouns give way to what they stand for."""
        if phrase in ("前者", "后者"):
            levels = [reading.base for reading in self.earlier[-8:] if reading.transformation is T.LEVEL]
            return levels[-2 if phrase == "前者" else -1] if len(levels) > 1 else ""
        return "" if 0 < len(phrase) < 5 and phrases.PRONOUN.fullmatch(phrase) else phrase

    # ------------------------------------------------------------ things
    def _thing(self, phrase: str, after: str, unit: UnitClass, cue: grammar.Cue) -> str:
        """The counted or measured thing: before the figure, behind it, or left out because it was just named."""
        counted = phrases.counted_thing(after) if after and not cue.rule else ""
        if unit is COUNT:
            counted = phrases.without_measure(counted)
        if phrase and self.scope.measure.endswith(("产量", "销量")) and not phrases.MEASURED.search(phrase):
            return phrase + self.scope.measure[-2:]
        if not phrase or (counted and (cue.head.endswith("等") or phrases.GENERIC.fullmatch(phrase))):
            return counted
        if phrases.is_verb_only(phrase) or (counted and after.startswith("的")):
            return phrase + counted if counted else self._completed(phrase)
        if unit is AMOUNT:
            return self._measured_thing(phrase, counted)
        if unit is COUNT and not phrases.COUNTED_NOUN.search(phrase):
            if counted:
                return (phrase if len(phrase) <= 12 else "") + counted
            return self._completed(phrase) if self._same_unit_before() else phrase
        return phrase

    def _same_unit_before(self) -> bool:
        """Whether the figure before counts alike: 家 and 户 do, 个 and 人次 do not."""
        if self.before is None or self.unit is None:
            return False
        measures = {self.before.quantity.unit.unit.measure, self.unit.unit.measure}
        return len(measures) == 1 or measures <= _ENTERPRISES

    def _measured_thing(self, phrase: str, counted: str) -> str:
        if phrases.MEASURED.search(phrase):
            return self._attribute(phrase) if phrases.ATTRIBUTE.fullmatch(phrase) else phrase
        thing = counted and (phrases.MEASURED.search(counted) or phrases.COUNTED_NOUN.search(counted))
        if thing or phrases.LEADING_THING.match(counted):
            self.scope.subject = names.named(phrase, Follows.VALUE) or self.scope.subject
            return counted
        return self._of_measure(phrase)

    def _attribute(self, phrase: str) -> str:
        """项目12个，总投资30亿元，用地500亩: with what was counted."""
        before = self._stated_before()
        if before is None:
            return phrase
        if of_attribute := labels.of_attribute(before.base):
            return of_attribute + phrase
        if before.quantity.unit.kind is not COUNT:
            return phrase
        return before.base + phrase.removeprefix(phrases.noun_tail(before.base) or before.base)

    def _stated_before(self) -> Reading | None:
        """The figure before, or the one whose growth, share or completion it tells (项目49个，增长48%，总投资…)."""
        for reading in reversed(self.sentence[-4:]):
            if reading.transformation not in (_GROWTH, _SHARE, _COMPLETION, _CHANGE):
                return reading if reading.transformation is T.LEVEL or reading is self.before else None
        return self.before

    def _completed(self, phrase: str) -> str:
        """申报项目31个、获批19个: 获批项目; 市级创新型企业3家，区级2家: 区级创新型企业."""
        if self.unit is not None and self.unit.text == "个" and _ACT_ON_PROJECT.fullmatch(phrase):
            return phrase + "项目"
        if self.before is None:
            return self.scope.topic + phrase if len(phrase) <= 6 else phrase
        base = self.before.base
        level = phrases.LEVEL_WORD.match(phrase)
        if (
            level is not None
            and phrases.LEVEL_WORD.search(base)
            and (level[0] == phrase or phrase[len(level[0]) :] in base)
        ):
            return phrases.LEVEL_WORD.sub(level[0], base, count=1)
        tail = phrases.noun_tail(base) or (self._thing_of(base) if self._same_unit_before() else "")
        fits = len(phrase) <= 4 or phrase.endswith(("以上", "以下"))
        return phrase + tail if tail and fits and not phrase.endswith(tail) else phrase

    def _of_measure(self, phrase: str) -> str:
        """A name without a measured thing is of what was measured before (进出口120亿元，远图数据5亿元)."""
        measure = self.scope.measure
        if measure and self.scope.parent and not phrases.may_be_name(phrase):
            return phrase + phrases.core(measure)
        money = self.unit is not None and self.unit.unit.measure in _MONEY
        if not money or not phrases.may_be_name(phrase):
            return phrase
        if measure and phrases.SECTOR.fullmatch(phrase):
            return phrase if phrase.endswith("产") else phrase + phrases.core(measure)
        name = names.named(phrase, Follows.MONEY, listed=True) if not self.scope.by_kind else ""
        if not name:
            part = self.scope.parent or (not unspelled(phrase)[0] and not heads.acts(phrase))
            return phrase + phrases.core(measure).removeprefix("完成") if measure and part else phrase
        if not measure and not phrases.COMMON_WORD.search(phrase):
            measure = self._carried()
            self.doubt = "名称后没有写指标，按前句所指" if measure else ""
        if measure:
            self.scope.subject = name
            if self.scope.parts is None:
                self.scope.parent = measure
        return measure or phrase

    def _growth_of_part(self, phrase: str) -> str:
        """规上工业增加值增长6.6%，其中采矿业下降4.3%: 采矿业增加值."""
        measured = phrases.core(self.scope.parent)
        return phrase + measured if measured != self.scope.parent and len(phrase) <= 14 else phrase

    def _whose_attribute(self, phrase: str) -> str:
        """收集企业诉求217件，办结率96.3%: 企业诉求; of the label alone, for the catalogue knows the rate by its own name."""
        for reading in reversed(self.sentence[-6:]):
            if reading.transformation is T.LEVEL and reading.subject == self.scope.subject:
                thing = self._thing_of(reading.base)
                if thing and not phrase.startswith(thing[:2]):
                    return thing
        return ""

    def _thing_of(self, base: str) -> str:
        """The thing that a phrase counts or measures, without what was done to it and what is measured."""
        thing = whole_name(base)
        if phrases.MEASURED.search(thing):
            thing = thing.removesuffix(phrases.core(thing))
        elif thing == base:
            return phrases.noun_tail(base)
        return thing if 2 <= len(thing) <= 8 and phrases.GENERIC.fullmatch(thing) is None else ""

    def listed_base(self, quantity: Quantity) -> str:
        """What a name with nothing but a value behind it is of: the last level in its unit that is not less than it."""
        measure = quantity.unit.unit.measure
        for reading in reversed(self.sentence[-12:]):
            if reading.quantity.unit.unit.measure == measure and reading.transformation in (T.LEVEL, T.TARGET):
                return reading.base
        self.doubt = "名称后没有写指标，按前句所指"
        for reading in reversed(self.earlier[-12:]):
            if reading.token.start < self.line_start:
                break
            if (
                reading.quantity.unit.unit.measure == measure
                and reading.transformation in (T.LEVEL, T.TARGET)
                and not _exceeds(quantity, reading.quantity)
            ):
                return reading.base
        return "" if self.before is not None and self.before.quantity.unit.unit.measure != measure else self.scope.base

    def _carried(self) -> str:
        """What the last amount in this unit was of, for names alone in a new sentence; a reading so made is doubtful."""
        for reading in reversed(self.earlier[-12:]):
            if reading.token.start < self.line_start:
                return ""
            if reading.quantity.unit == self.unit and reading.transformation in (T.LEVEL, T.TARGET):
                return reading.base if phrases.MEASURED.search(reading.base) or reading.base == self.scope.topic else ""
        return ""

    def _rate_label(self, base: str, cue: grammar.Cue) -> str:
        """A change in points is one of the rate before: 占全市…，提高…个百分点; 增长…，快于全市…个百分点."""
        before, label = self.before, base
        named = "增速" in cue.cue or "增幅" in cue.cue or cue.transformation is T.CONTRIBUTION
        if before is not None and before.base == base and not named:
            if before.quantity.unit.kind is PERCENT:
                label = base + "增速" if before.transformation is T.GROWTH else before.label
            elif before.label.startswith((base + "增速", base + "增幅")):  # 增幅高于全国4个百分点、高于全省7个百分点
                label = before.label[: len(base) + 2]
        if cue.keep:
            return labels.with_cue(label, cue)
        return base + "增速" if named and cue.rule == "百分点增减" else label


def _ranked_among(phrase: str, after: str) -> str:
    """列全市|15个|园区: among which there is a rank; empty where there is none."""
    placed = phrase[:1] in ("居", "列", "排", "位", "名") and labels.PLACED.fullmatch(phrase) is not None
    return phrases.counted_thing(after) if placed else phrases.ranked_among(after)


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    """Whether a figure is more than what it would be part of; figures without values do not say."""
    if part.value is None or whole.value is None:
        return False
    return part.value.scaleb(part.unit.unit.mult) > whole.value.scaleb(whole.unit.unit.mult)
