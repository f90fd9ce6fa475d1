"""Series → points: the rows of a line, or of several, as `draw` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.charts.drawings import Drawing, Kind, draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BREAKS = {"successor": "指标更替", "scope": "口径变化", "census": "普查修订"}
_TITLES = {"growth": "增速", "change": "增减", "rank": "位次"}
_OF_LEAD: dict[str, Kind] = {"rank": "bump", "target": "target", "slope": "slope", "bar": "bar", "line": "line"}


def title_of(line: pd.Series) -> str:
    """Give the name of a line for print: 镇江市地区生产总值增速.

    `line` is any row of the series frame on that line.
    """
    scope = line["scope"] if isinstance(line["scope"], str) else line["place"]
    return f"{scope}{line['series_name']}{_TITLES.get(line['measure'], '')}"


def points_of(
    series: pd.DataFrame, *, label: str = "series_name", verdicts: Mapping[int, str] | None = None
) -> pd.DataFrame:
    """Give the rows of the series frame as points; `label` is the column that names the lines.

    `verdicts` says by the row of a target what became of it; where it does not, what was reported counts as `open`.
    """
    known = verdicts or {}
    broken = series["break_reason"].map(
        lambda reason: _BREAKS.get(reason, "口径变化") if isinstance(reason, str) else ""
    )
    return pd.DataFrame(
        {
            "series": series[label].astype(str),
            "year": series["year"].astype(int),
            "value": series["value"].astype(float),
            "status": series["status"].astype(str),
            "target": series["target"].astype(float),
            "verdict": [
                known.get(int(row), "open") if row >= 0 else "" for row in series["target_position"].astype(int)
            ],
            "broken": broken,
        }
    ).reset_index(drop=True)


def draw_line(
    series: pd.DataFrame,
    line: int,
    *,
    chart: str = "line",
    verdicts: Mapping[int, str] | None = None,
    note: str = "",
    width: int = 560,
) -> Drawing:
    """Draw one line of the series frame by itself, as a lead asks for it (`line`, `bar`, `target`, `rank`, `slope`).

    `verdicts` says by the row of a target what became of it. A kind that the line cannot bear (one year, no target)
    gives way to bars or a line. Raises `KeyError` for a line that the frame does not have.
    """
    rows = series.loc[series["line"].eq(line)]
    if rows.empty:
        raise KeyError(f"no line {line} in the series")
    first = rows.iloc[0]
    kind = _OF_LEAD.get(chart, "line")
    if first["measure"] == "rank":
        kind = "bump"
    elif (kind == "target" and rows["target"].isna().all()) or kind in {"slope", "bump"}:
        kind = "line"
    if kind == "line" and (first["measure"] in {"growth", "change"} or rows["value"].count() == 1):
        kind = "bar"
    return draw(
        kind, points_of(rows, verdicts=verdicts), title=title_of(first), unit=first["unit"], note=note, width=width
    )


def draw_places(series: pd.DataFrame, lines: Sequence[int], *, note: str = "", width: int = 560) -> Drawing:
    """Draw lines of one indicator from several places as a heat table, places down and years across."""
    rows = series.loc[series["line"].isin(list(lines))]
    first = rows.iloc[0]
    title = f"{first['series_name']}{_TITLES.get(first['measure'], '')}"
    return draw("heat", points_of(rows, label="place"), title=title, unit=first["unit"], note=note, width=width)
