"""What each command does: options in, public functions called, results out.

Each imports what it needs, so that help and errors of use wait for no library.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from zjcompare.cli.bars import Bar

if TYPE_CHECKING:
    import argparse


def compare(options: argparse.Namespace) -> int:
    """Compare the sources and write the story into the folder `options.out`."""
    from zjcompare.cli.documents import Documents
    from zjcompare.comparison import compare as compare_sources
    from zjcompare.decisions import read_decisions
    from zjcompare.store import Store

    stores = [Store(source.removeprefix("store:")) for source in options.sources if source.startswith("store:")]
    files = [source for source in options.sources if not source.startswith("store:")]
    decisions = None if options.decisions is None else read_decisions(options.decisions)
    with Documents(options, files) as documents:
        given = [documents.parts] if files else []
        compared = compare_sources(*given, *stores, title=options.title, decisions=decisions, lexicon=documents.lexicon)
    with Bar("drawing charts", shown=not options.no_progress) as bar:
        page = compared.story(font_path=options.font).save(options.out, progress=bar.update)
    sys.stdout.write(f"{len(compared.table)} observations of {compared.table['report'].nunique()} documents\n{page}\n")
    return documents.exit_code()


def read(options: argparse.Namespace) -> int:
    """Write the table of observations of the sources."""
    from zjcompare.cli.documents import Documents
    from zjcompare.cli.outputs import write_tables

    with Documents(options, options.sources) as documents:
        write_tables(documents.parts.tables(), options.out)
    return documents.exit_code()


def audit(options: argparse.Namespace) -> int:
    """Write the ledger of the sources: every numeral and what became of it, after the name of its document."""
    import pandas as pd

    from zjcompare.cli.documents import Documents
    from zjcompare.cli.outputs import write_frame
    from zjcompare.ledger import audit as audit_report

    with Documents(options, options.sources) as documents:
        ledgers = []
        for report in documents.parts.reports():
            ledger = audit_report(report, lexicon=documents.lexicon)
            ledger.insert(0, "source", report.source)
            ledgers.append(ledger)
        write_frame(pd.concat(ledgers, ignore_index=True), options.out)
    return documents.exit_code()


def match(options: argparse.Namespace) -> int:
    """Print the decision on a pair of names, and each reason with what it weighs."""
    from zjcompare.cli.documents import find_lexicon
    from zjcompare.matches import match_pair

    found = match_pair(options.a, options.b, lexicon=find_lexicon(options))
    sys.stdout.write(f"{found.decision} ({found.relation}), probability {found.probability:.2f}\n")
    for reason, weight in sorted(found.why.items(), key=lambda item: -abs(item[1])):
        sys.stdout.write(f"{weight:+6.2f}  {reason}\n")
    return 0


def review(options: argparse.Namespace) -> int:
    """Write the pairs of names that a person should decide, or keep the answers, and print where they are."""
    from zjcompare.cli.documents import Documents
    from zjcompare.decisions import keep_decisions, read_decisions
    from zjcompare.matches import match as match_names
    from zjcompare.review import write_review
    from zjcompare.table import to_frame

    if options.apply is not None:
        kept = keep_decisions(options.decisions, read_decisions(options.apply))
        sys.stdout.write(f"{len(kept)} decisions kept\n{options.decisions}\n")
    if not options.sources:
        return 0
    decisions = read_decisions(options.decisions) if options.decisions.exists() else None
    with Documents(options, options.sources) as documents:
        pairs = match_names(to_frame(documents.parts.table()), decisions, lexicon=documents.lexicon)
    sheet, page = write_review(pairs, options.out)
    sys.stdout.write(f"{int(pairs['decision'].eq('review').sum())} pairs to decide\n{sheet}\n{page}\n")
    return documents.exit_code()


def store_add(options: argparse.Namespace) -> int:
    """Add the sources to a store, as one commit, and print the version that it made."""
    from zjcompare.cli.documents import Documents
    from zjcompare.store import Store
    from zjcompare.table import to_frame

    with Documents(options, options.sources) as documents:
        parts = documents.parts
        added = Store(options.store).add(to_frame(parts.table()), reports=parts.reports(), lexicon=documents.lexicon)
    sys.stdout.write(f"{added!r}\n")
    return documents.exit_code()


def store_read(options: argparse.Namespace) -> int:
    """Write the observations that a store holds, or held."""
    from zjcompare.cli.outputs import write_frame
    from zjcompare.store import Store

    rows = Store(options.store).read(
        place=options.place, years=options.years, indicator=options.indicator, version=options.at, as_of=options.as_of
    )
    write_frame(rows, options.out)
    return 0


def store_versions(options: argparse.Namespace) -> int:
    """Write the versions of a store, one row each."""
    from zjcompare.cli.outputs import write_frame
    from zjcompare.store import Store

    write_frame(Store(options.store).versions(), options.out)
    return 0
