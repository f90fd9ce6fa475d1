"""Sources on the command line → parts that were read, and what could not be read, named on standard error."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from zjcompare.batches import BATCH, Given, Parts, read_parts
from zjcompare.cli.bars import Bar
from zjcompare.errors import ReadError
from zjcompare.lexicon import Lexicon
from zjcompare.report import find_documents

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

SOME_FAILED = 3


class Documents:
    """The documents of the sources, read into parts: in the folder of `--resume`, else in a private temporary one.

    A document that cannot be read stops no other. Raises `ReadError` where none can be read.
    """

    def __init__(self, options: argparse.Namespace, sources: Sequence[str]) -> None:
        self._options = options
        self._sources = sources
        self._stack = ExitStack()
        self._failures: list[str] = []
        self._count = 0
        self.lexicon = find_lexicon(options)
        self.parts = Parts(())

    def __enter__(self) -> Self:
        options = self._options
        paths = [path for source in self._sources for path in self._found(source)]
        folder = options.resume or self._stack.enter_context(tempfile.TemporaryDirectory(prefix="zjcompare-"))
        few = len(paths) <= 2 * BATCH and options.engine is None
        try:
            with Bar("reading documents", shown=not options.no_progress) as bar:
                self.parts = read_parts(
                    paths,
                    folder,
                    given=Given(options.place, options.year, options.kind, options.encoding, tuple(options.column)),
                    lexicon=None if options.lexicon is None else self.lexicon,
                    engine=options.engine,
                    jobs=options.jobs or (1 if few else None),
                    progress=bar.update,
                )
            self._failures += [error for _, error in self.parts.failures]
            self._count = len(set(map(str, paths))) + len(self._failures) - len(self.parts.failures)
            for error in self._failures:
                sys.stderr.write(f"zjcompare: {error}\n")
            self._check_any()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def exit_code(self) -> int:
        """Give 0, or 3 and a line on standard error where some documents could not be read."""
        if not self._failures:
            return 0
        sys.stderr.write(f"zjcompare: {len(self._failures)} of {self._count} documents could not be read\n")
        return SOME_FAILED

    def _check_any(self) -> None:
        if self._sources and len(self._failures) == self._count:
            raise ReadError("no document could be read")

    def _found(self, source: str) -> list[Path]:
        try:
            return find_documents(source)
        except ReadError as error:
            self._failures.append(str(error))
            return []


def find_lexicon(options: argparse.Namespace) -> Lexicon:
    """Give the shipped lexicon, extended by the files that `--lexicon` names."""
    return Lexicon.default() if options.lexicon is None else Lexicon.default().extend(options.lexicon)
