"""Settings → findings: each quantity of a sentence with its name, measure and qualifiers."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from zjcompare.observations.lists import group_size, split_subjects
from zjcompare.observations.naming import Naming, carry, name_compared, name_figure, subject_of
from zjcompare.observations.phrases import Tail, noun_phrase, outdone, read_tail, strip_lead, tidy
from zjcompare.observations.scopes import division_of, enter_parent, scope_of
from zjcompare.observations.settings import COUNTED, NO_NAME, Chain, Finding, Measure, Setting, cut_settings
from zjcompare.observations.times import base_of, is_past, since_when, span_of, year_in_front, year_of, year_of_rank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zjcompare.mentions import Mention
    from zjcompare.observations.phrases import Phrases

_RATE = re.compile(r"(?:率|比重|占比|比例|份额|度|系数|贡献|水平|指数|之比|程度|强度)$")
_COMPARES = re.compile(r"倍差|收入比|之比")
_TIMES_OF = re.compile(r"(?:是|为|达到?|相当于|系)(?P<base>[^，。；]{1,20}?)的?(?:近|约|超过|超)?$")
_RESPECTIVELY = re.compile(r"分别((?:累计)?[\u4e00-\u9fff]{2,4})$")
_PRODUCTION_LINE = re.compile(r"[^，。；、0-9]{0,14}生产线")
_ENDS_IN_SCOPE = re.compile(r"(?:全国|全省|全市|全区|全县|全球|世界|省内|国内|同类[^，]{0,6}|亚洲)[^，]{0,6}$")
_RANKED_PLACES = re.compile(r"(全国|全省|全市|世界|全球|)(.*)")
_PLACE_IN_ORDER = re.compile(r"(?:并列|第|前|的|名列|各(?:设区)?市?)+$")
_STREAK_BEFORE = re.compile(r"[“‘已]*(?:连续(?:第|举办|成功举办|承办)?)?$")
_STREAK_VERB = re.compile(r"(?:实现|已|保持|连续|第)+$")
_NONE_OF_IT = re.compile(r"[零无未][\u4e00-\u9fff]{2,6}")  # 森林火灾连续8年零发生
_REACHED = re.compile(r"(?:实现|取得|迎来|创造?)了?[^，；]{0,8}的$")  # 实现了历史罕见的“八连增”
_AND = re.compile(r"、|以?及|[和与]")
_GROWTH_BEHIND = re.compile(r"(?:以上|左右)?的?(?:较快|高速|中高速|稳定)?(?:增长|增速|增幅|下降|降幅)$")
_FLOWS = ("verb", "shared verb")  # the rules of names that say what was done: a sum over the years that it took
_REMEMBERED = 60  # findings of a sentence that a carried name is looked for in
_FARTHEST_LIST = 300  # characters before 分别 in which its subjects may stand
_SIZED_THINGS = frozenset(("规模", "总量", "位次", "排名", "综合排名"))


def bind_sentence(chain: Chain, mentions: Sequence[Mention]) -> list[Finding]:
    """Bind the mentions of one sentence, in order; what is no quantity or has no name is left out."""
    settings = cut_settings(chain.text, chain.sentence, mentions)
    kept = [setting.mention for setting in settings]
    chain.estimated = _estimated_throughout(chain, kept)
    chain.year = year_in_front(chain)
    index = 0
    while index < len(settings):
        before, last = settings[index].before, chain.last
        in_order = "分" in before or "依次" in before or (last is not None and last.rule == "respectively")
        bare = index + 1 < len(settings) and settings[index + 1].listed and not settings[index + 1].before
        size = group_size(chain.text, kept, index) if in_order or bare else 1
        group = _bind_group(settings[index : index + size], chain) if size > 1 else []
        if size > 1 and not group and (alike := _alike(kept[index : index + size])) < size:
            size = alike
            group = _bind_group(settings[index : index + size], chain) if size > 1 else []
        if not group:
            following = settings[index + 1] if index + 1 < len(settings) else None
            one = _bind_one(settings[index], following, chain)
            group = [one] if one else []
            size = 1
        chain.found += group
        index += size
    return chain.found


def _alike(mentions: Sequence[Mention]) -> int:
    """Give how many mentions from the first on have its dimension."""
    return sum(1 for _ in takewhile(lambda mention: mention.dimension == mentions[0].dimension, mentions))


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


def _status(setting: Setting, said: str, naming: Naming, chain: Chain) -> str:
    """Give a figure's status: a plan's or a target's words come first, then an estimate's, then the name's own."""
    if said == "actual" or is_past(setting, chain):
        return "actual"
    if chain.sentence.part == "plan" or chain.is_aimed(setting.mention.start):
        return "target"
    if chain.estimated or said == "estimate":
        return "estimate"
    if naming.rule.startswith(("carried", "respectively")):
        for earlier in reversed(chain.found[-_REMEMBERED:]):
            if earlier.name == naming.name:
                return earlier.status
    return "actual"


