"""Aligned table → series: the years of each indicator side by side, how it moved, and where it is heading.

Five functions, five frames. A *line* is what may be drawn as one line: one place, series, measure, dimension of unit,
window (`per`, `since`), `base`, `scope`, `rank_scope` and `rank_of`. All positions are those of rows in the aligned
table (`aligned.iloc[position]`), all intervals come from the decimals as printed and from bounds (超过, 约).

`build_series(aligned)`: **series**, one row a line and year, sorted by `line`, `year`.

| column | dtype | what it says |
| --- | --- | --- |
| `line` | int64 | number of the line, 0 … |
| `place`, `series`, `series_name`, `measure`, `dimension`, `unit` | str | of the line; values are in `unit` |
| `per`, `since`, `base`, `scope`, `rank_scope`, `rank_of` | str, NaN for none | of the line |
| `year` | int64 | the year that the value is about |
| `value`, `low`, `high` | float64 | the best figure and what it may stand for; NaN for a target alone |
| `bound`, `status` | str | of the best figure; status is `target` where only a target is known |
| `tied` | boolean | the rank is shared |
| `target`, `target_low`, `target_high` | float64 | the last target stated for the year, NaN for none |
| `target_bound` | str | its bound, NaN for none |
| `target_position` | int64 | its row, -1 for none |
| `indicator` | str | the name as that row has it |
| `basis` | str | `constant` prices, `comparable` scope, or NaN: what a growth is said to rest on |
| `segment` | int64 | number of the stretch of comparable years, 0 …: a new one begins at each break |
| `break_reason` | str | why a new stretch begins in this year (`successor`, `scope`, `census`), NaN elsewhere |
| `confidence` | float64 | of the best figure |
| `position` | int64 | row of the best figure |
| `evidence` | list of int | rows of all figures for the year, the best first, targets last |
| `rivals` | list of int | rows that a report states for the same series and year beside the one taken (`conflict`) |

`compute_moves(series)`: **moves**, one row a row of `series` (same order, same index), year against year.

| column | dtype | what it says |
| --- | --- | --- |
| `line`, `place`, `series`, `series_name`, `measure`, `unit`, `year`, `value`, `status` | | as in series |
| `scale` | str | how a change is told: `percent` (levels), `points` (rates, growths), `places` (ranks), `absolute` |
| `previous` | float64 | value of the year before in the same stretch; NaN after a gap or break |
| `gap` | int64 | years missing between this row and the one before it on the line, 0 for none |
| `change`, `change_low`, `change_high` | float64 | value less `previous`, in `unit`; percentage points for `points` |
| `growth`, `growth_low`, `growth_high` | float64 | change in % of `previous`, for `percent` only |
| `stated` | float64 | growth in % that a report states for the year (measure `growth`), for levels |
| `stated_position` | int64 | row of that statement, -1 for none |
| `stated_change` | float64 | absolute change that a report states (measure `change`) |
| `direction` | int64 | 1 up, -1 down, 0 where the intervals allow no claim |
| `acceleration` | float64 | growth less the growth of the year before, in percentage points (`percent` only) |
| `average` | float64 | mean yearly growth over this and the year before, in % (`percent` only) |
| `streak` | int64 | years in a row in the same direction, signed: -3 is the third fall in a row |
| `ended` | int64 | the streak that this year broke, signed, 0 for none |
| `high_over`, `low_over` | int64 | consecutive years just before that were all surely lower (higher) |
| `history` | int64 | consecutive years before this one in the stretch; `high_over == history > 0` is a record |
| `index` | float64 | value with the first year of the stretch = 100 (`percent` only) |
| `outlier` | float64 | modified z-score of the change among the line's changes; NaN with fewer than 5 |
| `own_distance` | float64 | change (growth for `percent`) less the line's median change |
| `peer_distance` | float64 | the same less the median of all places that year; NaN with fewer than 3 places |
| `base_effect` | bool | a jump after a slump, or the reverse: last year's change was an outlier of opposite sign |
| `mixed` | bool | an estimate is compared with a final figure |

`compute_trends(series)`: **trends**, one row a line, over its last stretch of comparable years.

| column | dtype | what it says |
| --- | --- | --- |
| `line`, `place`, `series`, `series_name`, `measure`, `unit`, `scale` | | as above |
| `years` | int64 | years with a figure in the stretch |
| `missing` | int64 | years without one between first and last |
| `breaks` | int64 | breaks on the whole line: what lies before the last is not used |
| `first_year`, `last_year` | int64 | |
| `first`, `last` | float64 | |
| `cagr`, `cagr_low`, `cagr_high` | float64 | compound yearly growth in % (`percent` only, over 2 years or more) |
| `slope`, `slope_low`, `slope_high` | float64 | Theil–Sen, `unit` a year, 95 % interval; from 3 years on |
| `tau`, `p` | float64 | Kendall's tau and two-sided p (from 5 years on; for scores, not for print) |
| `shift_year`, `shift_p` | int64, float64 | first year after the change point (Pettitt), its p; from 5 years on |
| `turn_year` | int64 | last year in which the direction turned, 0 for none |
| `streak` | int64 | the streak as of `last_year` |
| `peak_year`, `trough_year` | int64 | year of the highest and lowest value of the stretch |

`rank_places(series)`: **ranks**, one row a place, series, measure and year of `series` that at least two places have,
ranked from their values, whatever ranks reports claim.

| column | dtype | what it says |
| --- | --- | --- |
| `place`, `series`, `series_name`, `measure`, `unit`, `year`, `value`, `status`, `position` | | as in series |
| `rank` | int64 | 1 for the highest value; places whose printed figures do not tell them apart share the better rank |
| `of` | int64 | places with a figure that year |
| `rank_before` | int64 | rank of the year before among the same places, 0 where those had other figures or fewer |
| `change` | int64 | places gained (positive) or lost since then, 0 where nothing can be compared |

`complete_levels(series)`: levels that no report states, chained from a stated level by stated growths.

| column | dtype | what it says |
| --- | --- | --- |
| `line`, `place`, `series`, `series_name`, `unit`, `year` | | of the level line |
| `value`, `low`, `high` | float64 | the chained level and its interval |
| `from_year` | int64 | year of the stated level |
| `basis` | str | `constant`: at prices of `from_year`, not a nominal level; `nominal`; `unknown` |
| `derived` | bool | always true: never mix these rows with stated figures |
| `evidence` | list of int | rows of the level and of each growth |
"""

from zjcompare.trends.levels import complete_levels
from zjcompare.trends.lines import build_series
from zjcompare.trends.moves import compute_moves
from zjcompare.trends.places import rank_places
from zjcompare.trends.summary import compute_trends

__all__ = ["build_series", "complete_levels", "compute_moves", "compute_trends", "rank_places"]
