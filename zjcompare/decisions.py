"""What people decided of pairs of names: read, checked, kept as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zjcompare.errors import LexiconError
from zjcompare.files import replacing
from zjcompare.formulas import guard_frame, plain_text

COLUMNS = ("a", "b", "decision", "who", "when", "why")
Neighbours = dict[str, list[tuple[str, object]]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of names that people called one indicator, and pairs that they called two; each pair sorted."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


def read_decisions(path: str | Path) -> pd.DataFrame:
    """Read a CSV file of decisions, with the columns a, b, decision, who, when, why.

    A decision is same or different; rows without one are left out; the index is the number of each row in the file.
    Raises `LexiconError`, naming file and row, where a column is missing, where a decision is neither, and where
    decisions contradict each other.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="", strict=True)
            heads, rows = list(reader.fieldnames or ()), list(reader)
    except (OSError, ValueError, csv.Error) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 CSV: {error}") from error
    missing = [column for column in COLUMNS if heads.count(column) != 1]
    if missing:
        raise LexiconError(f"{path}: lacks the columns {', '.join(missing)}, or has them twice")
    for number, row in enumerate(rows, 2):
        if None in row:
            raise LexiconError(f"{path}, row {number}: has more fields than there are columns")
    cells = [[plain_text(row[column]) for column in COLUMNS] for row in rows]
    frame = pd.DataFrame(cells, columns=list(COLUMNS), index=pd.RangeIndex(2, len(rows) + 2), dtype="str")
    decided = frame.loc[frame["decision"] != ""]
    resolve_decisions(decided, source=str(path))
    return decided


def keep_decisions(path: str | Path, answers: pd.DataFrame) -> pd.DataFrame:
    """Add answers (the result of `read_decisions`) to a CSV file of decisions, made if need be, and give all it holds.

    A pair that was answered before, either way round, keeps its row and its date where the answer is the same. Raises
    `LexiconError`, naming the rows, where an answer contradicts what is kept; the file is then left as it was.
    """
    kept = read_decisions(path) if Path(path).exists() else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    rows = [*kept.itertuples(index=False, name=None), *answers[list(COLUMNS)].itertuples(index=False, name=None)]
    told: dict[tuple[frozenset[str], str], tuple[str, ...]] = {}
    for row in rows:
        told.setdefault((frozenset(row[:2]), row[2]), row)
    together = pd.DataFrame(list(told.values()), columns=list(COLUMNS), dtype="str")
    together.index = pd.RangeIndex(2, len(together) + 2)
    resolve_decisions(together, source=f"{path} with the new answers")
    with replacing(path) as written:  # a full disk must not cost what people decided before
        guard_frame(together).to_csv(written, index=False, encoding="utf-8", lineterminator="\n")
    return together


def resolve_decisions(frame: pd.DataFrame | None, *, source: str = "decisions") -> Decisions:
    """Check decisions and give them as pairs; what is decided twice alike counts once.

    Raises `LexiconError`, naming the rows, where a word of the column decision is neither same nor different, and
    where names that are one by some rows are two by another.
    """
    if frame is None or frame.empty:
        return Decisions()
    rows: dict[str, dict[tuple[str, str], object]] = {"same": {}, "different": {}}
    for number, a, b, decision in frame[["a", "b", "decision"]].itertuples():
        if decision not in rows:
            raise LexiconError(f"{source}, row {number}: decision is {decision!r}, should be same or different")
        if a == b:
            raise LexiconError(f"{source}, row {number}: {a} is compared with itself")
        rows[decision].setdefault((min(a, b), max(a, b)), number)
    neighbours: Neighbours = {}
    for (a, b), number in rows["same"].items():
        neighbours.setdefault(a, []).append((b, number))
        neighbours.setdefault(b, []).append((a, number))
    first = _first_names(neighbours)
    for (a, b), number in rows["different"].items():
        if a in first and first[a] == first.get(b):
            found = ", ".join(str(row) for row in _path(a, b, neighbours))
            raise LexiconError(f"{source}, row {number}: {a} and {b} are different here, and the same by row {found}")
    return Decisions(tuple(sorted(rows["same"])), tuple(sorted(rows["different"])))


def _first_names(neighbours: Neighbours) -> dict[str, str]:
    """Give for each name the first of those that are one with it."""
    first: dict[str, str] = {}
    for name in neighbours:
        queue = [] if name in first else [name]
        for one in queue:
            if one not in first:
                first[one] = name
                queue.extend(neighbour for neighbour, _ in neighbours[one])
    return first


def _path(start: str, end: str, neighbours: Neighbours) -> list[object]:
    """Give the rows by which two names are one, in order."""
    came: dict[str, tuple[str, object]] = {start: ("", None)}
    queue = [start]
    for name in queue:
        for neighbour, number in neighbours[name]:
            if neighbour not in came:
                came[neighbour] = (name, number)
                queue.append(neighbour)
    rows = []
    while end != start:
        end, number = came[end]
        rows.append(number)
    return rows[::-1]
