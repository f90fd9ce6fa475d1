"""Sentence and mentions → bound mentions: each quantity with the name, measure and qualifiers that the sentence gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from zjcompare.observations import lists
from zjcompare.observations.phrases import Phrases, Tail, noun_phrase, outdone, read_tail, strip_lead, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.clauses import Sentence
    from zjcompare.mentions import Mention

Measure = Literal["level", "growth", "change", "rank", "ratio", "streak"]

_DELIMITERS = "，；："
_AND = ("、", "和", "及", "以及", "与")
_RIGHT_END = re.compile(r"[，；：。、\n\t]|（(?=[^）]*[0-9])|(?:和|及|以及|与)(?=[0-9])")
_RESPECTIVELY = re.compile(r"分别((?:累计)?[\u4e00-\u9fff]{2,4})$")
_RATE = re.compile(r"(?:率|比重|占比|比例|份额|度|系数|贡献|水平|指数|之比|程度|强度)$")
_SHARE = re.compile(r"^(?P<owner>.*?)占(?P<whole>[^占]+?)(?:的)?(?P<noun>比重|比例|份额|比率|百分比)?$")
_ENDS_IN_EXAMPLES = re.compile(r"..等(?:方面|领域|地)?$")
_PART_OF = re.compile(r"^(?P<owner>.*?)(?P<bound>超过|超|近|约|达到?)?(?P<whole>全球|全国|全省|全市|世界)(?:总量|总数)?的?$")
_PART_BOUNDS = {"超过": ">", "超": ">", "近": "~", "约": "~"}
_ALONE = frozenset(("累计", "新增", "累计新增", "累计建成", "累计达"))
_ACCOUNTS = frozenset(("收入", "支出", "总收入", "总支出"))
_ACCOUNT = re.compile(r"(.*(?:预算|基金))(?:总)?(?:收入|支出)$")
_FROM_INSIDE = re.compile(r"(..+)从(?![业事])(.+)$")
_COMPARES = re.compile(r"倍差|收入比|之比")
_TIMES_OF = re.compile(r"(?:是|为|达到?|相当于|系)(?P<base>[^，；。]{1,20}?)的?(?:近|约|超过|超)?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_SINCE = re.compile(r"(?:比|较|由|从|自)((?:19|20)[0-9]{2}年)")
_EMPTY_NOUN = re.compile(r"的?(?:历史性|新的|较高)*(?:人民币|突破|目标|增长|水平|高度|关口|大关|台阶|规模|任务|增速|增幅|成绩|速度|左右|以上|幅度)")
_GENERIC = re.compile(
    r"^(?:累计|共|年)?(?:完成|总)?(?:投资|投资额|里程|面积|长度|产值|产量|收入|利润|税收|规模|数量|人数|从业人员|建筑面积|总量|占比|比重|覆盖率|完成率|开工率|存栏|出栏|存栏量|出栏量|存笼|出笼|总产量|播种面积|种植面积)$"
)
_STANDING = re.compile(r"(?:排名|位次|位列|名次|增幅|增速|涨幅|降幅|均|稳|继续|连续[0-9一二三四五六七八九十多]+年|连年|综合|并列|双双|分别|仍|首次|一举|蝉联|全部|进入|进位|跃升)+$")
_SCOPE_END = re.compile(r"(?:并列|第|前|的|名列|各(?:设区)?市?)+$")
_TIED = "并列"
_CAPACITY = re.compile(
    r"(?:[^，。；、0-9]{0,8})(?:露天矿|煤矿|矿井|生产线|机组|机|电站|电厂|项目|工程|装置|基地|码头|航道|泊位|变电站|线路|输变电|级|光伏|风电|水泥|熟料|炼化|乙烯|炼油|锅炉|铁路|大桥|钢|纸|玻璃|尿素|甲醇)"
)
_GENERIC_VERB = re.compile(r"(?:累计|计划)*(?:完成|计划|累计)$")
_PROGRESS = re.compile(r"(?:进程|步伐|成效|力度|工作|进度|速度|水平|质量)$")
_VAGUE = re.compile(r"(?<=..)(?:得到|得以|以及|均|全部|基本|正在|较好|顺利|持续|不断|进一步|全面|扎实|有序|稳步)")
_PERSON = frozenset(("people", "visits"))
_COUNTED = ("count", "people", "visits", "places")
_SIZES = frozenset(("money", "area", "people", "mass", "length", "power"))
_BOUND_BEFORE = re.compile(r"超过?$|高于$|低于$|不足$|达到?$|突破$|大于$")
_OWN_DEEDS = frozenset(("提高", "获评", "荣获", "获得", "增加", "入选", "举办", "开展", "实施", "上调", "提升", "入围", "上榜", "蝉联", "被评"))
_NO_NAME = frozenset(("", "年", "月", "共", "达", "等", "其", "并", "又", "各", "数", "增", "的", "了"))


@dataclass(frozen=True, slots=True)
class Bound:
    """A mention with its name: `position` in the sentence's mentions, and all that the sentence says of it."""

    position: int
    name: str
    measure: Measure
    number: Decimal
    high: Decimal | None
    unit: str
    bound: str
    status: str
    rule: str
    confidence: float
    year: int | None = None
    per: str = ""
    since: str = ""
    base: str = ""
    parent: str = ""
    rank_scope: str = ""
    rank_of: str = ""
    tied: bool = False
    scope: str = ""


