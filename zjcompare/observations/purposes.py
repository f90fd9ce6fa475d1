"""Sum → purpose: what money went to (投资4亿元实施供水工程, 拨付8亿元，支持城市更新)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.trimming import noun_phrase

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain, Setting

_SHORTEST, _LONGEST = 4, 70  # characters of a purpose that says enough, and of one that is still a name
_ENDS = re.compile(r"[，；。：（\n\t]|、(?=[0-9])")
_COUNTED = re.compile(
    r"[0-9.,]+[余多万亿千百]*(?:个|项|条|所|座|处|栋|台|家|户|名|套|人|辆|亩|公里|米|公顷|平方米|立方米|吨)(?!级)",
)
_COUNTED_TOGETHER = re.compile(rf"(?:{_COUNTED.pattern}、)+(?={_COUNTED.pattern})")  # 2万户、189万平方米棚改任务
_ANOTHER_SUM = re.compile(r"[0-9][余多万亿]*(?:元|%)")
_LOOSE_END = re.compile(r"(?:(?<![高中初平])等|(?<=项目)进展)$")
_CARRIED_OUT = re.compile(r"(?<=..)进行(?=.{2,6}$)")  # 对管网进行改造


def name_purpose(setting: Setting, core: str, chain: Chain) -> str:
    """Give a bare verb of spending its purpose; "" where the words are another name or the sentence gives none.

    A purpose stands right behind the sum or at the head of the clause after it: 投资4亿元，实施了供水工程.
    """
    if setting.mention.dimension != "money":
        return ""
    phrases = chain.phrases
    spent = phrases.spent.fullmatch(core)
    if spent is None:
        return ""
    led = phrases.purpose.match(chain.text, setting.mention.after, chain.sentence.end)
    if led is None:
        return ""
    counted = _COUNTED_TOGETHER.match(chain.text, led.end(), chain.sentence.end)
    start = counted.end() if counted else led.end()
    stop = _ENDS.search(chain.text, start, chain.sentence.end)
    purpose = chain.text[start : stop.start() if stop else chain.sentence.end]
    if _ANOTHER_SUM.search(purpose):
        return ""
    if led["deed"] or purpose.startswith("的"):
        purpose = noun_phrase((led["deed"] or "") + purpose, phrases)
    purpose = _CARRIED_OUT.sub("", _COUNTED.sub("", purpose)).strip("的、 ")
    purpose = _LOOSE_END.sub("", purpose)
    if not _SHORTEST <= len(purpose) <= _LONGEST:
        return ""
    return core + purpose if spent["giver"] else purpose + spent["verb"] + (spent["fund"] or "")
