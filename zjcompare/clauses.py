"""CleanText → sentences, each with its section, the part of the report that it stands in, and the year it reviews."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.cues import one_of, read_cues
from zjcompare.lexicon import Lexicon
from zjcompare.periods import (
    OPENINGS,
    Part,
    Period,
    announced_period,
    goes_on,
    is_listed,
    is_title_of_aims,
    period_of_heading,
    period_of_sentence,
    usual_period,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP = re.compile(r"[。！？\n]")
_NUMBERED = re.compile(
    r"(?P<one>(?:#+ )?(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+(?:部分|章))|#{1,2} )"
    r"|(?P<two>[（(][一二三四五六七八九十]+[）)]|#{3,6} )"
)
_HEADING_MARK = re.compile(r"[#●○◆■\s]*")
_OPENING = 40  # characters in which a sentence says what years it is about
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年|[主要重点目标工作]{0,4}(?:任务|目标|清单))")
_TITLE = re.compile(r"(?:报告|公报)$")
_REVIEWED = re.compile(r"回顾|总结|完成情况|执行情况")
_ALONE = re.compile(r"[^0-9。\n]*(?:20[0-9]{2}[^0-9。\n]*)?[！？]?(?:\n|$)")  # a line without a figure
_YEAR_OF_PART = re.compile(
    r"(?:19|20)[0-9]{2}年(?=[^0-9]*(?:目标|安排|部署|任务|计划|重点工作|回顾|完成情况)[^0-9]{0,12}$)"
)
_FIGURE_IN_LINE = re.compile(r"[^\n]*(?<!20)[0-9](?![0-9]{0,3}年)")
_ITEM = re.compile(r"[^。！？\n]{1,60}(?<!：)[。！]?(?:\n|$)")
_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}年度?\s*\n[^\n]*[，。；]")  # not a menu, where no sentence follows


class Sentence(NamedTuple):
    """One sentence of a clean text, without its stop: where it is, under which heading, in which part.

    `year` is the year under review there: that of the report, or of the part where a document holds several years.
    `before` is the year before the one or the five that it speaks of; `ahead` is the year that its targets are for: the
    next, or the last of a five-year plan.
    """

    start: int
    end: int
    section: str
    year: int
    part: Part
    before: int
    ahead: int


def find_sentences(text: str, year: int, lexicon: Lexicon | None = None) -> Iterator[Sentence]:
    r"""Give the sentences of a clean text in order; `year`, the year under review, tells plans from reviews.

    >>> [s.part for s in find_sentences("一、2023年工作回顾\n增长5%。\n二、2024年工作安排\n增长6%。", 2023)]
    ['review', 'review', 'plan', 'plan']
    >>> [s.year for s in find_sentences("2021年\n增长5%。\n2022年\n增长6%。", 2022)]
    [2021, 2021, 2022, 2022]
    """
    cues = read_cues(lexicon or Lexicon.default())
    plans, reviews = re.compile(one_of(cues["plan"])), re.compile(rf"{one_of(cues['review'])}|^去年")
    where = _Where(year, usual_period("other", year), usual_period("other", year), plans, reviews)
    start = line = 0
    for stop in _STOP.finditer(text):
        end = stop.start()
        if start == line and stop[0] == "\n" and _is_heading(text[start:end]):
            where.enter(text, start, end)
        if end > start:
            yield where.sentence(text, start, end, line)
        start = stop.end()
        if stop[0] == "\n":
            line = start
    if start < len(text):
        yield where.sentence(text, start, len(text), line)


@dataclass(slots=True)
class _Where:
    """Where in a report a sentence stands: what the headings above it say, and the sentences before it."""

    year: int
    of_chapter: Period
    period: Period
    plans: re.Pattern[str]  # what a heading of a plan says
    reviews: re.Pattern[str]
    delivered: int | None = None  # how many years after the year under review the titles in the text name
    interrupted: Period | None = None  # the chapter's own period, where a sentence in it has announced targets
    listing: bool = False  # whether the lines are those of a list of targets
    chapter: str = ""
    section: str = ""

    def enter(self, text: str, start: int, end: int) -> None:
        """Go on below a heading."""
        title = _HEADING_MARK.sub("", text[start:end], count=1)
        numbered = _NUMBERED.match(text, start)
        if numbered is None or numbered.lastgroup == "one":
            named = _single_year(title)
            if named and _TITLE.search(title):
                self.delivered = named - self.year if self.delivered is None else self.delivered
                self.year = named - self.delivered if self.delivered in (0, 1) else self.year
            elif named and (_REVIEWED.search(title) or _YEAR_ALONE.match(text, end - len(title))):
                self.year = named
            part = self._part_of(title, named=numbered is not None)
            if numbered or named or part != self.of_chapter.part:
                self.of_chapter = self.period = period_of_heading(title, part, self.year)
                self.interrupted = None
            self.chapter = title if numbered else self.chapter
        self.section = title

    def sentence(self, text: str, start: int, end: int, line: int) -> Sentence:
        """Give a sentence; one that announces targets is part of the plan itself, and opens it."""
        if start == line or text[start] in OPENINGS:
            opening = text[start : min(end, start + _OPENING)]
            if start == line and not self._goes_on(text, start, opening):
                self.period, self.listing = self.of_chapter, False
            self.period = period_of_sentence(opening, self.year, self.period, self.of_chapter)
        if self.interrupted and self.period.part == "review":
            self.of_chapter, self.interrupted = self.interrupted, None
        found = Sentence(start, end, self.section or self.chapter, self.year, *self.period)
        if self.of_chapter.part == "plan":
            return found
        asks = text.startswith("？", end)
        alone = start == line and not text.startswith("。", end) and _ALONE.match(text, start) is not None
        words = text[start : end + asks]
        plan = announced_period(words, self.year, alone=asks or alone)
        if plan is None:
            return found
        self.period = plan
        if plan.ahead > self.year + 1:
            self.of_chapter = plan
            return found
        marked = is_listed(text[end + 1 : end + 1 + _OPENING])
        has_items = words.endswith("：") and (marked or _ITEM.match(text, end + 1) is not None)
        self.listing = has_items and not marked
        opens = self.of_chapter.part == "other" and (asks or "：" in words) and not _FIGURE_IN_LINE.match(text, end + 1)
        if not has_items and (alone or opens):
            self.of_chapter, self.interrupted = plan, self.of_chapter
        return found._replace(part=plan.part, before=plan.before, ahead=plan.ahead)

    def _goes_on(self, text: str, start: int, opening: str) -> bool:
        """Tell whether a line is about the period of the one before it; so is each item of a list of targets."""
        if goes_on(opening, self.period, self.of_chapter, self.year):
            return True
        return self.listing and _ITEM.match(text, start) is not None

    def _part_of(self, title: str, *, named: bool) -> Part:
        """Tell from a heading which part it opens; a heading that says nothing of it leaves the part as it was."""
        year, before = self.year, self.of_chapter.part
        if _TITLE.search(title) or (title.endswith("：") and not named):
            return before
        years = [int(found) for found in _YEAR.findall(title)]
        if years and min(years) > year:
            return "plan"
        if self.reviews.search(title):
            return "review"
        if not named:
            return "plan" if is_title_of_aims(title, year) else before
        if years and max(years) <= year:
            return "review"
        return "plan" if self.plans.search(title) else before


def _is_heading(line: str) -> bool:
    """Tell whether a line is a heading: numbered or marked, or short and without a comma or a figure."""
    if not line or len(line) > 60 or "，" in line or "；" in line:
        return False
    if _NUMBERED.match(line):
        return True
    bare = len(line) <= 30 and not line.startswith("●") and "\t" not in line
    return bare and not any(char.isdigit() for char in _YEAR_OF_PART.sub("", line[4:]))


def _single_year(title: str) -> int | None:
    years = set(_YEAR.findall(title))
    return int(years.pop()) if len(years) == 1 else None
