"""Cues → accounts: patterns of money, of who spends it on what, and of the accounts that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.cues import one_of

if TYPE_CHECKING:
    from zjcompare.cues import Cues

_REMARK = r"(?:（[^（）]{2,16}）)?"  # 市本级（含开发区）政府性基金


@dataclass(frozen=True, slots=True)
class Accounts:
    """The words of money and accounts in a lexicon, compiled."""

    spent: re.Pattern[str]
    purpose: re.Pattern[str]
    funds: tuple[str, ...]
    gains: re.Pattern[str]
    plus: re.Pattern[str]  # 加上年结转 adds 上年结转, 减上解支出 takes 上解支出 away
    other_place: re.Pattern[str]
    below: re.Pattern[str]  # the counties and towns together: 区市一般公共预算收入
    account_of: re.Pattern[str]
    budget_item: re.Pattern[str]
    no_budget_item: re.Pattern[str]


def compile_accounts(kinds: Cues) -> Accounts:
    """Give the words of money and accounts in a lexicon, compiled."""
    account, manner = one_of(kinds["account"]), one_of(kinds["manner"])
    return Accounts(
        spent=re.compile(
            rf"(?P<giver>(?:{one_of(kinds['giver'])})*)(?:多渠道)?"
            rf"(?P<verb>(?:累计|共|合计|计划|预算|再)*(?:{one_of(kinds['spend'])})+)(?:各类|各方面?)?(?P<fund>资金)?",
        ),
        purpose=re.compile(
            rf"(?:的?(?:专项)?资金)?，?(?:主要|重点|启动|优先|及时|足额|{manner})*"
            rf"(?:(?:{one_of(cue for cue, value in kinds['purpose'].items() if not value)})了?"
            rf"|(?P<deed>{one_of(cue for cue, value in kinds['purpose'].items() if value)})了?)",
        ),
        funds=tuple(kinds["fund"]),
        gains=re.compile(rf"(?<=..)(?:{one_of(kinds['gain'])})$"),
        plus=re.compile(
            r"(?:^|.*(?:收入|支出|财力|[）、]))(?:加(?:上(?!级|年(?!初)|解|划|缴))?|减[去除]?(?![收支免负少轻半缓排产税费]))"
            rf"(?=.{{0,60}}(?:{one_of(kinds['budget'])}|资金|财力|余额|专款|转移支付)等?$)"
        ),
        other_place=re.compile(
            rf"""(?P<scope>全国|全省|全市|全区|主城[一二三四五六七八九]?区|[市县区省]本级(?={_REMARK}[\u4e00-\u9fff“])
                |[市县区省]级(?={_REMARK}(?:{account})|“三保”)(?!财政(?:税收)?(?:返还|补助|转移))
                |[\u4e00-\u9fff]{{2,10}}(?:开发区|[新园]区)(?=地?方?(?:{account})))
            (?=[\u4e00-\u9fff（“]{{2}})(?!{one_of(kinds["title"])}|.{{0,20}}试点)""",
            re.VERBOSE,
        ),
        below=re.compile(
            rf"各?(?:县[（、]?市?[、]?区?）?|旗县区?|区县|区市|市县区?|镇街|乡镇)级?(?=(?:{account})|法?定?债务)"
        ),
        account_of=re.compile(rf"(?P<scope>[市县区省]本?级)(?=(?:{account}))"),
        budget_item=re.compile(one_of(kinds["budget"])),
        no_budget_item=re.compile(one_of(kinds["unbudgeted"], kinds["unbudgeted"])),
    )
