"""Text → heading: the title, the kind of document, and the year under review."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zjcompare.lexicon import Lexicon

_HEAD_LINES, _LONGEST_TITLE, _LONGEST_HEADING = 120, 80, 40
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|$|\D)")
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_REVIEW = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^。；]{0,24}(?:回顾|总结|完成情况|执行情况)")
_PLAN = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^。；]{0,24}(?:目标|任务|安排|建议|总体要求|打算|部署|计划|工作$)")
_DELIVERED = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日[^。]{0,40}(?:会议|大会)")
_EXECUTED = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^。；]{0,24}(?:执行|决算)")
_SITE = re.compile(r"[_|｜】]|(?<!-)-(?!-)")
_SENTENCE = re.compile(r"[，,。；]")
_MARKUP = re.compile(r"^[#>*\-●•■◆\s]+|[*#\s]+$")
_BLANK = re.compile(r"\s+|[\u200b-\u200f\ufeff]")
_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_WRITTEN_YEAR = re.compile(r"[０-９]{4}(?=年)|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What is to be found where a document says what it is: its title, its kind, and the lines to look in.

    `head` holds the first lines and `short` all the lines that may be headings, without blanks and markup; `file` is
    the stem of the file's name and `name` what errors call the document.
    """

    title: str
    kind: str
    head: tuple[str, ...]
    short: tuple[str, ...]
    file: str
    name: str


def find_heading(text: str, file: str, name: str, lexicon: Lexicon) -> Heading:
    """Find the title: the first short line that fits a kind, better with a year in it; else the first line."""
    lines = [line for line in map(plain, text.splitlines()) if line] or [""]
    head = tuple(lines[:_HEAD_LINES])
    title, kind = _find_title(head, lexicon)
    return Heading(title, kind, head, tuple(line for line in lines if len(line) <= _LONGEST_HEADING), file, name)


def find_year(heading: Heading, kind: str, lexicon: Lexicon) -> int:
    """Find the year under review, by the first kind of evidence that there is; raise `ReadError` where it differs.

    A heading 2015年工作回顾 says it, the last one where a document reviews several years. A report to a congress is
    about the year before the congress (of the same year in November and December), and so is one whose title names the
    year of delivery. A plan's heading names the year after. Else the year of the title, or of the file's name, is the
    one under review.
    """
    before = any(row["kind"] == kind and row["year"] == "before" for row in lexicon.rows("kinds"))
    for years in _delivered_evidence(heading, lexicon) if before else _named_evidence(heading):
        if len(years) == 1:
            return years.pop()
        if years:
            raise ReadError(
                f"{heading.name}: may be about {' or '.join(map(str, sorted(years)))}; say which with year="
            )
    seen = Counter(year for line in heading.head for year in _NAMED_YEAR.findall(line)).most_common(4)
    named = ", ".join(f"{year} ({count}×)" for year, count in seen) or "no year"
    raise ReadError(f"{heading.name}: no heading says which year it is about; its first lines name {named}; give year=")


def _delivered_evidence(heading: Heading, lexicon: Lexicon) -> Iterator[set[int]]:
    """Give the years that a report delivered to a congress may be about, the best evidence first."""
    reviewed = {int(years[-1]) for line in heading.short if (years := _REVIEW.findall(line))}
    yield set(sorted(reviewed)[-1:])
    yield {_reviewed_at(match) for line in heading.head for match in _DELIVERED.finditer(line)}
    yield {int(year) - 1 for year in _NAMED_YEAR.findall(heading.title)}
    yield {int(year) - 1 for line in heading.short for year in _PLAN.findall(line)}
    yield {int(year) - bool(_kind_of(heading.file, lexicon)) for year in _YEAR.findall(heading.file)}


def _named_evidence(heading: Heading) -> Iterator[set[int]]:
    """Give the years that a report which names its own year may be about, the best evidence first."""
    yield {int(year) for line in (heading.title, heading.head[0]) for year in _EXECUTED.findall(line)[:1]}
    yield {int(year) for year in _NAMED_YEAR.findall(heading.title)}
    yield {int(year) for year in _YEAR.findall(heading.file)}
    yield {int(year) for year in [each for line in heading.head[:20] for each in _NAMED_YEAR.findall(line)][:1]}


def plain(line: str) -> str:
    """Give a line without blanks and markup, its years in ASCII digits (二〇二三年 → 2023年)."""
    return _WRITTEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), _BLANK.sub("", _MARKUP.sub("", line)))


def _reviewed_at(delivered: re.Match[str]) -> int:
    year, month = int(delivered[1]), int(delivered[2])
    return year if month >= 11 else year - 1


def _find_title(head: tuple[str, ...], lexicon: Lexicon) -> tuple[str, str]:
    """Give title and kind of the first line that fits a kind, better one with a year; else the first line."""
    titled: tuple[str, str] | None = None
    for line, following in zip(head, (*head[1:], ""), strict=True):
        candidate, kind = line, _kind_of(line, lexicon)
        if not kind and not _kind_of(following, lexicon):
            candidate = line + following  # titles break across lines
            kind = _kind_of(candidate, lexicon)
        if not kind or len(candidate) > _LONGEST_TITLE:
            continue
        title = _title_of(candidate, kind, lexicon)
        if _NAMED_YEAR.search(title):
            return title, kind
        titled = titled or (title, kind)
    return titled or (_SITE.split(head[0])[0][:_LONGEST_TITLE], "")


def _title_of(line: str, kind: str, lexicon: Lexicon) -> str:
    """Give the part of a line that is the title: no site's name beside it; a sentence that opens a speech is none."""
    parts = [part for part in _SITE.split(line) if _kind_of(part, lexicon) == kind]
    title = parts[0] if parts else line
    return kind if _SENTENCE.search(title) else title


def _kind_of(line: str, lexicon: Lexicon) -> str:
    return next((kind for kind, pattern in _patterns(lexicon) if pattern.search(line)), "")


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in lexicon.rows("kinds"))
