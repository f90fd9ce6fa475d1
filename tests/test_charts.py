import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pandas as pd
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from zjcompare import charts
from zjcompare.charts import fonts
from zjcompare.errors import MissingExtraError


@pytest.fixture(scope="module")
def font():
    return charts.find_font()


def make_points(years=(2018, 2019, 2021), series="地区生产总值", **columns):
    plain = {"value": [100.0 + at for at in range(len(years))], "status": "actual", "target": None, "broken": ""}
    return pd.DataFrame({"series": series, "year": list(years), "verdict": "", **plain, **columns})


def rows_of(drawing):
    return drawing.spec["data"]["values"]


@pytest.mark.parametrize("kind", charts.KINDS)
def test_every_kind_is_drawn_with_its_chinese_text(kind, font):
    two = pd.concat([make_points(), make_points(series="工业增加值")])
    drawing = charts.draw(kind, two if kind not in {"bar", "target"} else make_points(), title="镇江市的数字", unit="%")
    svg = charts.to_svg(drawing.spec, font)
    assert "镇江市的数字" in charts.letters_of(svg)
    assert charts.to_png(svg, font).startswith(b"\x89PNG")
    assert len(drawing.wide) >= 2


@pytest.mark.parametrize("kind", charts.KINDS)
def test_every_kind_is_a_valid_altair_chart(kind):
    drawing = charts.draw(kind, make_points(), title="标题", unit="元")
    assert charts.to_altair(drawing.spec).to_dict(validate=True)


def test_other_chinese_text_gives_another_picture(font):
    first, second = (
        charts.to_png(charts.to_svg(charts.draw("line", make_points(), title=title, unit="元").spec, font), font)
        for title in ("镇江", "南京")
    )
    assert first != second  # boxes in place of glyphs would be alike


@given(
    years=st.sets(st.integers(2000, 2015), min_size=1),
    broken=st.sets(st.integers(2000, 2015)),
)
def test_a_line_runs_through_years_without_gap_or_break_only(years, broken):
    ordered = sorted(years)
    points = make_points(ordered, broken=["口径变化" if year in broken else "" for year in ordered])
    rows = rows_of(charts.draw("line", points, title="甲", unit="元"))
    for left, right in pairwise(rows):
        joined = right["year"] - left["year"] == 1 and right["year"] not in broken
        assert (left["segment"] == right["segment"]) == joined


def test_a_line_of_estimates_is_told_apart_and_explained(font):
    points = make_points(status=["actual", "estimate", "actual"])
    drawing = charts.draw("line", points, title="甲", unit="元")
    svg = charts.to_svg(drawing.spec, font)
    marks = [part for part in svg.split("<path ") if 'aria-roledescription="point"' in part or "数值" in part]
    assert sum('fill="#ffffff"' in mark for mark in marks) == 1
    assert "空心点为预计数" in charts.letters_of(svg)


def test_values_are_drawn_in_the_unit_that_custom_has():
    drawing = charts.draw("line", make_points(value=[4.0e11, 4.1e11, 4.2e11]), title="甲", unit="元")
    assert [row["value"] for row in rows_of(drawing)] == [4000, 4100, 4200]
    assert drawing.spec["title"]["subtitle"] == ["单位：亿元"]
    assert drawing.wide["地区生产总值"].dropna().tolist() == [4000, 4100, 4200]


@pytest.mark.parametrize("kind", ["line", "bar", "heat"])
def test_a_year_without_a_figure_is_an_empty_cell_of_the_data(kind):
    wide = charts.draw(kind, make_points([2018, 2020, 2021], value=[4.0, 4.2, 4.3]), title="甲", unit="元").wide
    row = wide.iloc[0, 1:] if kind == "heat" else wide["地区生产总值"]
    assert row.isna().tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("verdict", "value", "word"),
    [("met", 3.79, "达到目标"), ("missed", 5.0, "未达目标"), ("not_reported", None, "未公布结果")],
)
def test_a_target_chart_says_what_the_check_says(verdict, value, word):
    points = make_points([2020, 2021], value=[4.0, value], target=[None, 4.0], verdict=["", verdict])
    rows = rows_of(charts.draw("target", points, title="城镇登记失业率", unit="%"))
    assert [row["result"] for row in rows] == ["没有目标", word]
    assert rows[1]["silent"] == (verdict == "not_reported")


def test_a_small_fall_is_not_as_red_as_a_great_rise_is_blue(font):
    drawing = charts.draw("heat", make_points(value=[-0.5, 4.0, 12.4]), title="甲", unit="%")
    colour = drawing.spec["layer"][0]["encoding"]["color"]["scale"]
    assert colour["domain"] == [-12.4, 0, 12.4]
    assert "#c2482d" not in charts.to_svg(drawing.spec, font)


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.draw("line", make_points(value=[None, None, None]), title="甲", unit="元")
    with pytest.raises(ValueError, match="no chart of kind"):
        charts.draw("pie", make_points(), title="甲", unit="元")


def test_a_character_that_the_font_lacks_is_named(font):
    drawing = charts.draw("line", make_points(), title="镇\ue123江", unit="元")
    with pytest.raises(charts.FontError, match="\ue123"):
        charts.to_svg(drawing.spec, font)


def test_a_font_without_chinese_is_refused(tmp_path):
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": _empty_glyph(), "A": _empty_glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Latin", "styleName": "Regular"})
    builder.setupPost()
    builder.save(tmp_path / "latin.ttf")
    with pytest.raises(charts.FontError, match="no simplified Chinese"):
        charts.find_font(tmp_path / "latin.ttf")
    (tmp_path / "no.ttf").write_text("no font")
    with pytest.raises(charts.FontError, match="cannot be read as a font"):
        charts.find_font(tmp_path / "no.ttf")


def _empty_glyph():
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


def test_without_any_chinese_font_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "_candidates", lambda: iter(()))
    with pytest.raises(MissingExtraError, match=r"zjcompare\[charts\].*font_path"):
        charts.find_font()


def test_the_packaged_font_covers_the_words_of_the_page(font):
    assert not font.missing("镇江市地区生产总值亿元百分点○◇≥≤＞＜−—“”…、。！㎡℃Ⅲ●")


def test_an_embedded_font_holds_just_the_letters_used(font):
    face = TTFont(BytesIO(charts.subset_woff2(font, ["镇江", "江苏2023"])))
    assert set(face.getBestCmap()) >= {ord(sign) for sign in "镇江苏203"}
    assert len(face.getGlyphOrder()) < 20


@given(st.floats(-1e13, 1e13), st.integers(0, 4))
def test_a_printed_number_reads_back_within_its_rounding(value, places):
    printed = charts.format_number(value, places)
    read = Decimal(printed.replace(",", "").replace("−", "-"))
    assert abs(read - Decimal(repr(value))) <= Decimal(5).scaleb(-places - 1)


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([500_436_000_000.0], "元", (1e8, "亿元")),
        ([59_204.0], "元", (1.0, "元")),
        ([3_396_000.0], "人", (1e4, "万人")),
        ([1.2e9], "%", (1.0, "%")),
        ([7.0], "位", (1.0, "位")),
        ([], "元", (1.0, "元")),
    ],
)
def test_a_chart_has_one_unit(values, unit, expected):
    assert charts.display_unit(values, unit) == expected


def test_the_way_to_a_comparison_loads_no_chart_library():
    code = (
        "import sys, zjcompare.comparison;"
        "print(sorted({'altair', 'vl_convert', 'fontTools', 'jinja2', 'xlsxwriter'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
