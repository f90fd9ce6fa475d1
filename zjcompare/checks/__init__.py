"""Series → checks: whether stated figures add up, and what became of promises and of indicators.

`find_checks(aligned, series)` gives **checks**, one row a check made (not only those that failed), with columns

| column | dtype | what it says |
| --- | --- | --- |
| `check` | str | `growth`, `parts`, `shares`, `rank`, `streak`, `twice`, `revision`, `target`, `silence` |
| `verdict` | str | see below |
| `failed` | bool | worth a look: the verdict is not of the harmless kind |
| `place`, `series`, `series_name`, `scope`, `measure`, `unit` | str | scope and unit NaN where there is none |
| `year` | int64 | the year that the statement is about |
| `stated`, `stated_low`, `stated_high` | float64 | what is said, with its interval |
| `expected`, `expected_low`, `expected_high` | float64 | what the other figures make of it |
| `base_year` | int64 | `growth`: the year compared with, 0 for none |
| `base_value` | float64 | `growth`: the level printed for that year, in `base_unit` |
| `implied_base` | float64 | `growth`: the level of the year before that the stated growth implies, in `base_unit` |
| `base_unit` | str | unit of the two and of `level` |
| `level` | float64 | `growth`: the level of `year` |
| `deflator` | float64 | `growth`: price change in % that would reconcile a real growth with the levels |
| `certainty` | float64 | 0 to 1, from the reader's confidence in the rows and from what the check rests on |
| `evidence` | list of int | rows of the aligned table |
| `zh`, `en` | str | the finding in one sentence |

| check | verdicts (those with * set `failed`) |
| --- | --- |
| `growth`: stated growth against levels | `consistent`, `real_vs_nominal`, `base_revised`*, `inconsistent`*, |
| | `not_comparable` |
| `parts`: parts against their whole | `consistent`, `within_whole`, `inconsistent`* |
| `shares`: shares of one whole against 100 | `consistent`, `inconsistent`* |
| `rank`: a rank below 1, or shared by two places untied | `consistent`, `impossible`* |
| `streak`: 四连增 against the years | `consistent`, `contradicted`*, `not_covered` |
| `twice`: one year, two figures in one report, or in report and bulletin | `contradicted`* |
| `revision`: a later figure for a year that had one (estimate → final) | `confirmed`, `revised`* |
| `target`: plan of one year, outcome of the next | `met`, `missed`*, `open`, `not_reported`*, `untracked` |
| `silence`: reported for years, then gone; estimates never confirmed | `gone`*, `perhaps_renamed`, `unconfirmed` |
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from zjcompare.checks.findings import to_frame
from zjcompare.checks.growth import check_growths
from zjcompare.checks.parts import check_parents, check_parts, check_ratios
from zjcompare.checks.repeats import check_repeats
from zjcompare.checks.silence import check_silence
from zjcompare.checks.standings import check_ranks, check_streaks
from zjcompare.checks.targets import check_targets
from zjcompare.lexicon import Lexicon
from zjcompare.trends.lines import line_figures
from zjcompare.trends.moves import compute_moves

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find_checks"]


def find_checks(aligned: pd.DataFrame, series: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Give all checks that the figures allow, as the package's table of columns says, sorted by place and year."""
    lexicon = lexicon or Lexicon.default()
    figures = line_figures(aligned, lexicon)
    findings = chain(
        check_growths(figures, lexicon),
        check_parts(figures, lexicon),
        check_ratios(aligned),
        check_parents(figures, lexicon),
        check_repeats(figures),
        check_ranks(figures),
        check_streaks(figures, compute_moves(series), series),
        check_targets(aligned, series, lexicon),
        check_silence(figures, aligned, lexicon),
    )
    return to_frame(findings, lexicon)
