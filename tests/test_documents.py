"""Documents as they come: Word, PDF, HTML, workbooks, pictures; and what must not get in."""

import io
import json
import os
import socket
import struct
import subprocess
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj
from tests.documents import figures, font_path, paragraph, word
from zjcompare.layouts import compile_layouts
from zjcompare.report.formats import LARGEST

TITLE = "2023年镇江市国民经济和社会发展统计公报"
SENTENCES = ("全市地区生产总值5264亿元，增长6.3%。", "城镇新增就业5.7万人；新增高标准农田4.4万亩。")
EXPECTED = {
    ("地区生产总值", 526_400_000_000.0),
    ("地区生产总值", 6.3),
    ("城镇新增就业", 57000.0),
    ("新增高标准农田", 44000.0),
}


def drawing(lines):
    image, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    picture = image.new("RGB", (1300, 80 * len(lines) + 60), "white")
    pen, face = draw.Draw(picture), font.truetype(str(font_path()), 40)
    for number, line in enumerate(lines):
        pen.text((40, 30 + 80 * number), line, fill="black", font=face)
    return picture


def test_a_word_document_gives_its_paragraphs_with_words_split_over_runs_joined():
    body = paragraph("2023年镇", "江市国民经济和社会发展", "统计公报") + "".join(map(paragraph, SENTENCES))
    report = zj.read(word(body))
    assert report.text.splitlines() == [TITLE, *SENTENCES]
    assert (report.place, report.year, report.kind) == ("镇江市", 2023, "统计公报")
    assert figures(report) == EXPECTED


def test_a_word_table_gives_one_line_a_row_and_deleted_text_is_gone():
    cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("地区生产总值", "5264"))
    deleted = "<w:p><w:del><w:r><w:delText>4000亿元</w:delText></w:r></w:del></w:p>"
    report = zj.read(word(f"{paragraph(TITLE)}<w:tbl><w:tr>{cells}</w:tr></w:tbl>{deleted}"))
    assert "地区生产总值\t5264" in report.text.splitlines()
    assert "4000" not in report.text


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_某某门户网站</title>
<style>p {{ width: 12% }}</style><script>var views = 12345;</script></head><body>
<div class="top"><ul><li>首页</li><li>网站支持IPv6</li><li>政务公开</li></ul></div>
<nav>第99页，共100页。</nav>
<div id="main"><div class="article"><h1>{title}</h1><p>{first}</p><p>{second}</p>
<table><tr><td>粮食产量</td><td>95万吨</td></tr></table></div></div>
<div class="foot">版权所有 电话：12345678</div><footer>主办：市政府，建议1024。</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page_gives_its_article_without_menus_scripts_and_footers(charset):
    page = PAGE.format(charset=charset, title=TITLE, first=SENTENCES[0], second=SENTENCES[1])
    report = zj.read(page.encode(charset))
    assert (report.place, report.year, report.title) == ("镇江市", 2023, TITLE)
    assert figures(report) >= EXPECTED
    assert "粮食产量\t95万吨" in report.text
    for foreign in ("12345", "99", "1024", "IPv6", "12%"):
        assert foreign not in report.text


def test_a_page_of_nothing_but_a_table_is_read_whole():
    page = (
        "<html><body><h1>2023年镇江市统计公报</h1><table><tr><td>地区生产总值<td>5264亿元<tr><td>粮食</td></tr></table>"
    )
    assert zj.read(page.encode()).text.splitlines()[1:] == ["地区生产总值\t5264亿元", "粮食\t"]


def test_a_pdf_gives_its_text_without_page_numbers():
    pytest.importorskip("pypdfium2")
    fpdf = pytest.importorskip("fpdf")
    document = fpdf.FPDF()
    document.add_font("cjk", fname=str(font_path()))
    for page, lines in enumerate(((TITLE, SENTENCES[0]), (SENTENCES[1],)), 1):
        document.add_page()
        document.set_font("cjk", size=12)
        for line in (*lines, f"— {page} —"):
            document.cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    report = zj.read(bytes(document.output()))
    assert (report.place, report.year) == ("镇江市", 2023)
    assert figures(report) == EXPECTED
    assert "— 1 —" not in report.text


def test_a_picture_is_recognised_offline(monkeypatch):
    pytest.importorskip("rapidocr")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    packed = io.BytesIO()
    drawing([TITLE, *SENTENCES]).save(packed, format="PNG")
    report = zj.read(packed.getvalue())
    assert (report.place, report.year, report.kind) == ("镇江市", 2023, "统计公报")
    assert figures(report) == EXPECTED


