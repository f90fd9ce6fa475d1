"""Documents made for tests: Word files and the parts of them."""

import io
import zipfile
from pathlib import Path

import pytest

import zjcompare as zj

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def figures(report):
    table = zj.tabulate([report])
    assert all(report.text[row.start : row.end] == row.text for row in table.itertuples())
    return set(zip(table["indicator"], table["value"], strict=True))


def paragraph(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def word(body, *, declaration="", name="word/document.xml", packing=zipfile.ZIP_DEFLATED, **parts):
    document = f'{declaration}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        archive.writestr(name, document)
        for part, content in parts.items():
            archive.writestr(f"word/{part}.xml", f'<w:{part} xmlns:w="{NAMESPACE}">{content}</w:{part}>')
    return packed.getvalue()


def font_path():
    fonts = pytest.importorskip("pylopdf_fonts_zh_cn")
    return next(iter(Path(fonts.__file__).parent.glob("*.otf")))