@dataclass(slots=True)
class Chain:
    """What one sentence has said so far, for the words that lean on it."""

    bound: list[Bound]
    earlier: list[str]
    verb: str = ""
    owner: str = ""
    parent: str = ""
    estimated: bool = False
    last_year: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One mention in its surroundings, as `bind_sentence` cuts them out."""

    mention: Mention
    position: int
    before: str  # the words between the last figure, comma or semicolon and the number
    joint: str  # what stands between the last figure and `before`
    behind: str  # the words between the figure and the next comma, stop or figure
    touches_next: bool  # whether the next figure follows without a comma
    listed: bool  # whether the figure follows another in a list with 、 or 和
    start: int  # where `before` begins


def bind_sentence(
    text: str, sentence: Sentence, mentions: Sequence[Mention], phrases: Phrases, earlier: list[str]
) -> list[Bound]:  # fmt: skip
    """Bind the mentions of one sentence, in order; a mention that is no quantity or has no name is left out.

    `earlier` holds the names that the sentences before it in the same paragraph gave.
    """
    chain = Chain([], earlier, estimated=_estimated_throughout(text, sentence, mentions, phrases))
    kept = [position for position in range(len(mentions)) if not _defines_next(text, mentions, position)]
    mentions = [mentions[position] for position in kept]
    settings = [_setting(text, sentence, mentions, position) for position in range(len(mentions))]
    position = 0
    while position < len(settings):
        group = lists.find_group(text, mentions, position)
        taken = _bind_group(text, sentence, settings[position : position + group], chain, phrases) if group > 1 else []
        if taken:
            chain.bound += taken
            position += group
            continue
        following = settings[position + 1] if position + 1 < len(settings) else None
        bound = _bind_one(text, sentence, settings[position], following, chain, phrases)
        if bound is not None:
            chain.bound.append(_with_status(bound, text, sentence, settings[position], chain, phrases))
        position += 1
    return [replace(bound, position=kept[bound.position]) for bound in chain.bound]


def _defines_next(text: str, mentions: Sequence[Mention], position: int) -> bool:
    """Tell whether a size defines what the next figure counts: 营业收入超10亿元的工业企业6户."""
    mention = mentions[position]
    if position + 1 == len(mentions) or not text.startswith("的", mention.after) or mention.dimension not in _SIZES:
        return False
    following = mentions[position + 1]
    between = text[mention.after + 1 : following.start]
    bounded = _BOUND_BEFORE.search(text, max(0, mention.start - 4), mention.start) or mention.bound in (">=", "<=")
    return bool(bounded) and len(between) < 16 and "，" not in between and following.dimension.startswith(_COUNTED)


def _setting(text: str, sentence: Sentence, mentions: Sequence[Mention], position: int) -> Setting:
    mention = mentions[position]
    limit = mentions[position - 1].after if position else sentence.start
    cut = max(text.rfind(mark, limit, mention.start) for mark in _DELIMITERS) + 1
    bracket = text.rfind("（", limit, mention.start)
    if bracket >= cut and text.find("）", bracket, mention.start) < 0:
        cut = bracket + 1
    start = cut or limit
    stop = _RIGHT_END.search(text, mention.after, sentence.end)
    end = stop.start() if stop else sentence.end
    touches = position + 1 < len(mentions) and mentions[position + 1].start <= end
    if touches:
        end = mentions[position + 1].start
    closing = text.find("）", mention.after, end)
    if closing >= 0 and text.find("（", mention.after, closing) < 0:
        end = closing
    before = text[start : mention.start]
    if mention.number < 0:
        before = before[:-1]
    listed = position > 0 and not text[limit:start] and before.startswith(_AND)
    if position and not text[limit:start] and before.endswith(_AND):
        before, listed = "", True
    return Setting(mention, position, before, text[limit:start], text[mention.after : end], touches, listed, start)


def _estimated_throughout(text: str, sentence: Sentence, mentions: Sequence[Mention], phrases: Phrases) -> bool:
    """Tell whether 预计, 初步核算 stands at the head of the sentence and so governs all of it."""
    comma = text.find("，", sentence.start, sentence.end)
    first = comma if comma >= 0 else sentence.end
    cue = phrases.estimate.search(text, sentence.start, first)
    if cue is None:
        return False
    if mentions[0].start > first and "预计" not in cue[0]:
        return True
    before = text[sentence.start : cue.start()]
    return not before or not strip_lead(before, phrases)[1]


def _with_status(bound: Bound, text: str, sentence: Sentence, setting: Setting, chain: Chain, phrases: Phrases) -> Bound:
    """Give the bound mention its status: the plan's and a target's words first, then an estimate's."""
    if bound.status == "actual":
        return bound
    if sentence.part == "plan" or phrases.target.search(text, sentence.start, setting.mention.start):
        return replace(bound, status="target")
    if chain.estimated or bound.status == "estimate":
        return replace(bound, status="estimate")
    for earlier in reversed(chain.bound):
        if earlier.name == bound.name and bound.rule.startswith("carried"):
            return replace(bound, status=earlier.status)
    return replace(bound, status="actual")


