"""Results, targets, forecasts and thresholds: what kind of statement a figure stands in.

"力争规上产值突破600亿元"  target, stretch       "预计完成投资15.2亿元"     level, estimated
"5000万元以上企业37家"     threshold, then 37家   "全年任务10亿元（去年8亿元）" both targets
"计划开工9个，实际开工7个"  a target, then a level

A threshold only says which enterprises or projects are meant: it is no observation, the coverage ledger sets it aside.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parkbook.model import (
    Comparison,
    FiscalBasis,
    ObsStatus,
    PriceBasis,
    Qualifier,
    ScopeBasis,
    TargetKind,
    Transformation,
)
from parkbook.sources.text import aims, grammar, limits, phrases
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Scope
from parkbook.sources.text.values import AMOUNT, COUNT, NONE, PERCENT, RANK, TIMES, Quantity

T = Transformation
_LEVEL, _TARGET, _GROWTH, _MULTIPLE, _CHANGE = T.LEVEL, T.TARGET, T.GROWTH, T.MULTIPLE, T.CHANGE
_EXACT, _RANK_TOKEN, _WORDS, _REPORTED = Qualifier.EXACT, Kind.RANK, Kind.WORDS, ObsStatus.REPORTED

_DEED = (
    r"(?:新|引|实|完|建|开|投|总|竣|举办|发放|供[应地]|出让|培[育训]|改造|争取|征|拆|盘活|整治|收[储回]|安排|组织|推[出进动]|启动|落|招|签|申报|达|提[供高升]"
    r"|募|筹|打造|创建|认定|增|续|扩|购|聘|派|走访|关停|腾|压|控制|减|降|化解|清|入|纳|兑现|拨|支[持付]|设立|发行|融资|上市|孵化|转化|带队|赴|布局|集聚|形成|突破|保持|稳定|冲)"
)
"""How what is planned begins: 计划举办, 拟供应, 要引进."""
_MUST = r"(?:确保(?!了)|保证(?!金)|必须|务必)"
TARGET_WORDS = re.compile(
    r"(?P<stretch>力争|争取(?!到|上级|各类|国家|省|市|中央|专项|资金|项目)|奋力)"
    rf"|(?P<base>{_MUST}|承诺(?!书)|要(?<![主重需必只概提纲摘就首]要)(?:再|继续|全部|新|力争|确保|全力|全面|加快|超额|稳)*{_DEED}(?!求|素|件)"
    r"|建议(?=[^,，。]{2,16}(?:安排|统筹|增加|新增|新建|设立|投入|列支|每年|培训|建设))|(?:想|打算|准备)(?:把|再|新|在|用|引|建|完|培|投)|(?:需(?<![必所急无供]需)|须(?<!必须)|应(?<![供相适响反]应))(?:再|继续)?(?=完成|实现(?!了)|达到)"
    r"|(?:请(?<![一-龥]请)|[恳敬盼]请)(?![示假柬求客进来教你您愿])[一-龥]{2,10}|同意[^,，。]{0,12}(?:增加|新增|增设|增配|追加)|由[^,，。]{2,10}(?:补齐|补足|兜底)"
    r"|(?:会议|会上|党工委|管委会)(?:明确|议定)?(?:要求|议定)|要求[^,，。]{2,16}(?:达到|不低于|不少于|提高到|提升至|降至|控制在|完成)"
    rf"|拟(?<![模虚比草]拟)(?![定订合人上]|建(?:项目|的)|投项目)(?=[一-龥])|将(?<![主麻]将)(?:继续|进一步|全力|全面|加快|大力|持续|重点|陆续|再|适时|集中|新)*{_DEED}(?!期|产值|资项目|设用地|设工程|工项目))"
    r"|(?P<plan>目标(?:是|为|定|设|锁|锚|全年|(?=新增|实现|引进|达到))"
    rf"|计划(?<!年度计划)(?<!全年计划)(?<!完成计划)(?<!行动计划)(?<![按照超]计划)(?={_DEED})(?!完成率|总投资|投资项目|开工率|安排的)|初步安排|预期(?!外)|要达到|将达到)"
)
"""Words before a figure in its own clause that make it a target."""
TARGET_CLAUSE = re.compile(
    rf"(?P<stretch>力争|争取)|(?P<base>{_MUST}|(?:会议|会上|党工委|管委会)(?:明确|议定)?(?:要求|议定)|(?:请(?<![一-龥]请)|[恳敬盼]请)(?![示假柬求客进来教你您愿])[一-龥]{{2,10}}"
    r"|拟(?<![模虚比草]拟)(?=分期|按|于|在|以)|将盯住)"
    r"|(?P<plan>(?:目标|计划)(?:是|为)?\s*\Z|(?:任务|指标)(?<!完成任务)(?<!完成指标)(?:是|为|如下)?\s*\Z|目标(?:是|为|定)|^计划|初步安排)"
)
"""Words of a clause without figures that make those of the next clauses targets."""
_AIMS = re.compile(
    "力争|争取|奋力|确保|保证|建议|目标|计划|预期|[要将请拟想需应]|须(?=完成|实现|达到|再|继续)|必须|务必|承诺|打算|准备|同意|补齐|补足|兜底|议定|初步|任务|指标"
)
"""One of these is in all that either finds."""
_FUTURE = re.compile(r"(?<![础数]上)(?<![础数]上[,，])再(?=引|增|新|建|签)|将(?=新增|建成|引进|实现|达)")
_ACT = r"(?:开(?:\(复\))?工|竣工|投产|签约|入库|入统|引进|新增|新建|建成|实施|启动|落地|落户|拆除|征收|供地|出让)"
_DONE = re.compile(
    rf"完成|目前|截至|实现(?!路径)|已(?:达|到位|投入|建成|形成|实施)|(?:实际|已经?|提前|如期|按期|按时|延期|逾期|推迟|尚?未(?:能)?(?:按(?:计划|期|时))?){_ACT}"
    r"|未按(?:计划|期|时)"
)
_RATE_OF_PLAN = re.compile(r"(?:开工|竣工|投产|签约|入库|履约|兑现|计划完成)率\Z")
"""Right before a figure, a rate of what a plan has come to: 计划开工50个，开工率84.0%; 开工率达到95%以上 may be a target itself."""
_ESTIMATE = re.compile(
    r"预计|有望|估计|预测|初步核算"
    r"|(?:建成|投产|达产|满产|投用|投运|投入运营|达效|竣工|完工|落成)后(?:(?!已|目前|实现了)[^,，。;]){0,6}?(?:可|将|年(?!度)|预[计估]|能|每年|新增)"
    r"|年可(?![比支用])|可(?:年|新增|带动|拉动|吸纳|创造|贡献|实现(?!了))(?:年|就业|产值|税|营|销|利润|岗位|[^,，。;]{0,4}\Z)"
)
_ROOM = re.compile(r"可(?:容纳|入驻|安置|满足|供应|承载|形成)")
"""What a plan will have room for is no plan itself."""
_LIMIT = r"(?:及?以[上下]|以内)"
_MEANT = (
    r"(?:企业|项目|园区|单位|共|高新区|开发区|工业|大户|税源|资金|外资|内资|楼宇|厂房|地块|基金|订单|合同|平台|机构|车间"
    r"|客户|商户|集群|投资主体|纳税人|法人)"
)
_LIMITED = re.compile(_LIMIT)
_DOES = r"带动|推动|支持|帮助|助力|服务|吸引|惠及|用于"
_GAINS = r"税收|产值|营收|收入|利润|投资|目标|水平|规模|融资|贡献|出口|增量"
_SERIES = (
    rf"(?:{_LIMIT})?(?:(?:、|和|与|及|至|到)(?:超过?|逾|过|达到?)?(?:\d+(?:\.\d+)?)?"
    rf"(?:[百千万亿]+美?元|万?亩|万?平方米)(?:{_LIMIT})?){{1,4}}"
)
_THRESHOLD_AFTER = re.compile(
    rf"(?P<limit>{_LIMIT}的?(?:(?!{_DOES})[^,，。;:、()0-9*]){{0,14}}?{_MEANT}"
    rf"|{_LIMIT}的(?![^,，。;:、()0-9*]{{0,4}}(?:{_GAINS}))|及以上|(?:以[上下]|以内)(?=[\d*])|之间的)"
    rf"|(?P<series>{_SERIES}的?(?:(?!{_DOES})[^,，。;:、()0-9*]){{0,8}}?{_MEANT})"
    r"|(?P<level>级)"
    r"|的[^,，。;:()0-9*]{0,8}?(?:企业|项目|园区|单位|高新区|开发区|县|户(?!外)|产品|公司|由(?=\d)|新增|有|达|\d)|企业|项目|楼宇"
)
_SO_MANY = re.compile(r"(?:的|之间的?)?\d+[家个户宗项人名]")
_WITH_SO_MANY = re.compile(
    r"(?:及?以[上下]|以内)的?(?:(?!带动|推动|支持|帮助|助力|服务|吸引|惠及|用于|新增|增长|占)[一-龥]){0,5}?(?:不少于|不低于|不超过|至少|达到?|有|共|约|近|超过?|仅|只有|各)?"
    r"[\d*×一二两三四五六七八九十]+(?:余|多)?[家个户宗项栋幢座起笔]"
)
"""10亿元以上不少于3个, 3亩以上规下473家: a class, and how many there are."""
_WORDLESS_WITH = re.compile(r"(?:的)?[一-龥]{0,4}?\d+[家个户宗项栋幢座起笔件]")
_NONE = re.compile(r"(?:没有|尚无|未有|没|无)[一任][笔家个项][^,，。;；]{0,8}\Z")
"""没有一笔超千万美元的: there is none of the class."""
"""10亿—20亿元6个: how many there are within a range."""
_EXCEEDING = frozenset({"超", "超过", "过"})
_LIMITING = frozenset("、与之以企到及和楼的级至项")
"""What stands behind a threshold begins with one of these."""
_THRESHOLD_BEFORE = re.compile(r"(?:超过?|达到?|逾|过|低于|不足|高于|大于|小于|满|不低于)\Z")
_ONE_PROJECT = re.compile(
    r"的(?!重[大点]|产业|工业|招商|优质|制造业?|服务业|新|大|好|在|签约|开工|储备|亿)[^,，。;:()0-9*]{3,8}?项目"
    r"(?![^,，。;:()]{0,6}[\d*×○一二三四五六七八九十])"
)
"""投资超10亿元的远图芯片封装项目开工: the amount of one project that is named, unless a number of projects follows or leads."""
_COUNTED_BEFORE = re.compile(r"[个项家宗批][^,，。;:]{0,10}\Z")
_KINDS = {"stretch": TargetKind.STRETCH, "base": TargetKind.BASE, "plan": TargetKind.BASE}


def hear(scope: Scope, words: str, pattern: re.Pattern[str]) -> bool:
    """Target and forecast words; whether an aim is among them.

    完成, 目前 and 实际开工 end a target, and so does the rate of what a plan has come to; of 预计 and 力争 the later word holds.
    """
    if not scope.target and not scope.estimated and _SPOKEN.search(words) is None:
        return False
    target = pattern.search(words) if _AIMS.search(words) is not None else None
    weak = target is not None and target[0].startswith("将")
    if weak and scope.estimated:
        target = None
    planned = scope.target == "plan" and not scope.listed_targets
    if target is not None:
        scope.target = target.lastgroup or "plan"
    elif (scope.target or scope.estimated) and (_DONE.search(words) or (planned and _RATE_OF_PLAN.search(words))):
        scope.target = scope.target if scope.target in ("base", "stretch") and _IS.search(words) is None else ""
        scope.estimated = scope.estimated and _IS.search(words) is None
    elif _FUTURE.search(words) and not scope.estimated:
        scope.target = "plan"
    estimate = _ESTIMATE.search(words) or (_ROOM.search(words) if scope.target else None)
    if estimate is not None and (target is None or weak or estimate.start() > target.start()):
        scope.estimated, scope.target = True, ""
        return False
    if target is not None:
        scope.estimated = False
    return target is not None


_IS = re.compile(rf"目前|截至|现有|实际|已|{_RATE_OF_PLAN.pattern}")
_SPOKEN = re.compile(f"{_AIMS.pattern}|{_FUTURE.pattern}|{_ESTIMATE.pattern}")
"""One of these is in all that can set anything."""
_ANEW = re.compile(r"[,，]?(?P<act>新增|引进|新建|开工|竣工|签约|完成|投产)(?P<thing>[^,，。]{0,10})\Z")


def hear_done(scope: Scope, words: str, after: str, before: Reading | None) -> None:
    """计划新增30家，新增32家: the same deed of the same things right behind a plan is what came of it."""
    if scope.target != "plan" or scope.listed_targets or before is None or before.transformation is not T.TARGET:
        return
    found = _ANEW.match(words)
    if found is None or found["act"] not in before.base:
        return
    thing = found["thing"] or phrases.counted_thing(after)
    if not thing or before.base.endswith(thing):
        scope.target = ""


LIMITS = (AMOUNT, PERCENT)
"""The kinds of figures that can be a threshold, whatever stands behind them; others only where a limit does."""
LIMITED_BY = frozenset("以及(的")
"""What stands behind a limit of any unit begins with one of these."""
_TELLING = LIMITED_BY | frozenset("企项园基集楼")
_RATE_THRESHOLD = re.compile(
    r"(?:以[上下])?的[^,，。;:()0-9*]{0,8}?(?:企业|行业|产业|项目|园区|地区|县区|单位|产品)|(?:以[上下])?的\d+[家户个]"
)


def is_threshold(words: str, after: str, quantity: Quantity, cue: grammar.Cue) -> bool:
    """Whether an amount or a rate only says which enterprises or projects are meant (产值超10亿元的企业, 增长10%以上的行业)."""
    if quantity.each and (_LIMITED.match(after) or not quantity.each.endswith("在")):
        return quantity.unit.kind in LIMITS
    if quantity.wordless and (
        _WORDLESS_WITH.match(after) or (quantity.led and _NONE.search(words.removesuffix(quantity.led)))
    ):
        return True
    if after[:1] in _TELLING:
        if after[0] == "(" and (including := limits.INCLUDING.match(after)) is not None:
            after = after[including.end() :]
        if limits.says_which(words, after, quantity):
            return True
    if quantity.unit.kind not in LIMITS:
        return False
    if quantity.led in _EXCEEDING and _SO_MANY.match(after):  # 其中超500亿元4个
        return True
    if quantity.unit.kind is PERCENT:
        return cue.rule in ("增长", "增速") and _RATE_THRESHOLD.match(after) is not None
    within = quantity.low is not None and not cue.head.strip(",，、;； ")
    if within and _SO_MANY.match(after):
        return True
    if after[:1] not in _LIMITING:
        return False
    if after[:1] in ("及", "以") and _WITH_SO_MANY.match(after):
        return True
    found = _THRESHOLD_AFTER.match(after)
    if found is None:
        return False
    if found.lastgroup is not None or quantity.low is not None or (quantity.wordless and not quantity.led):
        return True
    if _THRESHOLD_BEFORE.search(quantity.led or words) is None:
        return False
    return _ONE_PROJECT.match(after) is None or _COUNTED_BEFORE.search(words) is not None


def status_of(quantity: Quantity, scope: Scope) -> ObsStatus:
    if quantity.masked:
        return ObsStatus.MASKED
    return ObsStatus.ESTIMATED if scope.estimated else _REPORTED


def target_kind(
    transformation: Transformation,
    scope: Scope,
    plan_section: bool,
    words: str,
    after: str,
    aimed: bool,
    before: Reading | None,
) -> TargetKind | None:
    """The kind of a target; None when the figure is none. `aimed`: whether its own words say so."""
    if transformation is _TARGET:
        return _KINDS.get(scope.target, TargetKind.BASE)
    if scope.estimated:
        return None
    wanted = scope.target or ("plan" if plan_section and transformation is _GROWTH else "")
    ahead = aims.looked_ahead(scope, words, before)
    if not (wanted or ahead) or not aims.is_open(transformation, words, after, aimed or ahead or scope.due):
        return None
    return TargetKind.GROWTH if transformation is _GROWTH else _KINDS[wanted or "plan"]


def qualifier_of(quantity: Quantity, heard: Qualifier | None, after: str) -> Qualifier:
    """余 inside the figure, 以上 behind it, 约 before it."""
    if quantity.qualifier is not _EXACT:
        return quantity.qualifier
    suffix = grammar.SUFFIX.match(after) if after[:1] in grammar.SUFFIX_STARTS else None
    if suffix is not None and suffix.lastgroup:
        return Qualifier(suffix.lastgroup)
    return heard or _EXACT


_PRICES = (
    (PriceBasis.CONSTANT, re.compile(r"可比价|不变价|实际增长|扣除价格因素")),
    (PriceBasis.CURRENT, re.compile(r"现价|名义")),
)
_FISCAL = (
    (FiscalBasis.NATURAL, re.compile(r"自然口径")),
    (FiscalBasis.REFUND_ADJUSTED, re.compile(r"(?:扣除|剔除)[^,，。]{0,4}(?:留抵|退税)")),
)
_COMPARABLE = re.compile(r"可比口径|同口径")
_BASES = re.compile("可比价|不变价|实际增长|扣除|剔除|现价|名义|口径")
"""One of these is in all that says a basis."""


def set_bases(reading: Reading, clause: str, sentence: str) -> None:
    """Price, scope and fiscal basis of a rate, where its clause or sentence says one (按可比口径, 自然口径)."""
    if _BASES.search(clause) is None and _BASES.search(sentence) is None:
        return
    reading.price_basis = next((basis for basis, words in _PRICES if words.search(clause)), None)
    fiscal = (basis for words_of in (clause, sentence) for basis, words in _FISCAL if words.search(words_of))
    reading.fiscal_basis = next(fiscal, None)
    reading.scope_basis = ScopeBasis.COMPARABLE if _COMPARABLE.search(sentence) else None


Verdict = tuple[Transformation, Comparison | None, str]


def judge(
    token: Token,
    quantity: Quantity,
    cue: grammar.Cue,
    around: str,
    after: str,
    scope: Scope,
    sentence: list[Reading],
    in_bracket: bool,
) -> Verdict:
    """Transformation, comparison and rule of a figure: by its kind, by its cue, else by what stands around it."""
    if quantity.unit.kind in (AMOUNT, COUNT) and after[:1] in "的任目计" and _is_task(around, after):
        return T.TARGET, None, "任务"
    if cue.rule == "位次变化" and not (token.kind is _RANK_TOKEN and token.rule == "位次"):
        return T.CHANGE, grammar.comparison_of(around) or cue.comparison or Comparison.YOY, cue.rule
    if quantity.unit.kind is RANK or token.kind is _RANK_TOKEN:
        return T.RANK, None, "位次"
    if quantity.unit.kind in (PERCENT, NONE) and around.endswith("的") and _is_share_of_task(around, sentence, token):
        return T.COMPLETION, None, "完成率"
    if sentence and (cue.transformation is None or cue.rule == "占比"):
        found = _after(sentence, token, quantity, cue, around)
        if found is not None:
            return found
    if cue.transformation is None and token.kind is not _WORDS:
        return _without_cue(token, quantity, cue, after, sentence, in_bracket)
    comparison = grammar.comparison_of(around) or cue.comparison
    if token.rule == "翻番":
        return T.MULTIPLE, comparison, "翻番"
    if token.rule == "两位数":
        return T.GROWTH, comparison or Comparison.YOY, "两位数"
    if cue.transformation is None:
        return _without_cue(token, quantity, cue, after, sentence, in_bracket)
    if cue.transformation is T.CONTRIBUTION and quantity.unit.kind is PERCENT and _OF_SOME.match(after) is not None:
        return T.SHARE, None, "占比"
    if cue.transformation is _MULTIPLE:
        return T.MULTIPLE, comparison, cue.rule
    if cue.transformation in (_GROWTH, _CHANGE):
        comparison = (
            comparison
            or grammar.comparison_of(scope.comparison)
            or _since_then(sentence, not cue.head.strip(",，、;； "))
        )
        return cue.transformation, comparison or Comparison.YOY, cue.rule
    if cue.rule == "增至" and quantity.unit.kind is TIMES:
        return T.MULTIPLE, comparison, "倍数"
    before = sentence[-1] if sentence else None
    carried = cue.rule == "增至" and before is not None and not cue.head.strip("，,")
    if (
        carried
        and before is not None
        and before.transformation in (T.SHARE, T.GROWTH)
        and quantity.unit.kind is PERCENT
    ):
        return before.transformation, before.comparison, f"{cue.rule}（承前）"
    return cue.transformation, None, cue.rule


_TASK_OF = re.compile(r"(?:完成|占|为)[^,，。;；]{0,8}?(?:任务|目标|计划|预算)数?(?:的|约|近)*\Z")
_TASK_BEHIND = re.compile(r"(?:完成|占|为)(?:全年|年度|年初|当年)*\Z")


def _is_task(around: str, after: str) -> bool:
    """完成任务81个的77.8%, 完成全年170家任务的71.8%: what was set, of which a share is done."""
    if after in ("的", "的约", "的近"):
        return _TASK_OF.search(around) is not None
    return after in ("任务的", "目标的", "计划的", "目标任务的") and _TASK_BEHIND.search(around) is not None


def _is_share_of_task(around: str, sentence: list[Reading], token: Token) -> bool:
    """完成全年170家任务的|71.8%, 完成全年计划的|55."""
    if around in ("任务的", "目标的", "计划的", "目标任务的"):
        return bool(sentence) and sentence[-1].transformation is _TARGET
    return token.kind is not _WORDS and _TASK_OF.search(around) is not None


BASE_VALUE = "比较的基数"
_LONG_AGO = re.compile(r"目前|现在|如今|今天|以前|前的|初期?的|成立|组建|建园|起步|时的|[一二三四五六]五|上[次轮届]")
_A_YEAR = re.compile(r"比(?:19|20)\d\d年的")


def _since_then(sentence: list[Reading], own: bool) -> Comparison | None:
    """由7家增加到110家，增长14倍: against what it was then, unless that was a year before; `own`: no other thing is named."""
    if sentence and sentence[-1].comparison is Comparison.VS_BASE and own:
        return Comparison.VS_BASE  # 比建设之初增加950万吨，增幅5倍多
    if len(sentence) < 2 or not (sentence[-1].rule.startswith("增至") or sentence[-1].rule == BASE_VALUE):
        return None
    then, now = sentence[-2:]
    if now.rule == BASE_VALUE:
        then, now = now, then
    if then.transformation is not _LEVEL or then.base != now.base or then.quantity.unit.unit != now.quantity.unit.unit:
        return None
    of_base = then.rule == BASE_VALUE
    words = then.token.found.string[then.begin : then.token.start if of_base else now.token.start]
    if _A_YEAR.search(words) is not None:
        return Comparison.VS_BASE
    if then.period.end is None or now.period.end is None:
        return Comparison.VS_BASE if _LONG_AGO.search(words) is not None else None
    return None if now.period.end.year - then.period.end.year < 2 else Comparison.VS_BASE


_OF_SOME = re.compile(r"(?:以[上下]|左右)?的[一-龥]{0,4}(?:企业|农户|居民|家庭|群众|村|户|人口|职工|劳动力)")
"""带动园区76%的农户增收: how many of them."""
_JUST = re.compile(r"[,，]?(?:[刚才仅只还](?:过|到|够|及|达|完成)?|不到|不足|过)")
_OF_ALL = re.compile(r"占总(?:投资|长度?|里程|工程量|任务|方量|面积)\Z")


def _after(sentence: list[Reading], token: Token, quantity: Quantity, cue: grammar.Cue, around: str) -> Verdict | None:
    """What a figure is because of the one right before it."""
    before = sentence[-1]
    kind, gap = quantity.unit.kind, token.start - before.token.end
    if kind is PERCENT or kind is NONE:
        if before.transformation is _TARGET and gap < 4 and not cue.cue and not cue.head.strip("、，, "):
            return (T.COMPLETION, None, "完成率（承前）") if gap else None  # 完成年度任务18亿元的53.9%
        if cue.rule == "占比" and _OF_ALL.search(cue.cue) is not None and "完成" in before.label:
            return T.COMPLETION, None, "完成率"
        if before.transformation is T.SHARE and not cue.rule and around.endswith("的") and "占" in before.label:
            return T.SHARE, None, "占比（承前）"  # 占全区产值的88%，出口的97%
        done = len(sentence) > 1 and before.transformation is _LEVEL and sentence[-2].transformation is _TARGET
        if done and not cue.cue and _JUST.fullmatch(cue.head) is not None:
            return T.COMPLETION, None, "完成率（承前）"  # 任务1200亩，才完成310亩，刚过四分之一
        return None
    if kind not in (AMOUNT, COUNT) or cue.rule:
        return None
    head = cue.head.strip(",，")
    same = quantity.unit.unit.measure == before.quantity.unit.unit.measure
    if before.transformation is _LEVEL and same and head in ("净增", "净减"):
        return _CHANGE, cue.comparison or Comparison.YOY, "增减量"
    if before.transformation is _CHANGE and gap == 1 and head == "、":
        return _CHANGE, before.comparison, "增减量（承前）"
    return None


_FROM_THEN = re.compile(r"(?:[由从][^,，。由从]{0,8}|保持在?|稳定在|维持在?|达到?)\Z")
_RATE_ITSELF = re.compile(r"(?:集聚|集中|满意|知晓|开放|依存|密|强|参与|贡献|活跃|首位|关联|覆盖|外向)度\Z")
"""主导产业集聚度76.9%: no growth, whatever grew before."""
_COMPARED = re.compile(r"同比|环比|[比较]|少收|多收")


def _is_compared(cue: grammar.Cue, quantity: Quantity, sentence: list[Reading]) -> bool:
    """Whether what came in more is a change: compared, or said of the amount right before (入库1.3亿元，增收3000万元)."""
    if _COMPARED.match(cue.cue) is not None:
        return True
    before = next((one for one in reversed(sentence) if one.transformation is not T.RANK), None)
    same = before is not None and before.quantity.unit.unit.measure == quantity.unit.unit.measure
    return same and before is not None and before.transformation is _LEVEL and not cue.head.strip(",，")


def yielded(cue: grammar.Cue, quantity: Quantity, sentence: list[Reading]) -> grammar.Cue:
    """What 增收 says of a figure: a change where it is compared, else the name of an amount of its own."""
    if _is_compared(cue, quantity, sentence):
        return replace(cue, rule="增减量")
    return grammar.Cue("", None, cue.comparison, 0, cue.qualifier, cue.head + cue.cue, "", False)


def direction_of(rule: str, cue: grammar.Cue, before: Reading | None) -> int:
    """+1 or -1 where the words before a figure say none: as the figure that it goes on from."""
    if rule == "增减量（承前）" and before is not None:
        return before.direction
    return -1 if rule == "增减量" and cue.head.endswith("净减") else 1


def _without_cue(
    token: Token, quantity: Quantity, cue: grammar.Cue, after: str, sentence: list[Reading], in_bracket: bool
) -> Verdict:
    before = sentence[-1] if sentence else None
    if quantity.unit.kind is PERCENT:
        named = cue.head and not phrases.MEASURED.search(_FROM_THEN.sub("", cue.head))
        signed = quantity.moved or (quantity.negative and in_bracket and not cue.head.strip("，, "))
        if signed and before is not None and before.transformation is _LEVEL:
            return T.GROWTH, Comparison.YOY, "增长（正负号）"
        if before is not None and before.transformation is T.GROWTH and named and not _RATE_ITSELF.search(cue.head):
            return T.GROWTH, before.comparison, "增长（承前）"
        of_things = token.kind is Kind.WORDS and not cue.head.strip("，,") and bool(phrases.counted_thing(after))
        of_things = of_things or after.startswith("的") or _OF_SOME.match(after) is not None
        return (T.SHARE, None, "占比") if of_things else (T.LEVEL, None, "率")
    if quantity.unit.kind is NONE and token.kind is Kind.WORDS:
        return T.SHARE, None, "占比"
    if in_bracket and before is not None and before.transformation is T.TARGET and not cue.head.strip():
        return T.TARGET, None, "任务（承前）"
    return _LEVEL, None, "数值"
