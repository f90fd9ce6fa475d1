"""Points → the words that a chart file leaves open, a function for each kind: its rows, labels, scales and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from zjcompare.charts.labels import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

VERDICTS = {
    "met": ("达到目标", "#1f5f8b"),
    "missed": ("未达目标", "#c2482d"),
    "open": ("尚难判断", "#b7791f"),
    "not_reported": ("未公布结果", "#5b6470"),
    "untracked": ("未公布结果", "#5b6470"),
    "": ("没有目标", "#9aa3ad"),
}
"""What became of a target, as checks name it: the words of the legend, and the colour of the bar."""

_HEAT_SEQUENTIAL = ["#eef4f8", "#1f5f8b"]
_HEAT_DIVERGING = ["#c2482d", "#f5f5f2", "#1f5f8b"]


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


SHAPES = {
    "line": _line,
    "bar": _bar,
    "slope": _slope,
    "bump": _bump,
    "target": _target,
    "multiples": _multiples,
    "heat": _heat,
}