def _bind_one(
    text: str, sentence: Sentence, setting: Setting, following: Setting | None, chain: Chain, phrases: Phrases
) -> Bound | None:  # fmt: skip
    mention = setting.mention
    if mention.kind == "rank":
        return _bind_rank(text, sentence, setting, chain, phrases)
    tail = read_tail(setting.before, phrases, moves=mention.kind == "multiple")
    lead, name = strip_lead(setting.before[: tail.end], phrases)
    if "加上" in name:
        name = name[name.rindex("加上") + 2 :]
    _enter_parent(setting, lead, name, chain)
    if "其中" in name:
        lead, name = strip_lead(name[name.rindex("其中") :], phrases)
    if phrases.estimate.search(lead):
        tail.status = tail.status or "estimate"
    if "年均" in lead or "每年" in lead:
        tail.yearly = True
    if mention.kind == "streak":
        return _bind_streak(setting, name, chain, phrases, text, sentence)
    if mention.unit == "倍" and (times := _bind_times(setting, tail, name, chain, phrases, text, sentence)):
        return times
    if _is_capacity(setting, tail, name):
        return None
    if _counts_a_subject(setting, tail, name, following, phrases):
        return None
    measure, number, unit = _measure(mention, tail, name)
    if name == "净增" and measure == "level" and chain.bound and chain.bound[-1].unit == unit:
        measure = "change"
    named = _name(text, sentence, setting, tail, lead, name, measure, chain, phrases)
    if named is None:
        return None
    full, rule, confidence = named
    if measure == "level" and unit == "%" and _RATE.search(full) is None and rule == "subject" and chain.bound and not tail.verb:
        last = chain.bound[-1]
        if last.measure == "growth" and setting.listed:
            measure, number = "growth", number.copy_sign(last.number) if number > 0 else number
    year = _year_of(lead, tail, setting)
    return Bound(
        setting.position, full, measure, number, _scaled(mention.high, number, mention.number), unit or _unit_of(full),
        mention.bound if mention.bound != "=" else tail.bound, tail.status, rule, confidence,
        year=year, per="年均" if tail.yearly else "", since=_since(text, sentence, setting) if tail.yearly else "",
        base=tail.base, parent=chain.parent,
    )  # fmt: skip


