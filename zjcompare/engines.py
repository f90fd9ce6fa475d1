"""One pure function over many batches: on one core, on all cores, or on a Dask cluster, with the same results.

The functions that run here take plain data (paths, Arrow tables) and give plain data, so Spark's `mapInArrow` and Ray's
`map_batches` take them as well.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from zjcompare.errors import MissingExtraError, ZjError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Engine = str
"""serial; processes (as many as `jobs`); dask (a cluster of `jobs` processes made here); or the address of a Dask
scheduler, as tcp://10.0.0.1:8786."""

_AHEAD = 3
_RETRIES = 3
_MOST_PROCESSES = 61  # of one pool, on Windows


def run(
    function: Callable[[Batch], Result], batches: Iterable[Batch], *, engine: Engine | None = None, jobs: int | None = 1
) -> Iterator[Result]:
    """Give `function(batch)` of each batch, in the order of the batches, whatever finishes first.

    `engine` None is serial for one job and processes for more; `jobs` None is one for each core that this process may
    use. Only a few batches for each worker are under way at a time, so memory does not grow with their number. An
    exception of the function is raised here. A Dask worker that dies is replaced and its batches run again; a process
    of a pool that dies raises `ZjError`.
    """
    workers = max(1, count_cores() if jobs is None else jobs)
    chosen = engine or ("serial" if workers == 1 else "processes")
    if chosen == "serial":
        return map(function, batches)
    if chosen == "processes":
        return _run_processes(function, batches, workers)
    if chosen == "dask" or "://" in chosen:
        return _run_dask(function, batches, workers, None if chosen == "dask" else chosen)
    raise ValueError(f"engine={engine!r}: give serial, processes, dask, or the address of a Dask scheduler")


def count_cores() -> int:
    """Give the number of cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _run_processes(function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int) -> Iterator[Result]:
    """Run in new processes; they are spawned, since the libraries below have threads, and a fork of those may hang."""
    workers = min(workers, _MOST_PROCESSES)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            for future in _windowed(lambda batch: pool.submit(function, batch), batches, workers * _AHEAD):
                yield future.result()
        except BrokenProcessPool as error:
            raise ZjError(
                "a worker process died: for want of memory (run again with fewer jobs), "
                "or as the script that calls does not begin under `if __name__ == '__main__':`"
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _run_dask(
    function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int, address: str | None
) -> Iterator[Result]:
    with _client(workers, address) as client:
        threads = sum(client.nthreads().values()) or workers

        def submit(batch: Batch) -> Any:
            return client.submit(function, batch, pure=False, retries=_RETRIES)

        for future in _windowed(submit, batches, threads * _AHEAD):
            result = future.result()
            future.release()
            yield result


@contextmanager
def _client(workers: int, address: str | None) -> Iterator[Any]:
    """Give a client of the cluster at `address`, or of one made for this run and taken down after it."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingExtraError("engine='dask' needs Dask: pip install 'zjcompare[dask]'") from error
    if address is not None:
        with Client(address, timeout="30s", set_as_default=False) as client:
            yield client
        return
    _check_folder(tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="zjcompare-") as folder,
        dask.config.set({"temporary-directory": folder}),  # Dask's own is in a place that all users share
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _check_folder(path: str) -> None:
    """Raise `ZjError` where a path has bytes that the locale does not know, as workers cannot tell such names."""
    try:
        path.encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise ZjError(f"{shown}: Dask cannot work in a folder of this name here; set PYTHONUTF8=1 or TMPDIR") from error


def _windowed(submit: Callable[[Batch], Any], batches: Iterable[Batch], most: int) -> Iterator[Any]:
    """Submit batches, at most `most` ahead of the one whose future is given."""
    waiting: deque[Any] = deque()
    for batch in batches:
        waiting.append(submit(batch))
        if len(waiting) >= most:
            yield waiting.popleft()
    yield from waiting
