"""Setting → words: one figure with the words before and behind it taken apart, as the rules of naming look at it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.observations.lists import AND
from zjcompare.observations.nouns import noun_behind
from zjcompare.observations.settings import Chain, Measure, Setting
from zjcompare.observations.sizes import COUNTED
from zjcompare.observations.tails import Tail
from zjcompare.observations.trimming import noun_phrase, tidy

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases

PREPOSITIONS = frozenset(("为", "对", "向", "给", "有", "使", "让"))
_FROM_INSIDE = re.compile(r"(..+)从(?![业事])(.+)$")
_ENDS_IN_EXAMPLES = re.compile(r"..等(?:方面|领域|地)?$")
_AMONG = re.compile(r"(?<=..)(?<![其高初集])中有?$")  # 41个行业大类中有34个行业增长


class Figure(NamedTuple):
    """One figure, and the words before it in three: those that lead to its name, the name, and its tail."""

    setting: Setting
    tail: Tail
    lead: str
    name: str
    chain: Chain


class Words(NamedTuple):
    """One figure and the words around it."""

    setting: Setting
    tail: Tail
    lead: str  # the words before `core` that only lead to it: 全年实现, 安排
    core: str  # the words right before the figure, without lead and tail
    noun: str  # what stands behind the figure and is counted by it
    measure: Measure
    chain: Chain


def take_apart(figure: Figure, measure: Measure) -> Words:
    """Take apart the name before a figure and the words behind it."""
    setting, tail, lead, name, chain = figure
    phrases = chain.phrases
    core = tidy(name, phrases)
    if setting.touches_next and (middle := _FROM_INSIDE.match(core)):
        core = middle[1] + middle[2]
    if setting.behind and not setting.joint and _AMONG.search(core):
        core = ""
    examples = setting.behind and _ENDS_IN_EXAMPLES.search(core)
    noun = _AMONG.sub("", noun_behind(setting, tail, "" if examples else core, phrases))
    if noun and (examples or _is_listed_in_full(core, setting)):
        core = _without_examples(core, noun, phrases)
    return Words(setting, tail, lead, core, noun, measure, chain)


def _is_listed_in_full(core: str, setting: Setting) -> bool:
    """Tell whether the words before a count name all that it counts: 改造甲路、乙路和丙路3条主干道."""
    things = len(AND.findall(core)) + 1
    return "、" in core and things == setting.mention.number and setting.mention.dimension.startswith(COUNTED)


def _without_examples(core: str, noun: str, phrases: Phrases) -> str:
    """Give what stays of the words before a figure that end in examples: the verb alone where the noun says enough.

    新开通A、B等6条航线 → 新开通航线, but 实施A、B等9个项目 → 实施A、B等项目.
    """
    if noun in phrases.weak:
        return core
    verb = phrases.make.match(core)
    governs = verb and core[verb.end() : verb.end() + 1] not in PREPOSITIONS and noun_phrase(noun, phrases) == noun
    return verb[0] if verb and governs else ""
