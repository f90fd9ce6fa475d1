"""Uncertain pairs → a CSV file and a page on which a person decides them; what was decided comes back as data."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from zjcompare.decisions import COLUMNS, read_decisions
from zjcompare.formulas import guard_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["order_by_value", "read_decisions", "write_review"]


def write_review(pairs: pd.DataFrame, folder: str | Path) -> tuple[Path, Path]:
    """Write `review.csv` and `review.html` with the pairs of `match` that are left to a person; give their paths.

    The CSV has the columns a, b, decision, who, when, why (the last four empty), probability, rows, reasons; the page
    stands alone: it shows one pair at a time, is worked with the keyboard (S same, D different, N next, P back), and
    saves the same CSV. `read_decisions` reads either back.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    open_pairs = order_by_value(pairs)
    table = open_pairs[["a", "b"]].assign(decision="", who="", when="", why="")[list(COLUMNS)]
    table["probability"] = open_pairs["probability"].round(3)
    table["rows"] = open_pairs[["rows_a", "rows_b"]].min(axis=1)
    table["reasons"] = open_pairs["why"]
    sheet, page = folder / "review.csv", folder / "review.html"
    guard_frame(table).to_csv(sheet, index=False, encoding="utf-8", lineterminator="\n")
    template = files("zjcompare.review").joinpath("page.html").read_text(encoding="utf-8")
    data = json.dumps(table.to_dict("records"), ensure_ascii=False).replace("<", "\\u003c")
    page.write_text(template.replace("{{count}}", str(len(table))).replace("{{data}}", data), encoding="utf-8")
    return sheet, page


def order_by_value(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs that are left to a person, those first whose answer moves most: many rows, and least certain."""
    unsure = pairs[pairs["decision"] == "review"]
    moved = unsure[["rows_a", "rows_b"]].min(axis=1)
    value = moved * unsure["probability"] * (1 - unsure["probability"])
    ordered = unsure.assign(value=value).sort_values(["value", "a", "b"], ascending=[False, True, True], kind="stable")
    return ordered.drop(columns="value").reset_index(drop=True)
