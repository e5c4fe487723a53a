"""Where a name ends whose ending says what it is, with more words behind it.

"西江智谷园区新入驻企业"        西江智谷园区
"骁腾电子屋顶项目完成投资"      骁腾电子屋顶项目: a firm's name goes on to a thing
"百草堂制药中药饮片产量"        百草堂制药: 中药饮片 is what it makes
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import ahocorasick

from parkbook.sources.text import agents, attach, verbs
from parkbook.sources.text.kinds import BUSINESS_WORDS, KINDS_OF_BUSINESS, THING_WORDS, THINGS
from parkbook.sources.text.names import Follows, could_be, load_words, named, verbs_of_two
from parkbook.sources.text.vocabulary import common_words, unspelled
from parkbook.sources.text.wordlists import at_end, common_first

_SHOP = re.compile(r"(?:[堂坊馆轩阁社]|国际|光伏|数字|智能|货运|客运|微纳|纳米|量子)\Z")
_PARTS_OF_HOUSES = ("新院区", "新校区", "院区", "分院", "校区", "分校")
_WORKS_OF_FIRM = re.compile(
    r"[A-Za-z一-龥]{2,16}?(?:项目|基地|产业园|生产线|产线)(?=计划|总|完成|占|用地|[一二三]期|已|正|顺利|开工|竣工|投产|落|签约|建设|设备|\Z)"
)
_BESIDE = frozenset("畔岸旁边侧")
STORES = re.compile(r"(?<=..)(?:仓储|孵化|物流|研发|冷链|控制)\Z")
OF_STORES = ("面积", "用地", "能力", "容量", "收入", "费用", "范围")
"""仓储面积, 研发费用: what begins a measure."""
_BRANCHES = ("支行", "分行", "营业部")
_LONGEST = 28
"""No name is longer."""
_WORKS = ("项目", "工程", "基地", "生产线", "产线")
_BUSINESSES = frozenset(BUSINESS_WORDS.split())
_BEHIND = re.compile(r"\(\?<!.*?\)")
_OFFICE_WORDS = """
    局 办事处 海关 大队 法院 总工会 团区委 团市委 团县委 妇联 残联 工商联 科协 国资委
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
OFFICE_IN = re.compile(r"局|海关|大队|法院|工会|[区市县省]委|妇联|残联|工商联|科协")
_SUFFIX_WORDS = """
    科技 股份 集团 公司 实业 控股 技术 智能 电子 信息 工业 材料 新材料 新材 装备 设备 机械 智造 制造 能源 新能源 生物 医药 国际 投资 网络 软件 数据
    配件 智能装备 股份公司 重工 重科 动力 电气 环保 医疗 器械 光电 物流 供应链 贸易 商贸 文化 传媒 建设 建筑 工程 食品 化工 化学 精密
"""
_SUFFIXES_OF_FIRMS = frozenset(_SUFFIX_WORDS.split())
"""What may stand behind another line of business (恒睿汽车电子, 恒睿铝业科技)."""
QUANTITY = re.compile(r"(?:量|率|数|额|值|面积|收入)\Z")
_BETWEEN = re.compile(r"年度|本年|当年|累计|总(?!部)|(?<![创高])新|平均|人均|亩均|的")
_GLUED = re.compile(
    r"等|、|和|与|及|业(?!务)|类|型|产业|行业|企业|产品|生产|用品|设备|领域|人才|人员|专业|技术|服务业|零售|制造"
)
_PART_OF = re.compile(r"[A-Z\d]{1,3}(?:栋|座|区|号楼|幢|楼)")
_OF_WORDS = frozenset("量额率值数度者性型")
"""Signs that make one word with what stands before them: no name ends there."""
_FIRM_GOES_ON = re.compile(r"[一-龥]{1,8}?(?:有限(?:责任)?公司|股份公司|集团公司)")
_CALLED = re.compile(r"(?!园区|市场|企业|公司债)(?:[园馆厂站院所店]|[一-龥]{2})")
_STRONG = at_end(
    "项目 工程 基金 公司 集团 医院 学校 研究院 实验室 孵化器 产业园 科技园 软件园 大厦 基地 银行 交易所 法院 海关 商圈"
)
"""A name ends there even where the next words are none that we know."""
UNTRAILED = at_end(r"达到 达 约 共计 共 (?<!行)为 是 超过 超 近 逾 累计 合计 总计 已 均 : ： “ \s 突破 至 到", "+")


