"""Setting → name: which indicator a figure belongs to, by which rule, and how sure that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.observations.lists import without_head
from zjcompare.observations.nouns import noun_behind
from zjcompare.observations.purposes import name_purpose
from zjcompare.observations.settings import NO_NAME
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import noun_phrase, outdone, strip_lead, tidy, without_verb

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Measure, Setting
    from zjcompare.observations.tails import Tail

_SHARE = re.compile(r"^(?P<owner>.*?)占(?P<whole>[^占]+?)(?:的)?(?P<noun>比重|比例|份额|比率|百分比)?$")
_PART_OF = re.compile(
    r"^(?P<owner>.*?)(?P<bound>超过|超|近|约|达到?)?(?P<whole>全球|全国|全省|全市|世界)(?:总量|总数)?的?$",
)
_PART_BOUNDS = {"超过": ">", "超": ">", "近": "~", "约": "~"}
_ALONE = frozenset(("累计", "新增", "累计新增", "累计建成", "累计达"))
_SPENT = frozenset(("投资", "累计投资", "共投资", "投入", "累计投入"))
_ACCOUNTS = frozenset(("收入", "支出", "总收入", "总支出"))
_ACCOUNT = re.compile(r"(.*(?:预算|基金))(?:总)?(?:收入|支出)$")
_PREPOSITIONS = frozenset(("为", "对", "向", "给", "有", "使", "让"))
_FROM_INSIDE = re.compile(r"(..+)从(?![业事])(.+)$")
_ENDS_IN_EXAMPLES = re.compile(r"..等(?:方面|领域|地)?$")
_AMONG = re.compile(r"(?<=..)(?<![其高初集])中有?$")  # 41个行业大类中有34个行业增长
_GENERIC_VERB = re.compile(r"(?:累计|计划)*(?:完成|计划|累计)$")
_CARRIED_OUT = re.compile(r"[、，；\s]*(?:全年)?(?:实现|完成)(?!就业)")
_OWNER = re.compile(r"(.+?)(?:实现|完成)(?=[\u4e00-\u9fff]{2})")
_REACHED = re.compile(r"(?:累计|直接|共|已)*(?:惠及|受益)$")
_OF_PROGRAMME = frozenset(("参保", "参合", "领取养老金", "领取待遇"))
_CARRIES_ON = re.compile(r"(?:实施|开展|推行|启动|推进)了?(.*(?:保险|医疗|年金|试点|制度|救助).*)$")
_REMEMBERED = 60  # findings of a sentence in which a whole, or the account of 收入, is looked for
_AND_SO_ON = re.compile(r"(?<=..)(?<![中高同平均优劣初上特何])等$")


class Naming(NamedTuple):
    """A name, the rule that found it, and how often that rule was right on annotated texts (tests/gold)."""

    name: str
    rule: str
    confidence: float


def name_figure(setting: Setting, tail: Tail, lead: str, name: str, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name of a figure from the words before it (`name`, with `lead` and `tail` taken off) and behind it.

    None where the sentence gives no name: no name is better than a wrong one.
    """
    phrases = chain.phrases
    if share := _name_share(setting, tail, name, chain):
        return share
    core = tidy(name, phrases)
    if setting.touches_next and (middle := _FROM_INSIDE.match(core)):
        core = middle[1] + middle[2]
    if chain.last is not None:
        if core in _ALONE:
            whole = without_verb(chain.last.name, phrases).removesuffix("新增")
            return Naming(core + whole, "cumulated", 0.85)
        if core == "净增":
            return Naming(chain.last.name, "carried", 0.85)
    if setting.behind and (_ENDS_IN_EXAMPLES.search(core) or (not setting.joint and _AMONG.search(core))):
        core = ""
    if not lead.endswith("完成") and (spent := name_purpose(setting, core, chain)):
        return Naming(spent, "purpose", 0.8)
    noun = _AMONG.sub("", noun_behind(setting, tail, core, phrases))
    people = setting.mention.dimension in ("people", "visits")
    reaches = _REACHED.match(noun if core in NO_NAME else core + noun) if people else None
    if reaches and (programme := _programme_before(setting, chain)):
        return Naming(programme + reaches[0], "programme", 0.8)
    if noun and tidy(noun, phrases):
        return _join(core, noun, setting, chain)
    if core in NO_NAME:
        return carry(setting, measure, chain)
    return _name_generic(setting, lead, core, chain) or _name_subject(setting, core, chain)


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
    clause = _clause_before(setting)
    phrases = chain.phrases
    last = chain.last
    if last is not None:
        if measure == "level" and len(clause) >= 6 and setting.mention.dimension != "ratio":
            subject = _clause_subject(clause, phrases)
            if 4 <= len(subject) < len(clause) and not outdone(clause) and not phrases.halt.match(clause):
                return Naming(subject, "clause before", 0.5)
        points = setting.mention.dimension == "points"
        if last.rule == "share" and (measure == "growth" or (measure == "change" and not points)):
            return Naming(base_name(chain), "carried past a share", 0.85)
        return Naming(last.name, "carried", min(0.93, last.confidence))
    subject = _clause_subject(clause, phrases)
    return Naming(subject, "clause before", 0.5) if len(subject) >= 2 else None


