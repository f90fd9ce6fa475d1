"""Figure → whether it only sizes something: the subject of the next figure, or a project that its name tells apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.settings import NO_NAME
from zjcompare.observations.sizes import COUNTED
from zjcompare.observations.tails import read_tail
from zjcompare.observations.trimming import tidy

if TYPE_CHECKING:
    from zjcompare.observations.settings import Setting
    from zjcompare.observations.words import Figure

_PRODUCTION_LINE = re.compile(r"[^，。；、0-9]{0,14}生产线")


def only_sizes(figure: Figure, following: Setting | None) -> bool:
    """Tell whether a figure sizes a project, or the subject of the figure that follows it, and has no name itself."""
    return _is_capacity(figure) or _sizes_subject(figure, following)


def _sizes_subject(figure: Figure, following: Setting | None) -> bool:
    """Tell whether a count only sizes the subject of the next figure: 98个…村集体收入达到120万元."""
    setting, tail, _, name, chain = figure
    mention = setting.mention
    if following is None or not setting.touches_next or tail.verb or mention.kind != "amount" or tail.said_year:
        return False
    if not mention.dimension.startswith(COUNTED) or setting.before.endswith(("从", "由")):
        return False
    core = tidy(name, chain.phrases)
    if core not in NO_NAME and chain.phrases.make.match(core):
        return False
    if following.mention.dimension == "ratio" and chain.phrases.verbs.built.search(following.before):
        return False  # 3000所学校开工99%
    own = read_tail(following.before, chain.phrases)
    gains = following.mention.dimension == "money" and chain.phrases.accounts.gains.search(following.before) is not None
    return own.verb != "" or own.noun or gains or following.mention.dimension in ("ratio", "points")


def _is_capacity(figure: Figure) -> bool:
    """Tell whether a size is part of a project's name: 700万吨露天矿, 日产500吨熟料生产线."""
    setting, tail, _, name, chain = figure
    dimension = setting.mention.dimension
    if tail.verb or not setting.behind or setting.behind[0] == "的" or dimension == "money":
        return False
    if dimension.startswith("count"):
        return _PRODUCTION_LINE.match(setting.behind) is not None
    if dimension not in ("mass", "power", "voltage", "length", "energy") and not dimension.startswith("tonnage"):
        return False
    if dimension == "length" and chain.phrases.verbs.works_on.match(setting.behind):
        return False
    return chain.phrases.capacity.match(setting.behind) is not None and not name.endswith(("新增", "建成", "新建"))