def refuse(*_):
    raise AssertionError("something reached for the network")


def test_a_scanned_pdf_is_recognised_or_the_error_names_the_extra(monkeypatch):
    pytest.importorskip("pypdfium2")
    pytest.importorskip("rapidocr")
    packed = io.BytesIO()
    drawing([TITLE, *SENTENCES]).save(packed, format="PDF")
    assert figures(zj.read(packed.getvalue())) == EXPECTED
    from zjcompare.report import pictures

    def missing(*_):
        raise zj.MissingExtraError("x")

    monkeypatch.setattr(pictures, "extract_picture", missing)
    with pytest.raises(zj.ReadError, match=r"scanned.*zjcompare\[ocr\]"):
        zj.read(packed.getvalue())


def numbered(words, number=None, level=0, style=None):
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        said += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words).replace("<w:p>", f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs>{said}</w:pPr>")


def level(depth, style, words, start=1):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{"<w:isLgl/>" if depth > 1 else ""}<w:lvlText w:val="{words}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCountingThousand", "%1、")}'
    f"{level(1, 'japaneseCounting', '（%2）')}{level(2, 'decimal', '%2.%3.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "x")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="9">{level(0, "decimalEnclosedCircle", "%1", 9)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)
STYLES = (
    '<w:style w:styleId="Heading1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Mine"><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
)


def test_the_numbers_that_word_shows_before_paragraphs_are_read():
    body = (
        numbered("2023年工作回顾", style="Heading1"),
        numbered("工业", 1, 1),
        numbered("钢铁", 1, 2),
        numbered("农业", 1, 1),
        numbered("2024年工作安排", style="Mine"),
        numbered("无号", 0, style="Heading1"),
        numbered("工业", 1, 1),
        numbered("附件", 2),
        numbered("要点", 3),
        numbered("第九", 4),
        numbered("第十", 4),
        numbered("没有这个表", 5),
        numbered("自指", style="Loop"),
    )
    report = zj.read(word("".join(body), numbering=NUMBERING, styles=STYLES), place="镇江市", year=2023)
    assert report.text.splitlines() == [
        "一、2023年工作回顾", "（一）工业", "1.1. 钢铁", "（二）农业", "二、2024年工作安排", "无号", "（一）工业",
        "十一、附件", "● 要点", "⑨第九", "⑩第十", "没有这个表", "自指",
    ]  # fmt: skip


def test_a_label_of_a_million_characters_is_cut_before_it_fills_memory():
    long = NUMBERING.replace("（%2）", "甲" * 10**6)
    report = zj.read(word(numbered("工业", 1, 1) * 300, numbering=long, styles=STYLES), place="镇江市", year=2023)
    assert len(report.text) < 100_000


def test_footnotes_stand_at_the_end_of_the_text():
    note = f'<w:footnote w:id="2">{paragraph("注：按可比价格计算。")}</w:footnote>'
    report = zj.read(word(paragraph(TITLE), footnotes=note))
    assert report.text == f"{TITLE}\n\n注：按可比价格计算。"


@pytest.mark.parametrize("module", ["pypdfium2", "rapidocr", "openpyxl"])
def test_without_its_extra_a_format_says_which_to_install(module, monkeypatch):
    import sys

    from zjcompare.report import pictures

    monkeypatch.setitem(sys.modules, module, None)
    pictures._recogniser.cache_clear()
    workbook = word("", name="xl/workbook.xml")
    content = {"pypdfium2": b"%PDF-1.7", "rapidocr": b"\x89PNG\r\n\x1a\n", "openpyxl": workbook}[module]
    with pytest.raises(zj.MissingExtraError, match=r"zjcompare\[(documents|ocr)\]"):
        zj.read(content, place="镇江市", year=2023)
    pictures._recogniser.cache_clear()


TABLE = """2023年镇江市主要经济指标
指标名称,计量单位,绝对量,比上年增长（%）
地区生产总值,亿元,5264,6.3
其中：第一产业,亿元,"1,160.5",-2
人口,万人,,
"""


