"""The lexicon tests itself: each row does what its example says; broken files name the row to mend."""

import csv
import pickle
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.clauses import find_sentences
from zjcompare.lexicon import Lexicon
from zjcompare.mentions import compile_units, find_mentions

LEXICON = Lexicon.default()
CUES = LEXICON.rows("cues")
BEFORE_NUMBERS = ("level", "up", "down", "growth", "bound", "adverb", "estimate", "target", "keep")
OWN_SENTENCES = {"日": "蓝莓加工能力达到12吨/日。", "届": "蓝莓节连续举办12届。"}


def _rows(sentence, lexicon=None):
    return zj.tabulate([zj.Report(sentence, "某市", 2023)], lexicon=lexicon).to_dict("records")


def _cues(kind):
    return [row["cue"] for row in CUES if row["kind"] == kind]


@pytest.mark.parametrize("row", LEXICON.rows("units"), ids=lambda row: row["unit"])
def test_the_example_of_a_unit_gives_its_value(row):
    (read,) = _rows(OWN_SENTENCES.get(row["unit"], f"蓝莓总量达到{row['example']}。"))
    assert read["value"] == pytest.approx(float(row["value"]))
    assert read["unit"].endswith(row["unit"])


def test_a_cue_before_a_number_means_one_thing():
    cues = [row["cue"] for row in CUES if row["kind"] in BEFORE_NUMBERS]
    assert [cue for cue, count in Counter(cues).items() if count > 1] == []


@pytest.mark.parametrize("cue", _cues("level"))
def test_a_level_word_stands_between_a_name_and_its_level(cue):
    (read,) = _rows(f"蓝莓产值{cue}12亿元。")
    assert (read["indicator"], read["measure"], read["value"]) == ("蓝莓产值", "level", 12e8)


@pytest.mark.parametrize(("cue", "sign"), [*((cue, 1) for cue in _cues("up")), *((cue, -1) for cue in _cues("down"))])
def test_a_word_of_movement_gives_the_sign(cue, sign):
    (read,) = _rows(f"蓝莓产值{cue}12.5%。")
    assert (read["indicator"], read["measure"], read["value"]) == ("蓝莓产值", "growth", 12.5 * sign)


@pytest.mark.parametrize(("cue", "value"), [(row["cue"], row["value"]) for row in CUES if row["kind"] == "growth"])
def test_a_growth_noun_makes_a_growth(cue, value):
    (read,) = _rows(f"蓝莓产值{cue}为12.5%。")
    assert (read["indicator"], read["measure"], read["value"]) == (
        "蓝莓产值",
        "growth",
        12.5 if value == "+" else -12.5,
    )


@pytest.mark.parametrize(("cue", "value"), [(row["cue"], row["value"]) for row in CUES if row["kind"] == "bound"])
def test_a_bound_word_gives_its_bound(cue, value):
    (read,) = _rows(f"蓝莓产值{cue}12亿元。")
    assert (read["indicator"], read["bound"]) == ("蓝莓产值", value)


@pytest.mark.parametrize("cue", _cues("adverb"))
def test_an_adverb_is_no_part_of_the_name(cue):
    reads = _rows(f"蓝莓产值{cue}增长12.5%。")
    assert [(read["indicator"], read["measure"]) for read in reads] == [("蓝莓产值", "growth")]


@pytest.mark.parametrize("cue", _cues("estimate"))
def test_an_estimate_word_makes_an_estimate(cue):
    (read,) = _rows(f"蓝莓产值{cue}增长12.5%。")
    assert (read["indicator"], read["status"]) == ("蓝莓产值", "estimate")


@pytest.mark.parametrize("cue", _cues("aim"))
def test_what_will_be_done_is_a_target(cue):
    (read,) = _rows(f"蓝莓产值将{cue}12亿元。")
    assert read["status"] == "target"


