"""Words before a figure → its name: the verb, the owner or the subject that they say, and what they leave out.

Each rule gives a naming or None; `SUBJECT_RULES` is their order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.owners import (
    account_of,
    clause_before,
    clause_subject,
    institution_before,
    owner_before,
    with_measure,
)
from zjcompare.observations.settings import Naming
from zjcompare.observations.shares import base_name
from zjcompare.observations.trimming import strip_lead, tidy

if TYPE_CHECKING:
    from zjcompare.observations.words import Words

_ALL_OF_IT = re.compile(r"[全我本][省市县区州盟旗](?=..)")
_SPENT = frozenset(("投资", "累计投资", "共投资", "投入", "累计投入"))
_ACCOUNTS = frozenset(("收入", "支出", "总收入", "总支出"))
_DWELLERS = re.compile(r"(城镇|城市|农村|农牧区|牧区)(?:[年月]?人均|每人每[年月])?")
_DWELLERS_INSIDE = re.compile(r"(?:城乡|城镇|城市|农村|农牧区|牧区)(?=...)")
_GENERIC_VERB = re.compile(r"(?:累计|计划)*(?:完成|计划|累计)$")
_CARRIED_OUT = re.compile(r"[、，；\s]*(?:全年)?(?:实现|完成)(?!就业)")
_OWNER = re.compile(r"(.+?)(?:实现|完成)(?=[\u4e00-\u9fff]{2})")
_STANDING = re.compile(r"(?:在?(?:全[国省市区县]|世界|全球)的?)?(?:综合)?(?:位次|排名|排位|名次)")
_EFFECTS = ("影响", "拉动", "相当于")  # ，拉动经济增长2个百分点
_OF_ITS_OWN = ("收入", "支出", "调入资金")  # ends of names that share no verb
_SHORTEST_OWNER = 4


def _name_spent(words: Words) -> Naming | None:
    """投资3亿元: money that went out, with nothing that says where to."""
    return Naming(words.core, "spent", 0.8) if words.core in _SPENT and "完成" not in words.lead else None


def _name_account(words: Words) -> Naming | None:
    """收入5亿元 after 一般公共预算支出: a bare account is that of the budget spoken of."""
    if words.core not in _ACCOUNTS or words.chain.phrases.own_place.search(words.lead):
        return None
    account = account_of(words.chain)
    return Naming(account + words.core, "account", 0.8) if account else None


def _name_ratio(words: Words) -> Naming | None:
    """占比30%, or words that end in 占: a share of the figure before."""
    core, chain = words.core, words.chain
    if core.endswith("占"):
        return Naming((core if len(core) > 1 else base_name(chain) + core) + "比", "share", 0.8)
    if core in ("占比", "比重") and chain.found and "；" not in words.setting.joint:
        return Naming(base_name(chain) + core, "share", 0.85)
    return None


def _name_of_dwellers(words: Words) -> Naming | None:
    """城镇提高到600元 after 城乡低保标准…: one part of what the clause or the figure before says of both."""
    part = _DWELLERS.fullmatch(words.core)
    if part is None:
        return None
    clause, last, phrases = clause_before(words.setting), words.chain.last, words.chain.phrases
    both = clause_subject(clause, phrases) if clause else last.name if last else ""
    whose = _DWELLERS_INSIDE.search(both)
    if whose is None:
        return None
    verb = phrases.make.match(both)
    return Naming((verb[0] if verb else "") + part[1] + both[whose.end() :], "generic", 0.8)


def _name_generic(words: Words) -> Naming | None:
    """总里程, 完成投资, 在校生: a name that says too little, with whose it is."""
    setting, core, chain = words.setting, words.core, words.chain
    if core in chain.phrases.members and (institution := institution_before(setting, chain)):
        return Naming(institution + core, "generic", 0.85)
    if core not in chain.phrases.generic:
        return None
    at = setting.before.rfind(core)
    verb = _GENERIC_VERB.search(setting.before[:at]) if at >= 0 else None
    owner = owner_before(setting, chain)
    own = core[2:] if owner.endswith(core[:2]) else core  # 养老保险试点，试点范围…
    return Naming(owner + (verb[0] if verb else "") + own, "generic", 0.7)


def _name_standing(words: Words) -> Naming | None:
    """在全国的位次提升1位: the place in an order of what the figure before is about."""
    stands = _STANDING.fullmatch(words.core) if words.chain.last is not None else None
    return Naming(base_name(words.chain) + words.core, "generic", 0.8) if stands else None


def _name_of_owner(words: Words) -> Naming | None:
    """实现利税3亿元 after 某企业完成产值5亿元: what the owner of the figure before carried out too."""
    setting, chain = words.setting, words.chain
    does = "实现" in setting.before or "完成" in setting.before
    carried = _CARRIED_OUT.match(setting.before) if does else None
    if carried and chain.owner and not words.core.startswith(chain.owner):
        return Naming(chain.owner + words.core, "owner", 0.85)
    owner = _OWNER.match(strip_lead(setting.before, chain.phrases)[1]) if does else None
    if owner and "实现" not in owner[1]:
        chain.owner = tidy(owner[1], chain.phrases)
    elif not carried and not setting.listed:
        chain.owner = ""
    return None


def _name_effect(words: Words) -> Naming | None:
    """拉动经济增长2个百分点, 对增长的贡献率60%: what the figure before did to something else."""
    setting, core, chain = words.setting, words.core, words.chain
    if chain.found and core.startswith(_EFFECTS) and tidy(setting.before, chain.phrases).startswith(core):
        whose = base_name(chain)
        effect = f"{core}增长" if f"{core}增长" in setting.before else core
        return Naming((whose[: whose.find("对")] if "贡献" in whose else whose) + effect, "contribution", 0.8)
    if core.startswith("对") and "贡献" in core and chain.last is not None:
        subject = clause_subject(clause_before(setting), chain.phrases) if "；" in setting.joint else ""
        owner = subject if len(subject) >= _SHORTEST_OWNER else base_name(chain)
        return Naming(owner + core, "contribution", 0.8)
    return None


def _name_possession(words: Words) -> Naming | None:
    """全市拥有医院50家: a subject that has something; the figures listed behind it may share it."""
    owning = words.core.find("拥有")
    if owning <= 1:
        return None
    words.chain.verb = words.core[: owning + 2]
    return Naming(with_measure(words.core, words.measure, words.chain), "subject", 0.95)


def _name_companion(words: Words) -> Naming | None:
    """支出 after 某项目收入: one of two words that go together, with the owner of the other."""
    last = words.chain.last
    for own, other in words.chain.shared.companions:
        if words.core == other and last is not None and last.name.endswith(own):
            return Naming(last.name.removesuffix(own) + other, "owner", 0.85)
    return None


def _name_done(words: Words) -> Naming | None:
    """新增就业5万人: a verb with its object; the figures listed behind it may share the verb."""
    core, chain = words.core, words.chain
    verb = chain.phrases.make.match(core)
    if verb and len(verb[0]) < len(core):
        chain.verb = verb[0]
        if _ALL_OF_IT.match(core, verb.end()):  # 安排全市总支出
            core = verb[0] + core[verb.end() + 2 :]
        return Naming(core, "verb", 0.93)
    if chain.verb and words.setting.listed and not core.endswith(_OF_ITS_OWN):
        return Naming(chain.verb + core, "shared verb", 0.85)
    return None


def _name_subject(words: Words) -> Naming:
    """地区生产总值5000亿元: the words as they stand, with the measuring word that a growth may leave out."""
    words.chain.verb = ""
    return Naming(with_measure(words.core, words.measure, words.chain), "subject", 0.95)


SUBJECT_RULES = (
    _name_spent,
    _name_account,
    _name_ratio,
    _name_of_dwellers,
    _name_generic,
    _name_standing,
    _name_of_owner,
    _name_effect,
    _name_possession,
    _name_companion,
    _name_done,
    _name_subject,
)
