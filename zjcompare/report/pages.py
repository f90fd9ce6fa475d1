"""An HTML page → its text: the title and the part of the page that holds the sentences, without menus and scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "nav", "footer", "select", "button", "iframe"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
        "tfoot", "thead", "tr", "ul", "title",
    }
)  # fmt: skip
_CONTAINERS = frozenset(
    {"html", "body", "div", "article", "section", "main", "form", "center", "table", "tbody", "tr", "td"}
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_SENTENCE_MARK = re.compile(r"[，。；、]")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_DEEPEST = 256
_SHARE = 0.8


class _Node:
    """An element: its parent, and how many marks of sentences lie in it."""

    __slots__ = ("children", "marks", "parent", "tag")

    def __init__(self, tag: str, parent: _Node | None) -> None:
        self.tag = tag
        self.parent = parent
        self.children: list[_Node] = []
        self.marks = 0


class _Reader(HTMLParser):
    """Collects blocks of text, each with the element that it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("", None)
        self.blocks: list[tuple[_Node, str]] = []
        self.title = ""
        self._open = [self.root]
        self._skipping = 0
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's signature)
        if tag == "br":
            self.end_block()
        if tag in _VOID:
            return
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _BLOCKS:
            self.end_block()
        if len(self._open) < _DEEPEST:
            node = _Node(tag, self._open[-1])
            self._open[-1].children.append(node)
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        if tag in {"td", "th"}:
            self._pieces.append("\t")
        if tag in _BLOCKS:
            self.end_block()
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._pieces.append(data)

    def end_block(self) -> None:
        """Close the block that is open, if it has text."""
        cells = [_BLANKS.sub(" ", cell).strip() for cell in "".join(self._pieces).split("\t")]
        self._pieces.clear()
        text = "\t".join(cells).rstrip("\t")
        if not text:
            return
        if self._open[-1].tag == "title":
            self.title = self.title or text
            return
        self.blocks.append((self._open[-1], text))
        marks = len(_SENTENCE_MARK.findall(text))
        node: _Node | None = self._open[-1]
        while node is not None and marks:
            node.marks += marks
            node = node.parent


def extract_page(page: str) -> str:
    """Give the title of a page and the text of the smallest part that holds four fifths of its sentences.

    Cells of a table row are parted by tabs. Scripts, styles, menus and forms' choices are left out.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end_block()
    chosen = reader.root
    while True:
        deeper = [
            child
            for child in chosen.children
            if child.tag in _CONTAINERS and child.marks and child.marks >= _SHARE * reader.root.marks
        ]
        if len(deeper) != 1:
            break
        chosen = deeper[0]
    lines = [text for node, text in reader.blocks if _lies_in(node, chosen)]
    return "\n".join([reader.title, *lines] if reader.title else lines)


def _lies_in(node: _Node, chosen: _Node) -> bool:
    each: _Node | None = node
    while each is not None and each is not chosen:
        each = each.parent
    return each is chosen
