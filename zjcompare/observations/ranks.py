"""Settings → findings that are no amounts: places in an order, streaks, and multiples of a base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.carried import carry
from zjcompare.observations.lists import split_subjects
from zjcompare.observations.measures import bound_of, status_of
from zjcompare.observations.naming import subject_of
from zjcompare.observations.scopes import division_of
from zjcompare.observations.settings import NO_NAME, Chain, Finding, Naming, Setting
from zjcompare.observations.shares import base_name, follows_share
from zjcompare.observations.tails import read_tail
from zjcompare.observations.times import year_of_carried, year_of_rank
from zjcompare.observations.trimming import noun_phrase, strip_lead, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.observations.tails import Tail

_TIMES_OF = re.compile(r"(?:约?[是为]|达到?|相当于|系)(?P<base>[^，。；]{1,20}?)的?(?:近|约|超过|超)?$")
_ENDS_IN_SCOPE = re.compile(r"(?:全[国省市区县州盟旗球]|世界|省内|国内|同类[^，]{0,6}|亚洲)[^，]{0,6}$")
_WITHIN = re.compile(r"(.{2,}?)在((?:全[国省市州区县旗球]|世界|同类|各)[^，。；在]{0,8})")  # 申请量在全市各县区居
_AREA = re.compile(r"(?<![居列在为排])(?:全[国省市区县州盟旗球]|世界)$")  # 增幅全省排
_RANKED_PLACES = re.compile(r"(全国|全省|全市|全州|全盟|世界|全球|)(.*)")
_OF_YEAR = re.compile(r"[由从]?(?:20[0-9]{2}年|上年)")  # 排名由2016年的第60位升至2019年的第35位
_PLACE_IN_ORDER = re.compile(r"(?:并列|第|前|的|名列|各(?:设区)?市?)+$")
_STREAK_BEFORE = re.compile(r"[“‘已]*(?:连续(?:第|举办|成功举办|承办)?)?$")
_STREAK_VERB = re.compile(r"(?:实现|已|保持|连续|第)+$")
_NONE_OF_IT = re.compile(r"[零无未][\u4e00-\u9fff]{2,6}")  # 森林火灾连续8年零发生
_REACHED = re.compile(r"(?:实现|取得|迎来|创造?)了?[^，；]{0,8}的$")  # 实现了历史罕见的“八连增”
_GROWTH_NOUN = re.compile(r"(?<=..)(?:增速|增幅|涨幅)$")
_AMONG = re.compile(r"在(.{2,12}?)[中里]?")  # 在经济大省中并列第一
_SIZED_THINGS = frozenset(("规模", "总量", "位次", "排名", "综合排名"))


def bind_times(setting: Setting, tail: Tail, chain: Chain) -> Finding | None:
    """Bind 是2010年的2.7倍; None where the figure is a growth by a multiple."""
    found = _TIMES_OF.search(setting.before)
    if found is None or tail.directed:
        return None
    subject = tidy(strip_lead(setting.before[: found.start()], chain.phrases)[1], chain.phrases)
    naming = Naming(subject, "multiple of", 0.9) if subject not in NO_NAME else carry(setting, "ratio", chain)
    if naming is None:
        return None
    mention = setting.mention
    return Finding(
        setting.position, naming.name, "ratio", mention.number, mention.high, "倍",
        bound_of(mention, tail), status_of(setting, tail.status, naming, chain),
        naming.rule, naming.confidence, base=found["base"],
        year=year_of_carried(naming.name, "ratio", setting, chain) or chain.year,
    )  # fmt: skip


def bind_streak(setting: Setting, chain: Chain) -> Finding | None:
    """Bind 连续六年增产, 四连增, 连续六次获评…."""
    mention, phrases = setting.mention, chain.phrases
    words = _STREAK_VERB.sub("", _STREAK_BEFORE.sub("", setting.before))
    words = _REACHED.sub("", words)
    subject = _GROWTH_NOUN.sub("", tidy(strip_lead(words, phrases)[1], phrases).removeprefix("在"))
    if subject in NO_NAME or subject in _SIZED_THINGS:
        deed = noun_phrase(setting.behind, phrases) if setting.behind.startswith(phrases.deeds) else ""
        if len(deed) > 5 and not setting.touches_next:
            subject = tidy(setting.behind, phrases)
        else:
            carried = carry(setting, "streak", chain)
            subject = carried.name if carried else tidy(setting.behind, phrases)
    elif _NONE_OF_IT.fullmatch(setting.behind):
        subject += setting.behind
    if not subject:
        return None
    naming = Naming(subject, "streak", 0.8)
    return Finding(
        setting.position, subject, "streak", mention.number, None, mention.unit, mention.bound,
        status_of(setting, "", naming, chain), naming.rule, naming.confidence,
    )  # fmt: skip


def bind_rank(setting: Setting, chain: Chain) -> Finding | None:
    """Bind 列全省第4位, 增幅排在全省并列第7位: the name, the scope, and whether the level or the growth is ranked."""
    mention, before, last = setting.mention, setting.before, chain.last
    words, scope = _split_scope(_PLACE_IN_ORDER.sub("", before), chain)
    growth = any(noun in words for noun in ("增幅", "增速", "涨幅"))
    subject = subject_of(chain.phrases.standing.sub("", strip_lead(words, chain.phrases)[1]), chain.phrases)
    if not scope and (among := _AMONG.fullmatch(subject)):
        subject, scope = "", among[1]
    place = division_of(subject, chain.phrases.divisions)
    if place and place == subject and (ranked := _RANKED_PLACES.match(scope)):
        scope, subject = ranked.groups()
    if not scope and last is not None and last.measure == "rank" and subject in ("", last.name):
        scope = last.rank_scope
    if subject in NO_NAME or subject in _SIZED_THINGS:
        carried = carry(setting, "rank", chain)
        if carried is None:
            return None
        name = base_name(chain) if growth and last is not None and follows_share(chain) else carried.name
        naming = carried._replace(name=name, rule="carried rank")
        growth = growth or (subject not in _SIZED_THINGS and last is not None and last.measure == "growth")
    else:
        ends = last is not None and subject in chain.phrases.generic and last.name.endswith(subject)
        whole = last.name if last is not None and ends else subject
        naming = Naming(whole, "rank", 0.75)
    return Finding(
        setting.position, naming.name, "rank", mention.number, None, "位", mention.bound,
        status_of(setting, "", naming, chain), naming.rule, naming.confidence, year=year_of_rank(setting, chain),
        rank_scope=scope, rank_of="growth" if growth else "level", tied="并列" in before[-6:],
        scope=place,
    )  # fmt: skip


def bind_in_order(row: Sequence[Setting], chain: Chain) -> list[Finding]:
    """Bind ranks or multiples that 分别 gives to as many subjects: A和B分别居全省第1、第2位, 分别是2010年的3倍、4倍.

    An empty list where it does not.
    """
    setting = row[0]
    names = [finding.name for finding in chain.found[-len(row) :]]
    if "分别" not in setting.before:
        return []
    if setting.mention.kind == "rank":
        first = bind_rank(setting, chain)
    elif all(other.mention.unit == "倍" for other in row):
        first = bind_times(setting, read_tail(setting.before, chain.phrases), chain)
    else:
        return []
    if first is None:
        return []
    if not first.rule.startswith("carried"):
        names = split_subjects(first.name.removesuffix("分别"), len(row), chain.shared)
    if len(names) != len(row) or len(set(names)) < len(names):
        return []
    return [
        first._replace(
            position=setting.position, name=name, number=setting.mention.number, rule="respectively", confidence=0.88
        )
        for setting, name in zip(row, names, strict=True)
    ]


def _split_scope(words: str, chain: Chain) -> tuple[str, str]:
    """Split the words before a place in an order into the subject and the scope of the order (全省)."""
    at, verb = -1, ""
    for cue in chain.phrases.rank:
        found = words.rfind(cue)
        if found >= 0 and found + len(cue) > at + len(verb):
            at, verb = found, cue
    if at >= 0:
        subject, scope = words[:at], words[at + len(verb) :]
        if not scope and (within := _WITHIN.fullmatch(subject)):
            subject, scope = within.groups()
        elif not scope and (area := _AREA.search(subject)):
            subject, scope = subject[: area.start()], area[0]
    elif found_scope := _ENDS_IN_SCOPE.search(words):
        subject, scope = words[: found_scope.start()], found_scope[0]
    else:
        subject, scope = words, ""
    return subject, _OF_YEAR.sub("", scope.strip("“”‘’、， ").removesuffix("的"))
