"""What each command does: options in, public functions called, results out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from zjcompare.cli.bars import Bar
from zjcompare.cli.outputs import write_frame
from zjcompare.errors import ReadError, ZjError
from zjcompare.lexicon import Lexicon
from zjcompare.report import find_documents
from zjcompare.report import read as read_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from zjcompare.report import Report

SOME_FAILED = 3


def compare(options: argparse.Namespace) -> int:
    """Compare the sources and write the story into the folder `options.out`."""
    from zjcompare.comparison import compare as compare_sources
    from zjcompare.store import Store

    lexicon = _lexicon(options)
    stores = [Store(source.removeprefix("store:")) for source in options.sources if source.startswith("store:")]
    reports = _Reading(options, [source for source in options.sources if not source.startswith("store:")])
    given = list(reports)
    decisions = None if options.decisions is None else _read_decisions(options.decisions)
    with Bar("reading figures", shown=not options.no_progress) as bar:
        compared = compare_sources(
            *given, *stores, title=options.title, decisions=decisions, lexicon=lexicon, progress=bar.update
        )
    with Bar("drawing charts", shown=not options.no_progress) as bar:
        page = compared.story(font_path=options.font).save(options.out, progress=bar.update)
    sys.stdout.write(f"{len(compared.table)} observations from {len(given)} documents\n{page}\n")
    return reports.exit_code()


def read(options: argparse.Namespace) -> int:
    """Write the table of observations of the sources."""
    from zjcompare.table import tabulate

    reports = _Reading(options, options.sources)
    write_frame(tabulate(reports, lexicon=_lexicon(options)), options.out)
    return reports.exit_code()


def audit(options: argparse.Namespace) -> int:
    """Write the ledger of the sources: every numeral and what became of it, after the name of its document."""
    import pandas as pd

    from zjcompare.ledger import audit as audit_report

    reports = _Reading(options, options.sources)
    ledgers = []
    for report in reports:
        ledger = audit_report(report, lexicon=_lexicon(options))
        ledger.insert(0, "source", report.source)
        ledgers.append(ledger)
    code = reports.exit_code()
    write_frame(pd.concat(ledgers, ignore_index=True), options.out)
    return code


def match(options: argparse.Namespace) -> int:
    """Print the decision on a pair of names, and each reason with what it weighs."""
    from zjcompare.matches import match_pair

    found = match_pair(options.a, options.b, lexicon=_lexicon(options))
    sys.stdout.write(f"{found.decision} ({found.relation}), probability {found.probability:.2f}\n")
    for reason, weight in sorted(found.why.items(), key=lambda item: -abs(item[1])):
        sys.stdout.write(f"{weight:+6.2f}  {reason}\n")
    return 0


def review(options: argparse.Namespace) -> int:
    """Write the pairs of names that a person should decide, with an empty column for the answer."""
    from zjcompare.matches import match as match_names
    from zjcompare.table import tabulate

    reports = _Reading(options, options.sources)
    lexicon = _lexicon(options)
    pairs = match_names(tabulate(reports, lexicon=lexicon), lexicon=lexicon)
    open_pairs = pairs.loc[pairs["decision"].eq("review")].reset_index(drop=True)
    open_pairs.insert(2, "same", "")
    write_frame(open_pairs, options.out)
    return reports.exit_code()


def store_add(options: argparse.Namespace) -> int:
    """Add the sources to a store, as one commit, and print the version that it made."""
    from zjcompare.store import Store

    reports = _Reading(options, options.sources)
    given = list(reports)
    code = reports.exit_code()
    added = Store(options.store).add(given, lexicon=_lexicon(options))
    sys.stdout.write(f"{added}\n")
    return code


def store_read(options: argparse.Namespace) -> int:
    """Write the observations that a store holds, or held."""
    from zjcompare.store import Store

    rows = Store(options.store).read(
        place=options.place, years=options.years, indicator=options.indicator, version=options.at, as_of=options.as_of
    )
    write_frame(rows, options.out)
    return 0


def store_versions(options: argparse.Namespace) -> int:
    """Write the versions of a store, one row each."""
    from zjcompare.store import Store

    write_frame(Store(options.store).versions(), options.out)
    return 0


class _Reading:
    """The documents of the sources, read one by one: what cannot be read is named on standard error and passed over."""

    def __init__(self, options: argparse.Namespace, sources: Sequence[str]) -> None:
        self._options = options
        self._sources = sources
        self._read = 0
        self._failed = 0

    def __iter__(self) -> Iterator[Report]:
        paths = [path for source in self._sources for path in self._found(source)]
        options = self._options
        with Bar("reading documents", shown=not options.no_progress) as bar:
            for done, path in enumerate(paths, 1):
                report = self._attempt(path)
                bar.update(done, len(paths))
                if report is not None:
                    self._read += 1
                    yield report

    def exit_code(self) -> int:
        """Give 0, or 3 where some documents could not be read; raise `ReadError` where none could."""
        if self._sources and not self._read:
            raise ReadError("no document could be read")
        if self._failed:
            sys.stderr.write(f"zjcompare: {self._failed} of {self._failed + self._read} documents could not be read\n")
        return SOME_FAILED if self._failed else 0

    def _found(self, source: str) -> list[Path]:
        try:
            return find_documents(source)
        except ReadError as error:
            self._fail(error)
            return []

    def _attempt(self, path: Path) -> Report | None:
        options = self._options
        try:
            return read_report(
                path, place=options.place, year=options.year, kind=options.kind, encoding=options.encoding,
                lexicon=_lexicon(options),
            )  # fmt: skip
        except ReadError as error:
            self._fail(error)
            return None

    def _fail(self, error: ZjError) -> None:
        self._failed += 1
        sys.stderr.write(f"zjcompare: {error}\n")


def _lexicon(options: argparse.Namespace) -> Lexicon:
    return Lexicon.default() if options.lexicon is None else Lexicon.default().extend(options.lexicon)


def _read_decisions(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        answers: pd.DataFrame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as a CSV of decisions: {error}") from error
    return answers
