"""What a numeral of a text is: a quantity, or something else, with the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Role = Literal["date", "ordinal", "name", "condition", "other"]
Kind = Literal["amount", "rank", "streak", "ratio", "multiple"]


class Mention(NamedTuple):
    """A quantity as it stands in the clean text.

    [start, end) is number and unit, and `after` is behind a bound that follows them (以上).
    """

    start: int
    end: int
    after: int
    number: Decimal
    high: Decimal | None
    unit: str
    dimension: str
    kind: Kind
    bound: str
    counted: str = ""  # the noun that stands for a unit left out: 6600多万纳税人


class Numeral(NamedTuple):
    """A numeral that is no quantity: where it stands, its role, and why."""

    start: int
    end: int
    role: Role
    reason: str


Found = tuple[Mention | Numeral, ...]
