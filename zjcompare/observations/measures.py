"""Mention with the words around it → what kind of statement it is: measure, sign, unit, bound and status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.times import is_past

if TYPE_CHECKING:
    from decimal import Decimal

    from zjcompare.mentions import Mention
    from zjcompare.observations.settings import Chain, Measure, Naming, Setting
    from zjcompare.observations.tails import Tail

_COMPARES = re.compile(r"倍差|收入比|之比")
_REMEMBERED = 60  # findings of a sentence that a carried name is looked for in


def measure_of(mention: Mention, tail: Tail, name: str) -> tuple[Measure, Decimal, str]:
    """Tell what kind of statement the figure is, with its sign and unit."""
    number, unit = mention.number, mention.unit
    signed = number if tail.sign > 0 else number * tail.sign
    if mention.kind == "multiple":
        return "growth", number, "%"
    if mention.kind == "ratio" or (not unit and _COMPARES.search(name)):
        return "ratio", number, ""
    if mention.dimension == "points":
        return ("level", number, unit) if tail.verb == "level" else ("change", signed, unit)
    if mention.dimension == "ratio":
        moved = tail.directed or tail.noun or (tail.verb == "" and tail.base)
        return ("growth", signed, unit) if moved else ("level", number, unit)
    if unit == "倍":
        return ("growth", signed * 100, "%") if tail.directed else ("ratio", number, unit)
    return ("change", signed, unit) if tail.directed else ("level", number, unit)


def bound_of(mention: Mention, tail: Tail) -> str:
    """Give the bound of a figure: what stands behind it comes before what stands in front of it."""
    return mention.bound if mention.bound != "=" else tail.bound


def scaled(high: Decimal | None, number: Decimal, printed: Decimal) -> Decimal | None:
    """Give the upper end of a range in the scale and with the sign that its lower end has now."""
    return high * (number / printed) if high is not None and printed else high


def bare_unit(name: str, chain: Chain) -> str:
    """Give the unit of a number printed without one, from the name that it has."""
    return next((unit for cue, unit in chain.phrases.bare if cue in name), "")


def status_of(setting: Setting, said: str, naming: Naming, chain: Chain) -> str:
    """Give a figure's status: a plan's or a target's words come first, then an estimate's, then the name's own."""
    if said == "actual" or is_past(setting, chain):
        return "actual"
    if chain.sentence.part == "plan" or chain.is_aimed(setting.mention.start) or naming.rule == "plan":
        return "target"
    if chain.estimated or said == "estimate":
        return "estimate"
    if naming.rule.startswith(("carried", "respectively")):
        for earlier in reversed(chain.found[-_REMEMBERED:]):
            if earlier.name == naming.name:
                return earlier.status
    return "actual"
