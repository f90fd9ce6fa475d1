"""Commits and the table of documents → what is kept of each document: text, title, place, year, kind, source, edition.

Every reading of a document is one row, written before the observations of the same batch. It counts once the batch is
in the log of the observations, so what a killed process has half written is never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from zjcompare.errors import StoreError
from zjcompare.report import Report
from zjcompare.store.delta import is_one_of, open_table, query

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import pandas as pd

    from zjcompare.store.journal import Commit
    from zjcompare.store.location import Location


def _field(name: str, kind: pa.DataType, *, nullable: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=nullable)


DOCUMENTS_SCHEMA = pa.schema(
    [
        _field("report", pa.string()),
        _field("place", pa.string()),
        _field("year", pa.int16()),
        _field("kind", pa.string()),
        _field("edition", pa.int16()),
        _field("title", pa.string()),
        _field("source", pa.string()),
        _field("rows", pa.int32()),
        _field("reader", pa.string()),
        _field("content", pa.string()),
        _field("batch", pa.string()),
        _field("added", pa.timestamp("us", "UTC")),
        _field("text", pa.string(), nullable=True),
    ],
)
"""One row a reading: the document's digest, what it is, its number of observations, who read it, when, and its text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the store keeps it; `content` is the digest of its observations."""

    report: str
    place: str
    year: int
    kind: str
    edition: int
    title: str
    source: str
    rows: int
    content: str
    text: str | None


def as_rows(documents: Iterable[Document], *, reader: str, batch: str, added: datetime) -> pa.Table:
    """Give the rows that record one batch of readings."""
    return pa.Table.from_pylist(
        [
            {name: getattr(document, name) for name in Document.__slots__}
            | {"reader": reader, "batch": batch, "added": added}
            for document in documents
        ],
        schema=DOCUMENTS_SCHEMA,
    )


def read_documents(
    location: Location,
    commits: Sequence[Commit],
    *,
    places: Sequence[str] | None = None,
    reports: Sequence[str] = (),
) -> pd.DataFrame:
    """Give one row a document that the given commits hold, in the order of their adding.

    With `places`, only the documents of these places, and those that `reports` names.

    `added` is when it was first added (UTC) and `arrived` the version; `rows`, `reader` and `content` are of its newest
    reading; `has_text` says whether its text is kept.
    """
    columns = [name for name in DOCUMENTS_SCHEMA.names if name != "text"]
    schema = pa.schema([*(DOCUMENTS_SCHEMA.field(name) for name in columns), pa.field("has_text", pa.bool_())])
    where = "" if places is None else f" WHERE {is_one_of('place', places)} OR {is_one_of('report', reports)}"
    sql = f"SELECT {', '.join(columns)}, text IS NOT NULL AS has_text FROM rows{where}"  # noqa: S608 # texts are quoted
    found = query(open_table(location), location, sql, schema).to_pandas()
    order = {commit.batch: commit.version for commit in commits if commit.batch}
    found = found[found["batch"].isin(list(order))]
    found = found.assign(arrived=found["batch"].map(order).astype("int64"))
    readings = found.sort_values(["arrived", "place", "year", "kind", "edition", "report"]).groupby(
        "report", sort=False
    )
    last = readings.tail(1).set_index("report")
    documents: pd.DataFrame = readings.head(1).set_index("report")
    documents = documents.assign(**{name: last[name] for name in ("rows", "reader", "content")})
    return documents.assign(has_text=readings["has_text"].any()).reset_index()


def find_superseded(documents: pd.DataFrame) -> list[str]:
    """Give the documents that a newer edition of the same place, year and kind has replaced."""
    newest = documents.groupby(["place", "year", "kind"], dropna=False)["edition"].transform("max")
    return [str(report) for report in documents.loc[documents["edition"] < newest, "report"]]


def read_texts(location: Location, reports: Sequence[str] | None = None) -> dict[str, str]:
    """Give the stored text of documents (of all that have one, where none is named)."""
    where = "" if reports is None else f" AND {is_one_of('report', reports)}"
    sql = f"SELECT report, text FROM rows WHERE text IS NOT NULL{where}"  # noqa: S608 # texts are quoted
    schema = pa.schema([DOCUMENTS_SCHEMA.field("report"), DOCUMENTS_SCHEMA.field("text")])
    found = query(open_table(location), location, sql, schema)
    return dict(zip(found["report"].to_pylist(), found["text"].to_pylist(), strict=True))


def find_report(documents: pd.DataFrame, location: Location, report: str) -> Report:
    """Give a stored document as the `Report` that it was added as.

    Raises `StoreError` for a document that is not there, whose text was not given, or whose text is not what its digest
    says.
    """
    rows = documents[documents["report"] == report]
    if rows.empty:
        raise StoreError(f"{location.uri}: holds no document {report!r}; store.documents() lists them")
    text = read_texts(location, [report]).get(report)
    if text is None:
        raise StoreError(f"{location.uri}: {report} was added without its text; add it again with reports=[...]")
    row = rows.iloc[0]
    found = Report(
        text=text, place=row["place"], year=int(row["year"]), kind=row["kind"], title=row["title"],
        source=row["source"], edition=int(row["edition"]),
    )  # fmt: skip
    if found.id != report:
        raise StoreError(f"{location.uri}: the text of {report} has been changed; restore the store from a backup")
    return found
