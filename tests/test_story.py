import csv
import re
import time
from collections import Counter
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.formulas import guard_text
from zjcompare.report import Report
from zjcompare.story import safe_name
from zjcompare.story.markdown import escape_markdown
from zjcompare.story.page import unbroken
from zjcompare.story.sources import mark_sources
from zjcompare.story.sparkline import sparkline
from zjcompare.story.workbook import write_csv

HOSTILE = '<script>alert("甲")</script><img src=x onerror=alert(1)>'
FIGURE = re.compile(r'<a [^>]*href="#f(\d+)"')
MARK = re.compile(r'<mark id="f(\d+)" tabindex="-1">(.*?)</mark>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def make_reports(years=range(2015, 2024), indicators=("地区生产总值", "一般公共预算收入"), place="甲市"):
    for at, year in enumerate(years):
        lines = [
            f"● 全市{name}**{100 + 7 * at + place_at}亿元**，增长{5 + at % 3}.{place_at % 10}%。"
            for place_at, name in enumerate(indicators)
        ]
        text = f"# {place}{year}年收官盘点\n\n{HOSTILE} & “抓实干”\n\n" + "\n\n".join(lines)
        yield Report(text, place, year, "收官盘点", f"{year}年<收官>盘点")


@pytest.fixture(scope="module")
def comparison():
    return zj.compare(*make_reports())


@pytest.fixture(scope="module")
def folder(comparison, tmp_path_factory):
    out = tmp_path_factory.mktemp("story")
    comparison.story(title="甲市<的>数字").save(out)
    return out


@pytest.fixture(scope="module")
def page(folder):
    return (folder / "story.html").read_text(encoding="utf-8")


def test_a_story_has_all_its_files(folder):
    kinds = Counter("".join(path.suffixes) for path in (folder / "charts").iterdir())
    assert kinds[".svg"] == kinds[".png"] == kinds[".vl.json"] == kinds[".csv"] > 0
    assert {path.name for path in folder.iterdir()} == {"story.html", "story.md", "tables.xlsx", "charts", "data"}
    assert {"table.csv", "series.csv", "changes.csv", "checks.csv", "leads.csv"} <= {
        path.name for path in (folder / "data").iterdir()
    }


def test_text_of_reports_is_escaped_everywhere(page):
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page
    assert "甲市&lt;的&gt;数字" in page
    assert page.count("<script>") == 1


def test_no_line_of_a_lead_ends_between_a_number_and_its_unit(page):
    leads = re.findall(r'<h3 id="lead\d+">(.*?)</h3>', page)
    assert any('<span class="figure">' in lead and "亿元</span>" in lead for lead in leads)
    assert str(unbroken("&#39; 1&2")) == "&amp;#39; 1&amp;2"


def test_the_page_needs_no_other_file(page):
    outside = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?(?!#|data:)[^"\'\s)>]+', TAG_FREE_SCRIPT.sub("", page))
    assert not outside
    assert "default-src 'none'" in page


TAG_FREE_SCRIPT = re.compile(r"<script>.*?</script>|&lt;.*?&gt;", re.DOTALL)


def test_every_figure_leads_to_the_characters_it_was_read_from(page, comparison):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    linked = {int(row) for row in FIGURE.findall(page)}
    assert linked
    assert {f"f{row}" for row in linked} <= set(ids)
    for row, marked in MARK.findall(page):
        printed = comparison.table["text"].iloc[int(row)].replace("*", "")
        assert printed in unescape(TAG.sub("", marked))


def test_the_table_of_indicators_shows_every_year(page):
    assert '<th scope="col">2015</th>' in page
    cells = re.findall(r'<a href="#f\d+" title="[^"]*">([^<]+)</a>', page)
    assert {"100", "107", "156"} <= set(cells)


def test_the_same_input_gives_the_same_files(comparison, folder, tmp_path):
    comparison.story(title="甲市<的>数字").save(tmp_path)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name


def test_a_story_of_one_report_says_that_there_is_nothing_to_compare(tmp_path):
    page = zj.compare(next(make_reports())).story().save(tmp_path).read_text(encoding="utf-8")
    assert "只有一年的报告，无从比较" in page


def test_nine_years_of_a_hundred_indicators_fit_in_a_page_of_one_and_a_half_megabytes(tmp_path):
    names = [f"第{chr(0x7532 + at)}{chr(0x5B50 + at)}类产品产量" for at in range(100)]
    found = zj.compare(*make_reports(indicators=names))
    started = time.process_time()
    page = found.story().save(tmp_path)
    assert page.stat().st_size < 1_500_000
    assert len(MARK.findall(page.read_text(encoding="utf-8"))) >= 900
    assert time.process_time() - started < 60


def test_figures_of_a_table_without_texts_lead_to_the_sentences_it_keeps(comparison, tmp_path):
    page = zj.compare(zj.tabulate(make_reports())).story().save(tmp_path).read_text(encoding="utf-8")
    marked = {int(row): unescape(TAG.sub("", text)) for row, text in MARK.findall(page)}
    assert len(marked) == len(comparison.table)
    for row, text in marked.items():
        assert comparison.table["text"].iloc[row].replace("*", "") == text


def test_several_places_are_compared_in_heat_tables(tmp_path):
    found = zj.compare(*make_reports(), *make_reports(place="乙市"))
    page = found.story().save(tmp_path).read_text(encoding="utf-8")
    assert 'id="places"' in page
    assert list((tmp_path / "charts").glob("places-*.png"))


def test_the_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path, comparison):
    hostile = comparison.table.assign(indicator='=HYPERLINK("http://a","b")')
    zj.compare(hostile).story().save(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == ["逐年", "数据", "序列", "增减更名", "核对", "线索", "配对"]
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" or cell.hyperlink]
    head = [cell.value for cell in book["数据"][1]]
    first = [cell.value for cell in book["数据"][2]]
    assert first[head.index("indicator")].startswith("=HYPERLINK")
    assert isinstance(first[head.index("value")], (int, float))


def test_a_workbook_that_cannot_be_replaced_as_one_open_in_excel_is_an_error_of_the_system(tmp_path, comparison):
    (tmp_path / "tables.xlsx").mkdir()
    with pytest.raises(OSError, match=r"close it where it is open: .*tables\.xlsx"):
        comparison.story().save(tmp_path)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_text_in_csv_is_no_formula_and_is_not_lost(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(path, pd.DataFrame({"name": texts}))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        read = [row["name"] for row in csv.DictReader(stream)]
    for before, after in zip(texts, read, strict=True):
        assert after == guard_text(before)


@given(st.text())
def test_a_file_name_is_safe_whatever_the_title(title):
    name = safe_name(title)
    assert re.fullmatch(r"[\w-]{1,40}", name)
    assert not name.startswith(("-", "."))


@given(st.text(alphabet="甲亿5%*_`[]()<>#|!~&\\\n ", max_size=30))
def test_markdown_shows_text_as_it_is(text):
    escaped = escape_markdown(text)
    assert "\n" not in escaped
    assert re.sub(r"\\(.)", r"\1", escaped) == re.sub(r"\s*[\r\n]+\s*", " ", text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<|*`]", escaped)


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet="地区增长亿元5。；\n●#* ", min_size=5, max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 8)), max_size=6))
    return text, [(start, min(start + length, len(text))) for start, length in spans]


@given(marked_texts())
def test_a_marked_source_loses_no_character_and_marks_every_row_once(case):
    text, spans = case
    rows = [
        {"place": "甲", "report_year": 2020, "kind": "", "edition": 1, "report": "r", "start": start, "end": end}
        for start, end in spans
    ]
    sources = mark_sources(
        pd.DataFrame(rows, columns=["place", "report_year", "kind", "edition", "report", "start", "end"]),
        {"r": SimpleNamespace(text=text, title="")},
    )
    if not spans:
        assert sources == []
        return
    pieces = [piece for sentence in sources[0].sentences for piece in sentence.pieces]
    bare = re.compile(r"[\s*#]")
    assert bare.sub("", "".join(piece.text for piece in pieces)) == bare.sub("", text)
    assert sorted(row for piece in pieces for row in piece.rows) == list(range(len(spans)))


def test_a_sparkline_breaks_where_the_line_does():
    points = [(2015, 1.0, 0, True), (2016, 2.0, 0, True), (2018, 3.0, 0, True), (2019, 4.0, 1, False)]
    drawn = sparkline(points, (2015, 2019))
    assert drawn.count("M") == 3
    assert drawn.count("L") == 1
    assert drawn.count('class="o"') == 1
    assert sparkline(points[:1], (2015, 2019)) == ""


def test_a_page_that_leaves_sentences_out_says_so(comparison, tmp_path):
    assert "略去了没有数字的句子" not in comparison.story().save(tmp_path / "short").read_text(encoding="utf-8")
    long = [replace(report, text=report.text + "没有数字的一句话。" * 40_000) for report in make_reports([2022, 2023])]
    page = zj.compare(*long).story().save(tmp_path / "long").read_text(encoding="utf-8")
    assert "略去了没有数字的句子" in page
    assert "没有数字的一句话" not in page
