"""A path → the documents there, in an order that does not depend on the machine."""

from __future__ import annotations

import os
from pathlib import Path

from zjcompare.errors import ReadError

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".html", ".htm", ".docx", ".pdf", ".png", ".jpg", ".jpeg"})
"""The suffixes of documents that a folder is searched for; a table of figures is read where it is given by name."""


def find_documents(source: str | os.PathLike[str]) -> list[Path]:
    """Give the path itself, or for a folder the documents in it and in its subfolders, sorted by name.

    Hidden files, pipes and devices, and folders that are links, are passed over. Raises `ReadError` for a path that is
    not there, or a folder without a document.
    """
    path = Path(source)
    if not path.is_dir():
        if not path.exists():
            raise ReadError(f"{path}: no such file or folder")
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]  # which `os.walk` reads after us
        found += filter(_can_be_read, (Path(folder, name) for name in names if _is_document(name)))
    if not found:
        raise ReadError(f"{path}: holds no document ({', '.join(sorted(SUFFIXES))})")
    return sorted(found, key=lambda each: each.relative_to(path).parts)


def _is_document(name: str) -> bool:
    return not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES


def _can_be_read(path: Path) -> bool:
    """Tell a file, or a link whose error is to be told, from a pipe or a device, on which a reader would wait."""
    return path.is_file() or not path.exists()
