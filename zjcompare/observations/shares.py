"""Figure in % → whose share of what it is: A占B比重, 超过全球一半, 完成年初预算的98%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.settings import Naming
from zjcompare.observations.trimming import share_owner, strip_lead, tidy, without_gloss

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Setting
    from zjcompare.observations.tails import Tail

_SHARE = re.compile(
    r"^(?P<owner>.*?)(?P<bound>(?<!节)约|接?近|超过?)?占(?!用)(?P<whole>[^占]+?)(?:的)?(?P<noun>比重|比例|份额|比率|百分比)?$"
)
_PART_OF = re.compile(
    r"^(?P<owner>.*?)(?P<bound>超过|超|接近|近|约|达到?)?(?P<whole>全球|全国|全省|全市|世界)(?:总量|总数)?的?$",
)
_PART_BOUNDS = {"超过": ">", "超": ">", "接近": "~", "近": "~", "约": "~"}
_PLANS = ("预算", "计划", "任务", "目标", "预期", "序时进度")
_OF_PLAN = re.compile(
    rf"(?:占|(?:超额)?完成了?|为|(?:达到?|超过?|是|相当于)(?=[^，。；]{{0,24}}的$))"
    rf"(?:20[0-9]{{2}}年)?(?P<plan>(?:(?!占|完成|为)[^，。；：、（）0-9]){{0,16}}(?:{'|'.join(_PLANS)})(?:调整)?(?:数|总额)?)(?:（[^（）]{{2,16}}）)?"
    r"(?P<sum>[0-9][0-9.,]*[万亿千]*(?!年)[\u4e00-\u9fff]{1,2}的)?的?$",
)
_OF_SUM = re.compile(
    r"占(?P<whole>[^，。；占（）0-9]{2,24}?)(?P<sum>[0-9][0-9.,]*[万亿千]*(?!年)[\u4e00-\u9fff]{1,2}的)?$"
)
_AGAINST = re.compile(r"(?:同比)?(?:比|较)(?P<base>[^，。；]{2,40})$")
_BASE_NAME = re.compile(r"(?:(?:年初|调整|年度|变动)?预算数?|(?:报告|执行|决算|快报|目标|计划)数)$")
_REMARK = re.compile(r"（[^（）]*）$")
_OF_AIM = re.compile(r"(?:目标|计划|任务|预期)(?:任务|目标|值)?$")
AIMED_AT = ("against", "plan")  # the rules of what the next figure is more or less than
_EXCESS = ("超", "超额", "多出")  # more than an aim, beside the words of comparisons that the lexicon has
_LAST_YEAR = ("上年", "上一年", "去年")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}年的?$")
_IN_ORDER = re.compile(
    rf"分别(?P<of>占[^，。；占]{{2,24}}?|(?:超额)?完成了?[^，。；]{{0,12}}(?:{'|'.join(_PLANS)})数?)的?(?:比重|比例)?(?:为|达到?|的)*$"
)
_LONGEST_PLAN = 48  # characters before a figure in which the plan that it is a share of may stand
_SHARES = ("share", "plan", "whole", "against")  # rules of figures that only say what the one before them comes to
_REMEMBERED = 60  # findings of a sentence in which the owner of a share is looked for


def name_share(setting: Setting, tail: Tail, name: str, chain: Chain) -> Naming | None:
    """Name 占…: the owner, 占, the whole and 比重, which the text may leave out; so too 超过全球一半, 完成预算的98%."""
    if planned := _name_of_plan(setting, tail, chain):
        return planned
    name = without_gloss(name)
    unit = setting.mention.unit
    if unit in ("%", "百分点") and "占" in name and "占比" not in name and (share := _SHARE.match(name)):
        owner = tidy(share["owner"], chain.phrases)
        tail.bound = _PART_BOUNDS.get(share["bound"] or "", tail.bound)
        if share["noun"]:
            of_whole = name[share.start("whole") - 1 :]
            if owner:
                return Naming(tidy(share["owner"] + of_whole, chain.phrases), "share", 0.93)
            return Naming(base_name(chain) + of_whole, "share", 0.9)
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
    found = _OF_PLAN.search(words) if any(plan in words for plan in _PLANS) else None
    if found is None:
        return _name_of_sum(words, chain, counted=counted)
    if counted and found["sum"]:
        return None
    ahead = len(words) - found.start()
    before = setting.before[:-ahead] if len(setting.before) > ahead else ""
    owner = tidy(strip_lead(before, chain.phrases)[1], chain.phrases) or base_name(chain)
    if not owner:
        return None
    tail.status = ""
    tail.bound = ">" if found[0].startswith("超") and not found[0].startswith("超额") else tail.bound
    if counted:
        chain.against = ""
        return Naming(owner + found["plan"], "plan", 0.85)
    return Naming(f"{owner}占{found['plan']}比重", "share", 0.85)


def _name_of_sum(words: str, chain: Chain, *, counted: bool) -> Naming | None:
    """Name the whole and the share in 占总支出16亿元的84%."""
    found = _OF_SUM.search(words) if "占" in words else None
    if found is None or counted == bool(found["sum"]):
        return None
    whole = tidy(found["whole"], chain.phrases)
    return Naming(whole, "whole", 0.8) if counted else Naming(f"{base_name(chain)}占{whole}比重", "share", 0.85)


def name_against(setting: Setting, tail: Tail, chain: Chain) -> Naming | None:
    """Name the sum that the next figure is more or less than: 比上年同期12亿元增收2亿元, 比报告数5亿元减少1亿元."""
    found = _AGAINST.match(setting.before) if setting.touches_next else None
    if found is None or not chain.found or not tells_how_much(setting, chain):
        return None
    base = _REMARK.sub("", found["base"])
    owner, rule = base_name(chain), "against"
    if base.startswith(_LAST_YEAR):
        tail.said_year = f"{chain.sentence.year - 1}年"
    elif _A_YEAR.fullmatch(base):
        base = tail.said_year = base.removesuffix("的")
    elif said := _BASE_NAME.search(base):
        owner += said[0]
    elif _OF_AIM.search(base):
        rule = "plan"
    else:
        return None
    chain.against = base
    tail.status = "" if rule == "plan" else tail.status or "actual"
    return Naming(owner, rule, 0.8)


def tells_how_much(setting: Setting, chain: Chain) -> bool:
    """Tell whether the words behind a sum only say that the next figure is by how much it was missed or exceeded."""
    return way_of(setting.behind, chain.phrases) != 0 or chain.phrases.moved.fullmatch(setting.behind) is not None


def way_of(words: str, phrases: Phrases) -> int:
    """Give 1 where words only say that something is more than another (超过, 多), -1 where less, 0 for other words."""
    return phrases.way.get(words, 1 if words in _EXCESS else 0)


def share_in_order(words: str) -> tuple[int, str] | None:
    """Give where 分别占B的 ends its 分别, and what each subject is then named: 占B比重; None for other words."""
    found = _IN_ORDER.search(words)
    if found is None:
        return None
    whole = found["of"].removeprefix("超额").removeprefix("完成").removeprefix("占").removeprefix("了")
    return found.start("of"), f"占{whole}比重"


def base_name(chain: Chain) -> str:
    """Give whose share the last figure is; where it is none, the name of the last figure that is no share itself."""
    if chain.resumed:
        return chain.resumed
    last = share_owner(chain.last.name) if chain.last else ""
    if chain.last and chain.last.rule == "share" and last != chain.last.name:
        return last
    recent = chain.found[-_REMEMBERED:]
    shares = {finding.name for finding in recent if finding.rule == "share"}
    names = (item.name for item in reversed(recent) if item.rule not in _SHARES and item.name not in shares)
    return next(names, "" if last in shares and last.startswith("占") else last)


def follows_share(chain: Chain) -> bool:
    """Tell whether the last figure is a share, or tells how much one moved."""
    last = chain.found[-1]
    return last.rule in _SHARES or any(
        finding.rule == "share" and finding.name == last.name for finding in chain.found[-_REMEMBERED:]
    )
