"""Give the text of reference.md: public names, columns, commands and lexicon tables, as the code itself says them."""

from __future__ import annotations

import argparse
import csv
import inspect
import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zjcompare as zj
from zjcompare.cli.arguments import build_parser
from zjcompare.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LEXICON = HERE.parent / "zjcompare" / "lexicon"
FUNCTIONS = ("read", "tabulate", "audit", "match_pair", "match", "align", "compare")
RECORDS = ("Report", "Match", "Comparison", "Store", "Lexicon")
FRAMES = ("trends", "changes", "checks", "leads")
_DOCTEST = re.compile(r"^>>> .*?(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
_HEAD = """# Reference

This page is made by `make docs` from the code, its docstrings and its data files; a test fails where it has drifted.

Nothing here prints, reads the network, or has global options. Whatever takes long takes `progress=`, a function that
is called with how much is done, and of how much. Wrong use is a `TypeError`, a `ValueError` or a `KeyError`; bad
input is one of the [errors](#errors) below.
"""


def reference() -> str:
    """Give the whole page."""
    parts = [_HEAD, "## Functions", *_functions(), "## Records", *_records(), "## Errors", _errors()]
    parts += ["## The table", _columns(), "## The frames of a comparison", *_frames()]
    parts += ["## The command", *_commands(), "## The lexicon", *_lexicon()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _docs(value: object) -> str:
    """Give a docstring as Markdown, without its examples, which the tests run where they stand."""
    return _DOCTEST.sub("", inspect.getdoc(value) or "").strip()


def _signature(name: str, value: Any) -> str:
    """Give how a function is called: its parameters and defaults, with what it gives."""
    signature = inspect.signature(value)
    shown = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
        if parameter.name != "self"
    ]
    returned = signature.return_annotation
    arrow = "" if returned is inspect.Signature.empty else f" → {returned}"
    return f"`{name}{inspect.Signature(shown)}{arrow}`"


def _functions() -> Iterator[str]:
    for name in FUNCTIONS:
        value = getattr(zj, name)
        yield f"### {name}"
        yield _signature(f"zj.{name}", value)
        yield _docs(value)


def _records() -> Iterator[str]:
    for name in RECORDS:
        value = getattr(zj, name)
        yield f"### {name}"
        yield _docs(value)
        yield "\n".join(_members(name, value))


def _members(name: str, value: type) -> Iterator[str]:
    """Give a list of the fields, properties and methods of a class, in the order in which it has them."""
    for field, annotation in inspect.get_annotations(value).items():
        yield f"- `.{field}`: {annotation}"
    for member, found in vars(value).items():
        if member.startswith("_") or member in inspect.get_annotations(value):
            continue
        function = getattr(found, "__func__", found)
        if inspect.isfunction(function):
            owner = f"zj.{name}" if isinstance(found, staticmethod) else ""
            yield f"- {_signature(f'{owner}.{member}', function)}: {_in_one_line(function)}"
        elif inspect.getdoc(found):
            yield f"- `.{member}`: {_in_one_line(found)}"


def _in_one_line(value: object) -> str:
    return " ".join(_docs(value).split())


def _errors() -> str:
    errors = [name for name in sorted(zj.__all__) if name.endswith("Error")]
    return "\n".join(f"- `zj.{name}`: {_in_one_line(getattr(zj, name))}" for name in errors)


def columns() -> list[dict[str, str]]:
    """Give what columns.csv says of the columns of the table."""
    with (HERE / "columns.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _columns() -> str:
    said = {row["column"]: row for row in columns()}
    head = "`zj.SCHEMA` is this table as an Arrow schema. A column whose type ends in `?` may be empty.\n\n"
    rows = ["| column | type | what it says | for example | SDMX |", "|---|---|---|---|---|"]
    for field in zj.SCHEMA:
        kind = f"{field.type}{'?' if field.nullable else ''}"
        sdmx = field.metadata[b"sdmx"].decode()
        row = said[field.name]
        rows.append(f"| `{field.name}` | {kind} | {row['meaning']} | {row['example']} | {sdmx} |")
    return head + "\n".join(rows)


def _frames() -> Iterator[str]:
    yield "`align` adds `series`, `series_name` and `conflict` to the table; `match` says the columns of `matches`."
    for name in FRAMES:
        module = import_module(f"zjcompare.{name}")
        yield f"### {name}"
        yield _docs(module)
        if name == "changes":
            yield _docs(module.find_changes)


def _commands() -> Iterator[str]:
    parser = build_parser()
    yield parser.epilog or ""
    yield from _subcommands("zjcompare", parser)


def _subcommands(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """Give the commands below a parser, each with its options."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list what it knows
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - the same
            continue
        for command, below in action.choices.items():
            yield from _subcommands(f"{name} {command}", below)
            if below.description:
                yield f"### {name} {command}"
                yield below.description
                yield "\n".join(_options(below))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list what it knows
        if action.dest != "help":
            shown = ", ".join(action.option_strings) or action.metavar or action.dest
            yield f"- `{shown}`{f': {action.help}' if action.help else ''}"


def _lexicon() -> Iterator[str]:
    yield (
        "Each table is a file of `zjcompare/lexicon/`. `Lexicon.extend` takes files of the same names and columns."
        " A row with the key of a shipped row replaces it. [Teach it your words](extending.md) shows how."
    )
    notes = _notes()
    for name, layout in tomllib.loads((LEXICON / "tables.toml").read_text(encoding="utf-8")).items():
        first = Lexicon.default().rows(name)[0]
        columns = ", ".join(f"`{column}`" for column in layout["columns"])
        key = ", ".join(f"`{column}`" for column in layout["unique"])
        optional = ", ".join(f"`{column}`" for column in layout["columns"] if column not in layout["filled"])
        empty = f" May be empty: {optional}." if optional else ""
        yield f"### {name}.csv"
        yield notes[name] or "The same for the file above."
        yield (f"Columns: {columns}. Key: {key}.{empty} The first row: `{','.join(first.values())[:120]}`")
        yield from (_described(choices) for choices in layout.get("choices", {}).values() if isinstance(choices, dict))


def _described(choices: dict[str, str]) -> str:
    """Give the values that a column may have, each with what it says."""
    return "\n".join(f"- `{choice}`: {said}" for choice, said in choices.items())


def _notes() -> dict[str, str]:
    """Give the remark that stands above each table in tables.toml."""
    notes: dict[str, str] = {}
    remark: list[str] = []
    for line in (LEXICON / "tables.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            remark.append(line.removeprefix("#").strip())
        elif line.startswith("["):
            notes[line.strip("[]")] = " ".join(remark)
            remark = []
        elif not line:
            remark = []
    return notes
