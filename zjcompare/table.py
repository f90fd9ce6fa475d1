"""Observations → one tidy table with one schema."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from zjcompare.engines import run
from zjcompare.observations import read_observations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zjcompare.engines import Engine
    from zjcompare.lexicon import Lexicon
    from zjcompare.observations import Observation
    from zjcompare.report import Report

SCHEMA_VERSION = 1
_BATCH = 8  # reports that a worker reads at a time
_LAST_PLACE = Decimal(1).scaleb(-10)
_ALL_DIGITS = Context(prec=60)


def _field(name: str, kind: pa.DataType, sdmx: str, *, nullable: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=nullable, metadata={"sdmx": sdmx})


_STRING, _INT16, _INT32, _DOUBLE = pa.string(), pa.int16(), pa.int32(), pa.float64()

SCHEMA = pa.schema(
    [
        _field("place", _STRING, "REF_AREA"),
        _field("year", _INT16, "TIME_PERIOD"),
        _field("indicator", _STRING, "INDICATOR"),
        _field("measure", _STRING, "MEASURE"),
        _field("value", _DOUBLE, "OBS_VALUE"),
        _field("high", _DOUBLE, "OBS_VALUE_HIGH", nullable=True),
        _field("unit", _STRING, "UNIT_MEASURE"),
        _field("bound", _STRING, "BOUND"),
        _field("status", _STRING, "OBS_STATUS"),
        _field("per", _STRING, "TIME_PER_COLLECT", nullable=True),
        _field("since", _STRING, "TIME_START", nullable=True),
        _field("base", _STRING, "BASE_PER", nullable=True),
        _field("parent", _STRING, "PARENT", nullable=True),
        _field("rank_scope", _STRING, "RANK_SCOPE", nullable=True),
        _field("rank_of", _STRING, "RANK_OF", nullable=True),
        _field("tied", pa.bool_(), "RANK_TIED", nullable=True),
        _field("scope", _STRING, "COVERAGE_GEO", nullable=True),
        _field("exact", pa.decimal128(38, 10), "OBS_VALUE_EXACT", nullable=True),
        _field("section", _STRING, "SECTION"),
        _field("sentence", _STRING, "SENTENCE"),
        _field("text", _STRING, "QUOTE"),
        _field("start", _INT32, "QUOTE_START"),
        _field("end", _INT32, "QUOTE_END"),
        _field("rule", _STRING, "RULE"),
        _field("confidence", pa.float32(), "CONFIDENCE"),
        _field("report", _STRING, "DOCUMENT"),
        _field("report_year", _INT16, "REPORT_YEAR"),
        _field("kind", _STRING, "DOCUMENT_KIND"),
        _field("edition", _INT16, "EDITION"),
    ],
)
"""The columns of the observation table, with Arrow types and, in each field's metadata, their SDMX names."""


def tabulate(
    reports: Iterable[Report],
    *,
    lexicon: Lexicon | None = None,
    engine: Engine | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Give the observations of the reports as one table, one row an observation, in reading order.

    Columns and types are those of `SCHEMA`; `value` is in `unit` with multipliers multiplied out and the sign of the
    change; `report.text[start:end] == text`. `engine` and `jobs` are those of `engines.run`: the table is the same on
    all of them. `progress` is called with how many reports are done, and of how many.
    """
    given = list(reports)
    size = 1 if jobs == 1 and engine is None else _BATCH
    batches = [given[first : first + size] for first in range(0, len(given), size)]
    tables: list[pa.Table] = []
    for done, part in enumerate(run(partial(observe, lexicon=lexicon), batches, engine=engine, jobs=jobs), 1):
        tables.append(part)
        if progress is not None:
            progress(min(done * size, len(given)), len(given))
    if len(tables) == 1:
        return to_frame(tables[0])
    return to_frame(pa.concat_tables([SCHEMA.empty_table(), *tables]).combine_chunks())


def observe(reports: Iterable[Report], *, lexicon: Lexicon | None = None) -> pa.Table:
    """Give what `tabulate` gives, as an Arrow table with `SCHEMA`."""
    columns: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
    for report in reports:
        _append(columns, report, read_observations(report, lexicon).observations)
    return pa.table([pa.array(columns[field.name], field.type) for field in SCHEMA], schema=SCHEMA)


def _append(columns: dict[str, list[Any]], report: Report, observations: tuple[Observation, ...]) -> None:
    """Append the rows of one report to the columns."""
    count = len(observations)
    findings = [item.finding for item in observations]
    columns["indicator"] += [finding.name for finding in findings]
    columns["value"] += [float(finding.number) for finding in findings]
    columns["high"] += [None if finding.high is None else float(finding.high) for finding in findings]
    columns["exact"] += [_exact(finding.number) for finding in findings]
    columns["text"] += [report.text[item.start : item.end] for item in observations]
    for name in ("measure", "unit", "bound", "status", "rule"):
        columns[name] += [getattr(finding, name) for finding in findings]
    for name in ("per", "since", "base", "parent", "rank_scope", "rank_of", "scope"):
        columns[name] += [getattr(finding, name) or None for finding in findings]
    columns["tied"] += [finding.tied if finding.measure == "rank" else None for finding in findings]
    for name in ("confidence", "year", "section", "sentence", "start", "end"):
        columns[name] += [getattr(item, name) for item in observations]
    for name, value in (
        ("place", report.place),
        ("report", report.id),
        ("report_year", report.year),
        ("kind", report.kind),
        ("edition", report.edition),
    ):
        columns[name] += [value] * count


def _exact(number: Decimal) -> Decimal | None:
    """Give the number as the `exact` column takes it, None where its digits do not fit."""
    if number.adjusted() >= 28:
        return None
    rounded = number.quantize(_LAST_PLACE, context=_ALL_DIGITS)
    return number if number == rounded else rounded


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """Give the observation columns of `frame` as an Arrow table with exactly `SCHEMA`.

    Raises `KeyError` for a missing column and `ValueError` where a value does not fit its column.
    """
    arrays = [pa.Array.from_pandas(frame[field.name], type=field.type, safe=False) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Give an Arrow table as the DataFrame that the public functions take and return.

    Text is `str` with NaN for nothing, `tied` is `boolean`, `exact` is an Arrow decimal, numbers are NumPy's.
    """
    mapper = {pa.bool_(): pd.BooleanDtype(), pa.decimal128(38, 10): pd.ArrowDtype(pa.decimal128(38, 10))}
    frame: pd.DataFrame = table.to_pandas(types_mapper=mapper.get, use_threads=False)  # starting some takes longer
    return frame


def from_records(records: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Give the DataFrame of rows given as dicts with the keys of `SCHEMA` (what is left out is null)."""
    return to_frame(pa.Table.from_pylist(list(records), schema=SCHEMA))


def metadata(lexicon_digest: str) -> dict[str, str]:
    """Give what a Parquet file of observations says about itself: schema, lexicon and package version."""
    return {
        "zjcompare.schema_version": str(SCHEMA_VERSION),
        "zjcompare.lexicon": lexicon_digest,
        "zjcompare.version": version("zjcompare"),
    }
