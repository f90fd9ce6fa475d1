"""Settings in a list → settings, each with the words that stand once for all: 26公里供水、20公里供热管网铺设."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.lists import AND_SO_ON
from zjcompare.observations.sizes import COUNTED
from zjcompare.observations.trimming import noun_phrase

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Setting

_AND_SUCH_WORKS = re.compile(
    rf"(?<=..){AND_SO_ON}[^等，]{{0,8}}?(?P<deed>改扩建|改造|绿化|亮化)?(?:工程|项目)(?:建设)?"
)
_LAID = re.compile(r"(?<=..)(?:管网|管道|管线)(?:铺设|敷设|建设|改造)?")
_GOVERNS = re.compile(r"(?:^|完成|实施|推进|启动|开展)了?$")
_LONGEST_PART = 4  # characters of 供水 in 26公里供水、20公里供热管网铺设
_BETWEEN_SIZES = ("", "近", "约", "超", "逾", "总长度", "总长", "总面积", "总里程")  # 65条、总长度57公里的城市道路
_THINGS = (*COUNTED, "area", "length")  # dimensions of figures that may share a noun or a deed


def share_nouns(settings: list[Setting]) -> list[Setting]:
    """Give figures the noun that stands behind the next: 301户611人贫困人口, 总投资3亿元的5个项目."""
    for index in range(len(settings) - 2, -1, -1):
        if _shares_noun(settings[index], settings[index + 1]):
            one, following = settings[index], settings[index + 1]
            settings[index] = one._replace(behind=one.behind + following.behind, touches_next=following.touches_next)
    return settings


def share_ends(settings: list[Setting], phrases: Phrases) -> list[Setting]:
    """Give figures in a list the words that stand once, behind the last: a deed, a predicate, 管网铺设.

    等项目, 等民生工程 behind the last is no part of a name; the deed in 等改造工程 is one of each.
    """
    end = 0
    while end < len(settings):
        start, end = end, end + 1
        while end < len(settings) and settings[end].listed and not settings[end].before:
            end += 1
        run = settings[start:end]
        if len(run) > 1 and all(setting.behind for setting in run):
            settings[start:end] = _share_end(run, phrases)
    return settings


def _shares_noun(setting: Setting, following: Setting) -> bool:
    """Tell whether a figure has its noun behind the next one, as in 完成8条、12公里道路改造, too."""
    if setting.behind == "的":
        counts = following.mention.dimension.startswith(COUNTED) and following.before == "的"
        return counts and setting.touches_next and setting.mention.dimension == "money"
    if setting.behind:
        return False
    counted = setting.mention.dimension.startswith(_THINGS)
    plain = following.before.lstrip("、") in _BETWEEN_SIZES and not setting.mention.counted
    return setting.touches_next or (counted and plain and following.listed and bool(following.behind))


def _share_end(run: list[Setting], phrases: Phrases) -> list[Setting]:
    last = run[-1].behind
    laid = next((at for at, setting in enumerate(run) if _LAID.search(setting.behind)), 0)
    if works := _AND_SUCH_WORKS.search(last):
        return _end_alike(run, last[: works.start()], works["deed"] or "")
    if laid and (pipes := _LAID.search(run[laid].behind)) and _are_parts(run[: laid + 1]):
        return _end_alike(run[: laid + 1], run[laid].behind[: pipes.start()], pipes[0]) + run[laid + 1 :]
    if all(setting.mention.dimension.startswith(_THINGS) for setting in run) and _GOVERNS.search(run[0].before):
        return _share_deed(run, phrases)
    return run


def _end_alike(run: list[Setting], stem: str, ending: str) -> list[Setting]:
    """Give all figures one ending; `stem` is what stands before it behind the last."""
    nouns = [*(setting.behind for setting in run[:-1]), stem]
    return [
        setting._replace(behind=noun.removesuffix(ending) + ending) for setting, noun in zip(run, nouns, strict=True)
    ]


def _are_parts(run: list[Setting]) -> bool:
    """Tell whether all figures but the last have one unit and only a short word behind."""
    return len({setting.mention.unit for setting in run}) == 1 and all(len(s.behind) <= _LONGEST_PART for s in run[:-1])


def _share_deed(run: list[Setting], phrases: Phrases) -> list[Setting]:
    """Give things the deed and the predicate behind the last: 6条绿道和10处公园建设, 24所高校、58个学科入选."""
    last = run[-1].behind
    noun = noun_phrase(last, phrases)
    deed = phrases.verbs.work_at_end.search(noun)
    ending = (deed[0] if deed else "") + last[len(noun) :]
    return [
        setting._replace(behind=setting.behind + ending) if _is_plain_thing(setting.behind, phrases) else setting
        for setting in run[:-1]
    ] + run[-1:]


def _is_plain_thing(words: str, phrases: Phrases) -> bool:
    """Tell whether the words behind a figure are a thing alone, without a deed or a predicate of their own."""
    alone = noun_phrase(words, phrases) == words and "、" not in words and words not in phrases.weak
    deed = (
        phrases.verbs.treats.search(words)
        or phrases.verbs.work_at_end.search(words)
        or phrases.make.fullmatch(words[-2:])
    )
    return alone and not deed
