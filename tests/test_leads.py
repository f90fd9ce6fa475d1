"""Leads: the known cases are found, say what the figures say, and are read back as the same numbers."""

import csv
import re
from pathlib import Path

import pytest

import zjcompare as zj
from zjcompare.checks import find_checks
from zjcompare.checks.findings import Subject
from zjcompare.errors import LexiconError
from zjcompare.figures import Figure
from zjcompare.leads import find_leads
from zjcompare.leads.facts import Fact
from zjcompare.leads.ranking import Scored, diversify
from zjcompare.lexicon import Lexicon
from zjcompare.sentences import Words, write_sentence
from zjcompare.trends import build_series, compute_moves

SHARED = Path(__file__).parents[1].parent / "shared"
PARTS = ["size", "record", "reversal", "rank", "contradiction", "target", "silence"]


def leads_of(aligned):
    series = build_series(aligned)
    return find_leads(aligned, series, compute_moves(series), find_checks(aligned, series))


@pytest.fixture(scope="module")
def both(zhenjiang, hailar):
    return [(aligned, leads_of(aligned)) for aligned in (zhenjiang, hailar)]


def test_zhenjiang_2018_fell_below_the_year_before_while_growth_was_positive(zhenjiang):
    lead = leads_of(zhenjiang).query("kind == 'contradiction' and year == 2018").iloc[0]
    assert lead["zh"] == (
        "2018年，镇江市地区生产总值4050亿元，比2017年的4105.4亿元下降1.3%，而报告称增长3.1%（按可比价格计算）；"
        "据此推算，2017年应为3928.2亿元。"
    )
    assert "constant_prices" in lead["caveats"]
    assert zhenjiang["value"].iloc[lead["evidence"]].tolist() == [405000000000, 410536000000, 3.1]


def test_zhenjiang_2019_was_estimated_higher_than_it_came_out(zhenjiang):
    lead = leads_of(zhenjiang).query("kind == 'revision' and year == 2019 and measure == 'level'").iloc[0]
    assert lead["zh"] == "2019年，镇江市地区生产总值先报4200亿元，后公布为4127亿元，调减73亿元。"


def test_zhenjiang_2019_missed_its_target(zhenjiang):
    lead = leads_of(zhenjiang).query("kind == 'missed_target'").iloc[0]
    assert lead["zh"] == "2019年，镇江市地区生产总值增长5.8%，低于6.5%的预期目标。"


def test_hailar_2018_leads_with_the_level_that_fell_by_a_third(hailar):
    lead = leads_of(hailar).iloc[0]
    assert lead["zh"] == (
        "2018年，海拉尔区地区生产总值192.3亿元，比2016年的303.6亿元下降36.7%，而报告称增长6.0%（按可比价格计算）；"
        "据此推算，2017年只有181.4亿元。"
    )
    assert {"gap", "constant_prices"} <= set(lead["caveats"])


def test_hailar_never_told_the_growth_of_2017_that_it_had_planned(hailar):
    assert leads_of(hailar).query("kind == 'not_reported' and year == 2017")["zh"].tolist() == [
        "海拉尔区为2017年地区生产总值增速定下7.5%的目标，当年报告没有公布结果。"
    ]


def test_growth_held_against_a_level_of_another_vintage_is_no_contradiction(aligned_of):
    sales = {"indicator": "社会消费品零售总额"}
    guess = {**sales, "year": 2019, "status": "estimate"}
    rows = [
        {**sales, "year": 2018, "value": 1360e8, "text": "1360亿元"},
        {**guess, "value": 1430e8, "text": "1430亿元"},
        {**guess, "value": 5.5, "text": "5.5%", "unit": "%", "measure": "growth"},
        {**sales, "year": 2019, "value": 1158e8, "text": "1158亿元", "report": "final", "report_year": 2020},
    ]
    leads = leads_of(aligned_of(rows))
    assert "contradiction" not in set(leads["kind"])
    assert leads.query("kind == 'revision'")["zh"].tolist() == [
        "2019年，甲市社会消费品零售总额先报1430亿元，后公布为1158亿元，调减272亿元。"
    ]


