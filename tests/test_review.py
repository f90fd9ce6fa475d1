"""Uncertain pairs are written for a person, and what the person decided is read back, checked and obeyed."""

import json
import re
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.cli import main
from zjcompare.decisions import COLUMNS, keep_decisions, read_decisions, resolve_decisions
from zjcompare.errors import LexiconError
from zjcompare.review import order_by_value, write_review


def reports(*names_of_years, place="镇江市"):
    rows = [
        {
            "place": place,
            "year": 2015 + at,
            "indicator": name,
            "measure": "level",
            "unit": "家",
            "report": f"{place}{at}",
        }
        for at, names in enumerate(names_of_years)
        for name in names
    ]
    return pd.DataFrame(rows)


def decided(*rows):
    return pd.DataFrame([{"a": a, "b": b, "decision": word, "who": "", "when": "", "why": ""} for a, b, word in rows])


@pytest.fixture
def unsure():
    table = reports(["财政收入", "公园"], ["一般公共预算收入", "公园"], ["财政总收入"], ["公园"])
    return zj.match(table)


def test_the_sheet_and_the_page_hold_each_pair_left_to_a_person(unsure, tmp_path):
    sheet, page = write_review(unsure, tmp_path / "review")
    written = pd.read_csv(sheet, keep_default_na=False)
    assert list(written.columns[:6]) == list(COLUMNS)
    assert len(written) == (unsure["decision"] == "review").sum() > 0
    data = re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"))
    assert [(pair["a"], pair["b"]) for pair in json.loads(data[1])] == list(
        written[["a", "b"]].itertuples(index=False, name=None)
    )


def test_the_page_loads_nothing_from_elsewhere(unsure, tmp_path):
    _, page = write_review(unsure, tmp_path)
    assert not re.search(r"https?://|src=|@import|url\(", page.read_text(encoding="utf-8"))


def test_a_name_cannot_break_out_of_the_page(tmp_path):
    name = "</script><script>alert(1)</script>"
    pairs = pd.DataFrame(
        [
            {
                "a": name,
                "b": "财政收入",
                "probability": 0.5,
                "decision": "review",
                "relation": "kin",
                "why": "",
                "rows_a": 1,
                "rows_b": 1,
            }
        ]
    )
    _, page = write_review(pairs, tmp_path)
    assert "<script>alert" not in page.read_text(encoding="utf-8")


def test_pairs_that_move_more_rows_come_first():
    pairs = pd.DataFrame(
        {
            "a": ["甲", "乙", "丙"], "b": ["子", "丑", "寅"], "probability": [0.5, 0.5, 0.9], "why": "",
            "decision": ["review", "review", "same"], "relation": "kin", "rows_a": [2, 9, 50], "rows_b": [2, 8, 50],
        }
    )  # fmt: skip
    assert list(order_by_value(pairs)["a"]) == ["乙", "甲"]


def test_an_untouched_sheet_holds_no_decision(unsure, tmp_path):
    sheet, _ = write_review(unsure, tmp_path)
    assert read_decisions(sheet).empty


def test_a_decided_sheet_is_obeyed(unsure, tmp_path):
    sheet, _ = write_review(unsure, tmp_path)
    filled = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    filled.loc[(filled["a"] == "一般公共预算收入") & (filled["b"] == "财政收入"), "decision"] = "same"
    filled.to_csv(sheet, index=False)
    table = reports(["财政收入"], ["一般公共预算收入"])
    assert len(set(zj.align(table)["series"])) == 2
    assert len(set(zj.align(table, read_decisions(sheet))["series"])) == 1


def test_people_can_part_what_reads_alike():
    table = reports(["GDP"], ["地区生产总值"], ["地区生产总值"])
    decisions = decided(("GDP", "地区生产总值", "different"))
    aligned = zj.align(table, decisions)
    assert list(aligned["series"] == aligned["series"][1]) == [False, True, True]
    assert list(zj.match(table, decisions)["decision"]) == ["different"]


def test_a_decision_for_a_pair_outweighs_a_veto():
    table = reports(["进口总额"], ["出口总额"])
    assert len(set(zj.align(table, decided(("进口总额", "出口总额", "same")))["series"])) == 1


