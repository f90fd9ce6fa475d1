"""Sum → purpose: what money went to (投资4亿元实施供水工程, 拨付8亿元，支持城市更新; 教育方面，安排3亿元)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.owners import clause_before
from zjcompare.observations.trimming import noun_phrase, strip_lead, up_to_progress

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases
    from zjcompare.observations.settings import Chain, Setting

_SHORTEST, _LONGEST = 4, 70  # characters of a purpose that says enough, and of one that is still a name
_ENDS = re.compile(r"[，；。：（\n\t]|、(?=[0-9])")
_COUNTED = re.compile(
    r"[0-9.,]+[余多万亿千百]*(?:个|项|条|所|座|处|栋|台|家|户|名|套|人|辆|亩|公里|米|公顷|平方米|立方米|吨)(?!级)",
)
_COUNTED_TOGETHER = re.compile(rf"(?:{_COUNTED.pattern}、)+(?={_COUNTED.pattern})")  # 2万户、189万平方米棚改任务
_SIZED = re.compile(r"(?<![\u4e00-\u9fff])、?总(?:长度?|面积|里程)的")
_ANOTHER_SUM = re.compile(r"[0-9][余多万亿]*(?:元|%)")
_LOOSE_END = re.compile(r"(?:(?<![高中初平])等|(?<=项目)进展)$")
_RAISED = re.compile(r".{4,}?(?:标准|补助|补贴)(?:水平)?(?:提高|提标)?(?=(?:由|从|提?[至到])[^，。；]{0,12}[0-9])")
_ALL_OF_IT = re.compile(r"^[全我本][省市县区州盟旗](?=..)")
_LED_BY = re.compile(r"^(?:[在用从]|对于?|围绕)")
_ITEMS = ("支出", "资金", "项目", "补助", "经费")
_CARRIED_OUT = re.compile(r"(?<=..)进行(?=.{2,6}$)")  # 对管网进行改造


def name_purpose(setting: Setting, core: str, chain: Chain) -> str:
    """Give a bare verb of spending its purpose; "" where the words are another name or the sentence gives none."""
    if setting.mention.dimension != "money":
        return ""
    spent = chain.phrases.accounts.spent.fullmatch(core)
    if spent is None:
        return ""
    purpose = _purpose_behind(setting, chain)
    if not (purpose or spent["giver"] or setting.behind):
        purpose = _purpose_before(setting, chain.phrases)
    if not purpose:
        return ""
    return core + purpose if spent["giver"] else purpose + spent["verb"] + (spent["fund"] or "")


def _purpose_behind(setting: Setting, chain: Chain) -> str:
    """Give the purpose right behind the sum or at the head of the clause after it: 投资4亿元，实施了供水工程."""
    phrases = chain.phrases
    led = phrases.accounts.purpose.match(chain.text, setting.mention.after, chain.sentence.end)
    if led is None:
        return ""
    counted = _COUNTED_TOGETHER.match(chain.text, led.end(), chain.sentence.end)
    start = counted.end() if counted else led.end()
    stop = _ENDS.search(chain.text, start, chain.sentence.end)
    purpose = chain.text[start : stop.start() if stop else chain.sentence.end]
    if raised := _RAISED.match(purpose):
        purpose = raised[0]
    if purpose.endswith("方面") or _ANOTHER_SUM.search(purpose):
        return ""
    if purpose.startswith("的"):
        purpose = up_to_progress(purpose)
    if led["deed"] or purpose.startswith("的"):
        purpose = noun_phrase((led["deed"] or "") + purpose, phrases)
    purpose = _CARRIED_OUT.sub("", _SIZED.sub("", _COUNTED.sub("", purpose))).strip("的、 ")
    purpose = _LOOSE_END.sub("", _ALL_OF_IT.sub("", purpose))
    return purpose if _SHORTEST <= len(purpose) <= _LONGEST else ""


def _purpose_before(setting: Setting, phrases: Phrases) -> str:
    """Give the purpose in the clause before the sum: 支持改革，下达2亿元; 教育方面，安排3亿元; 教育支出：安排3亿元."""
    if not setting.joint.endswith(("，", "：")):
        return ""
    clause = strip_lead(clause_before(setting), phrases)[1]
    led = phrases.accounts.purpose.match(clause)
    if led is not None and not led["deed"]:
        purpose = clause[led.end() :]
    elif clause.endswith(("方面", "领域")):
        purpose = _LED_BY.sub("", clause)
    else:
        purpose = clause if setting.joint.endswith("：") and clause.endswith(_ITEMS) else ""
    purpose = purpose.removesuffix("方面")
    return purpose if _SHORTEST <= len(purpose) <= _LONGEST else ""
