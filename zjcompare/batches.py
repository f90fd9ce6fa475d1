"""Documents by the thousand → parts: their observations as Parquet files, made on all cores, resumable.

Memory does not grow with the number of documents: workers write what they read, one part a batch, and the parts are
streamed from there. What is read does not depend on the order of the documents or on the number of workers.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zjcompare.engines import Engine, run
from zjcompare.errors import MissingExtraError, ZjError
from zjcompare.files import replacing
from zjcompare.lexicon import Lexicon
from zjcompare.report import Report, read
from zjcompare.table import SCHEMA, observe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

BATCH = 16
"""How many documents are read between two steps of the progress, and read again at most after an interruption."""

_DOCUMENT = pa.schema(
    [
        *((name, pa.string()) for name in ("report", "text", "place", "kind", "title", "source")),
        ("year", pa.int16()),
        ("edition", pa.int16()),
    ]
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller knows of all the documents, as `read` takes it; None is found in each."""

    place: str | None = None
    year: int | None = None
    kind: str | None = None
    encoding: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One batch as it was read: the files that hold it, and what could not be read, with the reason."""

    observations: str
    documents: str
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """All batches, in the order of the documents' paths."""

    parts: tuple[Part, ...]

    @property
    def failures(self) -> list[tuple[str, str]]:
        """The documents that could not be read, each with the reason."""
        return [failure for part in self.parts for failure in part.failures]

    def reports(self) -> Iterator[Report]:
        """Give the documents that were read, each text once, later ones of a place, year and kind as later editions."""
        kept = self._editions()
        for part in self.parts:
            for row in _read_table(part.documents, schema=_DOCUMENT).to_pylist():
                source, edition = kept[row["report"]]
                if source == row["source"]:
                    fields = {name: row[name] for name in ("text", "place", "year", "kind", "title", "source")}
                    yield Report(**fields, edition=edition)

    def tables(self) -> Iterator[pa.Table]:
        """Give the observations, a table with `SCHEMA` for each part, with the editions that `reports` gives."""
        kept = self._editions()
        seen: set[str] = set()
        for part in self.parts:
            table = _read_table(part.observations, schema=SCHEMA)
            ids = pc.unique(table["report"]).to_pylist()
            table = table.filter(pc.is_in(table["report"], pa.array(sorted(set(ids) - seen), pa.string())))
            seen |= set(ids)
            editions = pa.array([kept[report][1] for report in table["report"].to_pylist()], pa.int16())
            yield table.set_column(SCHEMA.get_field_index("edition"), SCHEMA.field("edition"), editions)

    def table(self) -> pa.Table:
        """Give the observations of all parts as one table with `SCHEMA`."""
        return pa.concat_tables([SCHEMA.empty_table(), *self.tables()])

    def _editions(self) -> dict[str, tuple[str, int]]:
        """Give for each text the document that it counts for, and which edition that is."""
        newest: dict[tuple[str, int, str], int] = {}
        kept: dict[str, tuple[str, int]] = {}
        columns = ["report", "place", "year", "kind", "source"]
        for part in self.parts:
            for row in _read_table(part.documents, columns=columns).to_pylist():
                key = (row["place"], row["year"], row["kind"])
                if row["report"] not in kept:
                    newest[key] = newest.get(key, 0) + 1
                    kept[row["report"]] = (row["source"], newest[key])
        return kept


def read_parts(
    paths: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    given: Given | None = None,
    lexicon: Lexicon | None = None,
    engine: Engine | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Parts:
    """Read documents into parts in `folder`, batch by batch; those that are there already are not read again.

    A part is known by the paths, sizes and times of its documents, by what was given, and by the lexicon and the
    version of the package: a document that changed is read again. A document that cannot be read is a failure of its
    part and stops no other. `engine` and `jobs` are those of `engines.run`; with Dask, `folder` must be one that all
    workers see. `progress` is called with how many documents are done, and of how many.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    ordered = sorted({str(path) for path in paths})
    batches = [tuple(ordered[first : first + BATCH]) for first in range(0, len(ordered), BATCH)]
    work = partial(_read_part, folder=str(target), given=given or Given(), lexicon=lexicon)
    parts = []
    for part in run(work, batches, engine=engine, jobs=jobs):
        parts.append(part)
        if progress is not None:
            progress(min(len(parts) * BATCH, len(ordered)), len(ordered))
    return Parts(tuple(parts))


def _read_part(paths: Sequence[str], *, folder: str, given: Given, lexicon: Lexicon | None) -> Part:
    """Read one batch and write its part, or give the part that is there."""
    known = lexicon or Lexicon.default()
    stem = os.path.join(folder, _name_part(paths, given, known))  # noqa: PTH118 # a string travels between machines
    ledger = Path(f"{stem}.json")
    if ledger.exists():
        return Part(f"{stem}.parquet", f"{stem}.documents.parquet", _failures_in(ledger))
    known_fields: dict[str, Any] = asdict(given) | {"mapping": dict(given.mapping) or None}
    reports: dict[str, Report] = {}
    failures = []
    lacking = False
    for path in paths:
        try:
            report = read(path, **known_fields, lexicon=lexicon)
            reports.setdefault(report.id, report)
        except ZjError as error:
            failures.append((path, str(error)))
            lacking = lacking or isinstance(error, MissingExtraError)  # which may be there the next time
    _write_table(observe(reports.values(), lexicon=lexicon), f"{stem}.parquet")
    documents = [_row_of(report) for report in reports.values()]
    _write_table(pa.Table.from_pylist(documents, _DOCUMENT), f"{stem}.documents.parquet")
    if not lacking:
        with replacing(ledger) as new:
            new.write_text(json.dumps(failures), "utf-8")
    return Part(f"{stem}.parquet", f"{stem}.documents.parquet", tuple(failures))


def _name_part(paths: Sequence[str], given: Given, lexicon: Lexicon) -> str:
    digest = hashlib.sha256(repr((asdict(given), lexicon.digest, version("zjcompare"))).encode())
    for path in paths:
        try:
            found = Path(path).stat()
            digest.update(repr((path, found.st_size, found.st_mtime_ns)).encode("utf-8", "surrogatepass"))
        except (OSError, ValueError):
            digest.update(repr((path, "not there")).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _row_of(report: Report) -> dict[str, Any]:
    return {name: getattr(report, "id" if name == "report" else name) for name in _DOCUMENT.names}


def _failures_in(ledger: Path) -> tuple[tuple[str, str], ...]:
    return tuple((path, error) for path, error in json.loads(ledger.read_text("utf-8")))


def _write_table(table: pa.Table, path: str) -> None:
    with replacing(path) as new, new.open("wb") as stream:  # a stream, as Arrow takes all paths for UTF-8
        pq.write_table(table, stream, compression="zstd")


def _read_table(path: str, **options: Any) -> pa.Table:
    with Path(path).open("rb") as stream:
        return pq.read_table(stream, **options)
