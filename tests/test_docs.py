"""The documentation: every Python example runs, every link leads somewhere, every command is one that there is."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from zjcompare.cli.arguments import build_parser

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [code for kind, code in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs_from_top_to_bottom(page, tmp_path, monkeypatch):
    for name in ("seeds", "datasets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()):
        exec("\n".join(blocks(page, "python")), {})  # noqa: S102 (our own pages)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_are_understood(page):
    lines = [line for code in blocks(page, "") for line in code.splitlines() if line.startswith("zjcompare ")]
    for line in lines:
        build_parser().parse_args(line.split("#")[0].split()[1:])


def test_the_links_of_the_pages_lead_somewhere():
    for page in PAGES:
        links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
        assert not [link for link in links if not (page.parent / link).exists()]