@pytest.mark.parametrize("cue", _cues("rank"))
def test_a_word_of_rank_gives_scope_and_place(cue):
    (read,) = _rows(f"蓝莓产值{cue}全省第4位。")
    assert (read["indicator"], read["measure"], read["value"], read["rank_scope"]) == ("蓝莓产值", "rank", 4, "全省")


EXAMPLES = {  # a sentence with any word of a kind, and how the rows read from it end: name, measure, scope, parent
    "account": ("市级{}累计5亿元", "市级{}累计 level 市级"),
    "attribute": ("全市有5家计划{}的蓝莓企业获批", "计划{}的蓝莓企业获批 level"),
    "budget": ("市本级一般公共预算收入5亿元，调整{}3亿元", "一般公共预算收入 level 市本级|调整{} level 市本级"),
    "build": ("蓝莓大棚600套，今年{}500套", "蓝莓大棚 level|蓝莓大棚{} level"),
    "carry": ("全面{}蓝莓大棚风貌提升5个", "{}蓝莓大棚风貌提升 level"),
    "cause": ("{}5家蓝莓企业在海外上市", "蓝莓企业在海外上市 level"),
    "create": ("{}三所蓝莓小学", "{}蓝莓小学 level"),
    "done": ("5个蓝莓大棚全面{}", "蓝莓大棚{} level"),
    "empty": ("蓝莓产值达5亿元{}", "蓝莓产值 level"),
    "fund": ("争取5亿元的蓝莓建设{}", "蓝莓建设{}争取 level"),
    "gain": ("5个蓝莓园{}120万元", "蓝莓园{} level"),
    "lasts": ("蓝莓审批{}5天", ""),
    "manner": ("投资3亿元，{}支持蓝莓大棚改造", "蓝莓大棚改造投资 level"),
    "order": ("蓝莓产值{}第4", "蓝莓产值 rank"),
    "promote": ("{}蓝莓大棚改造，总投资3亿元", "蓝莓大棚改造总投资 level"),
    "rate": ("蓝莓产值增长5%、草莓出口{}6%", "蓝莓产值 growth|草莓出口{} level"),
    "reach": ("{}5万名的蓝莓农户", "蓝莓农户{} level"),
    "shift": ("蓝莓产值排名{}三位", ""),
    "title": ("全国{}蓝莓园5个", "蓝莓园 level"),
    "treat": ("完成5个蓝莓园{}、3个草莓园改造", "蓝莓园{} level|草莓园改造 level"),
    "unbudgeted": ("市本级一般公共预算收入5亿元，{}收入3亿元", "一般公共预算收入 level 市本级|{}收入 level"),
    "whole": ("在蓝莓{}中，草莓5亿元", "草莓 level 蓝莓{}"),
    "work": ("完成5个蓝莓园的道路{}", "蓝莓园的道路{} level"),
}


@pytest.mark.parametrize(
    "row", [row for row in CUES if row["kind"] in EXAMPLES], ids=lambda row: f"{row['kind']}-{row['cue']}"
)
def test_a_word_is_read_as_its_kind_says(row):
    sentence, expected = (words.replace("{}", row["cue"]) for words in EXAMPLES[row["kind"]])
    columns = ("indicator", "measure", "scope", "parent")
    found = [" ".join(read[key] for key in columns if isinstance(read[key], str)) for read in _rows(f"{sentence}。")]
    ends = expected.split("|")
    assert len(found) == len(ends)
    assert all(map(str.endswith, found, ends))


@pytest.mark.parametrize(("part", "cue"), [(part, cue) for part in ("plan", "review") for cue in _cues(part)])
def test_a_heading_opens_the_part_that_it_speaks_of(part, cue):
    sentences = list(find_sentences(f"一、蓝莓{cue}\n蓝莓产值增长5%。", 2023))
    assert [sentence.part for sentence in sentences] == [part, part]


@pytest.mark.parametrize("cue", [*_cues("numbered"), *_cues("meeting")])
def test_a_number_in_a_name_is_no_quantity(cue):
    (found,) = find_mentions(f"蓝莓12次{cue}" if cue in _cues("meeting") else f"蓝莓12{cue}", compile_units(LEXICON))
    assert found.reason in ("the number of a meeting", f"part of a name before {cue}")


