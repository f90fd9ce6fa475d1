"""One check made → one row: the record that every check yields, and the frame of all of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from zjcompare.figures import Figure, format_figure, ordinal
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words, area_of, write_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zjcompare.lexicon import Lexicon

FAILED = frozenset(
    {"base_revised", "inconsistent", "impossible", "contradicted", "revised", "missed", "not_reported", "gone"}
)


class Span(NamedTuple):
    """A figure with the interval that it stands for, in one unit."""

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about: one place, series, measure and year, and in which unit it is told."""

    place: str
    series: str
    series_name: str
    measure: str
    unit: str | None
    year: int
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One check made: what is stated, what the other figures make of it, and on which rows that rests."""

    check: str
    verdict: str
    about: Subject
    stated: Span
    expected: Span
    evidence: tuple[int, ...]
    certainty: float
    base_year: int = 0
    base_value: float = math.nan
    implied_base: float = math.nan
    base_unit: str | None = None
    level: float = math.nan
    deflator: float = math.nan
    words: Mapping[str, Told] = field(default_factory=dict)
    pattern: str = ""


def subject_of(row: Mapping[Any, Any]) -> Subject:
    """Give what a row of figures, series, moves or checks is about."""
    scope = row["scope"] if isinstance(row["scope"], str) else None
    year = int(row["year"])
    return Subject(row["place"], row["series"], row["series_name"], row["measure"], row["unit"], year, scope)


def span_of(row: Mapping[Any, Any], suffix: str = "") -> Span:
    """Give the figure of a row, or the one that it holds under names with a suffix."""
    return Span(row[f"value{suffix}"], row[f"low{suffix}"], row[f"high{suffix}"])


def to_frame(findings: Iterable[Finding], lexicon: Lexicon) -> pd.DataFrame:
    """Give findings as the frame of checks, sorted by year, place, series and check, with their sentences."""
    made = sorted(findings, key=lambda one: (one.about.place, one.about.year, one.about.series_name, *_order(one)))
    columns: dict[str, list[object]] = {name: [getattr(one.about, name) for one in made] for name in _SUBJECT}
    columns |= {name: [getattr(one, name) for one in made] for name in _PLAIN}
    for name in ("stated", "expected"):
        spans = [getattr(one, name) for one in made]
        columns |= {
            name: [s.value for s in spans],
            f"{name}_low": [s.low for s in spans],
            f"{name}_high": [s.high for s in spans],
        }
    sentences = [
        write_sentence(f"check.{one.check}.{one.pattern or one.verdict}", _told(one, lexicon), lexicon) for one in made
    ]
    columns |= {"failed": [one.verdict in FAILED for one in made], "evidence": [list(one.evidence) for one in made]}
    columns |= {"zh": [one.zh for one in sentences], "en": [one.en for one in sentences]}
    types = dict.fromkeys(
        ("check", "verdict", "place", "series", "series_name", "scope", "unit", "measure", "base_unit", "zh", "en"),
        "str",
    )
    types |= dict.fromkeys(_NUMBERS, "float64") | {
        "year": "int64",
        "base_year": "int64",
        "failed": "bool",
        "evidence": "object",
    }
    return pd.DataFrame(columns, columns=list(_ORDER)).astype(types)


def _order(one: Finding) -> tuple[str, tuple[int, ...]]:
    return one.check, one.evidence


_SUBJECT = tuple(one.name for one in fields(Subject))
_PLAIN = ("check", "verdict", "certainty", "base_year", "base_value", "implied_base", "base_unit", "level", "deflator")
_NUMBERS = (
    "stated", "stated_low", "stated_high", "expected", "expected_low", "expected_high", "base_value", "implied_base",
    "level", "deflator", "certainty",
)  # fmt: skip
_ORDER = (
    "check", "verdict", "failed", "place", "series", "series_name", "scope", "measure", "unit", "year", "stated",
    "stated_low", "stated_high", "expected", "expected_low", "expected_high", "base_year", "base_value",
    "implied_base", "base_unit", "level", "deflator", "certainty", "evidence", "zh", "en",
)  # fmt: skip


def _told(one: Finding, lexicon: Lexicon) -> dict[str, Told]:
    """Give the words of a finding's slots: names, years, and its figures in the units that they have."""
    about = one.about
    told: dict[str, Told] = {
        "place": area_of(about.scope or about.place, lexicon),
        "name": _subject(one, lexicon),
        "year": Words(str(about.year)),
        "base_year": Words(str(one.base_year)),
        "implied_year": Words(str(about.year - 1)),
    }
    amounts = {
        "computed": (one.expected.value, "%"),
        "base": (one.base_value, one.base_unit),
        "implied": (one.implied_base, one.base_unit),
        "level": (one.level, one.base_unit),
        "deflator": (one.deflator, "%"),
    }
    for slot, (value, unit) in amounts.items():
        if math.isfinite(value):
            told[slot] = amount(value, unit or "", "level", lexicon)
    for slot, span in (("stated", one.stated), ("expected", one.expected)):
        if math.isfinite(span.value):
            told[slot] = amount(span.value, about.unit or "", about.measure, lexicon, width=span.high - span.low)
    return {**told, **one.words}


def _subject(one: Finding, lexicon: Lexicon) -> Words:
    """Give what a sentence is about: the indicator, or its growth, change or rank where the figure is one."""
    name = name_of(one.about.series_name, lexicon)
    zh, en = _MEASURES.get(one.about.measure, ("", ""))
    if not zh or one.check == one.about.measure:
        return name
    return Words(f"{name.zh}{zh}", f"{en} {name.en}")


_MEASURES = {"growth": ("增速", "growth of"), "rank": ("排名", "rank of"), "change": ("增量", "change of")}


def amount(value: float, unit: str, measure: str, lexicon: Lexicon, *, width: float = math.nan) -> Figure:
    """Give a figure as it is printed: a rank as a place in an order, anything else with its unit.

    A percentage whose interval has the `width` of a power of ten keeps as many decimals as it was printed with (6.0%).
    """
    if unit in ("%", "‰") and 0.001 <= width <= 1:
        decimals = max(0, round(-math.log10(width)))
        if abs(width - 10.0**-decimals) < 1e-9:
            return format_figure(value, unit, decimals=decimals, fixed=True, lexicon=lexicon)
    if measure == "rank" and value == int(value):
        return Figure(value, unit, ordinal(int(value), language="zh"), ordinal(int(value), language="en"))
    return format_figure(value, unit, decimals=2 if unit in ("%", "‰") else None, lexicon=lexicon)


def name_of(name: str, lexicon: Lexicon) -> Words:
    """Give an indicator's name in both languages, the Chinese one where no English one is known."""
    return Words(name, salience_of(name, lexicon).en)
