"""Reading → ledger: every numeral of a text, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zjcompare.observations import read_observations

if TYPE_CHECKING:
    import pandas as pd

    from zjcompare.lexicon import Lexicon
    from zjcompare.report import Report


def audit(report: Report, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Account for every numeral of a report, in reading order.

    Columns: `start`, `end` (int, offsets in the stored text), `text` (str, as printed), `role` (str: indicator, date,
    ordinal, name, condition or other), `reason` (str), `row` (Int64: the row of `tabulate([report])`, NA for none).
    """
    import pandas as pd

    reading = read_observations(report, lexicon)
    entries: list[tuple[int, int, str, str, int | None]] = [
        (item.start, item.end, "indicator", f"{item.finding.name} ({item.finding.rule})", row)
        for row, item in enumerate(reading.observations)
    ]
    entries += [(start, end, role, reason, None) for start, end, role, reason in reading.others]
    entries.sort(key=lambda entry: (entry[0], entry[1], -1 if entry[4] is None else entry[4]))
    frame = pd.DataFrame(entries, columns=["start", "end", "role", "reason", "row"])
    frame.insert(2, "text", [report.text[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)])
    return frame.astype({"start": "int64", "end": "int64", "row": "Int64"})
