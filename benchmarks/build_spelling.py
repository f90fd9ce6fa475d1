"""Builds the spelling tables of the lexicon: `build_spelling.py NAMES.tsv` writes bigrams.csv and sounds.csv.

NAMES.tsv holds names in its first column (the official list of the National Bureau of Statistics). bigrams.csv: which
characters follow which in official names and in the common words of jieba's dictionary. sounds.csv: characters that sound alike (toneless pinyin, from pypinyin's
copy of Unihan's kMandarin).
"""

import csv
import re
import sys
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin

from zjcompare.lexicon import Lexicon
from zjcompare.vocabulary import compile_vocabulary

_HAN = re.compile("[一-龥]+")
LEXICON = Path(__file__).parents[1] / "zjcompare" / "lexicon"


def write(table, columns, rows):
    with (LEXICON / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(f"{table}.csv: {len(rows)} rows")


def common_words():
    with jieba.get_dict_file() as stream:
        for line in stream:
            word, count, _ = line.decode("utf-8").split(" ")
            if _HAN.fullmatch(word) and int(count) >= (10 if len(word) == 2 else 100):
                yield word


def main():
    vocabulary = compile_vocabulary(Lexicon.default())
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[1:]
    names = [vocabulary.fold(line.split("\t")[0]).replace("(", "").replace(")", "") for line in lines]
    followers = {}
    for text in (*names, *common_words()):
        for one, other in zip(text, text[1:], strict=False):
            followers.setdefault(one, set()).add(other)
    write("bigrams", ("first", "followers"), [(one, "".join(sorted(followers[one]))) for one in sorted(followers)])
    sounds = {}
    for code in [*range(0x4E00, 0x9FA6)]:
        character = chr(code)
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            continue
        sounds.setdefault(lazy_pinyin(character, style=Style.NORMAL)[0], []).append(character)
    write("sounds", ("sound", "characters"), [(sound, "".join(sounds[sound])) for sound in sorted(sounds)])


if __name__ == "__main__":
    main()
