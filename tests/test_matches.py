"""Two names are one indicator or not, whichever comes first, for reasons that add up; pairs are rows with a source."""

import csv
import io
import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.lexicon import Lexicon
from zjcompare.scores import VETOED

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
PAIRS = list(csv.DictReader((HERE / "cases" / "pairs.csv").open(encoding="utf-8")))
names = st.sampled_from(sorted({pair[side] for pair in PAIRS for side in "ab"}))
marked = st.builds(
    "{}{}{}".format, st.sampled_from(["", "全市", "2023年", "其中："]), names, st.sampled_from(["", "（亿元）", "增速"])
)


def score(pairs):
    """Give precision and recall of same, and the share of pairs left to a person."""
    joined = [pair for pair in pairs if zj.match_pair(pair["a"], pair["b"]).decision == "same"]
    right = sum(pair["same"] for pair in joined)
    review = sum(zj.match_pair(pair["a"], pair["b"]).decision == "review" for pair in pairs)
    return right / len(joined), right / sum(pair["same"] for pair in pairs), review / len(pairs)


@pytest.mark.parametrize("split", ["dev", "held_out"])
def test_the_labelled_pairs_are_decided_as_people_did(split):
    pairs = [pair | {"same": pair["decision"] == "same"} for pair in PAIRS if pair["split"] == split]
    precision, recall, review = score(pairs)
    assert precision >= 0.98
    assert recall >= 0.90
    assert review <= 0.10


@pytest.mark.skipif(not (SHARED / "gold" / "pairs.jsonl").exists(), reason="the labelled pairs lie beside the project")
def test_pairs_that_others_labelled_are_decided_as_they_did():
    lines = (SHARED / "gold" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    precision, recall, review = score([json.loads(line) for line in lines])
    assert precision >= 0.98
    assert 2 * precision * recall / (precision + recall) >= 0.93
    assert review <= 0.10


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["relation"] == "successor" and pair["split"] == "dev"])
def test_a_successor_is_marked(pair):
    found = zj.match_pair(pair["a"], pair["b"])
    if found.decision == "same":
        assert found.relation == "successor"


@given(marked, marked)
def test_a_match_is_the_same_whichever_name_comes_first(a, b):
    assert zj.match_pair(a, b) == zj.match_pair(b, a)


@given(marked)
def test_a_name_matches_itself(a):
    found = zj.match_pair(a, a)
    assert (found.decision, found.relation) == ("same", "same")


@given(marked, marked)
def test_the_reasons_add_up_to_the_probability_and_a_veto_is_never_outvoted(a, b):
    found = zj.match_pair(a, b)
    total = sum(found.why.values())
    assert found.decision == (
        "same" if found.probability >= 0.9 else "review" if found.probability >= 0.3 else "different"
    )
    if any(reason.startswith("veto") for reason in found.why):
        assert (found.decision, found.probability) == ("different", VETOED)
    elif not any(
        reason.split(" ")[0].rstrip(":") in ("alias", "rename", "successor", "distinct") for reason in found.why
    ):
        assert math.isclose(found.probability, 1 / (1 + math.exp(-total)))


@pytest.mark.parametrize(
    ("options", "decision"),
    [
        ({"unit_a": "亿元", "unit_b": "万元"}, "same"),
        ({"unit_a": "亿元", "unit_b": "家"}, "different"),
        ({"unit_a": "家", "unit_b": "户"}, "same"),
        ({"measure_a": "level", "measure_b": "growth"}, "different"),
        ({"measure_a": "level", "measure_b": "level"}, "same"),
    ],
)
def test_units_of_two_kinds_and_two_measures_part_what_the_names_join(options, decision):
    assert zj.match_pair("高新技术产业", "高新技术产业", **options).decision == decision


def test_the_pairs_of_a_table_have_their_reasons_and_counts():
    table = pd.DataFrame(
        {"indicator": ["公共财政预算收入", "一般公共预算收入", "一般公共预算收入", "财政收入", "公园"]}
    )
    pairs = zj.match(table)
    best = pairs.iloc[0]
    assert (best["a"], best["b"], best["decision"]) == ("一般公共预算收入", "公共财政预算收入", "same")
    assert (best["rows_a"], best["rows_b"]) == (2, 1)
    assert (pairs["a"] < pairs["b"]).all() or set(pairs.columns) == set(zj.match(table.head(0)).columns)
    assert not pairs[["a", "b"]].isin(["公园"]).any().any()


@given(st.lists(marked, min_size=1, max_size=8))
def test_each_pair_of_a_table_is_decided_as_match_pair_does(texts):
    listed = {
        (a, b): decision
        for a, b, decision in zj.match(pd.DataFrame({"indicator": texts}))[["a", "b", "decision"]].itertuples(
            index=False
        )
    }
    for (a, b), decision in listed.items():
        assert zj.match_pair(a, b).decision == decision