def test_the_end_of_a_long_rise_is_told_with_its_length(zhenjiang):
    lead = leads_of(zhenjiang).query("kind == 'reversal' and year == 2022").iloc[0]
    assert lead["zh"] == "2022年，镇江市一般公共预算收入304亿元，比上年下降7.2%，此前的4年连增就此中断。"


def test_a_rate_is_told_in_percentage_points(aligned_of):
    share = {"indicator": "第三产业增加值占地区生产总值比重", "unit": "%"}
    rows = [
        {**share, "year": 2020, "value": 49.31, "text": "49.31%"},
        {**share, "year": 2021, "value": 48.02, "text": "48.02%"},
    ]
    lead = leads_of(aligned_of(rows)).iloc[0]
    assert lead["zh"] == "2021年，甲市第三产业增加值占地区生产总值比重48.02%，比上年下降1.29个百分点。"


def test_a_rank_that_moved_is_told_in_places(aligned_of):
    rank = {
        "indicator": "社会消费品零售总额",
        "unit": "位",
        "measure": "rank",
        "rank_scope": "全省",
        "rank_of": "growth",
    }
    rows = [
        {**rank, "year": 2022, "value": 7.0, "text": "第7位"},
        {**rank, "year": 2023, "value": 2.0, "text": "第2位"},
    ]
    lead = leads_of(aligned_of(rows)).iloc[0]
    assert (lead["kind"], lead["zh"]) == ("rank_up", "2023年，甲市社会消费品零售总额增速列全省第2位，比上年前移5位。")


def test_no_lead_says_significant(both):
    for _, leads in both:
        assert not leads["zh"].str.contains("显著").any()
        assert not leads["en"].str.contains("significant", case=False).any()


def test_no_lead_rests_on_a_doubtful_row_without_saying_so(aligned_of, zhenjiang):
    rows = [
        {"year": 2022, "indicator": "地区生产总值", "value": 2.9, "unit": "%", "measure": "growth", "text": "2.9%"},
        {
            "year": 2023,
            "indicator": "地区生产总值",
            "value": 6.2,
            "unit": "%",
            "measure": "growth",
            "text": "6.2%",
            "confidence": 0.4,
        },
    ]
    doubtful = leads_of(aligned_of(rows))
    assert doubtful["caveats"].map(lambda names: "low_confidence" in names).all()
    assert doubtful["certainty"].max() < 0.401
    assert not leads_of(zhenjiang)["caveats"].map(lambda names: "low_confidence" in names).any()


def test_the_score_is_made_of_the_parts_shown(both):
    for _, leads in both:
        factors = leads["salience"] * leads["certainty"] * leads["recency"] * leads["significance"]
        made = factors * leads[PARTS].sum(axis=1)
        assert (made - leads["score"]).abs().max() < 1e-12
        assert leads[PARTS].stack().between(0, 1).all()


def test_the_first_ten_are_not_all_of_one_indicator(zhenjiang):
    first = leads_of(zhenjiang).head(10)
    assert first["series"].nunique() >= 3
    assert first["kind"].nunique() >= 4


def fact(series, kind, score):
    parts = {"size": score}
    about = Subject("甲市", series, series, "level", "元", 2023)
    told = Fact(kind, about, 0, "lead.growth", {}, parts, (0,))
    return Scored(told, (), 1.0, 1.0, 1.0, score)


def test_the_second_lead_of_a_series_waits_for_others_of_nearly_its_worth():
    order = diversify([fact("甲", "a", 1.0), fact("甲", "b", 0.9), fact("乙", "c", 0.8), fact("丙", "d", 0.1)])
    assert [one.fact.about.series for one in order] == ["甲", "乙", "甲", "丙"]