@pytest.mark.parametrize("row", [row for row in CUES if row["kind"] == "bare" and row["cue"] != "GDP"], ids=str)
def test_a_number_without_a_unit_has_that_of_its_name(row):
    (read,) = _rows(f"蓝莓{row['cue']}{'12.5' if row['value'] == '-' else '12万'}。")
    assert (read["indicator"], read["unit"]) == (f"蓝莓{row['cue']}", row["value"].strip("-"))


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        *((f"蓝莓增速{row['cue']}草莓2个百分点", row["value"]) for row in CUES if row["kind"] == "beyond"),
        *((f"蓝莓增速比草莓{row['cue']}2个百分点", row["value"]) for row in CUES if row["kind"] == "apart"),
    ],
)
def test_a_word_that_holds_two_figures_against_each_other_gives_the_sign(sentence, value):
    (read,) = _rows(f"{sentence}。")
    assert (read["indicator"], read["base"], read["value"]) == ("蓝莓", "草莓", -2 if value == "-" else 2)


@pytest.mark.parametrize("row", LEXICON.rows("collectives"), ids=lambda row: row["whole"])
def test_a_collective_gives_the_figures_to_its_members(row):
    reads = _rows(f"{row['example']}。")
    members = row["members"].split("|")
    assert len(reads) == len(members)
    assert all(member in read["indicator"] for member, read in zip(members, reads, strict=True))


@pytest.mark.parametrize("row", LEXICON.rows("companions"), ids=lambda row: row["example"])
def test_companions_share_what_stands_before_the_first(row):
    first, second = (read["indicator"] for read in _rows(f"{row['example']}。"))
    shared = first[: first.index(row["first"])]
    assert second.startswith(shared + row["second"])


@pytest.mark.parametrize("row", LEXICON.rows("implied_units"), ids=lambda row: row["noun"])
def test_a_noun_without_a_classifier_implies_its_unit(row):
    (read,) = _rows(f"惠及6600多万{row['noun']}。")
    assert (read["value"], read["unit"], read["bound"]) == (66e6, row["unit"], ">")


def _write(folder, name, rows):
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return folder


HEAD = ["unit", "dimension", "factor", "example", "value"]


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("units.csv", [HEAD, ["斗", "volume", "1"]], "row 2"),
        ("units.csv", [HEAD, ["斗", "volume", "1", "3斗", "3"], ["斗", "volume", "1", "3斗", "3"]], "row 3"),
        ("units.csv", [HEAD, ["", "volume", "1", "3斗", "3"]], "unit is empty"),
        ("units.csv", [["unit", "factor"], ["斗", "1"]], "columns are"),
        ("unit.csv", [HEAD], "no table 'unit'"),
        ("units.csv", [HEAD, ["斗", "volume", "ten", "3斗", "3"]], "row 2: factor is 'ten', should be a number"),
        ("units.csv", [HEAD, ["斗", "volume", "0", "3斗", "3"]], "row 2: factor is '0', should be more than 0"),
        (
            "cues.csv",
            [["kind", "cue", "value"], ["levle", "狂飙到", ""]],
            "row 2: kind is 'levle', should be one",
        ),
        ("abbreviations.csv", [["means", "words"], ["规上工业", "规工||规模工业"]], "row 2: words has an empty word"),
        (
            "layouts.csv",
            [["role", "head", "example"], ["value", "数(值", "数值"]],
            "row 2: head is no regular",
        ),
        ("units.csv", [HEAD, [" ", "volume", "1", "3斗", "3"]], "row 2: unit is empty"),
    ],
)
def test_a_broken_file_names_itself_and_the_row(tmp_path, name, rows, said):
    with pytest.raises(zj.LexiconError, match=said) as raised:
        LEXICON.extend(_write(tmp_path, name, rows))
    assert name in str(raised.value)


