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

from zjcompare.charts.labels import display_unit, format_number
from zjcompare.figures import format_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["line", "bar", "slope", "bump", "target", "multiples", "heat"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FONT_STACK = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
VERDICTS = {
    "met": ("达到目标", "#1f5f8b"),
    "missed": ("未达目标", "#c2482d"),
    "open": ("尚难判断", "#b7791f"),
    "not_reported": ("未公布结果", "#5b6470"),
    "untracked": ("未公布结果", "#5b6470"),
    "": ("没有目标", "#9aa3ad"),
}
"""What became of a target, as checks name it: the words of the legend, and the colour of the bar."""

_HERE = Path(__file__).parent
_HEAT_SEQUENTIAL = ["#eef4f8", "#1f5f8b"]
_HEAT_DIVERGING = ["#c2482d", "#f5f5f2", "#1f5f8b"]


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
    or target), and where it applies `target` (float) and `verdict` (str: one of `VERDICTS`, for kind `target`) and
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
    words = _sizes(width) | {"years": _years(frame, width)} | _SHAPES[kind](frame, names)
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


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(key): value.item() if hasattr(value, "item") else value for key, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _line(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    one = len(names) == 1
    last = frame.groupby("series")["year"].transform("max").eq(frame["year"])
    shown = _worth_a_label(frame) if one else pd.Series(data=False, index=frame.index)
    ends = ~shown & last
    spread = float(frame["value"].max() - frame["value"].min()) or 1.0
    rows = frame.assign(
        label=[_short(value) if show else "" for value, show in zip(frame["value"], shown, strict=True)],
        end=[_short(value) if end else "" for value, end in zip(frame["value"], ends, strict=True)],
        dips=_dips(frame),
        end_y=_apart(frame["value"].where(ends).dropna(), spread * 0.065),
    )
    return {
        "rows": _records(rows),
        "breaks": _breaks(frame),
        "legend": None if one else {},
    }


def _worth_a_label(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which points of a single line carry their value: all up to five, else the ends and the extremes."""
    value, year = frame["value"], frame["year"]
    if len(frame) <= 5:
        return value.notna()
    return year.eq(year.min()) | year.eq(year.max()) | value.eq(value.min()) | value.eq(value.max())


def _dips(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which points lie below their neighbours on the line: their labels go under them."""
    lines = frame.groupby("segment")["value"]
    beside = pd.concat([lines.shift(1), lines.shift(-1)], axis=1).mean(axis=1)
    return beside > frame["value"]


def _short(value: float) -> str:
    return format_number(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2)


def _breaks(frame: pd.DataFrame) -> list[dict[str, Any]]:
    if "broken" not in frame:
        return []
    marked = frame.loc[frame["broken"].fillna("").ne("")]
    reasons = dict(zip(marked["year"], marked["broken"], strict=True))
    return [{"year": int(year) - 0.5, "reason": reason} for year, reason in reasons.items()]


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


def _slope(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    ends = [int(frame["year"].min()), int(frame["year"].max())]
    both = frame.loc[frame["year"].isin(ends)]
    right = both["year"].eq(ends[1])
    labels = [
        f"{name}　{format_number(value)}" if end else format_number(value)
        for name, value, end in zip(both["series"], both["value"], right, strict=True)
    ]
    spread = float(both["value"].max() - both["value"].min()) or 1.0
    both = both.assign(label=labels, end=["right" if end else "left" for end in right])
    both["place_y"] = both.groupby("end")["value"].transform(lambda column: _apart(column, spread * 0.055))
    return {"rows": _records(both.assign(order=both["series"].map(list(names).index)).sort_values("order"))}


def _apart(values: pd.Series[float], least: float) -> pd.Series[float]:
    """Move labels apart that would lie on one another, lowest first."""
    placed: dict[Any, float] = {}
    floor = float("-inf")
    for key, value in values.sort_values().items():
        floor = max(value, floor + least)
        placed[key] = floor
    return pd.Series(placed).reindex(values.index)


def _bump(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    low, high = float(frame["value"].min()), float(frame["value"].max())
    domain = [max(1.0, low - 1), high + 1] if high == low else [low, high]
    return {
        "rows": _records(frame),
        "domain": domain,
        "legend": None if len(names) == 1 else {},
    }


def _bar(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    del names
    years = list(range(int(frame["year"].min()), int(frame["year"].max()) + 1))
    rows = _records(frame.assign(label=frame["value"].map(_short)))
    return {"rows": rows, "all_years": years, "domain": _room(frame["value"])}


def _target(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    del names
    known = frame["value"].notna()
    words = [VERDICTS[verdict][0] for verdict in frame["verdict"]]
    shown = {word for word, has_bar in zip(words, known, strict=True) if has_bar}
    looks = {word: colour for word, colour in VERDICTS.values() if word in shown}
    rows = frame.assign(
        result=words,
        below=frame["value"].lt(frame["target"]),
        silent=~known & frame["verdict"].isin(("not_reported", "untracked")),
        aim=[format_number(value) if pd.notna(value) else "" for value in frame["target"]],
        label=[_short(value) if pd.notna(value) else "" for value in frame["value"]],
    )
    domain = _room(pd.concat([frame["value"], frame["target"]]))
    return {"rows": _records(rows), "words": list(looks), "colours": list(looks.values()), "domain": domain}


def _room(values: pd.Series[float]) -> list[float]:
    """Give the ends of an axis from zero that leaves room for labels beyond the bars."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    margin = (high - low) * 0.12 or 1.0
    return [low - margin if low else 0.0, high + margin if high else 0.0]


def _multiples(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    last = frame.groupby("series")["year"].transform("max").eq(frame["year"])
    rows = frame.assign(
        last=last, label=frame["value"].map(format_number), order=frame["series"].map(list(names).index)
    )
    ends = sorted({int(frame["year"].min()), int(frame["year"].max())})
    return {"rows": _records(rows.sort_values(["order", "year"])), "ends": ends}


def _heat(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    low, high = float(frame["value"].min()), float(frame["value"].max())
    diverging = low < 0 < high
    reach = max(-low, high) if diverging else (high - low) or 1.0
    strength = frame["value"].abs() / reach if diverging else (frame["value"] - low) / reach
    star = frame["status"].map({"actual": "", "estimate": "*", "target": "（目标）"})
    rows = frame.assign(
        label=frame["value"].map(format_number) + star,
        dark=strength > 0.55,
        order=frame["series"].map(list(names).index),
    )
    colours = {"range": _HEAT_DIVERGING, "domain": [-reach, 0, reach]} if diverging else {"range": _HEAT_SEQUENTIAL}
    return {"rows": _records(rows.sort_values(["order", "year"])), "scale": {"interpolate": "rgb", **colours}}


_SHAPES = {
    "line": _line,
    "bar": _bar,
    "slope": _slope,
    "bump": _bump,
    "target": _target,
    "multiples": _multiples,
    "heat": _heat,
}


def _wide(kind: Kind, frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    if kind == "target":
        return frame[["year", "value", "target"]].rename(columns={"year": "年份", "value": "实际", "target": "目标"})
    rows, columns = ("series", "year") if kind in {"heat", "slope"} else ("year", "series")
    wide = frame.pivot_table(index=rows, columns=columns, values="value", aggfunc="last", sort=False)
    ordered = wide.reindex(index=list(names)) if rows == "series" else wide.sort_index()[list(names)]
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