def _enter_parent(setting: Setting, lead: str, name: str, chain: Chain) -> None:
    """Note what 其中 refers to: the name that the sentence gave last."""
    if ("其中" in lead or "其中" in setting.joint or "其中" in name) and chain.bound:
        chain.parent = chain.bound[-1].name
        chain.owner = ""


def _measure(mention: Mention, tail: Tail, name: str) -> tuple[Measure, Decimal, str]:
    """Tell what kind of statement the figure is, with its sign and unit."""
    number, unit = mention.number, mention.unit
    directed = tail.verb in ("up", "down")
    signed = number * tail.sign
    if mention.kind == "multiple":
        return "growth", number, "%"
    if mention.kind == "ratio" or (not unit and _COMPARES.search(name)):
        return "ratio", number, ""
    if mention.dimension == "points":
        return ("level", number, unit) if tail.verb == "level" else ("change", signed, unit)
    if mention.dimension == "ratio":
        if directed or tail.noun:
            return "growth", signed, unit
        if tail.verb == "" and tail.base:
            return "growth", signed, unit
        return "level", number, unit
    if unit == "倍":
        return ("growth", signed * 100, "%") if directed else ("ratio", number, unit)
    if directed:
        return "change", signed, unit
    return "level", number, unit


def _scaled(high: Decimal | None, number: Decimal, printed: Decimal) -> Decimal | None:
    if high is None:
        return None
    return high * (number / printed) if printed else high


def _name(
    text: str, sentence: Sentence, setting: Setting, tail: Tail, lead: str, name: str, measure: Measure, chain: Chain, phrases: Phrases
) -> tuple[str, str, float] | None:  # fmt: skip
    """Give the name, the rule that found it and its confidence, or None where the sentence gives no name."""
    mention = setting.mention
    if mention.dimension == "points" and name and (compared := outdone(setting.before)) and not tail.base:
        before = strip_lead(compared[0], phrases)[1]
        tail.base = compared[1]
        own = read_tail(before, phrases)
        before = strip_lead(before[: own.end], phrases)[1]
        if before:
            return tidy(before), "compared", 0.85
        return _carried(chain, measure, mention, text, sentence, setting, phrases)
    if mention.unit in ("%", "百分点") and "占" in name and not name.endswith("占比") and (share := _SHARE.match(name)):
        return _share_name(share, chain)
    if mention.unit == "%" and (part := _PART_OF.match(name)):
        tail.bound = _PART_BOUNDS.get(part["bound"] or "", tail.bound)
        owner = tidy(part["owner"]) or _base_name(chain)
        return f"{owner}占{part['whole']}比重", "share", 0.8
    core = tidy(name)
    if setting.touches_next and (middle := _FROM_INSIDE.match(core)):
        core = middle[1] + middle[2]
    if core in _ALONE and chain.bound:
        return core + _without_verb(chain.bound[-1].name, phrases).removesuffix("新增"), "cumulated", 0.85
    if core == "净增" and chain.bound:
        return chain.bound[-1].name, "carried", 0.85
    if setting.behind and _ENDS_IN_EXAMPLES.search(core):
        core = ""
    noun = _noun_behind(setting, tail, core, phrases)
    if noun:
        return _joined(core, noun, setting, chain, phrases)
    if core in _NO_NAME:
        return _carried(chain, measure, mention, text, sentence, setting, phrases)
    if core in ("投资", "累计投资", "共投资", "投入", "累计投入") and "完成" not in lead:
        return core, "verb", 0.6
    if core in _ACCOUNTS and (account := _account(chain)):
        return account + core, "account", 0.8
    if core.endswith("占"):
        return (core if len(core) > 1 else _base_name(chain) + core) + "比", "share", 0.8
    if core in ("占比", "比重") and chain.bound and "；" not in setting.joint:
        return _base_name(chain) + core, "share", 0.85
    if _GENERIC.match(core):
        owner = _owner_before(text, sentence, setting, chain, phrases)
        verb = _GENERIC_VERB.search(setting.before[: setting.before.rfind(core)]) if core in setting.before else None
        return owner + (verb[0] if verb else "") + core, "generic", 0.7
    return _subject(core, setting, lead_verb=_starts_with_verb(setting, phrases), chain=chain, phrases=phrases)


