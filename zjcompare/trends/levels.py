"""Series → levels that no report states, chained from stated levels by stated growths, with their intervals.

A growth at constant prices gives a level at the prices of the year chained from, not a nominal one; the column `basis`
says so. Chaining goes forward from stated levels, then back, one year at a time, and never across a break, a missing
growth, a growth on a comparable scope, or one over several years.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from zjcompare.lexicon import Lexicon
from zjcompare.salience import salience_of

_KEY = ["place", "series", "scope"]
_COLUMNS = (
    "line", "place", "series", "series_name", "unit", "year", "value", "low", "high", "from_year", "basis", "derived",
    "evidence",
)  # fmt: skip
_CARRIED = ["line", *_KEY, "series_name", "unit", "from_year", "basis", "evidence"]


def complete_levels(series: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Give the derivable levels of years without a stated one, as the package's table of columns says."""
    growths, levels = _growths(series, lexicon or Lexicon.default()), _levels(series)
    levels = levels[levels["line"].isin(levels.merge(growths[_KEY], on=_KEY)["line"])]
    stated = set(zip(levels["line"], levels["year"], strict=True))
    made = [_walk(levels, growths, stated, step=1), _walk(levels, growths, stated, step=-1)]
    derived = pd.concat([frame for frame in made if len(frame)] or made[:1], ignore_index=True)
    derived["derived"] = True
    return derived[list(_COLUMNS)].sort_values(["line", "year"], kind="stable").reset_index(drop=True)


def _plain(series: pd.DataFrame, measure: str) -> pd.DataFrame:
    plain = series["per"].isna() & series["since"].isna() & series["base"].isna() & series["value"].notna()
    return series[plain & (series["measure"] == measure)]


def _growths(series: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Give the growths that chain one year to the next, one a series and year, with what they rest on."""
    rows = _plain(series, "growth")
    rows = rows[rows["break_reason"].isna() & (rows["basis"].isna() | (rows["basis"] == "constant"))]
    known = rows["series_name"].map(lambda name: salience_of(name, lexicon).prices or "unknown")
    growths = rows[[*_KEY, "year"]].assign(
        by=np.where(rows["basis"] == "constant", "constant", known),
        factor=1 + rows["value"] / 100,
        factor_low=1 + rows["low"] / 100,
        factor_high=1 + rows["high"] / 100,
        row=rows["position"],
    )
    return growths[~growths.duplicated([*_KEY, "year"], keep=False) & (growths["factor_low"] > 0)]


def _levels(series: pd.DataFrame) -> pd.DataFrame:
    rows = _plain(series, "level")
    rows = rows[~rows["unit"].isin(("%", "‰"))]
    return rows.assign(
        from_year=rows["year"],
        basis="nominal",
        evidence=pd.Series([[position] for position in rows["position"]], index=rows.index, dtype=object),
        broken=rows["break_reason"].notna(),
    )


def _walk(levels: pd.DataFrame, growths: pd.DataFrame, taken: set[tuple[int, int]], *, step: int) -> pd.DataFrame:
    """Chain one year further (step 1) or back (-1) until no line grows; `taken` has line and year of stated levels."""
    done, made = set(taken), []
    front = levels if step == 1 else levels[~levels["broken"]]
    while len(front):
        reached = front.assign(grown=front["year"] + (step == 1)).merge(
            growths.rename(columns={"year": "grown"}), on=[*_KEY, "grown"]
        )
        reached["year"] += step
        fresh = [(line, year) not in done for line, year in zip(reached["line"], reached["year"], strict=True)]
        front = _stepped(reached[np.array(fresh, dtype=bool)], step)
        done.update(zip(front["line"], front["year"], strict=True))
        made.append(front)
    return pd.concat(made, ignore_index=True) if made else levels.iloc[:0][[*_CARRIED, "year", "value", "low", "high"]]


def _stepped(reached: pd.DataFrame, step: int) -> pd.DataFrame:
    """Multiply (step 1) or divide (-1) by the growth, intervals included, and note what the level now rests on."""
    low, high = ("factor_low", "factor_high") if step == 1 else ("factor_high", "factor_low")
    bases = reached["basis"].where(reached["basis"] != "nominal", reached["by"])
    bases = bases.mask(reached["by"] == "constant", "constant")
    evidence = [[*rows, row] for rows, row in zip(reached["evidence"], reached["row"], strict=True)]
    return reached[_CARRIED].assign(
        year=reached["year"],
        value=reached["value"] * reached["factor"] ** step,
        low=reached["low"] * reached[low] ** step,
        high=reached["high"] * reached[high] ** step,
        basis=bases,
        evidence=pd.Series(evidence, index=reached.index, dtype=object),
    )
