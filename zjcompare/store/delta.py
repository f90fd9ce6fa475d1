"""One Delta table → opened, appended to, replaced in part, and queried, with deltalake's traps coded around.

What `deltalake` does by default loses old versions at a checkpoint, does not reach the disk before it answers, and
takes any types that come: here history is kept for ever, a commit is on the disk before it counts, and each write is cast to
one schema. Errors of the engine become `StoreError`s.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, QueryBuilder, Schema, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from zjcompare.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from zjcompare.store.location import Location

PROPERTIES = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.checkpointInterval": "10",
}
"""What keeps every version readable; `open_table` refuses a table where another tool has changed one of them."""

WRITER = "zjcompare"
"""The Delta application whose transaction numbers put the commits of all writers in one order."""


class ConflictError(StoreError):
    """Another process committed first; the commit was not made and may be tried again."""


def exists(location: Location) -> bool:
    """Say whether there is a table."""
    with _as_store_errors(location, "looking for the store"):
        return bool(DeltaTable.is_deltatable(location.uri, dict(location.options)))


def create_table(
    location: Location,
    schema: pa.Schema,
    *,
    partition: Sequence[str] = (),
    properties: Mapping[str, str],
    about: Mapping[str, str],
) -> None:
    """Create an empty table (version 0), or leave the one that another process has just created."""
    with _as_store_errors(location, "creating the table"):
        DeltaTable.create(
            location.uri,
            schema=Schema.from_arrow(schema),
            mode="ignore",
            partition_by=list(partition),
            configuration={**PROPERTIES, **properties},
            raise_if_key_not_exists=False,
            storage_options=dict(location.options),
            commit_properties=CommitProperties(custom_metadata=dict(about)),
        )
    flush_commits(location, 0)


def open_table(location: Location, version: int | None = None) -> DeltaTable:
    """Open a table at its newest version or at an older one."""
    with _as_store_errors(location, "opening the store" if version is None else f"opening version {version}"):
        table = DeltaTable(location.uri, version=version, storage_options=dict(location.options))
    found = table.metadata().configuration
    changed = {name: found.get(name) for name, value in PROPERTIES.items() if found.get(name) != value}
    if changed:
        raise StoreError(
            f"{location.uri}: another program has changed {changed}, and the next clean-up would lose old versions; "
            f"set them back with deltalake's DeltaTable(...).alter.set_table_properties({PROPERTIES})"
        )
    return table


def next_number(table: DeltaTable) -> int:
    """Give the number of the next commit of ours: one more than that of the version opened."""
    return int(table.transaction_version(WRITER) or 0) + 1


def write_rows(
    table: DeltaTable, location: Location, rows: pa.Table, *, replacing: str | None, about: Mapping[str, str]
) -> int:
    """Commit rows on top of the opened version and give the new version, once it is on the disk.

    `replacing` is a predicate: rows that fulfil it make way for the new ones. Raises `ConflictError`, having written
    nothing that anybody sees, where another process has committed since the table was opened.
    """
    before = table.version()
    properties = CommitProperties(
        custom_metadata=dict(about), app_transactions=[Transaction(WRITER, next_number(table))]
    )
    with _as_store_errors(location, "writing"):
        write_deltalake(
            table,
            rows,
            mode="append" if replacing is None else "overwrite",
            predicate=replacing,
            commit_properties=properties,
        )
    after = int(table.version())
    flush_commits(location, before + 1)
    return after


def append_rows(table: DeltaTable, location: Location, rows: pa.Table) -> None:
    """Commit rows that no order and no transaction binds, beside whatever else is being committed."""
    before = table.version()
    with _as_store_errors(location, "writing"):
        write_deltalake(table, rows, mode="append")
    flush_commits(location, before + 1)


def query(table: DeltaTable, location: Location, sql: str, schema: pa.Schema | None = None) -> pa.Table:
    """Give what an SQL query over the table named `rows` finds, cast to a schema."""
    with _as_store_errors(location, "reading"):
        found = pa.table(QueryBuilder().register("rows", table).execute(sql).read_all())
        return found if schema is None else found.cast(schema)


def flush_commits(location: Location, first: int) -> None:
    """Bring the commits from version `first` on, and the files that they added, to the disk; object stores need none."""
    if location.folder is None:
        return
    log = location.folder / "_delta_log"
    version = first
    touched = {log, location.folder}
    while (commit := log / f"{version:020}.json").exists():
        for action in commit.read_text(encoding="utf-8").splitlines():
            added = json.loads(action).get("add")
            if added:
                file = location.folder / unquote(added["path"])
                _flush(file)
                touched.add(file.parent)
        _flush(commit)
        version += 1
    for checkpoint in (*log.glob(f"{version - 1:020}.checkpoint*.parquet"), *log.glob("_last_checkpoint")):
        _flush(checkpoint)
    for folder in touched:
        _flush(folder)


def _flush(path: Path) -> None:
    """Ask the system to write one file or folder to the disk; one that compaction has just removed is none to lose."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, PermissionError):
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _as_store_errors(location: Location, doing: str) -> Iterator[None]:
    """Turn what the engine raises into our errors, each of which says what to do."""
    try:
        yield
    except TableNotFoundError as error:
        raise StoreError(f"{location.uri}: {doing} failed, there is no such table or version: {error}") from error
    except CommitFailedError as error:
        raise ConflictError(f"{location.uri}: another process committed first: {error}") from error
    except (DeltaError, OSError, pa.ArrowException, ValueError) as error:
        raise StoreError(f"{location.uri}: {doing} failed: {error}") from error
    except BaseException as error:
        raise _explain(error, location, doing) from error


def _explain(error: BaseException, location: Location, doing: str) -> BaseException:
    """Give our error for a panic of the engine (no `Exception`), which is what a forked process gets; else the error."""
    if type(error).__name__ != "PanicException":
        return error
    return StoreError(
        f"{location.uri}: {doing} failed in the storage engine ({error}); it cannot be used in a process made by fork: "
        f'start processes with multiprocessing.get_context("spawn")'
    )


def is_one_of(column: str, texts: Sequence[str]) -> str:
    """Give the SQL condition that a column has one of these texts, each as a literal that says just that text."""
    if not texts:
        return "(1 = 0)"
    literals = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f"({column} IN ({literals}))"
