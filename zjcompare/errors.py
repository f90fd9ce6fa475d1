"""The few kinds of error that zjcompare raises for bad input; wrong use stays `TypeError` or `ValueError`."""


class ZjError(Exception):
    """What all of zjcompare's own errors are; its text says what is wrong, where, and what to do."""


class ReadError(ZjError):
    """A document cannot be read: its format, its encoding, or a place or year that is not to be found."""


class LayoutError(ZjError):
    """A table in a document has a shape that no layout of the lexicon describes."""


class LexiconError(ZjError):
    """A lexicon file, or a file of people's decisions, is broken; the text names the file and the row."""


class StoreError(ZjError):
    """A store cannot be opened, read or written, or holds what this version cannot understand."""


class MissingExtraError(ZjError):
    """A feature needs an extra that is not installed; the text names the extra."""
