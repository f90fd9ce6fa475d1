"""A picture → the text on it, recognised offline by the models that rapidocr's package ships."""

from __future__ import annotations

import io
from functools import lru_cache
from statistics import median
from typing import Any

from zjcompare.errors import MissingExtraError, ReadError

_PIXELS_MOST, _LONGEST = 100_000_000, 100
_CREDIBLE = 0.5


def extract_picture(content: bytes, name: str) -> str:
    """Give the recognised lines from top to bottom, pieces on one height from left to right.

    What is recognised with a score under 0.5 is left out. Raises `MissingExtraError` without the `ocr` extra, and
    `ReadError` for a picture that is damaged, too large, or without text.
    """
    try:
        import numpy as np
        from PIL import Image, UnidentifiedImageError

        recognise = _recogniser()
    except ImportError as error:
        raise MissingExtraError(f"{name}: a picture needs the extra ocr: pip install 'zjcompare[ocr]'") from error
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _PIXELS_MOST:
                raise ReadError(f"{name}: has more than {_PIXELS_MOST // 10**6} million pixels")
            if max(picture.size) > _LONGEST * min(picture.size):
                raise ReadError(f"{name}: is a picture of {picture.width} by {picture.height}, on which no text stands")
            pixels = np.asarray(picture.convert("RGB"))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise ReadError(f"{name}: is a damaged picture: {error}") from error
    found = recognise(pixels[:, :, ::-1])
    boxes = [] if found.boxes is None else list(found.boxes)
    pieces = [
        (float(box[:, 1].mean()), float(box[:, 0].min()), float(np.ptp(box[:, 1])), text)
        for box, text, score in zip(boxes, found.txts or (), found.scores or (), strict=True)
        if score >= _CREDIBLE
    ]
    if not pieces:
        raise ReadError(f"{name}: no text was recognised on the picture")
    return "\n".join(_lines_of(pieces))


def _lines_of(pieces: list[tuple[float, float, float, str]]) -> list[str]:
    """Put pieces (height of the middle, left edge, height, text) that stand on one height into one line."""
    close = median(height for _, _, height, _ in pieces) / 2
    rows: list[list[tuple[float, float, float, str]]] = []
    for piece in sorted(pieces):
        if rows and piece[0] - rows[-1][0][0] < close:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(text for _, _, _, text in sorted(row, key=lambda piece: piece[1])) for row in rows]


@lru_cache(maxsize=1)
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
