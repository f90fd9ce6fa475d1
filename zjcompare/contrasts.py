"""Two names → what parts them: the vetoes, and the features that a score is made of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from zjcompare.spelling import Spelling, compile_spelling, find_slip
from zjcompare.vocabulary import Vocabulary, compile_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zjcompare.lexicon import Lexicon
    from zjcompare.names import Name

FEATURES = (
    "bias", "one_part", "one_strong", "one_weak", "one_hollow", "both_strong", "both_weak", "both_hollow",
    "ask", "soft", "slip", "doubtful_slip",
)  # fmt: skip
_MEASURED = frozenset({("kind", "length"), ("kind", "area"), ("kind", "money")})
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿两IVX")


@dataclass(frozen=True, slots=True)
class Contrast:
    """What parts two names: `vetoes`, each enough alone; `features`, counts; `traces`, what each feature saw."""

    vetoes: tuple[str, ...]
    features: dict[str, float]
    traces: dict[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """What a lexicon says of how names may differ."""

    vocabulary: Vocabulary
    spelling: Spelling
    weak: re.Pattern[str]
    hollow: re.Pattern[str]
    part: re.Pattern[str]
    owners: tuple[str, ...]


@lru_cache(maxsize=4)
def compile_rules(lexicon: Lexicon) -> Rules:
    """Compile what a lexicon says of how names may differ."""
    vocabulary = compile_vocabulary(lexicon)
    rows = lexicon.rows("weak")
    weak = _any_of(vocabulary.fold(row["word"]) for row in rows)
    hollow = _any_of(vocabulary.fold(row["word"]) for row in rows if row["hollow"])
    part = _any_of(vocabulary.fold(word) for row in lexicon.rows("parts") for word in row["words"].split("|"))
    owners = tuple(vocabulary.fold(row["word"]) for row in rows if row["hollow"] == "inside")
    return Rules(vocabulary, compile_spelling(lexicon), weak, hollow, part, owners)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})+")


def contrast(first: Name, second: Name, rules: Rules) -> Contrast:
    """Say what parts two names; the same whichever comes first.

    A name that is a slip of the other is read as the other: what it lacks for its misspelling is no veto.
    """
    spelling = rules.spelling
    slip = None
    if first.key != second.key:
        slip = find_slip(first.standard, second.standard, spelling) or find_slip(first.plain, second.plain, spelling)
    if slip is not None and not _conflict(first.dimension, second.dimension):
        feature = "slip" if slip.sure else "doubtful_slip"
        return Contrast((), {"bias": 1.0, feature: 1.0}, {feature: slip.edit})
    vetoes, asks, softs = _weigh_facets(first, second, rules.vocabulary)
    left, right = residuals(first.core, second.core)
    if _is_counted(first, second) or _is_counted(second, first):
        vetoes.append("counted/measured")
    if _NUMERALS & {*left, *right}:
        vetoes.append(f"numbers {_both(left, right)}")
    features, traces = {"bias": 1.0}, {}
    mended = {name.slip for name in (first, second) if name.slip}
    if mended:
        features["slip"], traces["slip"] = 1.0, ", ".join(sorted(mended))
    one, other = residuals(first.whole, second.whole)
    if one and other:
        vetoes.append(f"share of {_both(first.whole, second.whole)}")
    elif one or other:
        (asks if first.whole and second.whole else softs).append(f"share of {_both(first.whole, second.whole)}")
    if left or right:
        feature = _weigh_residuals(first, second, left, right, rules)
        features[feature], traces[feature] = 1.0, _both(left, right)
    elif first.core != second.core and (first.directed or second.directed):
        vetoes.append(f"order {_both(first.core, second.core)}")
    elif first.key != second.key and not _share_content(first, second, rules):
        features["both_strong"], traces["both_strong"] = 1.0, _both(first.standard, second.standard)
    for feature, found in (("ask", asks), ("soft", softs)):
        if found:
            features[feature], traces[feature] = float(min(len(found), 2)), ", ".join(found)
    return Contrast(tuple(vetoes), features, traces)


def _is_counted(first: Name, second: Name) -> bool:
    """Say whether the first name ends in how many there are, the second in how large they are."""
    if not first.text.endswith("数") or any(facet in ("kind", "rate") for facet, _ in first.facets):
        return False
    return second.text.endswith("规模") or not second.facets.isdisjoint(_MEASURED)


def residuals(first: str, second: str) -> tuple[str, str]:
    """Give the characters of each text that the other has not, repeats counted, sorted."""
    if first == second:
        return "", ""
    ours, theirs = Counter(first), Counter(second)
    return "".join(sorted((ours - theirs).elements())), "".join(sorted((theirs - ours).elements()))


def _conflict(first: str, second: str) -> bool:
    return bool(first and second and first != second)


def _weigh_facets(first: Name, second: Name, vocabulary: Vocabulary) -> tuple[list[str], list[str], list[str]]:
    """Give the facets that forbid a match, those that a person must judge, and those that do not matter."""
    if first.facets == second.facets:
        return [], [], []
    ours, theirs = facet_values(first), facet_values(second)
    found: dict[str, list[str]] = {"yes": [], "ask": [], "": []}
    for facet in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(facet, frozenset()), theirs.get(facet, frozenset())
        if a == b:
            continue
        if a and b:
            level = "yes"
        else:
            levels = {vocabulary.strict[facet, value] for value in a | b}
            level = "yes" if "yes" in levels else "ask" if "ask" in levels else ""
        found[level].append(f"{facet} {_both('+'.join(sorted(a)), '+'.join(sorted(b)))}")
    return found["yes"], found["ask"], found[""]


def facet_values(name: Name) -> dict[str, frozenset[str]]:
    """Give the values of each facet that a name speaks of."""
    values: dict[str, frozenset[str]] = {}
    for facet, value in name.facets:
        values[facet] = values.get(facet, frozenset()) | {value}
    return values


def _weigh_residuals(first: Name, second: Name, left: str, right: str, rules: Rules) -> str:
    ours, theirs = _segments(first.core, second.core, left, right)
    segments = ours + theirs
    alike = _share_content(first, second, rules) and not _differ_in_owner(first, second, rules)
    if alike and all(rules.hollow.fullmatch(segment) for segment in segments):
        strength = "hollow"
    elif not (left and right) and any(rules.part.fullmatch(segment) for segment in segments):
        strength = "part"
    elif alike and all(rules.weak.fullmatch(segment) for segment in segments):
        strength = "weak"
    else:
        strength = "strong"
    return f"both_{strength}" if left and right else f"one_{strength}"


def _differ_in_owner(first: Name, second: Name, rules: Rules) -> bool:
    """Say whether one name alone has at its head, or its end, a word for owners: 企业研发投入, 制造业企业."""
    return any(
        first.plain.startswith(word) != second.plain.startswith(word)
        or (first.core == second.core + word and first.plain.endswith(f"业{word}"))
        or (second.core == first.core + word and second.plain.endswith(f"业{word}"))
        for word in rules.owners
    )


def _share_content(first: Name, second: Name, rules: Rules) -> bool:
    """Say whether two names have content in common besides words that say little."""
    strict = rules.vocabulary.strict
    if any(strict[facet] == "yes" for facet in first.facets & second.facets):
        return True
    return bool(rules.hollow.sub("", first.core) and rules.hollow.sub("", second.core))


def _segments(first: str, second: str, left: str, right: str) -> tuple[list[str], list[str]]:
    """Give the stretches of each text that hold what the other has not; the same whichever comes first."""
    if first > second:
        theirs, ours = _segments(second, first, right, left)
        return ours, theirs
    ours, theirs = [], []
    for step in Indel.opcodes(first, second):
        if step.tag == "delete" and set(left) & {*first[step.src_start : step.src_end]}:
            ours.append(first[step.src_start : step.src_end])
        elif step.tag == "insert" and set(right) & {*second[step.dest_start : step.dest_end]}:
            theirs.append(second[step.dest_start : step.dest_end])
    return ours, theirs


def _both(first: str, second: str) -> str:
    return "/".join(sorted((first or "–", second or "–")))