def test_a_withdrawn_division_needs_the_name_that_its_code_has_today(tmp_path):
    head = ["code", "name", "short", "until", "now"]
    own = LEXICON.extend(_write(tmp_path, "divisions.csv", [head, ["999999", "甲县", "", "1999", "乙县"]]))
    with pytest.raises(zj.LexiconError, match="甲县 has the code 999999"):
        zj.read("甲县2020年统计公报".encode(), lexicon=own)


def test_what_must_not_follow_a_cue_may_be_any_character(tmp_path):
    own = LEXICON.extend(_write(tmp_path, "cues.csv", [["kind", "cue", "value"], ["make", "狂建", "]z-a"]]))
    assert [read["indicator"] for read in _rows("狂建公路12公里。", own)] == ["狂建公路"]


@pytest.mark.parametrize("table", ["neutral", "abbreviations"])
def test_a_word_of_marks_alone_is_an_error_where_names_are_read(tmp_path, table):
    row = {**LEXICON.rows(table)[0], "word": "“", "words": "“”"}
    head = list(LEXICON.rows(table)[0])
    own = LEXICON.extend(_write(tmp_path, f"{table}.csv", [head, [row[column] for column in head]]))
    with pytest.raises(zj.LexiconError, match=r"consists of marks alone"):
        zj.match_pair("地区生产总值", "GDP", lexicon=own)


SMALL = sorted(table for table in LEXICON.tables if len(LEXICON.rows(table)) < 300)


@settings(max_examples=15)  # each reads a lexicon anew; make fuzz reads thousands
@given(st.data())
def test_any_lexicon_file_is_used_or_refused_with_our_error(tmp_path_factory, data):
    table = data.draw(st.sampled_from(SMALL))
    row = dict(data.draw(st.sampled_from(LEXICON.rows(table))))
    cell = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.sampled_from(
        ["|", "a|", "[", "(?", "{x}"]
    )
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(cell)
    folder = _write(tmp_path_factory.mktemp("own"), f"{table}.csv", [LEXICON.rows(table)[0], row.values()])
    report = zj.Report("一、回顾\n粮食总产量约639万吨、增长2.9%，居全国第3位，其中早稻增长一成。", "浙江省", 2023)
    try:
        own = LEXICON.extend(folder)
        zj.tabulate([report], lexicon=own)
        zj.match_pair("地区生产总值", "GDP", lexicon=own)
    except zj.LexiconError:
        return


def test_a_file_that_is_no_utf8_names_itself(tmp_path):
    (tmp_path / "units.csv").write_bytes("单位".encode("gb18030"))
    with pytest.raises(zj.LexiconError, match=r"units\.csv"):
        LEXICON.extend(tmp_path)


def test_a_folder_that_is_not_there_or_empty_is_said(tmp_path):
    with pytest.raises(zj.LexiconError, match="no such folder"):
        LEXICON.extend(tmp_path / "none")
    with pytest.raises(zj.LexiconError, match=r"no \.csv file"):
        LEXICON.extend(tmp_path)


def test_an_own_unit_is_read_and_changes_the_digest(tmp_path):
    own = LEXICON.extend(_write(tmp_path, "units.csv", [HEAD, ["箩筐", "count:箩筐", "1", "3箩筐", "3"]]))
    assert own.digest != LEXICON.digest
    assert [read["unit"] for read in _rows("收获蓝莓3.5万箩筐。", own)] == ["箩筐"]
    assert LEXICON.extend(tmp_path).digest == own.digest


def test_an_own_cue_is_read(tmp_path):
    sentence = "蓝莓产值狂飙到12亿元。"
    own = LEXICON.extend(_write(tmp_path, "cues.csv", [["kind", "cue", "value"], ["level", "狂飙到", ""]]))
    assert [read["indicator"] for read in _rows(sentence, own)] == ["蓝莓产值"]


def test_a_lexicon_travels_to_another_process_unchanged():
    assert pickle.loads(pickle.dumps(LEXICON)) == LEXICON  # noqa: S301 (our own bytes)