def test_a_contradiction_names_its_rows():
    frame = decided(("甲", "乙", "same"), ("乙", "丙", "same"), ("丙", "甲", "different"))
    with pytest.raises(LexiconError, match=r"row 2: 丙 and 甲 are different here, and the same by row 1, 0"):
        resolve_decisions(frame)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,decision\n甲,乙,same\n", "lacks the columns who, when, why"),
        ("a,b,a,decision,who,when,why\n", "lacks the columns a, or has them twice"),
        ("a,b,decision,who,when,why\n甲,乙,same,我,,,太多\n", "row 2: has more fields"),
        ('a,b,decision,who,when,why\n甲,乙,"same"s,,,\n', "cannot be read as UTF-8 CSV"),
        ("a,b,decision,who,when,why\n甲,乙,maybe,,,\n", "row 2: decision is 'maybe'"),
        ("a,b,decision,who,when,why\n甲,甲,same,,,\n", "row 2: 甲 is compared with itself"),
        ("a,b,decision,who,when,why\n甲,乙,same,,,\n甲,乙,different,,,\n", "row 3: 乙 and 甲 .* same by row 2"),
    ],
)
def test_a_broken_file_is_named_with_its_row(tmp_path, text, message):
    file = tmp_path / "decisions.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_decisions(file)


def test_a_name_that_would_be_a_formula_is_harmless_on_the_sheet_and_comes_back(tmp_path):
    kept = tmp_path / "decisions.csv"
    keep_decisions(kept, decided(("=1+1指数", "物价指数", "same")))
    assert "\n'=1+1指数," in kept.read_text(encoding="utf-8")
    assert read_decisions(kept)["a"].tolist() == ["=1+1指数"]


@settings(max_examples=200)
@given(st.text(alphabet='a,b"\n\r\0\ufeff甲same', max_size=60), st.booleans())
def test_any_file_of_decisions_is_read_or_refused_with_our_error(tmp_path_factory, text, headed):
    file = tmp_path_factory.mktemp("decisions") / "decisions.csv"
    file.write_bytes((",".join(COLUMNS) * headed + "\n" + text).encode())
    try:
        assert list(read_decisions(file).columns) == list(COLUMNS)
    except LexiconError:
        return


def test_long_chains_of_answers_are_checked_in_linear_time():
    chain = [(f"甲{n}", f"甲{n + 1}", "same") for n in range(20_000)]
    apart = [(f"甲{n}", f"乙{n}", "different") for n in range(20_000)]
    began = time.process_time()
    assert len(resolve_decisions(decided(*chain, *apart)).same) == 20_000
    assert time.process_time() - began < 4


def test_answers_are_kept_once_and_obeyed(tmp_path):
    kept = tmp_path / "decisions.csv"
    keep_decisions(kept, decided(("财政收入", "一般公共预算收入", "same")))
    again = keep_decisions(
        kept, decided(("一般公共预算收入", "财政收入", "same"), ("财政收入", "财政总收入", "different"))
    )
    assert again["decision"].tolist() == ["same", "different"]
    assert read_decisions(kept).equals(again)
    aligned = zj.align(reports(["财政收入"], ["一般公共预算收入"], ["财政总收入"]), read_decisions(kept))
    assert aligned["series"].nunique() == 2


def test_an_answer_against_what_is_kept_is_an_error_and_changes_nothing(tmp_path):
    kept = tmp_path / "decisions.csv"
    keep_decisions(kept, decided(("财政收入", "一般公共预算收入", "same")))
    before = kept.read_bytes()
    with pytest.raises(LexiconError, match="row 3"):
        keep_decisions(kept, decided(("财政收入", "一般公共预算收入", "different")))
    assert kept.read_bytes() == before


def test_the_command_line_asks_keeps_and_asks_no_more(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for year, name in ((2021, "财政收入"), (2022, "一般公共预算收入")):
        (tmp_path / f"镇江_{year}_政府工作报告.txt").write_text(
            f"{year}年镇江市政府工作报告\n\n一、{year}年工作回顾\n\n全市{name}完成{year - 1700}亿元。\n",
            encoding="utf-8",
        )
    sources = sorted(map(str, tmp_path.glob("镇江*.txt")))
    assert main(["review", *sources]) == 0
    assert capsys.readouterr().out.startswith("1 pairs to decide")
    answers = pd.read_csv("review/review.csv", dtype=str, keep_default_na=False)
    answers.assign(decision="same").to_csv("answers.csv", index=False)
    assert main(["review", "--apply", "answers.csv"]) == 0
    assert capsys.readouterr().out == "1 decisions kept\ndecisions.csv\n"
    assert main(["review", *sources]) == 0
    assert capsys.readouterr().out.startswith("0 pairs to decide")
