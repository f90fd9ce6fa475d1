"""An HTML page → its text: the title and the part of the page that holds the sentences, without menus and scripts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from zjcompare.report.grids import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "nav", "footer", "select", "button", "iframe"})
_RAW = frozenset({"script", "style", "textarea", "iframe", "noscript"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "ol", "p", "pre", "section", "table",
        "tbody", "tfoot", "thead", "title", "tr", "ul",
    }
)  # fmt: skip
_CONTAINERS = frozenset(
    {"html", "body", "div", "article", "section", "main", "form", "center", "table", "tbody", "tr", "td"}
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SENTENCE_MARK = re.compile(r"[，。；、]")
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BLANKS = re.compile(r"[ \r\n\f\xa0\u3000]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])")
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*([0-9]{1,9})", re.IGNORECASE)
_CELL, _LINE = "\t", "\x00"
_DEEPEST, _SHARE, _CELL_LINES = 256, 0.8, 3


class _Node:
    """An element: its parent, its children, and how many marks of sentences, or figures of tables, lie in it."""

    __slots__ = ("children", "marks", "parent", "tag")

    def __init__(self, tag: str, parent: _Node | None) -> None:
        self.tag = tag
        self.parent = parent
        self.children: list[_Node] = []
        self.marks = 0


class _Page:
    """Collects the blocks of a page, each with the element that it stands in; rows wait for the end of their table."""

    def __init__(self) -> None:
        self.root = _Node("", None)
        self.blocks: list[tuple[_Node, str]] = []
        self.title = ""
        self.heading = ""  # the first of the page
        self._open = [self.root]
        self._cells = 0
        self._skipping = 0
        self._pieces: list[str] = []
        self._spans: list[tuple[int, int]] = []  # rows and columns of each cell of the open row
        self._rows = Rows()

    def open_element(self, tag: str, said: str) -> None:
        self._separate(tag)
        if tag in {"td", "th"}:
            spans = {which.lower(): int(number) for which, number in _SPAN.findall(said)}
            self._spans.append((spans.get("row", 1), spans.get("col", 1)))
        if tag in _VOID:
            return
        self._skipping += tag in _SKIPPED
        if len(self._open) < _DEEPEST:
            self._cells += tag == "td"
            node = _Node(tag, self._open[-1])
            self._open[-1].children.append(node)
            self._open.append(node)

    def close_element(self, tag: str) -> None:
        self._separate("" if tag in {"td", "th"} else tag)
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                self._cells -= sum(node.tag == "td" for node in self._open[depth:])
                del self._open[depth:]
                return

    def add_text(self, text: str) -> None:
        if not self._skipping:
            self._pieces.append(text.replace(_CELL, " ").replace(_LINE, " "))

    def end_block(self) -> None:
        """Close the block that is open: a row of cells waits for its table, but each line of an article is a block."""
        before, *cells = "".join(self._pieces).split(_CELL)
        spans, self._spans = self._spans, []
        self._pieces.clear()
        self._keep(_BLANKS.sub(" ", before.replace(_LINE, " ")).strip())
        row: list[tuple[str, int, int]] = []
        for cell, (deep, wide) in zip(cells, spans, strict=True):
            lines = [line for line in (_BLANKS.sub(" ", each).strip() for each in cell.split(_LINE)) if line]
            if len(lines) > _CELL_LINES or (len(lines) > 1 and any("。" in line for line in lines)):
                self._rows.add(row)
                row = []
                for line in lines:
                    self._keep(line)
            else:
                row.append((" ".join(lines), deep, wide))
        self._rows.add(row)

    def end_table(self) -> None:
        for line in self._rows.take_lines():
            self._put(line)

    def _separate(self, tag: str) -> None:
        """Part what comes before a tag from what comes after it."""
        if tag in {"td", "th"}:
            self._pieces.append(_CELL)
        elif self._cells and tag not in {"tr", "table", "title"} and (tag in _BLOCKS or tag == "br"):
            self._pieces.append(_LINE)
        elif tag in _BLOCKS or tag == "br":
            self.end_block()
            if tag == "table":
                self.end_table()

    def _keep(self, text: str) -> None:
        if text:
            self.end_table()
            self._put(text)

    def _put(self, text: str) -> None:
        if self._open[-1].tag == "title":
            self.title = self.title or text
            return
        if self._open[-1].tag == "h1":
            self.heading = self.heading or text
        self.blocks.append((self._open[-1], text))
        marks = len((_NUMERAL if _CELL in text else _SENTENCE_MARK).findall(text))
        node: _Node | None = self._open[-1]
        while node is not None and marks:
            node.marks += marks
            node = node.parent


def extract_page(page: str) -> str:
    """Give the title of a page and the text of the smallest part that holds four fifths of its sentences and tables.

    Cells of a table row are parted by tabs. Scripts, styles, menus and forms' choices are left out. Takes linear time
    on any input, which the standard library's parser does not.
    """
    found = _Page()
    for kind, value, said in _tokens(page):
        if kind == "text":
            found.add_text(_unescaped(value))
        elif kind == "open":
            found.open_element(value, said)
        else:
            found.close_element(value)
    found.end_block()
    found.end_table()
    chosen = _content_of(found.root)
    lines = [text for node, text in found.blocks if _lies_in(node, chosen)]
    title = found.title or (found.heading if found.heading not in lines else "")
    return "\n".join([title, *lines] if title else lines)


def _tokens(page: str) -> Iterator[tuple[str, str, str]]:
    """Give the text, the opening and the closing tags of a page, in order; comments and declarations are dropped."""
    position, length = 0, len(page)
    while position < length:
        bracket = page.find("<", position)
        if bracket < 0:
            break
        if bracket > position:
            yield "text", page[position:bracket], ""
        tag = _TAG.match(page, bracket)
        if tag is None and page[bracket + 1 : bracket + 2] not in {"!", "?", "/"}:
            yield "text", "<", ""
            position = bracket + 1
            continue
        comment = page.startswith("<!--", bracket)
        end = page.find("-->" if comment else ">", bracket + 1)
        if end < 0:
            return
        position = end + (3 if comment else 1)
        if tag is None:
            continue
        name = tag[2].lower()
        yield ("close" if tag[1] else "open"), name, page[tag.end() : end] if name in {"td", "th"} else ""
        if name in _RAW and not tag[1]:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(page, position)
            if closing is None:
                return
            position = closing.start()
    if position < length:
        yield "text", page[position:], ""


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a character reference of more digits than Python converts
        return text


def _content_of(root: _Node) -> _Node:
    """Go down from the whole page as long as one part holds nearly all of its sentences."""
    chosen = root
    while True:
        deeper = [
            child
            for child in chosen.children
            if child.tag in _CONTAINERS and child.marks and child.marks >= _SHARE * root.marks
        ]
        if len(deeper) != 1:
            return chosen
        chosen = deeper[0]


def _lies_in(node: _Node, chosen: _Node) -> bool:
    each: _Node | None = node
    while each is not None and each is not chosen:
        each = each.parent
    return each is chosen
