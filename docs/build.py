"""Write reference.md and data-path.svg from the code, and all pages as HTML into a folder: `make docs`.

`python docs/build.py` writes reference.md and data-path.svg; `python docs/build.py SITE` the pages, too, into SITE.
"""

from __future__ import annotations

import argparse
import re
import shutil
from html import escape
from pathlib import Path
from string import Template

import picture
from reference import reference

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGES = ("README.md", "README.zh-CN.md", "docs/start.md", "docs/reading.md", "docs/recipes.md", "docs/reference.md")
PAGES += ("docs/extending.md", "CONTRIBUTING.md", "CHANGELOG.md")
_LINK = re.compile(r'(?P<key>href|src)="(?P<target>[^":#]+)(?P<anchor>#[^"]*)?"')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def write_made(folder: Path) -> None:
    """Write what is made from the code: the reference, and the picture of the data path."""
    (folder / "reference.md").write_text(reference(), encoding="utf-8")
    (folder / "data-path.svg").write_text(picture.draw(picture.stages()), encoding="utf-8")


def write_site(site: Path) -> None:
    """Write every page as HTML, all in one folder, with the files that they link to.

    Raises `FileNotFoundError` for a link that leads nowhere.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    frame = Template((HERE / "page.html").read_text(encoding="utf-8"))
    site.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        source = ROOT / page
        body = _with_anchors(markdown.render(source.read_text(encoding="utf-8")))
        body = _LINK.sub(lambda link, source=source: _follow(link, source, site), body)
        title = _TAG.sub("", body[body.index("<h1") : body.index("</h1>")])
        language = "zh-CN" if page.endswith("zh-CN.md") else "en"
        made = frame.substitute(title=escape(title, quote=False), body=body, language=language)
        (site / _name_of(source)).write_text(made, encoding="utf-8")


def anchor_of(heading: str) -> str:
    """Give the anchor of a heading, as GitHub makes it.

    >>> anchor_of("Publish to Datawrapper: a chart")
    'publish-to-datawrapper-a-chart'
    """
    return re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-")


def _with_anchors(body: str) -> str:
    def marked(heading: re.Match[str]) -> str:
        anchor = anchor_of(_TAG.sub("", heading[2]))
        return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'

    return _HEADING.sub(marked, body)


def _follow(link: re.Match[str], source: Path, site: Path) -> str:
    """Give a link as it is in the one folder of the site, and copy what is no page there."""
    target = (source.parent / link["target"]).resolve()
    if not target.exists():
        raise FileNotFoundError(f"{source}: links to {link['target']}, which is not there")
    page = target.is_relative_to(ROOT) and target.relative_to(ROOT).as_posix() in PAGES
    if not page:
        shutil.copy(target, site / target.name)
    return f'{link["key"]}="{_name_of(target) if page else target.name}{link["anchor"] or ""}"'


def _name_of(page: Path) -> str:
    return {"README": "index", "README.zh-CN": "index.zh-CN"}.get(page.stem, page.stem) + ".html"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Write what is made from the code, and all pages as HTML.")
    arguments.add_argument("site", type=Path, nargs="?", help="the folder for the pages; without it none is written")
    folder = arguments.parse_args().site
    write_made(HERE)
    if folder is not None:
        write_site(folder)
