"""The observations → what there is: places, years, kinds and indicators, each with its span and its number of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.store.selection import Selection

GROUPS = ("place", "year", "kind", "indicator", "measure", "unit", "status", "report_year")
"""What a catalogue can be made by."""


def catalog_sql(by: Sequence[str], selection: Selection) -> str:
    """Give the SQL of a catalogue: first and last year, number of rows, share of estimates.

    Raises `ValueError` for a column that no catalogue is made by.
    """
    unknown = [name for name in by if name not in GROUPS]
    if unknown or not by:
        raise ValueError(f"a catalogue is made by some of {', '.join(GROUPS)}, not by {unknown or 'nothing'}")
    names = ", ".join(by)
    return (
        f"SELECT {names}, min(year) AS first_year, max(year) AS last_year, count(*) AS rows, "  # noqa: S608 # texts are quoted
        f"avg(CASE WHEN status = 'estimate' THEN 1.0 ELSE 0.0 END) AS estimated "
        f"FROM rows{selection.sql()} GROUP BY {names} ORDER BY {names}"
    )
