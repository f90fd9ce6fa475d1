"""Words → names as row labels: what leads to a name, follows it or only decorates it is taken off."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases

FOR_WHOM = re.compile(r"[^，。；：0-9]{2,20}?(?:提供|发放|办理|拨付|减免|减轻|减负|解决|配备|购买|缴纳)(?!的)")
_YEARS_INSIDE = re.compile(r"(?<=.)[一二三四五六七八九十]+年(?=累计|共|支出|安排|投入)")
_IN_ALL = re.compile(r"(?<=[\u4e00-\u9fff]{2})共(?:有(?=..)|(?=接受|放映|受理|接待|发生|举办|签订|发放|出版|组织))")
_GLOSS = re.compile(r"（(?:即|是?指)[^（）]*）")
_FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]")
_CODE_IN_BRACKETS = re.compile(r"（[A-Za-z&.\-· ]+）")
_CARRIED_OUT = re.compile(
    r"(?<=[\u4e00-\u9fff”）])(?<!未)(?:实现|完成)(?=[\u4e00-\u9fff]{2})(?!的|完成|投资|就业|脱贫|创业|再就业|率|度)",
)
_NOW_INSIDE = re.compile(r"(?<=..)(?:今年|去年|年内|当年)[可将]?(?=[再拟安投完纳新种])")
_DONE = re.compile(
    r"(?<=[\u4e00-\u9fff])了(?=[\u4e00-\u9fff“])(?!解)"
    r"|(?<=.)已(?=[覆建有达完实设])|(?<=.)拟(?=安排|投入|新增|发行)",
)
_PROGRESS = re.compile(r"(?<=..)(?:当年|年内|全年|年底|新[增建接]|累计|完成|实现|开工|总?投资$)")
_LOOSE_ADVERB = re.compile(r"(?<=..)(?:已|连续|(?<![平户亩人年月日])均)$")
_OF_WHOLE = re.compile(r"占(?!用)")
_BASIS = re.compile(r"（(?:剔除|扣除|还原|同口径|可比|自然口径|不变价|现价)[^（）]*）$")
_SURPASSED = re.compile(
    r"超额?(?:完成)?了?(?P<plan>(?:全?年度?|年初|既定|预期|原定|预定|计划|下达的?|确定的?|[省市区县州盟旗]|考核|规划)*(?:目标|任务|计划|指标|预算)+数?)$"
)
_LEAST_KIND = 5  # the length from which a kind after examples (A、B等kind) says enough alone


@lru_cache(maxsize=1024)
def strip_lead(words: str, phrases: Phrases) -> tuple[str, str]:
    """Split the words before a name (其中, 全市, 2023年末, 预计 …) from the name; 为 stays with 为企业减负."""
    end = 0
    while found := phrases.lead.match(words, end) or phrases.own_place.match(words, end):
        end = found.end()
    if words.endswith("为", 0, end) and FOR_WHOM.match(words, end):
        end -= 1
    return words[:end], words[end:]


class Comparison(NamedTuple):
    """A comparison before a number: whose figure it is, what it is compared with, and -1 where it is below that."""

    subject: str
    base: str
    sign: int
    counted: bool  # whether a word says so behind what it is compared with: 比上年多


def outdone(words: str, phrases: Phrases) -> Comparison | None:
    """Read 高于全省平均, 低于城镇居民增幅 at the end of some words."""
    found = phrases.outdone.search(words)
    if found is None:
        return None
    sign = phrases.way.get(found["way"] or found["how"], 1)
    return Comparison(words[: found.start()], found["base"].removesuffix("的"), sign, found["way"] is not None)


def surpassed(words: str) -> Comparison | None:
    """Read 超额完成年度任务 at the end of some words; None where the task has a name of its own (超额完成造林任务)."""
    found = _SURPASSED.search(words)
    return Comparison(words[: found.start()], found["plan"], 1, counted=True) if found else None


def noun_phrase(words: str, phrases: Phrases) -> str:
    """Give the words up to the first that ends a noun phrase (得到, 全面完成, 建成通车 …); all where none does."""
    found = phrases.halt.search(words, 1)
    while found and found.start() < 2:
        found = phrases.halt.search(words, found.end())
    return words[: found.start()] if found else words


def up_to_progress(words: str) -> str:
    """Give a project's name without what comes of it: 供水工程年内完工, 物流园项目当年完成投资."""
    found = _PROGRESS.search(words)
    return words[: found.start()] if found else words


def share_owner(name: str) -> str:
    """Give whose share a name is of: 工业占地区生产总值比重 → 工业; any other name whole (耕地占用税)."""
    return _OF_WHOLE.split(name, maxsplit=1)[0] or name


def without_verb(name: str, phrases: Phrases) -> str:
    """Give a name without the verb that it begins with: 新建城市道路 → 城市道路."""
    verb = phrases.make.match(name)
    return name[verb.end() :] if verb and verb.end() < len(name) else name


def without_gloss(name: str) -> str:
    """Give a name without the brackets that say what it is: 恩格尔系数（即食品支出占消费支出的比重） → 恩格尔系数."""
    return _GLOSS.sub("", name) if "（" in name else name


def without_basis(name: str) -> str:
    """Give a name without the brackets at its end that say how a growth is reckoned: 税收收入（同口径） → 税收收入."""
    return _BASIS.sub("", name) if name.endswith("）") else name


@lru_cache(maxsize=1024)
def tidy(name: str, phrases: Phrases) -> str:
    """Give the words before a figure as a row label, without 实现, 完成 between owner and object.

    Examples before a kind that says enough are left out: 改造胜利大街、东升路等城市主干道路 → 改造城市主干道路.
    """
    name = name.removeprefix("分别")
    name = label(_CARRIED_OUT.sub("", name) if "实现" in name or "完成" in name else name)
    listed = phrases.examples.match(name) if "等" in name else None
    return label(listed["verb"] + listed["kind"]) if listed and len(listed["kind"]) >= _LEAST_KIND else name


def label(name: str) -> str:
    """Give a name as a row label: codes in brackets, 了, loose marks and adverbs at its end taken off."""
    if not name:
        return name
    name = name.replace(" ", "")
    if "[" in name:
        name = _FOOTNOTE.sub("", name)
    name = without_gloss(name)
    if "（" in name:
        name = _CODE_IN_BRACKETS.sub("", name)
    if "共" in name:
        name = _IN_ALL.sub("", name)
    if "了" in name or "已" in name or "拟" in name:
        name = _DONE.sub("", name)
    if "年" in name:
        name = _NOW_INSIDE.sub("", _YEARS_INSIDE.sub("", name))
    name = name.lstrip("、，；：。的—-·*# \t（）").rstrip("、，；：。的和与或—-·*# \t（")
    if name.endswith(("已", "均", "连续")):
        name = _LOOSE_ADVERB.sub("", name)
    return name if "（" in name else name.rstrip("）")
