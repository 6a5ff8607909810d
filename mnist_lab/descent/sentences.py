"""A sentence with numbers in it, which the window translates before the numbers are filled in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_HYPHEN_BEFORE_NUMBER = re.compile(r"-(?=\d)")


@dataclass(frozen=True)
class Sentence:
    """What is said, and the numbers that it rests on.

    Attributes:
        template: English with `{name}` places, marked with `QT_TRANSLATE_NOOP("descent", …)`.
        values: what stands in these places.
    """

    template: str
    values: Mapping[str, float] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str, spell: Callable[[float], str] | None = None) -> str:
        """The sentence with its numbers, a true minus before the negative ones.

        Args:
            translate: from the English template to that of the learner's language.
            spell: how a number is written once it is rounded as the template asks; None writes it as Python does.
        """
        values = self.values if spell is None else {name: _Spelled(one, spell) for name, one in self.values.items()}
        return _HYPHEN_BEFORE_NUMBER.sub("−", translate(self.template).format(**values))


class _Spelled:
    """A number that a template rounds, and something else writes."""

    def __init__(self, value: float, spell: Callable[[float], str]) -> None:
        self._value = value
        self._spell = spell

    def __format__(self, how: str) -> str:
        if how.endswith("f"):  # a fixed number of decimals is meant to be seen
            return format(self._value, how)
        return self._spell(float(format(self._value, how)))
