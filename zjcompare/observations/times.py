"""Words around a figure → its time: the year that it is about, and since when an average or a sum runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.numerals import read_numeral

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain, Setting
    from zjcompare.observations.tails import Tail

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年(?!以来|起))")
_SINCE = re.compile(r"(?:[比较由从自与同](?=(?:19|20)[0-9]{2}年)|(?=(?:19|20)[0-9]{2}年(?:以来|起)))([0-9]{4}年)")
_YEAR_IN_FRONT = re.compile(r"(?:截至|截止|到)?((?:19|20)[0-9]{2})年(?:末|底)?，")
_YEARS_AGO = re.compile(r"([一二三四五六七八九十]+)年前")
_SPAN = re.compile(r"(?P<span>(?:[两二三四五六七八九十]+|(?<![0-9])[2-9])年)(?:来|间|累[计积]|共|$)")
_OPENING_SPAN = re.compile(
    r"\s*(?:过去|这|近)?的?(?P<span>(?:[两二三四五六七八九十]+|[2-9])年)(?:来|间)?(?:，|累[计积]|共)",
)
_LAST_YEAR = re.compile(r"\s*去年")
_OF_LAST_YEAR = re.compile(r"(?<![比较同与和])去年(?!同期|以来)")
_FROM = ("由", "从", "自")
_FROM_PLACE = re.compile(r"[由从](?:(?:20[0-9]{2}|上)年)?[^，。；由从]{0,8}$")
_TO_PLACE = re.compile(r"[^，。；]{0,6}[到至]")
_OWN_YEAR = re.compile(r"年(?!均)")
_YEAR_AGO = re.compile(r"上年(?:同期|[0-9]{1,2}月份?|[末底])?")  # alone before a figure: 上年12月份为下降0.9%
_MEASURED = ("level", "growth", "ratio")  # what a growth, a change or a multiple right behind tells more of
_TELL_MORE = ("growth", "change", "ratio")
_FARTHEST_SINCE = 300  # characters before a yearly average in which 比2015年 may stand


def enter_front(chain: Chain) -> None:
    """Note what the head of a sentence says of the time of all its figures: 2022年末，…; 五年来，…; 去年…."""
    text, start, end = chain.text, chain.sentence.start, chain.sentence.end
    year = _YEAR_IN_FRONT.match(text, start, end)
    span = _OPENING_SPAN.match(text, start, end)
    chain.year = int(year[1]) if year else None
    chain.span = span["span"] if span else ""
    chain.of_last_year = _LAST_YEAR.match(text, start) is not None


def year_of(lead: str, tail: Tail, chain: Chain) -> int | None:
    """Give the year that the figure itself is about, where the words before it or the head of the sentence say so."""
    if not (lead or tail.said_year):
        return chain.year
    if tail.said_year.startswith(_FROM):
        return _started(tail.said_year, chain)
    if _YEAR_AGO.fullmatch(lead):
        return chain.sentence.year - 1
    said = _last_year(tail.said_year)
    if said is None and not tail.base:
        said = _last_year(lead)
    return chain.year if said is None else said


def _last_year(words: str) -> int | None:
    years = _YEAR.findall(words) if "年" in words else []
    return int(years[-1]) if years else None


def year_of_carried(name: str, measure: str, setting: Setting, chain: Chain) -> int | None:
    """Give the year of the level before, of which a growth or a change without words of its own tells more.

    So too that of the figure before in a list (由上年的3：4：5): all of them are of one year.
    """
    last = chain.last
    if last is not None and last.name == name and not setting.before and setting.joint in ("", "："):
        return last.year
    if last is None or last.name != name or last.measure not in _MEASURED or measure not in _TELL_MORE:
        return None
    dated = measure != "ratio" and _OWN_YEAR.search(setting.before) is not None
    own = "；" in setting.joint or dated or last.rule == "against"
    return None if own or last.year == chain.started or last.status == "target" else last.year


def year_of_rank(setting: Setting, chain: Chain) -> int | None:
    """Give the year of the first place in 从全球第11位跃升至第7位."""
    found = _FROM_PLACE.search(setting.before)
    return _started(found[0], chain) if found and _TO_PLACE.match(setting.behind) else None


def _started(words: str, chain: Chain) -> int:
    """Give the year of 从2010年的, 从十年前的 or a bare 从: that of the 从 before it, or the one before the period."""
    sentence = chain.sentence
    if said := _YEAR.search(words):
        chain.started = int(said[0])
    elif words[1:].startswith(("上年", "上一年", "去年")):
        chain.started = sentence.year if sentence.part == "plan" else sentence.year - 1
    elif ago := _YEARS_AGO.search(words):
        chain.started = sentence.year - int(read_numeral(ago[1]) or 0)
    else:
        chain.started = chain.started or sentence.before
    return chain.started


def span_of(lead: str, tail: Tail, chain: Chain) -> str:
    """Give the years, as said, that a figure is for together (五年累计, 五年来，…), or nothing."""
    if tail.yearly or tail.said_year.startswith(_FROM):
        return ""
    for words in (lead, tail.said_year):
        if "年" in words and (said := _SPAN.search(words)):
            return said["span"]
    return chain.span


def base_of(span: str, measure: str, chain: Chain) -> str:
    """Give the year that a movement over a span of years compares with, or nothing."""
    sentence = chain.sentence
    if not span or measure not in ("growth", "change"):
        return ""
    return f"{sentence.before if sentence.part == 'plan' else sentence.year - int(read_numeral(span[:-1]) or 0)}年"


def is_past(setting: Setting, chain: Chain) -> bool:
    """Tell whether a figure is of 去年: so said before it in a plan, or at the head of its sentence before any 今年."""
    if chain.sentence.part == "plan" and _OF_LAST_YEAR.search(setting.before):
        return True
    return chain.of_last_year and chain.text.find("今年", chain.sentence.start, setting.mention.start) < 0


def since_when(setting: Setting, chain: Chain) -> str:
    """Give the year since which a yearly average runs, where the sentence names it."""
    at = setting.mention.start
    said = _SINCE.findall(chain.text, max(chain.sentence.start, at - _FARTHEST_SINCE), at)
    return said[-1] if said else ""
