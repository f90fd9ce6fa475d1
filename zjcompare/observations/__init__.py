"""Mentions → observations: which indicator a quantity belongs to, and what is said of it.

Where to look, in the order in which a sentence is read:

| question | module |
|---|---|
| Which words does the lexicon know, and which patterns find them? | `phrases`, of `openings`, `verbs` and `accounts` |
| Which numbers only size or define what a figure counts? | `sizes`, and once its words are apart, `sized` |
| Which words stand before and behind each figure? | `settings`; those that a list says once, in `endings` |
| In which order are the figures of a sentence bound to names? | `binding` |
| Are several figures given to several subjects (分别, 均)? | `groups`, the subjects of a list by `lists` |
| Is it a place in an order, a streak, a multiple (第4位, 四连增, 是…的3倍)? | `ranks` |
| What do the words right before a figure say: verb, bound, comparison? | `tails` |
| Is it a level, a growth, a change; in which unit; a target, an estimate? | `measures` |
| In which order are the rules of names tried? | `naming`, `subjects`, on the `words` taken apart once |
| … a share (占比重, 完成预算的98%)? | `shares` |
| … money and what it is for (投资4亿元实施…)? | `purposes` |
| … the noun behind the figure (50项权力事项)? | `nouns` |
| … a deed (开工600套, 减轻90万户税负)? | `deeds` |
| … a name of which the words say too little (总投资, 参保人数)? | `owners` |
| … the name of the figure before? | `carried` |
| … a headline, told again below? | `headlines` |
| … a figure in large type, its label on the line beside it? | `stacks` |
| What is taken off a name? | `trimming` |
| Which year, place or whole is it of? | `times`, `scopes`, `parents` |
| How sure is the name? | `doubts` |
| What do tables say? | `grids`, their cells named by `tables` |
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.clauses import find_sentences
from zjcompare.layouts import compile_layouts
from zjcompare.lexicon import Lexicon
from zjcompare.mentions import Mention, Numeral, compile_units, find_mentions
from zjcompare.observations.binding import bind_sentence
from zjcompare.observations.doubts import compile_doubts, confidence_of
from zjcompare.observations.headlines import name_headline
from zjcompare.observations.lists import Shared, compile_shared
from zjcompare.observations.phrases import Phrases, compile_phrases
from zjcompare.observations.settings import Chain, Finding
from zjcompare.observations.stacks import find_pairs
from zjcompare.observations.tables import find_cells
from zjcompare.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zjcompare.clauses import Sentence
    from zjcompare.observations.stacks import Pair
    from zjcompare.observations.tables import Cell
    from zjcompare.report import Report
    from zjcompare.text import CleanText

    _Parted = tuple[Sentence, list[Mention]]

_SURE_OF_TABLES = 0.9
_REMEMBERED = 8  # findings of a paragraph that a later sentence may lean on


class Observation(NamedTuple):
    """One quantity of a report with its name: a finding, the year it is about, and where it stands.

    `confidence` is that of the finding's rule, less where its name has what wrong names often have. `sentence` is the
    repaired text; `start` and `end` count characters of the stored text.
    """

    finding: Finding
    confidence: float
    year: int
    section: str
    sentence: str
    start: int
    end: int


class Other(NamedTuple):
    """A numeral that is no observation: where it stands in the stored text, its role, and why."""

    start: int
    end: int
    role: str
    reason: str


class Reading(NamedTuple):
    """What one report gave: its observations, and every other numeral, both in reading order."""

    observations: tuple[Observation, ...]
    others: tuple[Other, ...]


def read_observations(report: Report, lexicon: Lexicon | None = None) -> Reading:
    """Read a report: every quantity with its name, every other numeral with its role.

    Deterministic; raises nothing, whatever the text.
    """
    lexicon = lexicon or Lexicon.default()
    clean = clean_text(report.text, lexicon)
    text = clean.text
    units = compile_units(lexicon)
    phrases, shared = compile_phrases(lexicon, report.place), compile_shared(lexicon)
    doubts = compile_doubts(lexicon)
    cells = find_cells(text, units, compile_layouts(lexicon))
    tabled = {cell.start for cell in cells} | {cell.start + 1 for cell in cells}  # with and without a sign
    found = [item for item in find_mentions(text, units) if item.start not in tabled]
    mentions = [item for item in found if isinstance(item, Mention)]
    pairs = find_pairs(text, mentions)
    stacked = {mention.start for pair in pairs for mention in pair.mentions}
    told = [item for item in mentions if item.start not in stacked]
    bound = _bind(text, _by_sentence(find_sentences(text, report.year, lexicon), told), phrases, shared)
    if pairs:
        sentences = list(find_sentences(text, report.year, lexicon))
        bound = sorted([*bound, *_bind_pairs(text, pairs, sentences, phrases=phrases, shared=shared)], key=_position)
    observations = [*_from_cells(clean, cells, report)]
    others = [item for item in found if isinstance(item, Numeral)]
    for index, (mention, own, sentence) in enumerate(bound):
        finding = own
        if own is None or own.rule == "clause before":
            finding = _told_below(text, bound, index, phrases) or own
        if finding is None:
            others.append(Numeral(mention.start, mention.end, "other", "a quantity without a name of its own"))
            continue
        year = finding.year or (sentence.ahead if finding.status == "target" else sentence.year)
        printed = text[sentence.start : sentence.end]
        span = clean.stored_span(mention.start, mention.end)
        sure = confidence_of(finding, doubts)
        observations.append(Observation(finding, sure, year, sentence.section, printed, *span))
    observations.sort(key=lambda item: item.start)
    others.sort()
    return Reading(
        tuple(observations),
        tuple(Other(*clean.stored_span(item.start, item.end), item.role, item.reason) for item in others),
    )


class _Bound(NamedTuple):
    """A mention in its sentence, with its finding where it has a name."""

    mention: Mention
    finding: Finding | None
    sentence: Sentence


def _bind(text: str, parted: Iterable[_Parted], phrases: Phrases, shared: Shared) -> list[_Bound]:
    """Bind the mentions of a text, sentence by sentence; those of one paragraph lean on each other."""
    bound: list[_Bound] = []
    earlier: list[Finding] = []
    account = ""
    last = 0
    for sentence, inside in parted:
        if text.find("\n", last, sentence.start) >= 0:
            earlier, account = [], ""
        last = sentence.end
        chain = Chain(text, sentence, phrases, shared, earlier[-_REMEMBERED:], account=account)
        findings = bind_sentence(chain, inside)
        account = chain.account
        earlier += findings
        named = {finding.position for finding in findings}
        bound += [_Bound(inside[finding.position], finding, sentence) for finding in findings]
        bound += [_Bound(item, None, sentence) for position, item in enumerate(inside) if position not in named]
    return sorted(bound, key=_position)


def _told_below(text: str, bound: Sequence[_Bound], index: int, phrases: Phrases) -> Finding | None:
    """Give the finding of a figure in a headline that a sentence below it tells."""
    below = [(item.mention, item.finding) for item in bound[index + 1 : index + _REMEMBERED] if item.finding]
    return name_headline(text, bound[index].mention, below, phrases)


def _position(item: _Bound) -> int:
    return item.mention.start


def _bind_pairs(
    text: str, pairs: list[Pair], sentences: list[Sentence], *, phrases: Phrases, shared: Shared
) -> Iterator[_Bound]:
    """Bind each figure in large type as if its label stood right before it."""
    for pair in pairs:
        label, figure = (text[slice(*span)] for span in (pair.label, pair.figure))
        place = sentences[bisect_right(sentences, pair.figure[0], key=lambda sentence: sentence.start) - 1]
        place = place._replace(start=min(pair.label[0], pair.figure[0]), end=max(pair.label[1], pair.figure[1]))
        shift = len(label) - pair.figure[0]
        inside = [
            mention._replace(start=mention.start + shift, end=mention.end + shift, after=mention.after + shift)
            for mention in pair.mentions
        ]
        joined = place._replace(start=0, end=len(label) + len(figure))
        findings = bind_sentence(Chain(label + figure, joined, phrases, shared, ()), inside)
        named = {finding.position: finding for finding in findings}
        for position, mention in enumerate(pair.mentions):
            finding = named.get(position)
            yield _Bound(mention, finding and finding._replace(rule="stacked", confidence=pair.sure), place)


def _from_cells(clean: CleanText, cells: list[Cell], report: Report) -> Iterator[Observation]:
    """Give the observations of a report's tables."""
    text = clean.text
    for cell in cells:
        finding = Finding(
            0, cell.name, cell.measure, cell.number, None, cell.unit, "=", "actual", "table", _SURE_OF_TABLES,
            scope="" if cell.scope == report.place else cell.scope,
        )  # fmt: skip
        start, end = clean.stored_span(cell.start, cell.end)
        line = text[text.rfind("\n", 0, cell.start) + 1 : cell.end]
        yield Observation(finding, _SURE_OF_TABLES, cell.year or report.year, "", line, start, end)


def _by_sentence(sentences: Iterable[Sentence], mentions: list[Mention]) -> Iterator[_Parted]:
    """Give the sentences that hold mentions, each with its mentions."""
    at = 0
    for sentence in sentences if mentions else ():
        first = at
        while at < len(mentions) and mentions[at].start < sentence.end:
            at += 1
        if at > first:
            yield sentence, mentions[first:at]
