"""Files that we make: whole or not at all, private while they are ours, and only where they were asked for."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import pytest

import zjcompare as zj
from tests.test_documents import paragraph, word
from zjcompare import batches, engines
from zjcompare.batches import read_parts
from zjcompare.errors import MissingExtraError
from zjcompare.files import replacing

CLIMBING = "../../上级/..\\con"
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and no SIGINT for one process")


def mode(path):
    return path.stat().st_mode & 0o777


def all_files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_file_that_was_not_written_whole_leaves_what_was_there_and_nothing_beside_it(tmp_path, error):
    (tmp_path / "a").write_text("before", encoding="utf-8")
    with suppress(error), replacing(tmp_path / "a") as part:
        part.write_text("half", encoding="utf-8")
        raise error
    assert all_files(tmp_path) == {"a"}
    assert (tmp_path / "a").read_text(encoding="utf-8") == "before"


@posix
@pytest.mark.parametrize("rights", [0o600, 0o640])
def test_a_replaced_file_keeps_its_rights_and_a_new_one_has_those_of_the_umask(tmp_path, rights):
    (tmp_path / "old").touch()
    (tmp_path / "old").chmod(rights)
    usual = os.umask(0o027)
    try:
        for name in ("old", "new"):
            with replacing(tmp_path / name) as part:
                part.write_text("whole", encoding="utf-8")
    finally:
        os.umask(usual)
    assert (mode(tmp_path / "old"), mode(tmp_path / "new")) == (rights, 0o640)


@posix
def test_a_link_stays_a_link_to_the_file_that_is_replaced(tmp_path):
    (tmp_path / "team.csv").write_text("before", encoding="utf-8")
    (tmp_path / "mine.csv").symlink_to("team.csv")
    with replacing(tmp_path / "mine.csv") as part:
        part.write_text("after", encoding="utf-8")
    assert (tmp_path / "mine.csv").is_symlink()
    assert (tmp_path / "team.csv").read_text(encoding="utf-8") == "after"


def test_a_document_that_lacked_an_extra_is_read_again(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("2024年江苏省政府工作报告\n去年地区生产总值增长5.8%。", encoding="utf-8")
    read = batches.read
    monkeypatch.setattr(batches, "read", lambda *_, **__: (_ for _ in ()).throw(MissingExtraError("needs the extra")))
    assert len(read_parts([tmp_path / "a.txt"], tmp_path / "parts").failures) == 1
    monkeypatch.setattr(batches, "read", read)
    assert read_parts([tmp_path / "a.txt"], tmp_path / "parts").failures == []


def wait_for(found, seconds=60):
    until = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < until
        time.sleep(0.02)


@posix
@pytest.mark.parametrize("options", [(), ("--jobs", "2")])
def test_what_an_interrupted_command_keeps_for_itself_is_private_and_gone_afterwards(tmp_path, options):
    for folder in ("documents", "temporary"):
        (tmp_path / folder).mkdir()
    text = "2024年江苏省政府工作报告\n" + "去年地区生产总值增长5.8%，粮食产量98.5万吨。" * 500
    for number in range(100):
        (tmp_path / "documents" / f"{number}.txt").write_text(f"{text}\n{number}", encoding="utf-8")
    command = [sys.executable, "-m", "zjcompare", "read", tmp_path / "documents", "-o", tmp_path / "x.csv", *options]
    environment = os.environ | {"TMPDIR": str(tmp_path / "temporary")}
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True)
    wait_for(lambda: list((tmp_path / "temporary").glob("zjcompare-*/*.parquet")))
    rights = {mode(folder) for folder in (tmp_path / "temporary").glob("zjcompare-*")}
    os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it, to workers, too
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 130, errors
    assert rights == {0o700}
    assert list((tmp_path / "temporary").glob("zjcompare-*")) == []
    assert not (tmp_path / "x.csv").exists()


def rights_of_temporary_folders(_):
    root = Path(tempfile.gettempdir())
    return {path.name.split("-")[0]: mode(path) for path in root.iterdir() if path.is_dir()}


@posix
def test_the_workers_of_dask_keep_what_is_theirs_in_a_private_folder(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert list(engines.run(rights_of_temporary_folders, [0], engine="dask", jobs=1)) == [{"zjcompare": 0o700}]
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_a_document_that_climbs_leads_nowhere(tmp_path):
    folder = tmp_path / "one" / "two" / "three"
    folder.mkdir(parents=True)
    archive = word(paragraph("全年粮食产量98.5万吨。"), **{"../../../climbed": "", "/climbed": ""})
    reports = [
        zj.read(archive, place=CLIMBING, year=2022, kind=CLIMBING),
        zj.Report("全年粮食产量99.5万吨，../../增长1%。", CLIMBING, 2023, CLIMBING, CLIMBING, CLIMBING),
    ]
    zj.Store(folder / "store").add(reports)
    zj.compare(*reports).story(title=CLIMBING).save(folder / "story")
    assert all_files(tmp_path) == {f"one/two/three/{path}" for path in all_files(folder)}
    made = [name for path in all_files(folder / "story") for name in Path(path).parts]
    assert len(made) > 10
    assert not [name for name in made if FORBIDDEN.search(name) or PureWindowsPath(name).is_reserved()]
