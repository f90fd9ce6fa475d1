"""Reading: every construction by example, and what must hold of any text."""

import math
import re
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zjcompare as zj
from tests.reading_cases import CASES, load_cases, make_report, read_wrongly, rows_of
from zjcompare.lexicon import Lexicon
from zjcompare.numerals import format_han
from zjcompare.observations import read_observations
from zjcompare.report.decoding import valid_unicode

THEMES = (
    "numerals", "not_quantities", "units", "bounds_status", "budgets", "names",
    "lists", "ranks", "time_place", "parts_places", "layout", "digests",
)  # fmt: skip


def _parameter(theme, sentence, rows):
    reason = next((row["xfail"] for row in rows if row["xfail"]), "")
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(sentence, rows, id=f"{theme}-{sentence[:24]}", marks=marks)


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [_parameter(theme, *case) for theme in THEMES for case in load_cases(theme)],
)
def test_a_sentence_reads_as_its_rows_say(sentence, rows):
    assert read_wrongly(sentence, rows) == []


def test_every_file_of_reading_cases_is_a_theme():
    assert {path.stem.removeprefix("reading_") for path in CASES.glob("reading_*.csv")} == set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_is_drawn_from_three_texts_and_keeps_cases_aside(theme):
    rows = [row for _, rows in load_cases(theme) for row in rows]
    assert len({row["provenance"] for row in rows} - {"own knowledge"}) >= 3
    assert sum(row["split"] == "held_out" for row in rows) >= len(rows) / 2


NAMES = st.sampled_from(
    [
        "茶叶产量",
        "渔业总产值",
        "工业用电量",
        "公路货运量",
        "软件业收入",
        "民间投资",
        "网络零售额",
        "港口吞吐量",
        "旅游总收入",
        "入境游客人数",
    ],
)
UNITS = st.sampled_from(["元", "人", "吨", "亩", "平方米", "公里", "家", "件", "千瓦时", "人次", "户", "美元"])
MULTIPLIERS = st.sampled_from([("", 1), ("万", 10_000), ("亿", 100_000_000)])
NUMBERS = st.decimals("0.1", "9999", places=1).map(lambda number: number.normalize())
RATES = st.decimals("0.1", "95", places=1).map(lambda number: number.normalize())


@st.composite
def figures(draw):
    """Give an amount as printed, its value and its unit."""
    number, (multiplier, factor), unit = draw(NUMBERS), draw(MULTIPLIERS), draw(UNITS)
    return f"{number:f}{multiplier}{unit}", number * factor, unit


def _read(sentence):
    return [
        (row["indicator"], row["measure"], row["value"], row["unit"], row["bound"], row["status"])
        for row in rows_of(sentence)
    ]


def _is(row, name, measure, value, unit, bound="=", status="actual"):
    """Hold a read row against what was written."""
    assert (row[0], row[1], *row[3:]) == (name, measure, unit, bound, status)
    assert math.isclose(row[2], value, rel_tol=1e-9)


@given(NAMES, figures(), st.sampled_from(["", "达到", "为", "完成", "实现", "达", "增加到", "提高到", "预计达到"]))
def test_a_level_before_its_verb_reads_back(name, figure, verb):
    printed, value, unit = figure
    (row,) = _read(f"全年{name}{verb}{printed}。")
    _is(row, name, "level", value, unit, status="estimate" if "预计" in verb else "actual")


@given(
    NAMES,
    RATES,
    st.sampled_from(
        [
            ("增长", 1),
            ("下降", -1),
            ("同比增长", 1),
            ("比上年减少", -1),
            ("回落", -1),
            ("较上年提高", 1),
            ("增速为", 1),
            ("降幅达", -1),
        ]
    ),
    st.sampled_from(
        [("", "", "="), ("超过", "", ">"), ("约", "", "~"), ("", "左右", "~"), ("", "以上", ">="), ("不低于", "", ">=")]
    ),
)
def test_a_growth_reads_back_with_its_sign_and_bound(name, rate, verb, bound):
    (row,) = _read(f"{name}{verb[0]}{bound[0]}{rate:f}%{bound[1]}。")
    _is(row, name, "growth", float(rate) * verb[1], "%", bound[2])


