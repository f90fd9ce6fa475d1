"""What stands before and behind a number, taken apart: name, verb, direction, bound, status, comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zjcompare.lexicon import Lexicon

_TAIL_KINDS = ("level", "up", "down", "growth", "bound", "adverb", "estimate", "target", "keep")
FIVE_YEARS = r"“?(?:十[一二三四五]五|(?<=“)[八九十]五)”?"
_NUMBERED = (  # 1）税收收入, 3.教育支出, 一、公共安全支出
    r"(?<![0-9])(?:[0-9]{1,2}(?:[）、]|[.．](?![0-9]))|[一二三四五六七八九十]、(?![一二三四五六七八九十]))(?=[\u4e00-\u9fff])"
)
_RECKONED = r"[按据][^，。；：、（）]{2,16}(?:(?:计算|折算|测算|推算|统计)(?:的|，)?|汇率$)"  # 按常住人口计算
_AMONG_ALL = r"在(?![校园职岗建册读编库营役外线乡家])[^，。；]{2,12}?中，?(?=..)(?!占|的?比[重例])"  # 在总人口中
_RUN_TOGETHER = r"(?:[0-9-]*[. ]){2,}[0-9-]+(?=[\u4e00-\u9fff])"  # cells of a table without what parts them

_REMARK = r"(?:（[^（）]{2,16}）)?"  # 市本级（含开发区）政府性基金


@dataclass(frozen=True, slots=True)
class Phrases:
    """The cues of a lexicon, compiled for the reports of one place."""

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
    spent: re.Pattern[str]
    purpose: re.Pattern[str]
    work_of: re.Pattern[str]  # 20条道路的改造
    built: re.Pattern[str]
    done: re.Pattern[str]
    improved: re.Pattern[str]  # 推动农房风貌提升
    causes: re.Pattern[str]
    reaches: re.Pattern[str]
    attribute: re.Pattern[str]  # 规划实施的项目
    rate: re.Pattern[str]
    empty: re.Pattern[str]
    funds: tuple[str, ...]
    works_on: re.Pattern[str]  # 8公里管网改造
    closes_list: re.Pattern[str]
    raised_to: re.Pattern[str]
    raiser: re.Pattern[str]  # 推动补助标准提高至700元
    gains: re.Pattern[str]
    plus: re.Pattern[str]  # 加上年结转 adds 上年结转
    carries: re.Pattern[str]
    programme: re.Pattern[str]
    promotes: re.Pattern[str]
    whole: re.Pattern[str]
    other_place: re.Pattern[str]
    account_of: re.Pattern[str]
    budget_item: re.Pattern[str]
    no_budget_item: re.Pattern[str]
    outdone: re.Pattern[str]
    way: dict[str, int]  # of its words, -1 for those that say less


@lru_cache(maxsize=256)
def compile_phrases(lexicon: Lexicon, place: str) -> Phrases:
    """Give the cues of a lexicon, ready for the reports of one place (whose own name is no part of an indicator's)."""
    return replace(
        _compile_cues(lexicon), own_place=re.compile(_own_names(place)), divisions=_other_divisions(lexicon, place)
    )


@lru_cache(maxsize=8)
def _compile_cues(lexicon: Lexicon) -> Phrases:
    """Give the cues of a lexicon, which are many and take their time, for no place yet."""
    rows = lexicon.rows("cues")
    kinds: dict[str, dict[str, str]] = {}
    tails: dict[str, tuple[str, str]] = {}
    lengths: dict[str, set[int]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], {})[row["cue"]] = row["value"]
        if row["kind"] in _TAIL_KINDS:
            tails.setdefault(row["cue"], (row["kind"], row["value"]))
            lengths.setdefault(row["cue"][-1], set()).add(len(row["cue"]))
    base, account = one_of(kinds["base"]), one_of(kinds["account"])
    work, carry, manner = one_of(kinds["work"]), one_of(kinds["carry"]), one_of(kinds["manner"])
    make = one_of(kinds["make"], kinds["make"])
    make_begins, lead_begins = _first_of(kinds["make"]), _first_of(kinds["lead"])  # most names begin with none of them
    return Phrases(
        tails=tails,
        lengths={last: sorted(lengths, reverse=True) for last, lengths in lengths.items()},
        lead=re.compile(
            rf"(?:{_own_time(base)}|(?=[{lead_begins}])(?:{one_of(kinds['lead'], kinds['lead'])})"
            rf"|{_RUN_TOGETHER}|{_RECKONED}|{_AMONG_ALL}|{_NUMBERED}|[\s、，：；。·●○◆■▲•#*—①-⑳-])+"
        ),
        own_place=re.compile("(?!)"),  # that of no place: it fits nowhere
        divisions=frozenset(),
        halt=re.compile(one_of(kinds["halt"], kinds["halt"])),
        vague=re.compile(rf"(?<=..)(?:{one_of(kinds['vague'], kinds['vague'])})"),
        make=re.compile(
            rf"(?=[累共再又已{make_begins}])(?:累计$|累计|共|再|又|已)?(?:(?:{make})(?:[、和并]|以?及)?)*(?:{make})了?"
        ),
        examples=re.compile(
            rf"(?P<verb>(?:(?:{make})[、和]?)*).+(?<![中高同平均优劣初上特])等(?:方面|领域)?"
            r"(?![级待额值线离量于次高])(?P<kind>[^等]{2,})$",
        ),
        compared=re.compile(
            rf"(?:比|较|与|同)(?P<base>(?:{base}|[0-9]{{4}}年|{FIVE_YEARS}|[一二三四五六七八九十0-9]+年前|[0-9]{{1,2}}[-—至到][0-9]{{1,2}}月)[^，；。]{{0,16}}?)(?:相比|相比较)?$"
        ),
        estimate=re.compile(one_of(cue for cue in kinds["estimate"] if cue != "预期")),
        target=re.compile(  # each begins with a character of its own, which a search finds fast
            r"力争|确保(?!了)|争取(?=实现|达到|完成|突破|到20)|目标(?:是|为|：)|拟(?<![虚模]拟)(?![态合])"
            r"|将(?=得到|达|超|突破|增长|新增|新建|建成|完成|实现|安排|投资|建设|继续|力争)|计划(?<!年度计划)(?<![占个项]计划)"
            r"(?=安排|新|完成|投资|实施|建|争取|引进|改造|开工)",
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
        spent=re.compile(
            rf"(?P<giver>(?:{one_of(kinds['giver'])})*)(?:多渠道)?"
            rf"(?P<verb>(?:累计|共|合计|计划|预算|再)*(?:{one_of(kinds['spend'])})+)(?:各类|各方面?)?(?P<fund>资金)?",
        ),
        purpose=re.compile(
            rf"(?:的?(?:专项)?资金)?，?(?:主要|重点|启动|优先|及时|足额|{manner})*"
            rf"(?:(?:{one_of(cue for cue, value in kinds['purpose'].items() if not value)})了?"
            rf"|(?P<deed>{one_of(cue for cue, value in kinds['purpose'].items() if value)})了?)",
        ),
        work_of=re.compile(rf"的.*(?:{work})$"),
        built=re.compile(rf"(?:基本|全年|年内)?(?P<verb>(?:新|续)?(?:{one_of(kinds['build'])})+)$"),
        done=re.compile(rf"(?:{one_of(kinds['done'])})+|(?:纳入|列入|享受|参加).{{2,12}}"),
        improved=re.compile(rf"(?:^|累计|全面|已)(?:{carry})[\u4e00-\u9fff]{{2,12}}提升$"),
        causes=re.compile(rf"(?:{one_of(kinds['cause'])})$"),
        reaches=re.compile(rf"(?:{one_of(kinds['reach'])})$"),
        attribute=re.compile(rf"(?:{one_of(kinds['attribute'])})的"),
        rate=re.compile(rf"(?:{one_of(kinds['rate'])})$"),
        empty=re.compile(rf"的?(?:历史性|新的|较高)*(?:等$|{one_of(kinds['empty'])})"),
        funds=tuple(kinds["fund"]),
        works_on=re.compile(rf"[^，。；、0-9]{{1,10}}(?:{work})"),
        closes_list=re.compile(rf".*(?:和|以?及|与|等|{work}|工程|项目)(?:工程|项目|任务|工作)?"),
        raised_to=re.compile(one_of(cue for cue in kinds["level"] if len(cue) > 2 and cue[-1] in "到至为")),
        raiser=re.compile(rf"^(?:率先|逐步|再次|{manner})*(?:{one_of(kinds['cause'])}|把|将)(?=..)"),
        gains=re.compile(rf"(?<=..)(?:{one_of(kinds['gain'])})$"),
        plus=re.compile(
            r"(?:^|.*(?:收入|支出|财力|[）、]))加(?:上(?!级|年(?!初)|解|划|缴))?"
            rf"(?=.{{0,60}}(?:{one_of(kinds['budget'])}|资金|财力|余额|专款|转移支付)等?$)"
        ),
        carries=re.compile(rf"^(?:{carry}|签约)(?=..)"),
        programme=re.compile(rf"(?:{carry})了?(.*(?:保险|医疗|年金|试点|制度|救助).*)$"),
        promotes=re.compile(rf"(?:{manner})*(?:{one_of(kinds['promote'])})*(?:更加积极的)?"),
        whole=re.compile(
            r"^(?!.*(?:[一二三四五六七八九十]大|三次|[一二三四五六七八九十]个))"
            rf".*(?:{one_of(kinds['whole'])})$"
        ),
        other_place=re.compile(
            rf"""(?P<scope>全国|全省|全市|全区|主城[一二三四五六七八九]?区|[市县区省]本级(?={_REMARK}[\u4e00-\u9fff“])
                |[市县区省]级(?={_REMARK}(?:{account})|“三保”)(?!财政(?:税收)?(?:返还|补助|转移))
                |[\u4e00-\u9fff]{{2,10}}(?:开发区|[新园]区)(?=地?方?(?:{account})))
            (?=[\u4e00-\u9fff（“]{{2}})(?!{one_of(kinds["title"])}|.{{0,20}}试点)""",
            re.VERBOSE,
        ),
        account_of=re.compile(rf"(?P<scope>[市县区省]本?级)(?=(?:{account}))"),
        budget_item=re.compile(one_of(kinds["budget"])),
        no_budget_item=re.compile(one_of(kinds["unbudgeted"], kinds["unbudgeted"])),
        outdone=re.compile(
            rf"(?P<how>{one_of(kinds['beyond'])}|超(?=序时|时序)|比(?<![占同对之环]比)(?![重例率值较分])|较)"
            rf"(?P<base>[^，；。]{{2,40}}?)(?:分别)?(?P<way>{one_of(kinds['apart'])})?了?$"
        ),
        way={cue: -1 for kind in ("beyond", "apart") for cue, value in kinds[kind].items() if value == "-"},
    )


def _other_divisions(lexicon: Lexicon, place: str) -> frozenset[str]:
    """Give the names of the divisions within a place, and of the cities and provinces elsewhere."""
    rows = lexicon.rows("divisions")
    own = tuple(row["code"].removesuffix("00").removesuffix("00") for row in rows if row["name"] == place)
    return frozenset(
        row["name"]
        for row in rows
        if row["name"] != place and len(row["name"]) > 2 and (row["code"].endswith("00") or row["code"].startswith(own))
    )


def _first_of(cues: Iterable[str]) -> str:
    """Give the first characters of some cues, to stand in a class of a pattern."""
    return re.escape("".join(sorted({cue[0] for cue in cues})))


def one_of(cues: Iterable[str], guards: dict[str, str] | None = None) -> str:
    """Give an alternation of the cues, longest first; a guarded cue does not count before the guard's characters.

    Cues with the same first character share a branch, so that a place where none begins is passed over fast.
    """
    guarded = {cue: f"(?![{re.escape(characters)}])" for cue, characters in (guards or {}).items() if characters}
    branches: dict[str, list[str]] = {}
    for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue)):
        branches.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guarded.get(cue, ""))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in branches.items())


