"""Bytes → text: the encodings that Chinese documents come in, told apart without guessing silently."""

from __future__ import annotations

from zjcompare.errors import ReadError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现"
    "当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    "市区县增入产总亿万元比达到建项化新城村企收资平支保推加強億萬產總進經業區縣從與長間關點兩開當實現發會個時來對過後項推農收資達電車"
    "，。、；：“”（）《》％．·—　０１２３４５６７８９"
)
_CREDIBLE = 0.12


def decode(content: bytes, encoding: str | None, name: str) -> str:
    """Give the text of `content`, without its byte order mark; raise `ReadError` where no encoding gives Chinese.

    UTF-8 is strict enough to be believed. GB18030 and Big5 both decode most bytes of the other, so the one whose
    text consists more of frequent characters holds, and one that hardly does is not believed: bytes that only happen
    to decode would be read as other words and figures.
    """
    if encoding is not None:
        return _forced(content, encoding, name)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], marked, name)
    if b"\x00" in content[:4096]:
        raise ReadError(f"{name}: is no text but binary data (it holds NUL bytes)")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    texts = [text for text in (_attempt(content, "gb18030"), _attempt(content, "big5hkscs")) if text is not None]
    best = max(texts, key=_share_of_frequent, default="")
    if _share_of_frequent(best) < _CREDIBLE:
        raise ReadError(
            f"{name}: is not text in UTF-8 (byte {place} is wrong), GB18030 or Big5; give encoding= if it is another"
        )
    return best


def valid_unicode(text: str) -> str:
    """Give the text with each lone surrogate, which no file can hold, as U+FFFD; offsets stay."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def _forced(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError as error:
        raise ValueError(f"encoding={encoding!r} is not known to Python") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: is not valid {encoding}: {error.reason} at byte {error.start}") from error


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share_of_frequent(text: str) -> float:
    foreign = [character for character in text if character > "\x7f"]
    return sum(character in _FREQUENT for character in foreign) / len(foreign) if foreign else 0.0
