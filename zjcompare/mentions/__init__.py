"""Clean text → mentions: the quantities, as printed and as numbers, and what every other numeral is."""

from zjcompare.mentions.records import Mention, Numeral
from zjcompare.mentions.scan import find_mentions
from zjcompare.mentions.units import Units, compile_units

__all__ = ["Mention", "Numeral", "Units", "compile_units", "find_mentions"]
