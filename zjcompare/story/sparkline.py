"""A line of the series frame → a drawing the size of a word: one stroke a stretch, hollow points for estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 92, 26, 4


def sparkline(points: Sequence[tuple[int, float, int, bool]], years: tuple[int, int]) -> str:
    """Give an SVG of (year, value, stretch, is it actual) points on the scale from the first to the last of `years`.

    A missing year or another stretch is a gap. Fewer than two points give nothing.
    """
    if len(points) < 2:
        return ""
    values = [value for _, value, _, _ in points]
    low, spread = min(values), (max(values) - min(values)) or 1.0
    span = (years[1] - years[0]) or 1
    place = [
        (
            MARGIN + (year - years[0]) / span * (WIDTH - 2 * MARGIN),
            HEIGHT - MARGIN - (value - low) / spread * (HEIGHT - 2 * MARGIN),
        )
        for year, value, _, _ in points
    ]
    strokes = "".join(
        f"{'L' if index and _joined(points[index - 1], points[index]) else 'M'}{x:.1f} {y:.1f}"
        for index, (x, y) in enumerate(place)
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" class="{"dot" if actual else "o"}"/>'
        for index, ((x, y), (_, _, _, actual)) in enumerate(zip(place, points, strict=True))
        if not actual or index == len(points) - 1 or not _has_stroke(points, index)
    )
    return f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"><path d="{strokes}"/>{dots}</svg>'


def _joined(left: tuple[int, float, int, bool], right: tuple[int, float, int, bool]) -> bool:
    return right[0] - left[0] == 1 and right[2] == left[2]


def _has_stroke(points: Sequence[tuple[int, float, int, bool]], index: int) -> bool:
    before = index > 0 and _joined(points[index - 1], points[index])
    after = index + 1 < len(points) and _joined(points[index], points[index + 1])
    return before or after
