"""Report → CleanText: the text repaired for reading, with a map back to the stored characters.

Repair replaces character by character (full width, traditional script, ASCII punctuation between Chinese words) or
takes characters away (bold marks, spaces inside figures and words, soft line breaks, lines with a page number alone,
pinyin after a Chinese character). It never adds any, so every clean character stands for one stored character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from zjcompare.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_MARKS = {
    **dict(zip(",;:()?!％﹪．∶ː꞉﹕～－／「」\u20e3", "，；：（）？！%%.：：：：~-/“”、", strict=True)),  # 1️⃣ is 1、
    **dict.fromkeys("\xa0\u2002\u2003\u2009\u202f\u3000\r", " "),
}
_THOUSANDS = re.compile(r"，(?<=[0-9]，)(?= ?[0-9]{3}(?![0-9]))")
_GROUPS_BEFORE = re.compile(r"(?<![注表图件第前])(?<=[\u4e00-\u9fff、\t|]) ?[1-9][0-9]{0,2}(?: [0-9]{3})*$")
_GROUPS_AFTER = re.compile(r"[0-9]{3}(?: [0-9]{3})*(?:\.[0-9]+)? ?(?![年月日号级强届期])[\u4e00-\u9fff\t\n|]")
_LONGEST_GROUPS = 24  # characters of a figure parted by spaces before the last of them
_SPACED_FIGURE = re.compile(r"[\u4e00-\u9fff] [0-9][0-9.,]*[万亿]* ?[\u4e00-\u9fff]{0,3}$")  # 新增 70张 床位
_NEXT_LABEL = re.compile(r"[^\s，。；]+ [0-9]|(?:同比)?增长|(?:同比)?下降")  # 产量 9万吨 产值 3亿元

_BROKEN_WORD = re.compile(  # that a line of a printed page breaks: the space in it parts nothing
    r"[比较]上 年|[比较] 上年|其 中|同 比|分 别|增 [长速加]|下 降|减 少|提 高|上 涨|达 到|完 成|实 现"
    r"|公 [里顷]|平 方|百 分|分 点|全 [省市县区]|[万亿] [\u4e00-\u9fff]"
)
_UNSEEN = r"\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad"
_ORNAMENTS = (  # emoji and signs of decoration, but not ●○◎◆■□▪▲△★☆, which are read as what they are: bullets
    r"\u2580-\u259f\u25a2-\u25a9\u25ab-\u25b1\u25b4-\u25c5\u25c7-\u25ca\u25cc\u25cd\u25d0-\u2604\u2607-\u27bf\u2b00-\u2bff"
    "\ufe0f\U0001f000-\U0001faff"
)
_REMOVED = re.compile(
    rf"""
    [*_\ \n（{_UNSEEN}{_ORNAMENTS}]  # first, as one class is what a search finds fast
    (?: (?<=\*)\*+ | (?<=_)_+      # bold marks
      | (?<=\ )\ *(?:\n[\s{_UNSEEN}]*)?
      | (?<=\n)[\s{_UNSEEN}]*(?:[-—–]\ ?[0-9]{{1,3}}\ ?[-—–]\s*\n[\s{_UNSEEN}]*)?  # line breaks, blank lines, - 12 -
      | (?<=[{_UNSEEN}])[{_UNSEEN}]*(?:\n[\s{_UNSEEN}]*)?
      | (?<=[{_ORNAMENTS}])[{_ORNAMENTS}]*
      | (?<=[\u4e00-\u9fff]（)[a-z\ ]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü\ ]*）  # pinyin
    )
    """,
    re.VERBOSE,
)
_STARTS_A_LINE = re.compile(
    rf"[{_ORNAMENTS}]|"
    r"[●○◎◆■□▪▲△★☆•·※→#>|*+-]|—|[一二三四五六七八九十]+[、.是]|（[一二三四五六七八九十0-9]+）"
    r"|[0-9]{1,2}[.、](?![0-9])|第[一二三四五六七八九十]+[，、章节部]|[①-⑳]|附|注[：0-9]|表 ?[0-9]|图 ?[0-9]|各位|谢谢"
)
_HAN = r"[\u4e00-\u9fff]"
_ENDS_IN_FIGURE = "|".join(rf"(?<=[0-9]{unit}{gap}\n)" for unit in ("%", _HAN, _HAN * 2, _HAN * 3) for gap in ("", " "))
_GOES_ON = re.compile(  # a line that tells more of the figure in the line before it, or of its subject
    rf"\n(?:(?:{_ENDS_IN_FIGURE})\s*(?=(?:同比|[比较]上年|年均)?"
    r"(?:增[长速幅]|下降|上[升涨]|提高|增加|减少|回落)(?:到|至|了|约|近|超过?)?\s*[0-9]"
    r"|总量?[列居]|[列居]全[省市国])"
    r"|(?:(?<=长\n)|(?<=长 \n))\s*(?=[由从][^\n，。；]{0,12}[0-9][^\n，。；]{0,12}[到至为]))"
)
_AWAITS_FIGURE = re.compile(r"(?:增长|下降|上涨|达到?|突破|超过?|[增降升]至|[加高降]到)$")  # at the end of a line
_FIGURE = re.compile(r"(?!(?:19|20)[0-9]{2}年|[0-9]{1,2}[、.．](?![0-9]))[0-9]")
_REST_OF_FIGURE = re.compile(r"\.[0-9]|%|[十百千万亿]*(?:[万亿]|[元人户家个亩吨件所条套辆张]|公里|平方米)\s*(?:\n|$)")
_ENDS_A_LINE = re.compile(rf"[。！？；：…”』】》|\t↓→{_ORNAMENTS}]")
_OPEN_END = re.compile(r"[，、（和及与]")  # of a line that the next one surely goes on
_COMMA_IN_LINE = re.compile(r"，[^\n]*")
_PROSE_LINES = 3  # with a comma for each stop, at most, in a text that is made of sentences
_STOPPED = re.compile(r"[。；]")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节])")
_LONGEST_TITLE = 36
_PROSE = re.compile(r"[，。；]")
_BULLET = re.compile(r"\s*[●○◎◆■□▪▲△★☆•·※*-]\s")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text as it is read: `text`, and where each of its characters stands in the `stored` text."""

    text: str
    stored: str
    clean_starts: tuple[int, ...]
    stored_starts: tuple[int, ...]

    def stored_at(self, position: int) -> int:
        """Give the stored position of the clean character at `position`."""
        piece = bisect_right(self.clean_starts, position) - 1
        return self.stored_starts[piece] + position - self.clean_starts[piece]

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the stored span of the clean span [start, end), which must not be empty."""
        piece = bisect_right(self.clean_starts, start) - 1
        shift = self.stored_starts[piece] - self.clean_starts[piece]
        if piece + 1 == len(self.clean_starts) or end <= self.clean_starts[piece + 1]:
            return start + shift, end + shift
        return start + shift, self.stored_at(end - 1) + 1


def clean_text(stored: str, lexicon: Lexicon | None = None) -> CleanText:
    """Repair a stored text for reading.

    >>> clean_text("增长**5.5％**, 达到 1,412 亿元").text
    '增长5.5%，达到1,412亿元'
    """
    replaced, by = _characters(lexicon or Lexicon.default())
    text = replaced.sub(lambda found: by[found[0]], stored)
    text = _THOUSANDS.sub(",", text)
    text = _GOES_ON.sub(lambda found: "，" + " " * (len(found[0]) - 1), text)
    starts, ends = [0], []
    for start, end in _removals(text):
        ends.append(start)
        starts.append(end)
    pieces = [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]
    clean_starts = accumulate(map(len, pieces[:-1]), initial=0)
    return CleanText("".join(pieces), stored, tuple(clean_starts), tuple(starts))


@lru_cache(maxsize=8)
def _characters(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """Give what finds the characters to replace, and what replaces each (ten times as fast as `str.translate`)."""
    by = {row["traditional"]: row["simplified"] for row in lexicon.rows("script")} | _WIDE | _MARKS
    return re.compile(f"[{re.escape(''.join(by))}]"), by


def _removals(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans to take away, in order."""
    paragraph = 0  # where the paragraph begins that the next line may continue
    itemized = _is_itemized(text)
    for match in _REMOVED.finditer(text):
        start, end = match.span()
        if "\n" not in match[0]:
            if text[start] != " " or not _keeps_space(text, start, end):
                yield start, end
        elif start == 0 or end == len(text) or _is_soft(text, paragraph, start, end, itemized=itemized):
            yield start, end
        else:
            paragraph = end
            at = text.index("\n", start)
            if at > start:
                yield start, at
            if end > at + 1:
                yield at + 1, end


