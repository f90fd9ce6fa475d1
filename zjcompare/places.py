"""Names as written → names as their place means them: 镇江市总人口 is 总人口 there; 全国 means 国内生产总值 by GDP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.names import read_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon

COUNTRY = ("全国", "中国")
LONGEST = 16
"""No name that needs an owner is written in as many characters."""
_YEAR = re.compile(r"^(?:截至|到)?[0-9]{4}年(?:底|末|度)?")


def strip_places(indicators: pd.Series[str], places: pd.Series[str], lexicon: Lexicon) -> pd.Series[str]:
    """Give the names without the name of their own row's place at their head (or behind a year at their head).

    In a report of the country, a name that says GDP and no more is 国内生产总值; elsewhere it is 地区生产总值.
    """
    indicators = _name_the_country(indicators, places.isin(COUNTRY).to_numpy(), lexicon)
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


def _name_the_country(indicators: pd.Series[str], country: NDArray[np.bool_], lexicon: Lexicon) -> pd.Series[str]:
    """Give the names with 国内生产总值 for GDP in the rows that `country` marks."""
    gdp = read_name("GDP", lexicon).key
    meant = {
        text: "国内生产总值"
        for text in indicators[country].unique().tolist()
        if "地区" not in text and read_name(text, lexicon).key == gdp
    }
    return indicators.where(~country, indicators.replace(meant)) if meant else indicators


def qualify(texts: pd.Series[str], places: pd.Series[str], years: pd.Series[int], lexicon: Lexicon) -> pd.Series[str]:
    """Give what else than its name must be equal for each name, nothing for most.

    A name that needs an owner, as 总投资 and 项目 do, is followed over no years and joins no other. In a report of the
    country 地方 is the provinces; in a report of a place it is the place itself.
    """
    words = {row["word"] for row in lexicon.rows("generic")}
    codes, distinct = pd.factorize(texts)
    names = distinct.tolist()
    generic = np.array([len(name) < LONGEST and not words.isdisjoint(_readings(name, lexicon)) for name in names], bool)
    local = np.array([name.startswith("地方") for name in names], bool)[codes] & places.isin(COUNTRY).to_numpy()
    qualified = pd.Series("", index=texts.index, dtype="str").mask(local, "地方")
    return qualified.where(~generic[codes], texts.str.cat(years.astype("str"), sep="\x1f"))


def _readings(text: str, lexicon: Lexicon) -> tuple[str, str]:
    name = read_name(text, lexicon)
    return name.plain, name.standard


def _strip(codes: Iterable[int], places: Iterable[str], bare: Sequence[str], texts: Sequence[str]) -> list[str]:
    stripped = []
    for code, place in zip(codes, places, strict=True):
        rest = bare[code].removeprefix(place)
        stripped.append(rest if len(rest) < len(bare[code]) and len(rest) > 1 else texts[code])
    return stripped
