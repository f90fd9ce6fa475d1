"""Tables in documents: merged cells in Word and HTML, and tables of PDFs, with lines or without."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj
from tests.documents import figures, font_path, paragraph, word
from zjcompare.report.grids import Cell, Rows, write_grid

TITLE = "2023年镇江市国民经济和社会发展统计公报"
SENTENCE = "城镇新增就业5.7万人；新增高标准农田4.4万亩。"
IN_SENTENCE = {("城镇新增就业", 57_000.0), ("新增高标准农田", 44_000.0)}
HEADS = ("指标", "单位", "绝对量", "比上年增长（%）")
ROWS = (
    ("地区生产总值", "亿元", "5264.1", "6.3"),
    ("二、工业", "", "", ""),
    ("水泥", "万吨", "1234.5", "-6.7"),
    ("汽车", "辆", "45,678", ""),
)
IN_TABLE = {
    ("地区生产总值", 526_410_000_000.0), ("地区生产总值", 6.3), ("水泥", 12_345_000.0), ("水泥", -6.7),
    ("汽车", 45_678.0),
}  # fmt: skip
WIDTHS = (60, 30, 40, 40)


def portable(*pages, orientation="portrait", heads=()):
    """Make a PDF: each page is a function that draws on it, below the running heads."""
    pytest.importorskip("pypdfium2")
    document = pytest.importorskip("fpdf").FPDF(orientation=orientation)
    document.add_font("cjk", fname=str(font_path()))
    for number, draw in enumerate(pages, 1):
        document.add_page()
        document.set_font("cjk", size=11)
        write(document, *heads)
        draw(document)
        document.set_y(-25)
        document.cell(0, 8, f"第 {number} 页", align="C")
    return bytes(document.output())


def write(document, *lines):
    for line in lines:
        document.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")


def draw_rows(document, rows, border, widths=WIDTHS):
    for row in rows:
        for words, width in zip(row, widths, strict=True):
            document.cell(width, 8, words, border=border, align="L" if width == widths[0] else "R")
        document.ln(8)


def with_table(rows, border=1, widths=WIDTHS, before=TITLE):
    def draw(document):
        write(document, before)
        draw_rows(document, rows, border, widths)
        write(document, SENTENCE)

    return draw


@pytest.mark.parametrize("border", [1, 0, "T", "L"], ids=["ruled", "unruled", "lines across", "lines between columns"])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_table_of_a_pdf_is_read_as_one_with_lines_or_without(border, orientation):
    report = zj.read(portable(with_table([HEADS, *ROWS], border), orientation=orientation))
    lines = ["\t".join(row).rstrip() + "\t" * (not row[1]) for row in (HEADS, *ROWS)]
    assert report.text.splitlines() == [TITLE, *lines, SENTENCE]
    assert figures(report) == IN_TABLE | IN_SENTENCE


@pytest.mark.parametrize("border", [1, 0])
def test_a_table_over_two_pages_goes_on_below_running_heads_and_page_numbers(border):
    def begin(document):
        write(document, TITLE)
        draw_rows(document, [HEADS, *ROWS[:2], ROWS[2]], border)

    def go_on(document):
        draw_rows(document, [ROWS[3], ("电力", "万千瓦时", "12.0", "1.0")], border)
        write(document, SENTENCE)

    pages = [
        begin,
        go_on,
        lambda document: write(document, "全市地区生产总值5264亿元，增长"),
        lambda document: write(document, "6.3%。"),
    ]
    report = zj.read(portable(*pages, heads=["统计资料汇编 第3期"]))
    assert report.text.count("统计资料") == 1  # at the first page, where it may be the title
    assert "页" not in report.text
    assert figures(report) == IN_TABLE | IN_SENTENCE | {
        ("电力", 120_000_000.0), ("电力", 1.0), ("地区生产总值", 526_400_000_000.0)
    }  # fmt: skip


MERGED_ROWS = [
    ("粮食", "万吨", "97.0", "98.5", "1.2"),
    ("油料", "吨", "3,200", "3,300", "-3.4"),
    ("汽车", "辆", "41", "45", "12.3"),
]
MERGED = {
    ("粮食产量", 970_000.0, 2022), ("粮食产量", 985_000.0, 2023), ("粮食产量", 1.2, 2023),
    ("油料产量", 3200.0, 2022), ("油料产量", 3300.0, 2023), ("油料产量", -3.4, 2023),
    ("汽车产量", 41.0, 2022), ("汽车产量", 45.0, 2023), ("汽车产量", 12.3, 2023),
}  # fmt: skip


def merged_page():
    heads = "<tr><td rowspan=2>产品<td rowspan='2'>单位<td colspan=2>产量<td rowspan=2>增长（%）"
    heads += "<tr><td>2022年</td><td>2023年</td></tr>"
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) for row in MERGED_ROWS)
    return f"<html><body><h1>{TITLE}</h1><table>{heads}{rows}</table></body></html>".encode()


def merged_words():
    def cell(words, *properties):
        return f"<w:tc><w:tcPr>{''.join(f'<w:{each}/>' for each in properties)}</w:tcPr>{paragraph(words)}</w:tc>"

    first, below = 'vMerge w:val="restart"', "vMerge"
    heads = [
        cell("产品", first) + cell("单位", first) + cell("产量", 'gridSpan w:val="2"') + cell("增长（%）", first),
        cell("", below) + cell("", below) + cell("2022年") + cell("2023年") + cell("", below),
    ]
    rows = [*heads, *("".join(map(cell, row)) for row in MERGED_ROWS)]
    return word(paragraph(TITLE) + "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")


def draw_merged(document, border):
    write(document, TITLE)
    left, top = document.get_x(), document.get_y()
    spans = [
        (0, 0, 1, 2, "产品"),
        (1, 0, 1, 2, "单位"),
        (2, 0, 2, 1, "产量"),
        (4, 0, 1, 2, "增长（%）"),
        (2, 1, 1, 1, "2022年"),
        (3, 1, 1, 1, "2023年"),
    ]
    spans += [
        (column, row, 1, 1, words) for row, cells in enumerate(MERGED_ROWS, 2) for column, words in enumerate(cells)
    ]
    for column, row, wide, deep, words in spans:
        document.set_xy(left + 35 * column, top + 8 * row)
        document.cell(35 * wide, 8 * deep, words, border=border, align="C")
    document.set_xy(left, top + 8 * 6)
    write(document, SENTENCE)


@pytest.mark.parametrize("kind", ["html", "docx", "ruled pdf", "unruled pdf"])
def test_merged_heads_are_read_alike_in_every_format(kind):
    contents = {
        "html": merged_page,
        "docx": merged_words,
        "ruled pdf": lambda: portable(lambda document: draw_merged(document, 1)),
        "unruled pdf": lambda: portable(lambda document: draw_merged(document, 0)),
    }
    table = zj.tabulate([zj.read(contents[kind]())])
    assert set(zip(table["indicator"], table["value"], table["year"], strict=True)) >= MERGED
    assert len(table) == len(MERGED) + 2 * ("pdf" in kind)


def test_words_merged_over_rows_are_said_in_each_and_figures_once():
    page = (
        f"<html><h1>{TITLE}</h1><table><tr><td>指标<td>单位<td>2023年<td>增长（%）"
        "<tr><td>出口<td rowspan=2>亿元<td>12.5<td rowspan=2>3.1<tr><td>进口<td>14.0"
        "<tr><td colspan=4>二、农业<tr><td>小麦<td>万吨<td>80<td>1.5</table></html>"
    )
    report = zj.read(page.encode())
    assert report.text.splitlines()[2:] == [
        "出口\t亿元\t12.5\t3.1", "进口\t亿元\t14.0", "二、农业\t", "小麦\t万吨\t80\t1.5",
    ]  # fmt: skip
    assert figures(report) == {("出口", 12.5e8), ("出口", 3.1), ("进口", 14e8), ("小麦", 800_000.0), ("小麦", 1.5)}


def test_a_page_in_two_narrow_columns_is_read_column_by_column_with_broken_lines_whole():
    columns = (
        "全市粮食产量98.5万吨，比上年增长1.2%；油料产量3300吨，下降3.4%；全年新增高标准农田4.4万亩。",
        "全市社会消费品零售总额1450亿元，比上年增长8.0%；年末常住人口322.9万人，户籍人口262.9万人。",
    )

    def draw(document):
        write(document, TITLE, SENTENCE)
        top = document.get_y()
        for left, words in zip((10, 110), columns, strict=True):
            document.set_xy(left, top)
            document.multi_cell(45, 8, words, wrapmode="CHAR")

    report = zj.read(portable(draw))
    assert report.text.splitlines() == [TITLE, SENTENCE, *columns]


def test_a_label_over_several_lines_is_one_and_the_figures_beside_it_are_its_own():
    def draw(document):
        write(document, TITLE)
        top = document.get_y()
        lines = [
            (0, "指标", "单位", "2023年"), (10, "粮食产量", "万吨", "98.5"), (20, "规模以上工业企业"),
            (26, "利润总额（含省属", "亿元", "123.4"), (32, "企业）"), (42, "城镇居民人均"), (45, "", "元", "62145"),
            (48, "可支配收入"), (58, "常住人口", "万人", "322.9"),
        ]  # fmt: skip
        for below, *cells in lines:
            for column, words in enumerate(cells):
                document.set_xy(10 + 50 * column, top + below)
                document.cell(45, 6, words)

    assert figures(zj.read(portable(draw))) == {
        ("粮食产量", 985_000.0), ("规模以上工业企业利润总额（含省属企业）", 12_340_000_000.0),
        ("城镇居民人均可支配收入", 62145.0), ("常住人口", 3_229_000.0),
    }  # fmt: skip


WORDS = st.text("甲乙丙丁戊己", min_size=1, max_size=5)
NUMBERS = st.decimals("-99", "9999", places=1).map(str)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, NUMBERS, NUMBERS), min_size=2, max_size=12), st.sampled_from([1, 0]))
def test_any_table_of_a_pdf_gives_its_cells_back(rows, border):
    report = zj.read(portable(with_table([HEADS, *rows], border)), place="镇江市", year=2023)
    assert report.text.splitlines()[1:-1] == ["\t".join(row) for row in (HEADS, *rows)]


def test_a_cell_that_says_to_cover_a_million_rows_or_columns_takes_no_more_than_it_may():
    rows = Rows()
    for _ in range(2000):
        rows.add([("甲", 10**9, 10**9)] * 5)
    assert sum(map(len, rows.take_lines())) < 10**6
    assert write_grid([Cell("甲", 0, 0, rows=100, columns=100)]) == ["甲"]
    assert write_grid([]) == []
