"""Frames → a story: a page, Markdown, a workbook, charts and data, as a newsroom works on and publishes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.charts import Drawing, Font, FontError, embed_font, find_font, letters_of, subset_woff2, to_png, to_svg
from zjcompare.story.content import Compared, Content, gather
from zjcompare.story.markdown import render_markdown
from zjcompare.story.page import render_page
from zjcompare.story.workbook import write_csv, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Compared", "Content", "Story", "tell"]

_UNSAFE = re.compile(r"[^\w一-鿿-]+")


@dataclass(frozen=True, slots=True)
class Story:
    """What a comparison has to tell, ready to be saved: the content, the frames behind it, and the font."""

    content: Content
    frames: Mapping[str, pd.DataFrame]
    font: Font

    def save(self, folder: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Path:
        """Write story.html, story.md, tables.xlsx, charts/ and data/ into `folder`, and give the path of the page.

        Files of the same names are overwritten; others are left alone. `progress` is called with how many charts are
        drawn, and of how many.
        """
        out = Path(folder)
        (out / "charts").mkdir(parents=True, exist_ok=True)
        (out / "data").mkdir(exist_ok=True)
        drawings = self._drawings()
        svgs, not_drawn = self._render(drawings, progress)
        woff2 = subset_woff2(self.font, map(letters_of, svgs.values()))
        for name, svg in svgs.items():
            _save_drawing(out / "charts" / name, drawings[name], svg, font=self.font, woff2=woff2)
        page = out / "story.html"
        page.write_text(self._page(svgs, not_drawn), encoding="utf-8")
        images = {int(name[:2]): f"charts/{name}.png" for name in svgs if name[:2].isdigit()}
        (out / "story.md").write_text(render_markdown(self.content, images), encoding="utf-8")
        write_workbook(out / "tables.xlsx", {**_grid_sheet(self.content), **_sheets(self.frames)})
        for name, frame in self.frames.items():
            write_csv(out / "data" / f"{name}.csv", frame)
        return page

    def _drawings(self) -> dict[str, Drawing]:
        """Give the drawings for publishing by file name: those of the leads, numbered, then those of places."""
        leads = {lead.number: lead.chart for lead in self.content.leads if lead.chart is not None}
        of_leads = {f"{number:02d}-{safe_name(drawing.title)}": drawing for number, drawing in leads.items()}
        return of_leads | {f"places-{safe_name(drawing.title)}": drawing for drawing in self.content.overviews}

    def _render(
        self, drawings: Mapping[str, Drawing], progress: Callable[[int, int], None] | None
    ) -> tuple[dict[str, str], list[str]]:
        """Render what the font can draw, and say what it cannot."""
        svgs, not_drawn = {}, []
        for done, (name, drawing) in enumerate(drawings.items(), 1):
            try:
                svgs[name] = to_svg(drawing.spec, self.font)
            except FontError as error:
                not_drawn.append(f"图“{drawing.title}”没有画出：{error}")
            if progress is not None:
                progress(done, len(drawings))
        return svgs, not_drawn

    def _page(self, svgs: Mapping[str, str], not_drawn: list[str]) -> str:
        drawn = {int(name[:2]) for name in svgs if name[:2].isdigit()}
        small = {
            lead.number: to_svg(lead.small.spec, self.font)
            for lead in self.content.leads
            if lead.small is not None and lead.number in drawn
        }
        overviews = [svg for name, svg in svgs.items() if name.startswith("places-")]
        return render_page(self.content, small, overviews, font=self.font, not_drawn=not_drawn)


def tell(compared: Compared, *, font_path: str | Path | None = None) -> Story:
    """Gather a story from the frames of a comparison.

    Raises `MissingExtraError` where the `charts` extra or a Chinese font is missing.
    """
    frames = {
        "table": compared.table,
        "series": compared.series,
        "changes": compared.changes,
        "checks": compared.checks,
        "leads": compared.leads,
        "matches": compared.matches,
        "derived": compared.derived,
    }
    return Story(gather(compared), frames, find_font(font_path))


def safe_name(text: str, most: int = 40) -> str:
    """Give a file name that is safe on any system: letters, digits and Chinese characters of `text`, else `-`.

    >>> safe_name("../社会消费品/零售 总额?")
    '社会消费品-零售-总额'
    """
    return _UNSAFE.sub("-", text).strip("-_")[:most].strip("-_") or "chart"


def _save_drawing(stem: Path, drawing: Drawing, svg: str, *, font: Font, woff2: bytes) -> None:
    """Write one drawing as SVG with its font, PNG, Vega-Lite, and data as Datawrapper takes it (plain UTF-8, wide)."""
    files = {
        ".svg": embed_font(svg, font, woff2).encode(),
        ".png": to_png(svg, font),
        ".vl.json": json.dumps(drawing.spec, ensure_ascii=False, indent=1).encode(),
    }
    for suffix, content in files.items():
        stem.with_name(stem.name + suffix).write_bytes(content)
    write_csv(stem.with_name(f"{stem.name}.csv"), drawing.wide, encoding="utf-8")


_SHEETS = {
    "table": "数据",
    "series": "序列",
    "changes": "增减更名",
    "checks": "核对",
    "leads": "线索",
    "matches": "配对",
}


def _sheets(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {sheet: frames[name] for name, sheet in _SHEETS.items()}


def _grid_sheet(content: Content) -> dict[str, pd.DataFrame]:
    rows = [
        {
            "地方": row.place,
            "指标": row.name,
            "类别": row.measure,
            "单位": row.unit,
            "范围": row.window,
            **{str(cell.year): cell.text + {"estimate": "○", "target": "◇"}.get(cell.status, "") for cell in row.cells},
        }
        for row in content.indicators
    ]
    return {"逐年": pd.DataFrame(rows)}