@given(
    st.sampled_from(
        [("", "="), ("超过", ">"), ("突破", ">"), ("近", "~"), ("不足", "<"), ("不超过", "<="), ("至少", ">=")]
    ),
    NAMES,
    figures(),
)
def test_a_bound_before_a_level_reads_back(bound, name, figure):
    printed, value, unit = figure
    (row,) = _read(f"{name}{bound[0]}{printed}。")
    _is(row, name, "level", value, unit, bound[1])


@given(NAMES, figures(), RATES, st.integers(1, 31), st.sampled_from(["，", "、"]))
def test_what_follows_a_level_belongs_to_it(name, figure, rate, place, mark):
    printed, value, unit = figure
    level, growth, rank = _read(f"{name}达到{printed}{mark}增长{rate:f}%，列全省第{place}位。")
    _is(level, name, "level", value, unit)
    _is(growth, name, "growth", float(rate), "%")
    _is(rank, name, "rank", place, "位")


@given(st.lists(NAMES, min_size=2, max_size=4, unique=True), st.data())
def test_figures_go_to_their_subjects_in_order(names, data):
    rates = [data.draw(RATES) for _ in names]
    rows = _read(f"{'、'.join(names)}分别增长{'、'.join(f'{rate:f}%' for rate in rates)}。")
    assert [(row[0], row[1]) for row in rows] == [(name, "growth") for name in names]
    assert [row[2] for row in rows] == [float(rate) for rate in rates]


@given(st.lists(NAMES, min_size=2, max_size=2, unique=True), figures(), st.data())
def test_what_stands_after_among_them_has_the_whole_as_parent(names, figure, data):
    whole, part = names
    printed, value, unit = figure
    share = data.draw(st.integers(1, 99)) * value / 100
    rows = rows_of(f"{whole}{printed}，其中{part}{share:f}{unit}。")
    assert [(row["indicator"], row["parent"]) for row in rows if row["parent"] == row["parent"]] == [(part, whole)]
    assert math.isclose(rows[1]["value"], share, rel_tol=1e-9)


@given(NAMES, st.integers(2006, 2014), st.integers(2015, 2023), NUMBERS, NUMBERS)
def test_from_and_to_are_about_their_years(name, first, last, low, high):
    rows = rows_of(f"{name}由{first}年的{low:f}亿元增加到{last}年的{high:f}亿元。")
    assert [(row["indicator"], row["year"], row["measure"]) for row in rows] == [
        (name, first, "level"),
        (name, last, "level"),
    ]
    assert [row["value"] for row in rows] == pytest.approx([float(low) * 1e8, float(high) * 1e8])


@given(NAMES, RATES)
def test_a_share_reads_back(name, rate):
    (row,) = _read(f"{name}占地区生产总值的比重达到{rate:f}%。")
    _is(row, f"{name}占地区生产总值的比重", "level", float(rate), "%")


@given(
    st.sampled_from(["新增", "新建", "改造", "建成"]),
    st.integers(2, 999),
    st.sampled_from(["家示范企业", "条农村公路", "座污水处理厂", "所普通高中"]),
)
def test_a_count_before_its_noun_reads_back(verb, count, noun):
    (row,) = _read(f"{verb}{count}{noun}。")
    _is(row, verb + noun[1:], "level", count, noun[0])


@given(NAMES, st.integers(2, 30), st.integers(1, 9))
def test_a_range_has_both_ends(name, low, more):
    (row,) = rows_of(f"{name}增长{low}—{low + more}%。")
    assert (row["indicator"], row["value"], row["high"], row["unit"]) == (name, low, low + more, "%")


@given(st.sampled_from(["粮食", "夏粮", "棉花"]), st.integers(2, 20))
def test_a_streak_reads_back(name, years):
    rows = [*_read(f"{name}连续{years}年增产。"), *_read(f"{name}实现{format_han(years)}连增。")]
    for row in rows:
        _is(row, name, "streak", years, "年")
    assert len(rows) == 2


