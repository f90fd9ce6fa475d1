"""Setting → name: which indicator a figure belongs to, by which rule, and how sure that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.deeds import deed_before
from zjcompare.observations.nouns import noun_behind
from zjcompare.observations.owners import (
    account_of,
    clause_before,
    clause_subject,
    institution_before,
    owner_before,
    programme_before,
    programme_of,
    with_measure,
)
from zjcompare.observations.parents import open_bracket
from zjcompare.observations.purposes import name_purpose
from zjcompare.observations.settings import COUNTED, NO_NAME, Naming
from zjcompare.observations.shares import base_name, follows_share, name_against, name_share
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import label, noun_phrase, outdone, strip_lead, tidy, up_to_progress, without_verb

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Finding, Measure, Setting
    from zjcompare.observations.tails import Tail

_ALL_OF_IT = re.compile(r"[全我本][省市县区州盟旗](?=..)")
_BASIS = re.compile(r"（(?:剔除|扣除)[^）]*）$")  # that of the figure before only
_LEVEL = re.compile(r"(?:[省市县区州旗]本?级|乡镇级?|镇级|高新区|经开区|[\u4e00-\u9fff]{2,6}(?:开发区|新区|园区))")
_ALONE = frozenset(("累计", "新增", "累计新增", "累计建成", "累计达"))
_SPENT = frozenset(("投资", "累计投资", "共投资", "投入", "累计投入"))
_ACCOUNTS = frozenset(("收入", "支出", "总收入", "总支出"))
_SUM = re.compile(r"(?:累计|计划|预计)?(?:完成)?(?:年度|总)?(?:投资|投入|造价)额?$")
_PREPOSITIONS = frozenset(("为", "对", "向", "给", "有", "使", "让"))
_FROM_INSIDE = re.compile(r"(..+)从(?![业事])(.+)$")
_ENDS_IN_EXAMPLES = re.compile(r"..等(?:方面|领域|地)?$")
_AMONG = re.compile(r"(?<=..)(?<![其高初集])中有?$")  # 41个行业大类中有34个行业增长
_GENERIC_VERB = re.compile(r"(?:累计|计划)*(?:完成|计划|累计)$")
_GROWTH_NOUN = re.compile(r"(?<=..)(?:增速|增幅|涨幅)$")
_CARRIES = re.compile(r"^(?:实施|推进|启动|开展|签约)(?=..)")
_CARRIED_OUT = re.compile(r"[、，；\s]*(?:全年)?(?:实现|完成)(?!就业)")
_OWNER = re.compile(r"(.+?)(?:实现|完成)(?=[\u4e00-\u9fff]{2})")
_REACHED = re.compile(r"(?:累计|直接|共|已)*(?:惠及|受益|覆盖(?:农村|城镇)?(?:人口)?)$")
_OF_PROGRAMME = frozenset(("参保", "参合", "领取养老金", "领取待遇"))
_EFFECTS = ("影响", "拉动", "相当于")  # ，拉动经济增长2个百分点
_PARTED = re.compile(r"、|以及|[及和与]")
_LONGEST_VERB = 6  # characters of words that all counts of a list share: 重点扶持2个A、54个B
_AND_SO_ON = re.compile(r"(?<=..)(?<![中高同平均优劣初上特何])等$")


def name_figure(setting: Setting, tail: Tail, lead: str, name: str, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name of a figure from the words before it (`name`, with `lead` and `tail` taken off) and behind it.

    None where the sentence gives no name: no name is better than a wrong one.
    """
    phrases = chain.phrases
    if share := name_against(setting, tail, chain) or name_share(setting, tail, name, chain):
        return share
    core = tidy(name, phrases)
    if setting.touches_next and (middle := _FROM_INSIDE.match(core)):
        core = middle[1] + middle[2]
    if setting.behind and not setting.joint and _AMONG.search(core):
        core = ""
    if not lead.endswith("完成") and (spent := name_purpose(setting, core, chain)):
        return Naming(spent, "purpose", 0.8)
    examples = setting.behind and _ENDS_IN_EXAMPLES.search(core)
    noun = _AMONG.sub("", noun_behind(setting, tail, "" if examples else core, phrases))
    if noun and (examples or _is_listed_in_full(core, setting)):
        core = _without_examples(core, noun, phrases)
    if about := "" if setting.behind else deed_before(core, setting, chain):
        return Naming(about + core, "cumulated", 0.85)
    if chain.last is not None and not noun:
        if core in _ALONE:
            whole = without_verb(chain.last.name, phrases).removesuffix("新增")
            return Naming(core + whole, "cumulated", 0.85)
        if core == "净增":
            return Naming(chain.last.name, "carried", 0.85)
        if _sizes_again(setting, tail, core, chain.last):
            return Naming(chain.last.name, "carried", 0.85)
        if (
            _LEVEL.fullmatch(core)
            and chain.last.unit == setting.mention.unit
            and open_bracket(chain.text, chain.sentence.start, setting.mention.start) >= 0
        ):
            return Naming(chain.last.name, "level in brackets", 0.85)
    dimension = setting.mention.dimension
    people = dimension in ("people", "visits")
    reaches = _REACHED.match(noun if core in NO_NAME else core + noun) if people else None
    if reaches and (programme := programme_before(setting, chain)):
        return Naming(programme + reaches[0], "programme", 0.8)
    if noun and tidy(noun, phrases):
        return _join(core, noun, setting, chain)
    if core in NO_NAME:
        naming = carry(setting, measure, chain)
        stock = tail.verb == "level" and dimension.startswith(COUNTED)
        return _as_stock(naming) if naming and stock else naming
    naming = _name_generic(setting, lead, core, chain) or _name_subject(setting, core, chain)
    return naming._replace(name=with_measure(naming.name, measure, chain)) if naming.rule == "subject" else naming


