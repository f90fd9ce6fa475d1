"""Moves and checks → leads: facts worth a headline, in order of news value, each with its sentence and evidence.

`find_leads(aligned, series, moves, checks)` gives **leads**, one row a lead, best first, with columns

| column | dtype | what it says |
| --- | --- | --- |
| `kind` | str | `contradiction`, `revision`, `twice`, `parts`, `missed_target`, `met_target`, `silence`, `record_high`, |
|        |     | `record_low`, `reversal`, `streak`, `jump`, `faster`, `slower`, `rank_up`, `rank_down`, `rank`, `growth`, … |
| `place`, `series`, `series_name`, `measure` | str | what it is about |
| `line` | int64 | its line in `series`, -1 for none |
| `year` | int64 | |
| `score` | float64 | `salience × certainty × recency × (sum of the parts)`, before the rows are made diverse |
| `size`, `record`, `reversal`, `rank`, `contradiction`, `target`, `silence` | float64 | the parts, 0 to 1 each |
| `salience`, `certainty`, `recency` | float64 | the factors, 0 to 1 each |
| `zh`, `en` | str | the sentence |
| `caveats` | list of str | `estimate`, `break`, `bound`, `derived`, `base_effect`, `mixed`, `low_confidence`, `constant_prices`, … |
| `caveats_zh`, `caveats_en` | str | the same in words, empty for none |
| `figures` | list of (float, str) | the numbers of the sentence, as rounded there, with their units |
| `chart` | str | the chart that shows it: `line`, `target`, `rank`, `slope` or `bar` |
| `evidence` | list of int | rows of the aligned table |
"""
