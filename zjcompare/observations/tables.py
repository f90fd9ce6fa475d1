"""Tables of a clean text → their cells, each named by its row and its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.layouts import Head
from zjcompare.numerals import read_multiplier, read_numeral
from zjcompare.observations.grids import LABELS, NUMBER, YEAR, Piece, find_tables, is_number
from zjcompare.observations.settings import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zjcompare.layouts import Layouts
    from zjcompare.mentions import Units

_UNIT_IN_LABEL = re.compile(r"（(?P<unit>[^（）]{1,8})）")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、]|#|其中：?|[*＃])+")
_GROWTH_WORDS = re.compile(
    r"(?:增[长减]速度|累计|\s|同比|[比较](?:上年|去年|年初)(?:末|同期|同月)?|增长|增速|增幅|增减|涨跌|幅度|[±率幅%])+$"
)
_INDEX = re.compile(r"指数|=100")
_SECTOR = re.compile(r"(?:城[市镇乡]|农村|乡村)(?:居民)?")  # stands before what it tells apart: 农村居民消费价格
_YEAR_BEFORE = ("上年", "去年")
_SHARE = re.compile(r"(?:占|为|(?:超额)?完成)(?P<whole>.{2,12}?)的?(?:比[重例]|百分比)?")
_OWN_PLACE = re.compile(r"全[国省市州盟县区旗]|[总合]计")
_UNIT_ABOVE = re.compile(r"单\s*位\s*：\s*(?:(?P<unit>[\u4e00-\u9fff]{1,8})[^\n]*|(?P<percent>%)\s*)\n(?:[^\n]*\n)?$")
_GROWTH_ABOVE = re.compile(  # 居民消费价格比上年涨跌幅度, and not 产量及其增长速度
    r"(?:^|\n)[^\n及其和与、，。；]*(?:涨跌|增长|增减)(?:速度|幅度?)?\s*(?:（(?P<percent>%)）\s*)?(?:\s单\s*位[^\n]*)?\n(?:[^\n]*\n){0,2}$"
)
_FARTHEST_UNIT = 100  # characters before a heading in which its table's unit and caption may stand
_UNITS_OF_ROLES = {"growth": "%", "rank": "位"}


class Cell(NamedTuple):
    """A number in a table: its span in the clean text, and what its row and its column say of it."""

    start: int
    end: int
    name: str
    measure: Measure
    number: Decimal
    unit: str
    year: int | None = None  # where its row or its heading names a year
    scope: str = ""  # the place that its row is about


def find_cells(text: str, units: Units, layouts: Layouts) -> list[Cell]:
    r"""Give the numbers of the tables in a clean text, in order.

    >>> from zjcompare.layouts import compile_layouts
    >>> from zjcompare.lexicon import Lexicon
    >>> from zjcompare.mentions import compile_units
    >>> units, layouts = compile_units(Lexicon.default()), compile_layouts(Lexicon.default())
    >>> rows = "指标\t绝对量（亿元）\t比上年增长（%）\n农业\t273.12\t3.2\n林业\t2.43\t-1.0\n"
    >>> [(cell.name, cell.measure, float(cell.number), cell.unit) for cell in find_cells(rows, units, layouts)][1:3]
    [('农业', 'growth', 3.2, '%'), ('林业', 'level', 243000000.0, '元')]
    """
    cells: list[Cell] = []
    for heading, rows in find_tables(text, layouts):
        columns = _columns_of(heading, rows, layouts, _above(text, heading[0].start, units))
        for row in rows:
            cells += _read_row(columns, row, units)
    return sorted(cells)


class _Above(NamedTuple):
    """What the lines above a table say of all its figures."""

    unit: str  # 单位：万元
    growth: bool  # 比上年涨跌幅度


def _above(text: str, start: int, units: Units) -> _Above:
    first = max(0, start - _FARTHEST_UNIT)
    found, growth = (pattern.search(text, first, start) for pattern in (_UNIT_ABOVE, _GROWTH_ABOVE))
    unit = (found["unit"] or found["percent"] if found else growth and growth["percent"]) or ""
    return _Above(unit if units.at(unit.lstrip("十百千万亿"), 0) else "", growth is not None)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The heads of a table, and which of its columns say what each row is about; None for what no column says."""

    heads: list[Head]
    label: int | None
    unit: int | None
    year: int | None
    place: int | None
    above: _Above


