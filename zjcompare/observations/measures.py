"""Mention with the words around it → what kind of statement it is: measure, sign, unit, bound and status."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.observations.settings import Measure
from zjcompare.observations.times import is_past

if TYPE_CHECKING:
    from zjcompare.mentions import Mention
    from zjcompare.observations.settings import Chain, Finding, Naming, Setting
    from zjcompare.observations.tails import Tail
    from zjcompare.observations.words import Figure

_COMPARES = re.compile(r"倍差|收入比|之比")
_GROWTH_BEHIND = re.compile(
    r"(?:以上|左右)?的?(?:较快|高速|中高速|稳定)?(?:增长|增速|增幅|下降|降幅)$"
    r"|的(?:增速|增幅|降幅|增长率)(?=[低高快慢]于|[居列位排领])",
)
_SIGN_IN_BRACKETS = re.compile(r"（[-−+±]")
_REMEMBERED = 60  # findings of a sentence that a carried name is looked for in


class Statement(NamedTuple):
    """What kind of statement a figure is, with its number (signed) and its unit."""

    measure: Measure
    number: Decimal
    unit: str


def measure_of(mention: Mention, tail: Tail, name: str) -> Statement:
    """Tell what kind of statement the figure is, with its sign and unit."""
    number, unit = mention.number, mention.unit
    signed = number if tail.sign > 0 else number * tail.sign
    if mention.kind == "multiple":
        return Statement("growth", number, "%")
    if mention.kind == "ratio" or (not unit and _COMPARES.search(name)):
        return Statement("ratio", number, "")
    if mention.dimension == "points":
        return Statement("level", number, unit) if tail.verb == "level" else Statement("change", signed, unit)
    if mention.dimension == "ratio":
        moved = tail.directed or tail.noun or (tail.verb == "" and tail.base)
        return Statement("growth", signed, unit) if moved else Statement("level", number, unit)
    if unit == "倍":
        return Statement("growth", signed * 100, "%") if tail.directed else Statement("ratio", number, unit)
    return Statement("change", signed, unit) if tail.directed else Statement("level", number, unit)


def state(figure: Figure) -> Statement:
    """Tell what kind of statement a figure is, from the words around it and the figure before."""
    setting, tail, _, name, chain = figure
    statement, last = measure_of(setting.mention, tail, name), chain.last
    if statement.measure != "level":
        return statement
    if name == "净增" and last is not None and last.unit == statement.unit:
        return statement._replace(measure="change")
    if setting.mention.dimension != "ratio":
        return statement
    if last is not None and not name and _is_signed(setting, chain):
        return statement._replace(measure="growth")
    if _GROWTH_BEHIND.match(setting.behind):
        sign = -1 if setting.behind.endswith(("下降", "降幅")) else 1
        return statement._replace(measure="growth", number=statement.number * sign)
    return statement


def restate(statement: Statement, figure: Figure, naming: Naming) -> Statement:
    """Give the statement once the name is known: a figure without words of its own is what the one before is."""
    setting, last = figure.setting, figure.chain.last
    if last is None:
        return statement
    if statement.measure == "change" and continues_change(setting, last):
        return statement._replace(number=statement.number.copy_sign(last.number))
    if statement.measure != "level":
        return statement
    if last.measure == "ratio" and not statement.unit and naming.rule == "carried":
        return statement._replace(measure="ratio")
    if _continues_growth(figure, naming):
        return statement._replace(measure="growth", number=statement.number.copy_sign(last.number))
    return statement


def _is_signed(setting: Setting, chain: Chain) -> bool:
    """Tell whether a rate stands at the head of a bracket with its sign: 产量3万吨（-2.5%）."""
    at = setting.mention.start
    return _SIGN_IN_BRACKETS.match(chain.text, at - 2, at) is not None


def _continues_growth(figure: Figure, naming: Naming) -> bool:
    """Tell whether a rate in a list shares the verb of the growth before it: A增长5%、B 6%."""
    setting, chain = figure.setting, figure.chain
    if chain.last is None or chain.last.measure != "growth" or not setting.listed or setting.mention.unit != "%":
        return False
    if naming.rule == "carried":
        return not setting.before
    return naming.rule == "subject" and not figure.tail.verb and chain.phrases.rate.search(naming.name) is None


def continues_change(setting: Setting, last: Finding) -> bool:
    """Tell whether a figure in a list shares the verb and the comparison of the change before it."""
    return setting.listed and not setting.before and last.base != ""


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
            if earlier.name == naming.name and earlier.rule != "plan":
                return earlier.status
    return "actual"
