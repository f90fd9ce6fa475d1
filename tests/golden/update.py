"""Write the golden tables anew: `python tests/golden/update.py`. Read the diff row by row before committing it."""

import csv
from pathlib import Path

import zjcompare as zj

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORTS = {
    "zhenjiang_2015": ROOT / "datasets" / "zhenjiang" / "2015.md",
    "zhenjiang_2019": ROOT / "datasets" / "zhenjiang" / "2019.md",
    "zhenjiang_2022": ROOT / "datasets" / "zhenjiang" / "2022.md",
    "zhenjiang_2023": ROOT / "seeds" / "zhenjiang_2023.md",
}
COLUMNS = (
    "text", "indicator", "measure", "value", "high", "unit", "bound", "status", "year",
    "per", "since", "base", "parent",
    "rank_scope", "rank_of", "tied", "scope", "rule", "section",
)  # fmt: skip


def golden_rows(path):
    """Give the rows of one report as they stand in its golden table."""
    table = zj.tabulate([zj.read(path)])
    rows = table[list(COLUMNS)].astype(object).where(table[list(COLUMNS)].notna(), "")
    return [[_plain(cell) for cell in row] for row in rows.to_numpy().tolist()]


def _plain(cell):
    """Give a cell as text: whole numbers without a point and in full."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def main():
    for name, path in REPORTS.items():
        with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *golden_rows(path)])


if __name__ == "__main__":
    main()