def _keeps_space(text: str, start: int, end: int) -> bool:
    """Tell whether a run of spaces separates: Chinese or Latin words, or two figures."""
    if start == 0 or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    if before.isalpha() and after.isalpha():
        if end - start == 1 and (_BROKEN_WORD.match(text, start - 1) or _BROKEN_WORD.match(text, start - 2)):
            return False
        if end - start == 1 and _SPACED_FIGURE.search(text, max(0, start - _LONGEST_GROUPS), start):
            return _NEXT_LABEL.match(text, end) is not None
        return before.isascii() == after.isascii() or end - start > 1
    if after.isdigit():
        if before in ".,":
            return not (start > 1 and text[start - 2].isdigit())
        if before.isdigit():
            return not _parts_thousands(text, start, end)
        return before in "%）"
    return before == "%" and after.isalpha() and after not in "以左的和及"


def _parts_thousands(text: str, start: int, end: int) -> bool:
    """Tell whether a space between digits parts the thousands of one figure, as in 吞吐量1 234.5万吨."""
    if end - start > 1 or _GROUPS_AFTER.match(text, end) is None:
        return False
    return _GROUPS_BEFORE.search(text, max(0, start - _LONGEST_GROUPS), start) is not None


def _is_itemized(text: str) -> bool:
    """Tell whether a text is made of items, a line each: hardly any of its lines with commas has a stop."""
    most = (text.count("。") + text.count("；")) * _PROSE_LINES
    return most < text.count("，") and most < len(_COMMA_IN_LINE.findall(text))