def _as_stock(naming: Naming) -> Naming:
    """Give the name of the stock that a carried flow has led to: 新增上市企业5家，达到80家."""
    flow = naming.name
    return naming._replace(name=flow.removesuffix("新增").removeprefix("新增") or flow)


def _sizes_again(setting: Setting, tail: Tail, core: str, last: Finding) -> bool:
    """Tell whether a figure right behind a counted noun sizes that noun once more: 完工17个小区48万平方米."""
    again = not setting.joint and not tail.verb and last.rule == "noun behind" and last.unit != setting.mention.unit
    return again and core not in NO_NAME and core == setting.before and last.name.endswith(core)


def _is_listed_in_full(core: str, setting: Setting) -> bool:
    """Tell whether the words before a count name all that it counts: 改造甲路、乙路和丙路3条主干道."""
    things = len(_PARTED.findall(core)) + 1
    return "、" in core and things == setting.mention.number and setting.mention.dimension.startswith(COUNTED)


def _without_examples(core: str, noun: str, phrases: Phrases) -> str:
    """Give what stays of the words before a figure that end in examples: the verb alone where the noun says enough.

    新开通A、B等6条航线 → 新开通航线, but 实施A、B等9个项目 → 实施A、B等项目.
    """
    if noun in phrases.weak:
        return core
    verb = phrases.make.match(core)
    governs = verb and core[verb.end() : verb.end() + 1] not in _PREPOSITIONS and noun_phrase(noun, phrases) == noun
    return verb[0] if verb and governs else ""


