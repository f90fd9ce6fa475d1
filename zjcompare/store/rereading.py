"""The stored texts, and a newer lexicon or package → a new reading of all of them, as one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zjcompare.report import Report
from zjcompare.store.additions import find_documents, sort_rows
from zjcompare.store.differences import find_differences
from zjcompare.store.documents import read_texts
from zjcompare.store.selection import Selection
from zjcompare.store.snapshot import list_documents, open_snapshot, read_rows
from zjcompare.store.writing import commit_documents
from zjcompare.table import SCHEMA, observe, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from zjcompare.lexicon import Lexicon
    from zjcompare.store.additions import Addition
    from zjcompare.store.location import Location


def reread_documents(
    location: Location, lexicon: Lexicon, progress: Callable[[int, int], None] | None = None
) -> Addition:
    """Read all documents whose text is kept anew, commit what is read otherwise, and say what rows that changed.

    Documents of the same place, year and kind keep their editions. The addition's `changes` is what `find_differences`
    gives between the rows before and after.
    """
    before = open_snapshot(location)
    known = list_documents(before)
    texts = read_texts(location.child("documents"))
    known = known[known["has_text"]]
    names = ("report", "place", "year", "kind", "title", "source", "edition")
    described = zip(*(known[name].tolist() for name in names), strict=True)
    reports = [Report(texts[digest], *rest) for digest, *rest in described]
    tables = []
    for done, report in enumerate(reports, 1):
        tables.append(observe([report], lexicon=lexicon))
        if progress is not None:
            progress(done, len(reports))
    rows = sort_rows(pa.concat_tables([SCHEMA.empty_table(), *tables]))
    addition = commit_documents(location, rows, find_documents(rows, reports), lexicon)
    anew = list(addition.documents.loc[addition.documents["outcome"] == "read again", "report"])
    selection = Selection(reports=anew)
    after = open_snapshot(location, version=int(addition))
    addition.changes = find_differences(to_frame(read_rows(before, selection)), to_frame(read_rows(after, selection)))
    return addition
