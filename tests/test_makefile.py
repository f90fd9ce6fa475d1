"""The targets of the Makefile: those that it tells of are there, and what they run is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "Makefile").read_text(encoding="utf-8")
TOLD = re.findall(r"^# make ([\w-]+)", TEXT, re.MULTILINE)
PHONY = re.search(r"^\.PHONY: (.+)", TEXT, re.MULTILINE)[1].split()
_OURS = re.compile(r"(?<![\w/.-])(?:tests|docs|benchmarks|datasets|seeds)/[\w./-]+|(?<![\w/.-])[\w-]+\.(?:toml|txt)")

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def commands_of(*words):
    """Give what make would run, environments and all."""
    done = subprocess.run(["make", "-n", "-B", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_each_target_is_told_of():
    assert set(TOLD) == set(PHONY) - {"help", "lint", "wheel", "clean"}


def test_contributing_names_targets_that_there_are():
    named = re.findall(r"make ([a-z-]+)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert set(named) <= set(PHONY)


@needs_make
@pytest.mark.parametrize("target", PHONY)
def test_what_a_target_names_of_ours_is_there(target):
    commands = commands_of(target)
    missing = [path for path in _OURS.findall(commands) if not (ROOT / path).exists()]
    assert commands.strip()
    assert missing == []


@needs_make
def test_an_audit_that_cannot_ask_fails():
    assert re.search(r"pip_audit .*--strict", commands_of("audit"))


@needs_make
def test_each_fuzz_target_is_run_for_the_time_that_is_asked_for():
    source = (ROOT / "tests" / "fuzz" / "fuzz.py").read_text(encoding="utf-8")
    targets = re.search(r"^TARGETS = .*\((.+)\)\}", source, re.MULTILINE)[1]
    commands = commands_of("fuzz", "SECONDS=7")
    assert set(targets.split(", ")) == set(re.search(r"for target in ([\w ]+);", commands)[1].split())
    assert "-max_total_time=7 " in commands
