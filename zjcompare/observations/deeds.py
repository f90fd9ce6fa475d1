"""Verbs around a figure → what was done to what: 减轻90万户企业税负, 降低电价5%, 按5%的幅度压减支出, 开工600套."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.observations.nouns import noun_behind
from zjcompare.observations.owners import clause_before
from zjcompare.observations.tails import Tail
from zjcompare.observations.trimming import noun_phrase, strip_lead, tidy

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Setting

_AT_RATE = re.compile(r"的(?:幅度|比例|速度)(?P<verb>[\u4e00-\u9fff]{2})(?P<noun>[\u4e00-\u9fff“”]{2,16})?")
_BY = re.compile(r"[按以](?:照)?[^，]{0,6}$")
_LEADS_TO = re.compile(r"(?:覆盖|扩大|扩展|延伸)到")
_WHEREIN = re.compile(r"在.*(?:下|上|中|同时)")
_FORCE = re.compile(r"(?:建设)?(?:力度|工作|任务)?$")
_SHORTEST, _LONGEST = 4, 20  # characters of what something is done to
_REMEMBERED = 4  # figures before it among which its unit is looked for: 实施项目30个，总投资90亿元，开工20个
_MOVED = ("ratio", "points")
_NO_THINGS = (*_MOVED, "money", "times")
_NEVER_ACTED_ON = (*_MOVED, "times", "time")


class Moved(NamedTuple):
    """What a verb moved, and the way: -1 where it is less now."""

    name: str
    verb: str
    sign: int


def acts_on_noun(setting: Setting, tail: Tail, phrases: Phrases) -> Tail | None:
    """Give the tail without its verb where that acts on the noun behind the figure: 减轻90万户企业税负.

    Nor is 提升 behind a verb of doing a movement: 推动农房风貌提升6万户.
    """
    before = setting.before
    if tail.verb == "up" and phrases.verbs.improved.search(before) and setting.mention.dimension not in _NO_THINGS:
        return Tail(len(before), status=tail.status, yearly=tail.yearly)
    if not tail.directed or tail.base or tail.said_year or setting.mention.dimension in _NEVER_ACTED_ON:
        return None
    verb = next((end for end in range(len(before), tail.end, -1) if _way(before[tail.end : end], phrases)), 0)
    core = tidy(strip_lead(before[: tail.end], phrases)[1], phrases)
    if not verb or "比" in before or (core and not phrases.make.fullmatch(core)):
        return None
    plain = Tail(verb, bound=tail.bound, status=tail.status, yearly=tail.yearly)
    noun = noun_behind(setting, plain, core, phrases)
    return plain if noun and not noun.startswith("的") else None


def moved_by_verb(setting: Setting, tail: Tail, name: str, phrases: Phrases) -> Moved | None:
    """Read 降低电价5% and 按不低于5%的幅度压减支出: what moved by a rate or points, and which way."""
    if setting.mention.dimension not in _MOVED or tail.directed or tail.noun:
        return None
    rated = _AT_RATE.match(setting.behind)
    if rated and _BY.search(setting.before) and (way := _way(rated["verb"], phrases)):
        return Moved(rated["noun"] or "", way, -1 if way == "down" else 1)
    way = _way(name[:2], phrases)
    rate = setting.mention.dimension == "ratio" and phrases.rate.search(name)
    if not way or len(name) < _SHORTEST or name[2] in "到至为" or tail.verb or rate:
        return None
    return Moved(name[2:], way, -1 if way == "down" else 1)


def deed_before(core: str, setting: Setting, chain: Chain) -> str:
    """Give what a bare verb is about: what is built (开工600套), or given money for (中央财政投入20亿元), or nothing.

    That is the figure of its unit before it, or the clause before it.
    """
    phrases, unit = chain.phrases, setting.mention.unit
    built = phrases.verbs.built.fullmatch(core)
    counted = [found.name for found in chain.found[-_REMEMBERED:] if found.unit == unit and found.measure == "level"]
    if built and counted and len(clause_before(setting)) < _SHORTEST:
        verb = phrases.make.match(counted[-1])
        return phrases.verbs.built.sub("", counted[-1][verb.end() :] if verb else counted[-1])
    given = phrases.accounts.spent.fullmatch(core) if built is None and setting.mention.dimension == "money" else None
    if not (built or (given and given["giver"] not in ("", "中央预算内"))) or "；" in setting.joint or chain.whole:
        return ""
    clauses = [clause for clause in setting.joint.rstrip("，").split("，") if not _WHEREIN.fullmatch(clause)]
    clause = strip_lead(clauses[-1] if clauses else "", phrases)[1]
    about = tidy(_LEADS_TO.split(noun_phrase(phrases.verbs.promotes.sub("", clause), phrases), maxsplit=1)[0], phrases)
    if not _SHORTEST <= len(about) <= _LONGEST:
        return ""
    return _FORCE.sub("", about) if built else about


def _way(verb: str, phrases: Phrases) -> str:
    kind = phrases.tails.get(verb, ("", ""))[0]
    return kind if kind in ("up", "down") else ""
