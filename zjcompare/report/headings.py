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

_HEAD_LINES, _LONGEST_TITLE = 120, 80
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
_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789" "000" "123456789")
_WRITTEN_YEAR = re.compile(r"[０-９]{4}(?=年)|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first lines of a document say: its title, its kind, and the lines to look in, without blanks."""

    title: str
    kind: str
    lines: tuple[str, ...]


def find_heading(text: str, lexicon: Lexicon) -> Heading:
    """Find the title: the first short line that fits a kind, better with a year in it; else the first line."""
    lines = tuple(line for _, line in zip(range(_HEAD_LINES), _lines_of(text), strict=False))
    titled: Heading | None = None
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        kind = _kind_of(line, lexicon)
        candidate = line
        if not kind and len(line) + len(following) <= _LONGEST_TITLE and not _kind_of(following, lexicon):
            candidate = line + following  # titles break across lines
            kind = _kind_of(candidate, lexicon)
        if not kind or len(candidate) > _LONGEST_TITLE:
            continue
        found = Heading(_title_of(candidate, kind, lexicon), kind, lines)
        if _NAMED_YEAR.search(found.title):
            return found
        titled = titled or found
    return titled or Heading(_SITE.split(lines[0])[0][:_LONGEST_TITLE], "", lines)


def find_year(heading: Heading, text: str, hint: str, kind: str, lexicon: Lexicon, name: str) -> int:
    """Find the year under review, by the first kind of evidence that there is; raise `ReadError` where it differs.

    A heading 2015年工作回顾 says it. A report to a congress is about the year before the congress (of the same year
    in November and December), and so is one whose title names the year of delivery. A plan's heading names the year
    after. Else the year of the title, or of the file's name, is the one under review.
    """
    before = any(row["kind"] == kind and row["year"] == "before" for row in lexicon.rows("kinds"))
    short = [line for line in _lines_of(text) if len(line) <= 40]
    title, lines = heading.title, heading.lines
    lag = 1 if before else 0
    evidence = (
        {int(year) for line in (title, *lines[:1]) for year in _EXECUTED.findall(line)[:1]},
        {int(_REVIEW.findall(line)[-1]) for line in short if _REVIEW.search(line)} if before else set(),
        {_reviewed_at(match) for line in lines for match in _DELIVERED.finditer(line)} if before else set(),
        {int(year) - lag for year in _NAMED_YEAR.findall(title)},
        {int(year) - 1 for line in short for year in _PLAN.findall(line)} if before else set(),
        {int(year) - (lag if _kind_of(hint, lexicon) else 0) for year in _YEAR.findall(hint)},
        {int(year) for year in [match for line in lines[:20] for match in _NAMED_YEAR.findall(line)][:1]} if not before else set(),
    )
    for years in evidence:
        if len(years) == 1:
            return years.pop()
        if years:
            raise ReadError(f"{name}: may be about {' or '.join(map(str, sorted(years)))}; say which with year=")
    seen = Counter(_NAMED_YEAR.findall(plain(text))).most_common(4)
    named = ", ".join(f"{year} ({count}×)" for year, count in seen) or "no year"
    raise ReadError(f"{name}: no heading says which year it is about; its text names {named}; give year=")


def plain(line: str) -> str:
    """Give a line without blanks and markup, its years in ASCII digits (二〇二三年 → 2023年)."""
    return _WRITTEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), _BLANK.sub("", _MARKUP.sub("", line)))


def _reviewed_at(delivered: re.Match[str]) -> int:
    year, month = int(delivered[1]), int(delivered[2])
    return year if month >= 11 else year - 1


def _lines_of(text: str) -> Iterator[str]:
    return filter(None, (plain(line) for line in text.splitlines()))



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
