"""Reports of several years → the whole way: table, series, trends, changes, checks, leads, charts and a story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
from rapidfuzz import process

from zjcompare.batches import Parts
from zjcompare.changes import find_changes
from zjcompare.charts import Drawing, Kind, draw, draw_line, points_of, title_of, to_altair
from zjcompare.checks import find_checks
from zjcompare.errors import ReadError, ZjError
from zjcompare.leads import find_leads
from zjcompare.matches import match
from zjcompare.report import Report, find_documents, read
from zjcompare.series import align
from zjcompare.story import Story, tell
from zjcompare.table import SCHEMA, tabulate, to_arrow, to_frame
from zjcompare.trends import build_series, complete_levels, compute_moves, compute_trends, rank_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zjcompare.engines import Engine
    from zjcompare.lexicon import Lexicon
    from zjcompare.store import Store

_TEXTS_MOST = 500
_MEASURES = ("level", "growth", "rank", "change", "ratio", "streak")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Everything found by comparing reports: frames (each function named here says its columns), charts and a story.

    `table`: the observations with `series`, `series_name`, `conflict` (`align`); `matches`: pairs of names (`match`);
    `series`, `moves`, `trends`, `ranks` (of places) and `derived` (levels) (`trends`); `changes`
    (`changes.find_changes`); `checks` (`checks`); `leads` (`leads`). `reports` holds the reports whose text is at hand,
    by id; `skipped` the files that could not be read, with the reason.
    """

    title: str
    reports: Mapping[str, Report]
    table: pd.DataFrame
    matches: pd.DataFrame
    series: pd.DataFrame
    moves: pd.DataFrame
    trends: pd.DataFrame
    ranks: pd.DataFrame
    derived: pd.DataFrame
    changes: pd.DataFrame
    checks: pd.DataFrame
    leads: pd.DataFrame
    skipped: tuple[tuple[str, str], ...] = ()

    def chart(self, *names: str, place: str | None = None, measure: str | None = None, kind: Kind | None = None) -> Any:
        """Draw one indicator, or several, as an Altair chart.

        A name is that of a series or any name that a report uses for it. By default the level is drawn where there is
        one, else growth, rank …; one line by itself, several places as lines of one chart, several indicators as small
        panels. Raises `KeyError`, with the nearest names, for a name that is not there.
        """
        return to_altair(self.draw(*names, place=place, measure=measure, kind=kind).spec)

    def draw(
        self, *names: str, place: str | None = None, measure: str | None = None, kind: Kind | None = None
    ) -> Drawing:
        """Give the drawing behind `chart`: its Vega-Lite specification and its data as a wide table."""
        if not names:
            raise TypeError("chart() needs the name of an indicator")
        rows = pd.concat([self._lines(name, place, measure) for name in names])
        lines = list(dict.fromkeys(rows["line"]))
        if len(lines) == 1 and kind is None:
            return draw_line(self.series, lines[0])
        first = rows.iloc[0]
        label = "place" if len(names) == 1 and len(set(rows["place"])) > 1 else "series_name"
        shape: Kind = kind or ("bump" if first["measure"] == "rank" else "line" if len(names) == 1 else "multiples")
        title = title_of(first) if len(lines) == 1 else "、".join(dict.fromkeys(rows[_other(label)]))
        return draw(shape, points_of(rows, label=label), title=title, unit=first["unit"])

    def story(self, *, title: str | None = None, font_path: str | Path | None = None) -> Story:
        """Give the story of this comparison, ready for `save(folder)`.

        Raises `MissingExtraError` where the `charts` extra, or a font with Chinese, is missing.
        """
        return tell(self if title is None else replace(self, title=title), font_path=font_path)

    def _lines(self, name: str, place: str | None, measure: str | None) -> pd.DataFrame:
        """Give the rows of the lines that `name` means: one line a place, all of one measure."""
        ids = set(
            self.table.loc[self.table["indicator"].eq(name) | self.table["series_name"].eq(name), "series"].dropna()
        )
        rows = self.series.loc[self.series["series"].isin(ids) & self.series["value"].notna()]
        if place is not None:
            rows = rows.loc[rows["place"].eq(place)]
        measures = [measure] if measure else [each for each in _MEASURES if rows["measure"].eq(each).any()]
        rows = rows.loc[rows["measure"].eq(measures[0])] if measures else rows
        if rows.empty:
            near = [
                found for found, _, _ in process.extract(name, list(dict.fromkeys(self.series["series_name"])), limit=3)
            ]
            raise KeyError(f"no indicator {name!r} here; the nearest are {', '.join(near) or 'none'}")
        longest = (
            rows.groupby(["place", "line"])
            .size()
            .reset_index(name="n")
            .sort_values("n", ascending=False, kind="stable")
        )
        chosen = longest.loc[~longest["place"].duplicated(), "line"]
        return rows.loc[rows["line"].isin(set(chosen))]