def _own_time(base: str) -> str:
    """Give the pattern of the time words that stand before a name and are no part of it."""
    return (
        r"(?:截至|截止|到|至|自|从)?(?:(?:19|20)[0-9]{2}[-—–~至到]{1,2})?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
        r"(?:年?末|年?底|全年|度|初)?(?:以来|期间|起)?(?!后)"
        rf"|{FIVE_YEARS}(?:时期|期间|以来|期末)|近?[一二三四五六七八九十]+年(?:来|间|多来|(?=累[计积]|共))"
        r"|近[一二三四五六七八九十2-9]年|[一二三四五六七八九十]+年$|近?[0-9]+年来|[2-9]年(?=累[计积]|共)"
        r"|(?:1|一)[-—至][0-9]+月份?|过去[一五]年|[上下]半年|前三季度"
        rf"|第?[一二三四]季度|前[0-9一二三四五六七八九十]+个?月|[0-9]{{1,2}}月份?(?:当月)?(?![0-9龄内上中下底末初])|(?:比|较)(?:{base}|[0-9]{{4}}年|{FIVE_YEARS})(?:同期|末|年末)?|20[0-9]{{2}}(?=[\u4e00-\u9fff])(?!年)"
    )


def _own_names(place: str) -> str:
    """Give the alternation of the names that a report has for its own place."""
    short = place.rstrip("省市区县旗州盟")
    if place in ("全国", "中国"):
        return "全国|我国"
    if not place:
        return one_of(f"{word}{level}" for word in "全我" for level in "市省区县")
    level = place[-1] if place[-1] in "省市区县旗州盟镇乡" else "市"
    own = [place, f"全{level}", f"我{level}", f"本{level}", f"该{level}", f"{place}全{level}"]
    own += ["自治区"] if place.endswith("自治区") else []
    own += [short, f"{short}地区"] if len(short) > 1 else []
    return one_of(own, {place: "区", short: "港机海江大博图体交农"})  # 上海港 is a name of its own
