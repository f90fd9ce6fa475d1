"""Run the examples of a page, and hold what they print against what the page shows.

    python docs/examples.py docs/start.md            # says what differs
    python docs/examples.py --write docs/start.md    # writes what was printed into the page

A page is run from top to bottom in a new folder that holds copies of `seeds/`, `datasets/` and `zjcompare/`. Of its
fenced blocks, `python` and `sh` are run; `text` is what the block before it prints; a block with a file name is written
into the folder; `diff` is applied to it. A block without a language is run by nobody.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"^```(?P<language>\w*)(?: (?P<file>\S+))?\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_COPIED = ("seeds", "datasets", "zjcompare")


class Block(NamedTuple):
    """One fenced block of a page: its language, the file that it is, its text, and where the text stands."""

    language: str
    file: str
    code: str
    start: int
    end: int


def blocks_of(page: str) -> list[Block]:
    """Give the fenced blocks of a page, in order."""
    return [
        Block(match["language"], match["file"] or "", match["code"], *match.span("code"))
        for match in _BLOCK.finditer(page)
    ]


def run_page(page: str) -> list[tuple[Block, str, Block | None]]:
    """Run a page in the working directory; give each block that was run, what it printed, and what the page shows."""
    blocks = blocks_of(page)
    names: dict[str, object] = {"__name__": "__main__"}
    done = []
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.file:
            path = Path(block.file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        elif block.language == "diff":
            subprocess.run(["git", "apply", "-"], input=block.code, encoding="utf-8", check=True)  # noqa: S607 - git is where the reader has it
        elif block.language in ("python", "sh"):
            printed = _run_python(block.code, names) if block.language == "python" else _run_shell(block.code)
            done.append((block, printed, after if after is not None and after.language == "text" else None))
    return done


def _run_python(code: str, names: dict[str, object]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "<example>", "exec"), names)  # noqa: S102 - the pages are our own
    return printed.getvalue()


def _run_shell(code: str) -> str:
    paths = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    environment = os.environ | {"PATH": os.pathsep.join(paths), "PYTHONPATH": str(Path.cwd()), "PYTHONUTF8": "1"}
    command = ["bash", "-euo", "pipefail", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - the pages are our own
    if done.returncode:
        raise RuntimeError(f"{code}\n{done.stderr}")
    return done.stdout


def differences(done: list[tuple[Block, str, Block | None]]) -> list[str]:
    """Say, for each block that printed something else than the page shows, what."""
    return [
        f"{block.code}prints\n{printed}and not\n{'' if shown is None else shown.code}"
        for block, printed, shown in done
        if printed != ("" if shown is None else shown.code)
    ]


def rewritten(page: str, done: list[tuple[Block, str, Block | None]]) -> str:
    """Give the page with what was printed in the place of what it shows."""
    for _, printed, shown in reversed(done):
        if shown is not None:
            page = page[: shown.start] + printed + page[shown.end :]
    return page


def run_in_new_folder(page: str) -> list[tuple[Block, str, Block | None]]:
    """Run a page as `run_page` does, in a folder of its own that is gone afterwards."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name in _COPIED:
            shutil.copytree(ROOT / name, Path(folder, name), ignore=shutil.ignore_patterns("__pycache__"))
        os.chdir(folder)
        try:
            return run_page(page)
        finally:
            os.chdir(before)


def main(arguments: list[str]) -> int:
    """Run the pages that the command names; give 1 where one prints something else than it shows."""
    paths = [Path(argument) for argument in arguments if argument != "--write"]
    failed = 0
    for path in paths:
        page = path.read_text(encoding="utf-8")
        done = run_in_new_folder(page)
        if "--write" in arguments:
            path.write_text(rewritten(page, done), encoding="utf-8")
            continue
        for difference in differences(done):
            sys.stdout.write(f"{path}:\n{difference}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] - it is a text stream where a program starts
    sys.exit(main(sys.argv[1:]))