def test_every_pattern_has_the_same_slots_in_both_languages(tmp_path):
    for row in Lexicon.default().rows("sentences"):
        assert set(re.findall(r"{(\w+)}", row["zh"])) == set(re.findall(r"{(\w+)}", row["en"])), row["key"]
    (tmp_path / "sentences.csv").write_text("key,zh,en\nword.up,增{x},up\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"word\.up"):
        write_sentence("word.up", {"x": Words("")}, Lexicon.default().extend(tmp_path))


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{甲}", "nothing is told as 甲"),
        ("{", "Single '{'"),
        ("{place:>99999}", "a name alone"),
        ("{place!r}", "a name"),
    ],
)
def test_a_pattern_of_ones_own_that_cannot_be_filled_names_itself(tmp_path, pattern, said):
    with (tmp_path / "sentences.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["key", "zh", "en"], ["lead.growth", pattern, pattern]])
    with pytest.raises(LexiconError, match=f"lead.growth: .*{said}"):
        write_sentence("lead.growth", {}, Lexicon.default().extend(tmp_path))


def test_a_sentence_lists_the_figures_that_it_prints():
    names = {"place": Words("甲市"), "year": Words("2023"), "name": Words("甲"), "est": Words("")}
    told = {**names, "word": Words("增长", "grew"), "value": Figure(6.2, "%", "6.2%", "6.2%")}
    sentence = write_sentence("lead.growth", told, Lexicon.default())
    assert (sentence.zh, sentence.figures) == ("2023年，甲市甲增长6.2%。", ((6.2, "%"),))


def read_back(sentence):
    """Give what our own reader finds in a sentence: values with their units, signs and order left aside."""
    table = zj.tabulate([zj.read(sentence.encode(), place="甲市", year=2023)])
    return [(abs(value), unit) for value, unit in zip(table["value"], table["unit"], strict=True)]


def same(one, other):
    return one[1] == other[1] and abs(abs(one[0]) - other[0]) <= 1e-9 * max(1.0, other[0])


def unread(leads):
    """Give the leads with a figure that is not found when their sentence is read again."""
    for zh, figures in zip(leads["zh"], leads["figures"], strict=True):
        found = read_back(zh)
        missing = [one for one in figures if not any(same(one, other) for other in found)]
        if missing:
            yield zh, missing, found


def test_every_sentence_read_again_gives_the_same_figures(both):
    for _, leads in both:
        assert list(unread(leads)) == []


@pytest.mark.skipif(not (SHARED / "corpora" / "hailar").is_dir(), reason="whole reports are not at hand")
def test_whole_reports_lead_with_the_known_case_and_read_back():
    reports = [zj.read(path) for path in sorted((SHARED / "corpora" / "hailar").glob("*.txt"))]
    aligned = zj.align(zj.tabulate(reports))
    leads = leads_of(aligned)
    first = leads.iloc[0]
    assert (first["kind"], first["series_name"], first["year"]) == ("contradiction", "地区生产总值", 2018)
    assert {"192.3亿元", "303.6亿元", "6.0%"} <= set(re.findall(r"[\d.]+(?:亿元|%)", first["zh"]))
    assert list(unread(leads.head(60))) == []


def growth_row(year, value, indicator="旅游总收入", **more):
    return {
        "year": year,
        "indicator": indicator,
        "value": value,
        "unit": "%",
        "measure": "growth",
        "text": f"{value}%",
        **more,
    }


@pytest.mark.parametrize(
    ("value", "text", "zh"),
    [
        (100.0, "翻番", "2023年，甲市旅游总收入实现翻番。"),
        (200.0, "2倍", "2023年，甲市旅游总收入增长2倍。"),
        (100.0, "100%", "2023年，甲市旅游总收入增长100%。"),
    ],
)
def test_a_growth_is_told_as_a_multiple_only_where_its_report_says_so(aligned_of, value, text, zh):
    leads = leads_of(aligned_of([growth_row(2023, value, text=text)]))
    assert leads["zh"].tolist() == [zh]
    assert list(unread(leads)) == []


def test_a_bound_is_printed_with_its_figure(aligned_of):
    rows = [
        {"year": 2022, "indicator": "旅游总收入", "value": 820e8, "text": "820亿元"},
        {"year": 2023, "indicator": "旅游总收入", "value": 1000e8, "text": "1000亿元", "bound": ">"},
    ]
    lead = leads_of(aligned_of(rows)).iloc[0]
    assert lead["zh"] == "2023年，甲市旅游总收入超过1000亿元，比上年增长22%。"
    assert "bound" in lead["caveats"]


def test_growth_of_an_indicator_known_for_one_year_is_weak_news(aligned_of):
    rows = [
        growth_row(2023, 70.0, "甲接待人数"),
        growth_row(2023, 70.0, "乙接待人数"),
        growth_row(2022, 70.0, "乙接待人数"),
    ]
    rows[1] |= {"value": 70.1}
    rows = [*rows[:2], {"year": 2021, "indicator": "乙接待人数", "value": 5e4, "unit": "人", "text": "5万人"}]
    size = leads_of(aligned_of(rows)).query("kind == 'growth'").set_index("series")["size"]
    assert size["甲接待人数"] < size["乙接待人数"] / 2


def test_many_indicators_that_fall_silent_in_one_report_are_told_once(aligned_of):
    names = ["社会消费品零售总额", "户籍人口", "进出口总额", "甲"]
    rows = [
        {"year": year, "indicator": name, "value": 100.0 + year, "unit": "人"}
        for name in names
        for year in range(2018, 2022)
    ]
    aligned = aligned_of([*rows, {"year": 2022, "indicator": "乙", "value": 1.0, "unit": "人"}])
    silent = leads_of(aligned).query("kind == 'silence'")
    assert silent["zh"].tolist() == [
        "甲市的报告此前每年公布社会消费品零售总额（2021年为2121人），2022年起不再公布；进出口总额、户籍人口等另外3项指标也是如此。"
    ]
    assert "style" in silent["caveats"].iloc[0]
    assert set(aligned["indicator"].iloc[silent["evidence"].iloc[0]]) == set(names)
    fewer = aligned_of(
        [row for row in rows if row["indicator"] in names[:2]] + [{"year": 2022, "indicator": "乙", "value": 1.0}]
    )
    assert len(leads_of(fewer).query("kind == 'silence'")) == 2


def sales(values, first=2016):
    return [
        {"year": first + n, "indicator": "社会消费品零售总额", "value": value * 1e8, "text": f"{value}亿元"}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "growth", "said"),
    [
        ([100.0, 120.0, 130.0, 110.0], 5.0, "据此推算为约115.5亿元，仍低于2018年的130亿元。"),
        ([100.0, 120.0, 130.0, 110.0], 25.0, "据此推算为约137.5亿元，超过此前最高的2018年（130亿元）。"),
        ([160.0, 170.0, 180.0, 195.0], 6.0, "据此推算为约206.7亿元，首次突破200亿元。"),
        ([100.0, 120.0, 130.0, 110.0], 18.2, None),  # 130 within the rounding: nothing is claimed
        ([150.0, 160.0, 165.0, 170.0], 5.0, None),
    ],
)
def test_a_derived_level_is_told_where_it_says_more_than_its_growth(aligned_of, values, growth, said):
    rows = [*sales(values), growth_row(2020, growth, "社会消费品零售总额")]
    derived = leads_of(aligned_of(rows)).query("kind == 'derived'")
    assert derived["zh"].str.split("，", n=2).str[2].tolist() == ([] if said is None else [said])
    for caveats in derived["caveats"]:
        assert "derived" in caveats


