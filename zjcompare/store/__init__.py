"""The table, kept: every version of it, every document it was read from, and what each said when.

A store is two Delta tables in one folder (or on an object store): `observations`, which holds the columns of
`zjcompare.SCHEMA` and nothing else, and `documents`, which holds the texts. DuckDB, Polars, Spark and Trino read both.
"""

from __future__ import annotations

import random
import time
import uuid
from typing import TYPE_CHECKING, Any

import pandas as pd

from zjcompare.errors import StoreError
from zjcompare.lexicon import Lexicon
from zjcompare.report import Report
from zjcompare.store import delta, documents, journal
from zjcompare.store.additions import (
    Addition,
    Planned,
    find_documents,
    number_editions,
    plan_additions,
    sort_rows,
    summarize,
)
from zjcompare.store.location import find_location
from zjcompare.store.selection import Selection, Texts, Years, as_texts, as_years
from zjcompare.table import SCHEMA, SCHEMA_VERSION, observe, to_arrow, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Literal

    import pyarrow as pa
    from deltalake import DeltaTable

    from zjcompare.store.documents import Document
    from zjcompare.store.journal import AsOf, Commit

__all__ = ["Addition", "Store"]

_ATTEMPTS = 50


class Store:
    """A table of observations that keeps all its versions, and the documents that it was read from.

    `path_or_uri` is a folder or an s3://, gs:// or az:// URI, which `storage_options` (those of `deltalake`) open. The
    folder is made by the first `add`. All errors of the storage are `StoreError`s that say what to do.
    """

    def __init__(self, path_or_uri: str | Path, *, storage_options: Mapping[str, str] | None = None) -> None:
        self._location = find_location(path_or_uri, storage_options)
        self._observations = self._location.child("observations")
        self._documents = self._location.child("documents")

    def __repr__(self) -> str:
        return f"Store({self._location.uri!r})"

    @property
    def version(self) -> int:
        """The newest version: 0 is the empty store, and each addition that adds something makes one more."""
        return int(self._open().version())

    def add(
        self,
        source: pd.DataFrame | Report | Iterable[Report],
        *,
        reports: Iterable[Report] = (),
        lexicon: Lexicon | None = None,
    ) -> Addition:
        """Add a table of observations, with the reports that it was read from, or reports, which are tabulated first.

        All of it is one commit, or none: when this returns it is on the disk. A document (known by the digest of its
        text) that is there with the same rows, read by the same package and lexicon, is left alone; one with other rows
        is read again, and its old rows stay in the older versions. A report of a place, year and kind that the store
        has already is the next edition. Give `lexicon` where the reports were read with another than the shipped one.
        """
        used = lexicon or Lexicon.default()
        if isinstance(source, pd.DataFrame):
            given, rows = list(reports), to_arrow(source)
        else:
            given = [source] if isinstance(source, Report) else list(source)
            rows = observe(given, lexicon=lexicon)
        rows = sort_rows(rows)
        incoming = find_documents(rows, given)
        self._create(used)
        for attempt in range(_ATTEMPTS):
            try:
                return self._commit(rows, incoming, used)
            except delta.ConflictError:
                time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 (spreads writers, hides nothing)
        raise StoreError(
            f"{self._location.uri}: other processes committed {_ATTEMPTS} times in between; add again later"
        )

    def read(
        self,
        place: Texts = None,
        years: Years = None,
        *,
        version: int | None = None,
        as_of: AsOf | None = None,
        edition: int | None = None,
        editions: Literal["newest", "all"] = "newest",
        indicator: Texts = None,
        measure: Texts = None,
        kind: Texts = None,
        report: Texts = None,
    ) -> pd.DataFrame:
        """Give the observations as a table with the columns of `SCHEMA`, in one order whatever way they were added.

        `years` are those that the values are about. Without `edition` or `editions="all"`, only the newest edition of
        each report counts. `version`, or `as_of` (a date, a datetime with its zone, or a version), gives the table as it
        stood then. Raises `StoreError` for a version or a time that the store does not have.
        """
        table, commits = self._open_at(version, as_of)
        places = as_texts(place)
        without: list[str] = []
        if edition is None and editions == "newest":
            without = documents.find_superseded(documents.read_documents(self._documents, commits, places=places))
        selection = Selection(
            places=places, years=as_years(years), indicators=as_texts(indicator), measures=as_texts(measure),
            kinds=as_texts(kind), reports=as_texts(report), edition=edition, without=without,
        )  # fmt: skip
        return to_frame(sort_rows(self._query(table, selection)))

    def versions(self) -> pd.DataFrame:
        """Give one row a version: version, time (UTC), operation, documents, rows, package, lexicon, schema_version."""
        _, commits = self._open_at(None, None)
        columns = ["version", "time", "operation", "documents", "rows", "package", "lexicon", "schema_version"]
        return pd.DataFrame([[getattr(commit, name) for name in columns] for commit in commits], columns=columns)

    def documents(self, *, version: int | None = None, as_of: AsOf | None = None) -> pd.DataFrame:
        """Give one row a document: report (its digest), place, year, kind, edition, title, source, rows, reader, added (UTC), has_text."""
        _, commits = self._open_at(version, as_of)
        found = documents.read_documents(self._documents, commits)
        return found[
            ["report", "place", "year", "kind", "edition", "title", "source", "rows", "reader", "added", "has_text"]
        ]

    def report(self, report: str) -> Report:
        """Give a stored document, by its digest, as the `Report` that it was added as."""
        _, commits = self._open_at(None, None)
        return documents.find_report(documents.read_documents(self._documents, commits), self._documents, report)

    def _open(self, version: int | None = None) -> DeltaTable:
        return delta.open_table(self._observations, version)

    def _open_at(self, version: int | None, as_of: AsOf | None) -> tuple[DeltaTable, list[Commit]]:
        """Give the table at a version or a moment, and the commits up to there."""
        if version is not None and as_of is not None:
            raise ValueError("give version or as_of, not both")
        table = self._open()
        commits = journal.read_commits(table, self._location.uri)
        asked = as_of if version is None else version
        if asked is None:
            return table, commits
        number = journal.find_version(commits, asked, self._location.uri)
        return self._open(number), commits[: number + 1]

    def _query(self, table: DeltaTable, selection: Selection) -> pa.Table:
        columns = ", ".join(f'"{name}"' for name in SCHEMA.names)
        return delta.query(table, self._observations, f"SELECT {columns} FROM rows{selection.sql()}", SCHEMA)

    def _create(self, lexicon: Lexicon) -> None:
        about = journal.describe_commit("create", lexicon=lexicon.digest, at=journal.next_time(()))
        if not delta.exists(self._observations):
            properties = {"zjcompare.schema_version": str(SCHEMA_VERSION)}
            delta.create_table(self._documents, documents.DOCUMENTS_SCHEMA, properties=properties, about=about)
            delta.create_table(self._observations, SCHEMA, partition=["year"], properties=properties, about=about)

    def _commit(self, rows: pa.Table, incoming: list[Document], lexicon: Lexicon) -> Addition:
        table, commits = self._open_at(None, None)
        known = documents.read_documents(self._documents, commits)
        reader = journal.reader_name(lexicon.digest)
        planned = plan_additions(incoming, known, reader)
        writing = [plan for plan in planned if plan.outcome != "already there"]
        if not writing:
            return summarize(int(table.version()), planned)
        at, batch = journal.next_time(commits), uuid.uuid4().hex
        records = documents.write_documents_rows(
            [plan.document for plan in writing], reader=reader, batch=batch, added=at
        )
        delta.append_rows(delta.open_table(self._documents), self._documents, records)
        new = number_editions(rows, {plan.document.report: plan.document.edition for plan in writing})
        about: dict[str, Any] = journal.describe_commit(
            "add", lexicon=lexicon.digest, at=at, batch=batch, documents=len(writing), rows=new.num_rows
        )
        version = delta.write_rows(table, self._observations, new, replacing=_replaced(writing), about=about)
        return summarize(version, planned)


def _replaced(writing: list[Planned]) -> str | None:
    """Give the condition that finds the rows to replace, where any document is read again."""
    if not any(plan.outcome == "read again" for plan in writing):
        return None
    return delta.is_one_of("report", [plan.document.report for plan in writing])
