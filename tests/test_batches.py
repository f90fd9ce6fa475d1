"""Batches of documents: the same parts whatever the order, the workers and the interruptions."""

import random
import shutil
from pathlib import Path

import pytest

import zjcompare as zj
from zjcompare import batches
from zjcompare.batches import Given, read_parts

ROOT = Path(__file__).parents[1]
DIGESTS = sorted((ROOT / "datasets" / "zhenjiang").glob("*.md"))

CITIES = ("苏州市", "无锡市", "常州市", "南通市", "扬州市")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make a folder of 40 documents, three of which cannot be read."""
    made = tmp_path_factory.mktemp("documents")
    for copy in range(5):
        for digest in DIGESTS:
            text = digest.read_text(encoding="utf-8").replace("镇江市", CITIES[copy])
            (made / f"{copy}-{digest.name}").write_text(text, encoding="utf-8")
    for name, content in {"0-2016.md": b"", "3-2018.md": b"\xff\xfe\x00", "4-2022.md": "没有年份".encode()}.items():
        (made / name).write_bytes(content)
    return made


def test_the_parts_hold_what_the_documents_give_one_by_one(folder, tmp_path):
    parts = read_parts(folder.iterdir(), tmp_path)
    one_by_one = [report for path in sorted(folder.iterdir()) for report in attempt(path)]
    assert [report.id for report in parts.reports()] == [report.id for report in one_by_one]
    assert parts.table().equals(zj.table.observe(one_by_one))
    assert [Path(path).name for path, _ in parts.failures] == ["0-2016.md", "3-2018.md", "4-2022.md"]
    assert all(path in error for path, error in parts.failures)


def attempt(path):
    try:
        yield zj.read(path)
    except zj.ReadError:
        return


def test_neither_the_order_of_the_documents_nor_the_number_of_workers_changes_the_table(folder, tmp_path):
    paths = list(folder.iterdir())
    random.Random(7).shuffle(paths)  # noqa: S311 (an order for a test, no secret)
    first = read_parts(paths, tmp_path / "a")
    second = read_parts(reversed(paths), tmp_path / "b", jobs=2)
    assert first.table().equals(second.table())
    assert first.failures == second.failures


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same_table(folder, tmp_path):
    pytest.importorskip("distributed")
    expected = read_parts(folder.iterdir(), tmp_path / "a").table()
    assert read_parts(folder.iterdir(), tmp_path / "b", engine="dask", jobs=2).table().equals(expected)


def test_what_was_read_before_an_interruption_is_not_read_again(folder, tmp_path, monkeypatch):
    expected = read_parts(folder.iterdir(), tmp_path / "whole").table()
    read, observe = [], batches.observe

    def stop_at_the_second(reports, **options):
        if read:
            raise KeyboardInterrupt
        read.append(len(reports))
        return observe(reports, **options)

    monkeypatch.setattr(batches, "observe", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        read_parts(folder.iterdir(), tmp_path / "parts")

    def count(reports, **options):
        read.append(len(reports))
        return observe(reports, **options)

    monkeypatch.setattr(batches, "observe", count)
    resumed = read_parts(folder.iterdir(), tmp_path / "parts")
    assert resumed.table().equals(expected)
    assert sum(read) == 37
    assert not list((tmp_path / "parts").glob("*.tmp"))


def test_a_document_that_changed_is_read_again(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("2024年江苏省政府工作报告\n去年地区生产总值增长5.8%。", encoding="utf-8")
    assert read_parts([source], tmp_path / "parts").table()["value"].to_pylist() == [5.8]
    source.write_text("2024年江苏省政府工作报告\n去年全省地区生产总值增长6.8%。", encoding="utf-8")
    assert read_parts([source], tmp_path / "parts").table()["value"].to_pylist() == [6.8]


def test_one_text_counts_once_and_another_of_the_same_place_year_and_kind_is_a_later_edition(tmp_path):
    for name, text in {"a": "增长5%", "b": "增长5%", "c": "增长6%"}.items():
        (tmp_path / f"{name}.txt").write_text(f"2024年江苏省政府工作报告\n去年地区生产总值{text}。", encoding="utf-8")
    parts = read_parts(tmp_path.glob("*.txt"), tmp_path / "parts")
    assert [(Path(report.source).name, report.edition) for report in parts.reports()] == [("a.txt", 1), ("c.txt", 2)]
    assert parts.table().select(["value", "edition"]).to_pylist() == [
        {"value": 5.0, "edition": 1},
        {"value": 6.0, "edition": 2},
    ]


def test_what_is_given_holds_for_all_documents(tmp_path):
    (tmp_path / "a.txt").write_text("地区生产总值增长5%。", encoding="utf-8")
    parts = read_parts([tmp_path / "a.txt"], tmp_path / "parts", given=Given(place="镇江", year=2020, kind="讲话"))
    assert [(report.place, report.year, report.kind) for report in parts.reports()] == [("镇江市", 2020, "讲话")]


def test_the_progress_ends_at_the_number_of_documents(folder, tmp_path):
    steps = []
    read_parts(folder.iterdir(), tmp_path, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(16, 40), (32, 40), (40, 40)]


def test_the_parts_of_the_folder_are_private_to_their_owner(tmp_path):
    shutil.copy(DIGESTS[0], tmp_path / "a.md")
    read_parts([tmp_path / "a.md"], tmp_path / "parts")
    assert (tmp_path / "parts").stat().st_mode & 0o077 == 0 or (tmp_path / "parts").drive
