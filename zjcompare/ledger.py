"""Reading → ledger: every numeral of a text, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zjcompare.observations import read_observations

if TYPE_CHECKING:
    import pandas as pd

    from zjcompare.lexicon import Lexicon
    from zjcompare.report import Report

_Entry = tuple[int, int, str, str, int | None]


def audit(report: Report, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Account for every numeral of a report, in reading order.

    Columns: `start`, `end` (int, offsets in the stored text), `text` (str, as printed), `role` (str: indicator, date,
    ordinal, name, condition or other), `reason` (str), `row` (Int64: the row of `tabulate([report])`, NA for none).

    Entries never overlap, and every digit of the text lies in exactly one of them. A numeral inside the span of
    another (the upper end of a range) has an entry of its own, with the row that it belongs to; the first ends before.
    A numeral that the text gives to several subjects (A、B均增长5%) has one entry, with the first of its rows.
    """
    import pandas as pd

    reading = read_observations(report, lexicon)
    entries: list[_Entry] = [
        (item.start, item.end, "indicator", f"{item.finding.name} ({item.finding.rule})", row)
        for row, item in enumerate(reading.observations)
    ]
    entries += [(start, end, role, reason, None) for start, end, role, reason in reading.others]
    entries.sort(key=lambda entry: (entry[0], entry[1], -1 if entry[4] is None else entry[4]))
    frame = pd.DataFrame(_apart(entries), columns=["start", "end", "role", "reason", "row"])
    frame.insert(2, "text", [report.text[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)])
    return frame.astype({"start": "int64", "end": "int64", "row": "Int64"})


def _apart(entries: list[_Entry]) -> list[_Entry]:
    """Give entries in reading order so that each ends where the next begins; what lies in a row takes its number."""
    apart: list[_Entry] = []
    inside, owner = 0, None
    for start, end, role, reason, row in entries:
        if apart and start == apart[-1][0]:
            continue
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], start, *apart[-1][2:])
        if end > inside:
            inside, owner = end, row
        apart.append((start, end, role, reason, owner if row is None else row))
    return apart
