"""A store's folder → whether its log is whole, before anything is read from it.

The engine opens a table whose newest log file is empty, and silently lacks its rows: a power cut leaves such files
where a program did not wait for the disk. So does any other log file that was emptied. Object stores write whole
objects or none, and need none of this.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from zjcompare.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from deltalake import DeltaTable

    from zjcompare.store.location import Location

OWN = frozenset({"observations", "documents", ".lock"})
"""What a store's folder holds."""

_MAGIC = b"PAR1"
_ADDED = ("num_added_files", "numFilesAdded")


def check_folder(location: Location, *, creating: bool = False) -> None:
    """Raise `StoreError` where a local folder holds no store (or, creating one, holds other things)."""
    folder = location.folder
    if folder is None or (folder / "observations" / "_delta_log").is_dir():
        return
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; a store needs a folder of its own")
    others = {path.name for path in folder.iterdir()} - OWN if folder.is_dir() else set()
    if others:
        raise StoreError(
            f"{folder} is no store: it holds {min(others)!r} and no observations; give a folder of its own"
        )
    if not creating:
        raise StoreError(f"{folder}: there is no store here; check the path, or make one by adding to it")


def check_log(location: Location) -> None:
    """Raise `StoreError` where the log of a local table has a gap, an empty file or a broken end."""
    if location.folder is None:
        return
    log = location.folder / "_delta_log"
    if not log.is_dir():
        raise StoreError(f"{location.folder}: this part of the store is gone; restore it from a backup")
    commits = sorted(path for path in log.glob("*.json") if path.stem.isdigit())
    numbers = [int(path.stem) for path in commits]
    if not numbers or numbers != list(range(len(numbers))):
        missing = sorted(set(range(max(numbers, default=0) + 1)) - set(numbers))
        raise StoreError(
            f"{log}: the log files of versions {missing} are gone, so old versions cannot be read; restore them from a "
            f"backup, and let no other program clean them up"
        )
    for path in commits:
        if path.stat().st_size == 0:
            raise _damaged(path, "is empty", newest=path == commits[-1])
    checkpoint = _find_checkpoint(log)
    for path in commits[checkpoint:]:
        _check_commit(path, newest=path == commits[-1])


def _find_checkpoint(log: Path) -> int:
    """Give the version of the newest checkpoint, 0 without one, having looked whether it is whole."""
    checkpoints = sorted(log.glob("*.checkpoint*.parquet"))
    for path in checkpoints[-1:]:
        with path.open("rb") as stream:
            start = stream.read(4)
            stream.seek(max(-4, -path.stat().st_size), 2)
            end = stream.read(4)
        if (start, end) != (_MAGIC, _MAGIC):
            raise StoreError(
                f"{path} is damaged; delete it and {log / '_last_checkpoint'}: it only speeds up opening, and the log "
                f"files beside it hold the same"
            )
        return int(path.name.split(".")[0])
    return 0


def _check_commit(path: Path, *, newest: bool) -> None:
    """Raise `StoreError` where a log file is not whole: not JSON, or fewer files than it says it added."""
    try:
        actions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        added = sum("add" in action for action in actions)
        metrics = next(action["commitInfo"] for action in actions if "commitInfo" in action).get("operationMetrics", {})
    except (ValueError, TypeError, StopIteration) as error:
        raise _damaged(path, f"is damaged ({type(error).__name__})", newest=newest) from error
    for name in _ADDED:
        if int(metrics.get(name, added)) != added:
            raise _damaged(path, f"names {added} files of {metrics[name]}", newest=newest)


def _damaged(path: Path, what: str, *, newest: bool) -> StoreError:
    if newest:
        return StoreError(
            f"{path} {what}, as after a power cut: restore it from a backup, or, if what it added can be added again, "
            f"move it away; the versions before it are whole"
        )
    return StoreError(f"{path} {what}: restore it from a backup or from a copy of the store")


def check_paths(table: DeltaTable, location: Location) -> None:
    """Raise `StoreError` where the log points to a file outside the table's own folder."""
    for path in table.get_add_actions(flatten=True)["path"].to_pylist():
        plain = unquote(path)
        if "://" in plain or plain.startswith("/") or "\\" in plain or ".." in plain.split("/"):
            raise StoreError(
                f"{location.uri}: its log points outside of its folder, to {path}; do not trust this store"
            )


def find_damaged_files(table: DeltaTable, location: Location) -> list[str]:
    """Say which files of a local table are gone or have another size than the log says."""
    if location.folder is None:
        return []
    actions = table.get_add_actions(flatten=True)
    damaged = []
    for path, size in zip(actions["path"].to_pylist(), actions["size_bytes"].to_pylist(), strict=True):
        file = location.folder / unquote(path)
        if not file.exists():
            damaged.append(f"{file} is gone")
        elif file.stat().st_size != size:
            damaged.append(f"{file} has {file.stat().st_size} bytes of {size}")
    return damaged
