"""The XML of a Word document → its text: paragraphs as lines, cells of a row parted by tabs."""

from __future__ import annotations

from xml.parsers import expat

from zjcompare.errors import ReadError

_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


class _Forbidden(Exception):  # noqa: N818 # a signal from a handler, never seen outside
    """The document declares a type or entities, which no Word document does."""


def extract_words(document: bytes, name: str) -> str:
    """Give the text of `word/document.xml`; what was deleted under review, and field codes, are no text of it.

    Raises `ReadError` for XML that is broken or that declares entities.
    """
    pieces: list[str] = []
    state = {"text": 0, "cell": 0, "fallback": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if local == "Fallback":
            state["fallback"] += 1
        elif local == "t":
            state["text"] += 1
        elif local == "tc":
            state["cell"] += 1
        elif local in _BREAKS and not state["fallback"]:
            pieces.append(_BREAKS[local])

    def end(tag: str) -> None:
        local = tag.rpartition(" ")[2]
        if local == "Fallback":
            state["fallback"] -= 1
        elif local == "t":
            state["text"] -= 1
        elif local == "tc":
            state["cell"] -= 1
            pieces.append("\t")
        elif local == "tr" or (local == "p" and not state["cell"]):
            pieces.append("\n")

    def characters(data: str) -> None:
        if state["text"] and not state["fallback"]:
            pieces.append(data)

    def forbid(*_: object) -> None:
        raise _Forbidden

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    try:
        parser.Parse(document, True)  # noqa: FBT003 # expat's own signature
    except expat.ExpatError as error:
        raise ReadError(f"{name}: its text is broken XML: {error}") from error
    except _Forbidden as error:
        raise ReadError(f"{name}: declares XML entities, as no Word document does; it is not read") from error
    return "".join(pieces)
