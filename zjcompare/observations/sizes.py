"""Mentions → those that are no figures of their own: they only say what the figure beside them counts or names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.mentions.scan import KIND_OF_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.mentions import Mention
    from zjcompare.observations.phrases import Phrases

COUNTED = ("count", "people", "visits", "places")
KINDS = r"(?P<kind>县（市、区）|市县区?|县市?区|市州|设区市|城市|乡镇(?:（街道）)?|村|行业大类|行业|企业)"
SIZES = frozenset(("money", "area", "people", "mass", "length", "power"))
_SHARE_BEFORE = re.compile(r"占[^，。；占]{1,10}$")  # 占调查户数20%的家庭人均收入5万元
_BOUND_BEFORE = re.compile(r"(?:超过?|高于|低于|不足|达到?|突破|大于|过)$")
_EACH_OVER = re.compile(  # 8个市县投资增速超过50%
    rf"{KINDS}[^，。；、0-9]{{2,18}}(?:(?:增速|增幅|占比|比重|率)(?:超过?|高于|突破|低于)|(?<!超)过|均超过?|均突破)"
)
_DESIGNED = ("mass", "power", "voltage", "volume")
_DESIGNS = re.compile(r"(?<!新增)(?:[日年](?:处理|产|加工|供水?)|装机(?:容量|规模)?|规模)[^，。；、0-9]{0,4}$")
_LONGEST_DESIGN = 16  # characters before a size in which 日处理 may stand


def defines_next(text: str, mentions: Sequence[Mention], position: int) -> bool:
    """Tell whether a size defines what the next figure counts: 营业收入超10亿元的工业企业6户."""
    mention = mentions[position]
    kind = KIND_OF_SIZE.match(text, mention.after) if mention.dimension == "money" else None
    if not (kind or text.startswith("的", mention.after)) or position + 1 == len(mentions):
        return False
    following = mentions[position + 1]
    between = text[mention.after : following.start].removeprefix("的")
    if mention.unit == "%" and _SHARE_BEFORE.search(text, max(0, mention.start - 12), mention.start):
        return len(between) < 16 and "，" not in between and following.dimension not in ("ratio", "points")
    if mention.dimension not in SIZES:
        return False
    bounded = mention.bound in (">=", "<=") or _BOUND_BEFORE.search(text, max(0, mention.start - 4), mention.start)
    return bool(bounded) and len(between) < 16 and "，" not in between and following.dimension.startswith(COUNTED)


def names_works(text: str, mention: Mention, phrases: Phrases) -> bool:
    """Tell whether a size is part of a works' name: 日处理80吨污泥焚烧厂, 装机20万千瓦光伏项目."""
    return (
        mention.dimension in _DESIGNED
        and _DESIGNS.search(text, max(0, mention.start - _LONGEST_DESIGN), mention.start) is not None
        and phrases.capacity.match(text, mention.after) is not None
    )


def tells_apart(text: str, mentions: Sequence[Mention], position: int) -> bool:
    """Tell whether a figure says which things are counted right before it: 8个市县投资增速超过50%."""
    mention = mentions[position]
    if position == 0 or mention.dimension not in ("ratio", "money"):
        return False
    counted = mentions[position - 1]
    return counted.dimension.startswith(COUNTED) and bool(_EACH_OVER.fullmatch(text, counted.after, mention.start))
