"""Sentence so far → owners: whose a figure is that has too little of a name (完成投资, 参保人数, 惠及)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.lists import without_head
from zjcompare.observations.trimming import noun_phrase, strip_lead, tidy, without_verb

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Finding, Measure, Setting

_ACCOUNT = re.compile(r"(.*(?:预算|基金))(?:总)?(?:收入|支出)$")
_NEAR = 4  # figures between an institution and the people that are its
_COUNTS = ("个", "家", "处", "座")
_INSTITUTIONS = ("校", "院", "园", "所", "馆", "机构", "中心")
_REMARK = re.compile(r"（[^（）]*）$")
_BRANCHES = ("业", "企业")
_MEASURED = ("增加值", "投资", "总产值", "产值", "用电量")
_OF_PREDICATES = ("noun behind", "cumulated")  # the rules of names that may tell what became of a thing
_FIRST_CLAUSE = re.compile(r"[^，；。：0-9\n]+")
_SHORTEST_TOPIC = 4
_BY_KIND = re.compile(r"\s*(?:[分按从][^，。；]{1,10}[看分]，|其中)")
_ROSE = re.compile(r"(.*行业增加值)(?:同比|实现)*(?:增长|下降)")  # 22个行业增加值增长。其中，造纸业增长3%
_REACHED = ("惠及", "受益", "覆盖", "带动")  # people who are not what money is put into
_REMEMBERED = 60  # findings of a sentence in which a whole, or the account of 收入, is looked for


def clause_before(setting: Setting) -> str:
    """Give the clause without a figure that stands right before the words of this one."""
    return re.split("[，；]", setting.joint.rstrip("，；：、"))[-1]


def clause_subject(clause: str, phrases: Phrases) -> str:
    """Give what a clause is about: its words up to the first that ends a noun phrase."""
    return tidy(noun_phrase(strip_lead(clause, phrases)[1], phrases), phrases)


def programme_before(setting: Setting, chain: Chain) -> str:
    """Give what reaches the people of a figure (发放生活补贴，惠及3万人): the clause before, or the sum in it."""
    clause = tidy(strip_lead(clause_before(setting), chain.phrases)[1], chain.phrases)
    if chain.last is None or len(clause) >= 6:
        programme = tidy(noun_phrase(clause, chain.phrases), chain.phrases)
        return programme if 4 <= len(programme) <= 30 else ""
    last = chain.found[-1]
    return last.name if last.unit == "元" and last.measure == "level" and "；" not in setting.joint else ""


def programme_of(setting: Setting, chain: Chain) -> str:
    """Give the programme that people who only 参保 belong to: 12个县开展养老保险试点，3万人参保，1万人领取养老金."""
    last = chain.last.name if chain.last is not None else ""
    if chain.owner and last.startswith(chain.owner):
        return chain.owner
    clause = clause_before(setting)
    done = chain.phrases.verbs.programme.search(clause if "；" in setting.joint or len(clause) > 1 else last)
    return tidy(noun_phrase(done[1], chain.phrases), chain.phrases) if done else ""


def account_of(chain: Chain) -> str:
    """Give the account (一般公共预算) that a bare 收入 or 支出 belongs to: that of the last figure with one."""
    for name in (finding.name for finding in reversed([*chain.earlier, *chain.found[-_REMEMBERED:]])):
        if found := _ACCOUNT.match(name):
            return found[1]
    return ""


def institution_before(setting: Setting, chain: Chain) -> str:
    """Give the schools or hospitals that people or beds are of: 普通高中3所，招生2万人，在校生5万人."""
    members = chain.phrases.members
    if "；" in setting.joint:
        return ""
    for finding in reversed(chain.found[-_NEAR:]):
        name = _REMARK.sub("", finding.name)
        if _in_brackets(name, setting, chain):
            continue
        if finding.unit == "所" or (finding.unit in _COUNTS and name.endswith(_INSTITUTIONS)):
            return without_verb(name, chain.phrases)
        own = next((member for member in members if name.endswith(member) and name != member), "")
        if own and finding.measure == "level":
            return name.removesuffix(own)
    return ""


def _in_brackets(name: str, setting: Setting, chain: Chain) -> bool:
    """Tell whether brackets before a figure begin with a name: 高等院校45所（含独立学院2所）."""
    start, end = chain.sentence.start, setting.mention.start
    return any(chain.text.find(opening + name, start, end) >= 0 for opening in ("（", "（含"))


def with_measure(name: str, measure: Measure, chain: Chain) -> str:
    """Give a growth the measuring word that the growth before it has: 采矿业增加值增长1%，制造业增长2%."""
    if measure != "growth" or not name.endswith(_BRANCHES):
        return name
    last = chain.last
    if last is not None:
        before = last.name if last.measure == "growth" else ""
    else:
        opened = _BY_KIND.match(chain.text, chain.sentence.start, chain.sentence.end)
        before = chain.earlier[-1].name if opened and chain.earlier else ""
        if opened and before.endswith("投资") and "其中" not in opened[0]:  # 投资增长5%。分产业看，第一产业增长3%
            return name + "投资"
        if rose := _ROSE.fullmatch(before):
            before = rose[1]
    measured = next((word for word in _MEASURED if before.endswith(word)), "")
    return name + measured if measured and before.removesuffix(measured).endswith(_BRANCHES) else name


def owner_before(setting: Setting, chain: Chain) -> str:
    """Give whose a generic name is: that of the figure before, or the subject of the clause before."""
    last = _last_deed(setting, chain)
    if last is not None and ("；" not in setting.joint or setting.joint == "；"):
        people = last.unit == "户" or last.dimension == "people"
        if people and setting.mention.dimension == "money" and (topic := _topic_at(chain, chain.sentence.start)):
            return topic
        bare = without_head(last.name, chain.shared) == last.name
        if setting.listed and bare and last.measure == "level" and last.unit == setting.mention.unit:
            return chain.owner
        if chain.owner and last.name.startswith(chain.owner):
            return chain.owner
        owner = _without_deed(without_verb(last.name, chain.phrases), chain.phrases)
        owner = tidy(without_head(owner, chain.shared), chain.phrases).removesuffix("新增").removeprefix("累计")
        return noun_phrase(owner, chain.phrases) if last.rule in _OF_PREDICATES else owner
    if setting.joint:
        subject = _without_deed(clause_subject(clause_before(setting), chain.phrases), chain.phrases)
        return chain.phrases.progress.sub("", chain.phrases.verbs.promotes.sub("", subject, 1))
    return "" if chain.found else _topic_before(chain)


def _last_deed(setting: Setting, chain: Chain) -> Finding | None:
    """Give the finding before; before money, that before people whom it reaches: 改造项目32个，惠及1万户，总投资…."""
    last = chain.last
    if last is None or len(chain.found) == 1 or setting.mention.dimension != "money" or "；" in setting.joint:
        return last
    people = last.unit == "户" or last.dimension == "people"
    return chain.found[-2] if people and last.name.startswith(_REACHED) else last


def _topic_before(chain: Chain) -> str:
    """Give what the sentence before, in the same paragraph, began to speak of: 老城区改造全面推进。完成投资3亿元."""
    text, stop = chain.text, chain.sentence.start - 1
    if stop < 0 or text[stop] != "。":
        return ""
    return _topic_at(chain, max(text.rfind("。", 0, stop), text.rfind("\n", 0, stop)) + 1)


def _topic_at(chain: Chain, start: int) -> str:
    """Give what a sentence begins to speak of; nothing where it begins with a deed."""
    phrases = chain.phrases
    clause = _FIRST_CLAUSE.match(chain.text, start)
    words = strip_lead(clause[0], phrases)[1] if clause else ""
    topic = noun_phrase(words, phrases)
    whole = topic == phrases.verbs.promotes.sub("", topic, 1) and phrases.make.match(topic) is None
    named = whole and _SHORTEST_TOPIC <= len(topic) < len(words)
    return phrases.progress.sub("", tidy(topic, phrases)) if named else ""


def _without_deed(name: str, phrases: Phrases) -> str:
    """Give a name without the deed that it begins with: 提高养老金标准 → 养老金标准."""
    return name.removeprefix(next((deed for deed in phrases.deeds if name.startswith(deed)), ""))