def _is_soft(text: str, paragraph: int, start: int, end: int, *, itemized: bool) -> bool:
    """Tell whether a line break falls inside a sentence, so that its lines belong together."""
    if text[start - 1].isdigit() and _REST_OF_FIGURE.match(text, end):
        return True
    if _AWAITS_FIGURE.search(text, max(0, start - 3), start) and _FIGURE.match(text, end):
        return True
    if _ENDS_A_LINE.match(text, start - 1) or _STARTS_A_LINE.match(text, end):
        return False
    if not (_PROSE.search(text, paragraph, start) or _BULLET.match(text, paragraph)):
        return False
    stop = text.find("\n", end)
    stop = stop if stop >= 0 else len(text)
    parted = itemized or (text.count("\n", start, end) > 1 and not _STOPPED.search(text, end, stop))
    if parted and not (_OPEN_END.match(text, start - 1) or _BULLET.match(text, paragraph)):
        return False
    if (
        _is_title(text, paragraph, start)
        or text.find("\t", max(paragraph, start - 200), start) >= 0
        or text.find("\t", end, stop) >= 0
    ):
        return False
    return bool(_PROSE.search(text, end, stop)) or text.find("。", paragraph, start) >= 0


def _is_title(text: str, start: int, end: int) -> bool:
    """Tell whether a line is a numbered title, which may hold a comma but no figure (七、财政保障有力，金融平稳)."""
    if end - start > _LONGEST_TITLE or _NUMBERED.match(text, start) is None:
        return False
    return text.find("。", start, end) < 0 and not any(char.isdigit() for char in text[start:end])
