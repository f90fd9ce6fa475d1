"""Killed, crowded, starved, shut out or damaged: nothing acknowledged is lost, nothing half-written is read."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from deltalake import DeltaTable, Schema, write_deltalake

import zjcompare as zj
from zjcompare.report import Report
from zjcompare.store import delta, writing
from zjcompare.store.snapshot import open_snapshot
from zjcompare.table import SCHEMA, to_arrow

WRITERS = Path(__file__).with_name("store_writers.py")
LOG = "observations/_delta_log"


def make_report(number):
    return Report(
        f"2019年，全市实现地区生产总值{4000 + number}亿元，新增就业{number}人。", "镇江市", 2019, f"报告{number}"
    )


def run_writers(what, folder, *arguments):
    command = [sys.executable, str(WRITERS), what, str(folder), json.dumps(arguments)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=500)
    told = [json.loads(line) for line in found.stdout.splitlines()]
    assert not [line["fault"] for line in told if "fault" in line]
    return told


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "indicators"
    store = zj.Store(folder)
    for number in range(12):
        store.add(make_report(number))
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "indicators"))


def check_killed(folder, kills, seed):
    told = run_writers("kill", folder, kills, seed)
    store = zj.Store(folder)
    kinds = set(store.documents()["kind"])
    assert {f"报告{line['number']}" for line in told} <= kinds
    rows = store.read()
    assert set(rows.groupby("kind").size()) == {2}
    assert set(rows["kind"]) == kinds
    assert store.check().empty
    numbers = sorted(int(kind.removeprefix("报告")) for kind in kinds)
    again = store.add([make_report(number) for number in numbers])
    assert not again.added
    return len(told)


def test_five_writers_killed_at_any_moment_lose_and_halve_nothing(tmp_path):
    assert check_killed(tmp_path / "indicators", 5, seed=1) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_forty_writers_killed_at_any_moment_lose_and_halve_nothing(tmp_path, seed):
    assert check_killed(tmp_path / "indicators", 40, seed) >= 20


def test_four_processes_add_at_once_and_all_is_kept_in_one_order(tmp_path):
    told = run_writers("together", tmp_path / "indicators", 4, 8, "each its own")
    store = zj.Store(tmp_path / "indicators")
    assert sorted(line["version"] for line in told) == list(range(1, 33))
    assert len(store.documents()) == 32
    assert len(store.read()) == 64


def test_four_processes_add_the_same_reports_and_each_is_kept_once(tmp_path):
    run_writers("together", tmp_path / "indicators", 4, 5, "all the same")
    store = zj.Store(tmp_path / "indicators")
    assert store.version == 5
    assert len(store.read(editions="all")) == 10


def test_a_full_disk_is_told_and_what_was_there_is_whole(folder):
    before = zj.Store(folder).read()
    told = run_writers("starve", folder, [64, 2000, 5000, 6500, 8000, 10000, 12000])
    errors = [line["error"] for line in told if "error" in line]
    assert errors
    assert all("raise the limit" in error or "cannot be written" in error for error in errors), errors
    store = zj.Store(folder)
    assert store.version == 12 + len(told) - len(errors)
    pd.testing.assert_frame_equal(store.read(version=12), before)
    assert store.add([make_report(9000 + number) for number in range(7)]).added
    assert len(store.read()) == len(before) + 2 * 7
    assert store.check().empty


def test_a_folder_that_may_only_be_read_is_read_and_refuses_additions(folder):
    for path in folder.parents:
        if path.name.startswith(("pytest-", "popen-", "test_")):
            path.chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    told = run_writers("shut_out", folder, None)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    assert told[0] == {"rows": 24}
    assert "copy the store elsewhere" in told[1]["error"]


def test_a_process_forked_after_use_is_told_to_be_spawned(folder):
    told = run_writers("forked", folder, None)
    assert told[0] == {"parent": 24}
    assert 'multiprocessing.get_context("spawn")' in told[1]["error"]


def empty_newest(folder):
    (folder / LOG / f"{12:020}.json").write_text("", encoding="utf-8")


def empty_between(folder):
    (folder / LOG / f"{11:020}.json").write_text("", encoding="utf-8")


def zeroed_newest(folder):
    path = folder / LOG / f"{12:020}.json"
    path.write_bytes(b"\0" * path.stat().st_size)


def lines_lost(folder):
    path = folder / LOG / f"{12:020}.json"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in lines if not line.startswith('{"add":')), encoding="utf-8")


def garbage_before_the_checkpoint(folder):
    (folder / LOG / f"{5:020}.json").write_text('{"add":', encoding="utf-8")


def gap(folder):
    (folder / LOG / f"{11:020}.json").unlink()


def oldest_gone(folder):
    (folder / LOG / f"{0:020}.json").unlink()


def checkpoint_cut(folder):
    path = next((folder / LOG).glob("*.checkpoint.parquet"))
    os.truncate(path, 100)


def data_cut(folder):
    path = min((folder / "observations" / "year=2019").glob("*.parquet"))
    os.truncate(path, path.stat().st_size // 2)


def data_gone(folder):
    min((folder / "observations" / "year=2019").glob("*.parquet")).unlink()


def data_garbled(folder):
    path = min((folder / "observations" / "year=2019").glob("*.parquet"))
    path.write_bytes(b"PAR1" + b"\xff" * (path.stat().st_size - 8) + b"PAR1")


def documents_gone(folder):
    shutil.rmtree(folder / "documents")


def all_gone(folder):
    shutil.rmtree(folder)


def other_folder(folder):
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")


def a_file(folder):
    shutil.rmtree(folder)
    folder.write_text("mine", encoding="utf-8")


def another_delta_table(folder):
    shutil.rmtree(folder)
    write_deltalake(folder / "observations", pd.DataFrame({"a": [1]}), configuration=delta.PROPERTIES)
    shutil.copytree(folder / "observations", folder / "documents")


def history_cut_short(folder):
    table = DeltaTable(folder / "observations")
    table.alter.set_table_properties({"delta.logRetentionDuration": "interval 1 days"})


def newer_schema(folder):
    table = DeltaTable(folder / "observations")
    table.alter.set_table_properties({"zjcompare.schema_version": "99"}, raise_if_not_exists=False)


def path_outside(folder):
    path = folder / LOG / f"{12:020}.json"
    text = path.read_text(encoding="utf-8").replace('"path":"year=2019/', '"path":"../../elsewhere/')
    path.write_text(text, encoding="utf-8")


DAMAGES = {
    empty_newest: "move it away; the versions before it are whole",
    empty_between: "is empty: restore it from a backup",
    zeroed_newest: "move it away; the versions before it are whole",
    lines_lost: "names 0 files of 1",
    garbage_before_the_checkpoint: "reading the log failed",
    gap: r"the log files of versions \[11\] are gone",
    oldest_gone: r"the log files of versions \[0\] are gone",
    checkpoint_cut: "damaged; delete it and",
    data_cut: r"bytes of \d+: restore it from a backup",
    data_gone: "is gone: restore it from a backup",
    data_garbled: "restore it from a backup",
    documents_gone: "this part of the store is gone; restore it from a backup",
    all_gone: "no store here; check the path",
    other_folder: "is no store: it holds 'notes.txt'",
    a_file: "is a file; a store needs a folder of its own",
    another_delta_table: "no store of zjcompare",
    history_cut_short: "set them back with",
    newer_schema: "pip install -U zjcompare",
    path_outside: "points outside of its folder",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damage_is_an_error_of_ours_that_says_what_to_do(folder, damage):
    damage(folder)
    with pytest.raises(zj.StoreError, match=DAMAGES[damage]):
        zj.Store(folder).read()


@pytest.mark.parametrize("damage", [empty_newest, gap, other_folder, a_file, newer_schema, history_cut_short])
def test_nothing_is_added_to_a_damaged_store(folder, damage):
    damage(folder)
    with pytest.raises(zj.StoreError, match=DAMAGES[damage]):
        zj.Store(folder).add(make_report(77))


def test_the_advice_for_an_empty_newest_log_file_helps(folder):
    empty_newest(folder)
    (folder / LOG / f"{12:020}.json").rename(folder / "damaged.json")
    store = zj.Store(folder)
    assert store.version == 11
    assert store.add(make_report(11)) == 12
    assert len(store.read()) == 24
    assert store.check().empty


def test_the_advice_for_a_damaged_checkpoint_helps(folder):
    checkpoint_cut(folder)
    for path in (*(folder / LOG).glob("*.checkpoint.parquet"), folder / LOG / "_last_checkpoint"):
        path.unlink()
    assert len(zj.Store(folder).read()) == 24


def test_a_copied_folder_travels_in_time_as_the_original_does(whole, folder):
    times = zj.Store(whole).versions()["time"]
    for path in folder.rglob("*"):
        os.utime(path)
    for number in (0, 3, 12):
        rows = zj.Store(whole).read(as_of=times[number].to_pydatetime())
        assert len(rows) == 2 * number
        pd.testing.assert_frame_equal(zj.Store(folder).read(as_of=times[number].to_pydatetime()), rows)


def test_history_outlives_logs_that_have_grown_old(folder):
    store = zj.Store(folder)
    before = store.read(version=3)
    old = time.time() - 90 * 24 * 3600
    for path in folder.rglob("*"):
        os.utime(path, (old, old))
    for number in range(100, 112):
        store.add(make_report(number))
    store.tidy()
    assert store.read(version=0).empty
    pd.testing.assert_frame_equal(store.read(version=3), before)


def name_of(handle):
    return str(Path(f"/proc/self/fd/{handle}").readlink())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="names of open files are found in /proc")
def test_a_commit_is_on_the_disk_before_it_counts(folder, monkeypatch):
    flushed = set()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (flushed.add(name_of(handle)), real(handle)))
    before = {str(path) for path in folder.rglob("*")}
    zj.Store(folder).add(make_report(50))
    written = {str(path) for path in folder.rglob("*") if path.is_file()} - before
    assert len(written) == 4
    assert written <= flushed
    assert {str(folder / part) for part in ("documents", "observations/year=2019", LOG)} <= flushed


def test_a_store_is_added_to_where_the_system_has_the_manners_of_windows(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    open_handle, flush = os.open, os.fsync

    def open_no_folder(path, *arguments, **options):
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return open_handle(path, *arguments, **options)

    def flush_what_is_open_for_writing(handle):
        if fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(9, "Bad file descriptor")
        flush(handle)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "fcntl", None)
        patch.setattr(os, "open", open_no_folder)
        patch.setattr(os, "fsync", flush_what_is_open_for_writing)
        store = zj.Store(tmp_path / "store")
        assert [store.add(make_report(number)) for number in (1, 2)] == [1, 2]
        assert len(store.read()) == 4


def test_an_addition_that_dies_between_its_two_commits_is_not_seen_and_can_be_repeated(folder, monkeypatch):
    store = zj.Store(folder)
    with monkeypatch.context() as patch:
        patch.setattr(delta, "write_rows", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            store.add(make_report(60))
    assert store.version == 12
    assert len(store.documents()) == 12
    assert store.add(make_report(60)) == 13
    assert len(store.documents()) == 13
    assert len(store.read()) == 26


def test_what_a_killed_process_left_is_removed_once_it_is_old(folder):
    orphan = folder / "observations" / "year=2019" / "part-left.parquet"
    orphan.write_bytes(b"half")
    store = zj.Store(folder)
    store.tidy()
    assert orphan.exists()
    os.utime(orphan, (time.time() - 8 * 24 * 3600,) * 2)
    store.tidy()
    assert not orphan.exists()
    assert len(store.read()) == 24


def test_an_older_schema_is_read_and_migrated_before_it_is_added_to(folder):
    store = zj.Store(folder)
    rows = store.read()
    location = store._location.child("observations")
    batches = [commit.batch for commit in open_snapshot(store._location).commits]
    shutil.rmtree(folder / "observations")
    older = SCHEMA.remove(SCHEMA.get_field_index("exact")).remove(SCHEMA.get_field_index("scope"))
    DeltaTable.create(
        location.uri, Schema.from_arrow(older), partition_by=["year"], raise_if_key_not_exists=False,
        configuration={**delta.PROPERTIES, "zjcompare.schema_version": "0"},
    )  # fmt: skip
    for batch in batches[1:]:
        part = to_arrow(rows).select(older.names).slice(0, 24 if batch == batches[1] else 0)
        delta.write_rows(delta.open_table(location), location, part, replacing=None, about={"zjcompare.batch": batch})
    expected = rows.assign(exact=rows["exact"].where(rows["value"] < 0))
    pd.testing.assert_frame_equal(store.read(), expected)
    with pytest.raises(zj.StoreError, match=r"call store.migrate\(\)"):
        store.add(make_report(70))
    store.migrate()
    assert store.add(make_report(70)).added
    assert store.read(report=make_report(70).id)["exact"].notna().all()
    pd.testing.assert_frame_equal(store.read(version=12), expected)


@pytest.mark.parametrize(
    "place",
    ["ftp://host/store", "s3://bucket/../other", "s3://bucket/a/%2e%2e/b", "gs:///x", "az://box/a?sig=1", "", "a\0b"],
)
def test_a_location_that_is_none_is_refused(place):
    with pytest.raises(zj.StoreError):
        zj.Store(place)


def test_a_file_uri_and_a_path_are_one_store(whole):
    assert zj.Store(whole.as_uri()).version == zj.Store(str(whole)).version == 12