def _bind_one(setting: Setting, following: Setting | None, chain: Chain) -> Finding | None:
    mention, phrases = setting.mention, chain.phrases
    if mention.kind == "rank":
        return _bind_rank(setting, chain)
    if following is not None and _shares_noun(setting, following):
        setting = setting._replace(behind=following.behind, touches_next=following.touches_next)
    tail = read_tail(setting.before, phrases, moves=mention.kind == "multiple")
    lead, name = strip_lead(setting.before[: tail.end], phrases)
    if "加上" in name:
        name = name[name.rindex("加上") + 2 :]
    enter_parent(setting, lead + name, chain)
    if "其中" in name:
        lead, name = strip_lead(name[name.rindex("其中") :], phrases)
    if lead and phrases.estimate.search(lead):
        tail.status = tail.status or "estimate"
    tail.yearly = tail.yearly or "年均" in lead or "每年" in lead
    if mention.kind == "streak":
        return _bind_streak(setting, chain)
    if mention.unit == "倍" and (times := _bind_times(setting, tail, chain)):
        return times
    if _is_capacity(setting, tail, name, chain) or _sizes_subject(setting, tail, name, following, chain):
        return None
    return _bind_amount(setting, tail, lead, name, chain)


def _shares_noun(setting: Setting, following: Setting) -> bool:
    """Tell whether a figure has its noun behind the next one: 301户611人贫困人口, 完成8条、12公里道路改造."""
    if setting.behind:
        return False
    between = following.mention.start - setting.mention.after
    counted = setting.mention.dimension.startswith((*COUNTED, "area", "length"))
    return setting.touches_next or (counted and between == 1 and following.listed and bool(following.behind))


def _bind_amount(setting: Setting, tail: Tail, lead: str, name: str, chain: Chain) -> Finding | None:
    """Bind a level, a growth, a change or a ratio."""
    mention, last = setting.mention, chain.last
    compared = outdone(setting.before) if name and not tail.base and not tail.verb else None
    if compared is not None and not (mention.dimension == "points" or compared.counted):
        compared = None
    if compared is not None:
        tail.base, tail.sign = compared.base, compared.sign
        tail.verb = "up" if compared.sign > 0 else "down"
    measure, number, unit = _measure(mention, tail, name)
    if name == "净增" and measure == "level" and last is not None and last.unit == unit:
        measure = "change"
    if measure == "level" and mention.dimension == "ratio" and _GROWTH_BEHIND.match(setting.behind):
        measure, number = "growth", number * (-1 if setting.behind.endswith(("下降", "降幅")) else 1)
    if compared is not None:
        naming = name_compared(compared.subject, setting, measure, chain)
    else:
        naming = name_figure(setting, tail, lead, name, measure, chain)
    if naming is None or not naming.name:
        return None
    if last is not None and measure == "change" and last.base and setting.listed and not name:
        number, tail.base = number.copy_sign(last.number), _share_base(chain)
    if measure == "level" and last is not None and last.measure == "ratio" and not unit and naming.rule == "carried":
        measure = "ratio"
    if last is not None and measure == "level" and _continues_growth(setting, tail, naming, last):
        measure, number = "growth", number.copy_sign(last.number)
    span = span_of(lead, tail, chain)
    summed = measure == "level" and (naming.rule in _FLOWS or "累计" in naming.name + tail.said_year)
    return Finding(
        setting.position, naming.name, measure, number, _scaled(mention.high, number, mention.number),
        unit or _bare_unit(naming.name, chain), _bound(mention, tail),
        _status(setting, tail.status, naming, chain), naming.rule, naming.confidence, year=year_of(lead, tail, chain),
        per="年均" if tail.yearly else span if summed else "",
        since=since_when(setting, chain) if tail.yearly else "",
        base=tail.base or (base_of(span, chain) if span and measure in ("growth", "change") else ""),
        parent=chain.parent, scope=scope_of(naming.name, lead, chain),
    )  # fmt: skip


