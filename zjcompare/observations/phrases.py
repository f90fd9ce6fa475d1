"""Lexicon and place → phrases: the patterns that take the words around a figure apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.cues import first_of, one_of, read_cues
from zjcompare.observations.accounts import Accounts, compile_accounts
from zjcompare.observations.lists import AND_SO_ON
from zjcompare.observations.openings import (
    AMONG_ALL,
    FIVE_YEARS,
    NUMBERED,
    RECKONED,
    RUN_TOGETHER,
    other_divisions,
    own_names,
    own_time,
)
from zjcompare.observations.verbs import Verbs, compile_verbs

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon

_TAIL_KINDS = ("level", "up", "down", "growth", "bound", "adverb", "estimate", "target", "keep")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The cues of a lexicon, compiled for the reports of one place; each is equal to itself alone."""

    tails: dict[str, tuple[str, str]]
    lengths: dict[str, list[int]]  # of the tails that end in a character, longest first
    lead: re.Pattern[str]
    own_place: re.Pattern[str]
    divisions: frozenset[str]  # the places within its own, and the cities and provinces elsewhere
    halt: re.Pattern[str]
    vague: re.Pattern[str]
    make: re.Pattern[str]
    examples: re.Pattern[str]
    compared: re.Pattern[str]
    estimate: re.Pattern[str]
    target: re.Pattern[str]
    capacity: re.Pattern[str]
    standing: re.Pattern[str]
    progress: re.Pattern[str]
    rank: tuple[str, ...]
    generic: frozenset[str]
    members: frozenset[str]
    weak: frozenset[str]  # nouns that say too little alone: 项目, 企业
    deeds: tuple[str, ...]
    bare: tuple[tuple[str, str], ...]
    moved: re.Pattern[str]
    rate: re.Pattern[str]
    empty: re.Pattern[str]
    whole: re.Pattern[str]
    outdone: re.Pattern[str]
    way: dict[str, int]  # of its words: 1 for those that say more, -1 for those that say less
    verbs: Verbs
    accounts: Accounts


@lru_cache(maxsize=256)
def compile_phrases(lexicon: Lexicon, place: str) -> Phrases:
    """Give the cues of a lexicon, ready for the reports of one place (whose own name is no part of an indicator's)."""
    return replace(
        _compile_cues(lexicon), own_place=re.compile(own_names(place)), divisions=other_divisions(lexicon, place)
    )


@lru_cache(maxsize=8)
def _compile_cues(lexicon: Lexicon) -> Phrases:
    """Give the cues of a lexicon, which are many and take their time, for no place yet."""
    kinds = read_cues(lexicon)
    tails: dict[str, tuple[str, str]] = {}
    lengths: dict[str, set[int]] = {}
    for row in lexicon.rows("cues"):
        if row["kind"] in _TAIL_KINDS:
            tails.setdefault(row["cue"], (row["kind"], row["value"]))
            lengths.setdefault(row["cue"][-1], set()).add(len(row["cue"]))
    base, make = one_of(kinds["base"]), one_of(kinds["make"], kinds["make"])
    make_begins, lead_begins = first_of(kinds["make"]), first_of(kinds["lead"])  # most names begin with none of them
    aims = one_of(kinds["aim"])
    return Phrases(
        tails=tails,
        lengths={last: sorted(lengths, reverse=True) for last, lengths in lengths.items()},
        lead=re.compile(
            rf"(?:{own_time(base)}|(?=[{lead_begins}])(?:{one_of(kinds['lead'], kinds['lead'])})"
            rf"|{RUN_TOGETHER}|{RECKONED}|{AMONG_ALL}|{NUMBERED}|[\s、，：；。·●○◆■▲•#*—①-⑳-])+"
        ),
        own_place=re.compile("(?!)"),  # that of no place: it fits nowhere
        divisions=frozenset(),
        halt=re.compile(one_of(kinds["halt"], kinds["halt"])),
        vague=re.compile(rf"(?<=..)(?:{one_of(kinds['vague'], kinds['vague'])})"),
        make=re.compile(
            rf"(?=[累共再又已{make_begins}])(?:累计$|累计|共|再|又|已)?(?:(?:{make})(?:[、和并]|以?及)?)*(?:{make})了?"
        ),
        examples=re.compile(
            rf"(?P<verb>(?:(?:{make})[、和]?)*).+{AND_SO_ON}(?:方面|领域)?"
            r"(?![级待额值线离量于次高])(?P<kind>[^等]{2,})$",
        ),
        compared=re.compile(
            rf"(?:比|较|与|同)(?P<base>(?:{base}|[0-9]{{4}}年|{FIVE_YEARS}|[一二三四五六七八九十0-9]+年前|[0-9]{{1,2}}[-—至到][0-9]{{1,2}}月)[^，；。]{{0,16}}?)(?:相比|相比较)?$"
        ),
        estimate=re.compile(one_of(cue for cue in kinds["estimate"] if cue != "预期")),
        target=re.compile(  # each begins with a character of its own, which a search finds fast
            r"力争|确保(?!了)|争取(?=实现|达到|完成|突破|到20)|目标(?:是|为|：)|拟(?<![虚模]拟)(?![态合])"
            rf"|将(?={aims})|计划(?<!年度计划)(?<![占个项]计划)(?={aims})",
        ),
        capacity=re.compile(rf"[^，。；、0-9]{{0,8}}(?:{one_of(kinds['capacity'])})"),
        standing=re.compile(rf"(?:{one_of(kinds['standing'])}|连续[0-9一二三四五六七八九十多]+年)+$"),
        progress=re.compile(rf"(?:{one_of(kinds['progress'])})$"),
        rank=tuple(sorted(kinds["rank"], key=len, reverse=True)),
        generic=frozenset(kinds["generic"]),
        members=frozenset(kinds["member"]),
        weak=frozenset(row["word"] for row in lexicon.rows("generic")),
        deeds=tuple(kinds["deed"]),
        bare=tuple((cue, value.strip("-")) for cue, value in kinds["bare"].items()),
        moved=re.compile(one_of([*kinds["up"], *kinds["down"]])),
        rate=re.compile(rf"(?:{one_of(kinds['rate'])})$"),
        empty=re.compile(rf"的?(?:历史性|新的|较高)*(?:等$|{one_of(kinds['empty'])})"),
        whole=re.compile(
            r"^(?!.*(?:[一二三四五六七八九十]大|三次|[一二三四五六七八九十]个))"
            rf".*(?:{one_of(kinds['whole'])})$"
        ),
        outdone=re.compile(
            rf"(?P<how>{one_of(kinds['beyond'])}|超(?=序时|时序|全[国省市州盟区县旗])|比(?<![占同对之环]比)(?![重例率值较分])|较)"
            rf"(?P<base>[^，；。]{{2,40}}?)(?:分别)?(?P<way>{one_of(kinds['apart'])})?了?$"
        ),
        way={cue: -1 if value == "-" else 1 for kind in ("beyond", "apart") for cue, value in kinds[kind].items()},
        verbs=compile_verbs(kinds),
        accounts=compile_accounts(kinds),
    )
