"""Series → charts: drawings from the `*.vl.json` files of this folder, as SVG, PNG and Altair charts.

Altair, vl-convert and fontTools are imported when a chart is drawn, never before.
"""

from zjcompare.charts.drawings import FONT_STACK, KINDS, Drawing, Kind, draw
from zjcompare.charts.fonts import Font, FontError, check_glyphs, find_font, subset_woff2
from zjcompare.charts.labels import display_unit, format_number
from zjcompare.charts.points import draw_line, draw_places, points_of, title_of
from zjcompare.charts.render import embed_font, letters_of, to_altair, to_png, to_svg

__all__ = [
    "FONT_STACK",
    "KINDS",
    "Drawing",
    "Font",
    "FontError",
    "Kind",
    "check_glyphs",
    "display_unit",
    "draw",
    "draw_line",
    "draw_places",
    "embed_font",
    "find_font",
    "format_number",
    "letters_of",
    "points_of",
    "subset_woff2",
    "title_of",
    "to_altair",
    "to_png",
    "to_svg",
]
