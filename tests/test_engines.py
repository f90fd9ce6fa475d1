"""The same function over the same batches gives the same results on every engine."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

import zjcompare as zj
from zjcompare import engines


def square(number):
    return number * number


def slow_square(number):
    time.sleep(0.05 if number % 3 == 0 else 0)
    return number * number


def fail_at_three(number):
    if number == 3:
        raise ValueError("three")
    return number


def die_at_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(number, folder):
    """Kill the worker that does this, the first time that it meets the number 3."""
    mark = Path(folder) / "died"
    if number == 3 and not mark.exists():
        mark.write_text(str(os.getpid()), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_results_come_in_the_order_of_the_batches_on_every_engine():
    expected = [number * number for number in range(20)]
    assert list(engines.run(slow_square, range(20))) == expected
    assert list(engines.run(slow_square, range(20), jobs=2)) == expected


def test_batches_are_taken_only_as_workers_need_them():
    taken = []

    def batches():
        for number in range(1000):
            taken.append(number)
            yield number

    results = engines.run(square, batches(), jobs=2)
    assert next(results) == 0
    results.close()
    assert len(taken) < 20


def test_an_exception_of_the_function_is_raised_where_the_results_are_taken():
    for jobs in (1, 2):
        with pytest.raises(ValueError, match="three"):
            list(engines.run(fail_at_three, range(5), jobs=jobs))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_process_that_dies_is_an_error_of_ours():
    with pytest.raises(zj.ZjError, match="fewer jobs"):
        list(engines.run(die_at_three, range(5), jobs=2))


def test_an_unknown_engine_is_a_value_error_that_names_those_there_are():
    with pytest.raises(ValueError, match="serial, processes, dask"):
        engines.run(square, [1], engine="spark")


def test_without_dask_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(zj.MissingExtraError, match=r"zjcompare\[dask\]"):
        list(engines.run(square, [1], engine="dask"))


def has_mark_of_the_parent(_):
    return "mark_of_the_parent" in sys.modules


def test_processes_are_spawned_never_forked(monkeypatch):
    monkeypatch.setitem(sys.modules, "mark_of_the_parent", sys)
    assert list(engines.run(has_mark_of_the_parent, [1, 2], jobs=2)) == [False, False]


def test_a_script_that_starts_processes_without_its_guard_is_told_of_it(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("from zjcompare import engines\nprint(list(engines.run(abs, [-1, 2], jobs=2)))\n", "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert "under `if __name__ == '__main__':`" in done.stderr.splitlines()[-1]


def test_a_machine_of_many_cores_gets_as_many_processes_as_windows_can_wait_for(monkeypatch):
    started = []

    class Pool(ThreadPoolExecutor):
        def __init__(self, workers, **_):
            started.append(workers)
            super().__init__(1)

    monkeypatch.setattr(engines, "ProcessPoolExecutor", Pool)
    assert list(engines.run(square, [1, 2], jobs=128)) == [1, 4]
    assert started == [61]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_dask_worker_killed_in_the_middle_changes_nothing_in_the_results(tmp_path):
    pytest.importorskip("distributed")
    work = partial(die_once, folder=str(tmp_path))
    assert list(engines.run(work, range(12), engine="dask", jobs=2)) == [number * number for number in range(12)]
    assert (tmp_path / "died").exists()


def test_a_cluster_of_ours_says_nothing_where_another_one_has_the_usual_port():
    pytest.importorskip("distributed")
    with socket.socket() as other, warnings.catch_warnings():
        with contextlib.suppress(OSError):
            other.bind(("127.0.0.1", 8787))
            other.listen()
        warnings.simplefilter("error", UserWarning)
        assert list(engines.run(square, range(3), engine="dask", jobs=1)) == [0, 1, 4]
