"""Points → Vega-Lite drawings, made from the `*.vl.json` files of this folder.

A kind of chart is a file `KIND.vl.json` whose strings that start with `$` are filled in here; `theme.json` is the look
that all share.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd

from zjcompare.charts.labels import display_unit
from zjcompare.charts.shapes import SHAPES
from zjcompare.figures import format_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["line", "bar", "slope", "bump", "target", "multiples", "heat"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FONT_STACK = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: its Vega-Lite specification, and its data as Datawrapper takes it (a row a year or name)."""

    kind: Kind
    title: str
    spec: dict[str, Any]
    wide: pd.DataFrame


def draw(kind: Kind, points: pd.DataFrame, *, title: str, unit: str, note: str = "", width: int = 560) -> Drawing:
    """Draw `points` as one chart of a kind; values are in `unit` and are scaled to 万 or 亿 as custom has it.

    `points` has the columns `series` (the name to print), `year` (int), `value` (float) and `status` (actual, estimate
    or target), and where it applies `target` (float), `verdict` (str, for kind `target`: of `VERDICTS`) and
    `broken` (str: why the series cannot be compared with the year before, else empty). The years of a line that are
    missing stay a gap. `width` is that of the plot in pixels: 560 for publishing, 320 for a phone. Raises `ValueError`
    for an unknown kind, or where no point has a value.
    """
    if kind not in KINDS:
        raise ValueError(f"no chart of kind {kind!r}: the kinds are {', '.join(KINDS)}")
    points = points.astype({"value": float, "target": float} if kind == "target" else {"value": float})
    drawable = points["value"].notna()
    if kind == "target":
        drawable |= points["target"].notna()
    frame = points.loc[drawable].sort_values(["year"], kind="stable").reset_index(drop=True)
    if frame.empty:
        raise ValueError(f"nothing to draw for {title!r}: no point has a value")
    names = list(dict.fromkeys(points["series"]))
    factor, shown = display_unit([*frame["value"], *(frame["target"] if kind == "target" else ())], unit)
    frame = frame.assign(value=frame["value"] / factor, segment=_segments(frame))
    frame["printed"] = [_printed(value * factor, unit) for value in frame["value"]]
    if kind == "target":
        frame["target"] = frame["target"] / factor
    words = _sizes(width) | {"years": _years(frame, width)} | SHAPES[kind](frame, names)
    words |= {"title": title, "subtitle": _subtitle(kind, frame, shown), "note": note or None}
    spec = _fill(_template(kind), words)
    spec["config"] = _fill(_theme(), {"font": FONT_STACK})
    return Drawing(kind, title, spec, _wide(kind, frame, names))


def _printed(value: float, unit: str) -> str:
    return format_figure(value, unit, decimals=2).zh if pd.notna(value) else ""


def _segments(frame: pd.DataFrame) -> pd.Series[str]:
    """Name the unbroken stretch that each point belongs to: a missing year, a break or a target starts a new one."""
    broken = frame["broken"] if "broken" in frame else pd.Series("", index=frame.index)
    ordered = frame.assign(broken=broken.fillna("")).groupby("series", sort=False)
    gap = ordered["year"].diff().ne(1)
    aim = frame["status"].eq("target")
    starts = gap | broken.fillna("").ne("") | aim | aim.groupby(frame["series"]).shift(fill_value=False)
    return frame["series"] + "#" + starts.astype(int).groupby(frame["series"]).cumsum().astype(str)


def _subtitle(kind: Kind, frame: pd.DataFrame, shown: str) -> list[str]:
    parts = [] if kind == "bump" or not shown else [f"单位：{'个百分点' if shown == '百分点' else shown}"]
    if (frame["status"] == "estimate").any():
        parts.append(
            {"target": "虚框为预计数", "bar": "虚框为预计数", "heat": "带*的为预计数"}.get(kind, "空心点为预计数")
        )
    if kind == "target":
        parts.append("黑线与小字为年初目标")
    elif (frame["status"] == "target").any():
        parts.append("菱形为目标")
    if kind == "multiples":
        parts.append("各图纵轴不同，只比走势")
    return ["　".join(parts)] if parts else []


def _sizes(width: int) -> dict[str, Any]:
    height = width * 26 // 56 if width > 400 else width * 6 // 10
    return {
        "width": width,
        "height": height,
        "foot": height - 10,
        "slope_width": width * 6 // 11,
        "columns": 3 if width > 400 else 2,
        "step": 62 if width > 400 else 40,
    }


def _years(frame: pd.DataFrame, width: int) -> list[int]:
    first, last = int(frame["year"].min()), int(frame["year"].max())
    step = max(1, -(-(last - first) * 40 // width))
    return list(range(last, first - 1, -step))[::-1]


def _wide(kind: Kind, frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    years = pd.RangeIndex(frame["year"].min(), frame["year"].max() + 1, name="year")  # a year without a figure is a gap
    if kind == "target":
        told = frame.groupby("year")[["value", "target"]].last().reindex(years).reset_index()
        return told.rename(columns={"year": "年份", "value": "实际", "target": "目标"})
    wide = frame.pivot_table(index="year", columns="series", values="value", aggfunc="last", sort=False)
    ordered = wide.reindex(index=years, columns=pd.Index(names, name="series"))
    if kind in {"heat", "slope"}:
        ordered = ordered.T
    return ordered.reset_index().rename(columns={"year": "年份", "series": "名称"}).rename_axis(columns=None)


def _fill(node: Any, words: dict[str, Any]) -> Any:
    if isinstance(node, dict):
        return {key: _fill(value, words) for key, value in node.items()}
    if isinstance(node, list):
        return [_fill(value, words) for value in node]
    if isinstance(node, str) and node.startswith("$"):
        return words[node[1:]]
    return node


@lru_cache(maxsize=len(KINDS))
def _template(kind: Kind) -> dict[str, Any]:
    template: dict[str, Any] = json.loads((_HERE / f"{kind}.vl.json").read_text(encoding="utf-8"))
    return template


@lru_cache(maxsize=1)
def _theme() -> dict[str, Any]:
    theme: dict[str, Any] = json.loads((_HERE / "theme.json").read_text(encoding="utf-8"))
    return theme
