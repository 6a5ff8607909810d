"""What help is asked about."""

from typing import NamedTuple


class Topic(NamedTuple):
    """What the dialog shows: a word, or a control with the words that belong to it.

    Attributes:
        words: ids of the glossary.
        title: of the control; "" for a word.
        tip: what its tooltip says.
    """

    words: tuple[str, ...]
    title: str = ""
    tip: str = ""
