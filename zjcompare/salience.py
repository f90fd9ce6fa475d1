"""Indicator names → what the newsroom knows of them: weight, price basis, which way is better, English name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Salience:
    """What one indicator weighs in the news, from 0 to 1, and what is known of it.

    `prices` is `constant` where growth is stated at constant prices while levels are at current ones (the National
    Bureau of Statistics' note to value added: 绝对额按现价计算，增长速度按不变价计算), `nominal` where both are at
    current prices, else empty. `better` is `up`, `down` or empty. `en` is empty where no English name is known.
    """

    weight: float
    prices: str = ""
    better: str = ""
    en: str = ""


_UNKNOWN = Salience(0.3)


@lru_cache(maxsize=65536)
def salience_of(name: str, lexicon: Lexicon) -> Salience:
    """Give what the first fitting pattern of the lexicon says of `name`.

    The English name is given only where the pattern is the whole name: 4A级景区接待游客 are not all visitors.

    >>> from zjcompare.lexicon import Lexicon
    >>> salience_of("地区生产总值", Lexicon.default()).prices
    'constant'
    """
    for pattern, known in _patterns(lexicon):
        if pattern.search(name):
            return known if pattern.fullmatch(name) else replace(known, en="")
    return _UNKNOWN


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], Salience], ...]:
    made = []
    for row in lexicon.rows("salience"):
        known = Salience(float(row["weight"]), row["prices"], row["better"], row["en"])
        made.append((re.compile(row["pattern"]), known))
    return tuple(made)
