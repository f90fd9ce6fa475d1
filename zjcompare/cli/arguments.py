"""The commands and their options, as argparse knows them."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from zjcompare.cli import commands
from zjcompare.layouts import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

_EXIT = (
    "Exit code: 0 done, 1 an error, 2 wrong use, 3 done but for files that could not be read (named on standard error)."
)
_SOURCES = "a document (text, Markdown, HTML, .docx, .pdf, .xlsx, .csv, a picture) or a folder of them"


def build_parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line; what a command runs is in `run` of what it parses."""
    parser = argparse.ArgumentParser(
        prog="zjcompare",
        description="Reads Chinese annual government summaries, finds each indicator in other years, tells changes.",
        epilog=_EXIT,
    )
    parser.add_argument("--version", action="version", version=f"zjcompare {version('zjcompare')}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    compare = _command(subparsers, "compare", commands.compare, "compare reports of several years and write the story")
    compare.add_argument("sources", nargs="+", metavar="SOURCE", help=f"{_SOURCES}; or a store, as store:FOLDER")
    compare.add_argument("-o", "--out", type=Path, default=Path("out"), help="folder to write into (default: out)")
    compare.add_argument("--title", help="headline of the story (default: made from place and years)")
    compare.add_argument(
        "--decisions", type=Path, help="CSV of people's answers on pairs of names, as `review` writes it"
    )
    compare.add_argument("--font", type=Path, help="font file with Chinese glyphs, for the charts")
    _add_reading(compare)

    read = _command(subparsers, "read", commands.read, "read documents into the table of observations")
    read.add_argument("sources", nargs="+", metavar="SOURCE", help=_SOURCES)
    _add_output(read)
    _add_reading(read)

    audit = _command(subparsers, "audit", commands.audit, "account for every numeral of documents")
    audit.add_argument("sources", nargs="+", metavar="SOURCE", help=_SOURCES)
    _add_output(audit)
    _add_reading(audit)

    match = _command(subparsers, "match", commands.match, "say whether two names mean one indicator, and why")
    match.add_argument("a", metavar="NAME")
    match.add_argument("b", metavar="NAME")
    match.add_argument("--lexicon", type=Path, help="folder with lexicon files of your own")

    review = _command(subparsers, "review", commands.review, "list the pairs of names that a person should decide")
    review.add_argument("sources", nargs="*", metavar="SOURCE", help=f"{_SOURCES}; none is needed with --apply")
    review.add_argument("--apply", type=Path, metavar="CSV", help="answers to keep: the CSV that the page saves")
    review.add_argument(
        "--decisions", type=Path, default=Path("decisions.csv"), metavar="CSV",
        help="answers kept so far: their pairs are not asked again (default: decisions.csv)",
    )  # fmt: skip
    review.add_argument("-o", "--out", type=Path, default=Path("review"), help="folder to write into (default: review)")
    _add_reading(review)
    _add_store(subparsers)
    return parser


def _add_store(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    store = subparsers.add_parser("store", help="keep observations with all their versions", epilog=_EXIT)
    actions = store.add_subparsers(required=True, metavar="ACTION")
    add = _command(actions, "add", commands.store_add, "add documents to a store")
    add.add_argument("store", help="a folder, or s3://…")
    add.add_argument("sources", nargs="+", metavar="SOURCE", help=_SOURCES)
    _add_reading(add)
    read = _command(actions, "read", commands.store_read, "give the observations of a store")
    read.add_argument("store", help="a folder, or s3://…")
    read.add_argument("--place", action="append", help="only this place (may be repeated)")
    read.add_argument("--years", type=_years, help="only these years, as 2019 or 2015-2023")
    read.add_argument("--indicator", action="append", help="only this indicator (may be repeated)")
    moment = read.add_mutually_exclusive_group()
    moment.add_argument("--at", type=int, metavar="VERSION", help="as it stood at this version")
    moment.add_argument("--as-of", metavar="DATE", help="as it stood at this time, as 2026-03-01")
    _add_output(read)
    versions = _command(actions, "versions", commands.store_versions, "list the versions of a store")
    versions.add_argument("store", help="a folder, or s3://…")
    _add_output(versions)


def _command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=_EXIT)
    parser.set_defaults(run=run)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what the documents are, where they do not say it themselves")
    group.add_argument("--place", help="the place that they are about, as 镇江市")
    group.add_argument("--year", type=int, help="the year under review")
    group.add_argument("--kind", help="the kind of document, as 政府工作报告")
    group.add_argument("--encoding", help="the encoding of text files, where it is not found")
    group.add_argument(
        "--column", action="append", type=_column, metavar="ROLE=HEAD", default=[],
        help=f"the head of a column of a .csv or .xlsx: ROLE is one of {', '.join(ROLES)} (may be repeated)",
    )  # fmt: skip
    many = parser.add_argument_group("many documents")
    many.add_argument(
        "--jobs", type=int, metavar="N", help="processes to read with (default: all cores for many documents)"
    )
    many.add_argument("--resume", type=Path, metavar="FOLDER", help="keep what is read there, and take up from it")
    many.add_argument("--engine", metavar="ENGINE", help="serial, processes, dask, or the address of a Dask scheduler")
    parser.add_argument("--lexicon", type=Path, help="folder with lexicon files of your own")
    parser.add_argument("--no-progress", action="store_true", help="draw no progress bar")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--out", type=Path, help="a .csv, .jsonl, .parquet or .xlsx file (default: CSV on standard output)"
    )


def _column(text: str) -> tuple[str, str]:
    """Give role and head of indicator=指标."""
    role, _, head = text.partition("=")
    if role not in ROLES or not head:
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE=HEAD with one of {', '.join(ROLES)} before the =")
    return role, head


def _years(text: str) -> list[int]:
    """Give the years of 2019, 2015-2023 or 2015,2019."""
    years: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            raise argparse.ArgumentTypeError(f"{text!r} is no year, range (2015-2023) or list (2015,2019) of years")
        years.extend(range(int(first), int(last or first) + 1))
    return years
