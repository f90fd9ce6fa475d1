"""The store against plain Parquet files with pandas and against SQLite with full history: add, read, as of, revisions.

    python benchmarks/store.py [ROWS ...]

Made reports of 100 figures, 20 years, one commit a year; then a commit of second editions: every tenth place
republishes its last report with one figure corrected. All three hold the same 29 columns and answer the same
questions, and their answers are compared. Only the store flushes to the disk by itself; SQLite does with its default
settings, Parquet files are flushed here. Times are medians of five runs, in wall milliseconds and, in brackets, CPU
milliseconds (revisions of more than 200,000 rows: one run).
"""

import hashlib
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import zjcompare as zj
from zjcompare.table import SCHEMA, to_frame

YEARS = range(2004, 2024)
FIGURES = 100
NAMES = SCHEMA.names


def make_year(year, places, edition=1):
    """Give the reports of one year as a table with SCHEMA; a second edition has its first figure corrected."""
    rows = len(places) * FIGURES
    number = np.tile(np.arange(FIGURES), len(places))
    place = np.repeat([f"地方{n:04d}县" for n in places], FIGURES)
    value = np.concatenate([np.random.default_rng([year, n]).lognormal(5, 2, FIGURES) for n in places]).round(2)
    if edition > 1:
        value[number == 0] += 1
    text = [f"{v}亿元" for v in value]
    given = {
        "place": place, "year": np.full(rows, year), "indicator": [f"指标名称{n:03d}" for n in number],
        "measure": ["level"] * rows, "value": value * 1e8, "unit": ["元"] * rows, "bound": ["="] * rows,
        "status": np.where(np.arange(rows) % 10 == 0, "estimate", "actual"), "section": ["一、经济"] * rows,
        "sentence": [f"{p}全年第{n}项完成{t}，同比有所变化。" for p, n, t in zip(place, number, text, strict=True)],
        "text": text, "start": number * 30, "end": number * 30 + 8, "rule": ["r1"] * rows,
        "confidence": np.full(rows, 0.9), "report_year": np.full(rows, year), "kind": ["公报"] * rows,
        "report": np.repeat([hashlib.sha256(f"{n}-{year}-{edition}".encode()).hexdigest() for n in places], FIGURES),
        "edition": np.full(rows, edition),
    }  # fmt: skip
    arrays = [pa.array(given[f.name], f.type) if f.name in given else pa.nulls(rows, f.type) for f in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def only_newest(frame):
    newest = frame.groupby(["place", "report_year", "kind"])["edition"].transform("max")
    return frame[frame["edition"] == newest]


class Ours:
    """zjcompare's store."""

    def __init__(self, folder):
        self.store = zj.Store(folder / "store")

    def add(self, batch):
        """Commit a batch."""
        self.store.add(to_frame(batch))

    def read(self, place, version=None):
        """Read the newest editions of one place and count the rows."""
        return len(self.store.read(place, version=version))

    def revisions(self):
        """Count the figures that a newer edition corrected."""
        return len(self.store.revisions())


class Files:
    """Parquet files, one a commit, with pandas."""

    def __init__(self, folder):
        self.folder = folder / "files"
        self.folder.mkdir()

    def files(self, version=None):
        """List the files up to a version."""
        return sorted(self.folder.glob("*.parquet"))[:version]

    def add(self, batch):
        """Commit a batch."""
        path = self.folder / f"{len(self.files()):05d}.parquet"
        pq.write_table(batch, path, compression="zstd", row_group_size=16_384)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())

    def read(self, place, version=None):
        """Read the newest editions of one place and count the rows."""
        return len(only_newest(pd.read_parquet(self.files(version), filters=[("place", "==", place)])))

    def revisions(self):
        """Count the figures that a newer edition corrected."""
        key = ["place", "year", "indicator", "measure", "unit", "per", "since", "base", "parent", "scope"]
        columns = [*key, "value", "report_year", "kind", "edition", "text", "start", "report"]
        frame = pd.read_parquet(self.files(), columns=columns)
        frame = frame.sort_values("edition", kind="stable")
        before = frame.groupby([*key, "report_year", "kind"], dropna=False, sort=False)["value"].shift(1)
        return int((before.notna() & (before != frame["value"])).sum())


