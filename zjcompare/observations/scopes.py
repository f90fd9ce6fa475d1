"""Words around a figure → its place, where that is not the report's own: 全省, 市本级, a division or a town of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain

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
    phrases = chain.phrases
    if ("全" in lead and _ALL_OF_IT.search(lead)) or phrases.own_place.match(name):
        chain.account = ""
        return ""
    if found := phrases.accounts.other_place.match(name.removeprefix("安排")):
        scope = found["scope"]
        chain.account = scope if not _ALL_OF_IT.match(scope) and _is_item(name, phrases) else ""
        return scope
    if below := phrases.accounts.below.match(name):
        chain.account = below[0]
        return below[0]
    if place := division_of(name, phrases.divisions):
        return place
    if town := _TOWN.match(name):
        return town[0]
    if not _is_item(name, phrases):
        return ""
    account = phrases.accounts.account_of.search(chain.sentence.section)
    return chain.account or (account["scope"] if account else "")


def _is_item(name: str, phrases: Phrases) -> bool:
    """Tell whether a name is that of an item of a budget account."""
    return phrases.accounts.budget_item.search(name) is not None and not phrases.accounts.no_budget_item.search(name)


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
