"""Frames → a story: a page, Markdown, a workbook, charts and data, as a newsroom works on and publishes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zjcompare.charts import Drawing, Font, FontError, find_font, to_png, to_svg
from zjcompare.story.content import Compared, Content, gather
from zjcompare.story.markdown import render_markdown
from zjcompare.story.page import render_page
from zjcompare.story.workbook import write_csv, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

__all__ = ["Compared", "Content", "Story", "tell"]

_UNSAFE = re.compile(r"[^\w一-鿿-]+")


@dataclass(frozen=True, slots=True)
class Story:
    """What a comparison has to tell, ready to be saved: the content, the frames behind it, and the font to draw with."""

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
        drawn: dict[str, str] = {}
        not_drawn = []
        for done, (name, drawing) in enumerate(drawings.items(), 1):
            try:
                drawn[name] = _save_drawing(out / "charts", name, drawing, self.font)
            except FontError as error:
                not_drawn.append(f"图“{drawing.title}”没有画出：{error}")
            if progress is not None:
                progress(done, len(drawings))
        page = out / "story.html"
        page.write_text(self._page(not_drawn), encoding="utf-8")
        charts = {int(name[:2]): f"charts/{name}.png" for name in drawn if name[:2].isdigit()}
        (out / "story.md").write_text(render_markdown(self.content, charts), encoding="utf-8")
        write_workbook(out / "tables.xlsx", {**_grid_sheet(self.content), **_sheets(self.frames)})
        for name, frame in self.frames.items():
            write_csv(out / "data" / f"{name}.csv", frame)
        return page

    def _drawings(self) -> dict[str, Drawing]:
        of_leads = {
            f"{lead.number:02d}-{safe_name(lead.chart.title)}": lead.chart for lead in self.content.leads if lead.chart
        }
        of_places = {f"places-{safe_name(drawing.title)}": drawing for drawing in self.content.overviews}
        return of_leads | of_places

    def _page(self, not_drawn: list[str]) -> str:
        svgs = {}
        for lead in self.content.leads:
            if lead.small is not None:
                try:
                    svgs[lead.number] = to_svg(lead.small.spec, self.font)
                except FontError:
                    continue
        overviews = [to_svg(drawing.spec, self.font) for drawing in self.content.overviews]
        return render_page(self.content, svgs, overviews, font=self.font, not_drawn=not_drawn)


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


def _save_drawing(folder: Path, name: str, drawing: Drawing, font: Font) -> str:
    svg = to_svg(drawing.spec, font, embed=True)
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    (folder / f"{name}.png").write_bytes(to_png(drawing.spec, font))
    (folder / f"{name}.vl.json").write_text(json.dumps(drawing.spec, ensure_ascii=False, indent=1), encoding="utf-8")
    write_csv(folder / f"{name}.csv", drawing.wide, encoding="utf-8")
    return svg


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
    import pandas as pd

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