class Sqlite:
    """SQLite, each row with its version, indexed."""

    def __init__(self, folder):
        self.base = sqlite3.connect(folder / "base.sqlite")
        self.version = 0
        self.base.execute(f"CREATE TABLE rows ({', '.join(NAMES)}, version)".replace(" end,", ' "end",'))
        self.base.execute("CREATE INDEX by_place ON rows (place, year, indicator, measure)")

    def add(self, batch):
        """Commit a batch."""
        self.version += 1
        exact = batch.schema.get_field_index("exact")
        columns = batch.set_column(exact, "exact", batch["exact"].cast(pa.string())).to_pydict()
        with self.base:
            self.base.executemany(
                f"INSERT INTO rows VALUES ({', '.join('?' * (len(NAMES) + 1))})",  # noqa: S608 (no text of others)
                zip(*columns.values(), [self.version] * batch.num_rows, strict=True),
            )

    def read(self, place, version=None):
        """Read the newest editions of one place and count the rows."""
        sql = "SELECT * FROM rows WHERE place = ? AND version <= ?"
        return len(only_newest(pd.read_sql_query(sql, self.base, params=(place, version or self.version))))

    def revisions(self):
        """Count the figures that a newer edition corrected."""
        sql = (
            "SELECT a.*, b.value FROM rows AS b JOIN rows AS a ON a.place = b.place AND a.year = b.year "
            "AND a.indicator = b.indicator AND a.measure = b.measure AND a.unit = b.unit AND a.kind = b.kind "
            "AND a.report_year = b.report_year AND a.edition = b.edition - 1 AND a.value <> b.value "
            "AND ifnull(a.parent, '') = ifnull(b.parent, '') AND ifnull(a.scope, '') = ifnull(b.scope, '') "
            "WHERE b.edition > 1"
        )
        return len(self.base.execute(sql).fetchall())


def measure(work, times=5):
    """Give the answer of the work, and its median wall and CPU milliseconds."""
    walls, loads = [], []
    for _ in range(times):
        wall, load = time.perf_counter(), time.process_time()
        answer = work()
        walls.append(time.perf_counter() - wall)
        loads.append(time.process_time() - load)
    return answer, statistics.median(walls) * 1e3, statistics.median(loads) * 1e3


def size_of(path):
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def ask(keeper, place, *, once):
    """Add one report, read one place, the same as of version 10, and list all revisions; give answers and times."""
    fresh = iter(range(2024, 2100))
    return (
        measure(lambda: keeper.add(make_year(next(fresh), [9999]))),
        measure(lambda: keeper.read(place)),
        measure(lambda: keeper.read(place, version=10)),
        measure(keeper.revisions, times=1 if once else 5),
    )


def run(rows):
    places = list(range(max(1, rows // (len(YEARS) * FIGURES))))
    print(f"\n### {len(places) * len(YEARS) * FIGURES:,} rows, {len(places) * len(YEARS):,} reports\n")
    print("| | add all, s | add one report | read one place | the same as of version 10 | revisions | MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    answers = {}
    with tempfile.TemporaryDirectory() as name:
        for kind in (Ours, Files, Sqlite):
            folder = Path(name) / kind.__name__
            folder.mkdir()
            keeper = kind(folder)
            total = 0.0
            batches = [(year, places, 1) for year in YEARS] + [(YEARS[-1], places[::10], 2)]
            for year, some, edition in batches:
                batch = make_year(year, some, edition)
                start = time.perf_counter()
                keeper.add(batch)
                total += time.perf_counter() - start
            single, *found = ask(keeper, f"地方{places[len(places) // 2]:04d}县", once=rows > 200_000)
            answers[kind.__name__] = [answer for answer, _, _ in found]
            cells = [f"{wall:,.0f} ({load:,.0f})" for _, wall, load in (single, *found)]
            print(
                f"| {kind.__doc__.rstrip('.')} | {total:.1f} | {' | '.join(cells)} | {size_of(folder):.1f} |",
                flush=True,
            )
    if len(set(map(tuple, answers.values()))) != 1:
        raise SystemExit(f"the answers differ: {answers}")


if __name__ == "__main__":
    for asked in [int(text) for text in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000]:
        run(asked)
