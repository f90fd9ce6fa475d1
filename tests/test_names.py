"""A name is taken apart into content and facets; each row of the lexicon of names is an example."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.lexicon import Lexicon
from zjcompare.names import Name, dimension_of, read_name
from zjcompare.numerals import format_han
from zjcompare.scores import compare_names, known_pairs
from zjcompare.spelling import compile_spelling, find_slip
from zjcompare.vocabulary import compile_vocabulary

LEXICON = Lexicon.default()
texts = st.text(
    st.sampled_from("地区生产总值规模以上工业增加城镇农村居民人均收入支出占比重率GDP0123年（）、，　“”"), max_size=16
)


def rows(table):
    return LEXICON.rows(table)


@pytest.mark.parametrize("row", rows("facets"), ids=lambda row: f"{row['facet']}={row['value']}")
def test_two_names_that_differ_in_a_facet_do_not_join(row):
    match = compare_names(read_name(row["a"]), read_name(row["b"]), LEXICON)
    assert match.decision != "same", (read_name(row["a"]), read_name(row["b"]))


@pytest.mark.parametrize("row", rows("parts"), ids=lambda row: row["family"])
def test_a_name_that_tells_a_part_is_another_indicator_than_the_whole(row):
    match = compare_names(read_name(row["a"]), read_name(row["b"]), LEXICON)
    assert match.decision == "different", match


@pytest.mark.parametrize("row", rows("abbreviations"), ids=lambda row: row["means"])
def test_the_ways_to_write_a_term_read_as_the_term(row):
    means = read_name(row["means"])
    assert {word: read_name(word).key for word in row["words"].split("|")} == dict.fromkeys(
        row["words"].split("|"), means.key
    )


@pytest.mark.parametrize("row", rows("neutral"), ids=lambda row: row["word"])
def test_a_neutral_word_changes_nothing(row):
    text = row["word"] + "公园门票" if row["place"] == "start" else "公园门票" + row["word"]
    assert read_name(text).core == "公园门票"


@pytest.mark.parametrize("row", rows("compounds"), ids=lambda row: row["word"])
def test_a_compound_is_not_cut(row):
    assert read_name(row["word"]).facets == frozenset()


@pytest.mark.parametrize("row", rows("synonyms"), ids=lambda row: f"{row['a']}={row['b']}")
def test_whole_names_that_the_lexicon_joins_are_joined(row):
    match = compare_names(read_name(row["a"]), read_name(row["b"]), LEXICON)
    assert match.decision == "same"
    assert match.relation == ("successor" if row["relation"] == "successor" else "same")


@pytest.mark.parametrize("row", rows("distinct"), ids=lambda row: f"{row['a']}≠{row['b']}")
def test_whole_names_that_the_lexicon_parts_are_not_joined(row):
    assert compare_names(read_name(row["a"]), read_name(row["b"]), LEXICON).decision != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("水产品出口额与地区生产总值之比", "水产品出口额占GDP比重"),
        ("林业占GDP比重", "林业增加值占地区生产总值的比重"),
        ("用于水利建设的支出", "水利建设支出"),
        ("七十岁以上人口", "70周岁以上人口"),
        ("围产儿死亡率（1/10万）", "围产儿死亡率"),
        ("卫生院拥有床位", "卫生院床位"),
        ("医疗卫生机构实有病床", "医疗卫生机构床位"),
        ("援助就业困难群体就业", "就业困难人员就业"),
    ],
)
def test_one_thing_said_in_two_constructions_reads_alike(one, other):
    assert read_name(one).key == read_name(other).key


def test_a_synonym_is_not_searched_for_inside_a_name():
    pair = frozenset((read_name("新农合参合率").key, read_name("城乡居民基本医疗保险参保率").key))
    assert pair in known_pairs(LEXICON)
    assert (
        compare_names(read_name("农民新农合参合率"), read_name("农民城乡居民基本医疗保险参保率"), LEXICON).decision
        != "same"
    )


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("2023年全市规上工业增加值（亿元）", "规上工业增加值"),
        ("1、一般公共服务支出", "一般公共服务支出"),
        ("（一）税收收入", "税收收入"),
        ("城鎮居民人均可支配收入", "城镇居民人均可支配收入"),
        ("ＧＤＰ", "GDP"),
        ("地区生产总值（GDP）", "GDP"),
        ("ＰＭ２．５浓度", "PM2.5浓度"),
        ("“专精特新”中小企业", "专精特新中小企业"),
        ("居民消费价格指数（上年=100）", "CPI"),
        ("其中：民间投资", "民间投资"),
        ("65岁及以上人口", "65岁以上人口"),
    ],
)
def test_scope_period_script_width_and_unit_are_folded(text, standard):
    assert read_name(text).standard == standard


def test_a_name_says_no_more_than_it_holds():
    assert read_name("公园门票") == Name(
        "公园门票",
        "公园票门||",
        "公园门票",
        "公园门票",
        "公园门票",
        frozenset(),
        whole="",
        dimension="",
        slip="",
        directed=False,
    )


def test_a_slip_of_the_pen_is_read_as_what_was_meant_and_keeps_the_place():
    name = read_name("全县固定资产投姿")
    assert (name.slip, name.standard, name.key) == ("姿/资", "固定资产投资", read_name("固定资产投资").key)
    assert name.facets == read_name("全县固定资产投资").facets
    assert ("scope", "county") in name.facets
    assert read_name("固定资产投资").slip == ""


def test_the_place_stays_where_words_that_say_nothing_fall_away():
    assert read_name("全市公路线路总里程").facets == {*read_name("公路线路里程").facets, ("scope", "city")}


@pytest.mark.parametrize(
    ("text", "read", "dimension"),
    [
        ("常住人口（万人）", "常住人口", "people"),
        ("常住人口（万人）（含市区）", "常住人口", "people"),
        ("教育支出（百万元）", "教育支出", "money"),
        ("地区生产总值GDP", "地区生产总值", ""),
        ("地区生产总值（GDP）", "地区生产总值", ""),
        ("细颗粒物PM2.5", "细颗粒物", ""),
        ("GDP（地区生产总值）", "GDP地区生产总值", ""),
        ("空气质量PM2.5", "空气质量PM2.5", ""),
        ("高新企业AAA", "高新企业AAA", ""),
        ("公园（某某）", "公园某某", ""),
    ],
)
def test_what_stands_in_brackets_or_letters_is_a_unit_a_repetition_or_content(text, read, dimension):
    assert (read_name(text).text, read_name(text).dimension) == (read, dimension)


def test_names_that_are_one_by_another_name_keep_the_key_that_they_have_alone():
    pairs = [(read_name(row["a"]), read_name(row["b"])) for row in rows("synonyms") if row["relation"] != "successor"]
    alike = [(one.key, other.key) for one, other in pairs if one.key.split("|")[:3] == other.key.split("|")[:3]]
    assert len(alike) >= 10
    assert all(one == other for one, other in alike)


def texts_of(heads, tails):
    """Give the texts of all names that begin and end so."""
    return {read_name(head + tail).text for head, tail in product(heads, tails)}


HAN_NUMBERS = [format_han(number) for number in (*range(1, 13), 21)]


@pytest.mark.parametrize(
    "before",
    [
        [number + mark for number, mark in product(("1", "12", "１", "1 ", " 2"), "、.．)）")],
        [number + mark for number, mark in product(HAN_NUMBERS, "、.．")],
        [f"{opens}{number}{closes} " for number in ("1", "12", *HAN_NUMBERS) for opens, closes in ("()", "（）")],
        ["截至2023年底", "截止2023年末", "到2023年", "至1998年", "2023年度", "2023年全年", "2023年"],
        [f"十{number}五{end}" for number, end in product("一二三四五", ("期间", "时期"))],
    ],
    ids=["list numbers", "Chinese list numbers", "bracketed list numbers", "years", "plans of five years"],
)
def test_what_stands_before_a_name_is_no_part_of_it(before):
    assert texts_of(before, ["公园门票"]) == {"公园门票"}


@pytest.mark.parametrize("text", ["2.5微米颗粒物浓度", "十三五规划项目", "一级公路里程", "（新）公园门票"])
def test_a_number_that_begins_a_name_is_no_list_number(text):
    assert read_name(text).text == text.strip("（").replace("）", "")


@pytest.mark.parametrize("base", ["上年=100", "以上年为100", "上年同期=100", "上年同月＝100", "以上年同期为100"])
def test_the_base_of_an_index_is_no_part_of_its_name(base):
    assert read_name(f"商品价格指数（{base}）").text == "商品价格指数"


def test_grades_from_one_to_another_are_written_with_any_dash():
    spans = [f"{low}{dash}{high}" for low, high in (("Ⅰ", "Ⅲ"), ("I", "III")) for dash in "—–－−~～至-"]
    assert texts_of([*spans, "Ⅰ——Ⅲ"], ["类水质断面"]) == {"I-III类水质断面"}
    assert texts_of(["V至X", "X至V"], ["类水质"]) == {"V-X类水质", "X-V类水质"}


@pytest.mark.parametrize(
    "texts",
    [
        [f"单位{colon}万元{then}教育支出" for colon, then in product(":：", (" ", "，", ", "))],
        ["单位： 万元 教育支出"],
        [f"教育支出{then}单位{colon}万元" for then, colon in product(("", " ", "，", ", "), ":：")],
        [f"教育支出{sign}万元" for sign in ("/", "／", ",", "，", "， ", " ", " 单位")],
    ],
)
def test_a_unit_that_is_printed_with_a_name_gives_its_dimension_alone(texts):
    assert {(read_name(text).text, read_name(text).dimension) for text in texts} == {("教育支出", "money")}


@pytest.mark.parametrize("unit", "%％‰元件家个户人亩吨辆张")
def test_a_unit_of_one_character_stands_behind_a_blank(unit):
    assert (read_name(f"公园 {unit}").text, read_name(f"公园 {unit}").dimension) == ("公园", dimension_of(unit))
    assert dimension_of(unit)


def test_a_share_is_read_alike_in_any_of_its_wordings():
    shares = [f"占GDP{what}" for what in ("比重", "的比重", "比例", "的比例", "的份额")]
    assert texts_of(shares, ["第三产业增加值"]) == {"第三产业增加值占GDP比重"}
    links = [f"出口{link}{whole}" for link, whole in product(("与", "和", "同", "相当于"), ("GDP", "生产总值"))]
    ratios = ("之比", "比率", "的比率", "比例", "的比例", "比重", "的比重", "比值", "的比值")
    assert texts_of(links, ratios) == {"出口占GDP比重", "出口占生产总值比重"}
    assert texts_of(["出口与地区", "出口与国内"], ["生产总值之比"]) == {
        "出口占地区生产总值比重", "出口占国内生产总值比重"
    }  # fmt: skip
    within = [f"工业增加值{among}" for among in ("中", "之中", "当中")]
    shares = [f"民营企业{what}" for what in ("占比", "所占比重", "所占比例", "比重", "占")]
    assert texts_of(within, shares) == {"民营企业占工业增加值比重"}


@pytest.mark.parametrize(
    "behind", [*"央心等长小国学医药外型期介产式级欧共方职东", "高端", "高档", "高级", "高考", "高职", "低端", "西部"]
)
def test_a_word_that_begins_with_the_middle_is_not_cut_there(behind):
    text = f"商品中{behind}企业占比"
    assert read_name(text).text == text
    assert read_name("其中民营企业占比").text == "其中民营企业占比"


def test_what_money_is_used_for_is_its_name():
    kinds = ["支出", "投入", "资金", "经费", "贷款", "投资"]
    assert texts_of(["用于水利建设的"], kinds) == {f"水利建设{kind}" for kind in kinds}


def test_the_income_from_a_levy_is_the_levy():
    assert texts_of(["契税", "排污费", "学费"], ["收入"]) == {"契税", "排污费", "学费"}
    others = ["非税收入", "保费收入", "保险费收入", "消费收入", "花费收入"]
    assert texts_of(others, [""]) == set(others)


def test_an_age_is_one_in_either_script():
    ages = range(1, 100)
    assert [read_name(f"{format_han(age)}周岁以上人口").text for age in ages] == [f"{age}岁以上人口" for age in ages]


@pytest.mark.parametrize("before", "应针结绝相一面核校")
def test_a_word_that_ends_in_towards_tells_no_direction(before):
    assert not read_name(f"企业{before}对贫困人口").directed
    assert read_name("企业对贫困人口").directed
    assert read_name("企业提供给贫困人口").directed


@pytest.mark.parametrize("behind", "外象口接账照比等称策")
def test_a_word_that_begins_with_towards_tells_no_direction(behind):
    assert not read_name(f"企业对{behind}贸易产品").directed


@pytest.mark.parametrize(
    "remark",
    ["100", "一", "十", "百", "千", "万", "亿", "1/10万", "‰", "‱", "含民办", "包括民办", "包含民办", "简称园票",
     "以下简称园票", "又称园票", "原名园票", "注1", "见注", *"站所院馆室厂店"],
)  # fmt: skip
def test_a_remark_in_brackets_is_no_part_of_a_name(remark):
    assert read_name(f"公园门票（{remark}）").text == "公园门票"
    assert read_name(f"公园（{remark}）门票").text == "公园门票"


@pytest.mark.parametrize("word", ["园票", "展览馆", "工厂"])
def test_a_word_in_brackets_that_is_no_remark_is_content(word):
    assert read_name(f"公园门票（{word}）").text == f"公园门票{word}"


def test_what_a_share_is_a_share_of_is_kept_apart():
    name = read_name("实物商品网上零售额占社会消费品零售总额的比重")
    assert name.whole == "社会消费品零售"
    assert read_name("社零").standard == "社会消费品零售总额"
    assert ("share", "rate") in name.facets


@pytest.mark.parametrize("text", ["税收占比", "全市税收收入占比", "镇江市税收占比"])
def test_a_share_that_leaves_out_its_whole_has_the_usual_one(text):
    assert read_name(text).whole == "财政收入"


@pytest.mark.parametrize("text", ["出口企业税收占比", "生产性服务业占比", "规上工业企业研发投入强度"])
def test_inside_a_longer_name_a_share_is_a_share_of_something_else(text):
    assert read_name(text).whole == ""


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [("亿元", "money"), ("万美元", "money"), ("万人", "people"), ("万人次", "visits"), ("%", "share"),
     ("百分点", "share"),
     ("家", "count"), ("万户", "count"), ("万亩", "area"), ("千公顷", "area"), ("亿千瓦时", "energy"),
     ("", ""), ("某", "")],
)  # fmt: skip
def test_a_unit_has_a_dimension_whatever_its_scale(unit, dimension):
    assert dimension_of(unit) == dimension


@given(texts)
def test_reading_a_name_never_fails_and_its_standard_reads_alike(text):
    name = read_name(text)
    assert read_name(text) == name
    assert set(name.core) <= set(name.standard)


@given(texts)
def test_folding_twice_is_folding_once(text):
    fold = compile_vocabulary(LEXICON).fold
    assert fold(fold(text)) == fold(text)


@given(texts, texts)
def test_a_slip_is_one_in_both_directions(first, second):
    spelling = compile_spelling(LEXICON)
    assert find_slip(first, second, spelling) == find_slip(second, first, spelling)


@pytest.mark.parametrize(
    ("first", "second"),
    [("生猪存栏", "生猪出栏"), ("出生人口", "死亡人口"), ("进口总额", "出口总额"), ("男性人口数", "女性人口数"),
     ("铁矿石储量", "铜矿石储量"), ("省级开发区", "市级开发区"), ("10亿元项目", "20亿元项目"),
     ("单位GDP能耗", "单位GDP水耗")],
)  # fmt: skip
def test_two_words_are_not_a_slip_of_each_other(first, second):
    slip = find_slip(first, second, compile_spelling(LEXICON))
    assert slip is None or not slip.sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公路线路总里程", "公路线路里程"),
        ("规上工业增加值中中小企业占比", "中小企业占规上工业增加值比重"),
        ("占GDP比重第三产业增加值", "第三产业增加值占GDP比重"),
        ("细颗粒物（PM2.5）浓度", "PM2.5浓度"),
        ("博物馆（含民办）参观人次", "博物馆参观人次"),
        ("单位：万元 教育支出", "教育支出"),
        ("教育支出，万元", "教育支出"),
        ("教育支出 万元", "教育支出"),
        ("专利授权量 件", "专利授权量"),
        ("地区生产总值GDP", "地区生产总值"),
        ("房地产开发投资（初步数）", "房地产开发投资"),
        ("全市居民消费价格指数", "居民消费价格指数"),
        ("高技术产业增加值占国内生产总值比率", "高技术产业增加值占GDP比重"),
    ],
)
def test_ways_to_build_a_name_read_as_one(one, other):
    assert read_name(one).key == read_name(other).key


@pytest.mark.parametrize("text", ["户籍人 口", "高铁 站", "重点研发平台，研究院", "企业 技术中心"])
def test_a_word_behind_a_blank_or_comma_that_is_no_unit_is_content(text):
    assert read_name(text).text == "".join(text.replace("，", "").split())


def test_a_unit_behind_a_stroke_is_no_content():
    assert (read_name("常住人口/万人").key, read_name("常住人口/万人").dimension) == (
        read_name("常住人口").key,
        "people",
    )
