"""第, 前 and the numeral behind → places in an order (第4位, 前三), streaks (连续第7年), and plain ordinals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.mentions.records import Mention, Numeral
from zjcompare.numerals import read_numeral

if TYPE_CHECKING:
    from zjcompare.mentions.units import Units

_ORDINALS_BEHIND = re.compile(  # 第3、第5和第2位
    r"(?:(?:、|和|以?及|与)第[0-9一二三四五六七八九十]{1,4})+(?=[位名，。；！）\n]|$)"
)
_RANKED_AFTER = re.compile(r"(?:大)?[位名]")
_CLOSES = frozenset("，。；、！？）”\n")
_AMONG = re.compile(r"(?:全.|[列居排入进位国省市县区前界])前$")


def read_ordinal(text: str, start: int, end: int, units: Units) -> Mention | Numeral:
    """Read what follows 第: a streak (连续第7年), a rank where a place in an order is spoken of, else an ordinal."""
    number, unit = read_numeral(text[start:end]), text[end : end + 1]
    if number is not None and unit in ("年", "次", "届") and text.endswith("连续第", 0, start):
        dimension = "time" if unit == "年" else "count"
        return Mention(start, end + 1, end + 1, number, None, unit, dimension, "streak", "=")
    place = _RANKED_AFTER.match(text, end)
    closed = (text[end : end + 1] in _CLOSES or end == len(text)) and not text.startswith("、第", end)
    goes_on = _ORDINALS_BEHIND.match(text, end)
    if number is not None and (place or closed or goes_on) and units.order.search(text, max(0, start - 20), start - 1):
        stop = place.end() if place else end
        return Mention(start, stop, stop, number, None, "位", "places", "rank", "=")
    return Numeral(start, end, "ordinal", "an ordinal")


def read_among(text: str, start: int, end: int) -> Mention | None:
    """Read 前三, 前10 with nothing behind it: a place in an order, or better."""
    number = read_numeral(text[start:end])
    closed = text[end : end + 1] in _CLOSES or end == len(text)
    if number is None or not closed or not _AMONG.search(text, max(0, start - 3), start):
        return None
    return Mention(start, end, end, number, None, "位", "places", "rank", "<=")