def test_a_user_can_add_words_of_their_own(tmp_path):
    (tmp_path / "abbreviations.csv").write_text("means,words\n公园门票收入,园票\n", encoding="utf-8")
    lexicon = Lexicon.default().extend(tmp_path)
    assert zj.match_pair("园票", "公园门票收入").decision != "same"
    assert zj.match_pair("园票", "公园门票收入", lexicon=lexicon).decision == "same"


@pytest.mark.parametrize("relation", ["kin", "other"])
def test_names_that_read_alike_are_parted_by_a_row_of_distinct(tmp_path, relation):
    row = f"旅游总收入,旅游综合收入,{relation},the second holds what locals spend\n"
    (tmp_path / "distinct.csv").write_text(f"a,b,relation,why\n{row}", encoding="utf-8")
    lexicon = Lexicon.default().extend(tmp_path)
    assert zj.match_pair("旅游总收入", "旅游综合收入").decision == "same"
    decided = zj.match_pair("全市旅游总收入", "旅游综合收入", lexicon=lexicon)
    assert decided.decision == ("review" if relation == "kin" else "different")
    texts = ["2022年镇江市收官盘点\n旅游总收入900亿元。", "2023年镇江市收官盘点\n旅游综合收入950亿元。"]
    table = zj.tabulate([zj.read(io.StringIO(text)) for text in texts], lexicon=lexicon)
    assert len(set(zj.align(table)["series"])) == 1
    assert len(set(zj.align(table, lexicon=lexicon)["series"])) == 2


def test_a_row_that_parts_a_text_from_itself_is_named(tmp_path):
    rows = "a,b,relation,why\n甲,乙,other,two\n全年旅游收入,旅游收入,other,no\n"
    (tmp_path / "distinct.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(zj.LexiconError, match=r"distinct\.csv, row 3: 全年旅游收入 and 旅游收入 are one text"):
        zj.match_pair("进口", "出口", lexicon=Lexicon.default().extend(tmp_path))


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("财政赤字", "财政赤字", "one text"),
        ("全年财政赤字（亿元）", "财政赤字", "财政赤字 but for script"),
        ("国企", "国有企业", "both are written 国有企业"),
        ("救助孤儿", "孤儿救助", "another order"),
        ("公路客运量增速", "公路客运量增幅", "say the same"),
    ],
)
def test_names_that_read_alike_say_what_made_them_alike(a, b, reason):
    match = zj.match_pair(a, b)
    assert [value for text, value in match.why.items() if text.startswith("alike: ") and reason in text] == [0.0]


@pytest.mark.parametrize(("a", "b"), [("规模", "总数"), ("人口", "累计完成数"), ("再", "提出")])
def test_names_that_say_nothing_are_not_one_indicator(a, b):
    assert zj.match_pair(a, b).decision == "different"
    texts = ["2022年镇江市收官盘点\n", "2023年镇江市收官盘点\n"]
    table = zj.tabulate([zj.read(io.StringIO(f"{text}旅游收入900亿元。")) for text in texts])
    assert len(set(zj.align(table.assign(indicator=[a, b]))["series"])) == 2


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        ("国内生产总值", "地区生产总值", (0.5, "review", "kin")),
        ("财政总收入", "一般公共预算收入", (0.01, "different", "other")),
        ("国内生产总值", "GDP", (0.99, "same", "same")),
        ("财政一般预算收入", "一般公共预算收入", (0.99, "same", "same")),
        ("农村居民人均纯收入", "农村居民人均可支配收入", (0.99, "same", "successor")),
    ],
)
def test_a_pair_that_the_lexicon_tells_of_is_decided_by_its_row(a, b, match):
    found = zj.match_pair(a, b)
    [(row, relation)] = [
        (row, relation)
        for relation in ("distinct", "synonyms")
        for row in Lexicon.default().rows(relation)
        if {row["a"], row["b"]} == {a, b}
    ]
    since = f" since {row['since']}" if row.get("since") else ""
    weight = {0.5: 0.0, 0.01: -4.6, 0.99: 4.6}[found.probability]
    head = "distinct" if relation == "distinct" else row["relation"]
    assert (found.probability, found.decision, found.relation) == match
    assert found.why == {f"{head}{since}: {row.get('source') or row['why']}": weight}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("进口总额", "出口总额", "kin"),
        ("甲路里程", "乙路里程", "kin"),
        ("公园", "桥梁", "other"),
        ("出生人口", "死亡人口", "other"),
    ],
)
def test_names_with_six_tenths_of_their_characters_in_common_are_kin(a, b, relation):
    found = zj.match_pair(a, b, measure_a="level", measure_b="growth")
    assert (found.decision, found.relation, found.why) == (
        "different",
        relation,
        {"veto: measure growth/level": -math.inf},
    )


@pytest.mark.parametrize("known", [{"measure_a": "level"}, {"measure_b": "level"}, {"unit_a": "家"}, {"unit_b": "家"}])
def test_what_is_known_of_one_name_alone_parts_nothing(known):
    assert zj.match_pair("公园门票", "公园门票", **known) == zj.match_pair("公园门票", "公园门票")


