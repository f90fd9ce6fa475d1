"""Series → checks: whether stated figures add up, and what became of promises and of indicators.

`find_checks(aligned, series)` gives **checks**, one row a check made (not only those that failed), with columns

| column | dtype | what it says |
| --- | --- | --- |
| `check` | str | `growth`, `parts`, `shares`, `rank`, `streak`, `twice`, `revision`, `target`, `silence` |
| `verdict` | str | see below |
| `failed` | bool | worth a look: the verdict is not of the harmless kind |
| `place`, `series`, `series_name`, `scope`, `unit` | str | scope and unit NaN where there is none |
| `year` | int64 | the year that the statement is about |
| `stated`, `stated_low`, `stated_high` | float64 | what is said, with its interval |
| `expected`, `expected_low`, `expected_high` | float64 | what the other figures make of it |
| `base_year` | int64 | `growth`: the year compared with, 0 for none |
| `base_value`, `implied_base` | float64 | `growth`: the level printed for it, and the level that the stated growth implies, in `base_unit` |
| `base_unit` | str | unit of the two and of `level` |
| `level` | float64 | `growth`: the level of `year` |
| `deflator` | float64 | `growth`: price change in % that would reconcile a growth at constant prices with the levels |
| `certainty` | float64 | 0 to 1, from the reader's confidence in the rows and from what the check rests on |
| `evidence` | list of int | rows of the aligned table |
| `zh`, `en` | str | the finding in one sentence |

| check | verdicts (those with * set `failed`) |
| --- | --- |
| `growth`: stated growth against levels | `consistent`, `real_vs_nominal`, `base_revised`*, `inconsistent`*, `not_comparable` |
| `parts`: parts against their whole | `consistent`, `within_whole`, `inconsistent`* |
| `shares`: shares of one whole against 100 | `consistent`, `inconsistent`* |
| `rank`: a rank below 1, beyond the known number of places, or shared by two places untied | `consistent`, `impossible`* |
| `streak`: 四连增 against the years | `consistent`, `contradicted`*, `not_covered` |
| `twice`: one year, two figures in one report, or in report and bulletin | `contradicted`* |
| `revision`: a later figure for a year that had one (estimate → final) | `confirmed`, `revised`* |
| `target`: plan of one year, outcome of the next | `met`, `missed`*, `open` (too early or not sure), `not_reported`* |
| `silence`: reported for years, then gone; estimates never confirmed | `gone`*, `unconfirmed` |
"""
