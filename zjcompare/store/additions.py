"""Observations and reports → what of them is new to the store, and as which edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from zjcompare.errors import StoreError
from zjcompare.store import differences
from zjcompare.store.documents import Document
from zjcompare.table import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from zjcompare.report import Report

Outcome = Literal["new", "new edition", "read again", "confirmed", "text added", "already there"]
"""`read again`: other rows than before; `confirmed`: the same rows by another package or lexicon."""

ROWS_WRITTEN = frozenset({"new", "new edition", "read again"})

ORDER = ("place", "report_year", "kind", "edition", "report", "start", "end")
"""The first columns that rows are sorted by; all the others follow, so that one content has one order."""


class Addition(int):
    """The version after an addition, which is a number, and what became of each document.

    `documents` has one row a document: report, place, year, kind, edition, rows, outcome (new, new edition, read again,
    confirmed, text added, already there). `added` is false where all was already there and no version was made.
    After a re-reading, `changes` has one row an observation that it gained, lost or changed.
    """

    documents: pd.DataFrame
    changes: pd.DataFrame

    @property
    def added(self) -> bool:
        """Whether anything was written."""
        return bool((self.documents["outcome"] != "already there").any())

    def __repr__(self) -> str:
        counts = self.documents["outcome"].value_counts()
        return f"<version {int(self)}: {', '.join(f'{count} {outcome}' for outcome, count in counts.items())}>"


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to add, with the edition that it gets, and what that makes of it."""

    document: Document
    outcome: Outcome


def sort_rows(table: pa.Table) -> pa.Table:
    """Give the rows in their one order."""
    rest = [name for name in SCHEMA.names if name not in ORDER]
    return table.sort_by([(name, "ascending") for name in (*ORDER, *rest)])


def find_documents(table: pa.Table, reports: Iterable[Report]) -> list[Document]:
    """Give the documents that a sorted table and the reports beside it are about, in order.

    Raises `StoreError` where one digest stands for two documents, or where a row's characters are not what its report
    has there.
    """
    given = {report.id: report for report in reports}
    documents = {}
    for report, start, said in find_misquoted(table, {report: found.text for report, found in given.items()}):
        raise StoreError(
            f"a row says {said!r} at {start} of document {report}, whose text has something else there; give the table "
            f"that the report was read into, or tabulate it again"
        )
    for report, rows in _by_report(table):
        documents[report] = _document(report, rows, given.get(report))
    for report, given_report in given.items():
        if report not in documents:
            documents[report] = _document(report, table.slice(0, 0), given_report)
    return list(documents.values())


def content_digests(table: pa.Table) -> dict[str, str]:
    """Give the digest of the observations of each report."""
    return {report: _content_digest(rows) for report, rows in _by_report(table)}


def _by_report(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Give the rows of each report, in the order of the reports' digests."""
    table = table.sort_by([("report", "ascending")])
    counts = table.group_by("report").aggregate([([], "count_all")]).sort_by([("report", "ascending")])
    start = 0
    for report, count in zip(counts["report"].to_pylist(), counts["count_all"].to_pylist(), strict=True):
        yield report, table.slice(start, count)
        start += count


def _document(report: str, rows: pa.Table, given: Report | None) -> Document:
    if not report:
        raise StoreError("a row has no report; each row needs the digest of the document that it was read from")
    stated = {name: pc.unique(rows[name]).to_pylist() for name in ("place", "report_year", "kind", "edition")}
    for name, values in stated.items():
        if len(values) > 1:
            raise StoreError(
                f"document {report} has rows of more than one {name}: {values}; one digest is one document"
            )
    if given is None:
        place, year, kind, edition = (values[0] for values in stated.values())
        title, source, text = "", "", None
    else:
        place, year, kind, edition = given.place, given.year, given.kind, given.edition
        title, source, text = given.title, given.source, given.text
        if rows.num_rows and [place, year, kind] != [values[0] for values in stated.values()][:3]:
            raise StoreError(f"document {report} is {stated} in the table and {place} {year} {kind} as a report")
    return Document(
        report=report, place=place, year=year, kind=kind, edition=edition, title=title, source=source,
        rows=rows.num_rows, content=_content_digest(rows), text=text,
    )  # fmt: skip


def _content_digest(rows: pa.Table) -> str:
    """Give a digest of the observations of one document, whichever edition it is counted as."""
    plain = sort_rows(rows).drop_columns(["edition"])
    plain = plain.set_column(plain.schema.get_field_index("exact"), "exact", plain["exact"].cast(pa.string()))
    buffer = pa.BufferOutputStream()
    csv.write_csv(plain, buffer)
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def find_misquoted(rows: pa.Table, texts: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Give report, offset and quotation of the rows whose characters are not what their report has there."""
    columns = (rows[name].to_pylist() for name in ("report", "start", "end", "text"))
    for report, start, end, said in zip(*columns, strict=True):
        if report in texts and texts[report][start:end] != said:
            yield report, start, said


def plan_additions(documents: Sequence[Document], known: pd.DataFrame, reader: str) -> list[Planned]:
    """Say of each document whether it is new, a new edition, another reading of a known one, or already there.

    A document keeps the edition that it states where no other of the same place, year and kind has it; else it is the
    next one. `known` is what `read_documents` gives.
    """
    stored = known.set_index("report")[["edition", "content", "reader", "has_text"]].to_dict("index")
    taken = {key: set(editions) for key, editions in known.groupby(["place", "year", "kind"])["edition"]}
    planned = []
    for document in documents:
        if document.report in stored:
            row = stored[document.report]
            planned.append(Planned(replace(document, edition=int(row["edition"])), _repeat(document, row, reader)))
            continue
        editions = taken.setdefault((document.place, document.year, document.kind), set())
        edition = document.edition if document.edition not in editions else max(editions) + 1
        planned.append(Planned(replace(document, edition=edition), "new edition" if editions else "new"))
        editions.add(edition)
    return planned


def _repeat(document: Document, row: Mapping[Hashable, Any], reader: str) -> Outcome:
    """Say what adding a known document again does."""
    if row["content"] != document.content:
        return "read again"
    if document.text is not None and not row["has_text"]:
        return "text added"
    return "already there" if row["reader"] == reader else "confirmed"


def number_editions(table: pa.Table, editions: Mapping[str, int]) -> pa.Table:
    """Give the rows of the named documents, each with the edition that its document has in the store."""
    table = table.filter(pc.is_in(table["report"], value_set=pa.array(list(editions), pa.string())))
    numbers = pa.array([editions[report] for report in table["report"].to_pylist()], pa.int16())
    return table.set_column(SCHEMA.get_field_index("edition"), SCHEMA.field("edition"), numbers)


def summarize(version: int, planned: Sequence[Planned]) -> Addition:
    """Give the result of an addition."""
    addition = Addition(version)
    columns = ("report", "place", "year", "kind", "edition", "rows")
    addition.changes = pd.DataFrame(columns=list(differences.COLUMNS))
    addition.documents = pd.DataFrame(
        [[getattr(plan.document, name) for name in columns] + [plan.outcome] for plan in planned],
        columns=[*columns, "outcome"],
    )
    return addition