def _subject(core: str, setting: Setting, *, lead_verb: bool, chain: Chain, phrases: Phrases) -> tuple[str, str, float]:
    """Name a figure after the words before it, with the verb or the owner that it shares with the figure before."""
    raw = setting.before
    carried = re.match(r"[、，；\s]*(?:全年)?(?:实现|完成)(?!就业)", raw)
    if carried and chain.owner and not core.startswith(chain.owner):
        return chain.owner + core, "owner", 0.85
    owner = re.match(r"(.+?)(?:实现|完成)(?=[\u4e00-\u9fff]{2})", strip_lead(raw, phrases)[1])
    if owner and "实现" not in owner[1]:
        chain.owner = tidy(owner[1])
    elif not carried:
        chain.owner = chain.owner if setting.listed else ""
    if core.startswith("对") and "贡献" in core and chain.bound:
        return chain.bound[-1].name + core, "contribution", 0.8
    verb = phrases.make.match(core)
    if verb and len(verb[0]) < len(core):
        chain.verb = verb[0]
        return core, "verb", 0.93
    if chain.verb and setting.listed:
        return chain.verb + core, "shared verb", 0.85
    chain.verb = ""
    return core, "subject", 0.95


def _starts_with_verb(setting: Setting, phrases: Phrases) -> bool:
    return phrases.make.match(setting.before) is not None


def _share_name(share: re.Match[str], chain: Chain) -> tuple[str, str, float]:
    """Name 占…: the owner, 占, the whole and 比重 (added where the text leaves it out)."""
    owner, whole, noun = tidy(share["owner"]), share["whole"], share["noun"]
    if noun:
        kept = share[0][len(share["owner"]) :]
        if owner:
            return tidy(share[0]), "share", 0.93
        return _base_name(chain) + kept, "share", 0.9
    return f"{owner or _base_name(chain)}占{tidy(whole)}比重", "share", 0.9


def _base_name(chain: Chain) -> str:
    """Give the name of the last figure that is no share itself."""
    for bound in reversed(chain.bound):
        if bound.rule != "share":
            return bound.name
    return chain.bound[-1].name if chain.bound else ""


def _noun_behind(setting: Setting, tail: Tail, core: str, phrases: Phrases) -> str:
    """Give the counted noun that stands behind the figure (50项市级权力事项), or nothing."""
    mention, behind = setting.mention, setting.behind
    if mention.counted:
        rest = behind[len(mention.counted) :]
        return mention.counted + (rest if len(rest) <= 8 else noun_phrase("　　" + rest, phrases)[2:])
    if setting.touches_next and not read_tail(behind, phrases).end:
        return ""
    if behind.startswith("用于"):
        if mention.dimension == "ratio":
            return noun_phrase(behind, phrases)
        return tidy(noun_phrase(behind[2:], phrases))
    if not behind or _EMPTY_NOUN.match(behind) or behind[0] in "（并且或而但对为由以 ”一二三四五六七八九十两":
        return ""
    verb = phrases.make.fullmatch(core) is not None
    if tail.verb in ("up", "down") or tail.noun or ((tail.verb or tail.bound != "=") and core not in _NO_NAME and not verb):
        return ""
    if mention.dimension in ("ratio", "points", "times") and core not in _NO_NAME and not verb:
        return ""
    if behind[0] == "在":
        return noun_phrase(behind, phrases) if mention.dimension == "people" and core not in _NO_NAME else ""
    had = behind.startswith("的")
    noun = behind.removeprefix("的")
    cut = phrases.halt.match(noun)
    if cut:
        person = mention.dimension in _PERSON or mention.dimension.startswith("count")
        return tidy(noun) if person and not setting.touches_next and len(noun) > 2 else ""
    if had and core not in _NO_NAME and mention.dimension == "money":
        return "的" + noun_phrase(noun, phrases)
    counts = mention.dimension.startswith(_COUNTED) or (had and mention.dimension == "ratio")
    if counts and core in _NO_NAME and not setting.touches_next and len(noun) <= 24:
        return _VAGUE.split(noun, maxsplit=1)[0]
    noun = noun_phrase(noun, phrases)
    return noun[: noun.index("的")] if counts and noun.find("的") > 1 else noun


