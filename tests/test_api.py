"""The public names: exactly these, each with a docstring, each with this signature."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import zjcompare as zj

SNAPSHOT = Path(__file__).parent / "cases" / "api.txt"


def describe():
    """Give one line a public name, and one a public method of a public class."""
    for name in sorted(zj.__all__):
        value = getattr(zj, name)
        if inspect.isclass(value) and not issubclass(value, BaseException):
            yield name
            for method, found in sorted(vars(value).items()):
                if method.startswith("_"):
                    continue
                function = getattr(found, "__func__", found)
                yield f"{name}.{method}{inspect.signature(function) if inspect.isfunction(function) else ''}"
        elif callable(value) and not inspect.isclass(value):
            yield f"{name}{inspect.signature(value)}"
        else:
            yield name


def test_import_star_gives_exactly_the_public_names():
    code = "from zjcompare import *; print(*sorted(name for name in dir() if not name.startswith('__')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == sorted(zj.__all__)
    assert sorted(dir(zj)) == sorted(zj.__all__)


def test_the_public_names_have_these_signatures():
    """A change of a public signature is a change of this file, and a line in the changelog.

    Write it anew with: python tests/test_api.py
    """
    assert list(describe()) == SNAPSHOT.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", sorted(set(zj.__all__) - {"SCHEMA"}))
def test_each_public_name_has_a_docstring_and_so_have_its_methods(name):
    value = getattr(zj, name)
    assert inspect.getdoc(value)
    if inspect.isclass(value):
        methods = {
            key: found for key, found in vars(value).items() if inspect.isroutine(found) or isinstance(found, property)
        }
        assert all(inspect.getdoc(found) for key, found in methods.items() if not key.startswith("_"))


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = zj.nothing


if __name__ == "__main__":
    SNAPSHOT.write_text("".join(f"{line}\n" for line in describe()), encoding="utf-8")
