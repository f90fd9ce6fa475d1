"""What the package says of its dependencies is what is tested."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("charts", "documents", "ocr", "dask")


def needed():
    """Give what the package and its extras need, each as name and lowest version."""
    needs = [*PROJECT["dependencies"], *(need for extra in EXTRAS for need in PROJECT["optional-dependencies"][extra])]
    return [re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", need).groups() for need in needs]


def numbers(version):
    return [int(number) for number in re.sub(r"(\.0)+$", "", version).split(".")]


def test_the_lowest_versions_that_are_tested_are_the_lowest_that_are_allowed():
    lines = (ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert {name: numbers(version) for name, version in tested.items()} == {
        name: numbers(version) for name, version in needed()
    }
    assert list(tested) == sorted(tested)


def test_what_is_pinned_for_development_has_hashes_fits_and_names_no_host():
    pinned = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([\w-]+)==(\d+(?:\.\d+)*)", pinned, re.MULTILINE))
    assert all(numbers(versions[name]) >= numbers(lowest) for name, lowest in needed())
    assert pinned.count("--hash=sha256:") >= len(versions)
    assert "://" not in pinned
    assert "--index" not in pinned


def test_every_extra_of_a_user_is_in_all_and_is_tested():
    assert PROJECT["optional-dependencies"]["all"] == [f"zjcompare[{','.join(EXTRAS)}]"]
    assert set(PROJECT["optional-dependencies"]) == {*EXTRAS, "all", "docs", "test"}


def test_the_workflow_runs_what_is_there_on_every_python_from_the_lowest_that_is_allowed():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "\t" not in workflow  # which YAML forbids
    lowest = PROJECT["requires-python"].removeprefix(">=")
    matrices = re.findall(r"python: \[(.*)\]", workflow)
    assert matrices
    assert all(matrix.startswith(f'"{lowest}"') for matrix in matrices)
    named = re.findall(r"(?:tests/\w+\.py|\.ci/\w+)", workflow)
    assert named
    assert all((ROOT / name).is_file() for name in named)
    extras = {extra for group in re.findall(r"'\.\[([\w,]+)\]'", workflow) for extra in group.split(",")}
    assert extras <= set(PROJECT["optional-dependencies"])