def _joined(core: str, noun: str, setting: Setting, chain: Chain, phrases: Phrases) -> tuple[str, str, float]:
    """Put the words before a count and the noun behind it together."""
    if noun.startswith("的"):
        return tidy(noun[1:]) + tidy(core), "noun behind", 0.75
    noun = tidy(noun)
    if core in _NO_NAME or core in ("为", "对", "向", "给", "有", "使", "让"):
        verb = chain.verb if setting.listed else ""
        return verb + noun, "noun behind", 0.85
    if core[0] in "为对":
        core = tidy(strip_lead(core[1:], phrases)[1])
    verb = phrases.make.match(core)
    chain.verb = verb[0] if verb else ""
    return core + noun, "noun behind", 0.85


def _carried(
    chain: Chain, measure: Measure, mention: Mention, text: str, sentence: Sentence, setting: Setting, phrases: Phrases
) -> tuple[str, str, float] | None:  # fmt: skip
    """Give the name that the sentence carries over to a figure without one of its own."""
    clause = re.split("[，；]", setting.joint.rstrip("，；：、"))[-1]
    if chain.bound and measure == "level" and len(clause) >= 6 and mention.dimension != "ratio":
        subject = tidy(noun_phrase(strip_lead(clause, phrases)[1], phrases))
        if 4 <= len(subject) < len(clause) and not outdone(clause) and not phrases.halt.match(clause):
            return subject, "clause before", 0.6
    if chain.bound:
        last = chain.bound[-1]
        if last.rule == "share" and (measure == "growth" or (measure == "change" and mention.dimension != "points")):
            return _base_name(chain), "carried past a share", 0.85
        return last.name, "carried", 0.93
    if clause:
        subject = tidy(noun_phrase(strip_lead(clause, phrases)[1], phrases))
        if len(subject) >= 2:
            return subject, "clause before", 0.6
    return None


def _owner_before(text: str, sentence: Sentence, setting: Setting, chain: Chain, phrases: Phrases) -> str:
    """Give whose a generic name (总里程, 完成投资) is: the figure's before, or the subject of the clause before."""
    if chain.bound and "；" not in setting.joint:
        return tidy(lists.without_head(_without_verb(chain.bound[-1].name, phrases)))
    if setting.joint:
        clause = re.split("[，；]", setting.joint.rstrip("，；：、"))[-1]
        return _PROGRESS.sub("", tidy(noun_phrase(strip_lead(clause, phrases)[1], phrases)))
    return ""


def _account(chain: Chain) -> str:
    """Give the account (一般公共预算) that a bare 收入 or 支出 belongs to: that of the last figure with one."""
    for name in reversed([*chain.earlier, *(bound.name for bound in chain.bound)]):
        if found := _ACCOUNT.match(name):
            return found[1]
    return ""


def _without_verb(name: str, phrases: Phrases) -> str:
    verb = phrases.make.match(name)
    return name[verb.end() :] if verb and verb.end() < len(name) else name


def _counts_a_subject(setting: Setting, tail: Tail, name: str, following: Setting | None, phrases: Phrases) -> bool:
    """Tell whether a count only sizes the subject of the next figure: 98个…村集体收入达到120万元."""
    if not setting.touches_next or following is None or tail.verb or setting.mention.kind != "amount":
        return False
    if tail.said_year or setting.before.endswith(("从", "由")):
        return False
    if not setting.mention.dimension.startswith(_COUNTED):
        return False
    if tidy(name) not in _NO_NAME and phrases.make.match(tidy(name)):
        return False
    own = read_tail(following.before, phrases)
    return own.verb != "" or own.noun or following.mention.dimension in ("ratio", "points")


def _is_capacity(setting: Setting, tail: Tail, name: str) -> bool:
    """Tell whether a size is part of a project's name: 700万吨露天矿, 日产500吨熟料生产线."""
    if tail.verb or not setting.behind or setting.behind[0] in "的" or setting.mention.dimension == "money":
        return False
    if setting.mention.dimension.startswith("count"):
        return re.match(r"[^，。；、0-9]{0,14}生产线", setting.behind) is not None
    return _CAPACITY.match(setting.behind) is not None and not tidy(name).endswith(("新增", "建成", "新建"))


