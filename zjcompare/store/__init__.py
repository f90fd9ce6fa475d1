"""The table, kept: every version of it, every document it was read from, and what each said when.

A store is two Delta tables in one folder (or on an object store): `observations`, which holds the columns of
`zjcompare.SCHEMA` and nothing else, and `documents`, which holds the texts. DuckDB, Polars, Spark and Trino read both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from zjcompare.lexicon import Lexicon
from zjcompare.report import Report
from zjcompare.store.additions import Addition, find_documents, sort_rows
from zjcompare.store.documents import find_report
from zjcompare.store.location import find_location
from zjcompare.store.selection import Selection, Texts, Years, as_texts, as_years
from zjcompare.store.snapshot import list_documents, only_newest, open_snapshot, read_rows
from zjcompare.store.writing import commit_documents, create_store
from zjcompare.table import observe, to_arrow, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from zjcompare.store.journal import AsOf

__all__ = ["Addition", "Store"]


class Store:
    """A table of observations that keeps all its versions, and the documents that it was read from.

    `path_or_uri` is a folder or an s3://, gs:// or az:// URI, which `storage_options` (those of `deltalake`) open. The
    folder is made by the first `add`. All errors of the storage are `StoreError`s that say what to do.
    """

    def __init__(self, path_or_uri: str | Path, *, storage_options: Mapping[str, str] | None = None) -> None:
        self._location = find_location(path_or_uri, storage_options)

    def __repr__(self) -> str:
        return f"Store({self._location.uri!r})"

    @property
    def version(self) -> int:
        """The newest version: 0 is the empty store, and each addition that adds something makes one more."""
        return open_snapshot(self._location).version

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
        if isinstance(source, pd.DataFrame):
            given = list(reports)
            rows = to_arrow(source)
        else:
            given = list({item.id: item for item in ([source] if isinstance(source, Report) else source)}.values())
            rows = observe(given, lexicon=lexicon)
        rows = sort_rows(rows)
        incoming = find_documents(rows, given)
        used = lexicon or Lexicon.default()
        create_store(self._location, used)
        return commit_documents(self._location, rows, incoming, used)

    def read(  # noqa: PLR0913 (each is a question that a reader asks of the table)
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
        each report counts. `version`, or `as_of` (a date, a datetime with its zone, or a version), gives the table as
        it stood then. Raises `StoreError` for a version or a time that the store does not have.
        """
        snapshot = open_snapshot(self._location, version, as_of)
        selection = Selection(
            places=as_texts(place), years=as_years(years), indicators=as_texts(indicator), measures=as_texts(measure),
            kinds=as_texts(kind), reports=as_texts(report), edition=edition,
        )  # fmt: skip
        if edition is None and editions == "newest":
            selection = only_newest(snapshot, selection)
        return to_frame(sort_rows(read_rows(snapshot, selection)))

    def versions(self) -> pd.DataFrame:
        """Give one row a version: version, time (UTC), operation, documents, rows, package, lexicon, schema_version."""
        commits = open_snapshot(self._location).commits
        columns = ["version", "time", "operation", "documents", "rows", "package", "lexicon", "schema_version"]
        return pd.DataFrame([[getattr(commit, name) for name in columns] for commit in commits], columns=columns)

    def documents(self, *, version: int | None = None, as_of: AsOf | None = None) -> pd.DataFrame:
        """Give one row a document: what it is, how many rows it has, who read it, and when it was added (UTC).

        Columns: report (the digest of its text), place, year, kind, edition, title, source, rows, reader, added,
        has_text.
        """
        columns = [
            "report",
            "place",
            "year",
            "kind",
            "edition",
            "title",
            "source",
            "rows",
            "reader",
            "added",
            "has_text",
        ]
        return list_documents(open_snapshot(self._location, version, as_of))[columns]

    def report(self, report: str) -> Report:
        """Give a stored document, by its digest, as the `Report` that it was added as."""
        snapshot = open_snapshot(self._location)
        return find_report(list_documents(snapshot), self._location.child("documents"), report)
