"""A file of ours → written whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a new file beside `path` to write into; it takes the place of `path` when all went well, else it is gone.

    Nobody can have put a link under its name, which is not to be guessed. What `path` may be read by stays.
    """
    target = Path(path).resolve()
    part = target.with_name(f".{uuid.uuid4().hex}.tmp")
    part.touch(exist_ok=False)
    try:
        if target.exists():
            shutil.copymode(target, part)
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
