"""A sentence and the numbers in it, kept apart: the window translates the one and spells the others."""

import re
from collections.abc import Mapping
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

    def text(self) -> str:
        """The sentence in English, its numbers as Python writes them, a true minus before the negative ones."""
        return _HYPHEN_BEFORE_NUMBER.sub("−", self.template.format(**self.values))
