"""A Vega-Lite specification → SVG, PNG or an Altair chart, offline, and never with its text lost."""

from __future__ import annotations

import base64
import copy
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from zjcompare.charts.fonts import Font, check_glyphs
from zjcompare.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

_VEGA_LITE = "6.1"
_SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SVG_START = re.compile(r"(<svg[^>]*>)")


def to_svg(spec: dict[str, Any], font: Font) -> str:
    """Render a specification as SVG whose text is in `font`; raises `FontError` where the font lacks a character."""
    svg: str = _renderer(font).vegalite_to_svg(_with_font(spec, font), vl_version=_VEGA_LITE)
    check_glyphs(font, letters_of(svg))
    return svg


def to_png(svg: str, font: Font, *, scale: float = 2.0) -> bytes:
    """Give a drawing of `to_svg` as PNG, `scale` pixels to the unit; `font` is the one that it was drawn with."""
    png: bytes = _renderer(font).svg_to_png(svg, scale=scale)
    return png


def letters_of(svg: str) -> str:
    """Give all text of a drawing, in reading order."""
    return "".join(unescape(_TAG.sub("", text)) for text in _SVG_TEXT.findall(svg))


def embed_font(svg: str, font: Font, woff2: bytes) -> str:
    """Give the drawing with a font inside (see `subset_woff2`), so that it looks alike on any machine."""
    source = base64.b64encode(woff2).decode("ascii")
    face = f'@font-face{{font-family:"{font.family}";src:url(data:font/woff2;base64,{source})}}'
    return _SVG_START.sub(lambda start: f"{start[1]}<defs><style>{face}</style></defs>", svg, count=1)


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
