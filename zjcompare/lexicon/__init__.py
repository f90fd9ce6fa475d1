"""What zjcompare knows, as data: CSV files for flat facts, checked on load, extensible with files of the user's own.

Each file `NAME.csv` in this folder is one table; `tables.toml` says which columns it has, which may not be empty and
which together must be unique. A module that needs a table asks for it by name and compiles it once per lexicon.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zjcompare.errors import LexiconError
from zjcompare.lexicon.faults import find_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, str]
_HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """The vocabulary that a reading or a matching used: tables of rows, and the digest that names them.

    >>> Lexicon.default().rows("units")[0]["unit"]
    '元'
    """

    tables: Mapping[str, tuple[Row, ...]]
    digest: str

    def __eq__(self, other: object) -> bool:
        """Two lexicons are equal when their digests are."""
        return isinstance(other, Lexicon) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by digest, so that what a module compiles from a lexicon can be cached."""
        return hash(self.digest)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as plain tables: a mapping proxy does not travel to another process."""
        return _frozen, (dict(self.tables),)

    @staticmethod
    def default() -> Lexicon:
        """Give the lexicon that the package ships, loaded once."""
        return _default()

    def extend(self, folder: str | Path) -> Lexicon:
        """Give a lexicon with the rows of the CSV files in `folder` put before the shipped ones.

        Each file is named after the table that it adds to and has the same columns (`tables.toml` lists them). A row
        with the key of a shipped row replaces it. Raises `LexiconError`, naming file and row, where a file is broken.
        """
        path = Path(folder)
        if not path.is_dir():
            raise LexiconError(f"{path}: no such folder of lexicon files")
        added = sorted(path.glob("*.csv"))
        if not added:
            raise LexiconError(f"{path}: holds no .csv file; name each after the table it adds to, e.g. units.csv")
        tables = dict(self.tables)
        for file in added:
            if file.stem not in tables:
                raise LexiconError(f"{file}: no table {file.stem!r}; the tables are {', '.join(sorted(tables))}")
            rows = read_rows(file)
            key = _layout()[file.stem]["unique"]
            replaced = {tuple(row[column] for column in key) for row in rows}
            kept = tuple(row for row in tables[file.stem] if tuple(row[column] for column in key) not in replaced)
            tables[file.stem] = rows + kept
        return _frozen(tables)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Give the rows of one table, in order; `KeyError` for a table that does not exist."""
        return self.tables[table]


def read_rows(file: Path) -> tuple[Row, ...]:
    """Read one lexicon file and check it against the layout of its table (named by the file's stem)."""
    layout = _layout()[file.stem]
    columns, unique = layout["columns"], layout["unique"]
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            if reader.fieldnames != columns:
                raise LexiconError(f"{file}: columns are {reader.fieldnames}, should be {columns}")
            rows = [dict(row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{file}: cannot be read as UTF-8 CSV: {error}") from error
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise LexiconError(f"{file}, row {number}: has not {len(columns)} fields")
        if fault := find_fault(row, layout):
            raise LexiconError(f"{file}, row {number}: {fault}")
        key = tuple(row[column] for column in unique)
        if key in seen:
            raise LexiconError(f"{file}, row {number}: repeats {'/'.join(key)} of row {seen[key]}")
        seen[key] = number
    return tuple(rows)


def _frozen(tables: dict[str, tuple[Row, ...]]) -> Lexicon:
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        for row in tables[name]:
            digest.update("\x1f".join(row.values()).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
    return Lexicon(MappingProxyType(tables), digest.hexdigest()[:16])


@lru_cache(maxsize=1)
def _layout() -> dict[str, dict[str, Any]]:
    return tomllib.loads((_HERE / "tables.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _default() -> Lexicon:
    return _frozen({name: read_rows(_HERE / f"{name}.csv") for name in sorted(_layout())})
