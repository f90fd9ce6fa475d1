"""Words → name: which indicator a figure belongs to, by which rule, and how sure that is.

Each rule gives a naming or None, and the first that gives one decides: `_RULES` is their order, and behind them come
the name that is carried over, where no words stand before the figure, or the `SUBJECT_RULES`, where some do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.carried import carry
from zjcompare.observations.deeds import deed_before
from zjcompare.observations.lists import AND_SO_ON
from zjcompare.observations.owners import programme_before, programme_of
from zjcompare.observations.parents import open_bracket
from zjcompare.observations.purposes import name_purpose
from zjcompare.observations.settings import NO_NAME, Naming
from zjcompare.observations.shares import name_against, name_share
from zjcompare.observations.sizes import COUNTED
from zjcompare.observations.subjects import SUBJECT_RULES
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import FOR_WHOM, label, noun_phrase, strip_lead, tidy, up_to_progress, without_verb
from zjcompare.observations.words import PREPOSITIONS, take_apart

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Measure, Setting
    from zjcompare.observations.words import Figure, Words

_LEVEL = re.compile(r"(?:[省市县区州旗]本?级|乡镇级?|镇级|高新区|经开区|[\u4e00-\u9fff]{2,6}(?:开发区|新区|园区))")
_ALONE = frozenset(("累计", "新增", "累计新增", "累计建成", "累计达"))
_SUM = re.compile(r"(?:累计|计划|预计)?(?:完成)?(?:年度|总)?(?:投资|投入|造价)额?$")
_REACHED = re.compile(r"(?:累计|直接|共|已)*(?:惠及|受益|覆盖(?:农村|城镇)?(?:人口)?)$")
_OF_PROGRAMME = frozenset(("参保", "参合", "领取养老金", "领取待遇"))
_HAVING = NO_NAME | {"有", "已有", "其中", "其中有"}
_OF_THEM = re.compile(r"(?:[^，。；]{2,24}中)?，")
_PREDICATE = re.compile(
    r"(?:全年|全部|已|均|都|基本)*(?P<what>达标|合格|达到[^0-9]{2,12}(?:标准|水平|要求)|实现[^0-9]{2,10}|开工(?:建设)?|完工|竣工|建成(?:投用|投产)?|投产|投入(?:使用|运营|运行)|通过[^0-9]{2,8}|完成[^0-9]{2,10}|脱贫)"
)
_LONGEST_VERB = 6  # characters of words that all counts of a list share: 重点扶持2个A、54个B
_AND_SO_ON = re.compile(rf"(?<=..){AND_SO_ON}$")


def name_figure(figure: Figure, measure: Measure) -> Naming | None:
    """Give the name of a figure from the words before it and behind it.

    None where the sentence gives no name: no name is better than a wrong one.
    """
    setting, tail, _, name, chain = figure
    if share := name_against(setting, tail, chain) or name_share(setting, tail, name, chain):
        return share
    words = take_apart(figure, measure)
    for rule in _RULES:
        if naming := rule(words):
            return naming
    if words.core in NO_NAME:
        return _name_carried(words)
    if words.core.endswith("等"):
        words = words._replace(core=_AND_SO_ON.sub("", words.core))
    for rule in SUBJECT_RULES:
        if naming := rule(words):
            return naming
    return None


def name_compared(subject: str, setting: Setting, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name of a figure that tells by how much a subject is above or below something else."""
    subject = subject_of(subject, chain.phrases)
    return Naming(subject, "compared", 0.85) if subject else carry(setting, measure, chain)


def subject_of(words: str, phrases: Phrases) -> str:
    """Give the subject in some words: without what leads to it, and without verbs and adverbs at its end."""
    words = strip_lead(words, phrases)[1]
    return tidy(words[: read_tail(words, phrases).end], phrases)


def _name_purpose(words: Words) -> Naming | None:
    """投资4亿元实施供水工程: a bare verb of spending, with what the money went to."""
    if words.lead.endswith("完成"):
        return None
    purpose = name_purpose(words.setting, words.core, words.chain)
    return Naming(purpose, "purpose", 0.8) if purpose else None


def _name_cumulated(words: Words) -> Naming | None:
    """新建道路5公里，累计20公里: a deed once more, summed up."""
    core, chain = words.core, words.chain
    if about := "" if words.setting.behind else deed_before(core, words.setting, chain):
        return Naming(about + core, "cumulated", 0.85)
    if core not in _ALONE or chain.last is None or words.noun:
        return None
    return Naming(core + without_verb(chain.last.name, chain.phrases).removesuffix("新增"), "cumulated", 0.85)


