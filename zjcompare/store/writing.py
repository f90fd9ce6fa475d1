"""What is to be added → one commit, or none, in one order with the commits of all other processes."""

from __future__ import annotations

import os
import random
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from zjcompare.errors import StoreError
from zjcompare.store import delta, documents, integrity, journal, schemas
from zjcompare.store.additions import ROWS_WRITTEN, number_editions, plan_additions, summarize
from zjcompare.store.snapshot import list_documents, open_snapshot
from zjcompare.table import SCHEMA, SCHEMA_VERSION

try:
    import fcntl
except ImportError:  # Windows: the order of commits holds there too, only with more tries
    fcntl = None  # type: ignore[assignment]  # a module that is absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from zjcompare.lexicon import Lexicon
    from zjcompare.store.additions import Addition, Planned
    from zjcompare.store.documents import Document
    from zjcompare.store.location import Location

_ATTEMPTS = 50
Result = TypeVar("Result")


def create_store(location: Location, lexicon: Lexicon) -> None:
    """Create the two empty tables of a store where there is none; another process may do the same at the same time."""
    with delta.storage_errors(location, "looking at the folder"):
        integrity.check_folder(location, creating=True)
    observations = location.child("observations")
    if delta.exists(observations):
        return
    about = journal.describe_commit("create", lexicon=lexicon.digest, at=journal.next_time(()))
    properties = {schemas.PROPERTY: str(SCHEMA_VERSION)}
    with _in_turn(location):
        delta.create_table(
            location.child("documents"), documents.DOCUMENTS_SCHEMA, properties=properties, about=about, partition=()
        )
        delta.create_table(observations, SCHEMA, properties=properties, about=about, partition=("year",))


def commit_documents(location: Location, rows: pa.Table, incoming: Sequence[Document], lexicon: Lexicon) -> Addition:
    """Add what of the incoming documents, and of their rows, is new.

    The documents are written first, and count once the commit of their observations names their batch. Raises
    `StoreError` where others commit in between again and again.
    """
    return in_order(location, lambda: _commit_once(location, rows, incoming, lexicon))


def in_order(location: Location, commit: Callable[[], Result]) -> Result:
    """Give what a commit gives, tried again as long as other processes commit first."""
    with _in_turn(location):
        for attempt in range(_ATTEMPTS):
            try:
                return commit()
            except delta.ConflictError:
                time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 # spreads writers, hides nothing
    raise StoreError(f"{location.uri}: other processes committed {_ATTEMPTS} times in between; try again later")


def _commit_once(location: Location, rows: pa.Table, incoming: Sequence[Document], lexicon: Lexicon) -> Addition:
    snapshot = open_snapshot(location)
    schemas.check_current(snapshot.table, location.uri)
    reader = journal.reader_name(lexicon.digest)
    known = list_documents(
        snapshot, places=sorted({new.place for new in incoming}), reports=[new.report for new in incoming]
    )
    planned = plan_additions(incoming, known, reader)
    writing = [plan for plan in planned if plan.outcome != "already there"]
    if not writing:
        return summarize(snapshot.version, planned)
    at, batch = journal.next_time(snapshot.commits), uuid.uuid4().hex
    records = documents.as_rows([plan.document for plan in writing], reader=reader, batch=batch, added=at)
    texts = location.child("documents")
    delta.append_rows(delta.open_table(texts), texts, records)
    changing = [plan for plan in writing if plan.outcome in ROWS_WRITTEN]
    new = number_editions(rows, {plan.document.report: plan.document.edition for plan in changing})
    about = journal.describe_commit(
        "add", lexicon=lexicon.digest, at=at, batch=batch, documents=len(writing), rows=new.num_rows
    )
    observations = location.child("observations")
    version = delta.write_rows(snapshot.table, observations, new, replacing=_replaced(changing), about=about)
    return summarize(version, planned)


def _replaced(writing: Sequence[Planned]) -> str | None:
    """Give the condition that finds the rows to replace, where any document is read again."""
    if not any(plan.outcome == "read again" for plan in writing):
        return None
    return delta.is_one_of("report", [plan.document.report for plan in writing])


@contextmanager
def _in_turn(location: Location) -> Iterator[None]:
    """Let the processes of one machine write one after the other, so that none works in vain; more is not needed of it.

    Raises `StoreError` where this user may not write.
    """
    if location.folder is None or fcntl is None:
        yield
        return
    try:
        location.folder.mkdir(parents=True, exist_ok=True)
        for folder in (location.folder, *location.folder.glob("*/_delta_log")):
            if not os.access(folder, os.W_OK):
                raise PermissionError(f"{folder} is read-only")
        lock = (location.folder / ".lock").open("ab")
    except OSError as error:
        raise StoreError(
            f"{location.folder}: cannot be written to ({error}); ask for the right to, or copy the store elsewhere"
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
