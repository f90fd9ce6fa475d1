"""The reading cases of tests/cases/reading_*.csv: a row a figure, the rows of one sentence together.

`numeral` is found behind that of the row before it (empty: one more observation on that numeral); `role` says what it
is (none: the sentence holds no quantity);
`also` holds further columns (parent, rank_scope, year, high …) as key=value; `xfail` says why we cannot read it yet.
"""

import csv
import math
import re
from itertools import groupby
from pathlib import Path

import zjcompare as zj

CASES = Path(__file__).parent / "cases"
COMPARED = ("indicator", "measure", "unit", "bound", "status")
PLACE, YEAR = "某市", 2023


def make_report(text, *, place=PLACE, year=YEAR):
    return zj.Report(text, place, year)


def rows_of(text, **of):
    return zj.tabulate([make_report(text, **of)]).to_dict("records")


def load_cases(theme="*"):
    """Give (sentence, its rows) for every case of a theme; \\n and \\t are written out in the files."""
    cases = []
    for file in sorted(CASES.glob(f"reading_{theme}.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for sentence, rows in groupby(csv.DictReader(stream), key=lambda row: row["sentence"]):
                cases.append((sentence.replace("\\n", "\n").replace("\\t", "\t"), list(rows)))
    return cases


def read_wrongly(sentence, expected):
    """Give what differs between what is read of a sentence and what its rows say."""
    report = make_report(sentence)
    rows, ledger = zj.tabulate([report]).to_dict("records"), zj.audit(report).to_dict("records")
    wrong, at, on = [], 0, []
    for row in expected:
        if row["role"] == "none":
            continue
        if row["numeral"]:
            found = re.compile(rf"(?<![0-9.]){re.escape(row['numeral'])}(?![0-9])").search(sentence, at)
            at = found.end()
            on = [got for got in rows if got["start"] <= found.start() < got["end"]]
        else:
            on = on[1:]
        if row["role"] == "indicator":
            wrong += _differences(row, on[0]) if on else [f"{row['numeral']} is no observation"]
        else:
            entry = next((entry for entry in ledger if entry["start"] <= found.start() < entry["end"]), None)
            role = entry["role"] if entry else "nothing"
            wrong += [f"{row['numeral']} is {role}, not {row['role']}"] if role != row["role"] else []
    count = sum(row["role"] == "indicator" for row in expected)
    return wrong + ([f"{len(rows)} observations, not {count}"] if len(rows) != count else [])


def _differences(row, got):
    wrong = [f"{key} {got[key]!r}, not {row[key]!r}" for key in COMPARED if got[key] != row[key]]
    if not math.isclose(got["value"], float(row["value"]), rel_tol=1e-6):
        wrong.append(f"value {got['value']}, not {row['value']}")
    for pair in filter(None, row["also"].split(";")):
        key, said = pair.split("=", 1)
        same = math.isclose(got[key], float(said)) if key == "high" else str(got[key]) == said
        wrong += [] if same else [f"{key} {got[key]!r}, not {said!r}"]
    return wrong