def test_what_people_decided_of_a_table_stands_whatever_the_names_say():
    texts = ["公共财政预算收入", "一般公共预算收入", "进口总额", "出口总额"]
    said = [
        ("进口总额", "出口总额", "same"),
        ("公共财政预算收入", "一般公共预算收入", "different"),
        ("公园", "进口总额", "same"),
    ]
    decisions = pd.DataFrame(
        [(*pair, "", "", "") for pair in said], columns=["a", "b", "decision", "who", "when", "why"]
    )
    table = zj.match(pd.DataFrame({"indicator": texts}), decisions)
    rows = {(row.a, row.b): (row.probability, row.decision, row.why) for row in table.itertuples()}
    assert rows["出口总额", "进口总额"] == (1.0, "same", "decided by a person +inf")
    assert rows["一般公共预算收入", "公共财政预算收入"] == (0.0, "different", "decided by a person -inf")
    assert len(rows) == 2


def test_the_surest_pairs_come_first_and_equal_ones_by_name():
    texts = ["国企", "国有企业", "公路客运量增速", "公路客运量增幅", "公共财政预算收入", "一般公共预算收入"]
    table = zj.match(pd.DataFrame({"indicator": texts}))
    order = list(zip(-table["probability"], table["a"], table["b"], strict=True))
    assert len(order) >= 3
    assert order == sorted(order)
    assert table["why"].iloc[0] == "rename since 2015: 预算法（2014年修正） +4.6"


def test_no_feature_looks_at_values():
    table = pd.DataFrame({"indicator": ["进口", "出口"], "value": [1.0, 1.0]})
    assert zj.match(table).empty


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("企业研发投入", "全社会研发经费投入"),
        ("制造业企业", "制造业规模"),
        ("人口", "安排"),
        ("公路桥梁数", "公路桥梁长度"),
        ("刑事案件立案数", "刑事案件发案数"),
        ("国有企业营业收入", "国有控股企业营业收入"),
        ("采矿业提供给建筑业的中间使用", "建筑业提供给采矿业的中间使用"),
        ("林业对渔业产品的消耗量", "渔业对林业产品的消耗量"),
        ("证券投资基金只数", "证券投资基金规模"),
        ("图书出版印张数", "图书出版印数"),
    ],
)
def test_names_that_real_reports_joined_wrongly_stay_apart(a, b):
    assert zj.match_pair(a, b).decision != "same"


@pytest.mark.parametrize(
    ("a", "same", "different"),
    [
        ("获专利授权", "获得专利授权", "获专利申请"),
        ("规模以上工业企业工业增加值", "规模以上工业增加值", "工业增加值"),
        ("规模以上工业企业工业销售产值", "规模以上工业销售产值", "规模以上工业企业工业增加值"),
        ("特殊学校", "特殊教育学校", "专门学校"),
        ("特殊学校在校学生", "特殊教育在校生", "特殊学校"),
        ("农村居民人均生活费支出", "农村居民人均生活消费支出", "农村居民人均总支出"),
        ("城镇居民人均生活费支出", "城镇居民人均消费支出", "城镇居民人均生活费收入"),
        ("民生投入占公共财政预算支出比重", "民生支出占一般公共预算支出的比重", "教育投入占一般公共预算支出比重"),
    ],
)
def test_two_ways_to_say_a_part_of_a_name_are_one_and_what_only_looks_so_is_not(a, same, different):
    assert zj.match_pair(a, same).decision == "same"
    assert zj.match_pair(a, different).decision == "different"


@pytest.mark.parametrize(("a", "b"), [("获奖项目", "项目"), ("获刑人数", "人数"), ("获利企业", "企业")])
def test_a_word_that_begins_with_a_word_of_getting_is_no_such_word(a, b):
    assert zj.match_pair(a, b).decision != "same"


@pytest.mark.parametrize("numeral", "12345一二三四五六七八九十")
def test_names_that_differ_in_a_number_stay_apart(numeral):
    found = zj.match_pair(f"{numeral}号线客流", "环号线客流")
    assert [reason for reason in found.why if reason.startswith("veto: numbers")]


def test_a_reason_weighs_what_the_table_says():
    weights = {row["feature"]: float(row["weight"]) for row in Lexicon.default().rows("weights")}
    slip = zj.match_pair("地区生产总直", "地区生产总值（亿元）").why
    assert [value for reason, value in slip.items() if reason.startswith("slip: ")] == [weights["slip"]]
    hollow = zj.match_pair("孵化企业", "孵化").why
    assert hollow == {"bias": weights["bias"], "one_hollow: –/业企": weights["one_hollow"]}
    share = zj.match_pair("装修产值占比", "装修产值占建筑业产值比重").why
    assert share == {"bias": weights["bias"], "soft: share of –/建筑业产值": weights["soft"]}


@pytest.mark.parametrize(("a", "b"), [("孤儿救助", "发放救助孤儿"), ("物流企业数", "物流数")])
def test_words_that_say_little_join_names_whatever_the_order_of_the_rest(a, b):
    assert zj.match_pair(a, b).decision == "same"