def _name_again(words: Words) -> Naming | None:
    """完工17个小区48万平方米, 净增3个: the thing of the figure before, sized or counted once more."""
    setting, core, last = words.setting, words.core, words.chain.last
    if last is None or words.noun:
        return None
    sized = (
        not setting.joint and not words.tail.verb and last.rule == "noun behind" and last.unit != setting.mention.unit
    )
    sized = sized and core not in NO_NAME and core == setting.before and last.name.endswith(core)
    return Naming(last.name, "carried", 0.85) if sized or core == "净增" else None


def _name_level(words: Words) -> Naming | None:
    """支出50亿元（其中市本级20亿元）: a level of government in brackets, whose figure has the name before them."""
    chain, mention = words.chain, words.setting.mention
    if chain.last is None or words.noun or not _LEVEL.fullmatch(words.core) or chain.last.unit != mention.unit:
        return None
    bracketed = open_bracket(chain.text, chain.sentence.start, mention.start) >= 0
    return Naming(chain.last.name, "level in brackets", 0.85) if bracketed else None


def _name_reached(words: Words) -> Naming | None:
    """发放生活补贴，惠及3万人: people whom a programme reaches."""
    if words.setting.mention.dimension not in ("people", "visits"):
        return None
    reaches = _REACHED.match(words.noun if words.core in NO_NAME else words.core + words.noun)
    programme = programme_before(words.setting, words.chain) if reaches else ""
    return Naming(programme + reaches[0], "programme", 0.8) if reaches and programme else None


def _name_fraction(words: Words) -> Naming | None:
    """902个断面中，有830个达标: of the things counted before, those of which the predicate behind the figure holds."""
    setting, last = words.setting, words.chain.last
    if last is None or words.core not in _HAVING or not _OF_THEM.fullmatch(setting.joint) or setting.touches_next:
        return None
    if last.measure != "level" or last.unit != setting.mention.unit or last.dimension == "money":
        return None
    predicate = _PREDICATE.fullmatch(setting.behind)
    return Naming(last.name + label(predicate["what"]), "noun behind", 0.77) if predicate else None


def _name_counted(words: Words) -> Naming | None:
    """新下放50项市级权力事项: the words before a figure and the noun behind it, put together."""
    setting, chain, core, noun = words.setting, words.chain, words.core, words.noun
    phrases = chain.phrases
    if not (noun and tidy(noun, phrases)):
        return None
    if noun.startswith("的"):
        owner, sum_of = label(up_to_progress(noun[1:])), _SUM.search(core)
        said = sum_of[0] if sum_of else phrases.verbs.carries.sub("", core)
        return Naming(said + owner if said.endswith("新增") else owner + said, "noun behind", 0.7)
    noun = label(noun)
    if len(core) > 2 and core[-1] in "使让":
        return Naming(core[:-1] + tidy(setting.behind, phrases), "noun behind", 0.77)
    if core in NO_NAME and noun in _OF_PROGRAMME and (programme := programme_of(setting, chain)):
        chain.owner = programme
        return Naming(programme + noun, "owner", 0.77)
    if core in NO_NAME or core in PREPOSITIONS:
        chain.verb = chain.verb if setting.listed else ""
        return Naming(chain.verb + noun, "noun behind", 0.77)
    if core[0] in "为对" and not FOR_WHOM.match(core, 1):
        core = tidy(strip_lead(core[1:], phrases)[1], phrases)
    verb = phrases.make.match(core)
    closed = noun_phrase(setting.behind, phrases) != setting.behind  # by a predicate
    begins = chain.last is None or setting.joint != ""
    shared = begins and len(core) <= _LONGEST_VERB and not closed and not core[:1].isdigit()
    chain.verb = verb[0] if verb else core if shared else ""
    return Naming(core + noun, "noun behind", 0.77)


def _name_carried(words: Words) -> Naming | None:
    """新增上市企业5家，达到80家: the name that is carried over, of a flow that of the stock which it has led to."""
    naming = carry(words.setting, words.measure, words.chain)
    stock = words.tail.verb == "level" and words.setting.mention.dimension.startswith(COUNTED)
    if naming is None or not stock:
        return naming
    return naming._replace(name=naming.name.removesuffix("新增").removeprefix("新增") or naming.name)


_RULES = (_name_purpose, _name_cumulated, _name_again, _name_level, _name_reached, _name_fraction, _name_counted)