def compare(
    *sources: str | Path | Report | pd.DataFrame | Parts | Store,
    title: str | None = None,
    decisions: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = 1,
    engine: Engine | None = None,
) -> Comparison:
    """Compare the reports in `sources`: files, folders of files, Reports, observation tables, Parts, or a Store.

    In a folder, a file that cannot be read does not stop the others: it is named in `skipped`. A file given by name
    that cannot be read raises `ReadError`, as does an input without any observation. `decisions` are people's answers
    on pairs of names, as `align` takes them. `progress` is called with how many reports are read, and of how many.
    """
    reports, tables, kept, skipped = _gather(sources)
    numbered = _number_editions(reports)
    read_here = tabulate(numbered, lexicon=lexicon, progress=progress, jobs=jobs, engine=engine)
    table = _join([read_here, *tables])
    if table.empty:
        raise ReadError("nothing to compare: no observation was read from what was given")
    aligned = align(table, decisions, across_places=len(set(table["place"])) > 1, lexicon=lexicon)
    series = build_series(aligned)
    moves = compute_moves(series)
    checks = find_checks(aligned, series, lexicon=lexicon)
    return Comparison(
        title=title or _title(table),
        reports={report.id: report for report in (*kept, *numbered)},
        table=aligned,
        matches=match(table, decisions, lexicon=lexicon),
        series=series,
        moves=moves,
        trends=compute_trends(series, moves),
        ranks=rank_places(series),
        derived=complete_levels(series),
        changes=find_changes(aligned),
        checks=checks,
        leads=find_leads(aligned, series, moves, checks, lexicon=lexicon),
        skipped=tuple(skipped),
    )


def _gather(
    sources: Iterable[Any],
) -> tuple[list[Report], list[pd.DataFrame], list[Report], list[tuple[str, str]]]:
    """Sort sources into reports to read, tables, reports that a store has read already, and files passed over."""
    reports: list[Report] = []
    tables: list[pd.DataFrame] = []
    kept: list[Report] = []
    skipped: list[tuple[str, str]] = []
    for source in sources:
        if isinstance(source, Report):
            reports.append(source)
        elif isinstance(source, pd.DataFrame):
            tables.append(source)
        elif isinstance(source, Parts):
            tables.append(to_frame(source.table()))
            kept.extend(islice(source.reports(), _TEXTS_MOST))
            skipped.extend(source.failures)
        elif isinstance(source, (str, Path)):
            path = Path(source)
            if path.is_dir():
                reports.extend(_read_folder(path, skipped))
            else:
                reports.append(read(path))
        elif hasattr(source, "read") and hasattr(source, "versions"):
            tables.append(source.read())
            kept.extend(_stored_reports(source, tables[-1]))
        else:
            raise TypeError(f"cannot compare a {type(source).__name__}: give paths, Reports, tables or a Store")
    return reports, tables, kept, skipped


def _stored_reports(store: Store, table: pd.DataFrame) -> Iterator[Report]:
    """Give the texts of a table's reports that the store keeps; rows can be stored without their text."""
    documents = store.documents()
    with_text = set(documents.loc[documents["has_text"], "report"])
    return (store.report(digest) for digest in dict.fromkeys(table["report"]) if digest in with_text)


def _read_folder(folder: Path, skipped: list[tuple[str, str]]) -> Iterator[Report]:
    for path in find_documents(folder):
        try:
            yield read(path)
        except ZjError as error:
            skipped.append((path.name, str(error)))


def _number_editions(reports: Sequence[Report]) -> list[Report]:
    """Give the reports, each text once, with later ones of the same place, year and kind as later editions."""
    newest: dict[tuple[str, int, str], int] = {}
    numbered: dict[str, Report] = {}
    for report in reports:
        if report.id in numbered:
            continue
        key = (report.place, report.year, report.kind)
        edition = max(report.edition, newest.get(key, 0) + 1)
        newest[key] = edition
        numbered[report.id] = report if edition == report.edition else replace(report, edition=edition)
    return list(numbered.values())


def _join(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put tables one under the other; a report that an earlier one holds is not taken again from a later one."""
    seen: set[str] = set()
    parts = []
    for table in tables:
        parts.append(to_arrow(table.loc[~table["report"].isin(seen)]))
        seen |= set(table["report"])
    return to_frame(pa.concat_tables(parts)) if parts else to_frame(SCHEMA.empty_table())


def _title(table: pd.DataFrame) -> str:
    places = list(dict.fromkeys(table["place"]))
    years = table.loc[table["status"].ne("target"), "report_year"]
    first, last = int(years.min()), int(years.max())
    named = "、".join(places[:3]) + (f"等{len(places)}地" if len(places) > 3 else "")
    return f"{named}{first}年的数字" if first == last else f"{named}{first}—{last}年：数字里的变化"


def _other(label: str) -> str:
    return "series_name" if label == "place" else "place"
