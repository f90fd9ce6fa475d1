"""The golden tables: whole reports of our own, each row read against its sentence when it was committed."""

import csv
import importlib.util
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def _update():
    spec = importlib.util.spec_from_file_location("golden_update", GOLDEN / "update.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


UPDATE = _update()


@pytest.mark.parametrize("name", UPDATE.REPORTS)
def test_a_report_reads_as_its_golden_table(name):
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert tuple(header) == UPDATE.COLUMNS
    assert UPDATE.golden_rows(UPDATE.REPORTS[name]) == rows