def _bind_times(
    setting: Setting, tail: Tail, name: str, chain: Chain, phrases: Phrases, text: str, sentence: Sentence
) -> Bound | None:  # fmt: skip
    """Bind 是2010年的2.7倍; None where the figure is a growth by a multiple."""
    found = _TIMES_OF.search(setting.before)
    if found is None or tail.verb in ("up", "down"):
        return None
    before = tidy(strip_lead(setting.before[: found.start()], phrases)[1])
    named = (before, "multiple of", 0.9) if before not in _NO_NAME else _carried(
        chain, "ratio", setting.mention, text, sentence, setting, phrases
    )
    if named is None:
        return None
    mention = setting.mention
    bound = mention.bound if mention.bound != "=" else tail.bound
    return Bound(setting.position, named[0], "ratio", mention.number, mention.high, "倍", bound, tail.status, named[1], named[2],
                 base=found["base"], parent=chain.parent)  # fmt: skip


def _bind_streak(setting: Setting, name: str, chain: Chain, phrases: Phrases, text: str, sentence: Sentence) -> Bound | None:
    """Bind 连续六年增产, 四连增, 连续六次获评…."""
    mention = setting.mention
    subject = tidy(re.sub(r"(?:实现|已|保持|连续|第)+$", "", re.sub(r"[“‘已]*(?:连续第?)?$", "", setting.before)))
    subject = tidy(strip_lead(subject, phrases)[1])
    if subject in _NO_NAME:
        subject = ""
        behind = noun_phrase(setting.behind, phrases) if setting.behind[:2] in _OWN_DEEDS else ""
        if len(behind) > 5 and not setting.touches_next:
            subject = tidy(setting.behind)
        elif chain.bound:
            subject = chain.bound[-1].name
        elif carried := _carried(chain, "streak", mention, text, sentence, setting, phrases):
            subject = carried[0]
        else:
            subject = tidy(setting.behind)
    if not subject:
        return None
    unit = mention.unit if mention.unit != "个年" else "年"
    return Bound(setting.position, subject, "streak", mention.number, None, unit, mention.bound, "", "streak", 0.8, parent=chain.parent)


def _bind_rank(text: str, sentence: Sentence, setting: Setting, chain: Chain, phrases: Phrases) -> Bound | None:
    """Bind 列全省第4位, 增幅排在全省并列第7位: the name, the scope, and whether the level or the growth is ranked."""
    mention, before = setting.mention, setting.before
    tied = _TIED in before[-6:]
    stem = _SCOPE_END.sub("", before)
    at, verb = max(((stem.rfind(cue), cue) for cue in phrases.rank), key=lambda pair: (pair[0] + len(pair[1]), len(pair[1])) if pair[0] >= 0 else (-1, 0))
    subject, scope = (stem[:at], stem[at + len(verb) :]) if at >= 0 else (stem, "")
    if at < 0:
        found = re.search(r"(?:全国|全省|全市|全区|全县|全球|世界|省内|国内|同类[^，]{0,6}|亚洲)[^，]{0,6}$", stem)
        subject, scope = (stem[: found.start()], found[0]) if found else (stem, "")
    growth = "增幅" in subject or "增速" in subject or "涨幅" in subject
    subject = _STANDING.sub("", strip_lead(subject, phrases)[1])
    subject = tidy(read_subject(subject, phrases))
    scope = scope.strip("“”‘’、， ").removesuffix("的")
    last = chain.bound[-1] if chain.bound else None
    if not scope and last is not None and last.measure == "rank" and subject in ("", last.name):
        scope = last.rank_scope
    if subject in _NO_NAME or subject in ("规模", "总量", "位次", "排名", "综合排名"):
        carried = _carried(chain, "rank", mention, text, sentence, setting, phrases)
        if carried is None:
            return None
        subject, rule, confidence = carried
        rule = "carried rank"
    else:
        rule, confidence = "rank", 0.85
    ranked = "growth" if growth or (chain.bound and chain.bound[-1].measure == "growth" and rule == "carried rank") else "level"
    return Bound(setting.position, subject, "rank", mention.number, None, "位", mention.bound, "", rule, confidence,
                 parent=chain.parent, rank_scope=scope, rank_of=ranked, tied=tied)  # fmt: skip


def read_subject(words: str, phrases: Phrases) -> str:
    """Give what is left of a subject when verbs and adverbs are taken off its end."""
    return words[: read_tail(words, phrases).end]


