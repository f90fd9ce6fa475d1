"""Draw data-path.svg: one sentence of the seed on its way through the stages, each with what it gives."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

import zjcompare as zj
from zjcompare.clauses import find_sentences
from zjcompare.lexicon import Lexicon
from zjcompare.mentions import Mention, compile_units, find_mentions
from zjcompare.text import clean_text
from zjcompare.trends import build_series, compute_moves

ROOT = Path(__file__).parents[1]
NAME, OTHER = "一般公共预算收入", "公共财政预算收入"
_WIDTH, _LEFT, _ROW, _TOP = 860, 216, 66, 16
_FONT = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_STYLE = (
    f"text{{font-family:{_FONT};font-size:14px;fill:#1a1d21}}.m{{font-weight:600;fill:#1f5f8b}}.w{{fill:#5b6470;"
    "font-size:12.5px}rect{fill:#f3f6f9;stroke:#c9d3dc}line{stroke:#1f5f8b;stroke-width:1.5}"
    "@media (prefers-color-scheme:dark){text{fill:#e6e8ea}.m{fill:#7fb8df}.w{fill:#a5adb6}"
    "rect{fill:#20262c;stroke:#3a444d}line{stroke:#7fb8df}}"
)


class Stage(NamedTuple):
    """A step of the data path: the module, what it does, and what it makes of the sentence."""

    module: str
    does: str
    gives: str


def stages() -> list[Stage]:
    """Give the steps, with what each really makes of the sentence about 一般公共预算收入 in the seed."""
    lexicon = Lexicon.default()
    report = zj.read(ROOT / "seeds" / "zhenjiang_2023.md")
    clean = clean_text(report.text, lexicon)
    at = clean.text.index(f"{NAME}增长")
    sentence = next(one for one in find_sentences(clean.text, report.year) if one.start <= at < one.end)
    stop = clean.text.index("，", at)
    start, end = clean.stored_span(at, stop)
    found = find_mentions(clean.text, compile_units(lexicon))
    mention = next(one for one in found if isinstance(one, Mention) and at < one.start < stop)
    rows = zj.tabulate([report]).query("indicator == @NAME")
    row = rows.iloc[0]
    aligned = zj.align(zj.tabulate([zj.read(path) for path in sorted((ROOT / "datasets/zhenjiang").glob("*.md"))]))
    series = build_series(aligned)
    line = series[series["series_name"].eq(NAME) & series["measure"].eq("level")]
    move = compute_moves(series).loc[line.index[-1]]
    lead = zj.compare(aligned[list(zj.SCHEMA.names)]).leads
    told = lead[lead["series_name"].eq(NAME) & lead["year"].eq(move["year"])]["zh"].iloc[0]
    moved = f"{move['growth']:+.1f} % in {move['year']}, after {move['ended']} rises"
    levels = f"{len(line)} years, {line['year'].iloc[0]}–{line['year'].iloc[-1]}"
    return [
        Stage("report", "the text, as stored", f"{report.text[start:end]}   ({start}–{end})"),
        Stage("text", "repaired, with a map back", clean.text[at:stop]),
        Stage("clauses", "sentence, section, part", f"under “{sentence.section}”"),
        Stage("mentions", "number, unit, bound", f"{mention.number}, {mention.unit}, {mention.bound}"),
        Stage("observations", "which indicator", f"{row['indicator']} · {row['measure']} · by rule “{row['rule']}”"),
        Stage("table", "one row a quantity", " | ".join(str(row[key]) for key in ("place", "year", "value", "unit"))),
        Stage("matches", "the same under other names", f"{OTHER} → {zj.match_pair(NAME, OTHER).decision}"),
        Stage("series", "one indicator over years", f"{levels}: {line['value'].iloc[-1] / 1e8:.2f} 亿元 at the end"),
        Stage("trends", "change, streak, record", moved),
        Stage("leads", "a sentence with evidence", told),
    ]


def draw(steps: list[Stage]) -> str:
    """Give the picture: a box a step, an arrow to the next, and the example beside it."""
    height = _TOP * 2 + _ROW * len(steps) - 22
    label = "The data path, from the report to the leads"
    box = f"0 0 {_WIDTH} {height}"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-label="{label}">']
    parts.append(f"<style>{_STYLE}</style>")
    for number, step in enumerate(steps):
        y = _TOP + number * _ROW
        parts.append(f'<rect x="12" y="{y}" width="{_LEFT - 30}" height="44" rx="6"/>')
        parts.append(f'<text class="m" x="24" y="{y + 19}">{escape(step.module)}</text>')
        parts.append(f'<text class="w" x="24" y="{y + 36}">{escape(step.does)}</text>')
        parts.append(f'<text x="{_LEFT + 12}" y="{y + 28}">{escape(step.gives)}</text>')
        if number + 1 < len(steps):
            x, tip = 12 + (_LEFT - 30) // 2, y + _ROW
            parts.append(f'<line x1="{x}" y1="{y + 44}" x2="{x}" y2="{tip - 2}"/>')
            parts.append(f'<path d="M{x - 4} {tip - 8}L{x} {tip - 1}L{x + 4} {tip - 8}" fill="none" stroke="#1f5f8b"/>')
    return "\n".join([*parts, "</svg>", ""])
