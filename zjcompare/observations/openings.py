"""Place and time → openings: what stands before a name and is no part of it (2023年末, 按常住人口计算, 全市, 一、)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zjcompare.cues import one_of

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon

FIVE_YEARS = r"“?(?:十[一二三四五]五|(?<=“)[八九十]五)”?"
NUMBERED = (  # 1）税收收入, 3.教育支出, 一、公共安全支出
    r"(?<![0-9])(?:[0-9]{1,2}(?:[）、]|[.．](?![0-9]))|[一二三四五六七八九十]、(?![一二三四五六七八九十]))(?=[\u4e00-\u9fff])"
)
RECKONED = r"[按据][^，。；：、（）]{2,16}(?:(?:计算|折算|测算|推算|统计)(?:的|，)?|汇率$)"  # 按常住人口计算
AMONG_ALL = r"在(?![校园职岗建册读编库营役外线乡家])[^，。；]{2,12}?中，?(?=..)(?!占|的?比[重例])"  # 在总人口中
RUN_TOGETHER = r"(?:[0-9-]*[. ]){2,}[0-9-]+(?=[\u4e00-\u9fff])"  # cells of a table without what parts them


def own_time(base: str) -> str:
    """Give the pattern of the time words that stand before a name and are no part of it."""
    return (
        r"(?:截至|截止|到|至|自|从)?(?:(?:19|20)[0-9]{2}[-—–~至到]{1,2})?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
        r"(?:年?末|年?底|全年|度|初)?(?:以来|期间|起)?(?!后)"
        rf"|{FIVE_YEARS}(?:时期|期间|以来|期末)|近?[一二三四五六七八九十]+年(?:来|间|多来|(?=累[计积]|共))"
        r"|上年(?:同期|[0-9]{1,2}月份?|[末底])?$"
        r"|近[一二三四五六七八九十2-9]年|[一二三四五六七八九十]+年$|近?[0-9]+年来|[0-9]+年内|[2-9]年(?=累[计积]|共)"
        r"|(?:1|一)[-—至][0-9]+月份?|过去[一五]年|[上下]半年|前三季度"
        rf"|第?[一二三四]季度|前[0-9一二三四五六七八九十]+个?月|[0-9]{{1,2}}月份?(?:当月)?(?![0-9龄内上中下底末初])|(?:比|较)(?:{base}|[0-9]{{4}}年|{FIVE_YEARS})(?:同期|末|年末)?|20[0-9]{{2}}(?=[\u4e00-\u9fff])(?!年)"
    )


def own_names(place: str) -> str:
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


def other_divisions(lexicon: Lexicon, place: str) -> frozenset[str]:
    """Give the names of the divisions within a place, and of the cities and provinces elsewhere."""
    rows = lexicon.rows("divisions")
    own = tuple(row["code"].removesuffix("00").removesuffix("00") for row in rows if row["name"] == place)
    return frozenset(
        row["name"]
        for row in rows
        if row["name"] != place and len(row["name"]) > 2 and (row["code"].endswith("00") or row["code"].startswith(own))
    )
