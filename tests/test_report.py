"""Documents → Reports: encodings, titles, kinds, years and places."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.report import LARGEST, find_documents
from zjcompare.report.decoding import decode
from zjcompare.report.places import official_name

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "shared" / "corpora"
LEXICON = zj.Lexicon.default()
PARAGRAPH = "2024年江苏省政府工作报告\n去年全省地区生产总值增长5.8%，城镇新增就业139万人，粮食总产量达到759亿斤。\n"
TRADITIONAL = "2024年江蘇省政府工作報告\n去年全省地區生產總值增長5.8%，城鎮新增就業139萬人，糧食總產量達到759億斤。\n"


def cases():
    with (HERE / "cases" / "headings.csv").open(encoding="utf-8", newline="") as stream:
        return [pytest.param(row, id=row["lines"][:30]) for row in csv.DictReader(stream)]


@pytest.mark.parametrize("case", cases())
def test_place_year_and_kind_are_found_where_the_document_says_them(case, tmp_path):
    text = case["lines"].replace("|", "\n")
    source = tmp_path / f"{case['file'] or 'x'}.txt"
    source.write_text(text, encoding="utf-8")
    report = zj.read(source)
    assert (report.place, str(report.year), report.kind) == (case["place"], case["year"], case["kind"])
    assert report.text == text


@pytest.mark.parametrize("kind", LEXICON.rows("kinds"), ids=lambda row: row["kind"])
def test_each_kind_of_the_lexicon_reads_its_own_example(kind):
    report = zj.read(kind["example"].encode(), place="镇江市")
    assert (report.kind, str(report.year)) == (kind["kind"], kind["about"])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", PARAGRAPH), ("utf-8-sig", PARAGRAPH), ("gb18030", PARAGRAPH), ("gbk", PARAGRAPH),
        ("utf-16", PARAGRAPH), ("big5", TRADITIONAL), ("utf-8", TRADITIONAL), ("gb18030", TRADITIONAL),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_the_text_is_kept_as_it_is(encoding, text):
    report = zj.read(text.encode(encoding), place="江苏省", year=2023)
    assert report.text == text


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not beside this clone")
def test_real_reports_keep_their_text_in_the_encodings_of_the_mainland():
    with (CORPORA / "SOURCES.csv").open(encoding="utf-8") as stream:
        for row in list(csv.DictReader(stream))[::4]:
            text = (CORPORA / row["path"]).read_bytes().decode("utf-8")
            assert decode(text.encode("gb18030"), None, "x") == text


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not beside this clone")
def test_real_reports_say_their_place_and_year():
    """All but three of 39 say place, year and kind; those three raise or leave the kind open, none says a wrong one."""
    right, open_ = 0, []
    with (CORPORA / "SOURCES.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            try:
                report = zj.read((CORPORA / row["path"]).read_bytes())
            except zj.ReadError:
                open_.append(row["path"])
                continue
            assert report.place.startswith(row["place"])
            assert str(report.year) == row["year"]
            assert report.kind in {row["kind"], ""}
            right += report.kind == row["kind"]
    assert right >= 36
    assert len(open_) <= 2


def test_utf8_cut_in_the_middle_of_a_character_is_an_error_and_no_mojibake():
    with pytest.raises(zj.ReadError, match="UTF-8"):
        zj.read(PARAGRAPH.encode()[:-2], place="江苏省", year=2023)


def test_a_given_encoding_is_believed():
    assert zj.read("2024年政府工作报告".encode("utf-16-be"), encoding="utf-16-be", place="江苏省").year == 2023
    with pytest.raises(zj.ReadError, match="not valid ascii"):
        zj.read(PARAGRAPH.encode(), encoding="ascii")
    with pytest.raises(ValueError, match="not known"):
        zj.read(PARAGRAPH.encode(), encoding="klingon")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (b"\x7fELF\x00\x00", "binary"),
        (b"\xff\xd8\xfe\xe0" * 9, "UTF-8"),
    ],
)
def test_what_is_no_text_is_an_error_that_says_so(content, words):
    with pytest.raises(zj.ReadError, match=words):
        zj.read(content, place="镇江市", year=2023)


def test_a_document_that_is_too_large_is_refused_before_it_is_decoded():
    with pytest.raises(zj.ReadError, match="larger than"):
        zj.read(b"1" * (LARGEST + 1))
    with pytest.raises(zj.ReadError, match="larger than"):
        zj.read(io.StringIO("1" * (LARGEST + 1)))


def test_a_missing_year_or_place_says_what_was_found_and_how_to_give_it():
    with pytest.raises(zj.ReadError, match=r"2021 \(2×\).*year="):
        zj.read("镇江市政府工作报告\n2021年和2021年、2020年都好。".encode())
    with pytest.raises(zj.ReadError, match="place="):
        zj.read("2021年统计公报\n增长5%".encode())
    with pytest.raises(zj.ReadError, match=r"鼓楼区.*place="):
        zj.read("2021年鼓楼区统计公报".encode())
    with pytest.raises(zj.ReadError, match="2017 or 2018"):
        zj.read("镇江市2017年和2018年经济运行情况".encode())


def test_a_path_that_is_not_there_or_no_path_at_all_is_a_read_error(tmp_path):
    for source in (tmp_path / "no.md", tmp_path, "2024年\x00政府工作报告", "长" * 5000):
        with pytest.raises(zj.ReadError, match="cannot be opened"):
            zj.read(source)


def test_what_is_given_holds_over_what_is_found():
    report = zj.read(PARAGRAPH.encode(), place="滨江新区", year=1999, kind="讲话", edition=2)
    assert (report.place, report.year, report.kind, report.edition) == ("滨江新区", 1999, "讲话", 2)
    with pytest.raises(ValueError, match="no year"):
        zj.read(PARAGRAPH.encode(), year=20)


@pytest.mark.parametrize(
    ("given", "official"),
    [("镇江", "镇江市"), ("镇江市", "镇江市"), ("江苏省镇江市", "镇江市"), ("襄樊市", "襄阳市"), ("鼓楼区", "鼓楼区"),
     ("南京市鼓楼区", "南京市鼓楼区"), ("苏州工业园区", "苏州工业园区"), ("某某镇", "某某镇"),
     ("晋城市城区", "晋城市城区")],
)  # fmt: skip
def test_a_given_place_is_called_by_its_official_name_where_the_list_has_it(given, official):
    assert official_name(given, LEXICON) == official


def test_streams_and_paths_with_chinese_and_blanks_are_read_alike(tmp_path):
    path = tmp_path / "江苏 报告" / "工作 报告.txt"
    path.parent.mkdir()
    path.write_text(PARAGRAPH, encoding="gb18030", newline="")
    with path.open("rb") as binary, path.open(encoding="gb18030", newline="") as text:
        reports = [zj.read(path), zj.read(str(path)), zj.read(binary), zj.read(text), zj.read(io.StringIO(PARAGRAPH))]
    assert {report.id for report in reports} == {reports[0].id}
    assert [report.source for report in reports[:2]] == [str(path)] * 2


def test_a_lone_surrogate_becomes_the_replacement_character_and_offsets_stay():
    report = zj.read(io.StringIO("2024年江苏省政府工作报告\ud800增长5%"))
    assert report.text == "2024年江苏省政府工作报告\ufffd增长5%"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_our_error(content):
    try:
        report = zj.read(content, place="镇江市", year=2023)
    except zj.ReadError:
        return
    report.text.encode("utf-8")
    assert report.text.strip()


@given(st.text(max_size=300))
def test_any_text_is_read_as_it_is_or_refused_with_our_error(text):
    try:
        report = zj.read(io.StringIO(text))
    except zj.ReadError:
        return
    assert len(report.text) == len(text)
    assert report.place
    assert 1900 <= report.year <= 2099


def test_the_documents_of_a_folder_come_sorted_and_without_hidden_files(tmp_path):
    for name in ("b.md", "a.txt", ".hidden.md", "data.csv", "sub/c.md", ".git/d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in find_documents(tmp_path)] == ["a.txt", "b.md", "sub/c.md"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(zj.ReadError, match="no document"):
        find_documents(tmp_path / "empty")


def test_divisions_name_each_code_once_and_renamed_codes_point_to_their_name_of_today():
    rows = LEXICON.rows("divisions")
    today = {row["code"]: row["name"] for row in rows if not row["until"]}
    assert len(today) == sum(not row["until"] for row in rows)
    assert all(row["now"] == today[row["code"]] for row in rows if row["now"])
    assert {"110000", "321100", "150702", "000000"} <= set(today)


def test_a_document_of_several_years_is_read_by_its_parts():
    text = (
        "2022年镇江市政府工作报告\n一、2021年工作回顾\n粮食产量98万吨。\n二、2022年工作安排\n粮食产量99万吨。\n"
        "2023年镇江市政府工作报告\n一、2022年工作回顾\n粮食产量98.5万吨。\n二、2023年工作安排\n粮食产量100万吨。\n"
    )
    report = zj.read(io.StringIO(text))
    assert (report.year, report.kind) == (2022, "政府工作报告")
    table = zj.tabulate([report])
    assert list(zip(table["year"], table["status"], table["value"], strict=True)) == [
        (2021, "actual", 98e4),
        (2022, "target", 99e4),
        (2022, "actual", 98.5e4),
        (2023, "target", 100e4),
    ]
