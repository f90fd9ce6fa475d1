"""Names as written → names without the place that the report is of: in one of 镇江市, 镇江市总人口 is 总人口."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_YEAR = re.compile(r"^(?:截至|到)?[0-9]{4}年(?:底|末|度)?")


def strip_places(indicators: pd.Series[str], places: pd.Series[str]) -> pd.Series[str]:
    """Give the names without the name of their own row's place at their head (or behind a year at their head)."""
    codes, texts = pd.factorize(indicators)
    bare = [_YEAR.sub("", text) if text[:1].isdigit() or text[:1] in "截到" else text for text in texts]
    known = places.unique().tolist()
    heads = {place[:2] for place in known if len(place) > 1}
    flagged = np.array([text[:2] in heads for text in bare], dtype=bool)
    rows = np.flatnonzero(flagged[codes])
    if not len(rows):
        return indicators
    stripped = indicators.array.to_numpy(dtype=object, copy=True)
    stripped[rows] = _strip(codes[rows].tolist(), places.array[rows].tolist(), bare, texts.tolist())
    return pd.Series(stripped, index=indicators.index, dtype="str")


def _strip(codes: Iterable[int], places: Iterable[str], bare: Sequence[str], texts: Sequence[str]) -> list[str]:
    stripped = []
    for code, place in zip(codes, places, strict=True):
        rest = bare[code].removeprefix(place)
        stripped.append(rest if len(rest) < len(bare[code]) and len(rest) > 1 else texts[code])
    return stripped
