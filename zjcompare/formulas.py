"""Texts → cells of a CSV file that no spreadsheet runs as formulas, and back.

Source: OWASP, *CSV Injection*. A lone sign (the `=` of the column `bound`) and a number with its sign run nothing and
stay as they are, so that a table of figures reads back as it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_RISKY = r"'* *[=+\-@\t\r\n＝＋－＠]"
_HARMLESS = r"[=+\-]|[+\-][0-9][0-9.,]*[%‰]?"
_STARTS, _NUMBER = re.compile(_RISKY), re.compile(_HARMLESS)


def guard_text(text: str) -> str:
    """Give the text with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> guard_text("=1+1"), guard_text("="), guard_text("-2.5%")
    ("'=1+1", '=', '-2.5%')
    """
    return f"'{text}" if _STARTS.match(text) and not _NUMBER.fullmatch(text) else text


def plain_text(cell: str) -> str:
    """Give the text that `guard_text` made the cell of."""
    text = cell.removeprefix("'")
    return text if guard_text(text) == cell else cell


def guard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the frame with its texts, and the names of its columns, guarded."""
    texts = {name: frame[name] for name in frame.columns if frame[name].dtype == "str"}
    guarded = {
        name: text.where(~text.str.match(_RISKY, na=False) | text.str.fullmatch(_HARMLESS, na=False), "'" + text)
        for name, text in texts.items()
    }
    return frame.assign(**guarded).rename(columns=guard_text)