def _bind_group(
    text: str, sentence: Sentence, settings: Sequence[Setting], chain: Chain, phrases: Phrases
) -> list[Bound]:  # fmt: skip
    """Bind figures in a row that 分别 gives to as many subjects; an empty list where it does not."""
    first, suffix = settings[0], ""
    tail = read_tail(first.before, phrases)
    if not tail.respectively and (deed := _RESPECTIVELY.search(first.before)) and phrases.make.fullmatch(deed[1]):
        tail, suffix = read_tail(first.before[: deed.start(1)], phrases), deed[1]
    if not tail.respectively:
        return []
    subjects = _subjects(first, tail, len(settings), phrases)
    lead, _ = strip_lead(first.before[: tail.end], phrases)
    _enter_parent(first, lead, "", chain)
    if not subjects:
        words = tidy(strip_lead(first.before[: tail.end], phrases)[1])
        subjects = [name + words for name in _earlier_names(chain, len(settings))]
        subjects = [name.removesuffix("新增") for name in subjects] if suffix else subjects
    if len(subjects) != len(settings):
        return []
    bound, current = [], tail
    for setting, subject in zip(settings, subjects, strict=True):
        mention = setting.mention
        if mention.kind == "rank":
            continue
        inner = read_tail(setting.before, phrases)
        current = inner if setting is not first and inner.verb in ("up", "down") else current
        measure, number, unit = _measure(mention, current, subject)
        name = tidy(subject) + suffix
        found = Bound(setting.position, name, measure, number, mention.high, unit or _unit_of(name),
                      mention.bound if mention.bound != "=" else tail.bound, tail.status, "respectively", 0.88,
                      base=tail.base, per="年均" if tail.yearly else "", parent=chain.parent)  # fmt: skip
        bound.append(_with_status(found, text, sentence, setting, chain, phrases))
    last = bound[-1].bound if bound else "="
    if last != "=" and settings[-1].mention.after > settings[-1].mention.end and all(item.bound == "=" for item in bound[:-1]):
        bound = [replace(item, bound=last) for item in bound]
    return bound


def _earlier_names(chain: Chain, count: int) -> list[str]:
    """Give the names of the last `count` figures, for a second 分别; a structure of three sectors as its sectors."""
    names = [bound.name for bound in chain.bound[-count:]]
    if len(names) == 3 and names[0].startswith("三次产业"):
        return ["第一产业", "第二产业", "第三产业"]
    return names if len(names) == count else []


def _subjects(first: Setting, tail: Tail, count: int, phrases: Phrases) -> list[str]:
    """Give the subjects of 分别, reaching over commas where the last clause names too few."""
    words = strip_lead(first.before[: tail.end], phrases)[1]
    head = first.joint.rstrip("，")
    own = lists.split_subjects(words[words.rindex("其中") + 2 :] if "其中" in words else words, count)
    if own:
        return own
    whole = f"{head}，{words}"
    clauses = (whole[whole.rindex("其中") + 2 :] if "其中" in whole else whole).strip("，：").split("，")
    if head and words and len(clauses) == count:
        return lists.split_subjects("，".join(clauses), count)
    while True:
        listed = words[words.rindex("其中") + 2 :] if "其中" in words else words
        subjects = lists.split_subjects(strip_lead(listed, phrases)[1], count)
        if subjects or not head or "其中" in words:
            return subjects
        head, _, clause = head.rpartition("，")
        words = f"{clause}，{words}" if words else noun_phrase(clause, phrases)


def _unit_of(name: str) -> str:
    """Give the unit of a bare number with 万 or 亿 from the name that it has."""
    if re.search(r"倍差|之比|收入比|系数|指数|得分|评分", name):
        return ""
    if re.search(r"人口|人数|人员|学生|游客|务工|劳动力|职工|就业|从业者|用户|群众|居民|农民", name):
        return "人"
    if re.search(r"收入|投资|产值|总额|贷款|存款|资金|税|支出|利润|营收|成交额|销售额|GDP|生产总值", name):
        return "元"
    return ""


def _year_of(lead: str, tail: Tail, setting: Setting) -> int | None:
    """Give the year that the figure itself is about, where the words before it say so."""
    said = _YEAR.findall(tail.said_year) or (_YEAR.findall(lead) if not tail.base else [])
    return int(said[-1]) if said else None


def _since(text: str, sentence: Sentence, setting: Setting) -> str:
    """Give the year since which a yearly average runs, where the sentence names it."""
    said = _SINCE.findall(text[sentence.start : setting.mention.start])
    return said[-1] if said else ""
