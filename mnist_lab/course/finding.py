"""Finds things of the lab by a few typed letters, the best first. No Qt."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["page", "control", "word", "lesson", "run", "action"]

MOST = 30
"""How many are listed: who needs more types another letter."""
_WORD = re.compile(r"\w+")
_WHOLE, _BEGINS, _INSIDE = 100, 80, 45
_BESIDE, _BEHIND = 30, 12
_IN_FULL, _FROM_THE_START = 120, 60
_ORDER: dict[Kind, int] = {"page": 12, "control": 10, "word": 8, "lesson": 6, "run": 4, "action": 5}


@dataclass(frozen=True)
class Findable:
    """Something that can be gone to.

    Attributes:
        kind: what it is.
        title: what it is called.
        where: where it stands, in words.
        more: what else it can be found by, as its explanation.
        go: goes there.
    """

    kind: Kind
    title: str
    where: str
    more: str
    go: Callable[[], None]

    @cached_property
    def words(self) -> tuple[list[str], list[str], list[str]]:
        """Those of title, where and more, taken apart once for all letters that are typed."""
        return _words(self.title), _words(self.where), _words(self.more)


def find(query: str, things: Sequence[Findable], most: int = MOST) -> list[Findable]:
    """Those in which every word of `query` is found, the best first; all pages where nothing is typed."""
    wanted = _words(query)
    if not wanted:
        return [thing for thing in things if thing.kind == "page"][:most]
    whole = " ".join(wanted)
    scored = [(score, thing) for thing in things if (score := _score(wanted, whole, thing)) > 0]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].title), pair[1].title.casefold()))
    return [thing for _score, thing in scored[:most]]


def _score(wanted: Sequence[str], whole: str, thing: Findable) -> float:
    """How well it fits; 0 where a word is nowhere in it."""
    title, where, more = thing.words
    total = 0.0
    for word in wanted:
        best = _fit(word, title, where, more)
        if not best:
            return 0.0
        total += best
    spelled = " ".join(title)
    if spelled == whole:
        total += _IN_FULL
    elif spelled.startswith(whole):
        total += _FROM_THE_START
    return total / len(wanted) + _ORDER[thing.kind]


def _fit(word: str, title: Sequence[str], where: Sequence[str], more: Sequence[str]) -> int:
    if word in title:
        return _WHOLE
    if any(one.startswith(word) for one in title):
        return _BEGINS
    if any(word in one for one in title):
        return _INSIDE
    if any(one.startswith(word) for one in where):
        return _BESIDE
    return _BEHIND if any(one.startswith(word) for one in more) else 0


def _words(text: str) -> list[str]:
    """The words of a text, whatever their case and accents: "Überanpassung" is found by "uber"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
