"""A store in use → the same store, tidy, migrated, or with its damages named."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pandas as pd
from deltalake import CommitProperties, Schema

from zjcompare.report import Report
from zjcompare.store import delta, journal, schemas
from zjcompare.store.additions import content_digests, find_misquoted
from zjcompare.store.documents import read_texts
from zjcompare.store.selection import Selection
from zjcompare.store.snapshot import list_documents, open_snapshot, read_rows
from zjcompare.store.writing import in_order
from zjcompare.table import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deltalake import DeltaTable

    from zjcompare.lexicon import Lexicon
    from zjcompare.store.location import Location

_MANY_FILES = 8
_ORPHAN_AGE = 7 * 24 * 3600
"""Seconds after which a file that no version names is left over from a killed process, not being written."""


def tidy_store(location: Location, lexicon: Lexicon) -> int:
    """Merge the small files of crowded years, checkpoint the logs and remove what killed processes left.

    No version changes what it reads: the old files stay for the versions that need them. Gives the newest version.
    """
    return in_order(location, lambda: _tidy_once(location, lexicon))


def _tidy_once(location: Location, lexicon: Lexicon) -> int:
    snapshot = open_snapshot(location)
    observations, texts = location.child("observations"), location.child("documents")
    years = Counter(path.split("/")[0] for path in delta.list_files(snapshot.table))
    crowded = [name.removeprefix("year=") for name, files in years.items() if files > _MANY_FILES]
    if crowded:
        about = journal.describe_commit("tidy", lexicon=lexicon.digest, at=journal.next_time(snapshot.commits))
        delta.merge_files(snapshot.table, observations, partitions=sorted(crowded), about=about)
    documents = delta.open_table(texts)
    if len(delta.list_files(documents)) > _MANY_FILES:
        delta.merge_files(documents, texts, partitions=None, about={})
    for part in (observations, texts):
        delta.checkpoint(part)
        for orphan in find_orphans(part):
            orphan.unlink(missing_ok=True)
    return int(delta.open_table(observations).version())


def find_orphans(location: Location) -> Iterator[Path]:
    """Give the data files of a local table that no version has ever named and nobody is writing any more."""
    if location.folder is None:
        return
    named = set()
    for commit in (location.folder / "_delta_log").glob("*.json"):
        for line in commit.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            if "add" in action:
                named.add(unquote(action["add"]["path"]))
    for file in location.folder.rglob("*.parquet*"):
        path = file.relative_to(location.folder).as_posix()
        old = time.time() - file.stat().st_mtime > _ORPHAN_AGE
        if not path.startswith("_delta_log/") and path not in named and old:
            yield file


def migrate_store(location: Location, lexicon: Lexicon) -> int:
    """Bring a store of an older schema to that of today, and give the newest version; old versions read as before."""

    def migrate() -> int:
        snapshot = open_snapshot(location)
        if schemas.stored_version(snapshot.table, location.uri) < SCHEMA_VERSION:
            about = journal.describe_commit("migrate", lexicon=lexicon.digest, at=journal.next_time(snapshot.commits))
            _alter(snapshot.table, location.child("observations"), CommitProperties(custom_metadata=dict(about)))
        return open_snapshot(location).version

    return in_order(location, migrate)


def _alter(table: DeltaTable, location: Location, properties: CommitProperties) -> None:
    """Add the columns, then say so: a process killed in between leaves an older store with columns to spare."""
    before = table.version()
    missing = schemas.missing_columns(table)
    with delta.storage_errors(location, "migrating"):
        if missing:
            table.alter.add_columns(
                list(Schema.from_arrow(schemas.as_schema(missing)).fields), commit_properties=properties
            )
        table = delta.open_table(location)
        table.alter.set_table_properties(
            {schemas.PROPERTY: str(SCHEMA_VERSION)}, raise_if_not_exists=False, commit_properties=properties
        )
    delta.flush_commits(location, before + 1)


def check_store(location: Location) -> pd.DataFrame:
    """Give one row a damage of the newest version: report, problem; none where all is whole.

    Looked at: each stored text against its digest, each document's observations against what was added, and each
    observation against the characters of its text. It reads everything.
    """
    snapshot = open_snapshot(location)
    known = list_documents(snapshot)
    rows = read_rows(snapshot, Selection())
    texts = read_texts(location.child("documents"))
    digests = content_digests(rows)
    problems = []
    for report, content, count in zip(known["report"], known["content"], known["rows"], strict=True):
        text = texts.get(report)
        if text is not None and Report(text, "", 0).id != report:
            problems.append((report, "its text is not the one that was added"))
        if count and digests.get(report) != content:
            problems.append((report, "its observations are not those that were added"))
    problems += [
        (report, "has observations but is no document of the store") for report in digests.keys() - set(known["report"])
    ]
    problems += [(report, f"{said!r} does not stand at {start}") for report, start, said in find_misquoted(rows, texts)]
    return pd.DataFrame(sorted(problems), columns=["report", "problem"])