def _clause_before(setting: Setting) -> str:
    """Give the clause without a figure that stands right before the words of this one."""
    return re.split("[，；]", setting.joint.rstrip("，；：、"))[-1]


def _clause_subject(clause: str, phrases: Phrases) -> str:
    return tidy(noun_phrase(strip_lead(clause, phrases)[1], phrases), phrases)


def _programme_before(setting: Setting, chain: Chain) -> str:
    """Give what reaches the people of a figure (发放生活补贴，惠及3万人): the clause before, or the sum in it."""
    clause = tidy(strip_lead(_clause_before(setting), chain.phrases)[1], chain.phrases)
    if chain.last is None or len(clause) >= 6:
        programme = tidy(noun_phrase(clause, chain.phrases), chain.phrases)
        return programme if 4 <= len(programme) <= 30 else ""
    last = chain.found[-1]
    return last.name if last.unit == "元" and last.measure == "level" and "；" not in setting.joint else ""


def base_name(chain: Chain) -> str:
    """Give the name of the last figure that is no share itself; where all are, whose share the last is."""
    last = chain.last.name.partition("占")[0] if chain.last else ""
    return next((finding.name for finding in reversed(chain.found[-_REMEMBERED:]) if finding.rule != "share"), last)


def _name_share(setting: Setting, tail: Tail, name: str, chain: Chain) -> Naming | None:
    """Name 占…: the owner, 占, the whole and 比重, which the text may leave out; so too 超过全球一半."""
    unit = setting.mention.unit
    if unit in ("%", "百分点") and "占" in name and "占比" not in name and (share := _SHARE.match(name)):
        owner = tidy(share["owner"], chain.phrases)
        if share["noun"]:
            if owner:
                return Naming(tidy(name, chain.phrases), "share", 0.93)
            return Naming(base_name(chain) + name[len(share["owner"]) :], "share", 0.9)
        return Naming(f"{owner or base_name(chain)}占{tidy(share['whole'], chain.phrases)}比重", "share", 0.9)
    if unit == "%" and not setting.behind.startswith("的") and (part := _PART_OF.match(name)):
        tail.bound = _PART_BOUNDS.get(part["bound"] or "", tail.bound)
        owner = tidy(part["owner"], chain.phrases) or base_name(chain)
        return Naming(f"{owner}占{part['whole']}比重", "share", 0.8)
    return None


def _join(core: str, noun: str, setting: Setting, chain: Chain) -> Naming:
    """Put the words before a figure and the noun behind it together."""
    phrases = chain.phrases
    if noun.startswith("的"):
        return Naming(tidy(noun[1:], phrases) + core, "noun behind", 0.7)
    noun = tidy(noun, phrases)
    if len(core) > 2 and core[-1] in "使让":
        return Naming(core[:-1] + tidy(setting.behind, phrases), "noun behind", 0.77)
    if core in NO_NAME and noun in _OF_PROGRAMME and (programme := _programme(setting, chain)):
        chain.owner = programme
        return Naming(programme + noun, "owner", 0.77)
    if core in NO_NAME or core in _PREPOSITIONS:
        verb = chain.verb if setting.listed else ""
        return Naming(verb + noun, "noun behind", 0.77)
    if core[0] in "为对":
        core = tidy(strip_lead(core[1:], phrases)[1], phrases)
    verb_found = phrases.make.match(core)
    chain.verb = verb_found[0] if verb_found else ""
    return Naming(core + noun, "noun behind", 0.77)