REPORT = """一、2023年工作回顾
全年地区生产总值达到1,860.5亿元，增长6.2%，列全省第4位。社会消费品零售总额、进出口总额分别增长5.1%和3.8%。
● 工业运行平稳。预计规模以上工业增加值增长8%左右，其中民营工业增长9.5%；新增高新技术企业126家、示范车间15个。
城乡居民人均可支配收入分别达到5.6万元和2.9万元，城镇登记失业率控制在3.2%以内。水产养殖业实现翻番。
二、2024年工作安排
粮食产量稳定在120万吨以上，新建道路12条，农田灌溉面积占比提高1.5个百分点。
"""
CHANGES = {
    "bold marks around figures": lambda text: re.sub(r"[0-9][0-9.,]*", r"**\g<0>**", text),
    "bold marks around figures and units": lambda text: re.sub(
        r"[0-9][0-9.,]*(?:亿元|万元|%|家|个)?", r"**\g<0>**", text
    ),
    "full-width digits and signs": lambda text: text.translate(
        {ord(a): b for a, b in zip("0123456789.%,", "０１２３４５６７８９．％，", strict=True)}
    ),
    "spaces around figures": lambda text: re.sub(r"(?<![0-9.,])[0-9][0-9.,]*(?![0-9])", r" \g<0> ", text),
    "blank lines added": lambda text: text.replace("\n", "\n\n \n"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "half-width punctuation": lambda text: text.translate({ord(a): b for a, b in zip("，；", ",;", strict=True)}),
    "traditional script": lambda text: text.translate(_traditional()),
    "zero-width characters": lambda text: text.replace("，", "\u200b，"),
}


def _traditional():
    """Give simplified → traditional, for characters with one traditional form only."""
    pairs = [(row["simplified"], row["traditional"]) for row in Lexicon.default().rows("script")]
    forms = Counter(simplified for simplified, _ in pairs)
    return {ord(simplified): traditional for simplified, traditional in pairs if forms[simplified] == 1}


def _facts(text):
    columns = ("indicator", "measure", "value", "unit", "bound", "status", "year")
    return [tuple(row[column] for column in columns) for row in rows_of(text)]


@pytest.mark.parametrize("change", CHANGES)
def test_reading_does_not_change_under(change):
    changed = CHANGES[change](REPORT)
    assert changed != REPORT
    assert len(_facts(REPORT)) == 16
    assert _facts(changed) == _facts(REPORT)


@given(st.data())
def test_reading_does_not_change_under_soft_line_breaks(data):
    lines = []
    for line in REPORT.splitlines():
        inner = [at for at in range(8, len(line) - 8) if line[at - 1] in "，、" or line[at] in "达增"]
        at = data.draw(st.sampled_from(inner)) if "，" in line and inner else 0
        cut = line[:at] + "\n" + line[at:]
        lines.append(
            cut
            if at and all(re.search("[，。；]", half) for half in cut.split("\n")) and line[at - 1] != "；"
            else line
        )
    assert _facts("\n".join(lines)) == _facts(REPORT)


WORDS = st.sampled_from(
    [
        *"0123456789.,%，。；、（）“”《》：\n\t -—~",
        *"至到年月日万亿千百十一二三两成倍第位前近约超",
        "分别",
        "其中",
        "增长",
        "下降",
        "占",
        "比上年",
        "翻番",
        "百分之",
        "分之",
        "个百分点",
        "连续",
        "亿元",
        "达到",
        "新增",
        "家",
        "预计",
        "**",
        "[1]",
        "指标",
        "由",
        "全省",
        "\u200b",
        "\ud800",
        "\0",
        "\u202e",
        "٣",
        "²",
        "①",
        "𝟗",
        "㎡",
        "１",
        "％",
    ],
)
TEXTS = st.one_of(st.lists(WORDS, max_size=60).map("".join), st.text(st.characters(), max_size=80))


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(["", "某市", "全国", "市", "[", "\0"]))
@example("0㎡-", "")  # a noun behind that is nothing but a mark
@example("新建、改造2座公厕。", "某市")  # as many verbs as things, and no object before them
@example("对全市5个小区进行改造。", "某市")  # a preposition and no name before a count
def test_any_text_is_read_and_each_row_is_where_it_says(text, place):
    if (stored := valid_unicode(text)) != text:
        assert (
            read_observations(zj.Report(text, place, 2023)).observations is not None
        )  # lone surrogates, which no table takes
    report = zj.Report(stored, place, 2023)
    for row in zj.tabulate([report]).to_dict("records"):
        assert stored[row["start"] : row["end"]] == row["text"] != ""
        assert row["indicator"] == row["indicator"].strip() != ""
        assert 0 < row["confidence"] <= 1
        assert row["high"] != row["high"] or row["measure"] in ("growth", "change") or row["high"] > row["value"]


