"""Figures that stand alone in a headline → their names, from the sentence below that tells the same figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.mentions.scan import ITEM_WORDS
from zjcompare.observations.tails import read_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.mentions import Mention
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Finding

_BEFORE = re.compile(
    rf"[^\w\n]*(?:(?:{ITEM_WORDS})?[0-9一二三四五六七八九十]{{0,3}}[：、.]\s*)?(?P<bound>[超突逾近约达过破到]{{0,2}})"
)
_BEHIND = re.compile(r"[+＋]?\s*(?:：[^\n。]*)?(?:\n|$)")
_FARTHEST = 250  # characters below the headline
_SURE = 0.85


def name_headline(
    text: str, mention: Mention, below: Sequence[tuple[Mention, Finding]], phrases: Phrases
) -> Finding | None:
    """Give the finding of a figure that stands in its line alone, or before a colon: that of the same figure `below`.

    超1000亿件：… is named by 快递业务量突破1000亿件. None where the line says more, or no sentence tells the figure.
    """
    line = text.rfind("\n", 0, mention.start) + 1
    before = _BEFORE.fullmatch(text, line, mention.start)
    if before is None or _BEHIND.match(text, mention.after) is None:
        return None
    for other, finding in below:
        if other.start > mention.start + _FARTHEST:
            return None
        if other.number == mention.number and mention.unit in ("", other.unit):
            bound = mention.bound if mention.bound != "=" else read_tail(before["bound"], phrases).bound
            return finding._replace(rule="headline", confidence=_SURE, bound=bound if bound != "=" else finding.bound)
    return None