def _share_base(chain: Chain) -> str:
    """Give the second base of 比全国、全省平均高0.9和0.5个百分点; the figure before keeps the first."""
    last = chain.found[-1]
    bases = _AND.split(last.base, maxsplit=1)
    if len(bases) == 1:
        return last.base
    chain.found[-1] = last._replace(base=bases[0])
    return bases[1]


def _continues_growth(setting: Setting, tail: Tail, naming: Naming, last: Finding) -> bool:
    """Tell whether a rate in a list shares the verb of the growth before it: A增长5%、B 6%."""
    if last.measure != "growth" or not setting.listed or setting.mention.unit != "%":
        return False
    if naming.rule == "carried":
        return not setting.before
    return naming.rule == "subject" and not tail.verb and _RATE.search(naming.name) is None


def _measure(mention: Mention, tail: Tail, name: str) -> tuple[Measure, Decimal, str]:
    """Tell what kind of statement the figure is, with its sign and unit."""
    number, unit = mention.number, mention.unit
    signed = number * tail.sign
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


def _bound(mention: Mention, tail: Tail) -> str:
    """Give the bound of a figure: what stands behind it comes before what stands in front of it."""
    return mention.bound if mention.bound != "=" else tail.bound


def _scaled(high: Decimal | None, number: Decimal, printed: Decimal) -> Decimal | None:
    """Give the upper end of a range in the scale and with the sign that its lower end has now."""
    return high * (number / printed) if high is not None and printed else high


def _bare_unit(name: str, chain: Chain) -> str:
    """Give the unit of a number printed without one, from the name that it has."""
    return next((unit for cue, unit in chain.phrases.bare if cue in name), "")


def _sizes_subject(setting: Setting, tail: Tail, name: str, following: Setting | None, chain: Chain) -> bool:
    """Tell whether a count only sizes the subject of the next figure: 98个…村集体收入达到120万元."""
    mention = setting.mention
    if following is None or not setting.touches_next or tail.verb or mention.kind != "amount" or tail.said_year:
        return False
    if not mention.dimension.startswith(COUNTED) or setting.before.endswith(("从", "由")):
        return False
    core = tidy(name, chain.phrases)
    if core not in NO_NAME and chain.phrases.make.match(core):
        return False
    own = read_tail(following.before, chain.phrases)
    return own.verb != "" or own.noun or following.mention.dimension in ("ratio", "points")


def _is_capacity(setting: Setting, tail: Tail, name: str, chain: Chain) -> bool:
    """Tell whether a size is part of a project's name: 700万吨露天矿, 日产500吨熟料生产线."""
    dimension = setting.mention.dimension
    if tail.verb or not setting.behind or setting.behind[0] == "的" or dimension == "money":
        return False
    if dimension.startswith("count"):
        return _PRODUCTION_LINE.match(setting.behind) is not None
    if dimension not in ("mass", "power", "voltage", "length", "energy") and not dimension.startswith("tonnage"):
        return False
    return chain.phrases.capacity.match(setting.behind) is not None and not name.endswith(("新增", "建成", "新建"))


def _bind_times(setting: Setting, tail: Tail, chain: Chain) -> Finding | None:
    """Bind 是2010年的2.7倍; None where the figure is a growth by a multiple."""
    found = _TIMES_OF.search(setting.before)
    if found is None or tail.directed:
        return None
    subject = tidy(strip_lead(setting.before[: found.start()], chain.phrases)[1], chain.phrases)
    naming = Naming(subject, "multiple of", 0.9) if subject not in NO_NAME else carry(setting, "ratio", chain)
    if naming is None:
        return None
    mention = setting.mention
    return Finding(
        setting.position, naming.name, "ratio", mention.number, mention.high, "倍",
        _bound(mention, tail), _status(setting, tail.status, naming, chain),
        naming.rule, naming.confidence, base=found["base"], parent=chain.parent,
    )  # fmt: skip


