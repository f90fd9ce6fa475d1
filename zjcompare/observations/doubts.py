"""Finding → confidence: that of its rule, less where its name has what wrong names often have."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from zjcompare.lexicon import Lexicon
    from zjcompare.observations.settings import Finding

_SHORTEST, _SHORT, _LONG = 3, 6, 18  # characters of a name
_OF_SHORTEST, _OF_SHORT, _OF_LONG, _OF_CHANGES = 0.5, 0.88, 0.8, 0.75
"""How many names of these kinds were right in texts that nobody had learnt from (rounds 4 and 5 of tests/gold)."""


def doubt(finding: Finding, known: AbstractSet[str]) -> float:
    """Give how sure a finding is: less of a word or two that are no `known` name, or of a whole predicate."""
    name, sure = finding.name, finding.confidence
    if len(name) >= _LONG:
        sure = min(sure, _OF_LONG)
    elif len(name) < _SHORT and name not in known:
        sure = min(sure, _OF_SHORTEST if len(name) < _SHORTEST else _OF_SHORT)
    if finding.measure == "change" and finding.unit not in ("百分点", "千分点"):
        sure = min(sure, _OF_CHANGES)
    return sure


@lru_cache(maxsize=8)
def known_names(lexicon: Lexicon) -> frozenset[str]:
    """Give the names that the lexicon knows as those of indicators."""
    return frozenset(row[side] for row in lexicon.rows("synonyms") for side in ("a", "b"))
