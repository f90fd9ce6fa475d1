"""The front page: its Python runs, its links lead somewhere, and the two languages say the same."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [code for kind, code in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")) if kind == language]


def without_comments(code):
    return [re.sub(r"\s*#.*", "", line) for line in code.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_the_front_page_runs_as_it_stands(page, tmp_path):
    for name in ("seeds", "datasets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    code = "\n".join(blocks(page, "python"))
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    place, year, rows, decision, *years = done.stdout.split()
    assert (place, year, decision) == ("镇江市", "2023", "same")
    assert int(rows) >= 61
    assert len(years) >= 7
    assert (tmp_path / "out" / "story.html").exists()


def test_the_two_languages_have_the_same_commands_and_python():
    for language in ("", "python"):
        english, chinese = (["\n".join(without_comments(code)) for code in blocks(page, language)] for page in PAGES)
        assert english == chinese


def test_the_two_languages_have_the_same_figures_headings_and_links():
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    for pattern in (r"`[^`\n]+`", r"\]\(([^)]+)\)", r"^#+ ", r"\d[\d.]*"):
        found = [sorted(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        found = [[each for each in names if "README" not in each] for names in found]
        assert found[0] == found[1]


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_every_link_to_a_file_leads_to_it(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / link).exists()]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_make_targets_of_the_front_page_exist():
    for target in ("demo", "test"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
