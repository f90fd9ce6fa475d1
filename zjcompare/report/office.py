"""One XML part of an Office document → calls for its elements; a part that declares entities is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from zjcompare.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable

Attributes = dict[str, str]


class _Forbidden(Exception):  # noqa: N818 # a signal from a handler, never seen outside
    """The part declares a type or entities, which no Office document does."""


def parse_part(
    content: bytes,
    name: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Call `start` and `end` for each element and `characters` for text; tags and attributes come without namespaces.

    Raises `ReadError` for XML that is broken or that declares entities.
    """

    def open_element(tag: str, attributes: Attributes) -> None:
        start(tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def close_element(tag: str) -> None:
        if end is not None:
            end(tag.rpartition(" ")[2])

    def forbid(*_: object) -> None:
        raise _Forbidden

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = open_element, close_element
    if characters is not None:
        parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    try:
        parser.Parse(content, True)  # noqa: FBT003 # expat's own signature
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two for an encoding that it names
        raise ReadError(f"{name}: its text is broken XML: {error}") from error
    except _Forbidden as error:
        raise ReadError(f"{name}: declares XML entities, as no Office document does; it is not read") from error
