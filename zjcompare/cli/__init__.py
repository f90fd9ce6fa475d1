"""Words typed in a terminal → files and lines: the command `zjcompare`, a thin layer over the public functions."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from zjcompare.cli.arguments import build_parser
from zjcompare.errors import ZjError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 an error, 2 wrong use, 3 done but for some files.

    Results go to standard output or into files, progress and errors to standard error.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # what is written is not translated
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except ZjError as error:
        sys.stderr.write(f"zjcompare: {error}\n")
    except KeyError as error:
        sys.stderr.write(f"zjcompare: {error.args[0] if error.args else error}\n")
    except UnicodeEncodeError as error:
        sys.stderr.write(f"zjcompare: {error.object!r} is no file name in {error.encoding} here; set PYTHONUTF8=1\n")
    except ValueError as error:
        sys.stderr.write(f"zjcompare: {error}\n")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # our reader went away, as `head` does
        return 0
    except OSError as error:
        sys.stderr.write(f"zjcompare: {error.filename or 'a file'}: {error.strerror or error}\n")
    except KeyboardInterrupt:
        sys.stderr.write("\nzjcompare: interrupted\n")
        return 130
    return 1
