"""Numbers and ranges that the tests of other number readers state, where their conventions are ours.

Where they are not, we differ on purpose:
- financial digits (壹贰叁, 拾佰仟) are no numerals: 陆, 伍, 拾 stand in words far more often than in sums;
- 负 is no sign: 正负, 负责, 负债 stand before figures; a minus sign is one;
- 角, 分, 毛 after a sum are not added to it; 块 and 毛 are no money; k and w are no multipliers;
- half figures (一百点123, 100万三千) and endings like 十五六, 一万六七 are not read as one number;
- 一千一百一 ends in ten; 八到九百亿 begins at 800 亿; 两个亿 is not read;
- 1万(含)-5万元 and 从A到B are two levels, not a range;
- 多, 余, 几, 数 give a bound and no upper end.
"""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from zjcompare.lexicon import Lexicon
from zjcompare.mentions import Mention, compile_units, find_mentions
from zjcompare.numerals import read_numeral
from zjcompare.text import clean_text

PEERS = Path(__file__).parents[2] / "shared" / "peer_tests"
UNITS = compile_units(Lexicon.default())
_DIFFERS = re.compile(
    "[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟圆圓幺]|[负負]|角|毛|块|[0-9][kw]|两个亿|点[0-9]|[0-9]万三|千一百一$|八到九百亿|亿零四千2|从|含|十多|几十|[多几数]|元欧元|元日币|元正|元整"
)

pytestmark = pytest.mark.skipif(not PEERS.is_dir(), reason="the cases of other readers are not here")


def _cases(*files):
    """Give (text, what the peer expects of it) for the cases whose conventions are ours."""
    for file in files:
        for line in (PEERS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case["expected"] and not _DIFFERS.search(case["text"]):
                yield case["text"], case["expected"][0]


def _number(printed):
    """Read a peer's number (1,005, 4万, 12.50), None where it says more than a number."""
    plain = str(printed).replace(",", "")
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(千|万|亿)?", plain)
    return found and Decimal(found[1]) * {"千": 1000, "万": 10**4, "亿": 10**8, None: 1}[found[2]]


def test_numerals_state_what_peers_say():
    files = (
        "cn2an_strict",
        "cn2an_normal",
        "cn2an_smart",
        "nemo_itn_cardinal",
        "nemo_itn_decimal",
        "wetext_itn_number",
    )
    checked = 0
    for text, expected in _cases(*files):
        number = _number(expected["value"])
        if number is None or not re.fullmatch("[零〇一二两兩三四五六七八九十百千万萬亿億點点0-9.]+", text):
            continue
        assert read_numeral(clean_text(text).text) == number, text
        checked += 1
    assert checked > 200


def _mentions(text):
    clean = clean_text(f"价值达到{text}。").text
    return [item for item in find_mentions(clean, UNITS) if isinstance(item, Mention)]


def test_sums_and_ranges_of_money_are_what_peers_say():
    checked = 0
    for text, expected in _cases("jionlp_money_parse"):
        low, high = expected["value"] if isinstance(expected["value"], list) else (expected["value"], None)
        (mention,) = _mentions(text)
        assert mention.number.quantize(Decimal("0.01")) == Decimal(low), text
        assert mention.high == (high and Decimal(high)), text
        checked += 1
    assert checked > 20


def test_money_in_other_currencies_is_what_peers_say():
    signs = {"US$": "美元", "¥": "元", "€": "欧元", "£": "英镑", "₩": "韩元", "JPY¥": "日元"}
    checked = 0
    for text, expected in _cases("nemo_itn_money"):
        sign, number = re.fullmatch(r"(\D+)(.+)", expected["value"]).groups()
        if sign not in signs:
            continue
        (mention,) = _mentions(text)
        assert (mention.number, mention.unit) == (_number(number), signs[sign]), text
        checked += 1
    assert checked > 35


def test_fractions_are_percentages_of_what_peers_say():
    checked = 0
    for text, expected in _cases("nemo_itn_fraction", "wetext_itn_fraction"):
        found = re.fullmatch("([0-9]+)/([0-9]+)", expected["value"])
        if found is None:
            continue
        (mention,) = _mentions(text)
        assert abs(mention.number - Decimal(found[1]) * 100 / Decimal(found[2])) < Decimal("1e-20"), text
        checked += 1
    assert checked > 10
