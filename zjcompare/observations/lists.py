"""Lists that share a head or a beginning: 城镇和农村居民人均可支配收入分别…, A、B、C产值分别…."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.cues import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.lexicon import Lexicon
    from zjcompare.mentions import Mention

AND_SO_ON = "(?<![中高同平均优劣初上特何])等"  # no 中等, 平等, 何等
_ENDS_EXAMPLES = re.compile(rf"{AND_SO_ON}[^等]{{0,5}}$")
CONJUNCTIONS = ("以及", "和", "及", "与")
AND = re.compile(r"、|以?及|[和与]")  # what parts the things of a list
_GRADES = ("高等", "中等", "初等")  # 中、高等学校在校生
_LONG_HEAD = 4  # characters of a measuring word that is a whole subject (固定资产投资)
_COMPLETE = tuple("量耗率值额数比积次")


@dataclass(frozen=True, slots=True)
class Shared:
    """The words of a lexicon that lists share."""

    between: re.Pattern[str]  # two figures of a row
    head: re.Pattern[str]
    things: frozenset[str]
    front: re.Pattern[str]
    modifiers: frozenset[str]
    collectives: tuple[tuple[str, tuple[str, ...]], ...]
    companions: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def compile_shared(lexicon: Lexicon) -> Shared:
    """Give the words that lists share, compiled."""
    cues = lexicon.rows("cues")
    heads = {row["cue"]: row["value"] for row in cues if row["kind"] == "head"}
    moves = one_of(row["cue"] for row in cues if row["kind"] in ("up", "down"))
    return Shared(
        between=re.compile(rf"[、，]?\s*(?:和|及|以及|与)?\s*(?:{moves})?[第−-]?$"),
        head=re.compile(rf"(?:{one_of(heads)})$"),
        things=frozenset(cue for cue, value in heads.items() if value == "thing"),
        front=re.compile(one_of(row["cue"] for row in cues if row["kind"] == "front")),
        modifiers=frozenset(row["cue"] for row in cues if row["kind"] == "modifier"),
        collectives=tuple((row["whole"], tuple(row["members"].split("|"))) for row in lexicon.rows("collectives")),
        companions=tuple((row["first"], row["second"]) for row in lexicon.rows("companions")),
    )


def group_size(text: str, mentions: Sequence[Mention], position: int, shared: Shared) -> int:
    """Give how many figures of one kind stand in a row from `position`, with 、，和 or a verb between them at most."""
    count = 1
    while position + count < len(mentions):
        before, after = mentions[position + count - 1], mentions[position + count]
        if after.start - before.after > 5 or before.kind != after.kind:
            break
        if not shared.between.fullmatch(text, before.after, after.start):
            break
        count += 1
    return count


def split_subjects(words: str, count: int, shared: Shared) -> list[str]:
    """Give the `count` subjects that some words list, each with the head that they share; [] where they list others.

    >>> from zjcompare.lexicon import Lexicon
    >>> shared = compile_shared(Lexicon.default())
    >>> split_subjects("城镇和农村居民人均可支配收入", 2, shared)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> split_subjects("集成电路圆片、工业机器人等产品产量", 2, shared)
    ['集成电路圆片产量', '工业机器人产量']
    """
    words = words.strip("、，；：")
    if not words:
        return []
    parts = _split_to(words, count)
    listed = len([part for part in re.split(r"[、，]", words) if part]) >= count
    for whole, members in shared.collectives:
        if ("、" in whole or not (parts and listed)) and whole in words and len(members) == count:
            before, after = words.split(whole, 1)
            return [before + member + after.removeprefix("的") for member in members]
    return _share_front(_share_head(parts, shared), shared) if parts else []


def without_head(name: str, shared: Shared) -> str:
    """Give what a name is about without its last, measuring word: 粮食播种面积 → 粮食."""
    found = shared.head.search(name)
    return name[: found.start()] if found and found.start() > 1 and found[0] not in shared.things else name


def _split_to(words: str, count: int) -> list[str]:
    """Split a list into exactly `count` parts, at commas, at 、 or at the last conjunctions."""
    clauses = [part for part in words.split("，") if part]
    if len(clauses) == count:
        return clauses
    parts = [part for part in re.split(r"[、，]", words) if part]
    if len(parts) == count:
        return parts if len(clauses) == 1 else []
    return _split_last(parts, count - len(parts)) if len(parts) < count else []


def _split_last(parts: list[str], more: int) -> list[str]:
    """Split the last part that can be at 和, 及, 与 so that there are `more` parts more."""
    for index in range(len(parts) - 1, -1, -1):
        for conjunction in CONJUNCTIONS:
            halves = parts[index].split(conjunction)
            if len(halves) - 1 > more == 1:
                halves = parts[index].rsplit(conjunction, 1)
            if len(halves) - 1 == more and all(halves):
                return [*parts[:index], *halves, *parts[index + 1 :]]
    return []


def _share_head(parts: list[str], shared: Shared) -> list[str]:
    """Give each part the head that stands once, at the end of the last part."""
    last = parts[-1]
    if last.startswith(_GRADES):
        parts = [part + last[1:] if part + "等" in _GRADES else part for part in parts]
    if last.endswith("比重") and last.find("占") > 0 and not any("占" in part for part in parts[:-1]):
        stem, whole = last[: last.index("占")], last[last.index("占") :]
        return [part + whole for part in _share_head([*parts[:-1], stem], shared)]
    beginnings = (last[:length] for length in range(min(6, len(last) - 1), 0, -1))
    own = next((beginning for beginning in beginnings if beginning in shared.modifiers), "")
    if own.endswith("级"):  # 省、市级重点项目
        parts = [f"{part}级" if f"{part}级" in shared.modifiers else part for part in parts]
    if own and any(part in shared.modifiers for part in parts[:-1]):
        return [*(_with_head(part, last[len(own) :], shared) for part in parts[:-1]), last]
    found = shared.head.search(last)
    if found is None or found.start() == 0:
        return parts
    head = found[0].removeprefix("产品")
    stem = last[: found.start()]
    examples = _ENDS_EXAMPLES.search(stem)
    if examples:
        last = stem[: examples.start()] + head
    return [*(_with_head(part, head, shared) for part in parts[:-1]), last]


def _with_head(part: str, head: str, shared: Shared) -> str:
    """Give a part its head, unless it ends in a measuring word of its own."""
    own = shared.head.search(part)
    measured = own is not None and len(own[0]) >= (2 if own.start() else _LONG_HEAD)
    if measured or (part.endswith(_COMPLETE) and not part.endswith("需氧量")):
        return part
    return part + head.removeprefix(common_words(part, head))


def common_words(before: str, behind: str) -> str:
    """Give what a part ends with and its head begins with: 养老保险 and 保险人数 have 保险."""
    return next((behind[:size] for size in (4, 3, 2) if before.endswith(behind[:size])), "")


def _share_front(parts: list[str], shared: Shared) -> list[str]:
    """Give each part the words that stand once, at the beginning of the first (单位国内生产总值能耗、用水量)."""
    first = parts[0]
    if front := shared.front.match(first):
        shared_by = front[0]
        return [
            first,
            *(
                part if part.startswith(shared_by) else shared_by.removesuffix(common_words(shared_by, part)) + part
                for part in parts[1:]
            ),
        ]
    for own, other in shared.companions:
        at = first.find(own)
        if at > 1 and len(parts) == 2 and parts[1].startswith(other):
            return [first, first[:at] + parts[1]]
    return parts
