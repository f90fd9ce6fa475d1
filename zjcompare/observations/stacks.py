"""Clean text → figures in large type: each alone on its line, with its label on the line before or behind it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zjcompare.mentions import Mention

_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(r"(?:[^0-9，。；：！？|\t\n]|[3-6]G|[1-5]A){2,24}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_BEFORE = re.compile(
    r"(?:同比|比上年|较上年|年均)?(?:增长|下降|提高|上涨|实现|完成)?(?:约|近|超过?|突破|逾|达到?|[+↑↓-])?"
)
_REST = re.compile(
    r"[+↑↓]?(?:[，（](?:同比|比上年|较上年|年均|其中)?(?:增长|下降|提高|上涨|增加|减少|占|居|列|排)[^\n]*)?(?:\n|$)"
)
_FIT = {  # words of labels that go with a unit
    "%": re.compile(r"率|比重|占比|比例|增速|增幅|增长|覆盖|强度"),
    "元": re.compile(r"[值额税]|收入|支出|投资|余额|贷款|存款|利润|营收|GDP"),
    "人": re.compile(r"人口|人数|就业|学生|职工|人员|人才"),
    "人次": re.compile(r"游客|旅客|人次|客流"),
}
_PROVED, _LIKELY = 0.85, 0.7  # where the lines can be paired in one way, and where the units decide


class Pair(NamedTuple):
    """A label and the figure that it names: their spans in the clean text, and how sure it is that they go together."""

    label: tuple[int, int]
    figure: tuple[int, int]
    mentions: tuple[Mention, ...]
    sure: float


class _Piece(NamedTuple):
    start: int
    end: int
    mentions: tuple[Mention, ...]  # of a figure; a label has none


def find_pairs(text: str, mentions: Sequence[Mention]) -> list[Pair]:
    """Give the figures that stand alone on their lines, each with its label; none where either side could be it."""
    pairs: list[Pair] = []
    for alike, block in groupby(_pieces(text, mentions), key=lambda piece: piece is not None):
        if alike:
            pairs += _pair([piece for piece in block if piece is not None], text)
    return pairs


def _pieces(text: str, mentions: Sequence[Mention]) -> Iterator[_Piece | None]:
    """Give the lines that are a label or a figure, and None for each other line."""
    at = 0
    for line in _LINE.finditer(text):
        first = at
        while at < len(mentions) and mentions[at].start < line.end():
            at += 1
        inside = tuple(mentions[first:at])
        if not inside:
            is_label = _LABEL.fullmatch(line[0]) and _HAN.search(line[0])
            yield _Piece(line.start(), line.end(), ()) if is_label else None
            continue
        alone = _BEFORE.fullmatch(text, line.start(), inside[0].start) and _REST.match(text, inside[0].after)
        yield _Piece(line.start(), line.end(), inside) if alone and inside[0].unit else None


def _pair(block: list[_Piece], text: str) -> list[Pair]:
    """Pair the lines of a block: all figures have their label before them, or all behind them."""
    figures = [number for number, piece in enumerate(block) if piece.mentions]
    ways = []
    for step in (-1, 1):
        labels = [number + step for number in figures]
        if figures and all(0 <= number < len(block) and not block[number].mentions for number in labels):
            fits = sum(_fits(block[label], block[figure], text) for label, figure in zip(labels, figures, strict=True))
            ways.append((fits, labels))
    ways.sort(reverse=True)
    proved = len(ways) == 1 and len(figures) > 1
    if not ways or not (proved or ways[0][0] > (ways[1][0] if len(ways) > 1 else 0)):
        return []
    return [
        Pair(block[label][:2], block[figure][:2], block[figure].mentions, _PROVED if proved else _LIKELY)
        for label, figure in zip(ways[0][1], figures, strict=True)
    ]


def _fits(label: _Piece, figure: _Piece, text: str) -> bool:
    fit = _FIT.get(figure.mentions[0].unit)
    return fit is not None and fit.search(text, label.start, label.end) is not None
