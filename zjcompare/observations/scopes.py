"""Words around a figure → its place, where that is not the report's own: 全省, 市本级, a division or a town of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain

_ACCOUNTS = r"(?:一般公共|政府性|国有资本|社会保险|社保|财政|公共财政|收入|支出|预算)"
_REMARK = r"(?:（[^（）]{2,16}）)?"  # 市本级（含开发区）政府性基金
_OTHER_PLACE = re.compile(
    rf"""(?P<scope>全国|全省|全市|全区|主城[一二三四五六七八九]?区|[市县区省]本级(?={_REMARK}[\u4e00-\u9fff“])
        |[市县区省]级(?={_REMARK}{_ACCOUNTS}|“三保”)(?!财政(?:税收)?(?:返还|补助|转移))|[\u4e00-\u9fff]{{2,10}}(?:开发区|[新园]区)(?=地?方?{_ACCOUNTS}))
    (?=[\u4e00-\u9fff（“]{{2}})(?!首|重点|文明|示范|先进|优秀|百强|劳动|统一|人大|政协|.{{0,20}}试点)""",
    re.VERBOSE,
)
_ACCOUNT_OF = re.compile(rf"(?P<scope>[市县区省]本?级)(?={_ACCOUNTS})")
_ITEM_OF_ACCOUNT = re.compile(r"收入|支出|收支|预算|基金|补助|结转|结余|调[入出]|上解|转贷|还本|债[务券]|缺口")
_NO_ITEM = re.compile(r"人均|居民|农民|营业|经营性|旅游|企业|专项(?!债)")
_ALL_OF_IT = re.compile(r"全[国省市县区]")
_TOWN = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:(?<![城乡村集制小强点大心])镇|苏木)(?=[\u4e00-\u9fff]{2})(?![村化级])",
)
_LEVEL_OF_PLACE = frozenset("省市县区旗州")
_LONGEST_PLACE = 8


def scope_of(name: str, lead: str, chain: Chain) -> str:
    """Give the place that a figure is about where that is not the report's own: 全省, 市本级, a division (丹阳市).

    The account of one level (市本级…预算收入) goes on over the items of the account that follow, and over nothing else.
    """
    if ("全" in lead and _ALL_OF_IT.search(lead)) or chain.phrases.own_place.match(name):
        chain.account = ""
        return ""
    if found := _OTHER_PLACE.match(name.removeprefix("安排")):
        scope = found["scope"]
        chain.account = scope if not _ALL_OF_IT.match(scope) and _is_item(name) else ""
        return scope
    if place := division_of(name, chain.phrases.divisions):
        return place
    if town := _TOWN.match(name):
        return town[0]
    if not _is_item(name):
        return ""
    account = _ACCOUNT_OF.search(chain.sentence.section)
    return chain.account or (account["scope"] if account else "")


def _is_item(name: str) -> bool:
    """Tell whether a name is that of an item of a budget account."""
    return _ITEM_OF_ACCOUNT.search(name) is not None and not _NO_ITEM.search(name)


def division_of(name: str, divisions: frozenset[str]) -> str:
    """Give the division that a name begins with, or several in a list (丹阳市、扬中市), or nothing."""
    end = _division_end(name, 0, divisions)
    while end and name.startswith("、", end) and (further := _division_end(name, end + 1, divisions)):
        end = further
    return name[:end]


def _division_end(name: str, start: int, divisions: frozenset[str]) -> int:
    if _LEVEL_OF_PLACE.isdisjoint(name[start + 2 : start + _LONGEST_PLACE]):
        return 0
    for end in range(start + 3, min(start + _LONGEST_PLACE, len(name)) + 1):
        if name[end - 1] in _LEVEL_OF_PLACE and name[start:end] in divisions:
            return end
    return 0