def _columns_of(heading: Sequence[Piece], rows: Sequence[Sequence[Piece]], layouts: Layouts, above: _Above) -> _Columns:
    heads = [layouts.take_apart(piece.words) for piece in heading]
    first: dict[str, int] = {head.role: number for number, head in reversed(list(enumerate(heads)))}
    label, place, year = (first.get(role) for role in LABELS)
    if place is not None and all(is_number(row[place]) for row in rows if place < len(row)):
        place = None  # 城市 beside 农村: figures, and no names of places
    if label is None and year is None and place is None:
        label = 0
    return _Columns(heads, label, first.get("unit"), year, place, above)


def _read_row(columns: _Columns, row: Sequence[Piece], units: Units) -> Iterator[Cell]:
    """Give the cells of one row: named by its label, or where it is about a year or a place, by their heads."""
    if len(row) > len(columns.heads):
        return

    def said(column: int | None) -> str:
        return row[column].words if column is not None and column < len(row) else ""

    label = _NUMBERED.sub("", said(columns.label).replace(" ", ""))
    if columns.label is not None and (not label or (is_number(row[columns.label]) and not YEAR.fullmatch(label))):
        return
    row_unit = said(columns.unit)
    bracket = _UNIT_IN_LABEL.search(label)
    if bracket and units.at(bracket["unit"].lstrip("十百千万亿"), 0):
        label, row_unit = label.replace(bracket[0], ""), row_unit or bracket["unit"]
    row_year = YEAR.fullmatch(label) or YEAR.fullmatch(said(columns.year))
    scope = "" if _OWN_PLACE.fullmatch(said(columns.place)) else said(columns.place)
    if YEAR.fullmatch(label):
        label = ""
    named = ""
    for number, (head, cell) in enumerate(zip(columns.heads, row, strict=False)):
        found = NUMBER.fullmatch(cell.words)
        value = read_numeral(found["number"]) if found else None
        if found is None or value is None or number in (columns.label, columns.unit, columns.year, columns.place):
            continue
        name = _name_cell(label, head, named)
        if not (head.what.startswith(_YEAR_BEFORE) or _is_share(head)):
            named = name  # a growth goes with this year's figure
        printed = head.unit or _UNITS_OF_ROLES.get(head.role) or found["unit"] or row_unit or columns.above.unit
        unit = printed.lstrip("十百千万亿") if not units.at(printed, 0) else printed
        value *= read_multiplier(printed[: len(printed) - len(unit)]) * (-1 if found["sign"] in ("-", "−") else 1)
        year = int(row_year[1]) if row_year else head.year
        if name:
            measure = _measure_of(head, unit, columns.above)
            yield Cell(cell.start, cell.end, name, measure, value, unit, year, scope)


def _name_cell(label: str, head: Head, before: str) -> str:
    """Give the label with what the head adds to it, or the head's own words; a bare 增速 goes with the cell before."""
    what = "" if head.role in ("value", "rank") else head.what
    if head.role == "growth":
        what = _GROWTH_WORDS.sub("", what)
    if head.role in _UNITS_OF_ROLES and not what:
        return before or label
    if _is_share(head) and (share := _SHARE.fullmatch(what)):
        return f"{label}占{share['whole']}比重"
    if _SECTOR.fullmatch(what):
        return what + label.removeprefix("居民") if what.endswith("居民") else what + label
    return label if label.endswith(("量", what)) else label + what


def _is_share(head: Head) -> bool:
    """Tell whether a column says what share of something each row is: 占预算%."""
    return head.unit == "%" and _SHARE.fullmatch(head.what) is not None


def _measure_of(head: Head, unit: str, above: _Above) -> Measure:
    if head.role == "growth":
        return "growth" if unit == "%" else "change"
    if above.growth and unit == "%" and not _is_share(head) and _INDEX.search(head.what) is None:
        return "growth"
    return "rank" if head.role == "rank" else "level"