def test_a_confidence_above_nine_tenths_rests_on_counts():
    for row in Lexicon.default().rows("confidence"):
        right, counted = int(row["right"]), int(row["counted"])
        assert 0 < right <= counted
        assert float(row["sure"]) <= 0.9 or (counted >= 20 and right / counted >= 0.965), row


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("城镇居民人均可支配收入3万元。", 0.97, 1),  # an indicator of the lexicon
        ("规模以上食品工业增加值增长6%。", 0.97, 1),  # a growth
        ("设施3处。", 0, 0.75),  # two characters that no list of indicators knows
        ("各方面共同努力推动项目建设取得新的更大进展3项。", 0, 0.9),  # a whole predicate
    ],
)
def test_a_row_is_as_sure_as_names_like_its_own_were(text, least, most):
    [row] = rows_of(text)
    assert least <= round(row["confidence"], 2) <= most, row["indicator"]


def test_a_figure_carried_over_is_no_surer_than_the_figure_before():
    doubted, carried = (row["confidence"] for row in rows_of("改造5万平方米老旧小区，增长8%。"))
    assert carried <= max(doubted, 0.9)


@settings(max_examples=300)
@given(TEXTS)
def test_no_numeral_is_read_twice_unless_the_text_gives_it_to_several_subjects(text):
    found = sorted(read_observations(make_report(text)).observations, key=lambda item: item.start)
    for one, other in pairwise(found):
        each = one.finding.rule == other.finding.rule == "each" and one.finding.name != other.finding.name
        assert one.end <= other.start or (each and (one.start, one.end) == (other.start, other.end))


NAMED = ["1234567890", "（", "）", "(", "、", "“", "“”", "《", "分别", "\n", "1,234,", "万", "，", "一二三", "*", " "]
ADVERSARIAL = [
    "十百千万亿",
    "《》",
    "分别增长5%、",
    "**",
    "%",
    "1-",
    "2至",
    "1:",
    "1.1:",
    "增长",
    "增长5%",
    "增长5%，",
    "A5亿元、",
    "a，\n",
    "\t",
    "1\t2\n",
    "指标\n",
    "指标\n1\n",
    "一分之",
    "一点",
    "1.",
    "2023年",
    "2023-",
    "1、",
    "其中",
    "其中A5%，",
    "占5%",
    "等",
    "从5元到",
    "1/",
    "比上年",
    "（5）",
    "1+",
    "[1]",
    "第1",
    "连续",
    "翻番",
    "累计",
    "1万",
    "家1",
    "新增A2家、",
    "|1",
    "鎮(",
    "鎮(zhèn)",
    "5%",
    "实现",
    "高于全省",
    "10亿元的",
    "前3",
    "_",
]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("城镇居民收入增速快于农村居民2.1个百分点。", [("城镇居民收入", "change", "compared")]),
        ("产值32亿元，超过全市一半。", [("产值", "level", "generic"), ("产值占全市比重", "level", "share")]),
        ("用电12万度，占总量的40%。", [("用电", "level", "subject"), ("用电占总量比重", "level", "share")]),
        ("粮食增长5%，占全省一成以上。", [("粮食", "growth", "subject"), ("粮食占全省比重", "level", "share")]),
        ("新增企业50家，净增12家。", [("新增企业", "level", "verb"), ("新增企业", "change", "carried")]),
    ],
)
def test_a_figure_without_a_name_of_its_own_takes_that_of_the_figure_before(sentence, named):
    assert [(row["indicator"], row["measure"], row["rule"]) for row in rows_of(sentence)] == named


def test_a_share_without_an_owner_gives_none_to_the_next():
    assert {row["indicator"] for row in rows_of("占5%，占6%，占7%。")} == {"占比"}


@pytest.mark.parametrize("piece", NAMED)
def test_a_hundred_thousand_hostile_characters_take_under_a_second(piece):
    assert _seconds(piece, 100_000) < 1


@pytest.mark.parametrize("piece", [*NAMED, *ADVERSARIAL])
def test_time_grows_with_the_length_whatever_the_text(piece):
    assert min(_seconds(piece, 24_000) for _ in range(3)) < 20 * _seconds(piece, 3_000) + 0.3


def _seconds(piece, length):
    report = make_report((piece * length)[:length])
    begun = time.process_time()
    read_observations(report)
    return time.process_time() - begun
