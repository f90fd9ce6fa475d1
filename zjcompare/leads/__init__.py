"""Moves and checks → leads: facts worth a headline, in order of news value, each with its sentence and evidence.

`find_leads(aligned, series, moves, checks)` gives **leads**, one row a lead, best first, with columns

| column | dtype | what it says |
| --- | --- | --- |
| `kind` | str | of figures that do not agree: `contradiction`, `base_revised`, `inconsistent`, `revision`, `twice`, |
|  |  | `parts`, `shares`; of promises: `missed_target`, `met_target`, `not_reported`, `silence`; of levels: |
|  |  | `record_high`, `record_low`, `reversal`, `streak`, `stated_streak`, `jump`, `move`, `rate`; of growth: |
|  |  | `faster`, `slower`, `turned`, `growth`, `derived`; of ranks: `rank_up`, `rank_down`, `rank`, `overtaken` |
| `place`, `series`, `series_name`, `measure`, `scope` | str | what it is about |
| `line` | int64 | its line in `series`, -1 for none |
| `year` | int64 | |
| `score` | float64 | `salience × certainty × recency × significance × (sum of the parts)`, before diversity |
|  |  | orders the rows |
| `size`, `record`, `reversal`, `rank`, | float64 | the parts, 0 to 1 each |
| `contradiction`, `target`, `silence` | | |
| `salience`, `certainty`, `recency` | float64 | factors, 0 to 1 each |
| `significance` | float64 | factor: how far the change of a count is more than chance, 1 for what is no count |
| `zh`, `en` | str | the sentence |
| `caveats` | list of str | `estimate`, `mixed`, `bound`, `break`, `base_effect`, `constant_prices`, `gap`, `revised`, |
|  |  | `disputed`, `large_change`, `several_reports`, `scope`, `low_confidence`, `derived`, `style`, |
|  |  | `small_count` |
| `caveats_zh`, `caveats_en` | str | the same in words, empty for none |
| `figures` | list of (float, str) | the numbers of the sentence, as rounded there, with their units |
| `chart` | str | the chart that shows it: `line`, `target`, `rank` or `bar` |
| `evidence` | list of int | rows of the aligned table |
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import pandas as pd

from zjcompare.leads.context import rows_in_context
from zjcompare.leads.facts import Speech, parts_of
from zjcompare.leads.from_checks import facts_of_checks
from zjcompare.leads.from_derived import facts_of_derived
from zjcompare.leads.from_moves import facts_of_moves
from zjcompare.leads.from_places import facts_of_places
from zjcompare.leads.ranking import Scored, Surroundings, diversify, score_facts
from zjcompare.lexicon import Lexicon
from zjcompare.sentences import words_of, write_sentence
from zjcompare.trends.levels import complete_levels
from zjcompare.trends.places import rank_places

__all__ = ["find_leads"]

_TYPES: dict[str, Any] = {
    "kind": "str", "place": "str", "series": "str", "series_name": "str", "measure": "str", "scope": "str",
    "line": "int64", "year": "int64", "score": "float64", "size": "float64", "record": "float64", "reversal": "float64",
    "rank": "float64", "contradiction": "float64", "target": "float64", "silence": "float64", "salience": "float64",
    "certainty": "float64", "recency": "float64", "significance": "float64", "zh": "str", "en": "str",
    "caveats": "object", "caveats_zh": "str", "caveats_en": "str", "figures": "object", "chart": "str",
    "evidence": "object",
}  # fmt: skip


def find_leads(
    aligned: pd.DataFrame,
    series: pd.DataFrame,
    moves: pd.DataFrame,
    checks: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Give the facts worth telling, as the package's table of columns says, in order of news value.

    `series`, `moves` and `checks` come from `build_series(aligned)`, `compute_moves(series)` and
    `find_checks(aligned, series)`.
    """
    speech = Speech(lexicon or Lexicon.default())
    rows = rows_in_context(aligned, series, moves, speech.lexicon)
    facts = chain(
        facts_of_moves(rows, speech),
        facts_of_derived(series, complete_levels(series, lexicon=speech.lexicon), rows, speech),
        facts_of_places(rank_places(series), speech),
        facts_of_checks(aligned, series, checks, speech),
    )
    around = Surroundings(
        confidence=aligned["confidence"].to_numpy(float),
        latest={str(place): int(year) for place, year in aligned.groupby("place")["report_year"].max().items()},
        revised=_much_revised(checks),
    )
    scored = score_facts(facts, around, speech.lexicon)
    rows = [_row(one, speech) for one in diversify(scored)]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def _much_revised(checks: pd.DataFrame) -> frozenset[tuple[str, str, int]]:
    """Give the place, series and year of each level that a later figure moved by more than 5 per cent."""
    moved = (checks["stated"] / checks["expected"] - 1).abs() > 0.05
    rows = checks[(checks["verdict"] == "revised") & (checks["measure"] == "level") & moved]
    return frozenset(zip(rows["place"], rows["series"], rows["year"], strict=True))


def _row(one: Scored, speech: Speech) -> dict[str, Any]:
    fact = one.fact
    sentence = write_sentence(fact.pattern, fact.told, speech.lexicon)
    caveats = [words_of(f"caveat.{name}", speech.lexicon) for name in one.caveats]
    return {
        **parts_of(fact),
        "kind": fact.kind,
        "place": fact.about.place,
        "series": fact.about.series,
        "series_name": fact.about.series_name,
        "measure": fact.about.measure,
        "scope": fact.about.scope,
        "line": fact.line,
        "year": fact.about.year,
        "score": one.score,
        "salience": one.salience,
        "certainty": one.certainty,
        "recency": one.recency,
        "significance": fact.significance,
        "zh": sentence.zh,
        "en": sentence.en,
        "caveats": list(one.caveats),
        "caveats_zh": "；".join(words.zh for words in caveats),
        "caveats_en": "; ".join(words.en for words in caveats),
        "figures": list(sentence.figures),
        "chart": fact.chart,
        "evidence": list(fact.evidence),
    }
