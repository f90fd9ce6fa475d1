"""The order of the modules is the data path, and imports point one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import zjcompare
import zjcompare.observations

PACKAGE = Path(zjcompare.__file__).parent
ORDER = (
    "errors", "lexicon", "cues", "layouts", "report", "text", "periods", "clauses", "numerals", "mentions",
    "observations", "ledger", "engines", "files", "table", "formulas", "batches", "store", "vocabulary", "spelling",
    "names", "contrasts", "decisions", "scores", "candidates", "matches", "clusters", "places", "origins", "slots",
    "series", "registry", "review", "wording", "changes", "salience", "figures", "sentences", "trends", "checks",
    "leads", "charts", "story", "comparison", "cli",
)  # fmt: skip
READING = ORDER[: ORDER.index("engines")]
MODULES = sorted(
    path.parent.name if path.name == "__init__.py" else path.stem
    for path in (*PACKAGE.glob("*.py"), *PACKAGE.glob("*/__init__.py"))
    if path.parent != PACKAGE or path.stem not in {"__init__", "__main__"}
)


def imports_of(module, walk=ast.walk):
    alone = PACKAGE / f"{module}.py"
    for file in [alone] if alone.exists() else sorted((PACKAGE / module).glob("*.py")):
        for node in walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_its_place_and_imports_only_what_stands_before_it(module):
    assert module in ORDER
    later = ORDER[ORDER.index(module) :]
    own = {name.split(".")[1] for name in imports_of(module) if name.startswith("zjcompare.")}
    assert not {name for name in own - {module} if name in later}


ABSENT = {"fcntl", "grp", "pwd", "resource", "termios"}
"""Modules of the standard library that Windows does not have."""


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_module_needs_what_another_system_does_not_have(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    guarded = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Try) for inner in node.body}
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import) and id(node) not in guarded]
    assert not {alias.name for node in imports for alias in node.names} & ABSENT
    calls = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    assert not calls & {"fork", "forkpty", "killpg", "mkfifo", "getuid"}


def test_the_table_of_the_reading_names_each_of_its_modules():
    modules = {path.stem for path in (PACKAGE / "observations").glob("*.py")} - {"__init__"}
    assert not {name for name in modules if f"`{name}`" not in zjcompare.observations.__doc__}


def printed_by(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def statements_of(tree):
    """Give what runs when a module is imported; a function that needs a library loads it when it is called."""
    return tree.body


@pytest.mark.parametrize("module", [name for name in READING if name in MODULES])
def test_importing_the_reading_half_needs_the_standard_library_only(module):
    foreign = {name.split(".")[0] for name in imports_of(module, statements_of)}
    assert not foreign - set(sys.stdlib_module_names) - {"zjcompare"}


def test_a_report_is_read_and_its_observations_found_without_any_library():
    code = (
        "import io, sys, zjcompare; from zjcompare.observations import read_observations;"
        "report = zjcompare.read(io.StringIO('2024年江苏省政府工作报告\\n去年粮食总产量增长5%。'));"
        "assert len(read_observations(report, None).observations) == 1;"
        "print(sorted({'pandas', 'numpy', 'pyarrow', 'rapidfuzz'} & set(sys.modules)))"
    )
    assert printed_by(code) == "[]"


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, zjcompare; print(sorted({'pandas', 'pyarrow', 'altair', 'deltalake'} & set(sys.modules)))"
    assert printed_by(code) == "[]"
