"""Print when each pinned package was last released; fail for one without a release in two years and without a reason.

    python tests/supply/upkeep.py requirements-dev.txt     # make upkeep: asks the package index, with pypi-simple

The reasons stand in upkeep.csv beside this file, and a reason that is no longer needed fails as well.
"""

import csv
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advisories import read_pins
from pypi_simple import PyPISimple

LONG = timedelta(days=2 * 365)
REASONS = Path(__file__).with_name("upkeep.csv")


def main():
    with REASONS.open(encoding="utf-8", newline="") as stream:
        reasons = {row["package"]: row["reason"] for row in csv.DictReader(stream)}
    with PyPISimple() as index:
        pages = {name: index.get_project_page(name) for name, _ in read_pins(sys.argv[1])}
    released = {name: max(file.upload_time for file in page.packages) for name, page in pages.items()}
    old = {name for name, last in released.items() if datetime.now(UTC) - last > LONG}
    for name, last in sorted(released.items(), key=lambda item: item[1]):
        sys.stdout.write(f"{last:%Y-%m-%d}  {name}  {reasons.get(name, '')}".rstrip() + "\n")
    missing, needless = sorted(old - set(reasons)), sorted(set(reasons) - old)
    if missing or needless:
        sys.exit(f"{REASONS.name}: a reason is missing for {missing} and no longer needed for {needless}")


if __name__ == "__main__":
    main()
