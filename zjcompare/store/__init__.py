"""The table, kept: every version of it, every document it was read from, and what each said when.

A store is two Delta tables in one folder (or on an object store): `observations`, which holds the columns of
`zjcompare.SCHEMA` and nothing else, and `documents`, which holds the texts. DuckDB, Polars, Spark and Trino read both.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from zjcompare.lexicon import Lexicon
from zjcompare.report import Report
from zjcompare.store import export
from zjcompare.store.additions import Addition, find_documents, sort_rows
from zjcompare.store.catalog import catalog_sql
from zjcompare.store.differences import find_differences
from zjcompare.store.documents import find_report
from zjcompare.store.location import find_location
from zjcompare.store.rereading import reread_documents
from zjcompare.store.revisions import find_revisions
from zjcompare.store.selection import Selection, Texts, Years, as_texts, as_years
from zjcompare.store.snapshot import (
    count_groups,
    list_documents,
    only_newest,
    open_snapshot,
    read_candidates,
    read_rows,
)
from zjcompare.store.upkeep import check_store, migrate_store, tidy_store
from zjcompare.store.vintages import find_vintages
from zjcompare.store.writing import commit_documents, create_store
from zjcompare.table import observe, to_arrow, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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

    def revisions(
        self,
        place: Texts = None,
        years: Years = None,
        *,
        as_of: AsOf | None = None,
        align: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    ) -> pd.DataFrame:
        """Give every figure that changed between editions, or between documents about the same year.

        One row a revision, with its nature (correction, outcome, revision), its size and both statements (see
        `zjcompare.store.revisions`). Figures are compared under their names as printed; give `align=zj.align` to
        compare those that mean the same under other names, too.
        """
        snapshot = open_snapshot(self._location, as_of=as_of)
        selection = Selection(places=as_texts(place), years=as_years(years))
        if align is None:
            frame = to_frame(read_candidates(snapshot, selection))
        else:
            frame = align(to_frame(sort_rows(read_rows(snapshot, selection))))
        return find_revisions(frame, list_documents(snapshot, places=selection.places))

    def vintages(
        self, indicator: Texts, place: Texts = None, *, measure: Texts = "level", as_of: AsOf | None = None
    ) -> pd.DataFrame:
        """Give what each document said of an indicator, year by year, and from when to when that was the newest word.

        `indicator` is a name as printed, or several that mean the same; `measure` is level, growth, rank … (None for
        all). One row a figure and document (see `zjcompare.store.vintages`).
        """
        snapshot = open_snapshot(self._location, as_of=as_of)
        selection = Selection(places=as_texts(place), indicators=as_texts(indicator), measures=as_texts(measure))
        rows = to_frame(sort_rows(read_rows(snapshot, selection)))
        return find_vintages(rows, list_documents(snapshot, places=selection.places))

    def catalog(
        self, by: str | Sequence[str] = ("place", "kind", "indicator"), *, as_of: AsOf | None = None
    ) -> pd.DataFrame:
        """Give what there is in the newest editions: one row a place, kind and indicator, or whatever `by` names.

        Columns: those of `by`, first_year, last_year, rows, estimated (the share of rows that are estimates, 0 to 1).
        """
        snapshot = open_snapshot(self._location, as_of=as_of)
        groups = [by] if isinstance(by, str) else list(by)
        return count_groups(snapshot, catalog_sql(groups, only_newest(snapshot, Selection())))

    def diff(self, old: AsOf, new: AsOf | None = None) -> pd.DataFrame:
        """Give the rows, of all editions, gained, lost and changed between two versions or moments."""
        sides = [read_rows(open_snapshot(self._location, as_of=side), Selection()) for side in (old, new)]
        return find_differences(*(to_frame(side) for side in sides))

    def reread(self, *, lexicon: Lexicon | None = None, progress: Callable[[int, int], None] | None = None) -> Addition:
        """Read all stored texts anew, with this package and lexicon, as one commit; `changes` says what came of it.

        `progress` is called with how many documents are read, and of how many.
        """
        return reread_documents(self._location, lexicon or Lexicon.default(), progress)

    def export(
        self,
        path: str | Path,
        rows: pd.DataFrame | None = None,
        *,
        format: export.Format | None = None,  # noqa: A002 # the word that every export uses
        bom: bool = False,
        licence: str = "notspecified",
    ) -> Path:
        """Write observations (those of `read()`, where no `rows` are given) to a file for others, and give its path.

        The format is parquet, csv, xlsx, datapackage (a folder) or sdmx-csv; without `format` the name says it:
        .parquet, .csv, .xlsx, .sdmx.csv, and for a Data Package a folder or its datapackage.json. `bom` marks a CSV
        file as UTF-8 for Excel. `licence` is what a Data Package says of the use of the data, an identifier of the Open
        Definition.
        """
        target = Path(path)
        chosen = export.find_format(target, format)
        frame = self.read() if rows is None else rows
        if chosen == "parquet":
            export.write_parquet(frame, target, lexicon=Lexicon.default().digest)
        elif chosen == "csv":
            export.write_csv(frame, target, bom=bom)
        elif chosen == "sdmx-csv":
            export.write_sdmx_csv(frame, target)
        elif chosen == "xlsx":
            export.write_xlsx(frame, self.documents(), target)
        else:
            folder = target.parent if target.suffix == ".json" else target
            documents = self.documents()
            documents = documents[documents["report"].isin(frame["report"])]
            export.write_data_package(frame, documents, folder, licence=licence, about={"version": str(self.version)})
        return target

    def tidy(self) -> int:
        """Merge small files and remove what killed processes left; every version reads the same as before."""
        return tidy_store(self._location, Lexicon.default())

    def migrate(self) -> int:
        """Bring a store that an older zjcompare wrote to the schema of this one; give the newest version."""
        return migrate_store(self._location, Lexicon.default())

    def check(self) -> pd.DataFrame:
        """Give one row a damage in texts and observations (report, problem), none where all is as it was added."""
        return check_store(self._location)

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
