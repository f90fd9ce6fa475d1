"""Feed made-up documents, lexicon files and decisions to what reads them: `python fuzz.py TARGET` with Atheris.

Nothing but our own errors may come out, and no input may take long or fill memory (libFuzzer's `-timeout` and
`-rss_limit_mb`). `make fuzz` runs each target for a while; what it finds becomes a case in the tests.
"""

import contextlib
import csv
import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["zjcompare", "openpyxl"]):
    import zjcompare as zj
    from zjcompare.decisions import COLUMNS, read_decisions
    from zjcompare.observations import read_observations
    from zjcompare.report.formats import extract_text
    from zjcompare.report.headings import plain

LEXICON = zj.Lexicon.default()
SEED = (Path(__file__).parents[2] / "seeds" / "zhenjiang_2023.md").read_text(encoding="utf-8")
SHORT = "2024年浙江省政府工作报告\n一、2023年工作回顾\n粮食总产量约639万吨、增长2.9%，居全国第3位，其中早稻增长一成。"
CUES = [row["cue"] for row in LEXICON.rows("cues")]
WORDS = sorted({*map(plain, SEED.split("，")), *CUES, *"0123456789十百千万亿％%"})
TABLES = sorted(name for name in LEXICON.tables if len(LEXICON.rows(name)) < 300)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ELEMENTS = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:br", "w:tab", "w:pPr", "w:numPr", "w:numId", "w:ilvl", "w:pStyle",
    "w:abstractNum", "w:num", "w:abstractNumId", "w:lvl", "w:lvlText", "w:numFmt", "w:start", "w:lvlOverride",
    "w:style", "w:basedOn", "w:footnote", "w:Fallback", "html", "table", "td", "tr", "div", "p", "script", "title",
)  # fmt: skip


def words(data, most=60):
    """Give a text of words of reports, cues and digits, with odd characters between them."""
    pieces = []
    for _ in range(data.ConsumeIntInRange(0, most)):
        odd = data.ConsumeIntInRange(0, 9) == 0
        pieces.append(data.ConsumeUnicode(4) if odd else WORDS[data.ConsumeIntInRange(0, len(WORDS) - 1)])
    return "".join(pieces)


def markup(data, most=40):
    """Give elements with attributes and text, opened and closed in any order."""
    pieces = []
    for _ in range(data.ConsumeIntInRange(0, most)):
        element = ELEMENTS[data.ConsumeIntInRange(0, len(ELEMENTS) - 1)]
        value = data.ConsumeUnicodeNoSurrogates(6).replace('"', "") if data.ConsumeBool() else data.ConsumeInt(2)
        forms = (f'<{element} w:val="{value}">', f"</{element}>", f'<{element} w:ilvl="{value}"/>', words(data, 3))
        pieces.append(forms[data.ConsumeIntInRange(0, 3)])
    return "".join(pieces)


def read_bytes(content, name):
    try:
        zj.read(io.BytesIO(extract_text(content, name, None, None, LEXICON).encode("utf-8", "surrogatepass")))
    except zj.ZjError:
        return


def text(data):
    """Read a text of words: as bytes, and as a report with its observations."""
    stored = words(data)
    for reader in (read_observations, lambda report: zj.tabulate([report])):
        reader(zj.Report(stored.encode("utf-8", "replace").decode(), "镇江市", 2023))
    read_bytes(data.ConsumeBytes(200), "x.txt")


def html(data):
    read_bytes(f"<html>{markup(data)}".encode("utf-8", "surrogatepass"), "x.html")


def docx(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in ("document", "numbering", "styles", "footnotes"):
            body = f"<w:{part} {NAMESPACE}>{markup(data)}</w:{part}>" if data.ConsumeBool() else words(data)
            archive.writestr(f"word/{part}.xml", body.encode("utf-8", "replace"))
    content = bytearray(packed.getvalue())
    for _ in range(data.ConsumeIntInRange(0, 3)):
        content[data.ConsumeIntInRange(0, len(content) - 1)] = data.ConsumeIntInRange(0, 255)
    read_bytes(bytes(content), "x.docx")


def pdf(data):
    read_bytes(b"%PDF-1.7\n" + data.ConsumeBytes(2000), "x.pdf")


def xlsx(data):
    import openpyxl

    packed, changed = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["指标", "数值", "增长"])
    book.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(changed, "w") as archive:
        for name in source.namelist():
            content = bytearray(source.read(name))
            for _ in range(data.ConsumeIntInRange(0, 2)):
                at = data.ConsumeIntInRange(0, len(content) - 1)
                content[at : at + data.ConsumeIntInRange(0, 4)] = data.ConsumeBytes(4)
            archive.writestr(name, bytes(content))
    read_bytes(changed.getvalue(), "x.xlsx")


def sheet(data):
    """Read a CSV file of figures."""
    rows = [[words(data, 2) for _ in range(data.ConsumeIntInRange(0, 4))] for _ in range(data.ConsumeIntInRange(0, 6))]
    stream = io.StringIO()
    csv.writer(stream).writerows([["指标", "数值", "单位", "增长"], *rows])
    read_bytes((stream.getvalue() + data.ConsumeUnicode(20)).encode("utf-8", "replace"), "x.csv")


def lexicon(data):
    """Extend the lexicon by a file, then use all of it that a report and two names need."""
    table = TABLES[data.ConsumeIntInRange(0, len(TABLES) - 1)]
    head = list(LEXICON.rows(table)[0])
    known = LEXICON.rows(table)
    rows = []
    for _ in range(data.ConsumeIntInRange(0, 3)):
        row = dict(known[data.ConsumeIntInRange(0, len(known) - 1)])
        cell = data.ConsumeUnicode(5) if data.ConsumeBool() else words(data, 2)
        row[head[data.ConsumeIntInRange(0, len(head) - 1)]] = cell
        rows.append([row[column] for column in head])
    with tempfile.TemporaryDirectory(prefix="zjcompare-fuzz-") as folder, contextlib.suppress(zj.ZjError):
        with Path(folder, f"{table}.csv").open("w", encoding="utf-8", errors="replace", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
        own = LEXICON.extend(folder)
        zj.tabulate([zj.read(SHORT.encode(), lexicon=own)], lexicon=own)
        zj.match_pair("地区生产总值", "GDP", lexicon=own)


def decisions(data):
    with tempfile.TemporaryDirectory(prefix="zjcompare-fuzz-") as folder, contextlib.suppress(zj.ZjError):
        file = Path(folder, "decisions.csv")
        file.write_bytes(",".join(COLUMNS).encode() + b"\n" + data.ConsumeUnicode(80).encode("utf-8", "surrogatepass"))
        read_decisions(file)


TARGETS = {target.__name__: target for target in (text, html, docx, pdf, xlsx, sheet, lexicon, decisions)}


def main():
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: target(atheris.FuzzedDataProvider(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
