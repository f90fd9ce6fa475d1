"""A font that holds every character to be drawn: found, checked, and cut down to what is used.

The renderer fails without a word where a font is missing: boxes instead of Chinese, or no label at all. So a font is
looked up first, and every character is checked against it before anything is drawn.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjcompare.errors import MissingExtraError, ZjError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PROBE = "地区生产总值增长亿元百分点镇江年"
_PACKAGED = (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"), ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"))
_FOLDERS = {
    "linux": ("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"),
    "darwin": ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"),
    "win32": ("~/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts"),
}
_PATTERNS = ("NotoSansSC*", "NotoSansCJK*", "SourceHanSans*", "wqy-*", "PingFang*", "Hiragino*GB*", "msyh*", "simhei*")


class FontError(ZjError):
    """A font cannot be used: it cannot be read, or lacks characters that are to be drawn."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file on this machine, the family name it answers to, and the code points it can draw."""

    path: Path
    family: str
    points: frozenset[int]

    def missing(self, text: str) -> str:
        """Give the characters of `text` that this font cannot draw, each once, in order."""
        return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in self.points and not sign.isspace()))


def find_font(font_path: str | Path | None = None) -> Font:
    """Find a font with simplified Chinese: the one given, else the `charts` extra's, else one of the system's.

    Raises `FontError` where `font_path` is no font or has no Chinese, `MissingExtraError` where no font is found.
    """
    if font_path is not None:
        font = _load(Path(font_path))
        if lacking := font.missing(_PROBE):
            raise FontError(f"{font_path}: this font has no simplified Chinese (no {lacking})")
        return font
    for path in _candidates():
        try:
            font = _load(path)
        except FontError:
            continue
        if not font.missing(_PROBE):
            return font
    raise MissingExtraError(
        "no font with Chinese characters was found, and charts without one lose their text: "
        "install zjcompare[charts], which brings Noto Sans SC, or give font_path="
    )


def check_glyphs(font: Font, texts: Iterable[str]) -> None:
    """Raise `FontError`, naming the characters, where `font` cannot draw all of `texts`."""
    if lacking := font.missing("".join(texts)):
        raise FontError(f"{font.path.name} cannot draw {' '.join(lacking)}: give another font with font_path=")


def subset_woff2(font: Font, texts: Iterable[str]) -> bytes:
    """Give a WOFF2 font that holds only the characters of `texts`, for embedding in a page or a drawing."""
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.font_number = 0
    face = subset.load_font(str(font.path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted({sign for text in texts for sign in text})))
    cutter.subset(face)
    woff2 = BytesIO()
    subset.save_font(face, woff2, options)
    return woff2.getvalue()


def _candidates() -> Iterator[Path]:
    for package, file in _PACKAGED:
        spec = find_spec(package)
        if spec is not None and spec.submodule_search_locations:
            yield Path(spec.submodule_search_locations[0]) / file
    for folder in _FOLDERS.get(sys.platform, _FOLDERS["linux"]):
        for pattern in _PATTERNS:
            yield from sorted(Path(folder).expanduser().rglob(f"{pattern}.[ot]t[fc]"))


@lru_cache(maxsize=8)
def _load(path: Path) -> Font:
    try:
        from fontTools.ttLib import TTFont, TTLibError
    except ImportError as error:
        raise MissingExtraError("charts need fontTools: pip install 'zjcompare[charts]'") from error
    try:
        face: Any = TTFont(path, fontNumber=0, lazy=True)
        return Font(path, face["name"].getDebugName(16) or face["name"].getDebugName(1), frozenset(face.getBestCmap()))
    except (OSError, TTLibError, KeyError, TypeError) as error:
        raise FontError(f"{path}: cannot be read as a font: {error}") from error
