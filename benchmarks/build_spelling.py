"""Builds the spelling tables of the lexicon: `build_spelling.py NAMES.tsv` writes bigrams.csv and sounds.csv.

NAMES.tsv holds names in its first column (the official list of the National Bureau of Statistics). bigrams.csv: which
characters follow which in official names and in the common words of jieba's dictionary (MIT). sounds.csv: characters
that sound alike (toneless pinyin, from pypinyin, MIT). lookalikes.csv: characters that look alike, by pycorrector's
same_stroke.txt (Apache-2.0), or because their stroke orders (char-similar, MIT) differ by one stroke or only before a
shared part of four strokes or more that is at least half of each.
"""

import csv
import importlib.util
import itertools
import json
import re
import sys
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin

from zjcompare.lexicon import Lexicon
from zjcompare.vocabulary import compile_vocabulary

_HAN = re.compile("[一-龥]+")
_SEEN = (
    "人入八 未末来 己已巳 日曰目白 士土王玉主 千干于午牛 天夫大太犬 田由甲申电 贷货贸 "
    "折拆析 住往佳佳 晴睛清情请 复覆夏 帐账 增憎赠曾 值植直殖 额颌颜须领 最量置 农衣 "
    "镇缜填 木术本 岀出击 总忠息 旅族旋 率牵 收改攻政 支友文 资咨姿贷 财则材 税脱悦锐 "
    "期朝斯 投没役设 经径轻 济齐挤 城诚域 乡多 居届局 民氏 均坊圴 入人 失夫朱 业亚并 "
    "规现视 模摸漠 限艰根 余佘徐 款软 存在荐 利刹和 润闰涧 耗毛耕 粮糧狼 产户严 浓农 "
    "度席 密蜜 优忧 良艮 绿录缘 森淼 盖益盆 率卒 师帅 护沪 床庄 医区 保堡 险检捡 "
    "养美 老考 职识织 失矢 客容 货贸 吞呑 吐叶 港巷 邮由 快决 递第 网冈 宽觅 带常 "
    "移侈 动功勤 专传 利制 权叔 研妍 究穷 验险 型形刑 企全 新亲 登澄 记纪 注住 "
    "册删 施旋 竣峻 开升 口囗 价介阶 格各 指旨 数教 电曳 用甩 能熊 源原 污汚 水氷 "
    "垃拉 圾级 废度 气汽 排徘 放效 "
)  # groups of characters that were seen to be taken for each other in scanned and typed reports
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


def common_characters(last):
    for row in range(0xB0, last):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", errors="ignore") or "一"


def lookalikes():
    characters = sorted(set(common_characters(0xD8)))
    alike = {}
    for one, other in {*_written_lookalikes(), *_stroke_lookalikes(characters)}:
        if one != other and {one, other} <= {*characters}:
            alike.setdefault(one, set()).add(other)
            alike.setdefault(other, set()).add(one)
    return alike


def _written_lookalikes():
    for line in (_data("pycorrector") / "same_stroke.txt").read_text(encoding="utf-8").splitlines():
        first, *others = line.split("\t")
        yield from ((first, other) for other in others)
    for group in _SEEN.split():
        yield from itertools.combinations(group, 2)


def _stroke_lookalikes(characters):
    orders = json.loads((_data("char_similar") / "char_order.dict").read_text(encoding="utf-8"))
    written, ending = {}, {}
    for character in characters:
        strokes = orders[character]
        written.setdefault(strokes, []).append(character)
        for length in range(max(4, (len(strokes) + 1) // 2), len(strokes) + 1):
            ending.setdefault(strokes[-length:], []).append(character)
    for group in (*written.values(), *ending.values()):
        yield from itertools.combinations(group, 2)
    for character in characters:
        strokes = orders[character]
        for at in range(len(strokes)):
            for changed in ("", *"12345"):
                near = strokes[:at] + changed + strokes[at + 1 :]
                yield from ((character, other) for other in written.get(near, ()) if len(near) > 1)


def _data(package):
    return Path(importlib.util.find_spec(package).origin).parent / "data"


def main():
    vocabulary = compile_vocabulary(Lexicon.default())
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[1:]
    names = [vocabulary.fold(line.split("\t")[0]).replace("(", "").replace(")", "") for line in lines]
    followers = {}
    for text in (*names, *common_words()):
        for one, other in itertools.pairwise(text):
            followers.setdefault(one, set()).add(other)
    write("bigrams", ("first", "followers"), [(one, "".join(sorted(followers[one]))) for one in sorted(followers)])
    alike = [(one, "".join(sorted(others))) for one, others in sorted(lookalikes().items())]
    write("lookalikes", ("character", "alike"), alike)
    sounds = {}
    for character in common_characters(0xF8):
        sounds.setdefault(lazy_pinyin(character, style=Style.NORMAL)[0], []).append(character)
    write("sounds", ("sound", "characters"), [(sound, "".join(sounds[sound])) for sound in sorted(sounds)])


if __name__ == "__main__":
    main()
