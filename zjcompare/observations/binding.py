"""Settings → findings: each quantity of a sentence with its name, measure and qualifiers."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from zjcompare.observations.deeds import acts_on_noun, moved_by_verb
from zjcompare.observations.endings import share_ends, share_nouns
from zjcompare.observations.groups import bind_each, bind_group
from zjcompare.observations.lists import AND, group_size
from zjcompare.observations.measures import bare_unit, bound_of, continues_change, restate, scaled, state, status_of
from zjcompare.observations.naming import name_compared, name_figure
from zjcompare.observations.owners import clause_before
from zjcompare.observations.parents import enter_parent, parent_of
from zjcompare.observations.ranks import bind_in_order, bind_rank, bind_streak, bind_times
from zjcompare.observations.scopes import scope_of
from zjcompare.observations.settings import Chain, Finding, Measure, Naming, Setting, cut_settings
from zjcompare.observations.shares import AIMED_AT, tells_how_much, way_of
from zjcompare.observations.sized import only_sizes
from zjcompare.observations.tails import LEFT_OUT, read_tail
from zjcompare.observations.times import base_of, enter_front, since_when, span_of, year_of, year_of_carried
from zjcompare.observations.trimming import Comparison, outdone, strip_lead, surpassed
from zjcompare.observations.words import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.mentions import Mention
    from zjcompare.observations.measures import Statement

_OTHER_BASIS = re.compile(r"同口径|可比口径|自然口径|可比价格?|不变价格?|现价")
_EXPECTED = re.compile(r"(?<=..)预计(?=..)")  # 规上工业预计总产值
_HAS_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_COMPARES_ANEW = re.compile(r"[比较]|年均|每年|递增")
_PLANS = ("任务", "目标", "计划", "指标")  # a growth behind what is more than they say is none over them
_FLOWS = ("verb", "shared verb")  # the rules of names that say what was done: a sum over the years that it took


def bind_sentence(chain: Chain, mentions: Sequence[Mention]) -> list[Finding]:
    """Bind the mentions of one sentence, in order; what is no quantity or has no name is left out."""
    settings = share_ends(share_nouns(cut_settings(chain, mentions)), chain.phrases)
    kept = [setting.mention for setting in settings]
    chain.estimated = _estimated_throughout(chain, kept)
    enter_front(chain)
    index = 0
    while index < len(settings):
        before, last = settings[index].before, chain.last
        in_order = "分" in before or "依次" in before or (last is not None and last.rule == "respectively")
        bare = index + 1 < len(settings) and settings[index + 1].listed and not settings[index + 1].before
        size = group_size(chain.text, kept, index, chain.shared) if in_order or bare else 1
        if size > 1 and (group := _bind_row(settings[index : index + size], chain)):
            _add(group, chain)
            index += len(group)
            continue
        group = bind_each(settings[index], chain)
        if not group:
            following = settings[index + 1] if index + 1 < len(settings) else None
            one = _bind_one(settings[index], following, chain)
            group = [one] if one else []
        _add(group, chain)
        index += 1
    return chain.found


def _bind_row(row: Sequence[Setting], chain: Chain) -> list[Finding]:
    """Bind the figures of a row, or its first ones, that go to as many subjects; an empty list where none do."""
    groups = (bind_in_order(row[:size], chain) or bind_group(row[:size], chain) for size in _sizes(row))
    return next(filter(None, groups), [])


def _add(group: Sequence[Finding], chain: Chain) -> None:
    """Add findings to those of their sentence, each with the whole that it is a part of."""
    for finding in group:
        parent = parent_of(finding, chain)
        chain.last = finding._replace(parent=parent) if parent else finding
        chain.found.append(chain.last)


def _sizes(row: Sequence[Setting]) -> list[int]:
    """Give how many figures of a row may be one group, most first: all, those of one dimension, those of one list."""
    dimension = row[0].mention.dimension
    alike = sum(1 for _ in takewhile(lambda setting: setting.mention.dimension == dimension, row))
    listed = 1 + sum(1 for _ in takewhile(lambda setting: setting.listed and not setting.before, row[1:]))
    return sorted({size for size in (len(row), alike, listed) if size > 1}, reverse=True)


def _estimated_throughout(chain: Chain, mentions: Sequence[Mention]) -> bool:
    """Tell whether 预计, 初步核算 stands at the head of the sentence and so governs all of it."""
    text, start, end = chain.text, chain.sentence.start, chain.sentence.end
    comma = text.find("，", start, end)
    first = comma if comma >= 0 else end
    cue = chain.phrases.estimate.search(text, start, first)
    if cue is None or not mentions:
        return False
    if mentions[0].start > first and "预计" not in cue[0]:
        return True
    before = text[start : cue.start()]
    return not before or not strip_lead(before, chain.phrases)[1]


def _bind_one(setting: Setting, following: Setting | None, chain: Chain) -> Finding | None:
    mention, phrases = setting.mention, chain.phrases
    if mention.kind == "rank":
        return bind_rank(setting, chain)
    tail = read_tail(setting.before, phrases, moves=mention.kind == "multiple")
    tail = acts_on_noun(setting, tail, phrases) or tail
    lead, name = strip_lead(setting.before[: tail.end], phrases)
    if "加" in name or "减" in name:
        name = phrases.accounts.plus.sub("", name)
    enter_parent(setting, lead + name, chain)
    if "其中" in name:
        lead, name = strip_lead(name[name.rindex("其中") :], phrases)
    if phrases.verbs.raised_to.search(setting.before):
        name = phrases.verbs.raiser.sub("", name)
    expected = _EXPECTED.sub("", name) if "预计" in name else name
    if expected != name or (lead and phrases.estimate.search(lead)):
        name, tail.status = expected, tail.status or "estimate"
    tail.yearly = tail.yearly or "年均" in lead or "每年" in lead
    if mention.kind == "streak":
        return bind_streak(setting, chain)
    if mention.unit == "倍" and (times := bind_times(setting, tail, chain)):
        return times
    figure = Figure(setting, tail, lead, name, chain)
    return None if only_sizes(figure, following) else _bind_amount(figure)


def _bind_amount(figure: Figure) -> Finding | None:
    """Bind a level, a growth, a change or a ratio."""
    setting, tail, lead, name, chain = figure
    mention = setting.mention
    compared = _comparison(figure)
    if compared is not None:
        tail.base, tail.sign, tail.verb = compared.base, compared.sign, "up" if compared.sign > 0 else "down"
    if chain.last is not None and chain.last.rule in AIMED_AT and (way := way_of(setting.before, chain.phrases)):
        name, tail.verb, tail.sign, tail.bound = "", "up" if way > 0 else "down", way, "="
    if moved := moved_by_verb(setting, tail, name, chain.phrases):
        name, tail.verb, tail.sign = moved.name, moved.verb, moved.sign
    name = name.strip("+±")
    figure = figure._replace(name=name)
    statement = state(figure)
    if compared is not None:
        naming = name_compared(compared.subject, setting, statement.measure, chain)
    else:
        naming = name_figure(figure, statement.measure)
    if naming is None or not _HAS_WORD.search(naming.name):
        return None
    if basis := tail.basis or _basis_of(statement, setting, naming, chain):
        naming = naming._replace(name=f"{naming.name}（{basis}）")
    measure, number, unit = restate(statement, figure, naming)
    year = chain.sentence.year if naming.rule == "plan" else year_of(lead, tail, chain)
    span = span_of(lead, tail, chain)
    summed = measure == "level" and (naming.rule in _FLOWS or "累计" in naming.name + setting.before)
    return Finding(
        setting.position, naming.name, measure, number, scaled(mention.high, number, mention.number),
        unit or bare_unit(naming.name, chain), bound_of(mention, tail),
        status_of(setting, tail.status, naming, chain), naming.rule, naming.confidence,
        year=year or year_of_carried(naming.name, measure, setting, chain),
        per="年均" if tail.yearly else span if summed else "",
        since=since_when(setting, chain) if tail.yearly or (summed and "以来" in lead + tail.said_year) else "",
        base=_base_said(figure, naming, measure) or base_of(span, measure, chain),
        scope=name if naming.rule == "level in brackets" else scope_of(naming.name, lead, chain),
        dimension=mention.dimension,
    )  # fmt: skip


def _basis_of(statement: Statement, setting: Setting, naming: Naming, chain: Chain) -> str:
    """Give what a clause before a growth leaves out (剔除债务因素，增长5%), or what a second one goes by (同口径)."""
    if statement.measure not in ("growth", "change"):
        return ""
    if left_out := LEFT_OUT.fullmatch(clause_before(setting)):
        return left_out[0]
    last = chain.last
    again = last is not None and statement.measure == last.measure and naming.name == last.name
    basis = _OTHER_BASIS.search(setting.before) if again else None
    return basis[0] if basis else ""


def _comparison(figure: Figure) -> Comparison | None:
    """Give what a figure is compared with that tells by how much one thing is above or below another."""
    setting, tail, _, name, chain = figure
    mention, last = setting.mention, chain.last
    if mention.unit != "%" and (plan := surpassed(setting.before)):
        tail.status = ""
        return plan
    compared = outdone(setting.before, chain.phrases) if name and not tail.base and not tail.verb else None
    if compared is None or mention.dimension == "points" or compared.counted:
        return compared
    alike = last is not None and last.measure == "level" and last.unit == mention.unit and "元" in mention.unit
    by_how_much = alike and not compared.subject and compared.base[-1] not in "近约"
    return compared if by_how_much and not tells_how_much(setting, chain) else None  # 比上年12亿元增加2亿元


def _base_said(figure: Figure, naming: Naming, measure: Measure) -> str:
    """Give the base that the sentence names for a figure or for the one before it."""
    setting, tail, _, _, chain = figure
    last = chain.last
    if last is not None and measure == "change":
        if continues_change(setting, last):
            return _share_base(chain)
        if last.rule in AIMED_AT and chain.against:
            return tail.base or chain.against
    return tail.base or _base_before(setting, naming, measure, chain)


def _base_before(setting: Setting, naming: Naming, measure: str, chain: Chain) -> str:
    """Give the base of the change before, of which a growth right behind tells more: 比上年预算增加2亿元，增长5%."""
    last = chain.last
    if last is None or measure != "growth" or last.measure != "change" or last.name != naming.name:
        return ""
    alone = setting.joint == "，" and not _COMPARES_ANEW.search(setting.before) and not last.base.endswith(_PLANS)
    return last.base if alone and naming.rule.startswith("carried") else ""


def _share_base(chain: Chain) -> str:
    """Give the second base of 比全国、全省平均高0.9和0.5个百分点; the figure before keeps the first."""
    last = chain.found[-1]
    bases = AND.split(last.base, maxsplit=1)
    if len(bases) == 1:
        return last.base
    chain.last = chain.found[-1] = last._replace(base=bases[0])
    return bases[1]