def test_a_level_at_constant_prices_is_never_held_against_nominal_ones(aligned_of):
    rows = [
        {**row, "indicator": "地区生产总值"} for row in [*sales([100.0, 120.0, 130.0, 110.0]), growth_row(2020, 5.0)]
    ]
    assert "derived" not in set(leads_of(aligned_of(rows))["kind"])


def test_a_record_names_the_first_year_beaten_and_beats_it_clearly(aligned_of):
    clear = leads_of(aligned_of(sales([130.0, 100.0, 105.0, 103.0, 120.0]))).query("kind == 'record_high'")
    assert clear["zh"].tolist() == ["2020年，甲市社会消费品零售总额120亿元，为2017年以来最高。"]
    hardly = leads_of(aligned_of(sales([130.0, 100.0, 105.0, 103.0, 105.9]))).query("kind == 'record_high'")
    assert hardly.empty


def test_a_contradiction_of_the_record_fades_more_slowly_than_a_move(zhenjiang):
    leads = leads_of(zhenjiang).set_index("kind")
    assert leads.loc[["contradiction"], "recency"].min() > 0.8
    assert (
        leads.query("year <= 2019")
        .loc[lambda rows: ~rows.index.isin(["contradiction", "revision", "base_revised"])]["recency"]
        .max()
        < 0.6
    )


