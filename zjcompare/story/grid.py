"""Series → the table of all indicators: a row a line, a cell a year, each cell with the row that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zjcompare.charts import display_unit, format_number
from zjcompare.story.links import Link, Links, records, weight_of, words
from zjcompare.story.sparkline import sparkline

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of an indicator: what is printed, and the row that it comes from (None for nothing, or for derived)."""

    year: int
    text: str = ""
    status: str = ""
    row: int | None = None
    said: str = ""
    rivals: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the table of all indicators."""

    place: str
    name: str
    measure: str
    unit: str
    window: str
    spark: str
    years: int
    cells: tuple[Cell, ...]


def years_of(series: pd.DataFrame, table: pd.DataFrame) -> tuple[int, ...]:
    """Give the years of the table of indicators: those with a value, from the one before the first report on."""
    stated = series.loc[series["value"].notna() & series["year"].ge(table["report_year"].min() - 1), "year"]
    return () if stated.empty else tuple(range(int(stated.min()), int(stated.max()) + 1))


def indicators_of(series: pd.DataFrame, derived: pd.DataFrame, years: tuple[int, ...], links: Links) -> list[Indicator]:
    """Give a row for each line with a value in `years`: by place, the weightiest first, levels before growth.

    Where a line misses a year, what `complete_levels` makes of it is shown as derived, unless at constant prices.
    """
    chained = derived.loc[derived["basis"].ne("constant")] if len(derived) else derived
    filled = {(row["line"], row["year"]): row for row in records(chained)}
    stated = series.loc[series["value"].notna() & series["year"].isin(years)]
    indicators = [_indicator(rows, filled, years, links) for _, rows in stated.groupby("line", sort=False)]
    order = {name: at for at, name in enumerate(dict.fromkeys(stated.sort_values("position")["series_name"]))}
    measures = list(words()["measure"].values())
    return sorted(
        indicators,
        key=lambda row: (row.place, -weight_of(row.name), order[row.name], measures.index(row.measure)),
    )


def _indicator(
    rows: pd.DataFrame, filled: dict[tuple[int, int], dict[str, Any]], years: tuple[int, ...], links: Links
) -> Indicator:
    first = rows.iloc[0]
    factor, unit = display_unit(rows["value"], first["unit"])
    stated = {int(row["year"]): row for row in records(rows)}
    cells = []
    for year in years:
        row, chained = stated.get(year), filled.get((first["line"], year))
        if row is not None:
            cells.append(_cell(year, row, factor, links))
        elif chained is not None:
            guess = float(chained["value"]) / factor
            text = f"（{format_number(guess, 0 if abs(guess) >= 1000 else 1)}）"
            cells.append(Cell(year, text, "derived", said=f"由{chained['from_year']}年数与增速推算"))
        else:
            cells.append(Cell(year))
    points = [(row["year"], row["value"], row["segment"], row["status"] == "actual") for row in stated.values()]
    window = "，".join(
        first[key] for key in ("scope", "per", "since", "base", "rank_scope") if isinstance(first[key], str)
    )
    return Indicator(
        place=first["place"],
        name=str(first["series_name"]),
        measure=words()["measure"][first["measure"]],
        unit=unit,
        window=window,
        spark=sparkline(points, (years[0], years[-1])),
        years=len(stated),
        cells=tuple(cells),
    )


def _cell(year: int, row: dict[str, Any], factor: float, links: Links) -> Cell:
    link = links(row["position"])
    number = format_number(row["value"] / factor)
    bound = words()["bound"].get(row["bound"], "")
    status = words()["status"].get(row["status"], "")
    said = f"{status}{'，' if status else ''}原文“{link.quote}”，{link.label}"
    if isinstance(row["break_reason"], str):
        said += "，与上年口径不同"
    rivals = links.others(row["position"], [*row["evidence"], *row["rivals"]])
    return Cell(year, f"{bound}{number}", row["status"], int(row["position"]), said, rivals)
