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

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence with its numbers, a true minus before the negative ones.

        Args:
            translate: from the English template to that of the learner's language.
        """
        return _HYPHEN_BEFORE_NUMBER.sub("−", translate(self.template).format(**self.values))
