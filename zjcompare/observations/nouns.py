"""The words behind a figure → the noun that it counts or the deed that it tells of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.settings import COUNTED, NO_NAME
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import noun_phrase

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Setting
    from zjcompare.observations.tails import Tail

_EMPTY_NOUN = re.compile(
    r"的?(?:历史性|新的|较高)*"
    r"(?:等$|人民币|突破|目标|增长|水平|高度|关口|大关|台阶|规模|任务|增速|增幅|成绩|速度|左右|以上|幅度)",
)
_NO_NOUN_BEGINS = frozenset(".（并且或而但对为由以后等 ”一二三四五六七八九十两")
_ANDS = "和及与"  # 小学5所和幼儿园8所
_NOUN_ALL_THE_SAME = ("为民", "为农", "一级", "二级", "三级", "一般", "一体", "一线", "等级")  # 29项为民办实事项目
_FUNDS = ("资金", "经费", "专款", "补助", "补贴", "债券")
_DEED_NOUN = re.compile(
    r"的.*(?:改造|建设|扩建|新建|修复|修缮|维修|整治|治理|铺设|亮化|绿化|硬化|拆除|搬迁|安装|更新)$",
)
_RELATIVE = re.compile(r"(?:实施|建设|建成|确定|承担|认定|谋划|安排|投资|引进|培育|审批|办理)的")  # 规划实施的项目
_DONE = re.compile(
    r"(?:改造|建设|扩建|新建|修复|修缮|维修|整治|治理|搬迁|脱贫|摘帽|达标|清零|覆盖|开工|建成|竣工|投产|投运|投用"
    r"|通车|通水|通电|取消|下放|关停|入学|就业|复工|复产|见效|交付|上线|开放)+|(?:纳入|列入|享受|参加).{2,12}",
)
_PIVOT = re.compile(r"(?:争取|推动|支持|帮助|促进|带动|组织|引导|助力|推进|确保|使|让)$")
_REACHING = re.compile(r"(?:惠及|覆盖|受益|服务)$")
_GOVERNS = re.compile(rf"{_PIVOT.pattern}|{_REACHING.pattern}")
_OF_ALL = re.compile(r"(?:全[国省市区县州]|首批|又有|另有|还有|已有|有)+")
_LONGEST_DEED = 24  # characters of a predicate that is kept as a name (企业入围…500强)


def noun_behind(setting: Setting, tail: Tail, core: str, phrases: Phrases) -> str:
    """Give the noun that stands behind the figure (50项市级权力事项), with 的 where it owns the figure, or nothing."""
    mention, behind = setting.mention, setting.behind
    if mention.counted:
        rest = behind[len(mention.counted) :]
        return mention.counted + (rest if len(rest) <= 8 else noun_phrase("　　" + rest, phrases)[2:])
    if not behind or mention.kind in ("multiple", "ratio"):
        return ""
    if _EMPTY_NOUN.match(behind) and not (mention.dimension.startswith(COUNTED) and behind.startswith("任务")):
        return ""
    if behind[0] in _NO_NOUN_BEGINS and not behind.startswith(_NOUN_ALL_THE_SAME):
        return ""
    if setting.touches_next and (behind[0] in _ANDS or not read_tail(behind, phrases).end):
        return ""
    if setting.touches_next and mention.dimension == "money" and core and phrases.purpose.fullmatch(behind):
        return ""
    if behind.startswith("用于"):
        return behind + "比重" if mention.dimension == "ratio" else noun_phrase(behind[2:], phrases)
    nameless = core in NO_NAME
    if tail.directed or tail.noun:
        return ""
    closed = tail.verb or tail.bound != "=" or mention.dimension in ("ratio", "points", "times")
    if closed and not (nameless or phrases.make.fullmatch(core) or _GOVERNS.search(core)):
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
    return noun[: vague.start()] + (deed if _DONE.fullmatch(deed) else "")


def _noun_after_count(setting: Setting, core: str, phrases: Phrases) -> str:
    """Give the noun behind a count or a sum: whole predicates where nothing stands before (…企业入围…500强)."""
    mention, nameless = setting.mention, core in NO_NAME
    had = setting.behind.startswith("的")
    noun = setting.behind.removeprefix("的")
    counts = mention.dimension.startswith(COUNTED)
    if phrases.halt.match(noun):
        long_enough = 2 if mention.dimension == "people" else 3  # 3万人受益, but not 5座建成
        return noun if counts and not setting.touches_next and len(noun) >= long_enough else ""
    if (
        had
        and not nameless
        and (
            mention.dimension == "money"
            or core in phrases.generic
            or (mention.dimension != "ratio" and _REACHING.search(core))
        )
    ):
        return "的" + noun_phrase(noun, phrases)
    counted = counts or (not mention.unit and mention.kind == "amount")
    leads = nameless or _OF_ALL.fullmatch(core) or _PIVOT.search(core)
    if (
        leads
        and not setting.touches_next
        and len(noun) <= _LONGEST_DEED
        and (counted or (had and mention.dimension == "ratio"))
    ):
        deed = _without_vague(noun, phrases)
        owns = len(deed) < len(noun) and deed.find("的") > 1 and not _DEED_NOUN.search(deed)
        owns = owns and _RELATIVE.search(deed) is None
        return deed[: deed.index("的")] if owns else deed
    if mention.dimension == "money" and noun.endswith(_FUNDS):
        return noun
    phrase = noun_phrase(noun, phrases)
    if _DEED_NOUN.search(phrase):  # 20条道路的改造顺利完成
        return noun if noun.removeprefix(phrase) in ("提升", "完善") else phrase
    owns = counts and len(phrase) < len(noun) and phrase.find("的") > 1  # 9个景区的环境得到改善 counts 景区
    return phrase[: phrase.index("的")] if owns else phrase