def name_compared(words: str, setting: Setting, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name of a figure that tells by how much the subject in `words` is above or below something else."""
    subject = subject_of(words, chain.phrases)
    return Naming(subject, "compared", 0.85) if subject else carry(setting, measure, chain)


def subject_of(words: str, phrases: Phrases) -> str:
    """Give the subject in some words: without what leads to it, and without verbs and adverbs at its end."""
    words = strip_lead(words, phrases)[1]
    return tidy(words[: read_tail(words, phrases).end], phrases)


def carry(setting: Setting, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name that the sentence carries over to a figure without one of its own.

    A clause between with a subject of its own comes first; a growth after a share belongs to what the share is of.
    """
    clause = clause_before(setting)
    phrases = chain.phrases
    last = chain.last
    if last is not None:
        if measure == "level" and len(clause) >= 6 and (setting.mention.dimension != "ratio" or "；" in setting.joint):
            subject = clause_subject(clause, phrases)
            if 4 <= len(subject) < len(clause) and not outdone(clause) and not phrases.halt.match(clause):
                return Naming(_GROWTH_NOUN.sub("", subject), "clause before", 0.5)
        points = setting.mention.dimension == "points"
        if (measure == "growth" or (measure == "change" and not points)) and follows_share(chain):
            return Naming(base_name(chain), "carried past a share", 0.85)
        return Naming(_BASIS.sub("", chain.resumed or last.name), "carried", min(0.93, last.confidence))
    subject = clause_subject(clause, phrases)
    return Naming(_GROWTH_NOUN.sub("", subject), "clause before", 0.5) if len(subject) >= 2 else None


def _join(core: str, noun: str, setting: Setting, chain: Chain) -> Naming:
    """Put the words before a figure and the noun behind it together."""
    phrases = chain.phrases
    if noun.startswith("的"):
        owner, sum_of = label(up_to_progress(noun[1:])), _SUM.search(core)
        said = sum_of[0] if sum_of else _CARRIES.sub("", core)
        return Naming(said + owner if said.endswith("新增") else owner + said, "noun behind", 0.7)
    noun = label(noun)
    if len(core) > 2 and core[-1] in "使让":
        return Naming(core[:-1] + tidy(setting.behind, phrases), "noun behind", 0.77)
    if core in NO_NAME and noun in _OF_PROGRAMME and (programme := programme_of(setting, chain)):
        chain.owner = programme
        return Naming(programme + noun, "owner", 0.77)
    if core in NO_NAME or core in _PREPOSITIONS:
        chain.verb = chain.verb if setting.listed else ""
        return Naming(chain.verb + noun, "noun behind", 0.77)
    if core[0] in "为对":
        core = tidy(strip_lead(core[1:], phrases)[1], phrases)
    verb_found = phrases.make.match(core)
    closed = noun_phrase(setting.behind, phrases) != setting.behind  # by a predicate
    begins = chain.last is None or setting.joint != ""
    shared = begins and len(core) <= _LONGEST_VERB and not closed and not core[:1].isdigit()
    chain.verb = verb_found[0] if verb_found else core if shared else ""
    return Naming(core + noun, "noun behind", 0.77)


def _name_generic(setting: Setting, lead: str, core: str, chain: Chain) -> Naming | None:
    """Name a figure whose own name says too little (总里程, 完成投资, 占比, 支出) by adding whose it is."""
    if core in _SPENT and "完成" not in lead:
        return Naming(core, "spent", 0.8)
    if core in _ACCOUNTS and not chain.phrases.own_place.search(lead) and (account := account_of(chain)):
        return Naming(account + core, "account", 0.8)
    if core.endswith("占"):
        return Naming((core if len(core) > 1 else base_name(chain) + core) + "比", "share", 0.8)
    if core in ("占比", "比重") and chain.found and "；" not in setting.joint:
        return Naming(base_name(chain) + core, "share", 0.85)
    if core in chain.phrases.members and (institution := institution_before(setting, chain)):
        return Naming(institution + core, "generic", 0.85)
    if core not in chain.phrases.generic:
        return None
    at = setting.before.rfind(core)
    verb = _GENERIC_VERB.search(setting.before[:at]) if at >= 0 else None
    owner = owner_before(setting, chain)
    own = core[2:] if owner.endswith(core[:2]) else core  # 养老保险试点，试点范围…
    return Naming(owner + (verb[0] if verb else "") + own, "generic", 0.7)


def _name_subject(setting: Setting, core: str, chain: Chain) -> Naming:
    """Name a figure after the words before it, with the verb or the owner that it shares with the figure before."""
    if core.endswith("等"):
        core = _AND_SO_ON.sub("", core)
    does = "实现" in setting.before or "完成" in setting.before
    carried = _CARRIED_OUT.match(setting.before) if does else None
    if carried and chain.owner and not core.startswith(chain.owner):
        return Naming(chain.owner + core, "owner", 0.85)
    owner = _OWNER.match(strip_lead(setting.before, chain.phrases)[1]) if does else None
    if owner and "实现" not in owner[1]:
        chain.owner = tidy(owner[1], chain.phrases)
    elif not carried and not setting.listed:
        chain.owner = ""
    if chain.found and core.startswith(_EFFECTS) and tidy(setting.before, chain.phrases).startswith(core):
        whose = base_name(chain)
        effect = f"{core}增长" if f"{core}增长" in setting.before else core
        return Naming((whose[: whose.find("对")] if "贡献" in whose else whose) + effect, "contribution", 0.8)
    if core.startswith("对") and "贡献" in core and chain.last is not None:
        subject = clause_subject(clause_before(setting), chain.phrases) if "；" in setting.joint else ""
        return Naming((subject if len(subject) >= 4 else base_name(chain)) + core, "contribution", 0.8)
    owning = core.find("拥有")
    if owning > 1:
        chain.verb = core[: owning + 2]
        return Naming(core, "subject", 0.95)
    for own, other in chain.shared.companions:
        if core == other and chain.last is not None and chain.last.name.endswith(own):
            return Naming(chain.last.name.removesuffix(own) + other, "owner", 0.85)
    verb = chain.phrases.make.match(core)
    if verb and len(verb[0]) < len(core):
        chain.verb = verb[0]
        if _ALL_OF_IT.match(core, verb.end()):  # 安排全市总支出
            core = verb[0] + core[verb.end() + 2 :]
        return Naming(core, "verb", 0.93)
    if chain.verb and setting.listed and not core.endswith(("收入", "支出", "调入资金")):
        return Naming(chain.verb + core, "shared verb", 0.85)
    chain.verb = ""
    return Naming(core, "subject", 0.95)