_MEASURES = at_end(
    r"""
        研发投入 研发经费 研发费用 入驻率 入住率 出租率 空置率 合格率 满意度 总投资 完成投资 投资额 投资 营业收入 营收 产值 总产值 增加值 利润
        利润总额 净利润 税收 税收贡献 税额 入库税收 缴税 纳税 销售额 销售收入 交易额 成交额 成交价 成交价款 进出口 进出口额 出口 出口额 进口 用电量
        用水量 能耗 产量 销量 面积 建筑面积 占地面积 总建筑面积 用地面积 可租面积 就业人数 从业人员 从业人数 员工 职工 在校生 床位 注册资本 到位资金
        实到资金 贷款余额 授信额度 总规模 管理规模 基金规模 规模 资产 总资产 吞吐量 货运量 客流量 日均客流 发电量 装机容量 产能 年产能 亩均税收
        亩均产值 客商 企业 团队 专利 发明专利 授权专利 有效专利 合同额 订单 订单额 回款 容积率 绿地率 工位 车位 房源 总户数 户数 得分 泊位 里程 全长
        长度 投资强度 余额 销售 份额 市值 估值 满意率 投资完成率 项目开工率 达产率 就业率 病床使用率 租金
        """
)


@lru_cache(maxsize=1)
def _automaton() -> Any:
    """All endings, ready to be found in one pass."""
    automaton = ahocorasick.Automaton()
    things = (_BEHIND.sub("", word) for word in THING_WORDS.split())
    for word in common_first({*BUSINESS_WORDS.split(), *things, *_OFFICES}):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def load() -> None:
    """Makes the endings and reads the verbs before the first text needs them."""
    _automaton()
    load_words()


def _endings(body: str) -> dict[int, int]:
    """Where endings begin and end in words, the longest of those that begin at one place."""
    return {last + 1 - size: last + 1 for last, size in _automaton().iter(body)}


def end_of_name(body: str, listed: bool) -> int:
    """Where the name ends that words begin with; 0 when there is none."""
    if unspelled(body[:16])[0] < 2 and unspelled(body[:2])[0] < 2 and OFFICE_IN.search(body, 2, 12) is None:
        return 0
    best = maybe = 0
    known = common_words()
    endings = _endings(body[:_LONGEST])
    for start in sorted(endings):
        end = endings[start]
        word = body[start:end]
        if word in _BUSINESSES and not unspelled(body[:start])[0]:
            continue
        if body[end + 1 : end + 2] == "期" and body[end] in "一二三四":
            end += 2
        if body[end : end + 1] in _OF_WORDS or body[end : end + 1] in _BESIDE:
            continue
        if end >= len(body) or (best and _BETWEEN.search(body, best, start)):
            break
        if end <= best or (best and not _extends(body, best, start, end)):
            continue
        if word.endswith("公司") and named(body[:end], Follows.ACT, listed) == body[:end]:
            works = _WORKS_OF_FIRM.match(body, end)
            own = works is not None and unspelled(works[0])[0] and verbs.DOING.search(works[0]) is None
            return works.end() if works is not None and own else end
        if body[end - 1 : end + 1] in known or body[end - 1 : end + 2] in known:
            continue
        if best and len(word) == 1 and body[end - 3 : end] in known:
            continue
        doing = _does(body, end)
        joined = bool(best) and start == best and len(word) > 1
        joined = joined and (word in _SUFFIXES_OF_FIRMS or THINGS.of(body[:end]) != "")
        if (
            not (doing or joined)
            and QUANTITY.search(UNTRAILED.cut(body[end:])) is None
            and unspelled(body[end : end + 6])[1]
        ):
            strong = len(word) > 1 and THINGS.of(body[:end]) != ""
            if (
                not maybe
                and (strong or _STRONG.search(body[:end]))
                and named(body[:end], Follows.CUE, listed) == body[:end]
            ) or (maybe and word in _PARTS_OF_HOUSES and _extends(body, maybe, start, end)):
                maybe = end
            if strong and best and named(body[:end], Follows.CUE, listed) == body[:end]:
                best = end
            continue
        if named(body[:end], Follows.ACT if doing or joined else Follows.CUE, listed) == body[:end]:
            best = end
            if doing or word.endswith("公司"):
                break
    best = best or maybe
    deed = verbs.DOING.search(body, 3) if best > 5 and not THINGS.of(body[:best]) else None
    if deed is not None and deed.end() <= best and named(body[: deed.start()], Follows.DOING) == body[: deed.start()]:
        return deed.start()
    if best and "、" in body[best:] and verbs.DOING.match(body, best) is None:
        return 0
    if best and (part := _PART_OF.match(body, best)) is not None:
        return part.end()
    return 0 if best and _GLUED.match(body, best) else best


