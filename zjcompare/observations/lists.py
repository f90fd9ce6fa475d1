"""Lists that share a head or a verb: 城镇和农村居民人均可支配收入分别…, A、B、C产值分别…."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.mentions import Mention

_BETWEEN = re.compile(r"[、，]?\s*(?:和|及|以及|与)?\s*(?:增长|下降|上涨|上升|降低|提高|减少|增加|回落)?$")
_HEAD = re.compile(
    r"(?:(?:居民)?人均(?:可支配)?(?:收入|消费支出|纯收入|生活消费支出)|(?:工业)?增加值|(?:工业)?总?产值|产品产量|总?产量|(?:消费品)?零售额|营业收入|利润总额|主营业务收入"
    r"|(?:固定资产)?投资额?|贡献率|占比|比重|(?:消费)?价格(?:指数)?|播种面积|种植面积|销售面积|竣工面积|新开工面积|施工面积|面积|支出|收入|余额|存款余额|贷款余额|周转量|客运量|货运量"
    r"|吞吐量|产业集群|集群|排放量|覆盖率|参保人数|参保率|人数|人口|数量|在校生|招生|毕业生|招生数|进出口总?额?|出口总?额?|进口总?额?|成交额|交易额|销售额|业务量|业务收入|保有量|普及率|入学率|完成率|增速|增幅|总量"
    r"|平均浓度|浓度|密度|存栏|出栏|存栏量|出栏量|总额|保费收入|用电量|发电量|保障标准|标准|医院|企业|项目|率)$"
)
_THINGS = frozenset(("医院", "企业", "项目", "产业集群", "集群", "在校生"))
_COLLECTIVES = (
    ("城乡居民", ("城镇居民", "农村居民")),
    ("城乡", ("城镇", "农村")),
    ("存贷款", ("存款", "贷款")),
    ("存、贷款", ("存款", "贷款")),
    ("收支", ("收入", "支出")),
    ("三次产业", ("第一产业", "第二产业", "第三产业")),
    ("一二三产业", ("第一产业", "第二产业", "第三产业")),
    ("一、二、三产业", ("第一产业", "第二产业", "第三产业")),
    ("第一、二、三产业", ("第一产业", "第二产业", "第三产业")),
    ("第二、三产业", ("第二产业", "第三产业")),
    ("第二、第三产业", ("第二产业", "第三产业")),
    ("二、三产业", ("第二产业", "第三产业")),
    ("男女", ("男", "女")),
)
_MODIFIER = re.compile(
    r"^(?:城镇|农村|乡村|城市|国有|民营|民间|工业|农业|第[一二三]产业|[一二三]产|男性?|女性?|进口|出口|内资|外资|轻|重|高技术|全国|全省|全市|省内|境外|国内|入境|国际|本外币|人民币|住户|中央|地方|省级|市级|县级|国家级|东部|中部|西部|新签|在建|一般公共预算|政府性基金)$"
)


_FRONT = re.compile(r"对|单位(?:国内|地区)?生产总值|单位(?:GDP|工业增加值)|万元(?:GDP|地区生产总值)|每万人(?:口)?|每千人(?:口)?")
_PAIRED = (("旅客", "货邮"), ("客运", "货运"), ("起数", "死亡"), ("旅客", "货物"), ("客流", "货流"), ("数量", "金额"), ("播种面积", "总产"), ("面积", "产量"))


def find_group(text: str, mentions: Sequence[Mention], position: int) -> int:
    """Give how many figures stand in a row from `position`, with nothing but 、，和 between them."""
    count = 1
    while position + count < len(mentions):
        before, after = mentions[position + count - 1], mentions[position + count]
        between = text[before.after : after.start]
        if len(between) > 5 or not _BETWEEN.fullmatch(between) or not between.strip() and not _same_kind(before, after):
            break
        if not _same_kind(before, after):
            break
        count += 1
    return count


def _same_kind(before: Mention, after: Mention) -> bool:
    """Tell whether two figures can belong to one list: same kind; amounts may have units of their own."""
    return before.kind == after.kind


def parts_of(words: str) -> list[str]:
    """Split a list at 、 and commas, and its last part at 和, 及 or 与."""
    return [part for part in re.split(r"[、，]", words) if part]


def split_subjects(words: str, count: int) -> list[str]:
    """Give the `count` subjects that a list of words names, each with the head that they share; [] where it does not fit.

    >>> split_subjects("城镇和农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> split_subjects("集成电路圆片、工业机器人等产品产量", 2)
    ['集成电路圆片产量', '工业机器人产量']
    """
    words = words.strip("、，；：")
    if not words:
        return []
    parts = _split_to(words, count)
    if "、三产业" in words or not parts or len(parts_of(words)) < count:
        for collective, members in _COLLECTIVES:
            if collective in words and len(members) == count:
                before, after = words.split(collective, 1)
                return [before + member + after.removeprefix("的") for member in members]
    return _share_front(_share_head(parts)) if parts else []


def _split_to(words: str, count: int) -> list[str]:
    """Split a list into exactly `count` parts, at 、 first, then at commas, then at the last conjunctions."""
    by_comma = [part for part in words.split("，") if part]
    if len(by_comma) == count:
        return by_comma
    parts = parts_of(words)
    if len(parts) == count and not (len(by_comma) > 1 and len(by_comma) != count):
        return _split_last(parts, 0) if len(parts) == count else parts
    if len(parts) < count:
        return _split_last(parts, count - len(parts))
    return []


def _split_last(parts: list[str], more: int) -> list[str]:
    """Split the last parts at 和, 及, 与 until there are `more` parts more."""
    if more == 0:
        return parts
    for index in range(len(parts) - 1, -1, -1):
        for conjunction in ("以及", "和", "及", "与"):
            if conjunction in parts[index]:
                halves = parts[index].split(conjunction)
                if len(halves) - 1 == more and all(halves):
                    return [*parts[:index], *halves, *parts[index + 1 :]]
                if len(halves) - 1 > more:
                    left, right = parts[index].rsplit(conjunction, 1)
                    if more == 1 and left and right:
                        return [*parts[:index], left, right, *parts[index + 1 :]]
    return []


def _share_head(parts: list[str]) -> list[str]:
    """Give each part the head that stands once, at the end of the last part."""
    last = parts[-1]
    found = _HEAD.search(last)
    if found is None:
        return parts
    for first in parts[:-1]:
        if _MODIFIER.match(first) and (own := _modifier_of(last)):
            return [_with_head(part, last[len(own) :]) for part in parts[:-1]] + [last]
    head = found[0].removeprefix("产品")
    stem = last[: found.start()]
    cut = stem.rfind("等", max(1, len(stem) - 6))
    if cut > 0:
        last = stem[:cut] + head
    return [*(_with_head(part, head) for part in parts[:-1]), last]


def without_head(name: str) -> str:
    """Give what a name is about without its last, measuring word: 粮食播种面积 → 粮食."""
    found = _HEAD.search(name)
    return name[: found.start()] if found and found.start() > 1 and found[0] not in _THINGS else name


def _modifier_of(words: str) -> str:
    """Give the modifier that a part begins with (农村, 第二产业), or nothing."""
    for length in range(min(6, len(words) - 1), 0, -1):
        if _MODIFIER.match(words[:length]):
            return words[:length]
    return ""


def _with_head(part: str, head: str) -> str:
    """Give a part its head, unless it ends in a measuring word of its own."""
    own = _HEAD.search(part)
    if part[-1:] in tuple("量耗率值额数比积") or (own and own.start() > 0 and len(own[0]) >= 2):
        return part
    return part + head


def _share_front(parts: list[str]) -> list[str]:
    """Give each part the words that stand once, at the front of the first (单位国内生产总值能耗、用水量)."""
    first = parts[0]
    if front := _FRONT.match(first):
        return [first, *(part if part.startswith(front[0]) else front[0] + part for part in parts[1:])]
    for own, other in _PAIRED:
        at = first.find(own)
        if at > 1 and len(parts) == 2 and parts[1].startswith(other):
            return [first, first[:at] + parts[1]]
    return parts
