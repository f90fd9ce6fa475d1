"""The pages of docs/: every example runs and prints what the page shows; what is made from the code has not drifted."""

import csv
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import zjcompare as zj

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FILE_BLOCK = re.compile(r"([^\n]*)\n\n```\w+ (\S+)\n")


def text_of(page):
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page_runs():
    """Run all pages, two at a time, and give what came of each by its name."""
    with ThreadPoolExecutor(2) as pool:
        yield {page: pool.submit(run, "docs/examples.py", f"docs/{page}") for page in PAGES}


def run(*command):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the shell examples are for sh")
@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run_and_print_what_it_shows(page, page_runs):
    done = page_runs[page].result()
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_a_block_that_is_not_run_holds_only_targets_and_extras_that_exist(page):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = set(re.findall(r"^(\w+) = \[", project.split("[project.optional-dependencies]")[1], re.MULTILINE))
    not_run = [code for language, code in BLOCK.findall(text_of(page)) if not language]
    for line in "".join(not_run).splitlines():
        command = re.fullmatch(r"make (\w+)|pip install 'zjcompare\[(\w+)\]'", line)
        assert command, f"{line!r} is run by nobody: give its block a language"
        assert command[1] in targets if command[1] else command[2] in extras


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page):
    for target, anchor in LINK.findall(text_of(page)):
        path = (DOCS / target).resolve() if target else DOCS / page
        assert path.exists(), target
        if anchor:
            headings = HEADING.findall(path.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_the_line_before_a_file_names_it(page):
    for before, file in FILE_BLOCK.findall(text_of(page)):
        assert f"`{file}`" in before


def test_what_is_made_from_the_code_has_not_drifted(tmp_path):
    """Make it anew with: make docs."""
    code = "import pathlib, sys; sys.path.insert(0, 'docs'); import build; build.write_made(pathlib.Path(sys.argv[1]))"
    done = run("-c", code, str(tmp_path))
    assert done.returncode == 0, done.stderr
    for made in ("reference.md", "data-path.svg"):
        assert (tmp_path / made).read_text(encoding="utf-8") == text_of(made)


def test_the_columns_that_are_explained_are_those_of_the_table():
    with (DOCS / "columns.csv").open(encoding="utf-8", newline="") as stream:
        explained = list(csv.DictReader(stream))
    assert [row["column"] for row in explained] == zj.SCHEMA.names
    assert all(row["meaning"] for row in explained)


def test_the_picture_shows_the_modules_in_the_order_in_which_they_may_import_each_other():
    order = re.search(r"ORDER = \((.*?)\)", (ROOT / "tests" / "test_layers.py").read_text(encoding="utf-8"), re.DOTALL)
    modules = re.findall(r'"(\w+)"', order[1])
    shown = re.findall(r'class="m"[^>]*>(\w+)<', text_of("data-path.svg"))
    assert shown == [module for module in modules if module in shown]
    assert len(shown) == 10


def test_every_page_becomes_html_and_its_links_lead_on(tmp_path):
    pytest.importorskip("markdown_it")
    code = "import pathlib, sys; sys.path.insert(0, 'docs'); import build; build.write_site(pathlib.Path(sys.argv[1]))"
    done = run("-c", code, str(tmp_path))
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert set(made) >= {"index.html", *(page.replace(".md", ".html") for page in PAGES)}
    for body in made.values():
        for target, anchor in re.findall(r'(?:href|src)="([^":#]*)(?:#([^"]*))?"', body):
            assert not target or (tmp_path / target).exists(), target
            assert not anchor or f'id="{anchor}"' in (made[target] if target else body), anchor


def test_an_example_that_prints_something_else_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n", encoding="utf-8")
    assert run("docs/examples.py", str(page)).returncode == 1
    assert run("docs/examples.py", "--write", str(page)).returncode == 0
    assert page.read_text(encoding="utf-8") == "```python\nprint(1 + 1)\n```\n\n```text\n2\n```\n"


def test_an_example_that_prints_what_the_page_does_not_show_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1 + 1)\n```\n", encoding="utf-8")
    assert run("docs/examples.py", str(page)).returncode == 1
