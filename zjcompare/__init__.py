"""Chinese annual government summaries → a versioned table, matched years, trends and story leads.

Every public name is loaded when it is first used, so `import zjcompare` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zjcompare.comparison import Comparison, compare
    from zjcompare.errors import LayoutError, LexiconError, MissingExtraError, ReadError, StoreError, ZjError
    from zjcompare.ledger import audit
    from zjcompare.lexicon import Lexicon
    from zjcompare.matches import Match, match, match_pair
    from zjcompare.report import Report, read
    from zjcompare.series import align
    from zjcompare.store import Store
    from zjcompare.table import SCHEMA, tabulate

_HOME = {
    "Comparison": "comparison",
    "LayoutError": "errors",
    "Lexicon": "lexicon",
    "LexiconError": "errors",
    "Match": "matches",
    "MissingExtraError": "errors",
    "ReadError": "errors",
    "Report": "report",
    "SCHEMA": "table",
    "Store": "store",
    "StoreError": "errors",
    "ZjError": "errors",
    "align": "series",
    "audit": "ledger",
    "compare": "comparison",
    "match": "matches",
    "match_pair": "matches",
    "read": "report",
    "tabulate": "table",
}

__all__ = [
    "SCHEMA",
    "Comparison",
    "LayoutError",
    "Lexicon",
    "LexiconError",
    "Match",
    "MissingExtraError",
    "ReadError",
    "Report",
    "Store",
    "StoreError",
    "ZjError",
    "align",
    "audit",
    "compare",
    "match",
    "match_pair",
    "read",
    "tabulate",
]


def __getattr__(name: str) -> Any:
    """Give the public name from the module where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module 'zjcompare' has no attribute {name!r}")
    return getattr(import_module(f"zjcompare.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