def _programme(setting: Setting, chain: Chain) -> str:
    """Give the programme that people who only 参保 belong to: 12个县开展养老保险试点，3万人参保，1万人领取养老金."""
    last = chain.last.name if chain.last is not None else ""
    if chain.owner and last.startswith(chain.owner):
        return chain.owner
    clause = _clause_before(setting)
    done = _CARRIES_ON.search(clause if "；" in setting.joint or len(clause) > 1 else last)
    return tidy(noun_phrase(done[1], chain.phrases), chain.phrases) if done else ""


def _name_generic(setting: Setting, lead: str, core: str, chain: Chain) -> Naming | None:
    """Name a figure whose own name says too little (总里程, 完成投资, 占比, 支出) by adding whose it is."""
    if core in _SPENT and "完成" not in lead:
        return Naming(core, "spent", 0.8)
    if core in _ACCOUNTS and (account := _account(chain)):
        return Naming(account + core, "account", 0.8)
    if core.endswith("占"):
        return Naming((core if len(core) > 1 else base_name(chain) + core) + "比", "share", 0.8)
    if core in ("占比", "比重") and chain.found and "；" not in setting.joint:
        return Naming(base_name(chain) + core, "share", 0.85)
    if core not in chain.phrases.generic:
        return None
    at = setting.before.rfind(core)
    verb = _GENERIC_VERB.search(setting.before[:at]) if at >= 0 else None
    return Naming(_owner_before(setting, chain) + (verb[0] if verb else "") + core, "generic", 0.7)


def _account(chain: Chain) -> str:
    """Give the account (一般公共预算) that a bare 收入 or 支出 belongs to: that of the last figure with one."""
    for name in reversed([*chain.earlier, *(finding.name for finding in chain.found[-_REMEMBERED:])]):
        if found := _ACCOUNT.match(name):
            return found[1]
    return ""


def _owner_before(setting: Setting, chain: Chain) -> str:
    """Give whose a generic name is: that of the figure before, or the subject of the clause before."""
    if chain.last is not None and "；" not in setting.joint:
        bare = without_head(chain.last.name, chain.shared) == chain.last.name
        level = chain.last.measure == "level"
        if setting.listed and bare and level and chain.last.unit == setting.mention.unit:
            return chain.owner
        if chain.owner and chain.last.name.startswith(chain.owner):
            return chain.owner
        owner = _without_deed(without_verb(chain.last.name, chain.phrases), chain.phrases)
        return tidy(without_head(owner, chain.shared), chain.phrases)
    if setting.joint:
        owner = _without_deed(_clause_subject(_clause_before(setting), chain.phrases), chain.phrases)
        return chain.phrases.progress.sub("", owner)
    return ""


def _without_deed(name: str, phrases: Phrases) -> str:
    """Give a name without the deed that it begins with: 提高养老金标准 → 养老金标准."""
    return name.removeprefix(next((deed for deed in phrases.deeds if name.startswith(deed)), ""))


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
    if core.startswith("对") and "贡献" in core and chain.last is not None:
        return Naming(chain.last.name + core, "contribution", 0.8)
    owning = core.find("拥有")
    if owning > 1:
        chain.verb = core[: owning + 2]
        return Naming(core, "subject", 0.95)
    verb = chain.phrases.make.match(core)
    if verb and len(verb[0]) < len(core):
        chain.verb = verb[0]
        return Naming(core, "verb", 0.93)
    if chain.verb and setting.listed:
        return Naming(chain.verb + core, "shared verb", 0.85)
    chain.verb = ""
    return Naming(core, "subject", 0.95)
