"""Processes that write to a store, and are killed, starved or shut out: run by test_store_faults.py as a script.

A child is forked before anything of the storage engine is used, so that it costs no second import.
"""

import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

import zjcompare as zj
from zjcompare.report import Report

_LOADED = (zj.Store, zj.StoreError, zj.tabulate([Report("人口320万人。", "镇江市", 2019)]))


def make_report(number, place="镇江市"):
    return Report(
        f"2019年，全市实现地区生产总值{4000 + number}亿元，新增就业{number}人。", place, 2019, f"报告{number}"
    )


def start(work):
    """Fork a child that does the work and tells its lines through a pipe; give its id and the pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w", buffering=1) as tell:
            try:
                work(tell)
            except zj.StoreError as error:
                tell.write(json.dumps({"error": str(error)}) + "\n")
            except BaseException:  # noqa: BLE001 (the parent tells the test)
                tell.write(json.dumps({"fault": traceback.format_exc()}) + "\n")
        os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading)


def add_reports(folder, numbers):
    def work(tell):
        store = zj.Store(folder)
        for number in numbers:
            version = store.add(make_report(number))
            tell.write(json.dumps({"number": number, "version": int(version)}) + "\n")

    return work


def lines_of(pipe):
    for line in pipe:
        if line.endswith("\n"):
            yield json.loads(line)


def kill(folder, kills, seed):
    """Kill a writer at a random moment within the time of some additions, again and again; tell what it said."""
    chance = random.Random(seed)  # noqa: S311 (chooses moments)
    began = time.monotonic()
    child, pipe = start(add_reports(folder, [9999]))
    yield from lines_of(pipe)
    os.waitpid(child, 0)
    span = 4 * (time.monotonic() - began)
    for turn in range(kills):
        child, pipe = start(add_reports(folder, range(turn * 100, turn * 100 + 100)))
        time.sleep(chance.uniform(0.01, span))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        yield from lines_of(pipe)


def together(folder, writers, each, same):
    """Let several writers add at once, reports of their own or all the same ones."""
    numbers = [range(each) if same == "all the same" else range(k * 100, k * 100 + each) for k in range(writers)]
    started = [start(add_reports(folder, own)) for own in numbers]
    for child, pipe in started:
        yield from lines_of(pipe)
        os.waitpid(child, 0)


def starve(folder, limits):
    """Add under a limit on the size of files, as on a full disk."""
    for number, limit in enumerate(limits):

        def work(tell, number=number, limit=limit):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            add_reports(folder, [9000 + number])(tell)

        child, pipe = start(work)
        os.waitpid(child, 0)
        for line in lines_of(pipe):
            yield {"limit": limit, **line}


def shut_out(folder, _):
    """Add as a user who may only read."""

    def work(tell):
        if os.getuid() == 0:
            os.setuid(65534)
        tell.write(json.dumps({"rows": len(zj.Store(folder).read())}) + "\n")
        add_reports(folder, [8000])(tell)

    child, pipe = start(work)
    os.waitpid(child, 0)
    yield from lines_of(pipe)


def forked(folder, _):
    """Use a store in a process forked after its first use."""
    rows = len(zj.Store(folder).read())
    child, pipe = start(lambda tell: tell.write(json.dumps({"rows": len(zj.Store(folder).read())}) + "\n"))
    os.waitpid(child, 0)
    yield {"parent": rows}
    yield from lines_of(pipe)


if __name__ == "__main__":
    what, where, arguments = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    works = {"kill": kill, "together": together, "starve": starve, "shut_out": shut_out, "forked": forked}
    for told in works[what](where, *arguments):
        print(json.dumps(told), flush=True)  # noqa: T201 (the test reads it)