def _bind_streak(setting: Setting, chain: Chain) -> Finding | None:
    """Bind 连续六年增产, 四连增, 连续六次获评…."""
    mention, phrases = setting.mention, chain.phrases
    words = _STREAK_VERB.sub("", _STREAK_BEFORE.sub("", setting.before))
    words = _REACHED.sub("", words)
    subject = tidy(strip_lead(words, phrases)[1], phrases)
    if subject in NO_NAME:
        deed = noun_phrase(setting.behind, phrases) if setting.behind.startswith(phrases.deeds) else ""
        if len(deed) > 5 and not setting.touches_next:
            subject = tidy(setting.behind, phrases)
        else:
            carried = carry(setting, "streak", chain)
            subject = carried.name if carried else tidy(setting.behind, phrases)
    elif _NONE_OF_IT.fullmatch(setting.behind):
        subject += setting.behind
    if not subject:
        return None
    naming = Naming(subject, "streak", 0.8)
    return Finding(
        setting.position, subject, "streak", mention.number, None, mention.unit, mention.bound,
        _status(setting, "", naming, chain), naming.rule, naming.confidence, parent=chain.parent,
    )  # fmt: skip


def _bind_rank(setting: Setting, chain: Chain) -> Finding | None:
    """Bind 列全省第4位, 增幅排在全省并列第7位: the name, the scope, and whether the level or the growth is ranked."""
    mention, before, last = setting.mention, setting.before, chain.last
    words, scope = _split_scope(_PLACE_IN_ORDER.sub("", before), chain)
    growth = any(noun in words for noun in ("增幅", "增速", "涨幅"))
    subject = subject_of(chain.phrases.standing.sub("", strip_lead(words, chain.phrases)[1]), chain.phrases)
    place = division_of(subject, chain.phrases.divisions)
    if place == subject and (ranked := _RANKED_PLACES.match(scope)):
        scope, subject = ranked.groups()
    if not scope and last is not None and last.measure == "rank" and subject in ("", last.name):
        scope = last.rank_scope
    if subject in NO_NAME or subject in _SIZED_THINGS:
        carried = carry(setting, "rank", chain)
        if carried is None:
            return None
        naming = carried._replace(rule="carried rank")
        growth = growth or (last is not None and last.measure == "growth")
    else:
        naming = Naming(subject, "rank", 0.75)
    return Finding(
        setting.position, naming.name, "rank", mention.number, None, "位", mention.bound,
        _status(setting, "", naming, chain), naming.rule, naming.confidence, year=year_of_rank(setting, chain),
        parent=chain.parent, rank_scope=scope, rank_of="growth" if growth else "level", tied="并列" in before[-6:],
        scope=place,
    )  # fmt: skip


def _split_scope(words: str, chain: Chain) -> tuple[str, str]:
    """Split the words before a place in an order into the subject and the scope of the order (全省)."""
    at, verb = -1, ""
    for cue in chain.phrases.rank:
        found = words.rfind(cue)
        if found >= 0 and found + len(cue) > at + len(verb):
            at, verb = found, cue
    if at >= 0:
        subject, scope = words[:at], words[at + len(verb) :]
    elif found_scope := _ENDS_IN_SCOPE.search(words):
        subject, scope = words[: found_scope.start()], found_scope[0]
    else:
        subject, scope = words, ""
    return subject, scope.strip("“”‘’、， ").removesuffix("的")


def _bind_group(settings: Sequence[Setting], chain: Chain) -> list[Finding]:
    """Bind figures in a row that 分别 gives to as many subjects; an empty list where it does not."""
    first, suffix, phrases = settings[0], "", chain.phrases
    tail = read_tail(first.before, phrases)
    if not tail.respectively and (deed := _RESPECTIVELY.search(first.before)) and phrases.make.fullmatch(deed[1]):
        tail, suffix = read_tail(first.before[: deed.start(1)], phrases), deed[1]
    words = strip_lead(first.before[: tail.end], phrases)
    in_order = tail.respectively or _goes_on(chain, settings, tail, words[1]) or _is_understood(chain, settings, tail)
    if first.mention.kind == "rank" or not in_order:
        return []
    enter_parent(first, words[0], chain)
    subjects = _share_verb(_subjects(words[1], first, len(settings), chain), phrases)
    if not subjects:
        names = [name + tidy(words[1], phrases) for name in _earlier_names(chain, len(settings))]
        subjects = [name.removesuffix("新增") for name in names] if suffix else names
    if len(subjects) != len(settings):
        return []
    found, current = [], tail
    for setting, subject in zip(settings, subjects, strict=True):
        inner = read_tail(setting.before, phrases)
        current = inner if setting is not first and inner.directed else current
        naming = Naming(tidy(subject, phrases) + suffix, "respectively", 0.88)
        found.append(_group_member(setting, naming, tail, current, chain))
    ends = settings[-1].mention
    if found[-1].bound != "=" and ends.after > ends.end and all(item.bound == "=" for item in found[:-1]):
        found = [item._replace(bound=found[-1].bound) for item in found]
    return found


