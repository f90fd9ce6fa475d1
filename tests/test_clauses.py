"""Sentences: where they end, under which heading they stand, and in which part of the report."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.clauses import find_sentences


def _read(text, year=2023):
    return [(text[item.start : item.end], item.section, item.part) for item in find_sentences(text, year)]


def test_a_sentence_ends_at_its_stop_or_its_line():
    words = [words for words, _, _ in _read("增长5%。下降2%；持平！为何？\n完成3项")]
    assert words == ["增长5%", "下降2%；持平", "为何", "完成3项"]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("一、2023年工作回顾", "review"),
        ("第一部分 2023年预算执行情况", "review"),
        ("二、2024年工作安排", "plan"),
        ("二、2024年重点任务", "plan"),
        ("第二部分 2024年预算草案", "plan"),
        ("三、今后五年奋斗目标", "plan"),
        ("一、综合", "review"),
        ("## 2024年主要目标", "plan"),
    ],
)
def test_a_heading_tells_what_part_it_opens(heading, part):
    assert _read(f"{heading}\n投资增长5%。")[-1] == ("投资增长5%", heading.lstrip("# "), part)


def test_a_heading_below_leaves_the_part_and_names_the_section():
    text = "二、2024年工作安排\n（一）工业\n投资增长5%。\n（二）农业回暖\n产量增长2%。"
    assert [(section, part) for words, section, part in _read(text) if "增长" in words] == [
        ("（一）工业", "plan"),
        ("（二）农业回暖", "plan"),
    ]


def test_before_any_heading_the_part_is_other():
    assert _read("投资增长5%。") == [("投资增长5%", "", "other")]


def test_a_long_line_with_figures_is_no_heading():
    assert _read("全年完成投资120亿元\n增长5%。")[-1][1] == ""


@given(st.text(st.sampled_from([*"一二、。！？\n（）#●目标回顾2024年，；字"]), max_size=80))
def test_sentences_are_in_order_apart_and_hold_all_but_stops(text):
    sentences = list(find_sentences(text, 2023))
    spans = [(item.start, item.end) for item in sentences]
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert covered == "".join(char for char in text if char not in "。！？\n")


@pytest.mark.parametrize(
    ("text", "year", "years"),
    [
        ("一、2023年工作回顾\n增长5%。\n二、2024年工作安排\n增长6%。", 2023, {2023}),
        ("2022年\n增长5%。\n2023年\n增长6%。", 2023, {2022, 2023}),
        ("2022年\n2023年\n首页\n一、综合\n增长5%。", 2024, {2024}),
        ("2022年某市政府工作报告\n一、2021年工作回顾\n增长5%。\n2023年某市政府工作报告\n增长6%。", 2021, {2021, 2022}),
        ("2022年某市统计公报\n增长5%。\n2023年某市统计公报\n增长6%。", 2022, {2022, 2023}),
        ("2018—2022年工作回顾\n增长5%。", 2022, {2022}),
    ],
)
def test_a_part_about_another_year_has_its_year(text, year, years):
    said = {item.year for item in find_sentences(text, year) if "增长" in text[item.start : item.end]}
    assert said == years


@pytest.mark.parametrize(
    ("text", "part", "ahead"),
    [
        ("二、2024年工作安排\n增长6%。", "plan", 2024),
        ("二、“十五五”时期的主要目标\n增长6%。", "plan", 2030),
        ("二、今后五年的目标任务\n增长6%。", "plan", 2028),
        ("一、“十三五”时期工作回顾\n增长6%。", "review", 2024),
        ("一、成就和目标\n纲要提出了“十五五”时期的主要目标，概述如下。\n增长6%。", "plan", 2030),
        ("一、工作回顾\n我们编制了“十五五”规划，明确了目标任务。\n增长6%。", "review", 2024),
        ("我们要扩大内需，增长6%。", "plan", 2024),
        ("我们要看到，增长6%来之不易。", "other", 2024),
    ],
)
def test_a_plan_is_told_by_headings_and_announcements_with_its_last_year(text, part, ahead):
    last = list(find_sentences(text, 2023))[-1]
    assert (last.part, last.ahead) == (part, ahead)


@pytest.mark.parametrize(
    ("text", "part", "before", "ahead"),
    [
        ("三、2024年工作安排\n过去一年，投资增长5%。", "review", 2022, 2024),
        ("三、2024年工作安排\n过去一年，成绩很大。今年，投资增长5%。", "plan", 2023, 2024),
        ("三、2024年工作安排\n过去一年，成绩很大。\n投资增长5%。", "plan", 2023, 2024),
        ("二、2024年工作安排\n“十四五”以来，投资增长5%。", "review", 2020, 2024),
        ("一、2023年工作回顾\n今后五年，投资增长5%", "plan", 2023, 2028),
        ("一、2023年工作回顾\n到2030年，投资增长5%", "plan", 2023, 2030),
        ("一、2023年工作回顾\n到2023年，投资增长5%", "review", 2022, 2024),
        ("一、2023年工作回顾\n今年投资增长5%", "review", 2022, 2024),
        ("今年我们要办好实事。\n1.就业方面。投资增长5%。", "plan", 2023, 2024),
        ("今年我们要办好实事。\n投资增长5%。", "other", 2022, 2024),
        ("一、2023年工作回顾\n要扩大内需，投资增长5%。", "review", 2022, 2024),
        ("要求很高。投资增长5%。", "other", 2022, 2024),
        ("——我们要推动发展。投资增长5%。", "plan", 2023, 2024),
        ("一、过去五年工作回顾\n投资增长5%。", "review", 2018, 2024),
        ("五年来，成绩很大。\n投资增长5%。\n一年来，成绩更大。", "review", 2018, 2024),
        ("“十四五”时期是攻坚的五年。投资增长5%。", "other", 2022, 2024),
        ("“十五五”时期是攻坚的五年。投资增长5%。", "plan", 2023, 2030),
        ("二、“十五五”时期主要目标\n投资增长5%。", "plan", 2023, 2030),
    ],
)
def test_words_at_the_head_of_a_sentence_say_what_years_it_is_about(text, part, before, ahead):
    said = [item for item in find_sentences(text, 2023) if "增长" in text[item.start : item.end]]
    assert [(item.part, item.before, item.ahead) for item in said] == [(part, before, ahead)]
