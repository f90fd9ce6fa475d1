"""One Delta table → opened, appended to, replaced in part, and queried, with deltalake's traps coded around.

What `deltalake` does by default loses old versions at a checkpoint, does not reach the disk before it answers, and
takes any types that come: here history is kept for ever, a commit is on the disk before it counts, and what is read is
cast to one schema. Errors of the engine become `StoreError`s.
"""

from __future__ import annotations

import errno
import json
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import (
    ColumnProperties,
    CommitProperties,
    DeltaTable,
    QueryBuilder,
    Schema,
    Transaction,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import CommitFailedError, TableNotFoundError

from zjcompare.errors import StoreError
from zjcompare.store.integrity import find_damaged_files

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

_SKIPPING = ("place", "indicator", "measure", "report", "kind", "edition")
"""The columns whose range in each file the log holds, so that files without what is asked for are not opened."""

WRITER = "zjcompare"
"""The Delta application whose transaction numbers put the commits of all writers in one order."""


_NUMBER = re.compile(r"(?:os error|Errno) (\d+)")
_ADVICE = {
    errno.ENOSPC: "the disk is full: make room and do the same again; what was there before is whole",
    errno.EDQUOT: "the disk quota is used up: make room and do the same again; what was there before is whole",
    errno.EFBIG: "a file may not grow that large here: raise the limit and do the same again; the rest is whole",
    errno.EACCES: "this user may not do that here: ask for the right, or copy the store elsewhere",
    errno.EROFS: "the disk is read-only: copy the store elsewhere",
}
"""What to do about an error of the operating system, by its number."""

_VARIED = ("sentence", "text", "value", "exact")
_WRITING = WriterProperties(
    compression="ZSTD",
    compression_level=3,
    data_page_row_count_limit=2048,
    write_batch_size=256,
    column_properties={name: ColumnProperties(dictionary_enabled=False) for name in _VARIED},
)
"""Pages are small, and columns that hardly repeat have no dictionary, so that one place is decoded without others."""


class ConflictError(StoreError):
    """Another process committed first; the commit was not made and may be tried again."""


def exists(location: Location) -> bool:
    """Say whether there is a table."""
    with storage_errors(location, "looking for the store"):
        return bool(DeltaTable.is_deltatable(location.uri, dict(location.options)))


def create_table(
    location: Location,
    schema: pa.Schema,
    *,
    partition: Sequence[str],
    properties: Mapping[str, str],
    about: Mapping[str, str],
) -> None:
    """Create an empty table (version 0), or leave the one that another process has just created."""
    ranged = [name for name in _SKIPPING if name in schema.names]
    with storage_errors(location, "creating the table"):
        DeltaTable.create(
            location.uri,
            schema=Schema.from_arrow(schema),
            mode="ignore",
            partition_by=list(partition),
            configuration={**PROPERTIES, "delta.dataSkippingStatsColumns": ",".join(ranged), **properties},
            raise_if_key_not_exists=False,
            storage_options=dict(location.options),
            commit_properties=CommitProperties(custom_metadata=dict(about)),
        )
    flush_commits(location, 0)


def open_table(location: Location, version: int | None = None) -> DeltaTable:
    """Open a table at its newest version or at an older one."""
    with storage_errors(location, "opening the store" if version is None else f"opening version {version}"):
        table = DeltaTable(location.uri, version=version, storage_options=dict(location.options))
    found = table.metadata().configuration
    changed = {name: found.get(name) for name, value in PROPERTIES.items() if found.get(name) != value}
    if changed:
        raise StoreError(
            f"{location.uri}: another program has changed {changed}, and the next clean-up would lose old versions; "
            f"set them back with deltalake's DeltaTable(...).alter.set_table_properties({PROPERTIES})"
        )
    return table


def number_commit(table: DeltaTable, about: Mapping[str, str]) -> CommitProperties:
    """Give the properties of our next commit on the opened version: what it says of itself, and its number.

    The engine refuses a commit whose number another process has used since the table was opened.
    """
    number = int(table.transaction_version(WRITER) or 0) + 1
    return CommitProperties(custom_metadata=dict(about), app_transactions=[Transaction(WRITER, number)])


def write_rows(
    table: DeltaTable, location: Location, rows: pa.Table, *, replacing: str | None, about: Mapping[str, str]
) -> int:
    """Commit rows on top of the opened version and give the new version, once it is on the disk.

    `replacing` is a predicate: rows that fulfil it make way for the new ones. Raises `ConflictError`, having written
    nothing that anybody sees, where another process has committed since the table was opened.
    """
    before = table.version()
    properties = number_commit(table, about)
    with storage_errors(location, "writing"):
        write_deltalake(
            table,
            rows,
            mode="append" if replacing is None else "overwrite",
            predicate=replacing,
            commit_properties=properties,
            writer_properties=_WRITING,
        )
    after = int(table.version())
    flush_commits(location, before + 1)
    return after


def append_rows(table: DeltaTable, location: Location, rows: pa.Table) -> None:
    """Commit rows that no order and no transaction binds, beside whatever else is being committed."""
    before = table.version()
    with storage_errors(location, "writing"):
        write_deltalake(table, rows, mode="append", writer_properties=_WRITING)
    flush_commits(location, before + 1)


def list_files(table: DeltaTable) -> list[str]:
    """Give the paths, below the table's folder, of the files that the opened version is made of."""
    return [unquote(path) for path in table.get_add_actions(flatten=True)["path"].to_pylist()]


def merge_files(
    table: DeltaTable, location: Location, *, partitions: Sequence[str] | None, about: Mapping[str, str]
) -> None:
    """Merge the files of the named years into few, sorted by place, as one commit; the rows stay the same.

    Without `partitions` all small files are merged, in the order they have.
    """
    before = table.version()
    properties = CommitProperties(custom_metadata=dict(about))
    with storage_errors(location, "merging files"):
        if partitions is None:
            table.optimize.compact(commit_properties=properties, writer_properties=_WRITING)
        else:
            table.optimize.z_order(
                ["place"],
                partition_filters=[("year", "in", list(partitions))],
                commit_properties=properties,
                writer_properties=_WRITING,
            )
    flush_commits(location, before + 1)


def checkpoint(location: Location) -> None:
    """Write down the state of the newest version in one file, from which later openings start."""
    table = open_table(location)
    with storage_errors(location, "writing a checkpoint"):
        table.create_checkpoint()
    flush_commits(location, table.version())


def read_history(table: DeltaTable, location: Location) -> list[dict[str, Any]]:
    """Give what every commit in the log says about itself, oldest first, whichever version is opened."""
    with storage_errors(location, "reading the log"):
        return list(reversed(table.history()))


def query(table: DeltaTable, location: Location, sql: str, schema: pa.Schema | None) -> pa.Table:
    """Give what an SQL query over the table named `rows` finds, cast to a schema where one is given.

    Raises `StoreError`, naming the damaged files, where a file is gone, cut short or cannot be decoded.
    """
    try:
        with storage_errors(location, "reading"):
            found = pa.table(QueryBuilder().register("rows", table).execute(sql).read_all())
            return found if schema is None else found.cast(schema)
    except StoreError as error:
        damaged = "; ".join(find_damaged_files(table, location)) or str(error)
        raise StoreError(f"{damaged}: restore it from a backup or from a copy of the store") from error


def flush_commits(location: Location, first: int) -> None:
    """Bring the commits from version `first` on, and the files they added, to the disk; object stores need none."""
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
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # Windows flushes no file open for reading
    except (FileNotFoundError, PermissionError):
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def storage_errors(location: Location, doing: str) -> Iterator[None]:
    """Turn what the engine raises into our errors, each of which says what to do."""
    try:
        yield
    except StoreError:
        raise
    except TableNotFoundError as error:
        raise StoreError(
            f"{location.uri}: {doing} failed: there is no store, or no such version, here ({error}); "
            f"check the address, or make a store by adding to it"
        ) from error
    except CommitFailedError as error:
        raise ConflictError(f"{location.uri}: another process committed first: {error}") from error
    except Exception as error:  # the query engine raises plain exceptions
        raise StoreError(f"{location.uri}: {doing} failed: {_advise(error)}") from error
    except BaseException as error:
        raise _explain(error, location, doing) from error


def _advise(error: Exception) -> str:
    """Give the first line of what the engine says, with what to do about it where that is known."""
    said = str(error).partition("\n")[0]
    number = _NUMBER.search(str(error))
    advice = _ADVICE.get(int(number[1])) if number else None
    return f"{said}; {advice}" if advice else said


def _explain(error: BaseException, location: Location, doing: str) -> BaseException:
    """Give our error for a panic of the engine (no `Exception`), as a forked process gets it; else the error."""
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