def _share_verb(subjects: list[str], phrases: Phrases) -> list[str]:
    """Give each subject the verb that stands once, before the first: 新增A和B."""
    verb = phrases.make.match(subjects[0]) if subjects else None
    if verb is None or len(verb[0]) == len(subjects[0]):
        return subjects
    return [subject if phrases.make.match(subject) else verb[0] + subject for subject in subjects]


def _goes_on(chain: Chain, settings: Sequence[Setting], tail: Tail, words: str) -> bool:
    """Tell whether a row of figures goes to the subjects of the 分别 before it: 分别达到A和B，增长C和D."""
    before = chain.found[-len(settings) :]
    shared = len(before) == len(settings) and {item.rule for item in before} == {"respectively"}
    return shared and tail.verb != "" and not words


def _is_understood(chain: Chain, settings: Sequence[Setting], tail: Tail) -> bool:
    """Tell whether 分别 is left out: A和B增长8.4%和11.4%, or A15781元，B4761元，增长8.4%和8%."""
    first = settings[0]
    alone = all(setting.listed and not setting.before for setting in settings[1:])
    if not alone or len({setting.mention.unit for setting in settings}) > 1:
        return False
    if tail.end:
        return outdone(first.before) is None and _AND.search(first.before, 1, tail.end) is not None
    before = chain.found[-len(settings) :]
    distinct, units = {item.name for item in before}, {item.unit for item in before}
    return tail.directed and len(distinct) == len(settings) and len(units) == 1


def _group_member(setting: Setting, naming: Naming, tail: Tail, verb: Tail, chain: Chain) -> Finding:
    """Give one figure of a group: bound, base and status of the whole group, direction of its own verb."""
    mention = setting.mention
    measure, number, unit = _measure(mention, verb, naming.name)
    return Finding(
        setting.position, naming.name, measure, number, _scaled(mention.high, number, mention.number),
        unit or _bare_unit(naming.name, chain), _bound(mention, tail),
        _status(setting, tail.status, naming, chain), naming.rule, naming.confidence, year=year_of("", tail, chain),
        per="年均" if tail.yearly else "", base=tail.base, parent=chain.parent, scope=scope_of(naming.name, "", chain),
    )  # fmt: skip


def _earlier_names(chain: Chain, count: int) -> list[str]:
    """Give the names of the last `count` figures, for a second 分别; a structure of three sectors as its sectors."""
    names = [finding.name for finding in chain.found[-count:]]
    if len(names) == 3 and names[0].startswith("三次产业"):
        return ["第一产业", "第二产业", "第三产业"]
    return names if len(names) == count else []


def _subjects(words: str, first: Setting, count: int, chain: Chain) -> list[str]:
    """Give the subjects of 分别, reaching over commas where the last clause names too few."""
    own = split_subjects(_after_parent(words), count, chain.shared)
    if own:
        return own
    head = first.joint[-_FARTHEST_LIST:].rstrip("，")
    clauses = _after_parent(f"{head}，{words}").strip("，：").split("，")
    if head and words and len(clauses) == count:
        return split_subjects("，".join(clauses), count, chain.shared)
    while head and "其中" not in words:
        head, _, clause = head.rpartition("，")
        words = f"{clause}，{words}" if words else noun_phrase(clause, chain.phrases)
        subjects = split_subjects(strip_lead(_after_parent(words), chain.phrases)[1], count, chain.shared)
        if subjects:
            return subjects
    return []


def _after_parent(words: str) -> str:
    """Give the words after the last 其中, all where there is none."""
    return words[words.rindex("其中") + 2 :] if "其中" in words else words
