import pandas as pd
import pytest

import zjcompare as zj
from zjcompare.charts import Drawing
from zjcompare.errors import ReadError
from zjcompare.report import Report

TEXTS = {
    2019: "# 甲市2019年收官盘点\n\n全市地区生产总值3000亿元，增长6.5%。公共财政预算收入200亿元。新建公园12个。",
    2020: "# 甲市2020年收官盘点\n\n全市地区生产总值3200亿元，增长5.1%。一般公共预算收入210亿元，列全省第5位。",
    2021: "# 甲市2021年收官盘点\n\n全市地区生产总值预计3600亿元，增长8.0%。一般公共预算收入236亿元，列全省第4位。",
}


def make_reports(place="甲市"):
    return [Report(text.replace("甲市", place), place, year, "收官盘点", f"{year}年") for year, text in TEXTS.items()]


@pytest.fixture(scope="module")
def comparison():
    return zj.compare(*make_reports())


def write_folder(folder, texts=TEXTS):
    for year, text in texts.items():
        (folder / f"镇江市{year}年.md").write_text(text.replace("甲市", "镇江市"), encoding="utf-8")
    return folder


def test_the_whole_way_gives_every_frame(comparison):
    assert set(comparison.table["year"]) == {2019, 2020, 2021}
    gdp = comparison.series.loc[
        comparison.series["series_name"].eq("地区生产总值") & comparison.series["measure"].eq("level")
    ]
    assert list(gdp["value"]) == [3.0e11, 3.2e11, 3.6e11]
    for frame in (comparison.trends, comparison.moves, comparison.changes, comparison.checks, comparison.leads):
        assert len(frame)
    assert comparison.title == "甲市2019—2021年：数字里的变化"


def test_evidence_of_leads_leads_to_the_text(comparison):
    for rows in comparison.leads["evidence"]:
        for row in comparison.table.iloc[list(rows)].to_dict("records"):
            assert comparison.reports[row["report"]].text[row["start"] : row["end"]] == row["text"]


def test_what_is_gone_and_renamed_is_told(comparison):
    told = comparison.changes.groupby("change")["series_name"].agg(set)
    assert any("公园" in name for name in told["gone"])
    assert "renamed" in told.index


def test_folders_files_tables_and_reports_give_the_same(tmp_path):
    folder = write_folder(tmp_path)
    whole = zj.compare(folder)
    files = zj.compare(*sorted(folder.glob("*.md")))
    table = zj.compare(zj.tabulate([zj.read(path) for path in sorted(folder.glob("*.md"))]))
    pd.testing.assert_frame_equal(whole.table, files.table)
    pd.testing.assert_frame_equal(whole.table, table.table)
    assert len(whole.reports) == 3
    assert not table.reports


def test_a_bad_file_in_a_folder_is_named_and_does_not_stop_the_others(tmp_path):
    write_folder(tmp_path)
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    (tmp_path / "SOURCES.csv").write_text("year,value", encoding="utf-8")
    found = zj.compare(tmp_path)
    assert len(found.reports) == 3
    assert [name for name, _ in found.skipped] == ["empty.md"]


def test_a_bad_file_given_by_name_is_an_error(tmp_path):
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    with pytest.raises(ReadError):
        zj.compare(tmp_path / "empty.md")


def test_nothing_to_compare_is_an_error(tmp_path):
    with pytest.raises(ReadError, match="holds no document"):
        zj.compare(tmp_path)
    with pytest.raises(TypeError, match="int"):
        zj.compare(3)


def test_a_figure_of_two_subjects_belongs_to_two_series_and_is_linked_from_both(tmp_path):
    before = zj.Report("森林覆盖率、绿地率均达到40%。", "丹阳市", 2022)
    after = zj.Report("森林覆盖率达到42%，绿地率达到41%。", "丹阳市", 2023)
    compared = zj.compare(before, after)
    assert sorted(compared.table.groupby("series")["value"].apply(list)) == [[40, 41], [40, 42]]
    compared.story(title="绿化").save(tmp_path)
    page = (tmp_path / "story.html").read_text(encoding="utf-8")
    assert all(f'id="f{row}"' in page for row in range(4))
    store = zj.Store(tmp_path / "store")
    store.add(compared.table)
    assert len(store.read()) == 4


def test_a_report_given_twice_counts_once_and_another_text_is_a_later_edition():
    first, *_ = make_reports()
    second = Report(first.text.replace("3000亿元", "3010亿元"), first.place, first.year, first.kind, first.title)
    found = zj.compare(first, first, second)
    assert sorted(set(found.table["edition"])) == [1, 2]
    gdp = found.series.loc[found.series["series_name"].eq("地区生产总值") & found.series["measure"].eq("level")]
    assert list(gdp["value"]) == [3.01e11]
    assert len(gdp["evidence"].iloc[0]) == 2


def test_a_table_does_not_repeat_the_rows_of_a_report_already_given():
    reports = make_reports()
    assert len(zj.compare(*reports, zj.tabulate(reports[:1])).table) == len(zj.compare(*reports).table)


def test_a_store_can_be_compared(tmp_path, comparison):
    store = zj.Store(tmp_path / "store")
    store.add(make_reports()[:2])
    store.add(zj.tabulate(make_reports()[2:]))
    found = zj.compare(store)
    assert len(found.table) == len(comparison.table)
    assert sorted(report.year for report in found.reports.values()) == [2019, 2020]  # the third came without its text


def test_progress_counts_the_reports():
    seen = []
    zj.compare(*make_reports(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("names", "options", "kind"),
    [
        (["地区生产总值"], {}, "line"),
        (["公共财政预算收入"], {}, "line"),
        (["地区生产总值"], {"measure": "growth"}, "bar"),
        (["一般公共预算收入"], {"measure": "rank"}, "bump"),
        (["地区生产总值", "一般公共预算收入"], {}, "multiples"),
        (["地区生产总值"], {"kind": "slope"}, "slope"),
    ],
)
def test_an_indicator_is_drawn_by_any_of_its_names(comparison, names, options, kind):
    drawing = comparison.draw(*names, **options)
    assert isinstance(drawing, Drawing)
    assert drawing.kind == kind
    assert comparison.chart(*names, **options).to_dict()


def test_several_places_share_a_chart():
    found = zj.compare(*make_reports(), *make_reports("乙市"))
    assert {row["series"] for row in found.draw("地区生产总值").spec["data"]["values"]} == {"甲市", "乙市"}
    assert found.draw("地区生产总值", place="乙市").title == "乙市地区生产总值"
    assert found.title.startswith("甲市、乙市")


def test_places_are_ranked_by_their_figures(comparison):
    found = zj.compare(*make_reports(), *make_reports("乙市"))
    assert set(found.ranks["place"]) == {"甲市", "乙市"}
    assert found.ranks["of"].eq(2).all()
    assert comparison.ranks.empty


def test_an_unknown_indicator_is_an_error_with_the_nearest_names(comparison):
    with pytest.raises(KeyError, match="地区生产总值"):
        comparison.chart("地区总值")
    with pytest.raises(TypeError):
        comparison.chart()
