"""Content → one HTML page that needs no other file: style, script, drawings and the used part of the font inside."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from zjcompare.charts import subset_woff2
from zjcompare.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from zjcompare.charts import Font
    from zjcompare.story.content import Content

_HERE = Path(__file__).parent
_SVG_TAG = re.compile(r"<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>")
_ROLES = re.compile(r"\s(?:aria-[a-z]+|role)=\"[^\"]*\"")
_ID = re.compile(r"(id=\"|url\(#|href=\"#)([A-Za-z_][\w-]*)")
_FAMILY = re.compile(r"\sfont-family=\"[^\"]*\"")
_TAG = re.compile(r"<[^>]+>")
_FIGURE = re.compile(r"\d[\d.,]*(?:[十百千万亿]*(?:元|人|家|年|个百分点|项|位|吨|亩|户|公里)|%)")


def environment(*, escape: bool) -> Environment:
    """Give the Jinja environment of this folder's templates; with `escape` all text is escaped for HTML."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtraError("a story needs Jinja: pip install 'zjcompare[charts]'") from error
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=escape,  # noqa: S701 # off for Markdown only, whose text `escape_markdown` makes harmless
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def render_page(
    content: Content, svgs: Mapping[int, str], overviews: Sequence[str], *, font: Font, not_drawn: Sequence[str]
) -> str:
    """Render the page; `svgs` are the leads' drawings by number, `not_drawn` says which are missing, and why."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    template = environment(escape=True).get_template("page.html.jinja")
    words = {
        "content": content,
        "unbroken": unbroken,
        "svgs": {number: inline(svg, f"c{number}-", content.leads[number - 1].zh) for number, svg in svgs.items()},
        "overview_svgs": [
            inline(svg, f"o{at}-", drawing.title)
            for at, (svg, drawing) in enumerate(zip(overviews, content.overviews, strict=True))
        ],
        "not_drawn": not_drawn,
        "style": (_HERE / "page.css").read_text(encoding="utf-8"),
        "script": script,
        "script_digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        "version": version("zjcompare"),
    }
    bare = template.render(font_face="", **words)
    letters = _TAG.sub("", bare) + "○◇"
    woff2 = base64.b64encode(subset_woff2(font, [letters])).decode("ascii")
    face = f"@font-face{{font-family:zj;src:url(data:font/woff2;base64,{woff2})}}"
    return template.render(font_face=face, **words)


def unbroken(text: str) -> str:
    """Give text as HTML in which no line ends between a number and its unit.

    >>> str(unbroken("收入304亿元 <b>"))
    '收入<span class="figure">304亿元</span> &lt;b&gt;'
    """
    from markupsafe import Markup, escape

    return Markup(_FIGURE.sub(r'<span class="figure">\g<0></span>', str(escape(text))))  # noqa: S704 # escaped above


def inline(svg: str, prefix: str, label: str) -> str:
    """Fit a drawing into the page: it scales, takes the page's font, keeps its ids apart, and reads as one image."""
    from markupsafe import escape

    plain = _FAMILY.sub("", _ROLES.sub("", svg))
    apart = _ID.sub(rf"\1{prefix}\2", plain)
    return _SVG_TAG.sub(lambda tag: f'<svg viewBox="{tag[1]}" role="img" aria-label="{escape(label)}">', apart, count=1)
