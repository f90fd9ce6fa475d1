"""Fixtures that several test files share: aligned tables made of plain rows."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from zjcompare.table import from_records

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")

collect_ignore = ["fuzz", "supply"]  # scripts of make fuzz and make upkeep, which need more than the tests do

CASES = Path(__file__).parent / "cases"
PLAIN = {"bound": "=", "status": "actual", "section": "", "start": 0, "rule": "made", "confidence": 0.9, "edition": 1}


def make_aligned(rows):
    """Give the aligned table of rows: what is left out is filled plainly, a series is named after its indicator."""
    records = []
    for row in rows:
        record = {"place": "甲市", "measure": "level", "unit": "元", "report_year": row["year"], **PLAIN, **row}
        record.setdefault("report", f"r{record['place']}{record['report_year']}{record.get('kind', '')}")
        record.setdefault("kind", "政府工作报告")
        record.setdefault("text", f"{record['value']}{record['unit']}")
        record.setdefault("sentence", f"{record['indicator']}{record['text']}")
        record["end"] = len(record["text"])
        records.append(record)
    series = [record.pop("series", record["indicator"]) for record in records]
    conflict = [record.pop("conflict", None) for record in records]
    table = from_records(records)
    return table.assign(
        series=pd.Series(series, dtype="str"),
        series_name=[name if name is not None else other for name, other in zip(series, conflict, strict=True)],
        conflict=pd.Series(conflict, dtype="str"),
    )


def read_trend_cases(place):
    """Give the aligned table of one place's published figures (tests/cases/trends.csv, each with its source)."""
    with (CASES / "trends.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["place"] == place]
    numbers = (
        {"year": int(row["year"]), "report_year": int(row["report_year"]), "value": float(row["value"])} for row in rows
    )
    return make_aligned([{**row, **number} for row, number in zip(rows, numbers, strict=True)])


@pytest.fixture(scope="session")
def zhenjiang():
    return read_trend_cases("镇江市")


@pytest.fixture(scope="session")
def hailar():
    return read_trend_cases("海拉尔区")


@pytest.fixture(scope="session")
def aligned_of():
    return make_aligned
