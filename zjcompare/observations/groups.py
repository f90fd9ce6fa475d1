"""Settings in a row → findings: figures that 分别, said or understood, gives to as many subjects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.lists import AND, common_words, split_subjects
from zjcompare.observations.measures import bare_unit, bound_of, measure_of, scaled, status_of
from zjcompare.observations.owners import clause_before, clause_subject
from zjcompare.observations.parents import enter_parent
from zjcompare.observations.scopes import scope_of
from zjcompare.observations.settings import Chain, Finding, Naming, Setting
from zjcompare.observations.shares import share_in_order
from zjcompare.observations.tails import Tail, read_tail
from zjcompare.observations.times import base_of, span_of, year_of
from zjcompare.observations.trimming import noun_phrase, outdone, share_owner, strip_lead, tidy, without_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.observations.lists import Shared
    from zjcompare.observations.phrases import Phrases

_DONE_RESPECTIVELY = re.compile(r"分别(?:实现|完成)(?P<object>[\u4e00-\u9fff]{2,16})$")
_SO_MANY = re.compile(r"(?<=..)[两二三四五六七八九十](?:个|大|家)?[\u4e00-\u9fff]{1,7}$")  # A、B、C三个行政区
_RESPECTIVELY = re.compile(r"分别((?:累计)?[\u4e00-\u9fff]{2,4})$")
_EACH = re.compile(r"分别|(?<![年平人户亩日月])均|都|双双|各")
_MAY_BE_ONE = re.compile(r"[等，（]|[省市县国]级$")
_GIVEN_TO_EACH = ("amount", "multiple")
_COUNTS = ("", "数", "人数", "人次", "户数", "面积", "总额")
_OF_ITS_OWN = ("收入", "支出", "总额", "产值", "率")  # ends of subjects that share no verb: 接待游客、旅游收入分别
_MOST_MARKS = 3  # of a list whose subjects get one figure
_LONGEST_RATE = 6  # characters of a rate that a list shares
_FARTHEST_LIST = 300  # characters before 分别 in which its subjects may stand


def bind_group(settings: Sequence[Setting], chain: Chain) -> list[Finding]:
    """Bind figures in a row that 分别 gives to as many subjects; an empty list where it does not."""
    first, phrases = settings[0], chain.phrases
    tail, suffix = _tail_of_row(first, phrases)
    words = strip_lead(_SO_MANY.sub("", first.before[: tail.end]) if suffix else first.before[: tail.end], phrases)
    in_order = tail.respectively or _goes_on(chain, settings, tail, words[1]) or _is_understood(chain, settings, tail)
    if first.mention.kind == "rank" or not in_order:
        return []
    enter_parent(first, words[0], chain)
    subjects = _share_verb(_subjects(words[1], first, len(settings), chain), phrases)
    if not subjects and (not words[1] or len({setting.mention.dimension for setting in settings}) == 1):
        earlier = _earlier_names(chain, len(settings))
        if tail.directed and first.mention.unit == "%":
            earlier = [share_owner(name) for name in earlier]
        if words[1].startswith("总"):  # 新增甲路5公里、乙路6公里，总里程分别…
            earlier = [without_verb(name, phrases) for name in earlier]
        if words[1] == "累计":
            things = [without_verb(name, phrases).removesuffix("新增") for name in earlier]
            words, earlier = (words[0], ""), [f"累计{thing}" for thing in things]
        own = tidy(words[1], phrases)
        names = [name + own.removeprefix(common_words(name, own)) for name in earlier if not (own and "占" in name)]
        subjects = [name.removesuffix("新增") for name in names] if suffix else names
    elif whose := _whose(subjects, first, chain):
        subjects = [whose + subject for subject in subjects]
    if len(subjects) != len(settings):
        return []
    found, current = [], tail
    for setting, subject in zip(settings, subjects, strict=True):
        inner = read_tail(setting.before, phrases)
        current = inner if setting is not first and inner.directed else current
        naming = Naming(tidy(subject, phrases) + suffix, "respectively", 0.88)
        found.append(_group_member(setting, naming, tail, chain, verb=current))
    ends = settings[-1].mention
    if found[-1].bound != "=" and ends.after > ends.end and all(item.bound == "=" for item in found[:-1]):
        found = [item._replace(bound=found[-1].bound) for item in found]
    return found


def _tail_of_row(first: Setting, phrases: Phrases) -> tuple[Tail, str]:
    """Give the tail before the first figure of a row, and what the verb behind 分别 adds to each name."""
    before = first.before
    tail = read_tail(before, phrases)
    if first.mention.unit == "%" and (share := share_in_order(before)):
        return read_tail(before[: share[0]], phrases), share[1]
    if not tail.respectively and (deed := _RESPECTIVELY.search(before)) and phrases.make.fullmatch(deed[1]):
        return read_tail(before[: deed.start(1)], phrases), deed[1]
    if not tail.respectively and (done := _DONE_RESPECTIVELY.search(before)):
        return read_tail(before[: done.start("object")], phrases), done["object"]
    if not (tail.respectively and tail.verb) and (compared := _compared_each(first, phrases)):
        return compared, ""
    return tail, ""


def _compared_each(first: Setting, phrases: Phrases) -> Tail | None:
    """Read 增速分别比全省快4.2和2.1个百分点: a comparison with one base, as the tail of the words before it."""
    compared = outdone(first.before, phrases) if "分别" in first.before else None
    if compared is None or AND.search(compared.base):
        return None
    tail = read_tail(compared.subject, phrases)
    tail.respectively, tail.base = True, compared.base
    tail.verb, tail.sign = ("up", 1) if compared.sign > 0 else ("down", -1)
    return tail


def bind_each(setting: Setting, chain: Chain) -> list[Finding]:
    """Bind one figure that the text gives to several subjects (A、B均增长5%; 都, 双双, 各); [] where it does not."""
    if setting.mention.kind not in _GIVEN_TO_EACH or _EACH.search(setting.before) is None:
        return []
    phrases = chain.phrases
    tail = read_tail(setting.before, phrases)
    if _EACH.search(setting.before, tail.end) is None:
        return []
    lead, words = strip_lead(setting.before[: tail.end], phrases)
    subjects = _share_verb(_several(words, chain.shared), phrases) if words else _two_before(setting, chain)
    names = [tidy(subject, phrases) for subject in subjects]
    if not all(names):
        return []
    if names:
        enter_parent(setting, lead, chain)
    return [_group_member(setting, Naming(name, "each", 0.85), tail, chain, verb=tail) for name in names]


def _several(words: str, shared: Shared) -> list[str]:
    """Give the subjects that some words clearly list; [] where they may be one name (交通运输、仓储和邮政业)."""
    marks = AND.findall(words)
    alike = len({part[-2:] for part in AND.split(words)}) == 1  # A机构、B机构和C机构
    if _MAY_BE_ONE.search(words) or (len(set(marks)) > 1 and not alike) or len(marks) > _MOST_MARKS:
        return []
    head = shared.head.search(words)
    if marks and head and head[0] == "率" and not all(part.endswith("率") for part in AND.split(words)):
        return []  # 污水、垃圾无害化率 may share more than 率
    counts = (len(marks) + 1,) if marks else (2, 3)
    subjects = next(filter(None, (split_subjects(words, count, shared) for count in counts)), [])
    return subjects if all(len(subject) > 1 for subject in subjects) else []


def _two_before(setting: Setting, chain: Chain) -> list[str]:
    """Give the names of the two figures that one without words is for: A达5万元，B达3万元，均增长6%."""
    before = chain.found[-3:]
    if "；" in setting.joint or len(before) < 2 or {item.measure for item in before[-2:]} != {"level"}:
        return []
    more = before[0].rule if len(before) > 2 and before[0].measure == "level" else ""
    if more and (before[-1].rule != "respectively" or more == "respectively"):
        return []
    names = [item.name for item in before[-2:]]
    return names if names[0] != names[1] else []


def _share_verb(subjects: list[str], phrases: Phrases) -> list[str]:
    """Give each subject the verb that stands once, before the first: 新增A和B."""
    verb = phrases.make.match(subjects[0]) if subjects else None
    if verb is None or subjects[0][verb.end() :] in _COUNTS:  # 接待人数
        return subjects
    own = [phrases.make.match(subject) or subject.endswith(_OF_ITS_OWN) for subject in subjects]
    return [subject if done else verb[0] + subject for subject, done in zip(subjects, own, strict=True)]


def _whose(subjects: list[str], first: Setting, chain: Chain) -> str:
    """Give whose the figures are that only say what is measured: 物流业快速发展，营业收入和利润分别…."""
    phrases = chain.phrases
    if not subjects or not all(name in phrases.weak or chain.shared.head.fullmatch(name) for name in subjects):
        return ""
    clause = strip_lead(clause_before(first), phrases)[1]
    owner = phrases.progress.sub("", clause_subject(clause, phrases))
    return owner if 1 < len(owner) < len(clause) and phrases.make.match(owner) is None else ""


def _goes_on(chain: Chain, settings: Sequence[Setting], tail: Tail, words: str) -> bool:
    """Tell whether a row of figures goes to the subjects of the 分别 before it: 分别达到A和B，增长C和D."""
    before = chain.found[-len(settings) :]
    shared = len(before) == len(settings) and {item.rule for item in before} == {"respectively"}
    return shared and tail.verb != "" and words in ("", "累计")


def _is_understood(chain: Chain, settings: Sequence[Setting], tail: Tail) -> bool:
    """Tell whether 分别 is left out: A和B增长8.4%和11.4%, or A15781元，B4761元，增长8.4%和8%."""
    first = settings[0]
    alone = all(setting.listed and not setting.before for setting in settings[1:])
    if not alone or len({setting.mention.unit for setting in settings}) > 1:
        return False
    if tail.end:
        words = first.before[: tail.end]
        together = any(whole in words for whole, members in chain.shared.collectives if len(members) == len(settings))
        return outdone(first.before, chain.phrases) is None and (together or AND.search(words, 1) is not None)
    before = chain.found[-len(settings) :]
    distinct, units = {item.name for item in before}, {item.unit for item in before}
    return tail.directed and len(distinct) == len(settings) and len(units) == 1


def _group_member(setting: Setting, naming: Naming, tail: Tail, chain: Chain, *, verb: Tail) -> Finding:
    """Give one figure of a group: bound, base and status of the whole group, direction of its own verb."""
    mention = setting.mention
    measure, number, unit = measure_of(mention, verb, naming.name)
    return Finding(
        setting.position, naming.name, measure, number, scaled(mention.high, number, mention.number),
        unit or bare_unit(naming.name, chain), bound_of(mention, tail),
        status_of(setting, tail.status, naming, chain), naming.rule, naming.confidence, year=year_of("", tail, chain),
        per="年均" if tail.yearly else "", base=tail.base or base_of(span_of("", tail, chain), measure, chain),
        scope=scope_of(naming.name, "", chain),
        dimension=mention.dimension,
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
        if words and (rates := _rates_of(noun_phrase(clause, chain.phrases), words, count)):
            return rates
        words = f"{clause}，{words}" if words else noun_phrase(clause, chain.phrases).rstrip("均都")
        subjects = split_subjects(strip_lead(_after_parent(words), chain.phrases)[1], count, chain.shared)
        if subjects:
            return subjects
    return []


def _rates_of(things: str, rate: str, count: int) -> list[str]:
    """Give each of a list its rate: 废物、垃圾、污水处理能力不断提高，处理率分别…."""
    stem, found, _ = things.partition(rate[:2])
    parts = AND.split(stem)
    return [part + rate for part in parts] if found and len(rate) <= _LONGEST_RATE and len(parts) == count else []


def _after_parent(words: str) -> str:
    """Give the words after the last 其中, all where there is none."""
    return words[words.rindex("其中") + 2 :] if "其中" in words else words
