"""Figure in % → whose share of what it is: A占B比重, 超过全球一半, 完成年初预算的98%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.settings import Naming
from zjcompare.observations.trimming import strip_lead, tidy, without_gloss

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain, Setting
    from zjcompare.observations.tails import Tail

_SHARE = re.compile(r"^(?P<owner>.*?)占(?P<whole>[^占]+?)(?:的)?(?P<noun>比重|比例|份额|比率|百分比)?$")
_PART_OF = re.compile(
    r"^(?P<owner>.*?)(?P<bound>超过|超|近|约|达到?)?(?P<whole>全球|全国|全省|全市|世界)(?:总量|总数)?的?$",
)
_PART_BOUNDS = {"超过": ">", "超": ">", "近": "~", "约": "~"}
_PLANS = ("预算", "计划", "任务", "目标")
_OF_PLAN = re.compile(
    rf"(?:占|(?:超额)?完成了?|为|(?:达到?|是|相当于)(?=[^，。；]{{0,24}}的$))"
    rf"(?:20[0-9]{{2}}年)?(?P<plan>(?:(?!占|完成|为)[^，。；：、（）0-9]){{0,16}}(?:{'|'.join(_PLANS)})(?:调整)?(?:数|总额)?)"
    r"(?P<sum>[0-9][0-9.,]*[万亿千]*[\u4e00-\u9fff]{1,2}的)?的?$",
)
_IN_ORDER = re.compile(
    rf"分别(?P<of>占[^，。；占]{{2,24}}?|(?:超额)?完成了?[^，。；]{{0,12}}(?:{'|'.join(_PLANS)})数?)的?(?:比重|比例)?(?:为|达到?|的)*$"
)
_LONGEST_PLAN = 48  # characters before a figure in which the plan that it is a share of may stand
_SHARES = ("share", "plan")
_REMEMBERED = 60  # findings of a sentence in which the owner of a share is looked for


def name_share(setting: Setting, tail: Tail, name: str, chain: Chain) -> Naming | None:
    """Name 占…: the owner, 占, the whole and 比重, which the text may leave out; so too 超过全球一半, 完成预算的98%."""
    if planned := _name_of_plan(setting, tail, chain):
        return planned
    name = without_gloss(name)
    unit = setting.mention.unit
    if unit in ("%", "百分点") and "占" in name and "占比" not in name and (share := _SHARE.match(name)):
        owner = tidy(share["owner"], chain.phrases)
        if share["noun"]:
            if owner:
                return Naming(tidy(name, chain.phrases), "share", 0.93)
            return Naming(base_name(chain) + name[len(share["owner"]) :], "share", 0.9)
        whole = tidy(share["whole"].removeprefix("到"), chain.phrases)
        return Naming(f"{owner or base_name(chain)}占{whole}比重", "share", 0.9)
    of_all = unit == "%" and ("全" in name or "世界" in name) and not setting.behind.startswith("的")
    if of_all and (part := _PART_OF.match(name)):
        tail.bound = _PART_BOUNDS.get(part["bound"] or "", tail.bound)
        owner = tidy(part["owner"], chain.phrases) or base_name(chain)
        return Naming(f"{owner}占{part['whole']}比重", "share", 0.8)
    return None


def _name_of_plan(setting: Setting, tail: Tail, chain: Chain) -> Naming | None:
    """Name how much of a plan is reached (完成年初预算的98%), and the plan in 占年初预算5亿元的98%."""
    mention = setting.mention
    counted = mention.unit != "%"
    if counted and not (setting.behind == "的" and setting.touches_next):
        return None
    start = max(chain.sentence.start, mention.start - _LONGEST_PLAN)
    words = chain.text[start : mention.start]
    if not any(plan in words for plan in _PLANS):
        return None
    found = _OF_PLAN.search(words)
    if found is None or (counted and found["sum"]):
        return None
    ahead = len(words) - found.start()
    before = setting.before[:-ahead] if len(setting.before) > ahead else ""
    owner = tidy(strip_lead(before, chain.phrases)[1], chain.phrases) or base_name(chain)
    if not owner:
        return None
    tail.status = ""
    if counted:
        return Naming(owner + found["plan"], "plan", 0.85)
    return Naming(f"{owner}占{found['plan']}比重", "share", 0.85)


def share_in_order(words: str) -> tuple[int, str] | None:
    """Give where 分别占B的 ends its 分别, and what each subject is then named: 占B比重; None for other words."""
    found = _IN_ORDER.search(words)
    if found is None:
        return None
    whole = found["of"].removeprefix("超额").removeprefix("完成").removeprefix("占").removeprefix("了")
    return found.start("of"), f"占{whole}比重"


def base_name(chain: Chain) -> str:
    """Give whose share the last figure is; where it is none, the name of the last figure that is no share itself."""
    last = chain.last.name.partition("占")[0] if chain.last else ""
    if chain.last and chain.last.rule == "share" and last != chain.last.name:
        return last
    shares = {finding.name for finding in chain.found[-_REMEMBERED:] if finding.rule in _SHARES}
    return next((finding.name for finding in reversed(chain.found[-_REMEMBERED:]) if finding.name not in shares), last)


def follows_share(chain: Chain) -> bool:
    """Tell whether the last figure is a share, or tells how much one moved."""
    last = chain.found[-1]
    return last.rule in _SHARES or any(
        finding.rule in _SHARES and finding.name == last.name for finding in chain.found[-_REMEMBERED:]
    )
