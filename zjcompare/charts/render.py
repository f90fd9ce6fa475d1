"""A Vega-Lite specification → SVG, PNG or an Altair chart, offline, and never with its text lost."""

from __future__ import annotations

import base64
import copy
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from zjcompare.charts.fonts import Font, check_glyphs, subset_woff2
from zjcompare.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

_VEGA_LITE = "6.1"
_SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def to_svg(spec: dict[str, Any], font: Font, *, embed: bool = False) -> str:
    """Render a specification as SVG; `embed` puts the font's used characters into it, so that it looks alike anywhere.

    Raises `FontError` where `font` lacks a character of the drawing.
    """
    svg: str = _renderer(font).vegalite_to_svg(_with_font(spec, font), vl_version=_VEGA_LITE)
    drawn = [unescape(_TAG.sub("", text)) for text in _SVG_TEXT.findall(svg)]
    check_glyphs(font, drawn)
    if not embed:
        return svg
    woff2 = base64.b64encode(subset_woff2(font, drawn)).decode("ascii")
    face = f'@font-face{{font-family:"{font.family}";src:url(data:font/woff2;base64,{woff2})}}'
    return re.sub(r"(<svg[^>]*>)", rf"\1<defs><style>{face}</style></defs>", svg, count=1)


def to_png(spec: dict[str, Any], font: Font, *, scale: float = 2.0) -> bytes:
    """Render a specification as PNG; raises `FontError` where `font` lacks a character of the drawing."""
    svg = to_svg(spec, font)
    png: bytes = _renderer(font).svg_to_png(svg, scale=scale)
    return png


def to_altair(spec: dict[str, Any]) -> Any:
    """Give the specification as an Altair chart, for a notebook and for further work."""
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("charts need Altair: pip install 'zjcompare[charts]'") from error
    return alt.Chart.from_dict(spec)


def _renderer(font: Font) -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("charts need vl-convert: pip install 'zjcompare[charts]'") from error
    vl_convert.register_font_directory(str(font.path.parent))
    return vl_convert


def _with_font(spec: dict[str, Any], font: Font) -> dict[str, Any]:
    named = copy.deepcopy(spec)
    named["config"]["font"] = font.family
    return named
