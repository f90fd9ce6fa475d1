"""`python -m zjcompare` is the command `zjcompare`."""

import sys

from zjcompare.cli import main

if __name__ == "__main__":
    sys.exit(main())
