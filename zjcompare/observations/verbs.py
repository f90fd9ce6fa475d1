"""Cues → verbs: patterns of what is done to a thing, or for it, in the words around a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.cues import one_of

if TYPE_CHECKING:
    from zjcompare.cues import Cues


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs of a lexicon, compiled."""

    work_of: re.Pattern[str]  # 20条道路的改造
    work_at_end: re.Pattern[str]  # 住宅楼节能改造
    works_on: re.Pattern[str]  # 8公里管网改造
    closes_list: re.Pattern[str]
    treats: re.Pattern[str]
    built: re.Pattern[str]
    done: re.Pattern[str]
    improved: re.Pattern[str]  # 推动农房风貌提升
    causes: re.Pattern[str]
    reaches: re.Pattern[str]
    attribute: re.Pattern[str]  # 规划实施的项目
    raiser: re.Pattern[str]  # 推动补助标准提高至700元
    raised_to: re.Pattern[str]
    carries: re.Pattern[str]
    programme: re.Pattern[str]
    promotes: re.Pattern[str]


def compile_verbs(kinds: Cues) -> Verbs:
    """Give the verbs of a lexicon, compiled."""
    work, carry, manner = one_of(kinds["work"]), one_of(kinds["carry"]), one_of(kinds["manner"])
    return Verbs(
        work_of=re.compile(rf"的.*(?:{work})$"),
        work_at_end=re.compile(rf"(?<=..)(?:节能|综合|提质|升级)?(?:{work})+(?:工程|项目|任务|工作)?$"),
        works_on=re.compile(rf"[^，。；、0-9]{{1,10}}(?:{work})"),
        closes_list=re.compile(rf".*(?:和|以?及|与|等|{work}|工程|项目)(?:工程|项目|任务|工作)?"),
        treats=re.compile(rf"(?:{one_of(kinds['treat'])})$"),
        built=re.compile(rf"(?:基本|全年|年内)?(?P<verb>(?:新|续)?(?:{one_of(kinds['build'])})+)$"),
        done=re.compile(rf"(?:{one_of(kinds['done'])})+|(?:纳入|列入|享受|参加).{{2,12}}"),
        improved=re.compile(rf"(?:^|累计|全面|已)(?:{carry})[\u4e00-\u9fff]{{2,12}}提升$"),
        causes=re.compile(rf"(?:{one_of(kinds['cause'])})$"),
        reaches=re.compile(rf"(?:{one_of(kinds['reach'])})$"),
        attribute=re.compile(rf"(?:{one_of(kinds['attribute'])})的"),
        raiser=re.compile(rf"^(?:率先|逐步|再次|{manner})*(?:{one_of(kinds['cause'])}|把|将)(?=..)"),
        raised_to=re.compile(one_of(cue for cue in kinds["level"] if len(cue) > 2 and cue[-1] in "到至为")),
        carries=re.compile(rf"^(?:{carry}|签约)(?=..)"),
        programme=re.compile(rf"(?:{carry})了?(.*(?:保险|医疗|年金|试点|制度|救助).*)$"),
        promotes=re.compile(rf"(?:{manner})*(?:{one_of(kinds['promote'])})*(?:更加积极的)?"),
    )
