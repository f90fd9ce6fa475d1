"""What the newsroom knows of an indicator, and what it does when the lexicon is broken."""

import re

import pytest

from zjcompare.errors import LexiconError
from zjcompare.lexicon import Lexicon
from zjcompare.salience import salience_of


@pytest.mark.parametrize("row", Lexicon.default().rows("salience"), ids=lambda row: row["example"])
def test_each_example_is_found_by_its_own_pattern_first(row):
    known = salience_of(row["example"], Lexicon.default())
    assert re.search(row["pattern"], row["example"])
    assert (f"{known.weight:g}", known.prices, known.better, known.en) == (
        f"{float(row['weight']):g}", row["prices"], row["better"], row["en"],
    )  # fmt: skip
    assert row["prices"] in ("", "constant", "nominal")
    assert row["better"] in ("", "up", "down")
    assert 0 < known.weight <= 1


def test_energy_use_per_product_is_not_the_product():
    assert salience_of("单位地区生产总值能耗", Lexicon.default()).better == "down"
    assert salience_of("地区生产总值", Lexicon.default()).weight == 1.0


def test_an_unknown_name_weighs_little_and_has_no_english():
    known = salience_of("某项新鲜事物", Lexicon.default())
    assert (known.weight, known.en) == (0.3, "")


def test_a_broken_pattern_names_the_file_and_the_row(tmp_path):
    (tmp_path / "salience.csv").write_text("pattern,weight,prices,better,en,example\n(,0.5,,,,甲\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"salience\.csv, row 2: pattern"):
        salience_of("甲", Lexicon.default().extend(tmp_path))
