"""The digests in `datasets/`: every figure has its source, and every source its figure."""

import csv
import math
import re
from decimal import Decimal
from pathlib import Path

import pytest

import zjcompare as zj

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "datasets" / "zhenjiang"
FACTS = ROOT.parent / "shared" / "facts" / "zhenjiang.csv"
YEARS = range(2015, 2023)
FIGURE = re.compile(r"\*\*([\d.]+)(%?)\*\*([亿万]?[^\s，。；、和{]{0,6})")
MULTIPLIERS = {"亿": 10**8, "万": 10**4}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


SOURCES = rows_of(FOLDER / "SOURCES.csv")


def figures_of(text):
    """Give each bold figure: as printed, its value, and the rest of the clause's unit."""
    for number, percent, following in FIGURE.findall(text):
        factor = MULTIPLIERS.get(following[:1], 1) if not percent else 1
        unit = "%" if percent else following.lstrip("亿万")
        yield number + percent, abs(Decimal(number) * factor), unit


@pytest.mark.parametrize("year", YEARS)
def test_each_figure_of_a_digest_has_its_row_and_each_row_its_figure(year):
    text = (FOLDER / f"{year}.md").read_text(encoding="utf-8")
    rows = [row for row in SOURCES if row["digest"] == str(year)]
    figures = list(figures_of(text))
    assert [row["printed"] for row in rows] == [printed for printed, _, _ in figures]
    for row, (_, value, following) in zip(rows, figures, strict=True):
        assert abs(Decimal(row["value"])) == value
        assert following.removeprefix("个").startswith(row["unit"].removeprefix("个"))
        assert row["source"]


@pytest.mark.parametrize("year", YEARS)
def test_no_figure_of_a_digest_is_outside_the_sources(year):
    """A digit that is not bold is a year (its own, or one that it looks back to), or part of PM2.5 or 500强."""
    text = (FOLDER / f"{year}.md").read_text(encoding="utf-8")
    rest = re.sub(r"PM2\.5|500强", "", FIGURE.sub("", text))
    looked_back = {row["year"] for row in SOURCES if row["digest"] == str(year)}
    assert set(re.findall(r"\d+", rest)) == {str(year), *looked_back}


def test_the_years_with_many_facts_have_at_least_fifteen_figures():
    counts = {year: sum(row["digest"] == str(year) for row in SOURCES) for year in YEARS}
    assert min(counts.values()) >= 12
    assert min(counts[year] for year in (2015, 2019, 2021)) >= 15


@pytest.mark.skipif(not FACTS.exists(), reason="the facts are not beside this clone")
def test_each_row_of_the_sources_is_a_fact_of_that_source_as_rounded_in_print():
    facts = rows_of(FACTS)
    for row in SOURCES:
        same = [
            float(fact["value"])
            for fact in facts
            if all(fact[key] == row[key] for key in ("year", "indicator", "measure", "unit", "source"))
        ]
        assert any(math.isclose(float(row["value"]), value, rel_tol=4e-3) for value in same), row


@pytest.mark.parametrize("year", YEARS)
def test_a_digest_is_read_without_help(year):
    report = zj.read(FOLDER / f"{year}.md")
    assert (report.place, report.year, report.kind) == ("镇江市", year, "收官盘点")
