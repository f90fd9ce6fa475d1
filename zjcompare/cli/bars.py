"""Progress on standard error, for a person who waits."""

from __future__ import annotations

import sys
import time
from typing import Self

_WIDTH, _EVERY = 24, 0.1


class Bar:
    """A progress bar: drawn in a terminal only, ten times a second at most, and wiped when the work is done.

    `update` has the shape of the `progress=` that the library's functions take.
    """

    def __init__(self, label: str, *, shown: bool) -> None:
        self._label = label
        self._shown = shown and sys.stderr.isatty()
        self._started = self._drawn = 0.0

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def update(self, done: int, total: int) -> None:
        """Draw how much is done, how fast it goes and how long it will yet take."""
        now = time.monotonic()
        if not self._shown or (now - self._drawn < _EVERY and done < total):
            return
        self._drawn = now
        rate = done / max(now - self._started, 1e-9)
        left = (total - done) / rate if rate else 0.0
        filled = "█" * (_WIDTH * done // max(total, 1))
        sys.stderr.write(f"\r\x1b[K{self._label} {filled:·<{_WIDTH}} {done}/{total}  {rate:.1f}/s  {_clock(left)} left")
        sys.stderr.flush()


def _clock(seconds: float) -> str:
    """Give seconds as a clock shows them.

    >>> _clock(75), _clock(4000)
    ('1:15', '1:06:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
