"""Parts found by a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping


def find(parts: Mapping[str, str], words: str, most: int = 9) -> list[str]:
    """Ids of the parts that hold most of the words, best first; a whole word counts more than a part of one.

    Args:
        parts: for each id, the text that it can be found by.
        words: what somebody typed.
        most: how many are given at most.
    """
    wanted = re.findall(r"\w+", words.casefold())
    scored = []
    for number, (id, text) in enumerate(parts.items()):
        whole = f"{id} {text}".casefold()
        has = set(re.findall(r"\w+", whole))
        score = sum(3 if word in has else 1 if word in whole else 0 for word in wanted)
        if score:
            scored.append((-score, number, id))
    return [id for _, _, id in sorted(scored)[:most]]
