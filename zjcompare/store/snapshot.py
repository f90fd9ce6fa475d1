"""A location, and a version or a moment → the store as it stood then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zjcompare.store import delta, integrity, journal, schemas
from zjcompare.store.documents import find_superseded, read_documents
from zjcompare.store.revisions import candidate_sql
from zjcompare.table import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa
    from deltalake import DeltaTable

    from zjcompare.store.journal import AsOf, Commit
    from zjcompare.store.location import Location
    from zjcompare.store.selection import Selection


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The store at one version: where it is, its observations opened there, and the commits up to there."""

    location: Location
    table: DeltaTable
    commits: Sequence[Commit]

    @property
    def version(self) -> int:
        """The version that this shows."""
        return self.commits[-1].version


def open_snapshot(location: Location, version: int | None = None, as_of: AsOf | None = None) -> Snapshot:
    """Open a store, having looked whether its folder and its logs are whole.

    Raises `StoreError` for a folder that is no store, a damaged one, and a version or a moment that it does not have.
    """
    if version is not None and as_of is not None:
        raise ValueError("give version or as_of, not both")
    observations = location.child("observations")
    with delta.storage_errors(location, "looking at the folder"):
        integrity.check_folder(location)
        integrity.check_log(observations)
        integrity.check_log(location.child("documents"))
    table = delta.open_table(observations)
    schemas.stored_version(table, location.uri)
    integrity.check_paths(table, observations)
    commits = journal.read_commits(table, observations)
    asked = as_of if version is None else version
    if asked is None:
        return Snapshot(location, table, commits)
    number = journal.find_version(commits, asked, location.uri)
    return Snapshot(location, delta.open_table(observations, number), commits[: number + 1])


def read_rows(snapshot: Snapshot, selection: Selection) -> pa.Table:
    """Give the observations that a selection finds, with exactly `SCHEMA`, in whatever order the engine finds them."""
    sql = f"SELECT {schemas.select_columns(snapshot.table)} FROM rows{selection.sql()}"  # noqa: S608 # texts are quoted
    return delta.query(snapshot.table, snapshot.location.child("observations"), sql, SCHEMA)


def read_candidates(snapshot: Snapshot, selection: Selection) -> pa.Table:
    """Give the observations that may be revisions of one another (see `find_revisions`), with exactly `SCHEMA`."""
    sql = candidate_sql(schemas.select_columns(snapshot.table), selection.sql())
    return delta.query(snapshot.table, snapshot.location.child("observations"), sql, SCHEMA)


def count_groups(snapshot: Snapshot, sql: str) -> pd.DataFrame:
    """Give what a counting query finds."""
    found: pd.DataFrame = delta.query(snapshot.table, snapshot.location.child("observations"), sql, None).to_pandas()
    return found


def list_documents(
    snapshot: Snapshot, *, places: Sequence[str] | None = None, reports: Sequence[str] = ()
) -> pd.DataFrame:
    """Give one row a document that the snapshot holds (see `read_documents`)."""
    location = snapshot.location.child("documents")
    return read_documents(location, snapshot.commits, places=places, reports=reports)


def only_newest(snapshot: Snapshot, selection: Selection) -> Selection:
    """Give the selection without the documents that a newer edition has replaced."""
    return replace(selection, without=find_superseded(list_documents(snapshot, places=selection.places)))
