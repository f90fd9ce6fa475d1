"""A frame → the file or the stream that a command writes it to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from zjcompare.story.workbook import write_csv, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def write_frame(frame: pd.DataFrame, out: Path | None) -> None:
    """Write a frame as CSV on standard output, or into `out` in the format that its suffix names.

    Raises `ValueError` for another suffix.
    """
    suffix = ".csv" if out is None else out.suffix.lower()
    if out is None:
        write_csv(sys.stdout, frame)
    elif suffix == ".csv":
        write_csv(out, frame)
    elif suffix == ".xlsx":
        write_workbook(out, {out.stem: frame})
    elif suffix == ".parquet":
        frame.to_parquet(out, index=False)
    elif suffix == ".jsonl":
        frame.to_json(out, orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15)
    else:
        raise ValueError(f"{out}: write to .csv, .jsonl, .parquet or .xlsx, not {suffix or 'a name without a suffix'}")
