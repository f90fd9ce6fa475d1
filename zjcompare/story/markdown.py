"""Content → Markdown, for a desk's own editor; text from reports cannot act as markup."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from zjcompare.story.page import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.story.content import Content

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|!~&])")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def render_markdown(content: Content, charts: Mapping[int, str]) -> str:
    """Render the story as Markdown; `charts` are the paths of the leads' images by the lead's number."""
    jinja = environment(escape=False)
    jinja.filters["md"] = escape_markdown
    return jinja.get_template("story.md.jinja").render(content=content, charts=charts, version=version("zjcompare"))


def escape_markdown(text: str) -> str:
    r"""Give text that Markdown shows as it is, on one line.

    >>> escape_markdown("**5%**|<b>")
    '\\*\\*5%\\*\\*\\|\\<b\\>'
    """
    return _ACTIVE.sub(r"\\\1", _BREAKS.sub(" ", text))
