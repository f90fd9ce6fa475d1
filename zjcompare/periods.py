"""Heading, sentence → period: the years that a text says it is about, and whether they are to come."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Part = Literal["review", "plan", "other"]

_FIRST_OF_PLANS = 2001  # the first year of the tenth five-year plan (“十五”); the N-th after it begins 5 N years later
_PLANS = "一二三四五六七八九"
_PLAN = re.compile(rf"第?“?十(?P<plan>[{_PLANS}])(?:个五年|五”?)(?P<since>以来)?")
_OPENING = re.compile(r"[\s—\-·●◆■“]*(?:各位代表，|同时，|回[顾首看望])?")
_BEGINNINGS = frozenset("第“十刚过一这近五本今明未下到2我必要")  # of all that a sentence may begin a period with
OPENINGS = _BEGINNINGS | frozenset(" \t—-·●◆■各同回")  # and of what may stand before that
_PAST_YEAR = re.compile(r"(?:刚刚|刚)?过去的?一年|(?:一|这一)年来")
_PAST_YEARS = re.compile(r"(?:刚刚|刚)?过去的?五年|[这近]五年|五年[来间]|本届政府任期")
_LONG_REVIEW = re.compile(r"五年|本届政府")
_YEARS_TO_COME = re.compile(r"(?:今后|未来|下一?个?)五年")
_YEAR_TO_COME = re.compile(r"到(20[0-9]{2})年")
_NEXT_YEAR = re.compile(r"(?:今年|明年|(?P<year>20[0-9]{2})年)，?(?:我[们市省区县]|全[市省区县国])?(?P<will>要|将|拟)?")
_MUST = re.compile(r"(?:我们|必须|一定)?要(?![求素点闻看清]|认识)")
_LISTED = re.compile(
    r"\s*(?:[—\-]{1,2}|[●○◆■□▪▲★☆•*]|[0-9]{1,2}[.、．]|[①-⑳]|[一二三四五六七八九十]是"
    r"|[（(][一二三四五六七八九十0-9]+[）)]|第[一二三四五六七八九十]+，)"
)
_ANNOUNCES = re.compile(
    rf"(?:{_PLAN.pattern}|{_YEARS_TO_COME.pattern})[^。！？\n]{{0,80}}(?:目标|任务)"
    r"[^。！？\n]{0,40}(?:如下|概述|(?:以下|这)?几个方面)"
)
_COMING = r"(?:[今明来]年|新的?一年|20[0-9]{2}(?:年|(?=[，这怎主任目要重])))"
_GOAL = r"(?:(?:预期|主要|发展|奋斗|工作|总体|年度)(?:预期)?目标(?:任务|指标)?|目标任务|任务清单|目标清单|总体要求)”?"
_AIMS = re.compile(
    rf"{_COMING}[^，。；：0-9]{{0,24}}?(?:{_GOAL}|(?:目标|任务|思路|重点工作|小目标|实事(?:项目)?)”?)(?:(?:主要)?[是为有：]|包括|如下|$)"
    rf"|{_GOAL}(?:是|为|包括|如下)?：$|^展望(?:未来|{_COMING})"
)
_AIM = re.compile(r"目标|任务|思路|重点工作|实事|总体要求|展望")  # one of them stands in all that announces aims
_TITLE_OF_AIMS = re.compile(rf"[^，。；：0-9]{{0,12}}{_GOAL}$")
_NAMED_YEAR = re.compile(r"20[0-9]{2}(?=年|[，这怎主任目要重])")
_LONGEST_ANNOUNCEMENT = 60  # characters of a question, of a line alone
_DONE = re.compile(r"取得|成绩|成就|成果|交出|完成|过去|去年|回顾|[^为]了[什哪]")
_TELLS = r"怎么|这[么样些]|如何|干什么|干啥|做什么|目标"
_ASKS = re.compile(
    rf"{_COMING}[^。；0-9]{{0,16}}(?:(?:{_TELLS}|将|要|打算|重点)[^。]*？|(?:{_TELLS})[^。？]*)$",
)


class Period(NamedTuple):
    """The years that a text is about: the year before the first of them, the year that its targets are for."""

    part: Part
    before: int
    ahead: int


def usual_period(part: Part, year: int) -> Period:
    """Give the period of a part of a report on one year: a review's is that year, a plan's the next."""
    return Period(part, year if part == "plan" else year - 1, year + 1)


def period_of_heading(title: str, part: Part, year: int) -> Period:
    """Give the period of the part that a heading opens: that of the five-year plan it names, or of one year.

    >>> period_of_heading("一、“十三五”工作回顾", "review", 2020)
    Period(part='review', before=2015, ahead=2021)
    """
    usual = usual_period(part, year)
    for plan in _PLAN.finditer(title):
        if (period := _plan_period(plan, year)) and period.part == part:
            return period
        if part == "plan" and (last := _last_year(plan)) > year:
            return usual._replace(ahead=last)
    if part == "plan":
        return usual._replace(ahead=year + 5) if _YEARS_TO_COME.search(title) else usual
    return usual._replace(before=year - 5) if _LONG_REVIEW.search(title) else usual


def period_of_sentence(words: str, year: int, before: Period, chapter: Period) -> Period:
    """Give the period that a sentence of a chapter speaks of: that of the sentence before it, or what it begins with.

    >>> review, plan = usual_period("review", 2020), usual_period("plan", 2020)
    >>> period_of_sentence("今后五年，单位能耗下降15%", 2020, review, review)
    Period(part='plan', before=2020, ahead=2025)
    >>> period_of_sentence("过去一年，生产总值增长6%", 2020, plan, plan)
    Period(part='review', before=2019, ahead=2021)
    """
    opening = _OPENING.match(words)
    at = opening.end() if opening else 0
    if words[at : at + 1] not in _BEGINNINGS:
        return before
    plan = usual_period("plan", year)
    if plans := _PLAN.match(words, at):
        return _plan_period(plans, year) or before
    if _PAST_YEARS.match(words, at):
        return Period("review", year - 5, year + 1)
    if _PAST_YEAR.match(words, at):
        return usual_period("review", year)
    if _YEARS_TO_COME.match(words, at):
        return plan._replace(ahead=year + 5)
    if (found := _YEAR_TO_COME.match(words, at)) and int(found[1]) > year:
        return plan._replace(ahead=int(found[1]))
    if (found := _NEXT_YEAR.match(words, at)) and int(found["year"] or year + 1) == year + 1:
        return plan if found["will"] or chapter.part == "plan" else before
    if found and before.part == "plan" and int(found["year"]) == year and not found["will"]:
        return usual_period("review", year)
    return plan if before.part == "other" and _MUST.match(words, at) else before


def announced_period(words: str, year: int, *, alone: bool = False) -> Period | None:
    """Give the period that a sentence announces the targets of: of a five-year plan, or of the year to come.

    What asks for them (今年怎么干？) is a question, or stands alone on its line.

    >>> announced_period("2024年经济社会发展主要预期目标是：生产总值增长6%", 2023)
    Period(part='plan', before=2023, ahead=2024)
    >>> announced_period("今年怎么干", 2023, alone=True)
    Period(part='plan', before=2023, ahead=2024)
    """
    if not alone and _AIM.search(words) is None:
        return None
    found = _ANNOUNCES.search(words) if "五" in words else None
    period = period_of_heading(found[0], "plan", year) if found else None
    if period and period.ahead > year + 1:
        return period
    aims = _AIMS.search(words) or (_ASKS.search(words) if alone and len(words) <= _LONGEST_ANNOUNCEMENT else None)
    if aims is None or _DONE.search(words, 0, aims.end()):
        return None
    named = _NAMED_YEAR.findall(aims[0])
    if named and int(named[-1]) != year + 1:
        return None
    return usual_period("plan", year)


def is_title_of_aims(title: str, year: int) -> bool:
    """Tell whether a heading without a number opens a list of targets: 主要预期目标, “十四五”规划目标."""
    if _DONE.search(title):
        return False
    return _TITLE_OF_AIMS.match(title) is not None or (
        "目标" in title and period_of_heading(title, "plan", year).ahead > year + 1
    )


def is_listed(words: str) -> bool:
    """Tell whether a line begins as an item of a list does."""
    return _LISTED.match(words) is not None


def goes_on(words: str, period: Period, chapter: Period, year: int) -> bool:
    """Tell whether a paragraph, an item of a list or one of a long review, is about the period of the one before it."""
    if is_listed(words):
        return True
    return chapter.part != "plan" and period.part == "review" and period.before < year - 1


def _plan_period(found: re.Match[str], year: int) -> Period | None:
    """Give the period of a five-year plan; None in the midst of it, unless the words are 以来."""
    first = _last_year(found) - 4
    if first > year:
        return Period("plan", year, first + 4)
    if first + 4 <= year or found["since"]:
        return Period("review", first - 1, year + 1)
    return None


def _last_year(found: re.Match[str]) -> int:
    return _FIRST_OF_PLANS + 5 * (_PLANS.index(found["plan"]) + 1) + 4
