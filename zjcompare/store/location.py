"""What the user names → where the store is: a folder of this machine, or a place on an object store."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from zjcompare.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_REMOTE = frozenset({"s3", "s3a", "gs", "az", "adl", "abfs", "abfss"})


@dataclass(frozen=True, slots=True)
class Location:
    """Where a store, or one of its tables, lies: its URI, its folder where it is local, and the options to reach it."""

    uri: str
    folder: Path | None
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def child(self, name: str) -> Location:
        """Give the location of one of the store's own tables."""
        return Location(
            f"{self.uri.rstrip('/')}/{name}", None if self.folder is None else self.folder / name, self.options
        )


def find_location(path_or_uri: str | Path, options: Mapping[str, str] | None = None) -> Location:
    """Give the location that a path or URI names.

    A local path is made absolute, so that it stays where it is when the program changes its folder. Raises `StoreError`
    for a scheme that no object store of `deltalake` has, for a URI that climbs (`..`) or carries a query, and for a
    path that `deltalake`, which takes all for UTF-8, would look for elsewhere.
    """
    text = str(path_or_uri)
    if not text or "\0" in text:
        raise StoreError(
            f"{text!r} names no folder; give a path such as 'indicators' or a URI such as 's3://bucket/indicators'"
        )
    if isinstance(path_or_uri, Path) or "://" not in text:
        return _local(Path(text), options)
    parts = urlsplit(text)
    if parts.scheme == "file":
        return _local(Path(url2pathname(parts.path)), options)
    if parts.scheme not in _REMOTE:
        raise StoreError(f"{text}: cannot keep a store on {parts.scheme}://; give a folder or one of {_schemes()}")
    if ".." in unquote(parts.path).split("/") or parts.query or parts.fragment or not parts.netloc:
        raise StoreError(f"{text}: a store's URI names one bucket and one folder, without '..', '?' or '#'")
    return Location(text.rstrip("/"), None, dict(options or {}))


def _local(path: Path, options: Mapping[str, str] | None) -> Location:
    folder = path.absolute()
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8" and not str(folder).isascii():
        raise StoreError(f"{folder}: with file names in {encoding}, a store needs a path in ASCII, or PYTHONUTF8=1")
    return Location(str(folder), folder, dict(options or {}))


def _schemes() -> str:
    return ", ".join(f"{scheme}://" for scheme in sorted(_REMOTE))
