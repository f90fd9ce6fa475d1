"""Names as written → names as their place means them: 镇江市总人口 is 总人口 there; 全国 means 国内生产总值 by GDP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.names import read_name
from zjcompare.vocabulary import compile_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon
    from zjcompare.names import Name

    Codes = NDArray[np.int64]

COUNTRY = ("全国", "中国")
LONGEST = 16
"""No name that needs an owner is written in as many characters."""
_HEAD = re.compile(
    r"""^(?: [0-9]{1,2}[、.．)）](?![0-9]) | [一二三四五六七八九十]{1,3}[、.．]
          | [(（][0-9一二三四五六七八九十]{1,3}[)）] | 其中[:：] | [\s*＊#★※·•—-] )*
        (?:截至|截止|到)? (?:[0-9]{4}年(?:底|末|度)?[,，]?)? (?:全年|年末|今年)?""",
    re.VERBOSE,
)
_HEAD_LENGTH = 16


def strip_places(indicators: pd.Series[str], places: pd.Series[str], lexicon: Lexicon) -> tuple[Codes, list[str]]:
    """Give the number of each row's name, and the distinct names, sorted.

    They are without the name of their own row's place at their head (or behind a list number and a year at their head).
    In a report of the country, a name that says GDP and no more is 国内生产总值; elsewhere it is 地区生产总值.
    """
    written, distinct = pd.factorize(indicators)
    where, owners = pd.factorize(places)
    texts, known = distinct.tolist(), owners.tolist()
    headed = distinct.str[:_HEAD_LENGTH].str.contains(_any_head(known, lexicon), regex=True)
    rows = np.flatnonzero(headed[written] | owners.isin(COUNTRY)[where])
    pair, pairs = pd.factorize(written[rows] * len(known) + where[rows])
    number = written.copy()
    number[rows] = len(texts) + pair
    texts += [_mean(texts[at // len(known)], known[at % len(known)], lexicon) for at in pairs.tolist()]
    used = np.flatnonzero(np.bincount(number, minlength=len(texts)))
    names = sorted({texts[at] for at in used.tolist()})
    order = {name: at for at, name in enumerate(names)}
    of_text = np.zeros(len(texts), dtype=np.int64)
    of_text[used] = [order[texts[at]] for at in used.tolist()]
    return of_text[number], names


def _any_head(places: Sequence[str], lexicon: Lexicon) -> str:
    """Give a pattern for the first two characters of any of the places, in either script."""
    written: dict[str, str] = {}
    for code, character in compile_vocabulary(lexicon).characters.items():
        if character:
            written[character] = written.get(character, character) + chr(code)
    heads = sorted({place[:2] for place in places if len(place) > 1})
    return "|".join("".join(f"[{re.escape(written.get(one, one))}]" for one in head) for head in heads) or "$^"


def _mean(text: str, place: str, lexicon: Lexicon) -> str:
    """Give a name as a report of a place means it."""
    whole = _HEAD.sub("", text)
    bare = whole.removeprefix(place)
    if bare == whole:
        fold = compile_vocabulary(lexicon).fold
        bare = fold(whole).removeprefix(fold(place))
    meant = bare if 1 < len(bare) < len(whole) else text
    if place in COUNTRY and "地区" not in meant and read_name(meant, lexicon).key == read_name("GDP", lexicon).key:
        return "国内生产总值"
    return meant


def label_rows(
    table: pd.DataFrame, number: Codes, read: Sequence[tuple[str, Name]], lexicon: Lexicon, *, across_places: bool
) -> tuple[Codes, list[str]]:
    """Give the number of each row's label, and the labels: what a series may not leave.

    That is the place, the place that a row is about if that is another, and what else must be equal for its name.
    `number` is that of each row's name, in `read`.
    """
    codes, labels = np.zeros(len(table), dtype=np.int64), [""]
    parts = []
    if not across_places:
        place, places = pd.factorize(table["place"])
        parts.append((place, places.tolist()))
    if "scope" in table:
        scope, scopes = pd.factorize(table["scope"].fillna("").astype("str"))
        parts.append((scope, [f"\x1f{text}" for text in scopes.tolist()]))
    for part, texts in (*parts, _qualify(table, number, read, lexicon)):
        codes, pairs = pd.factorize(codes * len(texts) + part)
        labels = [labels[at // len(texts)] + texts[at % len(texts)] for at in pairs.tolist()]
    return codes, labels


def _qualify(
    table: pd.DataFrame, number: Codes, read: Sequence[tuple[str, Name]], lexicon: Lexicon
) -> tuple[Codes, list[str]]:
    """Give what else than its name must be equal for each name, nothing for most.

    A name that needs an owner, as 总投资 and 项目 do, is followed over no years and joins no other. In a report of the
    country 地方 is the provinces; in a report of a place it is the place itself.
    """
    words = {row["word"] for row in lexicon.rows("generic")}
    generic = np.array(
        [len(text) < LONGEST and not words.isdisjoint((name.plain, name.standard)) for text, name in read], dtype=bool
    )
    local = np.array([text.startswith("地方") for text, _ in read], dtype=bool)
    codes = (local[number] & table["place"].isin(COUNTRY).to_numpy()).astype(np.int64)
    rows = np.flatnonzero(generic[number])
    years = table["year"].to_numpy()[rows].tolist()
    alone = [f"\x1f{read[at][0]}\x1f{year}" for at, year in zip(number[rows].tolist(), years, strict=True)]
    of_row, texts = pd.factorize(np.array(alone, dtype=object))
    codes[rows] = of_row + 2
    return codes, ["", "\x1f地方", *texts]
