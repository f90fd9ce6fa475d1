"""The log of the observations → commits: which version was made when, by what, of which documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from zjcompare.errors import StoreError
from zjcompare.store.delta import read_history
from zjcompare.table import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deltalake import DeltaTable

    from zjcompare.store.location import Location

Operation = Literal["create", "add", "reread", "tidy", "migrate"]
AsOf = int | str | date | datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """One version of the store: when it was made (UTC), by which operation, package and lexicon; what it brought."""

    version: int
    time: datetime
    operation: str
    documents: int = 0
    rows: int = 0
    package: str = ""
    lexicon: str = ""
    schema_version: str = ""
    batch: str = ""


def describe_commit(
    operation: Operation, *, lexicon: str, at: datetime, batch: str = "", documents: int = 0, rows: int = 0
) -> dict[str, str]:
    """Give what a commit says about itself in the log, where it survives any copy of the folder."""
    return {
        **metadata(lexicon),
        "zjcompare.operation": operation,
        "zjcompare.time": at.isoformat(timespec="microseconds"),
        "zjcompare.batch": batch,
        "zjcompare.documents": str(documents),
        "zjcompare.rows": str(rows),
    }


def read_commits(table: DeltaTable, location: Location) -> list[Commit]:
    """Give all commits up to the opened version, oldest first.

    Versions are counted from the oldest entry: `history()` counts from the newest and is wrong by as many commits as
    other processes make meanwhile.
    """
    actions = read_history(table, location)
    return [_commit(number, action) for number, action in enumerate(actions[: table.version() + 1])]


def _commit(number: int, action: dict[str, Any]) -> Commit:
    stated = str(action.get("zjcompare.time", ""))
    moment = (
        datetime.fromisoformat(stated) if stated else datetime.fromtimestamp(int(action.get("timestamp", 0)) / 1e3, UTC)
    )
    return Commit(
        version=number,
        time=moment,
        operation=str(action.get("zjcompare.operation", action.get("operation", ""))),
        documents=int(action.get("zjcompare.documents", 0)),
        rows=int(action.get("zjcompare.rows", 0)),
        package=str(action.get("zjcompare.version", "")),
        lexicon=str(action.get("zjcompare.lexicon", "")),
        schema_version=str(action.get("zjcompare.schema_version", "")),
        batch=str(action.get("zjcompare.batch", "")),
    )


def next_time(commits: Sequence[Commit]) -> datetime:
    """Give the present in UTC, or a microsecond after the last commit where a clock has gone back."""
    now = datetime.now(UTC)
    return max(now, commits[-1].time + timedelta(microseconds=1)) if commits else now


def find_version(commits: Sequence[Commit], as_of: AsOf, uri: str) -> int:
    """Give the version that was the newest at a moment.

    A whole number is a version; a date, or its ISO text, means the end of that day in UTC; a datetime needs its zone
    (`ValueError` without). Raises `StoreError` where the store is younger than that, or has no such version.
    """
    if isinstance(as_of, int):
        return check_version(commits, as_of, uri)
    moment = _moment(as_of)
    stood = [commit.version for commit in commits if commit.time <= moment]
    if not stood:
        raise StoreError(f"{uri}: nothing stood as of {as_of}; the store began at {commits[0].time.isoformat()}")
    return stood[-1]


def check_version(commits: Sequence[Commit], number: int, uri: str) -> int:
    """Give the version back if the store has it."""
    if not 0 <= number <= commits[-1].version:
        raise StoreError(f"{uri}: has no version {number}; its versions are 0 to {commits[-1].version}")
    return number


def _moment(as_of: str | date | datetime) -> datetime:
    if isinstance(as_of, str):
        as_of = date.fromisoformat(as_of) if len(as_of) == len("2024-03-01") else datetime.fromisoformat(as_of)
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of, time.max, UTC)
    if as_of.tzinfo is None:
        raise ValueError(f"as_of={as_of.isoformat()} has no time zone; write e.g. datetime.now(timezone.utc)")
    return as_of


def reader_name(lexicon: str) -> str:
    """Give the name of who reads: the version of the package and the digest of the lexicon."""
    return f"{version('zjcompare')}+{lexicon}"
