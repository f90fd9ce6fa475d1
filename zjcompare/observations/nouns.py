"""The words behind a figure → the noun that it counts or the deed that it tells of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.lists import CONJUNCTIONS
from zjcompare.observations.settings import NO_NAME
from zjcompare.observations.sizes import COUNTED, KINDS
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import noun_phrase

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Setting
    from zjcompare.observations.tails import Tail

_NO_NOUN_BEGINS = frozenset(".（并且或而但对为由以后等 ”一二三四五六七八九十两")
_NOUN_ALL_THE_SAME = ("为民", "为农", "一级", "二级", "三级", "一般", "一体", "一线", "等级")  # 29项为民办实事项目
_OF_ALL = re.compile(r"(?:全[国省市区县州]|首批|又有|另有|还有|已有|有)+")
_EACH = re.compile(rf"{KINDS}(?P<told>.{{2,}}(?:超过?|高于|突破|低于|过).{{2,}})")  # 8个市县投资增速超过50%
_LONGEST_DEED = 24  # characters of a predicate that is kept as a name (企业入围…500强)


def noun_behind(setting: Setting, tail: Tail, core: str, phrases: Phrases) -> str:
    """Give the noun that stands behind the figure (50项市级权力事项), with 的 where it owns the figure, or nothing."""
    mention, behind = setting.mention, setting.behind
    if mention.counted:
        rest = behind[len(mention.counted) :]
        return mention.counted + (rest if len(rest) <= 8 else noun_phrase("　　" + rest, phrases)[2:])
    if not behind or mention.kind in ("multiple", "ratio"):
        return ""
    if phrases.empty.match(behind) and not (mention.dimension.startswith(COUNTED) and behind.startswith("任务")):
        return ""
    if behind[0] in _NO_NOUN_BEGINS and not behind.startswith(_NOUN_ALL_THE_SAME):
        return ""
    if setting.touches_next and (behind.startswith(CONJUNCTIONS) or not read_tail(behind, phrases).end):
        return ""  # 小学5所和幼儿园8所
    if setting.touches_next and mention.dimension == "money" and core and phrases.accounts.purpose.fullmatch(behind):
        return ""
    if behind.startswith("用于"):
        return behind + "比重" if mention.dimension == "ratio" else noun_phrase(behind[2:], phrases)
    nameless = core in NO_NAME or _OF_ALL.fullmatch(core) is not None
    if tail.directed or tail.noun:
        return ""
    closed = tail.verb or tail.bound != "=" or mention.dimension in ("ratio", "points", "times")
    if closed and not (
        nameless
        or phrases.make.fullmatch(core)
        or phrases.verbs.causes.search(core)
        or phrases.verbs.reaches.search(core)
    ):
        return ""
    if closed and tail.verb and setting.joint and mention.dimension == "ratio":  # A，扩大到40%的县
        return ""
    if behind[0] == "在":
        return noun_phrase(behind, phrases) if mention.dimension == "people" and not nameless else ""
    return _noun_after_count(setting, core, phrases)


def _without_vague(noun: str, phrases: Phrases) -> str:
    """Give a predicate without vague words and what says as little: 老旧小区得到彻底改造 → 老旧小区改造."""
    vague = phrases.vague.search(noun)
    if vague is None:
        return noun
    deed = noun[vague.end() :]
    while again := phrases.vague.match("　　" + deed, 2):
        deed = deed[again.end() - 2 :]
    return noun[: vague.start()] + (deed if phrases.verbs.done.fullmatch(deed) else "")


def _noun_after_count(setting: Setting, core: str, phrases: Phrases) -> str:
    """Give the noun behind a count or a sum: whole predicates where nothing stands before (…企业入围…500强)."""
    mention, nameless = setting.mention, core in NO_NAME
    had = setting.behind.startswith("的")
    noun = setting.behind.removeprefix("的")
    counts = mention.dimension.startswith(COUNTED)
    if mention.dimension == "people" and phrases.verbs.causes.search(core):
        noun = noun.removeprefix("实现")  # 帮助3万人实现再就业
    if phrases.halt.match(noun):
        long_enough = 2 if mention.dimension == "people" else 3  # 3万人受益, but not 5座建成
        return noun if counts and not setting.touches_next and len(noun) >= long_enough else ""
    if (
        had
        and not nameless
        and (
            mention.dimension == "money"
            or core in phrases.generic
            or (mention.dimension != "ratio" and phrases.verbs.reaches.search(core))
        )
    ):
        return "的" + noun_phrase(noun, phrases)
    counted = counts or (not mention.unit and mention.kind == "amount")
    leads = nameless or _OF_ALL.fullmatch(core) or phrases.verbs.causes.search(core)
    if (
        leads
        and not setting.touches_next
        and len(noun) <= _LONGEST_DEED
        and (counted or (mention.dimension == "ratio" and (had or noun_phrase(noun, phrases) != noun)))
    ):
        if each := _EACH.fullmatch(noun):
            return f"{each['told']}的{each['kind']}"
        deed = _without_vague(noun, phrases)
        owns = len(deed) < len(noun) and deed.find("的") > 1 and not phrases.verbs.work_of.search(deed)
        owns = owns and phrases.verbs.attribute.search(deed) is None
        return deed[: deed.index("的")] if owns else deed
    if mention.dimension == "money" and noun.endswith(phrases.accounts.funds):
        return noun
    phrase = noun_phrase(noun, phrases)
    if phrases.verbs.work_of.search(phrase):  # 20条道路的改造顺利完成
        return noun if noun.removeprefix(phrase) in ("提升", "完善") else phrase
    owns = counts and len(phrase) < len(noun) and phrase.find("的") > 1  # 9个景区的环境得到改善 counts 景区
    return phrase[: phrase.index("的")] if owns else phrase
