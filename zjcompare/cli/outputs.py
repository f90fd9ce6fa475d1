"""A frame → the file or the stream that a command writes it to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from zjcompare.story.workbook import write_csv, write_workbook
from zjcompare.table import SCHEMA, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable
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
        write_workbook(out, {"数据": frame})
    elif suffix == ".parquet":
        with out.open("wb") as stream:
            frame.to_parquet(stream, index=False)
    elif suffix == ".jsonl":
        frame.to_json(out, orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15)
    else:
        raise ValueError(f"{out}: write to .csv, .jsonl, .parquet or .xlsx, not {suffix or 'a name without a suffix'}")


def write_tables(tables: Iterable[pa.Table], out: Path | None) -> None:
    """Write tables of observations one after the other, as `write_frame` does; Parquet without holding all."""
    if out is None or out.suffix.lower() != ".parquet":
        write_frame(to_frame(pa.concat_tables([SCHEMA.empty_table(), *tables])), out)
        return
    with out.open("wb") as stream, pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)