def test_a_figure_that_was_replaced_by_half_its_size_is_no_revision(aligned_of):
    first, later = sales([500.0], 2020)[0], {**sales([1170.0], 2020)[0], "report": "r2", "report_year": 2021}
    assert "revision" not in set(leads_of(aligned_of([first, later]))["kind"])


@pytest.mark.parametrize(("later", "doubtful"), [(515.0, False), (600.0, True)])
def test_a_large_revision_is_to_be_checked_first(aligned_of, later, doubtful):
    rows = [sales([500.0], 2020)[0], {**sales([later], 2020)[0], "report": "r2", "report_year": 2021}]
    caveats = leads_of(aligned_of(rows)).query("kind == 'revision'")["caveats"].iloc[0]
    assert ("large_change" in caveats) is doubtful


def test_a_bound_is_printed_where_a_check_tells_it(aligned_of):
    rows = [
        *sales([800.0], 2019),
        {**sales([1000.0], 2020)[0], "bound": ">"},
        growth_row(2020, 5.0, "社会消费品零售总额"),
    ]
    zh = leads_of(aligned_of(rows)).query("kind == 'base_revised'")["zh"].tolist()
    assert zh == [
        "2020年，甲市社会消费品零售总额超过1000亿元，报告称增长5.0%；据此推算，2019年应为超过952.4亿元，公布数则为800亿元。"
    ]


def test_a_change_of_a_small_count_may_be_chance(aligned_of):
    def laws(scale):
        rows = [
            {"year": 2022 + at, "indicator": "法律议案", "unit": "件", "value": value * scale, "text": f"{value}件"}
            for at, value in enumerate((10.0, 19.0))
        ]
        leads = leads_of(aligned_of(rows))
        return leads[leads["kind"] == "move"].iloc[0]

    few, many = laws(1), laws(100)
    assert few["significance"] == pytest.approx(2 * (19**0.5 - 10**0.5) ** 2 / 9)
    assert many["significance"] == 1
    assert ("small_count" in few["caveats"], "small_count" in many["caveats"]) == (True, False)


@pytest.mark.parametrize(
    ("sentence", "text", "zh"),
    [
        ("粮食产量实现连续4年增长", "4年", "2023年，甲市粮食产量连续4年增长。"),
        ("信访总量连续4年下降", "4年", "2023年，甲市粮食产量连续4年下降。"),
        ("湖区连续18年实现安全度夏", "18年", None),
    ],
)
def test_a_streak_is_told_only_of_what_rises_or_falls(aligned_of, sentence, text, zh):
    shared = {"year": 2023, "indicator": "粮食产量", "measure": "streak", "unit": "年", "value": float(text[:-1])}
    leads = leads_of(aligned_of([{**shared, "sentence": sentence, "text": text}]))
    assert leads["zh"].tolist() == ([zh] if zh else [])


def test_a_fall_that_deepens_is_told_as_a_fall_not_as_growth(aligned_of):
    leads = leads_of(aligned_of([growth_row(2022, -9.1, text="9.1%"), growth_row(2023, -27.5, text="27.5%")]))
    assert leads["zh"].tolist() == ["2023年，甲市旅游总收入下降27.5%，降幅比上年扩大18.4个百分点。"]
    assert leads["en"].iat[0].endswith("a steeper fall than the year before, by 18.4 percentage points.")


def test_the_country_is_named_once_and_in_english(aligned_of):
    row = {"year": 2023, "indicator": "国内生产总值", "measure": "growth", "unit": "%", "value": 5.2, "place": "全国"}
    leads = leads_of(aligned_of([{**row, "text": "5.2%"}]))
    assert (leads["zh"].iat[0], leads["en"].iat[0]) == (
        "2023年，国内生产总值增长5.2%。",
        "In 2023, GDP in China grew 5.2%.",
    )