def end_by_ending(body: str) -> int:
    """Where a name ends at the beginning of a sentence, by its ending alone: 楚帆激光十年磨一剑; 0 where none does.

    What stands before the ending is no common word and no line of business itself (锂电材料).
    """
    endings = _endings(body[:12])
    for start in sorted(endings):
        end = endings[start]
        if end - start < 2 or start < 2:
            if start < 2 and body[start:end] in _BUSINESSES:
                return 0
            continue
        front = body[:start]
        if unspelled(front)[1] < len(front) or start > 5:
            return 0
        while end in endings:
            end = endings[end]
        joined = body[end - 1 : end + 1] in common_words() or body[end - 1 : end + 2] in common_words()
        if joined or body[end : end + 1] in _OF_WORDS or _GLUED.match(body, end):
            continue
        return end if could_be(body[:end]) and named(body[:end], Follows.ACT) == body[:end] else 0
    return 0


def _extends(body: str, best: int, start: int, end: int) -> bool:
    """Whether a name goes on to another ending: to a thing (恒睿光电|屋顶项目), or right to what firms are called (铝业|科技)."""
    if verbs.DOING.match(body, best) is not None and body[start:end] not in _OFFICES and _does(body, best):
        return False
    if body[start:end] in _PARTS_OF_HOUSES and body.endswith(("医院", "学校", "中学", "小学", "学院", "大学"), 0, best):
        return True
    if start == best and (
        (body[start:end] in _BUSINESSES and _SHOP.search(body[:best])) or (body[start:end] == "厂" and best > 3)
    ):
        return True  # 当归堂药业, 源泰国际供应链, 岷川水泥厂
    if body[start:end] in _BRANCHES and body.endswith(("银行", "商行", "信用社"), 0, best):
        return True
    if body[start:end] in _OFFICES or THINGS.of(body[:end]):
        return True
    thing = THINGS.of(body[:best])
    if len(thing) > 1 and (thing in _WORKS or body[start:end] not in _SUFFIXES_OF_FIRMS):
        return False
    if start > best:
        return False
    return body[start:end] in _SUFFIXES_OF_FIRMS or not KINDS_OF_BUSINESS.of(body[:best])


def _does(body: str, end: int) -> bool:
    """Whether a verb of doing stands at a place, and no thing that is called after one (招聘会, 建设工程)."""
    doing = verbs.DOING.match(body, end)
    if doing is None and not agents.acts_on(body, end):
        return False
    behind, place = _endings(body[end : end + 12]), 0
    if behind.get(0, 0) > (0 if doing is None else 2) or _FIRM_GOES_ON.match(body, end) is not None:
        return False
    size = 0 if doing is None else len(doing[0])
    while size or body[end + place : end + place + 2] in verbs_of_two():
        place, size = place + (size or 2), 0
        if behind.get(place, 0) > place and _CALLED.match(body, end + place):  # 节水研究所: called after what it does
            return False
    return True


def is_measure(words: str) -> bool:
    return 2 <= len(words) <= 8 and (QUANTITY.search(words) is not None or measure_at_end(words) == words)


def measure_at_end(body: str) -> str:
    known = attach.name_at_end(body)
    found = _MEASURES.search(body)
    return max(known, found[0] if found else "", key=len)
