"""What people decided of pairs of names: read, checked, kept as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zjcompare.errors import LexiconError

COLUMNS = ("a", "b", "decision", "who", "when", "why")


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
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 CSV: {error}") from error
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise LexiconError(f"{path}: lacks the columns {', '.join(missing)}")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    decided = frame.loc[frame["decision"] != "", list(COLUMNS)]
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
    together.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
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
    for (a, b), number in rows["different"].items():
        path = _path(a, b, rows["same"])
        if path:
            found = ", ".join(str(row) for row in path)
            raise LexiconError(f"{source}, row {number}: {a} and {b} are different here, and the same by row {found}")
    return Decisions(tuple(sorted(rows["same"])), tuple(sorted(rows["different"])))


def _path(start: str, end: str, same: dict[tuple[str, str], object]) -> list[object]:
    """Give the rows by which two names are one, in order, none where they are not."""
    neighbours: dict[str, list[tuple[str, object]]] = {}
    for (a, b), number in same.items():
        neighbours.setdefault(a, []).append((b, number))
        neighbours.setdefault(b, []).append((a, number))
    paths: dict[str, list[object]] = {start: []}
    queue = [start]
    for name in queue:
        for neighbour, number in neighbours.get(name, ()):
            if neighbour not in paths:
                paths[neighbour] = [*paths[name], number]
                queue.append(neighbour)
    return paths.get(end, [])
