"""Print the Python of a Markdown page, so that it can be run where the page is read."""

import re
import sys
from pathlib import Path

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples_of(page):
    """Give the Python blocks of a page, in order."""
    return _BLOCK.findall(Path(page).read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write("\n".join(examples_of(sys.argv[1])))