def test_a_csv_of_figures_is_read_by_the_heads_that_the_lexicon_lists(tmp_path):
    source = tmp_path / "指标.csv"
    source.write_text(TABLE, encoding="gb18030")
    report = zj.read(source)
    assert report.text.splitlines()[2:4] == ["地区生产总值\t亿元\t5264\t6.3", "其中：第一产业\t亿元\t1,160.5\t-2"]
    assert {("地区生产总值", 526_400_000_000.0), ("地区生产总值", 6.3), ("第一产业", -2.0)} <= figures(report)


def test_a_table_with_other_heads_needs_a_mapping_and_the_error_shows_them(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text("啥,多少（亿元）\n财政收入,320\n", encoding="utf-8")
    with pytest.raises(zj.LayoutError, match=r"啥 \| 多少（亿元）.*mapping="):
        zj.read(source, place="镇江市", year=2023)
    report = zj.read(source, place="镇江市", year=2023, mapping={"indicator": "啥", "value": "多少（亿元）"})
    assert report.text == "指标\t数值（亿元）\n财政收入\t320"
    assert figures(report) == {("财政收入", 32e9)}


def workbook(**sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def packed(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read_sheet_by_sheet_as_it_shows_its_figures():
    book = workbook(
        综合=[["指标", "单位", "2023年", "增长"], ["社会消费品零售总额", "亿元", 1481.743, 0.086]],
        说明=[["数据来源：统计局"]],
        人口=[["指标", "单位", "2022", 2023], ["常住人口", "万人", 322.1, 0.1 + 0.2], ["户籍人口", "万人", None, 268]],
        草稿=[["指标", "数值"], ["不该读到", 1]],
    )
    book["综合"]["D2"].number_format = "0.0%"
    book["草稿"].sheet_state = "hidden"
    report = zj.read(packed(book), place="镇江市", year=2023)
    assert report.text.splitlines() == [
        "综合", "指标\t单位\t2023年\t增长", "社会消费品零售总额\t亿元\t1481.743\t8.6%", "",
        "说明", "数据来源：统计局", "",
        "人口", "指标\t单位\t2022年\t2023年", "常住人口\t万人\t322.1\t0.3", "户籍人口\t万人\t\t268",
    ]  # fmt: skip
    rows = zj.tabulate([report])
    assert list(zip(rows["indicator"], rows["year"], rows["value"], strict=True)) == [
        ("社会消费品零售总额", 2023, pytest.approx(1481.743e8)),
        ("社会消费品零售总额", 2023, 8.6),
        ("常住人口", 2022, 3221000),
        ("常住人口", 2023, 3000),
        ("户籍人口", 2023, 2680000),
    ]


def test_heads_over_two_rows_are_one_head_a_column():
    rows = [
        ["指标", "2022年", None, "2023年", None],
        [None, "绝对数（亿元）", "增速（%）", "绝对数（亿元）", "增速（%）"],
        ["工业增加值", 2210.5, 4.1, 2304, 6],
    ]
    table = zj.tabulate([zj.read(packed(workbook(表1=rows)), place="镇江市", year=2023)])
    assert list(zip(table["indicator"], table["year"], table["measure"], table["value"], strict=True)) == [
        ("工业增加值", 2022, "level", 2210.5e8),
        ("工业增加值", 2022, "growth", 4.1),
        ("工业增加值", 2023, "level", 2304e8),
        ("工业增加值", 2023, "growth", 6),
    ]


def test_a_mapping_that_names_a_head_which_is_not_there_is_an_error():
    with pytest.raises(zj.LayoutError, match=r"指标 \| 数值"):
        zj.read(
            packed(workbook(表1=[["指标", "数值"], ["粮食", 1]])),
            place="镇江市",
            year=2023,
            mapping={"indicator": "指标", "value": "值"},
        )


def test_a_mapping_of_an_unknown_role_is_wrong_use_and_the_roles_are_told():
    with pytest.raises(ValueError, match=r"no role name; the roles are indicator, place"):
        zj.read(b"x", place="镇江市", year=2023, mapping={"name": "指标"})


def test_a_cell_longer_than_any_is_an_error_of_ours(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text(f"指标,数值\n财政收入,{'1' * 200_000}\n", encoding="utf-8")
    with pytest.raises(zj.ReadError, match="is no table of figures"):
        zj.read(source, place="镇江市", year=2023)


@pytest.mark.parametrize("layout", zj.Lexicon.default().rows("layouts"), ids=lambda row: row["role"])
def test_each_layout_of_the_lexicon_fits_its_example(layout):
    assert compile_layouts(zj.Lexicon.default()).take_apart(layout["example"]).role == layout["role"]


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (LARGEST + 1))
    return packed.getvalue()


def lying_bomb():
    """Give an archive whose directory says that a member of 80 MB has ten bytes."""
    content = bomb()
    return content.replace(struct.pack("<L", LARGEST + 1), struct.pack("<L", 10))


def huge_picture():
    head = struct.pack(">LLBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">L", 13) + b"IHDR" + head + struct.pack(">L", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">L", 0) + b"IDAT" + struct.pack(">L", zlib.crc32(b"IDAT"))


def narrow_picture():
    stream = io.BytesIO()
    pytest.importorskip("PIL.Image").new("RGB", (1, 3000), "white").save(stream, format="PNG")
    return stream.getvalue()


def huge_page():
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999 99999]>>endobj\ntrailer<</Root 1 0 R>>"
    )


def workbook_of(rows, declaration=""):
    """Give a workbook whose one sheet has the given XML as its rows."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'{declaration}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    plain, changed = io.BytesIO(packed(workbook(表1=[]))), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return changed.getvalue()


FAR = '<row r="1"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bomb(), id="an archive that unpacks to too much"),
        pytest.param(lying_bomb(), id="an archive that lies about its size"),
        pytest.param(word("<w:p>&b;</w:p>", declaration=ENTITIES), id="entities that multiply"),
        pytest.param(word("<w:p>"), id="XML that breaks off"),
        pytest.param(word("", declaration='<?xml version="1.0" encoding="x"?>'), id="an unknown encoding"),
        pytest.param(word(paragraph(TITLE), packing=zipfile.ZIP_LZMA), id="an archive packed otherwise"),
        pytest.param(workbook_of(FAR), id="a sheet that says to have 17 thousand million cells"),
        pytest.param(workbook_of("<row><c><v>&b;</v></c></row>", ENTITIES), id="entities in a workbook"),
        pytest.param(word(paragraph(TITLE), name="x.xml"), id="an archive of something else"),
        pytest.param(word(paragraph(TITLE))[:-30], id="an archive cut short"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, id="an old Word file"),
        pytest.param(b"%PDF-1.7 nothing", id="a PDF with nothing in it"),
        pytest.param(b"\x89PNG\r\n\x1a\n nothing", id="a damaged picture"),
        pytest.param(huge_picture(), id="a picture of 3.6 thousand million pixels"),
        pytest.param(narrow_picture(), id="a picture of one pixel by three thousand"),
        pytest.param(huge_page(), id="a page of thirty metres"),
    ],
)
def test_what_is_damaged_or_made_to_harm_is_refused_quickly(content):
    pytest.importorskip("pypdfium2")
    pytest.importorskip("rapidocr")
    began = time.process_time()
    with pytest.raises((zj.ReadError, zj.LayoutError)):
        zj.read(content, place="镇江市", year=2023)
    assert time.process_time() - began < 5


def test_deep_xml_and_deep_pages_are_read_without_recursion():
    deep = "<w:x>" * 50_000 + paragraph(SENTENCES[0]) + "</w:x>" * 50_000
    assert SENTENCES[0] in zj.read(word(paragraph(TITLE) + deep)).text
    page = f"<html><title>{TITLE}</title>" + "<div>" * 50_000 + SENTENCES[0]
    assert SENTENCES[0] in zj.read(page.encode()).text


def test_a_suffix_that_the_content_belies_is_an_error_and_the_content_decides(tmp_path):
    (tmp_path / "a.docx").write_text(f"{TITLE}\n", encoding="utf-8")
    with pytest.raises(zj.ReadError, match=r"no \.docx file"):
        zj.read(tmp_path / "a.docx")
    (tmp_path / "b.txt").write_bytes(word(paragraph(TITLE)))
    assert zj.read(tmp_path / "b.txt").title == TITLE


@pytest.mark.parametrize("repeated", ["<!--", "<a ", "<![CDATA[", "<!", "&#", "<script>", "</", "<td>"])
def test_broken_markup_takes_no_more_than_linear_time(repeated):
    def seconds(times):
        began = time.process_time()
        zj.read(f"<html>{TITLE}{repeated * times}".encode(), place="镇江市", year=2023)
        return time.process_time() - began

    seconds(100)
    assert seconds(20_000) < 4


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([b"<html>", b"PK\x03\x04", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]),
    st.binary(max_size=400),
)
def test_any_bytes_after_a_known_beginning_are_read_or_refused_with_our_error(start, rest):
    pytest.importorskip("pypdfium2")
    pytest.importorskip("rapidocr")
    try:
        zj.read(start + rest, place="镇江市", year=2023)
    except zj.ZjError:
        return


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=20))
def test_a_word_document_with_bytes_overwritten_is_read_or_refused_with_our_error(at, noise):
    content = bytearray(word(paragraph(TITLE)))
    content[at % len(content) : at % len(content) + len(noise)] = noise
    try:
        zj.read(bytes(content), place="镇江市", year=2023)
    except zj.ZjError:
        return


HOST = "http://203.0.113.7/x"
FIELD = f'<w:p><w:r><w:instrText>INCLUDETEXT "{HOST}"</w:instrText></w:r></w:p>'
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
FORMULA = f'<c><f>WEBSERVICE("{HOST}")</f><v>5</v></c>'
ACTION = f"/AA<</O<</S/URI/URI({HOST})>>>>"
REACHING = {
    "html": f'<html><base href="{HOST}"><iframe src="{HOST}"></iframe><p>{SENTENCES[0]}<img src="{HOST}"></p>'.encode(),
    "docx": word(f'<w:altChunk r:id="{HOST}" xmlns:r="r"/>{FIELD}{paragraph(SENTENCES[0])}'),
    "xlsx": workbook_of(f"<row>{CELL('指标')}{CELL('数值')}</row><row>{CELL('地区生产总值5264亿元')}{FORMULA}</row>"),
    "pdf": huge_page().replace(b"99999 99999]", f"99 99]{ACTION}".encode()),
}


@pytest.fixture
def no_network(monkeypatch):
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("kind", REACHING)
def test_nothing_that_a_document_refers_to_is_fetched_or_run(kind):
    pytest.importorskip("pypdfium2")
    pytest.importorskip("openpyxl")
    try:
        text = zj.read(REACHING[kind], place="镇江市", year=2023).text
    except zj.ReadError:
        assert kind == "pdf"  # a page without a word on it
    else:
        assert "地区生产总值5264亿元" in text
        assert HOST not in text


@pytest.mark.usefixtures("no_network")
def test_the_guard_of_the_network_would_see_a_call():
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.create_connection(("203.0.113.7", 80))


def test_a_folder_is_searched_without_following_links_to_folders_or_opening_pipes(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(TITLE, encoding="utf-8")
    (tmp_path / "inside" / "a.txt").write_text(TITLE, encoding="utf-8")
    try:
        (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
        (tmp_path / "inside" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
        os.mkfifo(tmp_path / "inside" / "pipe.txt")
    except (OSError, AttributeError):
        pytest.skip("this system makes no links or pipes")
    found = [path.name for path in zj.report.find_documents(tmp_path / "inside")]
    assert found == ["a.txt", "gone.txt"]  # a broken link is an error when it is read, and not lost in silence


def test_a_folder_of_everything_goes_through_one_command(tmp_path, capsys):
    from zjcompare.cli import main

    pytest.importorskip("pypdfium2")
    pytest.importorskip("rapidocr")
    folder = tmp_path / "各种 文件"
    folder.mkdir()
    page = PAGE.format(charset="gb2312", title=TITLE.replace("2023", "2021"), first=SENTENCES[0], second=SENTENCES[1])
    packed = io.BytesIO()
    drawing([TITLE.replace("2023", "2020"), *SENTENCES]).save(packed, format="PNG")
    contents = {
        "a.docx": word(paragraph(TITLE) + "".join(map(paragraph, SENTENCES))),
        "b.txt": "\n".join([TITLE.replace("2023", "2022"), *SENTENCES]).encode("gb18030"),
        "c.html": page.encode("gb18030"),
        "d.png": packed.getvalue(),
        "e.docx": b"PK\x03\x04 nothing",
        "f.pdf": b"%PDF-1.4 nothing",
        "g.md": b"",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    assert main(["read", str(folder), "--out", str(tmp_path / "table.jsonl")]) == 3
    errors = capsys.readouterr().err
    assert [name for name in contents if name in errors] == ["e.docx", "f.pdf", "g.md"]
    rows = [json.loads(line) for line in (tmp_path / "table.jsonl").read_text("utf-8").splitlines()]
    for year in (2020, 2021, 2022, 2023):
        assert {(row["indicator"], row["value"]) for row in rows if row["year"] == year} >= EXPECTED
