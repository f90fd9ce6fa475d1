"""Reports and the rows read from them → source texts, cut into sentences, with every figure marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from zjcompare.report import Report

WHOLE_TEXTS_UP_TO = 250_000
_SENTENCE_END = re.compile(r"[。！？]+[”’」』）]*\s*|(?=[●•■◆])|\n(?=#)")
_MARKUP = re.compile(r"\*{2,}|__|^\s*#+[ 　]*", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source text; `rows` are the table rows read from it, none for plain text."""

    text: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source, in pieces; `cut` says that text without figures before it was left out."""

    pieces: tuple[Piece, ...]
    cut: bool = False

    @property
    def has_figures(self) -> bool:
        """Whether any row was read from this sentence."""
        return any(piece.rows for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class SourceText:
    """One report as the page shows it, with the label that figures cite it by."""

    digest: str
    label: str
    title: str
    sentences: tuple[Sentence, ...]


def label_of(place: str, year: int, kind: str, edition: int) -> str:
    """Give the words by which a figure cites its report: 镇江市2018年政府工作报告（第2版）."""
    return f"{place}{year}年{kind or '报告'}" + (f"（第{edition}版）" if edition > 1 else "")


def fit_whole(reports: Mapping[str, Report]) -> bool:
    """Say whether all reports together are short enough for a page that holds every sentence of them."""
    return sum(len(report.text) for report in reports.values()) <= WHOLE_TEXTS_UP_TO


def mark_sources(table: pd.DataFrame, reports: Mapping[str, Report]) -> list[SourceText]:
    """Give the source texts of a table, each figure marked with the positions of its rows, oldest report first.

    A report whose text is at hand is given whole (or, where all together are longer than `WHOLE_TEXTS_UP_TO`
    characters, without the sentences that hold no figure); of any other the sentences that the table keeps are given.
    """
    whole = fit_whole(reports)
    columns = ["place", "report_year", "kind", "edition", "report"]
    numbered = table.assign(position=range(len(table))).sort_values(columns, kind="stable")
    sources = []
    for digest, rows in numbered.groupby("report", sort=False):
        first = rows.iloc[0]
        label = label_of(first["place"], int(first["report_year"]), first["kind"], int(first["edition"]))
        report = reports.get(str(digest))
        if report is None:
            sentences, title = _kept_sentences(rows), ""
        else:
            spans = zip(rows["start"].astype(int), rows["end"].astype(int), rows["position"], strict=True)
            sentences, title = _cut(report.text, _merge(spans)), report.title
            if not whole:
                sentences = _without_plain(sentences)
        sources.append(SourceText(str(digest), label, title, tuple(sentences)))
    return sources


def _merge(spans: Iterator[tuple[int, int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Join spans that overlap, so that marks never nest."""
    merged: list[tuple[int, int, tuple[int, ...]]] = []
    for start, end, row in sorted(spans):
        if merged and start < merged[-1][1]:
            first, last, rows = merged[-1]
            merged[-1] = (first, max(last, end), (*rows, row))
        else:
            merged.append((start, end, (row,)))
    return merged


def _cut(text: str, marks: Sequence[tuple[int, int, tuple[int, ...]]]) -> list[Sentence]:
    inside = [(start, end) for start, end, _ in marks]
    cuts = [found.end() for found in _SENTENCE_END.finditer(text)]
    borders = [0, *(cut for cut in cuts if not _splits(cut, inside)), len(text)]
    sentences, at = [], 0
    for begin, end in pairwise(borders):
        own = []
        while at < len(marks) and marks[at][0] < end:
            own.append(marks[at])
            at += 1
        if pieces := tuple(_pieces(text, begin, end, own)):
            sentences.append(Sentence(pieces))
    return sentences


def _splits(cut: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < cut < end for start, end in spans)


def _pieces(text: str, begin: int, end: int, marks: Sequence[tuple[int, int, tuple[int, ...]]]) -> Iterator[Piece]:
    for start, stop, rows in marks:
        if plain := _shown(text[begin:start]):
            yield Piece(plain)
        yield Piece(_shown(text[start:stop]), rows)
        begin = stop
    if plain := _shown(text[begin:end]):
        yield Piece(plain)


def _shown(text: str) -> str:
    """Give text without the signs of Markdown and without runs of blank lines."""
    return _BLANK_LINES.sub("\n", _MARKUP.sub("", text))


def _without_plain(sentences: Sequence[Sentence]) -> list[Sentence]:
    kept: list[Sentence] = []
    skipped = False
    for sentence in sentences:
        if sentence.has_figures:
            kept.append(Sentence(sentence.pieces, cut=skipped))
        skipped = not sentence.has_figures
    return kept


def _kept_sentences(rows: pd.DataFrame) -> list[Sentence]:
    """Rebuild the sentences of a report from its rows, each figure looked up from left to right."""
    ordered = rows.sort_values("start", kind="stable")
    quotes: dict[str, list[tuple[str, int]]] = {}
    for sentence, printed, position in zip(ordered["sentence"], ordered["text"], ordered["position"], strict=True):
        quotes.setdefault(sentence, []).append((_MARKUP.sub("", printed).strip(), position))
    return [
        cut for sentence, figures in quotes.items() for cut in _cut(f"{sentence}\n", _find_quotes(sentence, figures))
    ]


def _find_quotes(sentence: str, figures: Sequence[tuple[str, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Find each figure after the one before it; one that is not found in its sentence marks the whole of it."""
    spans, at = [], 0
    for quote, position in figures:
        found = sentence.find(quote, at)
        spans.append((found, found + len(quote), position) if found >= 0 else (0, len(sentence), position))
        at = max(at, found)
    return _merge(iter(spans))
