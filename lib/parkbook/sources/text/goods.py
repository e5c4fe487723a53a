"""Goods, crops and firms that are counted: they stand before what is measured as a name does, and own nothing.

"镍精矿进口" 3亿元              goods
"商品混凝土产量" 9万立方米       a product: 商品 is a word, no brand
"雪莲果产业基地面积" 2万亩        where a crop is grown, not one base
"批建外资企业" 9家              no firm has firms: 批建外资 is a kind of them
"""

from __future__ import annotations

import re

from parkbook.sources.text.kinds import KINDS_OF_BUSINESS, THINGS
from parkbook.sources.text.names import is_known
from parkbook.sources.text.vocabulary import unspelled
from parkbook.sources.text.wordlists import alternatives

_FIRMS = frozenset({"企业", "公司", "客商", "商户", "农户", "单位"})
_COUNTS = frozenset({"pieces", "count"})
_ORE = re.compile(r"[精混原块粉砂铁锰铬铜铅锌镍钴锂铝金银锡钨钼钛]矿\Z")
_RICH = re.compile(r"[精混原块粉砂]矿\Z")
_TRADED = re.compile(r"占?[^,，。]{0,12}?[进出]口|进境|出境|混配|到港|加工|保税")
_GOODS = frozenset(
    "品料材件油矿砂煤铜铝铁钢锂米豆虾鱼蟹肉果菜茶酒布衣鞋帽灯具机药粉酸碱盐胶纸木浆石膜板管片芯奶粮糖胺烯醇酮醛酯醚苯腈"
)
_PRODUCT_WORDS = """
    玻璃 陶瓷 水泥 塑料 橡胶 轮胎 涂料 混凝土 商砼 管桩 墙材 石材 砂石 纤维 薄膜 树脂 化肥 农药 饲料 食品 饮料 乳品 啤酒 白酒 糕点 果蔬 茶叶 家具 服装 鞋服
    电池 锂电 电芯 电缆 光缆 电机 齿轮 轴承 阀门 模具 变压器 轮毂 乘用车 商用车 客车 重卡 整车 专用车 叉车 机器人 无人机 发动机 零部件 配件 压缩机
    空调 连接器 电容 电阻 芯片 晶圆 钢管 型材 板材 管材 铝材 铜箔 铝箔 纸品 面粉 石墨 炭素 磷酸铁锂 家纺 箱包 玩具 灯具 手表 眼镜
    疫苗 制剂 中药 兽药 饮品 丝绸 面料 电器 家电 叶片
"""
_PRODUCTS = frozenset(_PRODUCT_WORDS.split())
_VEHICLES = frozenset({"汽车", "摩托"})
_NO_FIRMS = frozenset({"", *_PRODUCTS, *_VEHICLES})
_OUTPUT = re.compile(r"(?:总|累计)?(?:产量|销量|产销量|出货量|产能|库存|进出口|[进出]口)(?:总?[额量值])?")
_FACILITIES = frozenset("场站厂库房网渠道路桥井塘坝")
_WORKS = frozenset({"项目", "工程"})
_CROPS = frozenset(
    "桃果茶菇菌椒瓜豆薯芋稻米麦菜菊药参梨李杏枣橘柑橙柚莓萄蕉枝笋竹藕莲葱姜蒜棉麻桑蚕烟花草鱼虾蟹鳖鳝猪牛羊鸡鸭鹅兔蜂鹿驴苗油蔗椿榴芝芪归芍柏杞"
)
"""What the names of most crops and animals end with."""
_GROWS = "种植 养殖 栽培 繁育 育苗 制种 放养 播种 套种 间作 收购"
_GROWN = re.compile(
    rf"[^,，。\d]{{0,4}}?{alternatives(_GROWS)}(?:总|示范)?(?:面积|规模|产量|数量|量|能力|密度)"
    r"|(?:种植|养殖|栽培|繁育)(?:基地|大?户|小区|企业|专业村)\Z"
)
_GROWN_IN = re.compile(
    rf"(?P<what>.*?)(?P<how>{alternatives(_GROWS)}|加工|产业)(?:示范|生产|标准化)*(?:基地|园区?|带|小区|集群|片区|产业园)\Z"
)
_PLANTED = ("茶园", "果园", "桑园", "菜园", "竹园", "药园")
_LAYOUT = re.compile(r"“?(?:[一二三四五六七八九两双多][区园核带轴心圈廊翼极副主谷城港横纵环镇]){2}")
"""“一主两副”, “三园一带”: how an area is laid out."""
_MEASURED = re.compile(r"(?:总|年|亩均|平均)*(?:面积|规模|产[值量]|收入|收益|规模)|\Z")


def own_nothing(name: str, rest: str, unit: str) -> bool:
    """Whether words are goods, crops or a kind of firm, in front of `rest` and a figure of a unit."""
    if rest in _FIRMS and unit in _COUNTS:
        return not THINGS.of(name) or KINDS_OF_BUSINESS.of(name) != ""
    if rest in _WORKS and unit in _COUNTS and name[-1] in _FACILITIES:
        return True
    if name.endswith("矿"):
        return _RICH.search(name) is not None or (_ORE.search(name) is not None and _TRADED.match(rest) is not None)
    if _LAYOUT.match(name) is not None:
        return True
    if rest[:1] in _GOODS and _OUTPUT.fullmatch(rest, 1) is not None:  # 印制电路|板产量
        return True
    typed = THINGS.of(name) or KINDS_OF_BUSINESS.of(name)
    if _GROWN.match(rest) is not None:
        return not typed or is_known(name)
    if typed in _NO_FIRMS:
        return _OUTPUT.fullmatch(rest) is not None and _is_product(name, typed)
    if name.endswith(_PLANTED):
        return is_known(name) and _MEASURED.match(rest) is not None
    grown = _GROWN_IN.match(name) if name[-1] in "地园区带群" and _MEASURED.match(rest) is not None else None
    return grown is not None and _is_crop(grown["what"], grown["how"])


def _is_product(name: str, typed: str) -> bool:
    """商品|混凝土, 电动载货|汽车, 液晶面板: goods, where no brand stands before what they are."""
    if not typed:
        return name[-1] in _GOODS
    front = name.removesuffix(typed)
    return not unspelled(front)[0] or (is_known(name) and (typed in _PRODUCTS or len(front) > 3))


def _is_crop(what: str, how: str) -> bool:
    """雪莲果|产业, 天麻|种植, and not 云岭|产业."""
    if len(what) > 5 or THINGS.of(what):
        return False
    return what[-1:] in _CROPS or what[-1:] in _GOODS or how not in ("产业", "加工")
